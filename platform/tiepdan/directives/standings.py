"""Where assignments stand, read from the rows of both sides; nothing is decrypted here."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.core.errors import NotFound
from tiepdan.core.scope import tenant_scope
from tiepdan.directives.models import Assignment, AssignmentStep
from tiepdan.directives.rules import WRITERS, Side, Standing, Step, StepKind, decide_standing


def load_assignment(assignment_id: UUID) -> Assignment:
    """Return the row; a third body's does not exist."""
    row = db.session.scalar(sa.select(Assignment).where(Assignment.id == assignment_id))
    if row is None:
        raise NotFound(f"assignment {assignment_id}")
    return row


def standings_of(rows: Sequence[Assignment], *, until: date | None = None) -> dict[UUID, Standing]:
    """Say where each stands, without decrypting anything. until: as it stood at the end of that day."""
    steps = steps_of(rows, until=until)
    return {row.id: standing_of(row, steps.get(row.id, [])) for row in rows}


def side_of(step: AssignmentStep, assignment: Assignment) -> Side | None:
    """Say which side wrote a step; None for one that neither did, which counts for nothing."""
    if assignment.tenant_id == assignment.peer_tenant_id:
        # A body that assigned to itself speaks for both sides.
        return min(WRITERS[StepKind(step.kind)]) if step.tenant_id == assignment.tenant_id else None
    if step.tenant_id == assignment.tenant_id and step.peer_tenant_id == assignment.peer_tenant_id:
        return Side.SENDER
    if step.tenant_id == assignment.peer_tenant_id and step.peer_tenant_id == assignment.tenant_id:
        return Side.RECEIVER
    return None


def sides_in_scope(assignment: Assignment) -> frozenset[Side]:
    """Say on which sides the tenant in scope stands."""
    own_id = tenant_scope().tenant_id
    pairs = ((Side.SENDER, assignment.tenant_id), (Side.RECEIVER, assignment.peer_tenant_id))
    return frozenset(side for side, tenant_id in pairs if tenant_id == own_id)


def steps_of(rows: Sequence[Assignment], *, until: date | None = None) -> dict[UUID, list[AssignmentStep]]:
    """Return the steps of many assignments in one question, in the order they were written."""
    found: dict[UUID, list[AssignmentStep]] = {}
    if not rows:
        return found
    query = (
        sa.select(AssignmentStep)
        .where(AssignmentStep.assignment_id.in_([row.id for row in rows]))
        .order_by(AssignmentStep.made_at, AssignmentStep.id)
    )
    if until is not None:
        query = query.where(AssignmentStep.on_day <= until)
    for step in db.session.scalars(query):
        found.setdefault(step.assignment_id, []).append(step)
    return found


def standing_of(row: Assignment, steps: Collection[AssignmentStep]) -> Standing:
    """Read where one assignment stands; a step by neither side counts for nothing."""
    return decide_standing(
        row.due_on,
        [
            Step(StepKind(step.kind), side, step.on_day, step.due_on)
            for step in steps
            if (side := side_of(step, row)) is not None
        ],
    )
