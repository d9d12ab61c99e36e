"""Which entries are meant: of one register, of a span of days, with certain values. For lists and counts."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import isfinite
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from tiepdan.formparts.rules import FieldKind, PartField
from tiepdan.registers.models import ENTRIES
from tiepdan.registers.rules import RegisterType
from tiepdan.sdk.counting import Value

type Where = Mapping[str, Value | Sequence[Value]]

MOST_VALUES = 100  # of one field


def conditions_for(
    register: RegisterType,
    *,
    first: date | None = None,
    last: date | None = None,
    where: Where | None = None,
    struck: bool = False,
) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of a list or a count. first, last: both inclusive. struck: only entries that were struck;
    otherwise these never fit.

    Raises ValueError for a field that is unknown or private, and for a value of another kind than the field's.
    """
    is_struck = ENTRIES.c.struck_on.is_not(None)
    conditions = [*in_register(register.plugin, register.register.key), is_struck if struck else ~is_struck]
    if first is not None:
        conditions.append(ENTRIES.c.entry_on >= first)
    if last is not None:
        conditions.append(ENTRIES.c.entry_on <= last)
    for name, wanted in (where or {}).items():
        values = values_for(register.field(name), wanted)
        # JSON compares with JSON: a number with a number whatever its decimals, true never with "true".
        held = ENTRIES.c.answers[name]
        conditions.append(sa.or_(*(held == sa.literal(value, JSONB) for value in values)))
    return conditions


def in_register(plugin: str, key: str) -> list[sa.ColumnElement[bool]]:
    """Return the conditions that an entry belongs to a register."""
    return [ENTRIES.c.plugin == plugin, ENTRIES.c.register_key == key]


def listed(wanted: Any) -> list[Any]:  # noqa: ANN401 - a value or several, as a plugin gave them
    """Return one value or several as a list."""
    return list(wanted) if isinstance(wanted, list | tuple | set | frozenset) else [wanted]


def values_for(field: PartField, wanted: Value | Sequence[Value]) -> list[Value]:
    """Return the values of which an entry must have one. Raises ValueError for one of another kind."""
    values = listed(wanted)
    if not 0 < len(values) <= MOST_VALUES:
        raise ValueError(f"{field.name}: 1 to {MOST_VALUES} values")
    if not all(_is_of_kind(field.kind, value) for value in values):
        raise ValueError(f"{field.name} is a {field.kind}, not one of {values!r}")
    return values


def _is_of_kind(kind: FieldKind, value: object) -> bool:
    match kind:
        case FieldKind.BOOLEAN:
            return isinstance(value, bool)
        case FieldKind.INTEGER | FieldKind.NUMBER:
            return type(value) is int or (isinstance(value, float) and isfinite(value))
        case FieldKind.DATE:
            return isinstance(value, str) and _is_day(value)
        case _:
            return isinstance(value, str) and "\x00" not in value


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
