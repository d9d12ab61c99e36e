"""Once a petition's kind is known: let the orders of plugins that name kinds hold for the clocks that already run."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.plugins import implementers
from tiepdan.deadlines.changes import apply_dates, base_dates, pauses_of, write_tightened
from tiepdan.deadlines.clock_dates import stored_rule
from tiepdan.deadlines.clock_views import ClockView, orders_of, view_of
from tiepdan.deadlines.clock_words import ClockState
from tiepdan.deadlines.models import Clock
from tiepdan.deadlines.tenant_calendars import calendar_of_tenant
from tiepdan.deadlines.tightening import HOOK, Order, ordered_limits, tighten


def follow_kind(subject_type: str, subject_id: UUID, kind: str, *, on: date, actor: Actor) -> list[ClockView]:
    """Judge the open clocks of a petition again by the orders for its kind; return those whose day moved.

    Orders for all kinds stay those each clock began with, and so do its version of the law and its calendar. A clock
    that was extended by a decision, or whose day a person set, stays as it is.
    on: day on which the kind was found. The record is locked by the caller, who takes the new days over.
    """
    if not implementers(HOOK):
        return []
    clocks = db.session.scalars(
        sa.select(Clock)
        .where(
            Clock.subject_type == subject_type,
            Clock.subject_id == subject_id,
            Clock.state == ClockState.OPEN,
            Clock.given_on.is_(None),
            sa.func.cardinality(Clock.extensions) == 0,
        )
        .order_by(Clock.id)
        .with_for_update()
    ).all()
    asked = {event_on: ordered_limits(event_on) for event_on in {clock.event_on for clock in clocks}}
    moved = []
    for clock in clocks:
        key = stored_rule(clock.rule_id, clock.variant).rule.key
        ordered = asked[clock.event_on].get(key, ())
        for_kind = tuple(order for order in ordered if order.kinds and order.holds_for(kind))
        kept = orders_of(clock)
        orders = (*(order for order in kept if not order.kinds), *for_kind)
        if orders != kept and _judge_again(clock, orders, on, actor):
            moved.append(view_of(clock))
    db.session.flush()
    return moved


def _judge_again(clock: Clock, orders: tuple[Order, ...], on: date, actor: Actor) -> bool:
    calendar, pauses = calendar_of_tenant(), pauses_of([clock.id])[clock.id]
    law = stored_rule(clock.rule_id, clock.variant).limit()
    dates, won = tighten(base_dates(clock, calendar, pauses), orders, law, clock.event_on, calendar, pauses)
    old_due_on = clock.due_on
    clock.orders = [order.as_json() for order in orders] or None
    clock.tight_plugin = won.plugin if won else None
    clock.tight_days = won.count if won else None
    clock.tight_unit = won.unit.value if won else None
    clock.tight_source = won.source if won else None
    apply_dates(clock, dates)
    if clock.due_on == old_due_on:
        return False
    write_tightened(clock, on, old_due_on, actor.account_id)
    return True
