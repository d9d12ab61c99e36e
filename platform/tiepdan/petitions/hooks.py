"""Hooks the slice joins."""

from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.deadlines.service import nearest_dues
from tiepdan.petitions.history import SUBJECT, publish
from tiepdan.petitions.models import Matter, Petition
from tiepdan.sdk import hookimpl


@hookimpl
def clocks_moving(subject_type: str, subject_ids: frozenset[UUID]) -> None:
    """Lock the matters, then the petitions, each in the order of their ids: whoever locks many does it so."""
    if subject_type != SUBJECT or not subject_ids:
        return
    ours = Petition.id.in_(list(subject_ids))
    matters = sa.select(Petition.matter_id).where(ours)
    db.session.execute(sa.select(Matter.id).where(Matter.id.in_(matters)).order_by(Matter.id).with_for_update())
    db.session.execute(sa.select(Petition.id).where(ours).order_by(Petition.id).with_for_update())


@hookimpl
def clocks_moved(subject_type: str, subject_ids: frozenset[UUID]) -> None:
    """Take over the new nearest due days, and tell superiors."""
    if subject_type != SUBJECT or not subject_ids:
        return
    dues = nearest_dues(SUBJECT, subject_ids)
    rows = db.session.execute(
        sa.select(Petition, Matter)
        .join(Matter, sa.and_(Matter.tenant_id == Petition.tenant_id, Matter.id == Petition.matter_id))
        .where(Petition.id.in_(list(subject_ids)))
        .order_by(Petition.id)
        .execution_options(populate_existing=True)
    ).all()
    for petition, matter in rows:
        if petition.due_on != dues.get(petition.id):
            petition.due_on = dues.get(petition.id)
            publish(petition, matter)
    db.session.flush()
