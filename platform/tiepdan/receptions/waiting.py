"""What today's receptions hold, in one statement; for the staff's first page."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.receptions.models import Reception, ReceptionDay, Visit
from tiepdan.receptions.rules import ANNOUNCED, DayStatus, VisitStatus


@dataclass(frozen=True, slots=True)
class Today:
    """planned, open: days of reception of today that are still to open, or open. waiting, visits: people's visits."""

    planned: int
    open: int
    waiting: int
    visits: int


def count_today(*, actor: Actor, on: date) -> Today:
    """Count today's days of reception and visits. Raises Forbidden."""
    actor.require("receptions.view")
    announced = [status.value for status in ANNOUNCED]
    days = (
        sa.select(ReceptionDay.id, ReceptionDay.status)
        .join(Reception, Reception.id == ReceptionDay.reception_id)
        .where(ReceptionDay.day_on == on, Reception.status.in_(announced))
        .subquery()
    )
    visits = sa.select(sa.func.count()).select_from(Visit).where(Visit.visited_on == on)
    row = db.session.execute(
        sa.select(
            sa.select(sa.func.count()).where(days.c.status == DayStatus.PLANNED.value).scalar_subquery(),
            sa.select(sa.func.count()).where(days.c.status == DayStatus.OPEN.value).scalar_subquery(),
            visits.where(Visit.status == VisitStatus.WAITING.value).scalar_subquery(),
            visits.scalar_subquery(),
        )
    ).one()
    return Today(*row)
