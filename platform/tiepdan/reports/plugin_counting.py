"""What the records say for a plugin's report: figures, breakdowns, years side by side, and entries to list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from tiepdan.core.errors import Conflict
from tiepdan.counting.service import count, count_by, register_named
from tiepdan.formparts.rules import FieldKind, PartField
from tiepdan.registers.reading import EntryView, list_entries
from tiepdan.registers.service import find_register
from tiepdan.reports.definitions import Definition
from tiepdan.reports.given import GivenFigure, GivenReport
from tiepdan.reports.periods import Period
from tiepdan.reports.rules import Measure
from tiepdan.sdk import Count
from tiepdan.web.format import format_date, format_number

MOST_LISTED = 300  # entries of a register in one report; how many there are is said beside them

type Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry as a report lists it. cells: texts beside title and day, in both languages where they differ."""

    id: str
    number: str
    on: date
    title: str
    cells: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class EntryList:
    """The entries of a register in a period, the oldest first. register: as the section names it; total: of all."""

    register: str
    heads: tuple[Words, ...]
    lines: tuple[EntryLine, ...]
    total: int

    def as_json(self) -> dict[str, Any]:
        """Write it for a frozen row."""
        return {
            "register": self.register,
            "heads": [dict(head) for head in self.heads],
            "total": self.total,
            "lines": [
                {
                    "id": line.id,
                    "number": line.number,
                    "on": line.on.isoformat(),
                    "title": line.title,
                    "cells": [dict(cell) for cell in line.cells],
                }
                for line in self.lines
            ],
        }

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> "EntryList":
        """Read it from a frozen row."""
        lines = (
            EntryLine(line["id"], line["number"], date.fromisoformat(line["on"]), line["title"], tuple(line["cells"]))
            for line in stored["lines"]
        )
        return EntryList(stored["register"], tuple(stored["heads"]), tuple(lines), stored["total"])


def count_figures(given: GivenReport, period: Period, *, on: date) -> dict[str, Measure]:
    """Count every figure for the tenant in scope.

    on: the cut-off: what is done or late is judged at its end. Over several years each year is counted, and the
    whole besides: different values are not the sum of the years.
    Raises Conflict when a register is gone, because the plugin is off or gives it no longer.
    """
    try:
        return {figure.code: _measure(figure, given.plugin, period, on) for figure in given.figures}
    except ValueError as fault:
        raise Conflict(
            _("Chưa đếm được số liệu: plugin của báo cáo này đang tắt hoặc không còn sổ mà báo cáo đếm.")
        ) from fault


def list_period_entries(definition: Definition, period: Period) -> tuple[EntryList, ...]:
    """Return the entries that a plugin's report lists, each register once. Raises Conflict as `count_figures`."""
    given = definition.given
    if given is None:
        return ()
    names = dict.fromkeys(name for section in given.sections for name in section.entries)
    try:
        return tuple(_list(name, given.plugin, period) for name in names)
    except ValueError as fault:
        raise Conflict(
            _("Chưa đếm được số liệu: plugin của báo cáo này đang tắt hoặc không còn sổ mà báo cáo đếm.")
        ) from fault


def _measure(figure: GivenFigure, plugin: str, period: Period, on: date) -> Measure:
    spans = {"": period, **{str(year.last_year): year for year in period.years}}
    values, wholes, parts = {}, {}, {}
    for column, span in spans.items():
        if figure.by:
            # One question, so that the parts add up whatever is entered meanwhile.
            parts[column] = count_by(figure.count, figure.by, plugin=plugin, first=span.first, last=span.last)
        # A year that ended is judged as it stood then, the whole as of the cut-off.
        asked = {"plugin": plugin, "first": span.first, "last": span.last, "on": min(on, span.last) if column else on}
        values[column] = (
            sum(parts[column].values()) if figure.by else count(figure.count, **asked)  # type: ignore[arg-type]  # the keywords of count
        )
        if figure.out_of is not None:
            wholes[column] = count(figure.out_of, **asked)  # type: ignore[arg-type]  # as above
    value, of = values.pop(""), wholes.pop("", None)
    return Measure(value, of, by_month=values, of_by_month=wholes, parts=parts)


def _list(name: str, plugin: str, period: Period) -> EntryList:
    named = register_named(f"register:{name}", plugin)
    assert named is not None
    register = find_register(*named)
    total = count(Count(f"register:{name}"), plugin=plugin, first=period.first, last=period.last)
    entries = list_entries(*named, first=period.first, last=period.last, limit=MOST_LISTED)
    fields = register.listed_fields
    lines = tuple(_line(entry, fields) for entry in reversed(entries))
    return EntryList(name, tuple(field.label for field in fields), lines, total)


def _line(entry: EntryView, fields: tuple[PartField, ...]) -> EntryLine:
    cells = tuple(_cell(field, entry.values.get(field.name)) for field in fields)
    return EntryLine(str(entry.id), entry.number, entry.on, entry.title, cells)


def _cell(field: PartField, value: object) -> Words:
    if value is None:
        return {"vi": "", "en": ""}
    match field.kind:
        case FieldKind.CHOICE:
            return dict(field.choices).get(str(value), {"vi": str(value), "en": str(value)})
        case FieldKind.BOOLEAN:
            return {"vi": "có", "en": "yes"} if value is True else {"vi": "không", "en": "no"}
        case FieldKind.DATE:
            text = format_date(date.fromisoformat(str(value)))
        case FieldKind.INTEGER | FieldKind.NUMBER if isinstance(value, int | float):
            text = format_number(value, 0 if float(value).is_integer() else 2)
        case _:
            text = str(value)
    return {"vi": text, "en": text}
