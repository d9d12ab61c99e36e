"""The sweep's side of the clocks: which tenants have something due, and the due clocks of one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa

from tiepdan.core.clock import day_of
from tiepdan.core.db import as_role, db
from tiepdan.deadlines.clock_dates import check_days, midnight, next_check_at
from tiepdan.deadlines.clock_views import ClockView, view_of
from tiepdan.deadlines.clock_words import CheckKind, ClockState
from tiepdan.deadlines.models import Clock


class Check(NamedTuple):
    """A day that has come, and what it means for a clock."""

    on: date
    kind: CheckKind


@dataclass(frozen=True, slots=True)
class DueClock:
    """A locked clock the sweep has to look at.

    checks: what has come since the last look, in order, each once; empty for a second look that was asked for.
    through: the day up to which the look goes.
    """

    clock: ClockView
    checks: tuple[Check, ...]
    through: date


def tenants_with_due_clocks(now: datetime) -> Sequence[int]:
    """Return the tenants that have a clock to look at. Takes no locks; needs no tenant in scope.

    now: an aware instant; a demo passes the midnight of its business day.
    """
    with as_role("tiepdan_sweep") as connection:
        rows = connection.execute(
            sa.text("SELECT DISTINCT tenant_id FROM clock WHERE next_check_at <= :now ORDER BY tenant_id"), {"now": now}
        )
        return [tenant_id for (tenant_id,) in rows]


def tenants_with_open_clocks() -> Sequence[int]:
    """Return the tenants that have an open clock. Takes no locks; needs no tenant in scope."""
    with as_role("tiepdan_sweep") as connection:
        rows = connection.execute(sa.text("SELECT DISTINCT tenant_id FROM clock ORDER BY tenant_id"))
        return [tenant_id for (tenant_id,) in rows]


def due_clocks_for_update(now: datetime, limit: int = 100) -> list[DueClock]:
    """Lock the clocks of the tenant in scope whose next look has come; those another worker holds are skipped.

    Call reschedule() for each in the same transaction, or it is found again.
    """
    clocks = db.session.scalars(
        sa.select(Clock)
        .where(Clock.state == ClockState.OPEN, Clock.next_check_at <= now)
        .order_by(Clock.next_check_at, Clock.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    through = day_of(now)
    return [DueClock(view_of(clock), tuple(_come(view_of(clock), through)), through) for clock in clocks]


def reschedule(due: DueClock, *, again_on: date | None = None) -> None:
    """Note that a clock was looked at, and set its next look.

    again_on: a further look asked for (the next step of an escalation), besides its own days.
    """
    clock = db.session.scalar(sa.select(Clock).where(Clock.id == due.clock.id))
    if clock is None or clock.state != ClockState.OPEN:
        return
    view = view_of(clock)
    clock.checked_on = due.through
    following = next_check_at(view.warnings, view.due_on, due.through, shortest=view.shortest)
    if again_on is not None:
        asked = midnight(again_on)
        following = asked if following is None else min(following, asked)
    clock.next_check_at = following


def _come(clock: ClockView, through: date) -> list[Check]:
    days = check_days(clock.warnings, clock.due_on, shortest=clock.shortest)
    return [
        Check(day, kind)
        for day, kind in days
        if day <= through and (clock.checked_on is None or day > clock.checked_on)
    ]
