"""Count what a plugin asks to have counted, for the tenant in scope; say beforehand what cannot be.

The other slices are asked through their counting functions; the registers through theirs. A sealed case counts like
any other, and nothing of it is shown: what comes out is a number.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import cast

from tiepdan.counting.fields import SOURCES
from tiepdan.directives.counting import count_assignment_records, count_notice_records
from tiepdan.petitions.counting import count_matter_records, count_petition_records
from tiepdan.receptions.counting import count_held, count_visits
from tiepdan.registers.counting import check_count as check_register_count
from tiepdan.registers.counting import count_entries
from tiepdan.registers.filtering import listed
from tiepdan.registers.rules import RegisterType
from tiepdan.sdk import Count

_PLUGIN = r"[a-z][a-z0-9-]{1,40}(?:\.t[0-9]{1,9})?"  # an uploaded one carries its committee
_REGISTER = re.compile(rf"register:(?:(?P<plugin>{_PLUGIN})/)?(?P<key>[a-z][a-z0-9_-]{{0,60}})")
_MOST_CONDITIONS = 20
_MOST_VALUES = 50

type _Counter = Callable[[str, Mapping[str, Collection[object]], date, date, date], int]

_COUNTERS: dict[str, _Counter] = {
    "receptions": lambda measure, where, first, last, _on: count_held(measure, where, first, last),
    "visits": lambda measure, where, first, last, _on: count_visits(measure, where, first, last),
    "petitions": lambda measure, where, first, last, on: count_petition_records(measure, where, first, last, on=on),
    "matters": lambda _measure, where, first, last, _on: count_matter_records(where, first, last),
    "assignments": lambda _measure, where, first, last, on: count_assignment_records(where, first, last, on=on),
    "notices": lambda measure, where, first, last, _on: count_notice_records(measure, where, first, last),
}


def register_named(of: str, plugin: str) -> tuple[str, str] | None:
    """Return (plugin, key) of the register a count names, None for records of the platform.

    plugin: whose count it is. Raises ValueError for what names nothing.
    """
    if of in SOURCES:
        return None
    found = _REGISTER.fullmatch(of) if isinstance(of, str) else None
    if found is None:
        raise ValueError(f'of {of!r}: one of {", ".join(SOURCES)}, "register:<key>" or "register:<plugin>/<key>"')
    return found["plugin"] or plugin, found["key"]


def check_words_of(what: object) -> Count:
    """Return a count that is well-formed as far as can be said without registers. Raises TypeError, ValueError."""
    if not isinstance(what, Count):
        raise TypeError("a Count says what is counted")
    if register_named(what.of, "-") is None:
        _check_source(what)
    elif not re.fullmatch(r"count|(?:sum|distinct):[a-z][a-z0-9_]{0,60}", str(what.measure)):
        raise ValueError(f'measure {what.measure!r}: "count", "sum:<field>" or "distinct:<field>"')
    if not isinstance(what.where, Mapping) or len(what.where) > _MOST_CONDITIONS:
        raise ValueError(f"where: values by field, at most {_MOST_CONDITIONS}")
    for field, values in what.where.items():
        several = listed(values)
        plain = isinstance(field, str) and all(isinstance(each, str | int | float) for each in several)
        if not plain or not 0 < len(several) <= _MOST_VALUES:
            raise ValueError(f"where {field!r}: a value, or up to {_MOST_VALUES} values")
    if not isinstance(what.dated, bool):
        raise TypeError("dated is True or False")
    return what


def check_count(what: object, plugin: str, registers: Sequence[RegisterType]) -> None:
    """Raise TypeError or ValueError, with words for the author, for what cannot be counted here.

    plugin: whose count it is. registers: those there are in this committee, such as `registers_here(on).items`.
    """
    checked = check_words_of(what)
    named = register_named(checked.of, plugin)
    if named is None:
        return
    for each in registers:
        if (each.plugin, each.register.key) == named:
            check_register_count(each, checked.measure, checked.where)
            return
    raise ValueError(f"of {checked.of!r}: {named[0]} has no register {named[1]!r}")


def count(what: Count, *, plugin: str, first: date, last: date, on: date | None = None) -> int:
    """Count from first to last, both inclusive, for the tenant in scope.

    plugin: whose count it is. on: the day at whose end what is done, told or late is judged; `last` by default.
    Raises ValueError for unknown records, fields or values.
    """
    checked = check_words_of(what)
    named = register_named(checked.of, plugin)
    if named is not None:
        bounds = (first, last) if checked.dated else (None, None)
        number = count_entries(*named, measure=checked.measure, where=checked.where, first=bounds[0], last=bounds[1])
        return cast("int", number)
    if not checked.dated:
        first, last, on = date.min, date.max, on or last
    where = {field: listed(values) for field, values in checked.where.items()}
    return _COUNTERS[checked.of](checked.measure, where, first, last, on or last)


def count_by(what: Count, by: str, *, plugin: str, first: date, last: date) -> dict[str, int]:
    """Count the entries of a register by the values of a choice field; entries without one stand under "".

    With the measures "count" and "sum" the parts add up to the whole. Raises ValueError.
    """
    checked = check_words_of(what)
    named = register_named(checked.of, plugin)
    if named is None:
        raise ValueError("by: a choice field of a register")
    bounds = (first, last) if checked.dated else (None, None)
    parts = count_entries(*named, measure=checked.measure, where=checked.where, first=bounds[0], last=bounds[1], by=by)
    return cast("dict[str, int]", parts)


def _check_source(what: Count) -> None:
    source = SOURCES[what.of]
    if what.measure != "count" and what.measure not in source.measures:
        known = ", ".join(("count", *source.measures))
        raise ValueError(f"measure {what.measure!r} of {what.of}: one of {known}")
    for field, values in (what.where if isinstance(what.where, Mapping) else {}).items():
        known_field = source.fields.get(field)
        if known_field is None:
            raise ValueError(f"where {field!r}: {what.of} have {', '.join(source.fields)}")
        for value in listed(values):
            fits = value in known_field.values if known_field.values else isinstance(value, bool)
            if not fits:
                words = ", ".join(known_field.values) or "True, False"
                raise ValueError(f"where {field!r} of {what.of}: {value!r} is none of {words}")
