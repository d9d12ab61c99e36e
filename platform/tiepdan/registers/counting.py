"""Count the entries of a register, in the database: how many, the sum of a field, how many different values."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from tiepdan.core.db import db
from tiepdan.formparts.rules import FieldKind
from tiepdan.registers.filtering import Where, conditions_for, values_for
from tiepdan.registers.models import ENTRIES
from tiepdan.registers.rules import RegisterType
from tiepdan.registers.service import find_register

NO_VALUE = ""  # in a breakdown: entries in which the field was left open


def check_count(register: RegisterType, measure: str, where: Where, by: str = "") -> None:
    """Raise ValueError, with words for the author, for what cannot be counted in a register.

    Stricter than counting: a word that is none of a choice's values is refused, though entries of an earlier
    version may have it.
    """
    _measured(register, measure)
    for name, wanted in where.items():
        field = register.field(name)
        known = {value for value, _words in field.choices}
        unknown = [value for value in values_for(field, wanted) if known and value not in known]
        if unknown:
            raise ValueError(f"{name} is never {unknown[0]!r}, only one of {sorted(known)}")
    if by:
        _choices_of(register, by)


def count_entries(
    plugin: str,
    key: str,
    *,
    measure: str = "count",
    where: Where | None = None,
    first: date | None = None,
    last: date | None = None,
    by: str | None = None,
    on: date | None = None,
) -> int | dict[str, int]:
    """Count the entries of a register that are not struck.

    measure: "count", "sum:<field>" of a whole number, "distinct:<field>". first, last: of the entry's day, both
    inclusive; None for no bound. by: a choice field. on: day for which the register must exist; None for today.
    Returns the number or, broken down, the number by value: every value the field has now, whatever older entries
    have beside these, and NO_VALUE where some have none. Counts and sums of a breakdown add up to the number.
    Raises ValueError for a register that is not enabled here and for what check_count refuses of fields.
    """
    register = find_register(plugin, key, on=on)
    number = _measured(register, measure)
    conditions = conditions_for(register, first=first, last=last, where=where)
    if by is None:
        return int(db.session.scalar(sa.select(number).where(*conditions)) or 0)
    found = dict.fromkeys(_choices_of(register, by), 0)
    value = sa.func.coalesce(ENTRIES.c.answers[by].astext, NO_VALUE)
    for row in db.session.execute(sa.select(value, number).where(*conditions).group_by(value)):
        found[row[0]] = int(row[1] or 0)
    return found


def count_by_register(*, first: date, last: date) -> Mapping[tuple[str, str], int]:
    """Count the entries of every register between two days in one question, by plugin and key."""
    columns = ENTRIES.c
    rows = db.session.execute(
        sa.select(columns.plugin, columns.register_key, sa.func.count())
        .where(columns.struck_on.is_(None), columns.entry_on.between(first, last))
        .group_by(columns.plugin, columns.register_key)
    )
    return {(plugin, key): number for plugin, key, number in rows}


def _measured(register: RegisterType, measure: str) -> sa.ColumnElement[Any]:
    word, _colon, name = measure.partition(":")
    match word:
        case "count" if not name:
            return sa.func.count()
        case "sum" if name:
            field = register.field(name)
            if field.kind is not FieldKind.INTEGER:
                raise ValueError(f"{measure}: only whole numbers are summed, {name} is a {field.kind}")
            held = ENTRIES.c.answers[name]
            # The field may have been of another kind in an earlier version.
            is_number = sa.func.jsonb_typeof(held) == "number"
            return sa.func.sum(sa.case((is_number, sa.cast(held.astext, sa.Numeric))))
        case "distinct" if name:
            register.field(name)
            return sa.func.count(sa.distinct(sa.cast(ENTRIES.c.answers[name], JSONB)))
        case _:
            raise ValueError(f"measure {measure!r}: count, sum:<field> or distinct:<field>")


def _choices_of(register: RegisterType, name: str) -> Sequence[str]:
    field = register.field(name)
    if field.kind is not FieldKind.CHOICE:
        raise ValueError(f"broken down by a choice only, {name} is a {field.kind}")
    return [value for value, _words in field.choices]
