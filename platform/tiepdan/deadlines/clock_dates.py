"""From a rule and an event to everything a clock stores: due date, warnings, the next look of the sweep. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from tiepdan.core.clock import TIMEZONE
from tiepdan.deadlines.calendar import ONE_DAY, OutsideCalendar, WorkCalendar
from tiepdan.deadlines.clock_words import CheckKind
from tiepdan.deadlines.law import all_rules, rule, rule_in_force
from tiepdan.deadlines.limits import Bound, Direction, Limit, Pause
from tiepdan.deadlines.provisions import NORMAL, Rule
from tiepdan.deadlines.rules import ClockStopped, Step, WarningKind, due, due_given, earliest, warning_points

# TRN-05 speaks of these: received under the old rule, not yet dealt with when the new one begins.
TRANSITION_KEYS = frozenset({"complaint.acceptance"})
_BACKWARD_NOTICE = timedelta(days=30)  # long enough for "three working days left" around Tết


@dataclass(frozen=True, slots=True)
class ChosenRule:
    """The version of a rule a clock is decided by, and the variant of it."""

    rule: Rule
    variant: str

    def limit(self, extended_as: str | None = None, extensions: Sequence[int] = ()) -> Limit:
        """Return the limit to count. Raises ValueError beyond the budget of extensions."""
        return self.rule.extended(extended_as or self.variant, tuple(extensions), self.variant)


@lru_cache(maxsize=4096)
def choose_rule(rule_id: str, event_on: date, variant: str | None = None) -> ChosenRule:
    """Choose the version in force on the day of the event.

    variant: None or "normal" for what the rule itself is about; another one may lie in a sister rule
        (CMP-04 "complex" is CMP-05).
    Raises UnknownRule, or NoRuleInForce when nothing was in force on that day.
    """
    found = rule(rule_id, event_on)
    if variant is None or (variant == NORMAL and not found.has_variant(NORMAL)):
        return ChosenRule(found, found.variants[0].name)
    if not found.has_variant(variant):
        level = min(found.levels) if found.levels else None
        found = rule_in_force(found.key, event_on, level=level, variant=variant)
    return ChosenRule(found, variant)


def stored_rule(rule_id: str, variant: str) -> ChosenRule:
    """Return the version a clock was decided by, whether it is still in force or not."""
    return ChosenRule(rule(rule_id), variant)


@lru_cache(maxsize=512)
def sister_ids(rule_id: str) -> frozenset[str]:
    """Return the ids of all versions and variants of a rule's subject, the rule included."""
    key = rule(rule_id).key
    return frozenset(each.id for each in all_rules().values() if each.key == key)


@dataclass(frozen=True, slots=True)
class ClockDates:
    """What follows from rule, event, calendar and pauses.

    due_on: None while a suspension is open; remaining: days still to count then.
    earlier_on, earlier_rule_id: what a competing rule says, where that is earlier.
    shortest: a shortest time: the day is the first on which it may end, not the last.
    law_due_on: the law's own date, where a stricter order moved it.
    early_on: the first day on which an order of a plugin wants the responsible person warned.
    """

    due_on: date | None
    steps: tuple[Step, ...]
    provisional: bool
    shortest: bool
    warnings: tuple[tuple[date, CheckKind], ...] = ()
    earlier_on: date | None = None
    earlier_rule_id: str | None = None
    remaining: int | None = None
    law_due_on: date | None = None
    early_on: date | None = None


@lru_cache(maxsize=4096)
def dates_at_start(
    rule_id: str, event_on: date, variant: str | None, calendar: WorkCalendar
) -> tuple[ChosenRule, ClockDates]:
    """Choose the rule and count a new clock; the petitions of one day share the answer."""
    chosen = choose_rule(rule_id, event_on, variant)
    return chosen, decide_dates(chosen, event_on, calendar)


def decide_dates(
    chosen: ChosenRule,
    event_on: date,
    calendar: WorkCalendar,
    *,
    extended_as: str | None = None,
    extensions: Sequence[int] = (),
    pauses: Sequence[Pause] = (),
) -> ClockDates:
    """Count a clock. Raises ValueError for a limit in hours or beyond the budget, OutsideCalendar."""
    limit = chosen.limit(extended_as, extensions)
    shortest = limit.bound is Bound.AT_LEAST and limit.direction is Direction.FORWARD
    try:
        counted = due(event_on, limit, calendar, pauses)
    except ClockStopped as stopped:
        provisional = any(step.provisional for step in stopped.steps)
        return ClockDates(None, stopped.steps, provisional, shortest, remaining=stopped.remaining)
    earlier_on, earlier_rule_id = None, None
    if not extensions and not shortest:
        earlier_on, earlier_rule_id = _find_earlier(chosen, limit, event_on, counted.due_on, calendar, pauses)
    return ClockDates(
        due_on=counted.due_on,
        steps=counted.steps,
        provisional=counted.provisional,
        shortest=shortest,
        warnings=tuple(_warnings(limit, event_on, earlier_on or counted.due_on, calendar, shortest=shortest)),
        earlier_on=earlier_on,
        earlier_rule_id=earlier_rule_id,
    )


