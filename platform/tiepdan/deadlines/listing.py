"""Lists of open clocks, a page at a time."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.errors import Invalid
from tiepdan.deadlines.clock_views import ClockView, view_of
from tiepdan.deadlines.clock_words import ClockState
from tiepdan.deadlines.limits import Limit, Unit
from tiepdan.deadlines.models import Clock
from tiepdan.deadlines.rules import NEAR_WORKING_DAYS, due
from tiepdan.deadlines.tenant_calendars import calendar_of_tenant
from tiepdan.web.paging import PAGE_SIZE, Page, decode_cursor, encode_cursor


class ClockFilter(StrEnum):
    """Which open clocks to list; near: due within three working days, today included, or warned of earlier already."""

    ALL = "all"
    OVERDUE = "overdue"
    NEAR = "near"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class ClockCounts:
    """How many open clocks stand how on a day."""

    all: int
    overdue: int
    near: int
    suspended: int


def open_clocks(
    which: ClockFilter = ClockFilter.ALL,
    *,
    on: date,
    actor: Actor,
    cursor: str | None = None,
    limit: int = PAGE_SIZE,
) -> Page[ClockView]:
    """List open clocks, the nearest due date first; suspended ones have none and are listed apart.

    Raises Forbidden, or Invalid for a cursor that was tampered with.
    """
    actor.require("clocks.view")
    query = sa.select(Clock).where(Clock.state == ClockState.OPEN, _condition(which, on))
    after = decode_cursor(cursor, 2)
    if which is ClockFilter.SUSPENDED:
        query = query.order_by(Clock.id)
        if after:
            query = query.where(Clock.id > _uuid(after[1]))
    else:
        query = query.order_by(Clock.due_on, Clock.id)
        if after:
            query = query.where(sa.tuple_(Clock.due_on, Clock.id) > sa.tuple_(_day(after[0]), _uuid(after[1])))
    clocks = [view_of(clock) for clock in db.session.scalars(query.limit(limit + 1))]
    shown = clocks[:limit]
    following = encode_cursor(str(shown[-1].due_on), str(shown[-1].id)) if len(clocks) > limit else None
    return Page(shown, following)


def count_open_clocks(*, on: date, actor: Actor) -> ClockCounts:
    """Count the open clocks by how they stand, in one question."""
    actor.require("clocks.view")
    counts = [sa.func.count().filter(_condition(which, on)) for which in ClockFilter]
    row = db.session.execute(sa.select(*counts).where(Clock.state == ClockState.OPEN)).one()
    return ClockCounts(**{which.value: number for which, number in zip(ClockFilter, row, strict=True)})


def near_until(on: date) -> date:
    """Return the last due date that counts as near on a day."""
    return due(on, Limit(NEAR_WORKING_DAYS, Unit.WORKING_DAY), calendar_of_tenant()).due_on


def _condition(which: ClockFilter, on: date) -> sa.ColumnElement[bool]:
    if which is ClockFilter.SUSPENDED:
        return Clock.due_on.is_(None)
    if which is ClockFilter.OVERDUE:
        return sa.and_(Clock.due_on < on, sa.not_(Clock.shortest))
    if which is ClockFilter.NEAR:
        warned = sa.and_(Clock.early_on <= on, Clock.due_on >= on)
        return sa.or_(Clock.due_on.between(on, near_until(on)), warned)
    return Clock.due_on.is_not(None)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as fault:
        raise Invalid("cursor") from fault


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise Invalid("cursor") from fault
