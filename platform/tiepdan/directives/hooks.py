"""Hooks the slice joins."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.scope import tenant_scope
from tiepdan.directives.models import Assignment
from tiepdan.directives.rules import AssignmentState
from tiepdan.directives.standings import standings_of
from tiepdan.directives.steps import close_assignment, record_citizen_told
from tiepdan.petitions.service import petition_by_id, petitions_of_matter
from tiepdan.sdk import hookimpl


@hookimpl
def petition_closed(petition_id: UUID, outcome: str, on: date) -> None:  # noqa: ARG001 - pluggy asks for the names
    """Close the finished work about a matter whose last petition closes: its closing means the citizen was told.

    Work that is not reported done stays open; it is not the petition that ends it.
    """
    matter_id = petition_by_id(petition_id).matter_id
    if any(one.closed_on is None and one.id != petition_id for one in petitions_of_matter(matter_id)):
        return
    rows = db.session.scalars(
        sa.select(Assignment).where(Assignment.matter_id == matter_id, Assignment.tenant_id == tenant_scope().tenant_id)
    ).all()
    platform = Actor.system("directives.close", "directives.answer")
    for assignment_id, standing in standings_of(rows).items():
        if standing.state is not AssignmentState.DONE:
            continue
        if standing.citizen_told_on is None:
            record_citizen_told(assignment_id, actor=platform, on=on)
        close_assignment(assignment_id, actor=platform, on=on)
