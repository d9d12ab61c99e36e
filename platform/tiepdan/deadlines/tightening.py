"""Limits stricter than the law's, ordered by plugins: a longest time gets shorter, a shortest time longer.

Most duties of the law set a longest time. A shortest time, which others must be given, is set for a decision that
stays posted, for papers that are kept, and for what is announced beforehand (counted back from the day it happens).
An order of the other sort is a fault: "at least 20 days" says nothing about a duty that must be done within ten.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from tiepdan.core.plugins import answer_check, decide
from tiepdan.core.telemetry import log
from tiepdan.deadlines.calendar import WorkCalendar
from tiepdan.deadlines.clock_dates import ClockDates, warnings_of
from tiepdan.deadlines.clock_words import CheckKind
from tiepdan.deadlines.law import all_rules
from tiepdan.deadlines.limits import Bound, Limit, Pause, Unit
from tiepdan.deadlines.rules import due
from tiepdan.sdk import DayUnit, DeadlineRule, Level, PetitionKind
from tiepdan.tenancy.service import own_tenant, plugin_tenant

HOOK = "deadline_rules"
UNITS = {DayUnit.WORKING: Unit.WORKING_DAY, DayUnit.CALENDAR: Unit.CALENDAR_DAY}
LONGEST = 365
MOST_WARNINGS = 5  # of one rule


class Verdict(StrEnum):
    """What became of an order."""

    WON = "won"
    OUTDONE = "outdone"
    REFUSED = "refused"
    SET_ASIDE = "set_aside"
    WARNS = "warns"


@dataclass(frozen=True, slots=True)
class Tightening:
    """The limit of a plugin that a clock runs on, and the document it rests on."""

    plugin: str
    limit: Limit
    source: str


@dataclass(frozen=True, slots=True)
class Order:
    """What a plugin orders for a duty. bound: None where it only warns; kinds: of petitions it holds for, () for all.

    warn_before: calendar days before the due day.
    """

    plugin: str
    bound: Bound | None
    count: int
    unit: Unit
    source: str
    warn_before: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()

    def limit_for(self, law: Limit) -> Limit | None:
        """Return what to count in the place of the law's limit; None where it says nothing about such a limit."""
        if self.bound is not law.bound:
            return None
        return Limit(self.count, self.unit, law.direction, law.bound)

    def holds_for(self, kind: str | None) -> bool:
        """Say whether it holds for a kind of petition, as far as it is known."""
        return not self.kinds or kind in self.kinds

    def as_json(self) -> dict[str, object]:
        """Return it as a clock keeps it."""
        return {
            "plugin": self.plugin,
            "bound": self.bound.value if self.bound else None,
            "count": self.count,
            "unit": self.unit.value,
            "source": self.source,
            "warn_before": list(self.warn_before),
            "kinds": list(self.kinds),
        }


def order_from(kept: Mapping[str, Any]) -> Order:
    """Read an order as a clock keeps it."""
    return Order(
        kept["plugin"],
        Bound(kept["bound"]) if kept["bound"] else None,
        kept["count"],
        Unit(kept["unit"]),
        kept["source"],
        tuple(kept["warn_before"]),
        tuple(kept["kinds"]),
    )


def ordered_limits(on: date) -> Mapping[str, Sequence[Order]]:
    """Ask the plugins enabled here once; by the key of the duty ("complaint.acceptance").

    on: day of the counting event. Rules for another level or other days are left out; those for kinds of petitions
    are not: see Order.holds_for.
    """
    tenant = own_tenant()
    found: dict[str, list[Order]] = {}
    for answer in decide(HOOK, tenant=plugin_tenant(tenant), on=on):
        for rule in answer.value:
            if _in_force(rule, tenant.level, on):
                found.setdefault(rule.duty, []).append(_order(answer.plugin, rule))
    return found


def tighten(
    dates: ClockDates,
    orders: Sequence[Order],
    law: Limit,
    event_on: date,
    calendar: WorkCalendar,
    pauses: Sequence[Pause] = (),
    *,
    may_win: Collection[Order] | None = None,
) -> tuple[ClockDates, Order | None]:
    """Let the strictest of all dates win; return which order won, None where the law's date stands.

    law: the limit the dates were counted by. may_win: the orders among which one may move the day; None for all.
    Of a longest time the earliest day is the strictest, of a shortest one the latest; counted back from a day,
    the earliest again. An order whose day is looser than the law's is refused: it has no effect and is reported.
    Dates are compared, not numbers, for ten working days and fifteen calendar days cannot be. A suspended clock has
    no date to compare. Whichever order wins, each that is not refused has its warnings.
    """
    if dates.due_on is None:
        return dates, None
    best, won, heard = dates, None, []
    for order in orders:
        limit = order.limit_for(law)
        if limit is None:
            heard += [order] if order.bound is None else []
            continue
        counted = due(event_on, limit, calendar, pauses)
        if is_stricter(dates.due_on, counted.due_on, shortest=dates.shortest):
            log.error("plugin rule refused", plugin=order.plugin, fault="looser_than_law")
            continue
        heard.append(order)
        open_to_win = may_win is None or order in may_win
        if open_to_win and is_stricter(counted.due_on, best.due_on or dates.due_on, shortest=dates.shortest):
            won = order
            best = replace(
                dates,
                due_on=counted.due_on,
                law_due_on=dates.due_on,
                steps=counted.steps,
                provisional=counted.provisional,
                warnings=warnings_of(limit, event_on, counted.due_on, calendar),
                earlier_on=None,
                earlier_rule_id=None,
            )
    return _warn_earlier(best, heard, event_on), won


