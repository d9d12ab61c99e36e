"""A plugin's report as it was received: one submission as its sender laid it out, and the sum of all that came."""

from typing import Any

import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.core.scope import tenant_scope
from tiepdan.reports.definitions import Definition
from tiepdan.reports.layout import Layout, lay_out
from tiepdan.reports.models import ReportSubmission
from tiepdan.reports.periods import Period
from tiepdan.reports.plugin_counting import EntryList
from tiepdan.reports.received import SubmissionView, submissions_received, units_inside
from tiepdan.reports.senders import sender_ids
from tiepdan.reports.units import Table, build_table, unit_of
from tiepdan.tenancy.service import own_tenant


def lay_out_received(submission: SubmissionView, definition: Definition, table: Table) -> Layout:
    """Lay a received submission out with the words and lists it carries; the plugin need not be here."""
    carried: dict[str, Any] | None = db.session.scalar(
        sa.select(ReportSubmission.carried).where(
            ReportSubmission.peer_tenant_id == tenant_scope().tenant_id,
            ReportSubmission.tenant_id == submission.sender_id,
            ReportSubmission.id == submission.id,
        )
    )
    stored = carried or {}
    entries = [EntryList.from_json(each) for each in stored.get("entries", ())]
    texts = {int(at): body for at, body in stored.get("texts", {}).items()}
    return lay_out(definition, submission.period, table, entries, texts)


def sum_received(definition: Definition, period: Period) -> Layout | None:
    """Sum what was received and not returned, without any records of the own; None while nothing came."""
    received = submissions_received(definition.code, period, sender_ids(definition.code, period))
    units = units_inside([submission.key for submission in received if submission.counts])
    if not units:
        return None
    table = build_table(definition, unit_of(own_tenant(), {}), units)
    return lay_out(definition, period, table, (), {}, own=False)
