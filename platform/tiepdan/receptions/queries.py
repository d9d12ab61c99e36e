"""Ask about receptions: the month, one reception with its days, the queue of a day, one visit."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.errors import NotFound
from tiepdan.identity.vault import PersonDetails, read_people, read_texts
from tiepdan.receptions.models import Reception, ReceptionChange, ReceptionDay, Visit, VisitPerson
from tiepdan.receptions.rules import (
    ANNOUNCED,
    ChangeKind,
    DayStatus,
    Duty,
    ReceivedBy,
    ReceptionForm,
    ReceptionStatus,
    RefusalForm,
    RefusalGround,
    VisitorRole,
    VisitStatus,
)
from tiepdan.receptions.visits import RegisterRemarks
from tiepdan.sdk import PetitionKind
from tiepdan.web.paging import PAGE_SIZE, Page, decode_day_cursor, encode_cursor


@dataclass(frozen=True, slots=True)
class DayView:
    """One day of a reception."""

    id: UUID
    day_on: date
    status: DayStatus
    received_by: ReceivedBy
    official_name: str
    substitute_reason: str | None
    substitute_basis: str | None
    last_number: int


@dataclass(frozen=True, slots=True)
class ReceptionView:
    """A reception with its days."""

    id: UUID
    duty: Duty
    form: ReceptionForm
    chair: ReceivedBy
    chair_name: str
    place: str
    status: ReceptionStatus
    first_on: date
    last_on: date
    posted_on: date | None
    late_reason: str | None
    days: tuple[DayView, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A postponement or cancellation."""

    kind: ChangeKind
    decided_on: date
    from_on: date
    to_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class VisitorView:
    """A person of a visit; details are None while sealed."""

    id: UUID
    role: VisitorRole
    details: PersonDetails | None


@dataclass(frozen=True, slots=True)
class VisitView:
    """A visit; people and content are None while sealed."""

    id: UUID
    reception_id: UUID
    day_id: UUID
    visited_on: date
    number: int
    code: str
    arrived_at: datetime | None
    people_count: int
    is_crowd: bool
    kind: PetitionKind | None
    sealed: bool
    status: VisitStatus
    received_by: ReceivedBy
    matter_id: UUID | None
    petition_id: UUID | None
    refusal_ground: RefusalGround | None
    refusal_form: RefusalForm | None
    refused_on: date | None
    refusal_number: str | None
    people: tuple[VisitorView, ...]
    content: str | None
    explanation: str | None
    remarks: RegisterRemarks
    has_answers: bool = False

    @property
    def lead_name(self) -> str | None:
        """Return the name of who speaks; None while sealed."""
        return self.people[0].details.full_name if self.people and self.people[0].details else None


def reception_by_id(reception_id: UUID) -> ReceptionView:
    """Return a reception of the tenant in scope; raise NotFound."""
    row = db.session.scalar(sa.select(Reception).where(Reception.id == reception_id))
    if row is None:
        raise NotFound(f"reception {reception_id}")
    return _receptions([row])[0]


def reception_of_day(day_id: UUID) -> tuple[ReceptionView, DayView]:
    """Return a day and its reception; raise NotFound."""
    reception_id = db.session.scalar(sa.select(ReceptionDay.reception_id).where(ReceptionDay.id == day_id))
    if reception_id is None:
        raise NotFound(f"reception day {day_id}")
    reception = reception_by_id(reception_id)
    return reception, next(day for day in reception.days if day.id == day_id)


def changes_of(reception_id: UUID) -> list[ChangeView]:
    """Return what was changed after posting, in order."""
    rows = db.session.scalars(
        sa.select(ReceptionChange)
        .where(ReceptionChange.reception_id == reception_id)
        .order_by(ReceptionChange.made_at, ReceptionChange.id)
    )
    return [ChangeView(ChangeKind(row.kind), row.decided_on, row.from_on, row.to_on, row.reason) for row in rows]


def receptions_between(first_on: date, last_on: date) -> list[ReceptionView]:
    """Return the receptions with a day from first_on to last_on, by their first day."""
    with_day = sa.select(ReceptionDay.reception_id).where(ReceptionDay.day_on.between(first_on, last_on))
    rows = db.session.scalars(
        sa.select(Reception).where(Reception.id.in_(with_day)).order_by(Reception.first_on, Reception.id)
    ).all()
    return _receptions(rows)


def list_receptions(
    *, actor: Actor, form: ReceptionForm | None = None, cursor: str | None = None
) -> Page[ReceptionView]:
    """List receptions, the newest first, a page at a time. Raises Forbidden; Invalid for a bad cursor."""
    actor.require("receptions.view")
    query = sa.select(Reception).order_by(Reception.first_on.desc(), Reception.id).limit(PAGE_SIZE + 1)
    if form is not None:
        query = query.where(Reception.form == form.value)
    after = decode_day_cursor(cursor)
    if after:
        day, last = after
        query = query.where(sa.or_(Reception.first_on < day, sa.and_(Reception.first_on == day, Reception.id > last)))
    rows = db.session.scalars(query).all()
    shown = rows[:PAGE_SIZE]
    more = encode_cursor(shown[-1].first_on.isoformat(), str(shown[-1].id)) if len(rows) > PAGE_SIZE else None
    return Page(_receptions(shown), more)