def is_stricter(day: date, than: date, *, shortest: bool) -> bool:
    """Say whether a day is stricter than another, for a longest or a shortest time."""
    return day > than if shortest else day < than


def _warn_earlier(dates: ClockDates, orders: Sequence[Order], event_on: date) -> ClockDates:
    """Add the days on which plugins want the responsible person warned besides; none before the event."""
    if dates.due_on is None or dates.shortest:
        return dates
    asked = {dates.due_on - timedelta(days=days) for order in orders for days in order.warn_before}
    days = sorted(day for day in asked if day >= event_on)
    if not days:
        return dates
    early = [(day, CheckKind.EARLY) for day in days]
    warnings = tuple(sorted([*early, *dates.warnings], key=lambda warning: warning[0]))
    return replace(dates, warnings=warnings, early_on=days[0])


def _in_force(rule: DeadlineRule, level: Level, on: date) -> bool:
    return (
        (not rule.levels or level in rule.levels)
        and (rule.valid_from is None or rule.valid_from <= on)
        and (rule.valid_to is None or on <= rule.valid_to)
    )


def _order(plugin: str, rule: DeadlineRule) -> Order:
    bound = Bound.AT_MOST if rule.at_most is not None else Bound.AT_LEAST if rule.at_least is not None else None
    return Order(
        plugin,
        bound,
        rule.at_most or rule.at_least or 0,
        UNITS[rule.unit],
        rule.source.strip(),
        tuple(sorted(set(rule.warn_before), reverse=True)),
        tuple(sorted(kind.value for kind in rule.kinds)),
    )


@answer_check(HOOK)
def _check(answer: Any) -> None:  # noqa: ANN401 - a plugin may answer anything
    if not isinstance(answer, list | tuple):
        raise TypeError("deadline_rules answers with a list of DeadlineRule")
    for rule in answer:
        if not isinstance(rule, DeadlineRule) or not isinstance(rule.unit, DayUnit):
            raise TypeError("deadline_rules answers with a list of DeadlineRule")
        if rule.duty not in duty_keys():
            raise ValueError(f"no duty {rule.duty!r}")
        _check_limit(rule)
        _check_warnings(rule)
        _check_filters(rule)
        if not isinstance(rule.source, str) or not rule.source.strip():
            raise ValueError("a stricter rule names its source")


def _check_limit(rule: DeadlineRule) -> None:
    if rule.at_most is not None and rule.at_least is not None:
        raise ValueError(f"{rule.duty}: a rule says at_most or at_least, not both")
    if rule.at_most is None and rule.at_least is None:
        if not rule.warn_before:
            raise ValueError(f"{rule.duty}: a rule says at_most, at_least or warn_before")
        return
    name, days = ("at_most", rule.at_most) if rule.at_most is not None else ("at_least", rule.at_least)
    if not _is_days(days):
        raise ValueError(f"{name} is a number of days from 1 to {LONGEST}")
    bounds = bounds_of(rule.duty)
    if bounds and Bound(name) not in bounds:
        longest = Bound.AT_MOST in bounds
        raise ValueError(
            f"{rule.duty}: the law sets {'the longest time allowed' if longest else 'the shortest time required'}, "
            f"so a stricter rule says {'at_most' if longest else 'at_least'}"
        )


def _check_warnings(rule: DeadlineRule) -> None:
    if not _is_collection(rule.warn_before) or not all(_is_days(days) for days in rule.warn_before):
        raise ValueError(f"warn_before is a list of days from 1 to {LONGEST}")
    if len(rule.warn_before) > MOST_WARNINGS:
        raise ValueError(f"warn_before: at most {MOST_WARNINGS} days")


def _check_filters(rule: DeadlineRule) -> None:
    if not _is_collection(rule.levels) or not all(isinstance(level, Level) for level in rule.levels):
        raise TypeError("levels is a list of Level")
    if not _is_collection(rule.kinds) or not all(isinstance(kind, PetitionKind) for kind in rule.kinds):
        raise TypeError("kinds is a list of PetitionKind")
    if not all(day is None or type(day) is date for day in (rule.valid_from, rule.valid_to)):
        raise TypeError("valid_from and valid_to are days")
    if rule.valid_from and rule.valid_to and rule.valid_to < rule.valid_from:
        raise ValueError("valid_to is not before valid_from")


def _is_days(value: object) -> bool:
    return type(value) is int and 1 <= value <= LONGEST


def _is_collection(value: object) -> bool:
    return isinstance(value, list | tuple | set | frozenset)


@cache
def duty_keys() -> frozenset[str]:
    """Return the keys of the duties that run on clocks."""
    return frozenset(rule.key for rule in all_rules().values())


@cache
def bounds_of(duty: str) -> frozenset[Bound]:
    """Return which sorts of limits the versions and variants of a duty set: longest times, shortest times, or none."""
    variants = (variant for rule in all_rules().values() if rule.key == duty for variant in rule.variants)
    return frozenset(variant.limit.bound for variant in variants if variant.limit is not None)
