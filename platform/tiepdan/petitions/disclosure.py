"""Open what is sealed: with the right and a reason, written into the journal before it is read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa

from tiepdan.audit.service import record_event_now
from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.errors import Forbidden, NotFound
from tiepdan.formparts.service import GivenPart, answers_of, disclose_answers
from tiepdan.identity.vault import PersonDetails, read_people, read_texts, unseal_person, unseal_text
from tiepdan.petitions.loading import load_petition
from tiepdan.petitions.models import Petition, PetitionStep
from tiepdan.petitions.queries import person_ids_of
from tiepdan.petitions.rules import PersonRole, Step
from tiepdan.sdk import Record

UNSEAL = "identities.unseal"


@dataclass(frozen=True, slots=True)
class DisclosedPerson:
    """A person of a sealed petition, opened."""

    role: PersonRole
    details: PersonDetails


@dataclass(frozen=True, slots=True)
class DisclosedPetition:
    """What was sealed of a petition, opened for one reading."""

    people: tuple[DisclosedPerson, ...]
    content: str
    answers: Sequence[GivenPart] = ()


def disclose_petition(petition_id: UUID, *, actor: Actor, reason: str) -> DisclosedPetition:
    """Read the people, the content and the answers of a petition, sealed or not.

    Each sealed row is written into the journal, with the reason, before it is read. Raises Forbidden, NotFound,
    Invalid without a reason.
    """
    petition = load_petition(petition_id)
    rows = person_ids_of(petition.id)
    if not petition.sealed:
        actor.require("petitions.view")
        people = read_people([person_id for person_id, _role in rows])
        text = read_texts([petition.content_id])[petition.content_id]
        opened = tuple(DisclosedPerson(role, details) for i, role in rows if (details := people[i]) is not None)
        return DisclosedPetition(
            opened, text or "", answers_of(Record.PETITION, petition.id) if petition.has_answers else ()
        )
    actor.require(UNSEAL)
    if reason.strip():  # without one nothing is opened: unseal_person refuses
        record_event_now("petition.disclosed", actor=actor, subject_type="petition", subject_id=petition.id)
    return DisclosedPetition(
        tuple(DisclosedPerson(role, unseal_person(i, actor=actor, reason=reason)) for i, role in rows),
        unseal_text(petition.content_id, actor=actor, reason=reason),
        disclose_answers(Record.PETITION, petition.id, actor=actor, reason=reason) if petition.has_answers else (),
    )


def disclose_brief(petition_id: UUID, *, actor: Actor, reason: str) -> str:
    """Read the extract without identity that was written for the handler, by the handler alone.

    Source: Luật Tố cáo 25/2018/QH14, Điều 56. Raises Forbidden, NotFound when there is none, Invalid.
    """
    petition = load_petition(petition_id)
    if not is_own_handler(petition, actor):
        raise Forbidden("petitions.resolve")
    brief_id = db.session.scalar(
        sa.select(PetitionStep.reason_id)
        .where(PetitionStep.petition_id == petition.id, PetitionStep.step == Step.ASSIGNED.value)
        .order_by(PetitionStep.version.desc())
        .limit(1)
    )
    if brief_id is None:
        raise NotFound(f"brief of petition {petition_id}")
    # The right to open this one row comes from being its handler; the journal names the person all the same.
    opener = replace(actor, permissions=actor.permissions | {UNSEAL})
    return unseal_text(brief_id, actor=opener, reason=reason)


def is_own_handler(petition: Petition, actor: Actor) -> bool:
    """Say whether the petition is assigned to the actor."""
    return actor.account_id is not None and petition.handler_id == actor.account_id and actor.may("petitions.resolve")
