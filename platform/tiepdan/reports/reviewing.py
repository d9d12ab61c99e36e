"""What a receiver does with submissions: take note, return with a reason, accept."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db, new_id
from tiepdan.core.errors import Conflict, Invalid, NotFound
from tiepdan.reports.kept_definitions import definition_sent
from tiepdan.reports.models import ReportSubmission, ReportSubmissionStep
from tiepdan.reports.periods import Period
from tiepdan.reports.received import SubmissionView, submission_received, submissions_received, units_inside
from tiepdan.reports.rules import Standing, StepKind
from tiepdan.reports.senders import sender_ids
from tiepdan.reports.units import Table, Unit, build_table, key_of
from tiepdan.tenancy.service import TenantView

_LONGEST_REASON = 2000


def read_submission(
    sender_id: int, submission_id: UUID, *, actor: Actor
) -> tuple[SubmissionView, Unit, list[Unit], Table]:
    """Return a received submission, the sender's own part, the bodies below it, and the table they make.

    Raises NotFound for a submission of somebody who does not report to this tenant.
    """
    actor.require("reports.view")
    submission = _expected(sender_id, submission_id)
    units = units_inside([submission.key])
    own = next(unit for unit in units if unit.key == key_of(sender_id))
    below = [unit for unit in units if unit is not own]
    definition = definition_sent(*submission.key, submission.definition, submission.period.last)
    return submission, own, below, build_table(definition, own, below)


def accept_submission(sender_id: int, submission_id: UUID, *, actor: Actor, on: date) -> None:
    """Accept a submission; raises Conflict when it was accepted or returned, or a newer edition came."""
    _answer(sender_id, submission_id, StepKind.ACCEPTED, "", actor, on)


def return_submission(sender_id: int, submission_id: UUID, *, reason: str, actor: Actor, on: date) -> None:
    """Return a submission with a reason: the sender prepares the next edition.

    Raises Invalid without a reason, Conflict as `accept_submission`.
    """
    reason = reason.strip()
    if not reason or len(reason) > _LONGEST_REASON:
        message = _("Hãy ghi lý do trả lại để đơn vị biết cần sửa gì.")
        raise Invalid(message, {"reason": message})
    _answer(sender_id, submission_id, StepKind.RETURNED, reason, actor, on)


def receive_submission(sender_id: int, submission_id: UUID, *, actor: Actor, on: date) -> None:
    """Confirm that a submission arrived; nothing is decided. A second time changes nothing."""
    actor.require("reports.review")
    submission = _expected(sender_id, submission_id)
    if not submission.answers:
        _write(submission, StepKind.RECEIVED, "", actor, on)


def accept_waiting(senders: Collection[TenantView], code: str, period: Period, *, actor: Actor, on: date) -> int:
    """Accept every submission of a period that waits for an answer; return how many. Raises Forbidden."""
    actor.require("reports.review")
    received = submissions_received(code, period, [sender.id for sender in senders])
    waiting = [submission for submission in received if submission.standing is Standing.SUBMITTED]
    if not waiting:
        return 0
    db.session.execute(
        sa.insert(ReportSubmissionStep),
        [
            {
                "id": new_id(),
                "peer_tenant_id": submission.sender_id,
                "submission_id": submission.id,
                "step": StepKind.ACCEPTED.value,
                "reason": "",
                "taken_on": on,
                "taken_by": actor.account_id,
            }
            for submission in waiting
        ],
    )
    record_event(
        "report.accepted", actor=actor, subject_type="report_submission",
        detail={"period": period.code, "submissions": len(waiting)},
    )  # fmt: skip
    return len(waiting)


def _expected(sender_id: int, submission_id: UUID) -> SubmissionView:
    submission = submission_received(sender_id, submission_id)
    if sender_id not in sender_ids(submission.definition, submission.period):
        # The fence lets anybody address us; who does not report to us is not read.
        raise NotFound(f"submission {submission_id}")
    return submission


def _answer(sender_id: int, submission_id: UUID, step: StepKind, reason: str, actor: Actor, on: date) -> None:
    actor.require("reports.review")
    submission = _expected(sender_id, submission_id)
    # Two people of the receiver who answer at once: the second waits here and then sees the first one's answer.
    db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(submission.id.int & 0x7FFF_FFFF_FFFF_FFFF)))
    submission = submission_received(sender_id, submission_id)
    if submission.standing is not Standing.SUBMITTED:
        raise Conflict(_("Báo cáo này đã được tiếp nhận hoặc trả lại trước đó."))
    newer = sa.select(ReportSubmission.id).where(
        ReportSubmission.tenant_id == sender_id,
        ReportSubmission.peer_tenant_id == submission.receiver_id,
        ReportSubmission.definition == submission.definition,
        ReportSubmission.period_kind == submission.period.kind.value,
        ReportSubmission.period_from == submission.period.first,
        ReportSubmission.period_to == submission.period.last,
        ReportSubmission.edition > submission.edition,
    )
    if db.session.scalar(newer) is not None:
        raise Conflict(_("Đơn vị đã gửi bản mới hơn của báo cáo này."))
    _write(submission, step, reason, actor, on)


def _write(submission: SubmissionView, step: StepKind, reason: str, actor: Actor, on: date) -> None:
    db.session.add(
        ReportSubmissionStep(
            id=new_id(),
            peer_tenant_id=submission.sender_id,
            submission_id=submission.id,
            step=step.value,
            reason=reason,
            taken_on=on,
            taken_by=actor.account_id,
        )
    )
    db.session.flush()
    record_event(
        f"report.{step.value}", actor=actor, subject_type="report_submission", subject_id=submission.id,
        detail={"sender": submission.sender_id, "edition": submission.edition},
    )  # fmt: skip
