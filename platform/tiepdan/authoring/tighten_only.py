"""Compare a plugin's limits with the law's, on the platform's own calendar. Pure."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tiepdan.deadlines.law import UnknownRule, versions
from tiepdan.deadlines.limits import Bound, Direction, Limit, Unit
from tiepdan.deadlines.provisions import NORMAL
from tiepdan.deadlines.rules import due
from tiepdan.deadlines.tightening import UNITS
from tiepdan.deadlines.vietnam import vietnam_calendar
from tiepdan.sdk import DayUnit, DeadlineRule, Level


@dataclass(frozen=True, slots=True)
class Loosened:
    """A limit that ends later than the law's. due_on: by the plugin; law_due_on: by the law in force on start."""

    rule: DeadlineRule
    start: date
    due_on: date
    law_due_on: date


def find_loosened(rule: DeadlineRule, start: date, level: Level) -> Loosened | None:
    """Say whether a limit gives a later date than the law for a duty in force on its first day."""
    law_due_on = law_due(rule.duty, start, level)
    if law_due_on is None:
        return None
    due_on = _ordered_due(rule.at_most, rule.unit, start)
    return Loosened(rule, start, due_on, law_due_on) if due_on > law_due_on else None


def can_tighten(duty: str) -> bool:
    """Say whether any version of a duty sets a longest time in days, which alone can be shortened."""
    try:
        return any(_limits(duty, None, level) for level in Level)
    except UnknownRule:
        return False


@lru_cache(maxsize=100_000)
def law_due(duty: str, start: date, level: Level) -> date | None:
    """Return the law's due date in the ordinary case; None where nothing binds that level on that day.

    Where a rule has a version for ordinary cases, that one counts: an order longer than it has no effect on them.
    """
    limits = _limits(duty, start, level)
    return min((due(start, limit, vietnam_calendar()).due_on for limit in limits), default=None)


def _limits(duty: str, start: date | None, level: Level) -> list[Limit]:
    found = [each for each in versions(duty) if each.binds(level) and (start is None or each.in_force(start))]
    ordinary = [each for each in found if each.has_variant(NORMAL)] or found
    limits = [each.variant(NORMAL if each.has_variant(NORMAL) else None).limit for each in ordinary]
    return [
        limit
        for limit in limits
        if limit is not None
        and limit.unit is not Unit.HOUR
        and limit.direction is Direction.FORWARD
        and limit.bound is Bound.AT_MOST
    ]


@lru_cache(maxsize=100_000)
def _ordered_due(at_most: int, unit: DayUnit, start: date) -> date:
    return due(start, Limit(at_most, UNITS[unit]), vietnam_calendar()).due_on
