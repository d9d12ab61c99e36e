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
    """A limit that ends on a looser day than the law's. due_on: by the plugin; law_due_on: by the law then in force."""

    rule: DeadlineRule
    start: date
    due_on: date
    law_due_on: date


def find_loosened(rule: DeadlineRule, start: date, level: Level) -> Loosened | None:
    """Say whether a limit gives a looser date than the law for a duty in force on its first day.

    A longest time is looser when it ends later, a shortest one when it ends earlier (counted back: later).
    """
    bound, count = bound_of(rule)
    if bound is None or not _holds(rule, start, level):
        return None
    for limit in _limits(rule.duty, start, level, bound):
        due_on, law_due_on = _ordered_due(count, rule.unit, limit.direction, bound, start), _due(limit, start)
        shortest = bound is Bound.AT_LEAST and limit.direction is Direction.FORWARD
        if due_on < law_due_on if shortest else due_on > law_due_on:
            return Loosened(rule, start, due_on, law_due_on)
    return None


def bound_of(rule: DeadlineRule) -> tuple[Bound | None, int]:
    """Return what a rule limits, and its days; None for one that only warns."""
    if rule.at_most is not None:
        return Bound.AT_MOST, rule.at_most
    return (Bound.AT_LEAST, rule.at_least) if rule.at_least is not None else (None, 0)


def can_tighten(duty: str, bound: Bound = Bound.AT_MOST) -> bool:
    """Say whether any version of a duty sets such a time in days, which alone can be made stricter."""
    try:
        return any(_limits(duty, None, level, bound) for level in Level)
    except UnknownRule:
        return False


def _holds(rule: DeadlineRule, start: date, level: Level) -> bool:
    return (
        (not rule.levels or level in rule.levels)
        and (rule.valid_from is None or rule.valid_from <= start)
        and (rule.valid_to is None or start <= rule.valid_to)
    )


@lru_cache(maxsize=100_000)
def _limits(duty: str, start: date | None, level: Level, bound: Bound) -> tuple[Limit, ...]:
    found = [each for each in versions(duty) if each.binds(level) and (start is None or each.in_force(start))]
    ordinary = [each for each in found if each.has_variant(NORMAL)] or found
    limits = [each.variant(NORMAL if each.has_variant(NORMAL) else None).limit for each in ordinary]
    if bound is Bound.AT_LEAST:
        # How long a decision stays posted is a variant of the rule on publishing it, in time.
        limits = [variant.limit for each in found for variant in each.variants]
    return tuple(
        limit
        for limit in limits
        if limit is not None
        and limit.unit is not Unit.HOUR
        and limit.bound is bound
        # A longest time that is counted back is a day nobody can bring forward.
        and (bound is Bound.AT_LEAST or limit.direction is Direction.FORWARD)
    )


@lru_cache(maxsize=100_000)
def _due(limit: Limit, start: date) -> date:
    return due(start, limit, vietnam_calendar()).due_on


@lru_cache(maxsize=100_000)
def _ordered_due(count: int, unit: DayUnit, direction: Direction, bound: Bound, start: date) -> date:
    return due(start, Limit(count, UNITS[unit], direction, bound), vietnam_calendar()).due_on
