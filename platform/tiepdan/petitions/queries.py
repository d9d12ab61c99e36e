"""Ask about petitions. The list is one statement plus one for the names, whatever its length."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.errors import Invalid
from tiepdan.formparts.service import GivenPart, answers_of
from tiepdan.identity.vault import PersonDetails, find_people, read_people, read_texts
from tiepdan.petitions.codes import read_code
from tiepdan.petitions.loading import load_petition
from tiepdan.petitions.models import PETITIONS, Petition, PetitionPerson, PetitionStep
from tiepdan.petitions.rules import Field, PersonRole, PetitionStatus
from tiepdan.sdk import PetitionKind, Record
from tiepdan.web.paging import PAGE_SIZE, Page, decode_cursor, encode_cursor

NEAR_DAYS = 3  # what the list calls near: a help for the eye, no limit of the law


class NoticeShown(StrEnum):
    """How the written notice to the sender stands: what a figure counts, or counts of."""

    DUE = "due"
    ON_TIME = "on_time"


@dataclass(frozen=True, slots=True)
class PetitionFilter:
    """What to list. search: a code, or the whole name of a person as folded by the vault.

    due: "overdue", "near" (within three days) or "". open_only: without what has ended.
    notice: whose written notice had fallen due, or was given in time, by the end of received_to (D11-05).
    """

    status: PetitionStatus | None = None
    kind: PetitionKind | None = None
    due: str = ""
    handler_id: UUID | None = None
    matter_id: UUID | None = None
    field: Field | None = None
    search: str = ""
    open_only: bool = False
    received_from: date | None = None
    received_to: date | None = None
    notice: NoticeShown | None = None

    @property
    def active(self) -> bool:
        """Say whether anything narrows the list."""
        return self != PetitionFilter()


class PetitionRow(NamedTuple):
    """One petition without its names: what a list, an API or a matter's page needs."""

    id: UUID
    code: str
    received_on: date
    kind: str | None
    field: str
    status: str
    sealed: bool
    people_count: int
    due_on: date | None
    decided_on: date | None
    closed_on: date | None
    outcome: str | None
    matter_id: UUID
    handler_id: UUID | None
    lead_person_id: UUID | None
    register_year: int
    register_number: int


# Columns of the bare table: a list needs no objects, and a statement without them costs half.
_COLUMNS: tuple[Any, ...] = tuple(PETITIONS.c[name] for name in PetitionRow._fields)
_LIST = sa.select(*_COLUMNS).order_by(PETITIONS.c.received_on.desc(), PETITIONS.c.id.desc())


def list_petitions(
    wanted: PetitionFilter, *, actor: Actor, on: date, cursor: str | None = None, size: int = PAGE_SIZE
) -> Page[PetitionRow]:
    """List petitions, newest first, a page at a time. Raises Forbidden; Invalid for a bad cursor."""
    actor.require("petitions.view")
    query = _after(_narrow(_LIST, wanted, on), cursor).limit(size + 1)
    rows = [PetitionRow._make(row) for row in db.session.execute(query)]
    following = None
    if len(rows) > size:
        last = rows[size - 1]
        following = encode_cursor(last.received_on.isoformat(), str(last.id))
    return Page(rows[:size], following)


def names_for(rows: Sequence[PetitionRow]) -> dict[UUID, str | None]:
    """Return the first petitioner's name by petition, decrypted in one statement; None where it is sealed or absent."""
    wanted = {row.id: row.lead_person_id for row in rows if row.lead_person_id is not None and not row.sealed}
    people = read_people(list(wanted.values()))
    found = {petition_id: people.get(person_id) for petition_id, person_id in wanted.items()}
    return {petition_id: person.full_name if person else None for petition_id, person in found.items()}


def petitions_of_matter(matter_id: UUID) -> list[PetitionRow]:
    """Return the petitions of a matter, newest first."""
    query = _LIST.where(Petition.matter_id == matter_id)
    return [PetitionRow._make(row) for row in db.session.execute(query)]


def petitions_of_visits(visit_ids: Collection[UUID]) -> dict[UUID, list[PetitionRow]]:
    """Return the petitions taken at visits, by visit, in one statement; every id is in the result."""
    by_visit: dict[UUID, list[PetitionRow]] = {visit_id: [] for visit_id in visit_ids}
    if by_visit:
        query = _LIST.add_columns(Petition.origin_visit_id).where(Petition.origin_visit_id.in_(by_visit))
        for *values, visit_id in db.session.execute(query):
            by_visit[visit_id].append(PetitionRow._make(values))
    return by_visit


def petitions_by_id(petition_ids: Collection[UUID]) -> dict[UUID, PetitionRow]:
    """Return petitions by id in one statement; unknown ids are left out."""
    if not petition_ids:
        return {}
    query = sa.select(*_COLUMNS).where(Petition.id.in_(list(petition_ids)))
    return {row.id: row for row in (PetitionRow._make(values) for values in db.session.execute(query))}


def history_of_people(people: Sequence[PersonDetails], *, limit: int = 20) -> list[PetitionRow]:
    """Return earlier petitions of the same people in this tenant, newest first.

    Found by identity number where one is given, otherwise by the folded name; sealed ones never appear.
    """
    ids: set[UUID] = set()
    for person in people:
        found = find_people(id_number=person.id_number, full_name=person.full_name)
        ids.update(person_id for person_id, _details in found)
    return petitions_of_people(ids, limit=limit)


