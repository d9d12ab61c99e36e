"""What a body gave out in a period, for a report: the figures, and the very records each of them counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.scope import tenant_scope
from tiepdan.directives.assignments import AssignmentView, views_of
from tiepdan.directives.models import Assignment, ConclusionNotice
from tiepdan.directives.notices import NoticeView
from tiepdan.directives.rules import OPEN_STATES, AssignmentState, Standing
from tiepdan.directives.standings import standings_of
from tiepdan.petitions.service import codes_of_matters
from tiepdan.web.paging import Page, page_by_place


class Part(StrEnum):
    """Which records of a period: each is what one figure counts, or counts of."""

    NOTICES = "notices"
    GIVEN = "given"
    DONE = "done"
    OVERDUE = "overdue"
    MATTERS = "matters"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Span:
    """A period, both days inclusive, and the day at whose end everything is judged."""

    first_on: date
    last_on: date
    as_of: date


@dataclass(frozen=True, slots=True)
class MatterOfWork:
    """A matter about which work was given. code: empty for work that names no matter: it stands for one itself.

    told_on: day on which the citizen had been told the result of all of it; None before.
    """

    matter_id: UUID | None
    code: str
    works: tuple[AssignmentView, ...]
    told_on: date | None


@dataclass(frozen=True, slots=True)
class DirectiveFigures:
    """Counts of a period (D11-06 to D11-08), as the sender sees them at the end of a day.

    assignments issued in the period; done counts those closed too, overdue those open and late on the day.
    matters: about which work was given whose result a citizen must be told; matters_told: of these, told of all of it.
    """

    notices: int
    assignments: int
    open: int
    overdue: int
    done: int
    refused: int
    closed: int
    citizen_told: int
    matters: int
    matters_told: int


@dataclass(frozen=True, slots=True)
class _Matter:
    key: UUID
    matter_id: UUID | None
    rows: tuple[Assignment, ...]
    told_on: date | None


def count_directives(first_on: date, last_on: date, *, on: date) -> DirectiveFigures:
    """Count the notices and assignments this body issued from first_on to last_on, as they stood on a day."""
    span = Span(first_on, last_on, on)
    rows, standings = _given(span)
    states = [standing.state for standing in standings.values()]
    notices = db.session.scalar(sa.select(sa.func.count()).select_from(ConclusionNotice).where(_signed(span)))
    matters = _matters(rows, standings)
    return DirectiveFigures(
        notices=notices or 0,
        assignments=len(rows),
        open=sum(state in OPEN_STATES for state in states),
        overdue=sum(standing.is_overdue(on) for standing in standings.values()),
        done=sum(standing.done_on is not None for standing in standings.values()),
        refused=states.count(AssignmentState.REFUSED),
        closed=states.count(AssignmentState.CLOSED),
        citizen_told=sum(standing.citizen_told_on is not None for standing in standings.values()),
        matters=len(matters),
        matters_told=sum(matter.told_on is not None for matter in matters),
    )


def list_given(span: Span, part: Part, *, actor: Actor, cursor: str | None = None) -> Page[AssignmentView]:
    """List the assignments that are given, done or overdue of a period, newest first. Raises Forbidden, Invalid."""
    actor.require("directives.view")
    rows, standings = _given(span)
    wanted = [row for row in rows if _belongs(standings[row.id], part, span)]
    page = page_by_place(wanted, cursor)
    return Page(views_of(page.items), page.next_cursor)


def list_signed(span: Span, *, actor: Actor, cursor: str | None = None) -> Page[NoticeView]:
    """List the notices signed in a period, newest first, without their texts. Raises Forbidden, Invalid."""
    actor.require("directives.view")
    newest = (ConclusionNotice.signed_on.desc(), ConclusionNotice.id)
    rows = db.session.scalars(sa.select(ConclusionNotice).where(_signed(span)).order_by(*newest)).all()
    page = page_by_place(rows, cursor)
    return Page(
        [
            NoticeView(row.id, row.number, row.signed_on, row.signer_name, row.signer_office, row.reception_id, "")
            for row in page.items
        ],
        page.next_cursor,
    )


def list_matters_of_work(span: Span, *, told_only: bool, actor: Actor, cursor: str | None = None) -> Page[MatterOfWork]:
    """List the matters about which work was given in a period, newest first. Raises Forbidden, Invalid."""
    actor.require("directives.view")
    found = [matter for matter in _matters(*_given(span)) if matter.told_on is not None or not told_only]
    page = page_by_place(found, cursor)
    codes = codes_of_matters([matter.matter_id for matter in page.items if matter.matter_id is not None])
    views = {view.id: view for view in views_of([row for matter in page.items for row in matter.rows])}
    items = [
        MatterOfWork(
            matter.matter_id,
            codes.get(matter.matter_id, "") if matter.matter_id is not None else "",
            tuple(views[row.id] for row in matter.rows),
            matter.told_on,
        )
        for matter in page.items
    ]
    return Page(items, page.next_cursor)


def _belongs(standing: Standing, part: Part, span: Span) -> bool:
    if part is Part.DONE:
        return standing.done_on is not None
    if part is Part.OVERDUE:
        return standing.is_overdue(span.as_of)
    return part is Part.GIVEN


def _given(span: Span) -> tuple[Sequence[Assignment], dict[UUID, Standing]]:
    rows = db.session.scalars(
        sa.select(Assignment)
        .where(
            Assignment.tenant_id == tenant_scope().tenant_id, Assignment.issued_on.between(span.first_on, span.last_on)
        )
        .order_by(Assignment.issued_on.desc(), Assignment.id)
    ).all()
    return rows, standings_of(rows, until=span.as_of)


def _signed(span: Span) -> sa.ColumnElement[bool]:
    return ConclusionNotice.signed_on.between(span.first_on, span.last_on)


def _matters(rows: Sequence[Assignment], standings: dict[UUID, Standing]) -> list[_Matter]:
    """Gather the work by matter. Work nobody waits for, and work that was sent back, tells a citizen nothing."""
    by_matter: dict[UUID, list[Assignment]] = {}
    for row in rows:
        standing = standings[row.id]
        sent_back = standing.done_on is None and standing.state in {AssignmentState.REFUSED, AssignmentState.CLOSED}
        if row.tell_citizen and not sent_back:
            by_matter.setdefault(row.matter_id or row.id, []).append(row)
    found = []
    for key, works in by_matter.items():
        days = [standings[row.id].citizen_told_on for row in works]
        told = [day for day in days if day is not None]
        told_on = max(told) if len(told) == len(days) else None
        found.append(_Matter(key, works[0].matter_id, tuple(works), told_on))
    return found
