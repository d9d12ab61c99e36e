"""Where in the committee what was counted is listed, so that every number opens its records."""

from collections.abc import Mapping
from datetime import date

from flask import url_for

from tiepdan.core.actor import Actor
from tiepdan.counting.service import register_named
from tiepdan.petitions.rules import Mark
from tiepdan.registers.addresses import entries_url
from tiepdan.registers.filtering import listed
from tiepdan.registers.service import find_register
from tiepdan.sdk import Count

_PERMISSIONS = {
    "receptions": "receptions.view",
    "visits": "receptions.view",
    "petitions": "petitions.view",
    "matters": "petitions.view",
    "assignments": "directives.view",
    "notices": "directives.view",
}


def count_url(
    what: Count, plugin: str, first: date, last: date, *, on: date | None = None, actor: Actor | None = None
) -> str:
    """Return the page that lists exactly what a count counted; "" where no page does, or the actor may not see it.

    plugin: whose count it is. on: as in `count`.
    """
    named = register_named(what.of, plugin)
    if named is not None:
        if actor is not None and not _may_list(named, actor):
            return ""
        if not what.dated:
            return entries_url(*named, where=what.where)
        return entries_url(*named, first, last, what.where)
    if actor is not None and not actor.may(_PERMISSIONS[what.of]):
        return ""
    where = _single(what.where)
    if where is None or not (what.measure == "count" or what.measure.startswith("sum:")):
        return ""
    days_asked = (first, last) if what.dated else (date.min, date.max)
    match what.of:
        case "petitions":
            return _petitions(where, *days_asked, on=on or last)
        case "matters":
            return _matters(where, *days_asked)
        case "assignments" | "notices":
            return _directives(what.of, where, *days_asked, on=on or last)
        case _:
            return ""


def _may_list(named: tuple[str, str], actor: Actor) -> bool:
    """Say whether somebody may see a register that is there: one of a plugin that is off leads nowhere."""
    try:
        return find_register(*named).may_view(actor)
    except ValueError:
        return False


def _single(where: Mapping[str, object]) -> dict[str, object] | None:
    """Return each field's one value; None where one may have several: no list narrows by several."""
    found: dict[str, object] = {}
    for field, values in where.items():
        several = listed(values)
        if len(several) != 1:
            return None
        found[field] = several[0]
    return found


def _petitions(where: Mapping[str, object], first: date, last: date, *, on: date) -> str:
    if not set(where) <= {"kind", "status", "field", "notice"} or where.get("kind") == "unknown":
        return ""
    if "notice" in where and on != last:
        return ""  # the list judges the notice at the end of its own period
    asked: dict[str, object] = {**where, "received_from": first.isoformat(), "received_to": last.isoformat()}
    return url_for("petitions.index", **asked)  # type: ignore[arg-type]  # words of the query


def _matters(where: Mapping[str, object], first: date, last: date) -> str:
    marks = [name for name, value in where.items() if name in set(Mark) and value is True]
    others = {name: value for name, value in where.items() if name not in marks}
    if len(marks) > 1 or others not in ({}, {"closed": False}):
        return ""
    asked = {"opened_from": first.isoformat(), "opened_to": last.isoformat()}
    if marks:
        asked["mark"] = marks[0]
    if others:
        asked["open"] = "1"
    return url_for("matters.index", **asked)  # type: ignore[arg-type]  # words of the query


def _directives(of: str, where: Mapping[str, object], first: date, last: date, *, on: date) -> str:
    parts: dict[tuple[str, tuple[tuple[str, object], ...]], str] = {
        ("notices", ()): "notices",
        ("assignments", ()): "given",
        ("assignments", (("done", True),)): "done",
        ("assignments", (("overdue", True),)): "overdue",
    }
    narrowed = tuple((name, value) for name, value in where.items() if (name, value) != ("side", "sender"))
    part = parts.get((of, narrowed))
    if part is None:
        return ""
    asked = {"from": first.isoformat(), "to": last.isoformat(), "as_of": on.isoformat()}
    return url_for("directives.period", part=part, **asked)  # type: ignore[arg-type]  # words of the query
