"""Find entries by words, however their marks and case were typed."""

import re
from collections.abc import Iterator, Mapping
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.core.inserts import insert_rows
from tiepdan.formparts.rules import FieldKind
from tiepdan.identity.vault import fold_name
from tiepdan.registers.models import ENTRIES, WORDS
from tiepdan.registers.rules import RegisterType

MOST_WORDS = 400  # of one entry; a longer text is found by its first ones
MOST_SOUGHT = 8
LONGEST_WORD = 60
_WORD = re.compile(r"[^\W_]+")
_AFTER_ALL = "\U0010ffff"


def fold_words(text: str) -> list[str]:
    """Return the different words of a text without marks and case, in order: "Hòa giải" as ["hoa", "giai"]."""
    found = (word[:LONGEST_WORD] for word in _WORD.findall(fold_name(text)))
    return list(dict.fromkeys(found))


def keep_words(entry_id: UUID, register: RegisterType, title: str, number: str, values: Mapping[str, object]) -> None:
    """Write down the words an entry is found by. values: the public ones."""
    words = fold_words(" ".join([title, number, *_texts_of(register, values)]))[:MOST_WORDS]
    place = {"plugin": register.plugin, "register_key": register.register.key, "entry_id": entry_id}
    insert_rows(WORDS, [{**place, "word": word} for word in words])


def forget_words(entry_id: UUID) -> None:
    """Delete the words of an entry that is about to get others."""
    db.session.execute(sa.delete(WORDS).where(WORDS.c.entry_id == entry_id))


def conditions_of_search(register: RegisterType, text: str) -> list[sa.ColumnElement[bool]]:
    """Return the conditions that an entry has words that begin like each word sought; [] for an empty search."""
    if not text.strip():
        return []
    sought = fold_words(text)[:MOST_SOUGHT]
    if not sought:
        return [sa.false()]  # nothing but signs
    columns = WORDS.c
    return [
        ENTRIES.c.id.in_(
            sa.select(columns.entry_id).where(
                columns.plugin == register.plugin,
                columns.register_key == register.register.key,
                columns.word >= word,
                columns.word < f"{word}{_AFTER_ALL}",
            )
        )
        for word in sought
    ]


def _texts_of(register: RegisterType, values: Mapping[str, object]) -> Iterator[str]:
    for field in register.public_fields:
        value = values.get(field.name)
        if value is None:
            continue
        if field.kind is FieldKind.CHOICE:
            yield from dict(field.choices).get(str(value), {}).values()
        elif field.kind in (FieldKind.LINE, FieldKind.TEXT, FieldKind.INTEGER, FieldKind.NUMBER):
            yield str(value)
