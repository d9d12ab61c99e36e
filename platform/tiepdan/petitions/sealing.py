"""Seal a petition that is a denunciation: its people, its content, what was answered and every reason written down.

Source: Luật Tố cáo 25/2018/QH14, Điều 47, 49, 56. Sealing goes one way: a petition that turns out to be no
denunciation after all stays sealed, because it was given in confidence.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.plugins import join
from tiepdan.extensions.outbox import cover_record
from tiepdan.formparts.service import seal_answers
from tiepdan.identity.vault import seal_people, seal_texts
from tiepdan.petitions.history import take_step
from tiepdan.petitions.models import MatterMark, Petition, PetitionPerson, PetitionStep
from tiepdan.petitions.rules import Step
from tiepdan.sdk import PetitionKind, Record


def seal_petition(petition: Petition, kind: PetitionKind, *, actor: Actor, on: date) -> None:
    """Seal a locked petition as it becomes a denunciation; vault rows it shares with a visit are sealed with it."""
    seal_people(_person_ids(petition.id))
    seal_texts([petition.content_id, *_text_ids(petition)])
    if petition.has_answers:
        seal_answers(Record.PETITION, petition.id)
    petition.kind = kind.value  # with `sealed` in one UPDATE: the table refuses an unsealed denunciation
    petition.sealed = True
    petition.content_hash = None
    take_step(petition, Step.SEALED, actor=actor, on=on)
    cover_record(petition.id)
    join("petition_sealed", petition_id=petition.id, visit_id=petition.origin_visit_id, on=on)


def _person_ids(petition_id: UUID) -> Sequence[UUID]:
    return db.session.scalars(
        sa.select(PetitionPerson.person_id).where(PetitionPerson.petition_id == petition_id)
    ).all()


def _text_ids(petition: Petition) -> list[UUID]:
    """Reasons of its steps and of its matter's marks: they may name people."""
    reasons = db.session.scalars(
        sa.select(PetitionStep.reason_id).where(
            PetitionStep.petition_id == petition.id, PetitionStep.reason_id.is_not(None)
        )
    )
    marks = db.session.scalars(sa.select(MatterMark.reason_id).where(MatterMark.matter_id == petition.matter_id))
    return [reason_id for reason_id in (*reasons, *marks) if reason_id is not None]
