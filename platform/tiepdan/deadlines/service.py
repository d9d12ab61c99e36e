"""Clocks: start and stop them, ask how they stand. The door of the slice for all others.

What changes a running clock is in `changes`, the lists in `listing`, "why this date" in `explanation`, a new
calendar in `recounting`, the sweep's side in `sweeping`; they are all reached from here.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID, uuid4

import sqlalchemy as sa

from tiepdan.core.actor import Actor
from tiepdan.core.db import db, new_id
from tiepdan.core.errors import Invalid
from tiepdan.core.inserts import insert_rows, inserted_together
from tiepdan.deadlines.calendar import OutsideCalendar, WorkCalendar
from tiepdan.deadlines.changes import end_clock, extend_clock, pause_clock, resume_clock
from tiepdan.deadlines.clock_dates import (
    ChosenRule,
    ClockDates,
    dates_at_start,
    given_dates,
    next_check_at,
    sister_ids,
    stored_rule,
)
from tiepdan.deadlines.clock_views import ClockView, view_of
from tiepdan.deadlines.clock_words import CheckKind, ClockEventKind, ClockState
from tiepdan.deadlines.explanation import ClockExplanation, explain_clock
from tiepdan.deadlines.kind_orders import follow_kind
from tiepdan.deadlines.listing import ClockCounts, ClockFilter, count_open_clocks, open_clocks
from tiepdan.deadlines.models import Clock, ClockEvent
from tiepdan.deadlines.provisions import NORMAL
from tiepdan.deadlines.recounting import Recount, recompute_open_clocks
from tiepdan.deadlines.subjects import SubjectLink, describe_subjects_as
from tiepdan.deadlines.sweeping import Check, DueClock, due_clocks_for_update, reschedule, tenants_with_due_clocks
from tiepdan.deadlines.tenant_calendars import calendar_of_tenant
from tiepdan.deadlines.tightening import Order, Tightening, ordered_limits, tighten

__all__ = [
    "Check",
    "CheckKind",
    "ClockCounts",
    "ClockExplanation",
    "ClockFilter",
    "ClockState",
    "ClockView",
    "DueClock",
    "NewClock",
    "Recount",
    "SubjectLink",
    "calendar_of_tenant",
    "clock_by_id",
    "clocks_of",
    "count_open_clocks",
    "describe_subjects_as",
    "due_clocks_for_update",
    "explain_clock",
    "extend_clock",
    "follow_kind",
    "nearest_due",
    "nearest_dues",
    "open_clocks",
    "pause_clock",
    "recompute_open_clocks",
    "reschedule",
    "resume_clock",
    "start_clock",
    "start_clocks",
    "stop_clocks",
    "tenants_with_due_clocks",
]


@dataclass(frozen=True, slots=True)
class NewClock:
    """A clock to start.

    rule_id: any version of the rule; the one in force on event_on decides.
    variant: None for the usual one. label: instead of the rule's own words.
    reference: what a superior may be shown of a sealed case; random unless given.
    given_on: the due day, for an obligation whose day a person sets (DEC-10).
    kind: word of the petition's kind, where it is known: some orders of plugins hold for kinds of petitions only.
    """

    rule_id: str
    subject_type: str
    subject_id: UUID
    event_on: date
    variant: str | None = None
    label: str | None = None
    reference: UUID | None = None
    given_on: date | None = None
    kind: str | None = None


def start_clock(
    rule_id: str,
    *,
    subject_type: str,
    subject_id: UUID,
    event_on: date,
    actor: Actor,
    variant: str | None = None,
    label: str | None = None,
    reference: UUID | None = None,
) -> ClockView:
    """Start the clock of one obligation, in the step that creates it; the right to that step is its caller's.

    event_on: day of the counting event, in Asia/Ho_Chi_Minh; it chooses the version of the rule.
    Raises UnknownRule, NoRuleInForce, ValueError for a rule without a limit in days, Invalid for a day
    outside the calendar.
    """
    new = NewClock(rule_id, subject_type, subject_id, event_on, variant, label, reference)
    return start_clocks([new], actor=actor)[0]


def start_clocks(new: Iterable[NewClock], *, actor: Actor) -> list[ClockView]:
    """Start several clocks with one statement; see start_clock."""
    calendar = calendar_of_tenant()
    views = []
    asked: dict[date, Mapping[str, Sequence[Order]]] = {}
    for each in new:
        try:
            chosen, dates = _dates_of(each, calendar)
            orders: tuple[Order, ...] = ()
            won = None
            if each.given_on is None:
                if each.event_on not in asked:
                    asked[each.event_on] = ordered_limits(each.event_on)
                ordered = asked[each.event_on].get(chosen.rule.key, ())
                orders = tuple(order for order in ordered if order.holds_for(each.kind))
                if orders:
                    dates, won = tighten(dates, orders, chosen.limit(), each.event_on, calendar)
        except OutsideCalendar as fault:
            raise Invalid(str(fault)) from fault
        view = ClockView(
            id=new_id(),
            subject_type=each.subject_type,
            subject_id=each.subject_id,
            rule_id=chosen.rule.id,
            variant=chosen.variant,
            label=each.label,
            event_on=each.event_on,
            due_on=dates.due_on,
            state=ClockState.OPEN,
            ended_on=None,
            provisional=dates.provisional,
            reference=each.reference or uuid4(),  # never an UUIDv7: its time would tell when the case came
            earlier_on=dates.earlier_on,
            earlier_rule_id=dates.earlier_rule_id,
            shortest=dates.shortest,
            warnings=dates.warnings,
            next_check_at=next_check_at(dates.warnings, dates.due_on, None, shortest=dates.shortest),
            calendar_version=calendar.version,
            given_on=each.given_on,
            tightening=_tightening(won, chosen),
            law_due_on=dates.law_due_on,
            orders=orders,
            early_on=dates.early_on,
        )
        views.append(view)
    with inserted_together():
        insert_rows(_CLOCKS, [_clock_row(view, actor) for view in views])
        insert_rows(_CLOCK_EVENTS, [_started(view, actor) for view in views])
    return views


def stop_clocks(
    subject_type: str,
    subject_id: UUID,
    rule_ids: Collection[str] | None = None,
    *,
    on: date,
    outcome: str = ClockState.MET,
    actor: Actor | None = None,
) -> list[ClockView]:
    """End the open clocks of a subject, in the step that does what they ask for.

    rule_ids: any version of each rule meant, all its variants included; None for all clocks.
    on: day it was done; it is met up to the due date, late after it.
    outcome: "met" (met or late, as the day says) or "stopped": there is no more duty, so neither.
    Returns the clocks that were ended; the ones ended before stay as they are.
    """
    query = (
        sa.select(Clock)
        .where(Clock.subject_type == subject_type, Clock.subject_id == subject_id, Clock.state == ClockState.OPEN)
        .order_by(Clock.id)
        .with_for_update()
    )
    if rule_ids is not None:
        meant = frozenset[str]().union(*(sister_ids(rule_id) for rule_id in rule_ids))
        query = query.where(Clock.rule_id.in_(meant))
    clocks = db.session.scalars(query).all()
    for clock in clocks:
        end_clock(clock, on=on, outcome=ClockState(outcome), account_id=actor.account_id if actor else None)
    return [view_of(clock) for clock in clocks]


def clock_by_id(clock_id: UUID) -> ClockView | None:
    """Return a clock; None if this tenant has none of that id."""
    clock = db.session.scalar(sa.select(Clock).where(Clock.id == clock_id))
    return view_of(clock) if clock else None


def clocks_of(subject_type: str, subject_ids: Iterable[UUID]) -> dict[UUID, list[ClockView]]:
    """Return the clocks of many subjects in one question, the nearest due date first; every id is in the result."""
    wanted: dict[UUID, list[ClockView]] = {subject_id: [] for subject_id in subject_ids}
    if wanted:
        query = (
            sa.select(Clock)
            .where(Clock.subject_type == subject_type, Clock.subject_id.in_(wanted))
            .order_by(Clock.due_on.nulls_last(), Clock.id)
        )
        for clock in db.session.scalars(query):
            wanted[clock.subject_id].append(view_of(clock))
    return wanted


def nearest_due(subject_type: str, subject_id: UUID) -> date | None:
    """Return the nearest due date among a subject's open clocks; None if there is none."""
    return nearest_dues(subject_type, [subject_id]).get(subject_id)


