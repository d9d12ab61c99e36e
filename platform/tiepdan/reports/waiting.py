"""How many reports are asked of this body, or wait for its answer, in one statement; for the staff's first page."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.scope import tenant_scope
from tiepdan.reports.models import ReportRequest, ReportSubmission, ReportSubmissionStep
from tiepdan.reports.rules import StepKind
from tiepdan.tenancy.models import ReportingLineRow, Superior, Tenant
from tiepdan.tenancy.service import TenantView, own_tenant


@dataclass(frozen=True, slots=True)
class WaitingReports:
    """asked: of this body, and not sent yet; late: of those, past their day. to_review: received and unanswered."""

    asked: int
    late: int
    to_review: int


def count_waiting(*, actor: Actor, on: date) -> WaitingReports:
    """Count the reports that wait, as of a day. Raises Forbidden.

    Any tenant can address any other, so only those above (or on a reporting line) ask, and only those below send.
    """
    actor.require("reports.view")
    me = tenant_scope().tenant_id
    asked = sa.select(sa.func.count()).select_from(ReportRequest).where(
        ReportRequest.peer_tenant_id == me, ReportRequest.tenant_id.in_(_above(me)), ~_was_sent(me)
    )  # fmt: skip
    to_review = (
        sa.select(sa.func.count())
        .select_from(ReportSubmission)
        .where(
            ReportSubmission.peer_tenant_id == me,
            sa.or_(ReportSubmission.tenant_id.in_(_below(me)), _is_addressed(own_tenant())),
            ~_was_answered(me),
        )
    )
    row = db.session.execute(
        sa.select(
            asked.scalar_subquery(),
            asked.where(ReportRequest.due_on < on).scalar_subquery(),
            to_review.scalar_subquery(),
        )
    ).one()
    return WaitingReports(*row)


def _was_sent(me: int) -> sa.Exists:
    """Match a request that this body answered with a submission, returned or not."""
    return sa.exists().where(
        ReportSubmission.tenant_id == me,
        ReportSubmission.peer_tenant_id == ReportRequest.tenant_id,
        ReportSubmission.definition == ReportRequest.definition,
        ReportSubmission.period_kind == ReportRequest.period_kind,
        ReportSubmission.period_from == ReportRequest.period_from,
        ReportSubmission.period_to == ReportRequest.period_to,
    )


def _was_answered(me: int) -> sa.Exists:
    return sa.exists().where(
        ReportSubmissionStep.tenant_id == me,
        ReportSubmissionStep.submission_id == ReportSubmission.id,
        ReportSubmissionStep.step.in_((StepKind.RETURNED.value, StepKind.ACCEPTED.value)),
    )


def _is_addressed(me: TenantView) -> sa.ColumnElement[bool]:
    """Match a plugin's report that goes to this very body of its province."""
    neighbours = sa.select(Tenant.id).where(Tenant.province_id == me.province_id)
    return sa.and_(
        ReportSubmission.carried["to"].astext == f"body:{me.slug}", ReportSubmission.tenant_id.in_(neighbours)
    )


def _above(me: int) -> sa.CompoundSelect[int]:
    return sa.union(
        sa.select(Superior.superior_id).where(Superior.tenant_id == me),
        sa.select(ReportingLineRow.to_tenant_id).where(ReportingLineRow.from_tenant_id == me),
    )


def _below(me: int) -> sa.CompoundSelect[int]:
    return sa.union(
        sa.select(Superior.tenant_id).where(Superior.superior_id == me),
        sa.select(ReportingLineRow.from_tenant_id).where(ReportingLineRow.to_tenant_id == me),
    )