def petitions_of_people(person_ids: Collection[UUID], *, limit: int = 20) -> list[PetitionRow]:
    """Return the unsealed petitions in which these vault rows appear as petitioners, newest first."""
    if not person_ids:
        return []
    query = _LIST.where(_has_person(person_ids), ~Petition.sealed).limit(limit)
    return [PetitionRow._make(row) for row in db.session.execute(query)]


def petition_by_code(code: str) -> PetitionRow | None:
    """Find a petition by its code, however it was typed."""
    plain = read_code(code)
    if plain is None:
        return None
    row = db.session.execute(sa.select(*_COLUMNS).where(Petition.code == plain)).first()
    return PetitionRow._make(row) if row is not None else None


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person of a petition; details are None while sealed."""

    id: UUID
    role: PersonRole
    details: PersonDetails | None


@dataclass(frozen=True, slots=True)
class PetitionFile:
    """Everything a petition's page shows; texts and people of a sealed one are None."""

    petition: Petition
    people: Sequence[PersonView]
    content: str | None
    steps: Sequence[PetitionStep]
    reasons: Mapping[UUID, str | None]
    answers: Sequence[GivenPart] = ()


def open_file(petition_id: UUID, *, actor: Actor) -> PetitionFile:
    """Return a petition with people, content and history. Raises Forbidden, NotFound."""
    actor.require("petitions.view")
    petition = load_petition(petition_id)
    people = _people_of(petition)
    steps = db.session.scalars(
        sa.select(PetitionStep)
        .where(PetitionStep.petition_id == petition.id)
        .order_by(PetitionStep.version, PetitionStep.taken_at)
    ).all()
    reason_ids = [step.reason_id for step in steps if step.reason_id is not None]
    texts = read_texts([petition.content_id, *reason_ids])
    answers = answers_of(Record.PETITION, petition.id) if petition.has_answers else ()
    reasons = {i: texts[i] for i in reason_ids}
    return PetitionFile(petition, people, texts[petition.content_id], steps, reasons, answers)


def petition_by_id(petition_id: UUID) -> PetitionRow:
    """Return a petition without names. Raises NotFound."""
    petition = load_petition(petition_id)
    return PetitionRow._make(getattr(petition, name) for name in PetitionRow._fields)


def person_ids_of(petition_id: UUID) -> list[tuple[UUID, PersonRole]]:
    """Return the vault rows of a petition's people and their roles, in order."""
    rows = db.session.execute(
        sa.select(PetitionPerson.person_id, PetitionPerson.role)
        .where(PetitionPerson.petition_id == petition_id)
        .order_by(PetitionPerson.position)
    )
    return [(row.person_id, PersonRole(row.role)) for row in rows]


def _people_of(petition: Petition) -> list[PersonView]:
    rows = person_ids_of(petition.id)
    details = read_people([person_id for person_id, _role in rows]) if not petition.sealed else {}
    return [PersonView(person_id, role, details.get(person_id)) for person_id, role in rows]


def notice_due_by(last_on: date) -> sa.ColumnElement[bool]:
    """Match petitions whose written notice had fallen due by the end of a day, or was given by then."""
    return sa.and_(
        Petition.notice_due_on.is_not(None),
        sa.or_(Petition.notice_due_on <= last_on, Petition.notified_on <= last_on),
    )


def notified_in_time_by(last_on: date) -> sa.ColumnElement[bool]:
    """Match petitions whose sender had been told in writing by the end of a day, and within the limit."""
    return sa.and_(Petition.notified_on <= Petition.notice_due_on, Petition.notified_on <= last_on)


def _narrow(query: sa.Select[Any], wanted: PetitionFilter, on: date) -> sa.Select[Any]:
    same = {
        Petition.status: wanted.status,
        Petition.kind: wanted.kind,
        Petition.field: wanted.field,
        Petition.handler_id: wanted.handler_id,
        Petition.matter_id: wanted.matter_id,
    }
    conditions = [column == value for column, value in same.items() if value is not None]
    if wanted.open_only:
        conditions.append(Petition.closed_on.is_(None))
    if wanted.received_from is not None:
        conditions.append(Petition.received_on >= wanted.received_from)
    if wanted.received_to is not None:
        conditions.append(Petition.received_on <= wanted.received_to)
    if wanted.notice is not None:
        last_on = wanted.received_to or on
        conditions.append(notice_due_by(last_on))
        if wanted.notice is NoticeShown.ON_TIME:
            conditions.append(notified_in_time_by(last_on))
    if wanted.due == "overdue":
        conditions.append(Petition.due_on < on)
    elif wanted.due == "near":
        conditions.append(Petition.due_on.between(on, date.fromordinal(on.toordinal() + NEAR_DAYS)))
    if wanted.search.strip():
        conditions.append(_matches(wanted.search))
    return query.where(*conditions)


def _matches(search: str) -> sa.ColumnElement[bool]:
    code = read_code(search)
    if code is not None:
        return Petition.code == code
    return _has_person([person_id for person_id, _details in find_people(full_name=search)])


def _has_person(person_ids: Collection[UUID]) -> sa.ColumnElement[bool]:
    return Petition.id.in_(
        sa.select(PetitionPerson.petition_id).where(
            PetitionPerson.person_id.in_(list(person_ids)), PetitionPerson.role != PersonRole.RESPONDENT.value
        )
    )


def _after(query: sa.Select[Any], cursor: str | None) -> sa.Select[Any]:
    values = decode_cursor(cursor, 2)
    if values is None:
        return query
    try:
        key = (date.fromisoformat(values[0]), UUID(values[1]))
    except ValueError as error:
        raise Invalid("cursor") from error
    return query.where(sa.tuple_(PETITIONS.c.received_on, PETITIONS.c.id) < sa.tuple_(*map(sa.literal, key)))
