"""Hooks the slice joins."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.receptions.models import Visit
from tiepdan.receptions.visits import seal_visit
from tiepdan.sdk import hookimpl


@hookimpl
def petition_sealed(petition_id: UUID, visit_id: UUID | None, on: date) -> None:  # noqa: ARG001 - pluggy asks for it
    """Seal the visit at which a denunciation was taken: its people, its content and its remarks."""
    visits = db.session.scalars(
        sa.select(Visit)
        .where(sa.or_(Visit.id == visit_id, Visit.petition_id == petition_id))
        .order_by(Visit.id)
        .with_for_update()
    ).all()
    for visit in visits:
        seal_visit(visit)
    db.session.flush()
