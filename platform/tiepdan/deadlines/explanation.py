"""Why this date: every day between the event and the due date, with the reason it counted or not."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.errors import NotFound
from tiepdan.deadlines.changes import count_clock, pauses_of
from tiepdan.deadlines.clock_views import ClockView, view_of
from tiepdan.deadlines.clock_words import ClockEventKind
from tiepdan.deadlines.law import rule
from tiepdan.deadlines.limits import Limit, Pause
from tiepdan.deadlines.models import Clock, ClockEvent
from tiepdan.deadlines.provisions import Event, Rule
from tiepdan.deadlines.rules import Step, due
from tiepdan.deadlines.tenant_calendars import calendar_of_tenant
from tiepdan.deadlines.tightening import Order, Verdict, is_stricter


@dataclass(frozen=True, slots=True)
class ClockHistoryItem:
    """One thing that happened to a clock."""

    kind: ClockEventKind
    happened_on: date
    old_due_on: date | None
    new_due_on: date | None
    note: str
    account_id: UUID | None
    at: datetime


@dataclass(frozen=True, slots=True)
class JudgedOrder:
    """What a plugin ordered, and what became of it.

    limit, due_on: by the order itself; None for one that only warns, due_on also while the clock is suspended.
    """

    order: Order
    verdict: Verdict
    limit: Limit | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class ClockExplanation:
    """Everything "why this date" shows.

    rule: the version it was decided by, with clause and status.
    limit: extensions included; None for a day that a person set.
    steps: the event first, the due date last; up to the suspension while one is open.
    agrees: the steps lead to the stored date; False for a clock that ended before the calendar changed.
    remaining: days still to count after the suspension.
    earlier_rule: the competing rule whose earlier day is warned of.
    orders: what plugins ordered, the winner first.
    """

    clock: ClockView
    rule: Rule
    limit: Limit | None
    event: Event
    steps: tuple[Step, ...]
    agrees: bool
    remaining: int | None
    pauses: tuple[Pause, ...]
    history: tuple[ClockHistoryItem, ...]
    earlier_rule: Rule | None
    orders: tuple[JudgedOrder, ...] = ()


def explain_clock(clock_id: UUID, *, actor: Actor | None = None) -> ClockExplanation:
    """Count a clock again with its stored rule version, the tenant's calendar and its suspensions.

    actor: who asks; None for a slice that has already checked who may see the record.
    Raises NotFound, or Forbidden.
    """
    if actor is not None:
        actor.require("clocks.view")
    clock = db.session.scalar(sa.select(Clock).where(Clock.id == clock_id))
    if clock is None:
        raise NotFound(f"clock {clock_id}")
    pauses = tuple(pauses_of([clock.id])[clock.id])
    dates = count_clock(clock, calendar_of_tenant(), pauses)
    view, found = view_of(clock), rule(clock.rule_id)
    given = clock.given_on is not None
    order = view.tightening if view.law_due_on else None
    return ClockExplanation(
        clock=view,
        rule=found,
        limit=None
        if given
        else order.limit
        if order
        else found.extended(clock.extended_as or clock.variant, tuple(clock.extensions), clock.variant),
        event=Event.ASSIGNED if given else found.event(clock.variant),
        steps=dates.steps,
        agrees=dates.due_on == clock.due_on,
        remaining=dates.remaining,
        pauses=pauses,
        history=tuple(_history(clock.id)),
        earlier_rule=rule(clock.earlier_rule_id) if clock.earlier_rule_id else None,
        orders=tuple(_judge_orders(view, pauses)),
    )


def _judge_orders(clock: ClockView, pauses: tuple[Pause, ...]) -> list[JudgedOrder]:
    """Say which order won and why the others did not, the winner first."""
    law = clock.rule.variant(clock.variant).limit
    law_due_on = clock.law_due_on or clock.due_on
    judged = []
    for order in clock.orders:
        limit = order.limit_for(law) if law is not None else None
        if limit is None:
            judged += [JudgedOrder(order, Verdict.WARNS, None, None)] if order.bound is None else []
            continue
        if law_due_on is None or clock.extensions:
            judged.append(JudgedOrder(order, Verdict.SET_ASIDE, limit, None))
            continue
        due_on = due(clock.event_on, limit, calendar_of_tenant(), pauses).due_on
        won = (
            clock.tightening is not None
            and order.plugin == clock.tightening.plugin
            and (limit == clock.tightening.limit and order.source == clock.tightening.source)
        )
        if is_stricter(law_due_on, due_on, shortest=clock.shortest):
            verdict = Verdict.REFUSED
        else:
            verdict = Verdict.WON if won and clock.law_due_on else Verdict.OUTDONE
        judged.append(JudgedOrder(order, verdict, limit, due_on))
    return sorted(judged, key=lambda one: list(Verdict).index(one.verdict))


def _history(clock_id: UUID) -> list[ClockHistoryItem]:
    rows = db.session.scalars(
        sa.select(ClockEvent).where(ClockEvent.clock_id == clock_id).order_by(ClockEvent.at, ClockEvent.id)
    )
    return [
        ClockHistoryItem(
            ClockEventKind(row.kind), row.happened_on, row.old_due_on, row.new_due_on, row.note, row.account_id, row.at
        )
        for row in rows
    ]
