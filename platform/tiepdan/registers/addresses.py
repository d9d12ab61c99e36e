"""Addresses of lists of entries: what a figure of a report leads to, and how such an address is read again."""

from collections.abc import Sequence
from datetime import date

from flask import url_for
from werkzeug.datastructures import MultiDict

from tiepdan.formparts.rules import FieldKind, PartField
from tiepdan.registers.filtering import MOST_VALUES, Where, listed, values_for
from tiepdan.registers.rules import RegisterType
from tiepdan.sdk.counting import Value

FIRST, LAST = "from", "to"
_FIELD = "f-"  # before a field's name
_TRUE, _FALSE = "true", "false"


def entries_url(
    plugin: str, key: str, first: date | None = None, last: date | None = None, where: Where | None = None
) -> str:
    """Return the address of the list of a register's entries, narrowed as a count was.

    first, last: of the entry's day, both inclusive; None for no bound.
    """
    query: dict[str, object] = {}
    if first is not None:
        query[FIRST] = first.isoformat()
    if last is not None:
        query[LAST] = last.isoformat()
    return url_for("registers.entries", plugin=plugin, key=key, **query, **field_words(where or {}))  # type: ignore[arg-type]  # words of the query


def field_words(where: Where) -> dict[str, list[str]]:
    """Write the values of fields as words of an address."""
    return {f"{_FIELD}{name}": [word_of(value) for value in listed(wanted)] for name, wanted in where.items()}


def read_where(register: RegisterType, query: MultiDict[str, str]) -> dict[str, Sequence[Value]]:
    """Read the values of fields from an address; what is no field, and no value of it, narrows nothing."""
    where: dict[str, Sequence[Value]] = {}
    for field in register.public_fields:
        words = query.getlist(f"{_FIELD}{field.name}")[:MOST_VALUES]
        values = [value for word in words if (value := _value(field, word)) is not None]
        if values:
            where[field.name] = values
    return where


def filter_name(field: PartField) -> str:
    """Return the name of a field's menu on the page of the list."""
    return f"{_FIELD}{field.name}"


def word_of(value: Value) -> str:
    """Write a value as a word of an address."""
    if isinstance(value, bool):
        return _TRUE if value else _FALSE
    return str(value)


def _value(field: PartField, word: str) -> Value | None:
    """Return a value of the field's kind; None for a word that is none."""
    try:
        value = _read(field.kind, word)
        return values_for(field, value)[0] if value is not None else None
    except ValueError:
        return None


def _read(kind: FieldKind, word: str) -> Value | None:
    if not word:
        return None
    match kind:
        case FieldKind.BOOLEAN:
            return {_TRUE: True, _FALSE: False}.get(word)
        case FieldKind.INTEGER:
            return int(word)
        case FieldKind.NUMBER:
            return float(word)
        case _:
            return word
