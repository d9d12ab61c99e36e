"""Send a frozen report up: own figures with their evidence, and everything received from below, as it was frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db, new_id
from tiepdan.core.errors import Conflict, NotFound
from tiepdan.core.scope import tenant_scope
from tiepdan.extensions.outbox import Fact, announce
from tiepdan.reports.contents import Contents
from tiepdan.reports.definitions import Definition
from tiepdan.reports.models import (
    Report,
    ReportEvidence,
    ReportSource,
    ReportSubmission,
    ReportSubmissionUnit,
)
from tiepdan.reports.periods import Period, PeriodKind, make_period
from tiepdan.reports.preparing import read_contents, view_reports
from tiepdan.reports.rules import ReportStatus
from tiepdan.reports.senders import receivers_for
from tiepdan.reports.texts import texts_of
from tiepdan.reports.units import figures_as_json, key_of
from tiepdan.sdk import EventName
from tiepdan.tenancy.service import own_tenant


def submit_report(report_id: UUID, *, actor: Actor, on: date) -> list[UUID]:
    """Send a frozen report to the superior, or along its reporting lines; return the submissions.

    Evidence of the whole subtree travels along, so that every figure opens at every level.
    Raises Forbidden, NotFound, or Conflict: not frozen yet, sent already, or nobody above receives it.
    """
    actor.require("reports.submit")
    report = db.session.scalar(sa.select(Report).where(Report.id == report_id).with_for_update())
    if report is None:
        raise NotFound(f"report {report_id}")
    if report.status != ReportStatus.FROZEN.value:
        raise Conflict(
            _("Hãy chốt số liệu trước khi gửi.")
            if report.status == ReportStatus.DRAFT.value
            else _("Báo cáo này đã được gửi.")
        )
    tenant = own_tenant()
    period = make_period(PeriodKind(report.period_kind), report.period_from, report.period_to)
    view = view_reports([report])[0]
    receivers = receivers_for(view.definition, tenant, period.last)
    if not receivers:
        raise Conflict(_("Không có nơi nào trên hệ thống nhận báo cáo này; hãy xuất tệp để gửi."))
    contents = read_contents(view, on=on)
    evidence = db.session.scalars(
        sa.select(ReportEvidence.row).where(ReportEvidence.report_id == report.id).order_by(ReportEvidence.position)
    ).all()
    header = SubmissionHeader(
        report.id, report.definition, period, report.edition, report.cut_off_on or on, on, actor.account_id,
        carry_along(report.id, view.definition, contents),
    )  # fmt: skip
    sent = [store_submission(header, receiver.id, contents, evidence) for receiver in receivers]
    report.status = ReportStatus.SUBMITTED.value
    report.submitted_on = on
    db.session.flush()
    record_event(
        "report.submitted", actor=actor, subject_type="report", subject_id=report.id,
        detail={"edition": report.edition, "receivers": len(receivers), "receiver": receivers[0].id},
    )  # fmt: skip
    facts: dict[str, Fact] = {
        "definition": report.definition,
        "period_kind": report.period_kind,
        "period_from": report.period_from.isoformat(),
        "edition": report.edition,
        "receivers": len(receivers),
    }
    announce(EventName.REPORT_SUBMITTED, subject_id=report.id, on=on, facts=facts)
    return sent


@dataclass(frozen=True, slots=True)
class SubmissionHeader:
    """What a submission says about itself. cut_off_on: day of the freeze; sent_on: business day of sending."""

    report_id: UUID
    definition: str
    period: Period
    edition: int
    cut_off_on: date
    sent_on: date
    sent_by: UUID | None
    carried: Mapping[str, Any] | None = None


def carry_along(report_id: UUID, definition: Definition, contents: Contents) -> dict[str, Any] | None:
    """Return what a plugin's report takes along, so that its receiver reads it without the plugin."""
    if definition.given is None:
        return None
    return {
        "given": definition.given.text,
        "to": definition.to,
        "texts": {str(at): body for at, body in texts_of(report_id).items()},
        "entries": [each.as_json() for each in contents.entries],
    }


def store_submission(
    header: SubmissionHeader, receiver_id: int, contents: Contents, evidence: Sequence[Mapping[str, Any]]
) -> UUID:
    """Write a frozen report into the rows its receiver reads; return the submission.

    evidence: the sender's own frozen rows; what came from below is copied inside the database.
    """
    tenant_id = tenant_scope().tenant_id
    submission_id = new_id()
    connection = db.session.connection()
    connection.execute(
        sa.insert(ReportSubmission),
        {
            "tenant_id": tenant_id,
            "id": submission_id,
            "peer_tenant_id": receiver_id,
            "report_id": header.report_id,
            "definition": header.definition,
            "period_kind": header.period.kind.value,
            "period_from": header.period.first,
            "period_to": header.period.last,
            "edition": header.edition,
            "cut_off_on": header.cut_off_on,
            "sent_on": header.sent_on,
            "sent_by": header.sent_by,
            "carried": header.carried,
        },
    )
    typed = [unit for unit in contents.below if unit.typed and unit.parent_key == contents.own.key]
    connection.execute(
        sa.insert(ReportSubmissionUnit),
        [
            {
                "tenant_id": tenant_id,
                "id": new_id(),
                "peer_tenant_id": receiver_id,
                "submission_id": submission_id,
                "unit_key": unit.key,
                "parent_key": unit.parent_key if position else key_of(receiver_id),
                "position": position,
                "name": unit.name,
                "tier": unit.tier.value,
                "branch": unit.branch.value,
                "level": unit.level.value,
                "typed": unit.typed,
                "note": unit.note,
                "figures": figures_as_json(unit.figures),
                "evidence": [] if position else list(evidence),
            }
            for position, unit in enumerate((contents.own, *typed))
        ],
    )
    if contents.sources:
        _pass_on(header.report_id, submission_id, receiver_id)
    return submission_id


def _pass_on(report_id: UUID, submission_id: UUID, receiver_id: int) -> None:
    """Copy the bodies of the summed submissions into this one, inside the database: evidence can be long."""
    tenant_id = tenant_scope().tenant_id
    table, source = ReportSubmissionUnit, ReportSource
    copied = (
        "unit_key", "parent_key", "name", "tier", "branch", "level", "typed", "note", "figures", "evidence",
    )  # fmt: skip
    rank = sa.func.row_number().over(order_by=(table.tenant_id, table.position))
    inside = (
        sa.select(
            sa.literal(tenant_id, sa.Integer),
            sa.func.gen_random_uuid(),
            sa.literal(receiver_id, sa.Integer),
            sa.literal(submission_id, sa.Uuid),
            rank + 100_000,
            *(getattr(table, name) for name in copied),
        )
        .join(source, sa.and_(source.sender_id == table.tenant_id, source.submission_id == table.submission_id))
        .where(source.report_id == report_id, table.peer_tenant_id == tenant_id)
    )
    target = ["tenant_id", "id", "peer_tenant_id", "submission_id", "position", *copied]
    db.session.execute(sa.insert(table).from_select(target, inside, include_defaults=False))
