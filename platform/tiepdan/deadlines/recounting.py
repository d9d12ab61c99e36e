"""After a change of the calendar: count open clocks again, in batches, old and new date written down."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.deadlines.calendar import DayOverride
from tiepdan.deadlines.changes import apply_dates, count_clock, pauses_of, write_recount
from tiepdan.deadlines.clock_words import ClockState
from tiepdan.deadlines.models import Clock
from tiepdan.deadlines.subjects import announce_moved, announce_moving
from tiepdan.deadlines.tenant_calendars import calendar_of_tenant, calendar_with

BATCH = 500


@dataclass(frozen=True, slots=True)
class Recount:
    """What one batch did. examined: clocks; moved: records; more: some clocks still rest on an older calendar."""

    examined: int
    moved: int
    more: bool


def recompute_open_clocks(*, on: date, actor: Actor | None = None, batch: int = BATCH) -> Recount:
    """Count again the open clocks that rest on another calendar than the tenant's present one, one batch.

    Idempotent: a clock is counted once per calendar. Call it again, each time in a transaction of its own, as
    long as `more` says so. The law is not asked again: a clock keeps its version of the rule. The records are
    locked before their clocks, as everywhere.
    on: day written into the events of the clocks that move.
    """
    calendar = calendar_of_tenant()
    old = sa.and_(Clock.state == ClockState.OPEN, Clock.calendar_version != calendar.version)
    found = db.session.execute(
        sa.select(Clock.id, Clock.subject_type, Clock.subject_id).where(old).order_by(Clock.id).limit(batch)
    ).all()
    announce_moving((row.subject_type, row.subject_id) for row in found)
    clocks = db.session.scalars(
        sa.select(Clock)
        .where(old, Clock.id.in_([row.id for row in found]))
        .order_by(Clock.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    pauses = pauses_of([clock.id for clock in clocks])
    moved: set[tuple[str, UUID]] = set()
    for clock in clocks:
        old_due_on = clock.due_on
        apply_dates(clock, count_clock(clock, calendar, pauses[clock.id]))
        if clock.due_on != old_due_on:
            write_recount(clock, on, old_due_on, actor.account_id if actor else None)
            moved.add((clock.subject_type, clock.subject_id))
    announce_moved(moved)
    return Recount(len(clocks), len(moved), more=len(found) == batch)


@dataclass(frozen=True, slots=True)
class Effect:
    """What deciding a day would do to the open clocks. examined: only so many were counted."""

    examined: int
    earlier: int
    later: int


def preview_effect(*overrides: DayOverride, examine: int = 2000) -> Effect:
    """Count how many open clocks would move, without changing any."""
    calendar = calendar_with(*overrides)
    first = min(override.day for override in overrides)
    clocks = db.session.scalars(
        sa.select(Clock)
        .where(Clock.state == ClockState.OPEN, sa.or_(Clock.due_on >= first, Clock.event_on >= first))
        .order_by(Clock.due_on, Clock.id)
        .limit(examine)
    ).all()
    pauses = pauses_of([clock.id for clock in clocks])
    earlier = later = 0
    for clock in clocks:
        new_due_on = count_clock(clock, calendar, pauses[clock.id]).due_on
        if clock.due_on is not None and new_due_on is not None:
            earlier += new_due_on < clock.due_on
            later += new_due_on > clock.due_on
    return Effect(len(clocks), earlier, later)
