"""Definitions of plugins' reports as they are kept: with what was begun here, and with what was received."""

from collections.abc import Collection
from datetime import date
from uuid import NAMESPACE_OID, UUID, uuid5

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from tiepdan.core.db import db
from tiepdan.core.errors import NotFound
from tiepdan.core.scope import tenant_scope
from tiepdan.reports.definitions import Definition, definition_on
from tiepdan.reports.models import ReportDefinitionRow, ReportSubmission
from tiepdan.reports.plugin_definitions import definitions_here, read_definition

_GIVEN = "given"  # in what a submission carries


def is_of_plugin(code: str) -> bool:
    """Say whether a report is a plugin's own: "<plugin>/<key>"."""
    return "/" in code


def definition_to_begin(code: str, on: date, *, period_last: date) -> Definition:
    """Return the definition a report is begun with: the law's of its period, or a plugin's of today.

    Raises NotFound, also for a report of a plugin that is off here or failed.
    """
    if not is_of_plugin(code):
        return definition_on(code, period_last)
    found = definitions_here(on).find(code)
    if found is None:
        raise NotFound(f"report definition {code}")
    return found


def keep_definition(definition: Definition) -> UUID | None:
    """Write a plugin's definition down unless it is written; return its id. None for the platform's."""
    given = definition.given
    if given is None:
        return None
    tenant_id = tenant_scope().tenant_id
    definition_id = uuid5(NAMESPACE_OID, f"{tenant_id}/{given.code}/{given.digest}")
    row = {
        "tenant_id": tenant_id,
        "id": definition_id,
        "code": given.code,
        "version": given.version,
        "digest": given.digest,
        "body": given.text,
    }
    db.session.connection().execute(insert(ReportDefinitionRow).on_conflict_do_nothing(), row)
    return definition_id


def kept_definitions(definition_ids: Collection[UUID]) -> dict[UUID, Definition]:
    """Return definitions that reports here were begun with, in one statement."""
    if not definition_ids:
        return {}
    table = ReportDefinitionRow
    rows = db.session.execute(sa.select(table.id, table.body).where(table.id.in_(set(definition_ids))))
    return {row.id: read_definition(row.body) for row in rows}


def definition_sent(sender_id: int, submission_id: UUID, code: str, period_last: date) -> Definition:
    """Return the definition of a received submission: a plugin's as it came along. Raises NotFound."""
    if not is_of_plugin(code):
        return definition_on(code, period_last)
    body = db.session.scalar(
        sa.select(ReportSubmission.carried[_GIVEN].astext).where(
            ReportSubmission.peer_tenant_id == tenant_scope().tenant_id,
            ReportSubmission.tenant_id == sender_id,
            ReportSubmission.id == submission_id,
        )
    )
    if body is None:
        raise NotFound(f"definition of submission {submission_id}")
    return read_definition(body)


def definition_known(code: str, on: date, *, period_last: date | None = None) -> Definition:
    """Return the definition a round is read by: a plugin's of today, else the last used here or received.

    Raises NotFound for a report nobody here has heard of.
    """
    if not is_of_plugin(code):
        return definition_on(code, period_last or on)
    found = definitions_here(on).find(code)
    if found is not None:
        return found
    table = ReportDefinitionRow
    used = sa.select(table.body).where(table.code == code).order_by(table.first_used_at.desc()).limit(1)
    came = (
        sa.select(ReportSubmission.carried[_GIVEN].astext)
        .where(ReportSubmission.peer_tenant_id == tenant_scope().tenant_id, ReportSubmission.definition == code)
        .order_by(ReportSubmission.made_at.desc())
        .limit(1)
    )
    body = db.session.scalar(used) or db.session.scalar(came)
    if body is None:
        raise NotFound(f"report definition {code}")
    return read_definition(body)
