"""Limits stricter than the law's, ordered by plugins: they can only bring a date forward."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tiepdan.core.plugins import answer_check, decide
from tiepdan.core.telemetry import log
from tiepdan.deadlines.calendar import WorkCalendar
from tiepdan.deadlines.clock_dates import ClockDates, warnings_of
from tiepdan.deadlines.law import all_rules
from tiepdan.deadlines.limits import Limit, Pause, Unit
from tiepdan.deadlines.rules import due
from tiepdan.sdk import DayUnit, DeadlineRule
from tiepdan.tenancy.service import own_tenant, plugin_tenant

UNITS = {DayUnit.WORKING: Unit.WORKING_DAY, DayUnit.CALENDAR: Unit.CALENDAR_DAY}
LONGEST = 365


@dataclass(frozen=True, slots=True)
class Tightening:
    """A limit a plugin orders for a duty, and the document it rests on."""

    plugin: str
    limit: Limit
    source: str


def ordered_limits(on: date) -> Mapping[str, Sequence[Tightening]]:
    """Ask the plugins enabled here once; by the key of the duty ("complaint.acceptance")."""
    found: dict[str, list[Tightening]] = {}
    answers = decide("deadline_rules", tenant=plugin_tenant(own_tenant()), on=on)
    for answer in answers:
        for rule in answer.value:
            limit = Limit(rule.at_most, UNITS[rule.unit])
            found.setdefault(rule.duty, []).append(Tightening(answer.plugin, limit, rule.source.strip()))
    return found


def tighten(
    dates: ClockDates,
    ordered: Sequence[Tightening],
    event_on: date,
    calendar: WorkCalendar,
    pauses: Sequence[Pause] = (),
) -> tuple[ClockDates, Tightening | None]:
    """Let the earliest of all dates win; return which order won, None where the law's date stands.

    An order whose date is later than the law's is refused: it has no effect and is reported. Dates are compared,
    not numbers, for ten working days and fifteen calendar days cannot be. A suspended clock has no date to compare.
    """
    if dates.due_on is None or dates.shortest:
        return dates, None
    best, won = dates, None
    for order in ordered:
        counted = due(event_on, order.limit, calendar, pauses)
        if counted.due_on > dates.due_on:
            log.error("plugin rule refused", plugin=order.plugin, fault="looser_than_law")
        elif counted.due_on < (best.due_on or dates.due_on):
            won = order
            best = replace(
                dates,
                due_on=counted.due_on,
                law_due_on=dates.due_on,
                steps=counted.steps,
                provisional=counted.provisional,
                warnings=warnings_of(order.limit, event_on, counted.due_on, calendar),
                earlier_on=None,
                earlier_rule_id=None,
            )
    return best, won


@answer_check("deadline_rules")
def _check(answer: Any) -> None:  # noqa: ANN401 - a plugin may answer anything
    if not isinstance(answer, list | tuple):
        raise TypeError("deadline_rules answers with a list of DeadlineRule")
    keys = duty_keys()
    for rule in answer:
        if not isinstance(rule, DeadlineRule) or not isinstance(rule.unit, DayUnit):
            raise TypeError("deadline_rules answers with a list of DeadlineRule")
        if rule.duty not in keys:
            raise ValueError(f"no duty {rule.duty!r}")
        if isinstance(rule.at_most, bool) or not isinstance(rule.at_most, int) or not 1 <= rule.at_most <= LONGEST:
            raise ValueError(f"at_most is a number of days from 1 to {LONGEST}")
        if not isinstance(rule.source, str) or not rule.source.strip():
            raise ValueError("a stricter rule names its source")


def duty_keys() -> frozenset[str]:
    """Return the keys of the duties that run on clocks."""
    return frozenset(rule.key for rule in all_rules().values())
