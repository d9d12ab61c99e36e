"""How much work waits in petitions, in one statement; for the staff's first page."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.petitions.models import Petition
from tiepdan.petitions.rules import PetitionStatus


@dataclass(frozen=True, slots=True)
class WaitingPetitions:
    """to_classify: registered and no more. to_decide: classified, nothing decided yet. mine: given to the actor."""

    to_classify: int
    to_decide: int
    mine: int
    mine_overdue: int


def count_waiting(*, actor: Actor, on: date) -> WaitingPetitions:
    """Count the petitions that wait, as of a day. Every part reads one small range of an index. Raises Forbidden."""
    actor.require("petitions.view")
    mine = sa.and_(_handled_by(actor.account_id), Petition.closed_on.is_(None))
    row = db.session.execute(
        sa.select(
            _count(Petition.status == PetitionStatus.REGISTERED.value, Petition.closed_on.is_(None)),
            _count(Petition.status == PetitionStatus.CLASSIFIED.value, Petition.closed_on.is_(None)),
            _count(mine),
            _count(mine, Petition.due_on < on),
        )
    ).one()
    return WaitingPetitions(*row)


def _handled_by(account_id: UUID | None) -> sa.ColumnElement[bool]:
    return sa.false() if account_id is None else Petition.handler_id == account_id


def _count(*conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).select_from(Petition).where(*conditions).scalar_subquery()
