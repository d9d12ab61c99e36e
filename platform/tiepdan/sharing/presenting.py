"""Make shared cases ready for a page: words and pieces of markup chosen once, so that a row costs microseconds."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from flask import current_app, g, request
from markupsafe import Markup, escape

from tiepdan.sharing.rules import flags_in
from tiepdan.sharing.shapes import SharedRow
from tiepdan.sharing.words import FLAGS, KINDS, case_words
from tiepdan.web.format import describe_days_left, format_date, format_number

_NEAR_DAYS = 3
_ICONS = {
    "neutral": "circle-dashed",
    "info": "info-circle",
    "progress": "progress-check",
    "success": "circle-check",
    "warning": "alert-triangle",
    "danger": "alert-circle",
}

type Place = tuple[str, str]  # script root and language: what a piece of markup depends on


def present_cases(rows: Sequence[SharedRow], names: Mapping[int, str], on: date) -> Markup:
    """Write the rows of the list as markup (templates/sharing/_cells.html); empty for no rows."""
    if not rows:
        return Markup()
    place = _place()
    pattern, _unit_row, untitled = _pieces(place)
    return _joined(
        [
            pattern.format(
                tenant_id=row.tenant_id,
                id=row.id,
                code=escape(row.code) or untitled,
                received=_day(row.received_on),
                flags=_flags(place, row.flags),
                unit=escape(names.get(row.tenant_id, "")),
                kind=_kind(place, row.kind),
                field=_field(place, row.field),
                status=_status(place, row.status),
                due=_due(place, None if row.closed_on else row.due_on, on),
                people=format_number(row.people_count),
            )
            for row in rows
        ]
    )


def present_units(units: Sequence[tuple[int, str, str]], sums: Mapping[int, tuple[int, int]]) -> Markup:
    """Write a line for each unit directly below; sums: (all, pending) by unit."""
    _row, pattern, _untitled = _pieces(_place())
    lines = []
    for unit_id, name, _short in units:
        total, pending = sums.get(unit_id, (0, 0))
        lines.append(
            pattern.format(id=unit_id, name=escape(name), total=format_number(total), pending=format_number(pending))
        )
    return _joined(lines)


def _joined(lines: list[str]) -> Markup:
    return Markup("\n".join(lines))  # noqa: S704 - every value was escaped or is ours


def _place() -> Place:
    return request.script_root, str(g.get("locale", "vi"))


def _cells() -> Any:  # noqa: ANN401 - a template's module has its macros as attributes
    return current_app.jinja_env.get_template("sharing/_cells.html").module


@lru_cache(maxsize=1024)
def _pieces(_where: Place) -> tuple[str, str, str]:
    cells = _cells()
    return str(cells.row()), str(cells.unit_row()), str(cells.untitled())


@lru_cache(maxsize=4096)
def _kind(_where: Place, kind: str) -> str:
    return str(escape(KINDS.get(kind, kind)))


@lru_cache(maxsize=4096)
def _field(_where: Place, field: str) -> str:
    return str(escape(case_words().field_of(field)))


@lru_cache(maxsize=4096)
def _status(_where: Place, status: str) -> str:
    words = case_words()
    tone = words.tone(status)
    return str(_cells().badge(words.status(status), tone, _ICONS.get(tone, "circle-dot")))


@lru_cache(maxsize=4096)
def _flags(_where: Place, flags: int) -> str:
    return "".join(f" · {escape(FLAGS[flag])}" for flag in flags_in(flags))


@lru_cache(maxsize=8192)
def _due(_where: Place, due_on: date | None, on: date) -> str:
    if due_on is None:
        return str(_cells().due("", "", "", ""))
    days = (due_on - on).days
    tone, icon = ("danger", "clock-exclamation") if days < 0 else ("neutral", "clock")
    if 0 <= days <= _NEAR_DAYS:
        tone, icon = "warning", "hourglass"
    return str(_cells().due(describe_days_left(due_on, on), tone, icon, format_date(due_on)))


@lru_cache(maxsize=4096)
def _day(day: date) -> str:
    return format_date(day)


@lru_cache(maxsize=64)
def filter_choices(_locale: str) -> dict[str, list[tuple[str, str]]]:
    """Return what the list's filters offer, translated once per language."""
    return {
        "kinds": [(kind, str(name)) for kind, name in KINDS.items()],
        "statuses": [(word, str(name)) for word, name in case_words().statuses.items()],
        "flags": [(flag.name.lower(), str(name)) for flag, name in FLAGS.items() if flag.name],
    }