def posted_receptions(first_on: date, last_on: date) -> list[tuple[ReceptionView, tuple[ChangeView, ...]]]:
    """Return what citizens may see of a span of days: the head's posted receptions, with postponements.

    A cancelled one stays visible with its reason when it had been posted.
    """
    with_day = sa.select(ReceptionDay.reception_id).where(ReceptionDay.day_on.between(first_on, last_on))
    shown = [status.value for status in (*ANNOUNCED, ReceptionStatus.CANCELLED)]
    rows = db.session.scalars(
        sa.select(Reception)
        .where(
            Reception.id.in_(with_day),
            Reception.status.in_(shown),
            Reception.posted_on.is_not(None),
            Reception.form != ReceptionForm.REGULAR.value,
        )
        .order_by(Reception.first_on, Reception.id)
    ).all()
    changes: dict[UUID, list[ChangeView]] = {}
    if rows:
        query = sa.select(ReceptionChange).where(ReceptionChange.reception_id.in_([row.id for row in rows]))
        for row in db.session.scalars(query.order_by(ReceptionChange.made_at, ReceptionChange.id)):
            view = ChangeView(ChangeKind(row.kind), row.decided_on, row.from_on, row.to_on, row.reason)
            changes.setdefault(row.reception_id, []).append(view)
    return [(view, tuple(changes.get(view.id, ()))) for view in _receptions(rows)]


def has_sealed_visit(reception_id: UUID) -> bool:
    """Say whether a denouncer came to a reception; for a page, so nothing is locked."""
    query = sa.select(Visit.id).where(Visit.reception_id == reception_id, Visit.sealed).limit(1)
    return db.session.scalar(query) is not None


def queue_of(day_id: UUID) -> list[VisitView]:
    """Return the visits of a day by queue number."""
    return _visits(db.session.scalars(sa.select(Visit).where(Visit.day_id == day_id).order_by(Visit.number)).all())


def visit_by_id(visit_id: UUID) -> VisitView:
    """Return a visit of the tenant in scope; raise NotFound."""
    row = db.session.scalar(sa.select(Visit).where(Visit.id == visit_id))
    if row is None:
        raise NotFound(f"visit {visit_id}")
    return _visits([row], in_full=True)[0]


def visits_of_matter(matter_id: UUID) -> list[VisitView]:
    """Return the visits about a matter, the newest first."""
    query = sa.select(Visit).where(Visit.matter_id == matter_id).order_by(Visit.visited_on.desc(), Visit.id.desc())
    return _visits(db.session.scalars(query).all())


def _receptions(rows: Sequence[Reception]) -> list[ReceptionView]:
    days: dict[UUID, list[DayView]] = {}
    if rows:
        query = sa.select(ReceptionDay).where(ReceptionDay.reception_id.in_([row.id for row in rows]))
        for day in db.session.scalars(query.order_by(ReceptionDay.day_on)):
            days.setdefault(day.reception_id, []).append(_day(day))
    return [
        ReceptionView(
            id=row.id,
            duty=Duty(row.duty),
            form=ReceptionForm(row.form),
            chair=ReceivedBy(row.chair),
            chair_name=row.chair_name,
            place=row.place,
            status=ReceptionStatus(row.status),
            first_on=row.first_on,
            last_on=row.last_on,
            posted_on=row.posted_on,
            late_reason=row.late_reason,
            days=tuple(days.get(row.id, ())),
        )
        for row in rows
    ]


def _day(row: ReceptionDay) -> DayView:
    return DayView(
        id=row.id,
        day_on=row.day_on,
        status=DayStatus(row.status),
        received_by=ReceivedBy(row.received_by),
        official_name=row.official_name,
        substitute_reason=row.substitute_reason,
        substitute_basis=row.substitute_basis,
        last_number=row.last_number,
    )


def _people(visit_ids: Collection[UUID]) -> dict[UUID, list[VisitorView]]:
    rows = db.session.execute(
        sa.select(VisitPerson.visit_id, VisitPerson.person_id, VisitPerson.role)
        .where(VisitPerson.visit_id.in_(list(visit_ids)))
        .order_by(VisitPerson.visit_id, VisitPerson.position)
    ).all()
    details = read_people([row.person_id for row in rows])
    people: dict[UUID, list[VisitorView]] = {}
    for row in rows:
        people.setdefault(row.visit_id, []).append(
            VisitorView(row.person_id, VisitorRole(row.role), details[row.person_id])
        )
    return people


def _visits(rows: Sequence[Visit], *, in_full: bool = False) -> list[VisitView]:
    if not rows:
        return []
    people = _people([row.id for row in rows])
    wanted = [row.content_id for row in rows]
    if in_full:
        wanted += [i for row in rows for i in (row.remarks_id, row.refusal_text_id) if i is not None]
    texts = read_texts(wanted)
    return [
        VisitView(
            id=row.id,
            reception_id=row.reception_id,
            day_id=row.day_id,
            visited_on=row.visited_on,
            number=row.number,
            code=row.code,
            arrived_at=row.arrived_at,
            people_count=row.people_count,
            is_crowd=row.is_crowd,
            kind=PetitionKind(row.kind) if row.kind else None,
            sealed=row.sealed,
            status=VisitStatus(row.status),
            received_by=ReceivedBy(row.received_by),
            matter_id=row.matter_id,
            petition_id=row.petition_id,
            refusal_ground=RefusalGround(row.refusal_ground) if row.refusal_ground else None,
            refusal_form=RefusalForm(row.refusal_form) if row.refusal_form else None,
            refused_on=row.refused_on,
            refusal_number=row.refusal_number,
            people=tuple(people.get(row.id, ())),
            content=texts[row.content_id],
            explanation=texts.get(row.refusal_text_id) if row.refusal_text_id else None,
            remarks=remarks_of(row, texts.get(row.remarks_id) if row.remarks_id else None),
            has_answers=row.has_answers,
        )
        for row in rows
    ]


def remarks_of(row: Visit, text: str | None) -> RegisterRemarks:
    """Return the register's columns of a visit, given what the vault holds of them."""
    written = json.loads(text) if text else {}
    return RegisterRemarks(**written, within_competence=row.within_competence)
