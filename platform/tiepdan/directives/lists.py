"""The work sent and the work received, page by page."""

from datetime import date
from enum import StrEnum

import sqlalchemy as sa

from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.scope import tenant_scope
from tiepdan.directives.assignments import AssignmentView, views_of
from tiepdan.directives.models import Assignment, AssignmentStep
from tiepdan.directives.rules import Side, StepKind
from tiepdan.web.paging import PAGE_SIZE, Page, decode_day_cursor, encode_cursor


class Show(StrEnum):
    """Which part of a list."""

    OPEN = "open"
    OVERDUE = "overdue"
    REFUSED = "refused"
    TO_CLOSE = "to_close"
    ALL = "all"


def list_assignments(
    side: Side, *, actor: Actor, on: date, show: Show = Show.ALL, cursor: str | None = None
) -> Page[AssignmentView]:
    """Return the assignments sent or received, the newest first.

    on: the day by which overdue is judged.
    """
    actor.require("directives.view")
    query = sa.select(Assignment).where(_own(side), *_shown(show, on))
    after = decode_day_cursor(cursor)
    if after:
        day, last = after
        query = query.where(
            sa.or_(Assignment.issued_on < day, sa.and_(Assignment.issued_on == day, Assignment.id > last))
        )
    rows = db.session.scalars(query.order_by(Assignment.issued_on.desc(), Assignment.id).limit(PAGE_SIZE + 1)).all()
    shown = rows[:PAGE_SIZE]
    more = encode_cursor(shown[-1].issued_on.isoformat(), str(shown[-1].id)) if len(rows) > PAGE_SIZE else None
    return Page(views_of(shown), more)


def overdue_assignments(side: Side, *, actor: Actor, on: date, limit: int = 10) -> list[AssignmentView]:
    """Return the work that is late on a day, the longest first; for the head's page."""
    actor.require("directives.view")
    query = (
        sa.select(Assignment)
        .where(_own(side), *_shown(Show.OVERDUE, on))
        .order_by(_due_on(), Assignment.id)
        .limit(limit)
    )
    return views_of(db.session.scalars(query).all())


def count_assignments(side: Side, *, actor: Actor, on: date) -> dict[Show, int]:
    """Count what each tab of a list holds."""
    actor.require("directives.view")
    columns = [sa.func.count().filter(*(_shown(show, on) or (sa.true(),))).label(show.value) for show in Show]
    row = db.session.execute(sa.select(*columns).select_from(Assignment).where(_own(side))).one()
    return {show: getattr(row, show.value) for show in Show}


def _own(side: Side) -> sa.ColumnElement[bool]:
    own = Assignment.tenant_id if side is Side.SENDER else Assignment.peer_tenant_id
    return own == tenant_scope().tenant_id


def _has(*kinds: StepKind) -> sa.ColumnElement[bool]:
    """Match assignments with a step of a kind, written by one of their sides."""
    return (
        sa.select(AssignmentStep.id)
        .where(
            AssignmentStep.assignment_id == Assignment.id,
            AssignmentStep.kind.in_(kinds),
            AssignmentStep.tenant_id.in_((Assignment.tenant_id, Assignment.peer_tenant_id)),
        )
        .exists()
    )


def _due_on() -> sa.ColumnElement[date | None]:
    extended = (
        sa.select(AssignmentStep.due_on)
        .where(
            AssignmentStep.assignment_id == Assignment.id,
            AssignmentStep.kind == StepKind.EXTENDED.value,
            AssignmentStep.tenant_id == Assignment.tenant_id,
        )
        .order_by(AssignmentStep.made_at.desc(), AssignmentStep.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return sa.func.coalesce(extended, Assignment.due_on)


def _shown(show: Show, on: date) -> tuple[sa.ColumnElement[bool], ...]:
    is_open = ~_has(StepKind.DONE, StepKind.REFUSED, StepKind.CLOSED)
    match show:
        case Show.OPEN:
            return (is_open,)
        case Show.OVERDUE:
            return (is_open, _due_on() < on)
        case Show.REFUSED:
            return (_has(StepKind.REFUSED), ~_has(StepKind.CLOSED))
        case Show.TO_CLOSE:
            return (_has(StepKind.DONE), ~_has(StepKind.CLOSED))
        case Show.ALL:
            return ()
