"""Read entries of registers: lists, one entry with everything, what the vault keeps of it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.errors import NotFound
from tiepdan.formparts.rules import PartField, PartSchema
from tiepdan.formparts.service import versions_of
from tiepdan.identity.vault import read_texts
from tiepdan.registers.checking import explain_fault
from tiepdan.registers.filtering import Where, conditions_for
from tiepdan.registers.models import ENTRIES, RegisterEntry
from tiepdan.registers.rules import RegisterType
from tiepdan.registers.searching import conditions_of_search
from tiepdan.registers.service import find_register, open_register
from tiepdan.web.paging import PAGE_SIZE, Page, decode_day_cursor, encode_cursor


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry without what is private. number: "5/2024", or "" in a register that does not number.

    values: by field, of the version it was written in (version_id), without fields that are private now.
    """

    id: UUID
    number: str
    on: date
    title: str
    values: Mapping[str, Any]
    version_id: UUID = field(repr=False)


@dataclass(frozen=True, slots=True)
class EntryFile:
    """Everything an entry's page shows. schema: the version it was written in; values: private ones too.

    older: values that only an earlier version asked for, with the field of that version where it is still known.
    """

    entry: RegisterEntry
    register: RegisterType
    schema: PartSchema
    values: Mapping[str, Any]
    older: Sequence[tuple[str, PartField | None, Any]]
    struck_reason: str

    @property
    def number(self) -> str:
        """Return the number as it stands in the book."""
        return say_number(self.entry.year, self.entry.number)


def list_entries(
    plugin: str,
    key: str,
    *,
    first: date | None = None,
    last: date | None = None,
    where: Where | None = None,
    limit: int,
    on: date | None = None,
) -> list[EntryView]:
    """Return the newest entries of a register by day, without those that were struck.

    first, last: of the entry's day, both inclusive. where: as in a count. on: day for which the register must exist;
    None for today. Whoever asks for somebody has checked that they may view the register.
    Raises ValueError for a register that is not enabled here and for what cannot be filtered by.
    """
    register = find_register(plugin, key, on=on)
    return _entries(register, conditions_for(register, first=first, last=last, where=where), limit)


def page_of_entries(
    register: RegisterType,
    *,
    first: date | None = None,
    last: date | None = None,
    where: Where | None = None,
    search: str = "",
    struck: bool = False,
    cursor: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[EntryView]:
    """Return a page of a register's entries by day, the newest first.

    search: beginnings of words of the public values. struck: those that were struck, and no others.
    Raises ValueError as above; Invalid for a cursor that was tampered with.
    """
    conditions = conditions_for(register, first=first, last=last, where=where, struck=struck)
    conditions += conditions_of_search(register, search)
    after = decode_day_cursor(cursor)
    if after is not None:
        place = sa.tuple_(ENTRIES.c.entry_on, ENTRIES.c.id)
        conditions.append(place < sa.tuple_(*map(sa.literal, after)))
    found = _entries(register, conditions, size + 1)
    if len(found) <= size:
        return Page(found, None)
    return Page(found[:size], encode_cursor(found[size - 1].on.isoformat(), str(found[size - 1].id)))


def versions_kept(register: RegisterType) -> dict[UUID, PartSchema]:
    """Return every version in which entries of a register were written here, by id, the oldest first."""
    found = versions_of(register.plugin, register.register.key)
    return {version_id: schema for version_id, schema in found.items() if schema.of_register}


def open_entry(entry_id: UUID, *, actor: Actor, on: date) -> EntryFile:
    """Return an entry with everything. Raises Forbidden, NotFound."""
    entry = load_entry(entry_id, actor=actor, on=on)
    register = open_register(entry.plugin, entry.register_key, actor=actor, on=on)
    versions = versions_kept(register)
    schema = versions[entry.version_id]
    values = {**entry.answers, **read_private(entry)}
    asked = {each.name for each in schema.fields}
    older = [
        (name, _field_of_earlier(versions.values(), name, value), value)
        for name, value in values.items()
        if name not in asked
    ]
    reason = read_texts([entry.struck_reason_id])[entry.struck_reason_id] if entry.struck_reason_id else ""
    return EntryFile(entry, register, schema, values, older, reason or "")


def load_entry(entry_id: UUID, *, actor: Actor, on: date, lock: bool = False) -> RegisterEntry:
    """Return an entry of a register that somebody may see; its plugin being off, there is none.

    Raises Forbidden, NotFound.
    """
    actor.require("registers.view")
    query = sa.select(RegisterEntry).where(RegisterEntry.id == entry_id)
    entry = db.session.scalar(query.with_for_update() if lock else query)
    if entry is None:
        raise NotFound(f"register entry {entry_id}")
    open_register(entry.plugin, entry.register_key, actor=actor, on=on)
    return entry


def read_private(entry: RegisterEntry) -> dict[str, Any]:
    """Return what the vault keeps of an entry."""
    if entry.private_id is None:
        return {}
    text = read_texts([entry.private_id])[entry.private_id]
    return dict(json.loads(text)) if text else {}


def say_number(year: int | None, number: int | None) -> str:
    """Say an entry's number as it stands in the book: "5/2024"."""
    return f"{number}/{year}" if number is not None else ""


def _field_of_earlier(versions: Iterable[PartSchema], name: str, value: object) -> PartField | None:
    """Return the newest field of that name that would have taken the value."""
    fields = [each for schema in versions for each in schema.fields if each.name == name]
    return next((each for each in reversed(fields) if not explain_fault(each, value)), None)


def _entries(register: RegisterType, conditions: Sequence[sa.ColumnElement[bool]], limit: int) -> list[EntryView]:
    columns = ENTRIES.c
    rows = db.session.execute(
        sa.select(
            columns.id, columns.year, columns.number, columns.entry_on, columns.title, columns.answers,
            columns.version_id,
        )
        .where(*conditions)
        .order_by(columns.entry_on.desc(), columns.id.desc())
        .limit(limit)
    )  # fmt: skip
    private = {each.name for each in register.schema.fields if each.private}
    return [
        EntryView(
            row.id,
            say_number(row.year, row.number),
            row.entry_on,
            row.title,
            {name: value for name, value in row.answers.items() if name not in private},
            row.version_id,
        )
        for row in rows
    ]


def years_of(register: RegisterType) -> list[int]:
    """Return the years in which a register has entries, the newest first."""
    days = ENTRIES.c.entry_on
    first, last = db.session.execute(
        sa.select(sa.func.min(days), sa.func.max(days)).where(*conditions_for(register))
    ).one()
    return list(range(last.year, first.year - 1, -1)) if first is not None else []