def nearest_dues(subject_type: str, subject_ids: Iterable[UUID]) -> dict[UUID, date]:
    """Return the nearest due date of each subject that has an open clock running."""
    db.session.flush()
    rows = db.session.execute(
        sa.select(Clock.subject_id, sa.func.min(Clock.due_on))
        .where(
            Clock.subject_type == subject_type,
            Clock.subject_id.in_(list(subject_ids)),
            Clock.state == ClockState.OPEN,
            Clock.due_on.is_not(None),
            sa.not_(Clock.shortest),
        )
        .group_by(Clock.subject_id)
    )
    return {subject_id: due_on for subject_id, due_on in rows if due_on is not None}


def _dates_of(new: NewClock, calendar: WorkCalendar) -> tuple[ChosenRule, ClockDates]:
    if new.given_on is None:
        return dates_at_start(new.rule_id, new.event_on, new.variant, calendar)
    return stored_rule(new.rule_id, new.variant or NORMAL), given_dates(new.event_on, new.given_on, calendar)


# What a clock's row and its view call by the same name.
_SAME_NAMES = (
    *("id", "subject_type", "subject_id", "rule_id", "variant", "label", "event_on", "due_on", "given_on"),
    *("earlier_on", "earlier_rule_id", "shortest", "next_check_at", "calendar_version", "provisional", "reference"),
    *("law_due_on", "early_on"),
)
_CLOCKS = cast("sa.Table", Clock.__table__)
_CLOCK_EVENTS = cast("sa.Table", ClockEvent.__table__)


def _tightening(won: Order | None, chosen: ChosenRule) -> Tightening | None:
    limit = won.limit_for(chosen.limit()) if won is not None else None
    return Tightening(won.plugin, limit, won.source) if won is not None and limit is not None else None


def _clock_row(view: ClockView, actor: Actor) -> dict[str, object]:
    return {
        **{name: getattr(view, name) for name in _SAME_NAMES},
        "rule_valid_from": view.rule.valid_from,
        "warn_on": [day for day, _kind in view.warnings],
        "warn_kinds": [kind.value for _day, kind in view.warnings],
        "created_by": actor.account_id,
        "orders": [order.as_json() for order in view.orders] or None,
        "tight_plugin": view.tightening.plugin if view.tightening else None,
        "tight_days": view.tightening.limit.count if view.tightening else None,
        "tight_unit": view.tightening.limit.unit.value if view.tightening else None,
        "tight_source": view.tightening.source if view.tightening else None,
    }


def _started(view: ClockView, actor: Actor) -> dict[str, object]:
    return {
        "clock_id": view.id,
        "kind": ClockEventKind.STARTED.value,
        "happened_on": view.event_on,
        "new_due_on": view.due_on,
        "account_id": actor.account_id,
    }
