"""Open a sealed visit: with the right and a reason, written into the journal before it is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from tiepdan.audit.service import record_event_now
from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.errors import NotFound
from tiepdan.formparts.service import GivenPart, answers_of, disclose_answers
from tiepdan.identity.vault import PersonDetails, unseal_person, unseal_text
from tiepdan.receptions.models import Visit
from tiepdan.receptions.queries import remarks_of, visit_by_id
from tiepdan.receptions.rules import VisitorRole
from tiepdan.receptions.visits import RegisterRemarks
from tiepdan.sdk import Record


@dataclass(frozen=True, slots=True)
class DisclosedVisitor:
    """A person of a sealed visit, opened."""

    role: VisitorRole
    details: PersonDetails


@dataclass(frozen=True, slots=True)
class DisclosedVisit:
    """What is sealed of a visit, opened for one reading. explanation: of a refusal; remarks: the register's columns."""

    people: tuple[DisclosedVisitor, ...]
    content: str
    explanation: str
    remarks: RegisterRemarks
    answers: Sequence[GivenPart] = ()


def disclose_visit(visit_id: UUID, *, actor: Actor, reason: str) -> DisclosedVisit:
    """Read the people and the texts of a visit, sealed or not.

    Each sealed row is written into the journal, with the reason, before it is read. Raises Forbidden, NotFound,
    Invalid without a reason.
    """
    seen = visit_by_id(visit_id)
    if not seen.sealed:
        actor.require("receptions.view")
        people = tuple(DisclosedVisitor(one.role, one.details) for one in seen.people if one.details is not None)
        answers = answers_of(Record.VISIT, visit_id) if seen.has_answers else ()
        return DisclosedVisit(people, seen.content or "", seen.explanation or "", seen.remarks, answers)
    actor.require("identities.unseal")
    if reason.strip():  # without one nothing is opened: unseal_person refuses
        record_event_now("visit.disclosed", actor=actor, subject_type="visit", subject_id=visit_id)
    row = _load(visit_id)

    def opened(text_id: UUID | None) -> str:
        return unseal_text(text_id, actor=actor, reason=reason) if text_id is not None else ""

    return DisclosedVisit(
        tuple(DisclosedVisitor(one.role, unseal_person(one.id, actor=actor, reason=reason)) for one in seen.people),
        opened(row.content_id),
        opened(row.refusal_text_id),
        remarks_of(row, opened(row.remarks_id)),
        disclose_answers(Record.VISIT, visit_id, actor=actor, reason=reason) if seen.has_answers else (),
    )


def _load(visit_id: UUID) -> Visit:
    row = db.session.scalar(sa.select(Visit).where(Visit.id == visit_id))
    if row is None:
        raise NotFound(f"visit {visit_id}")
    return row