def given_dates(event_on: date, given_on: date, calendar: WorkCalendar) -> ClockDates:
    """Take a due day that a person set (DEC-10); the warnings come as for any other. Raises ValueError."""
    given = due_given(event_on, given_on)
    try:
        points = warning_points(event_on, given_on, calendar)
    except OutsideCalendar:  # years ahead of every calendar: the day itself is known all the same
        warnings: tuple[tuple[date, CheckKind], ...] = ((given_on, CheckKind.DUE),)
    else:
        warnings = tuple((point.on, CheckKind(point.kind.value)) for point in points)
    return ClockDates(given_on, given.steps, provisional=False, shortest=False, warnings=warnings)


def warnings_of(
    limit: Limit, event_on: date, due_on: date, calendar: WorkCalendar
) -> tuple[tuple[date, CheckKind], ...]:
    """Return the days on which a limit is warned of."""
    shortest = limit.bound is Bound.AT_LEAST and limit.direction is Direction.FORWARD
    return tuple(_warnings(limit, event_on, due_on, calendar, shortest=shortest))


def midnight(day: date) -> datetime:
    """Return the instant a day begins in Asia/Ho_Chi_Minh."""
    return datetime.combine(day, time(), TIMEZONE)


def check_days(
    warnings: Iterable[tuple[date, CheckKind]], due_on: date | None, *, shortest: bool
) -> list[tuple[date, CheckKind]]:
    """List the days the sweep has to look at a clock: its warnings, then the first day it is overdue (DEC-02)."""
    if due_on is None:
        return []
    overdue = [] if shortest else [(due_on + ONE_DAY, CheckKind.OVERDUE)]
    return [*warnings, *overdue]


def next_check_at(
    warnings: Iterable[tuple[date, CheckKind]], due_on: date | None, checked_on: date | None, *, shortest: bool
) -> datetime | None:
    """Return the midnight of the first day to look at that was not dealt with yet; None when there is none."""
    days = [
        day for day, _kind in check_days(warnings, due_on, shortest=shortest) if checked_on is None or day > checked_on
    ]
    return midnight(min(days)) if days else None


def _find_earlier(
    chosen: ChosenRule, limit: Limit, event_on: date, due_on: date, calendar: WorkCalendar, pauses: Sequence[Pause]
) -> tuple[date | None, str | None]:
    """Say whether another rule on the same duty gives an earlier day: it is the one to warn of."""
    limits = {chosen.rule.id: limit}
    for other in _competitors(chosen.rule, event_on, due_on):
        if other.has_variant(chosen.variant) and other.variant(chosen.variant).limit is not None:
            limits[other.id] = other.limit(chosen.variant)
    if len(limits) == 1:
        return None, None
    first = earliest(event_on, limits, calendar, pauses)
    return (first.due.due_on, first.won) if first.due.due_on < due_on else (None, None)


def _competitors(own: Rule, event_on: date, due_on: date) -> list[Rule]:
    rules = all_rules()
    found = [rules[rule_id] for rule_id in own.competes_with if rules[rule_id].in_force(event_on)]
    if own.key in TRANSITION_KEYS and own.valid_to is not None and due_on > own.valid_to:
        found += [rules[rule_id] for rule_id in own.successors]
    return found


def _warnings(
    limit: Limit, event_on: date, warn_of: date, calendar: WorkCalendar, *, shortest: bool
) -> Iterable[tuple[date, CheckKind]]:
    if shortest:
        yield warn_of, CheckKind.DUE
        return
    backward = limit.direction is Direction.BACKWARD
    for point in warning_points(warn_of - _BACKWARD_NOTICE if backward else event_on, warn_of, calendar):
        # A limit counted backwards has no beginning, so there is no half of it.
        if not (backward and point.kind is WarningKind.HALF_TIME):
            yield point.on, CheckKind(point.kind.value)
