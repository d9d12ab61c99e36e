"""What the two sides do about an assignment; each act is one row that nobody changes afterwards."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from flask_babel import gettext as _

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db, new_id
from tiepdan.core.errors import Conflict, Invalid, NotFound
from tiepdan.core.scope import tenant_scope
from tiepdan.directives.assignments import seal_forms
from tiepdan.directives.due_days import follow_due_day, lock_assignment, signal_receiver
from tiepdan.directives.jobs import hurry
from tiepdan.directives.models import Assignment, AssignmentStep
from tiepdan.directives.rules import Side, Standing, StepKind, may_close, may_step
from tiepdan.directives.standings import load_assignment, sides_in_scope, standings_of
from tiepdan.formparts.rules import Answer
from tiepdan.formparts.service import store_answers
from tiepdan.identity.keys import seal_for
from tiepdan.identity.vault import store_text
from tiepdan.sdk import Record

SHORTEST_REASON = 10


def acknowledge_assignment(assignment_id: UUID, *, actor: Actor, on: date) -> None:
    """Say that the work arrived and is taken on (receiver). Raises Forbidden, NotFound, Conflict."""
    actor.require("directives.answer")
    _write(assignment_id, StepKind.ACKNOWLEDGED, Side.RECEIVER, actor=actor, on=on)


def refuse_assignment(assignment_id: UUID, reason: str, *, actor: Actor, on: date) -> None:
    """Send the work back with a reason the sender reads at once (receiver).

    Raises Forbidden, NotFound, Conflict, Invalid without a reason.
    """
    actor.require("directives.answer")
    _write(
        assignment_id, StepKind.REFUSED, Side.RECEIVER, actor=actor, on=on,
        note=_checked_reason(reason, _("Hãy ghi rõ lý do từ chối để nơi giao biết cách xử lý.")),
    )  # fmt: skip


def report_progress(assignment_id: UUID, note: str, percent: int | None = None, *, actor: Actor, on: date) -> None:
    """Report how far the work has come (receiver). Raises Forbidden, NotFound, Conflict, Invalid."""
    actor.require("directives.answer")
    if percent is not None and not 0 <= percent <= 100:
        message = _("Ghi số từ 0 đến 100.")
        raise Invalid(message, {"percent": message})
    _write(
        assignment_id, StepKind.PROGRESS, Side.RECEIVER, actor=actor, on=on, percent=percent,
        note=_checked_note(note),
    )  # fmt: skip


def report_done(assignment_id: UUID, note: str, *, answers: Sequence[Answer] = (), actor: Actor, on: date) -> None:
    """Report that the work is done and with what result (receiver).

    answers: to forms of plugins; they go to the sender with the result.
    Raises Forbidden, NotFound, Conflict, Invalid.
    """
    actor.require("directives.answer")
    _write(assignment_id, StepKind.DONE, Side.RECEIVER, actor=actor, on=on, note=_checked_note(note), answers=answers)


def record_citizen_told(assignment_id: UUID, note: str = "", *, actor: Actor, on: date) -> None:
    """Record that the citizen was told the result; either side may have done it.

    on: the day the citizen was told. Raises Forbidden, NotFound, Conflict.
    """
    row = load_assignment(assignment_id)
    side = Side.RECEIVER if Side.RECEIVER in sides_in_scope(row) else Side.SENDER
    actor.require("directives.answer" if side is Side.RECEIVER else "directives.close")
    if _standing(row).citizen_told_on is not None:
        raise Conflict(_("Đã ghi nhận việc thông báo cho công dân."))
    _write(assignment_id, StepKind.CITIZEN_TOLD, side, actor=actor, on=on, note=note.strip())


def extend_assignment(assignment_id: UUID, due_on: date, reason: str, *, actor: Actor, on: date) -> None:
    """Give more time, with a reason (sender). Raises Forbidden, NotFound, Conflict, Invalid."""
    actor.require("directives.issue")
    current = _standing(load_assignment(assignment_id)).due_on
    if due_on < on or (current is not None and due_on <= current):
        message = _("Hạn mới phải sau hạn đang có và không trước hôm nay.")
        raise Invalid(message, {"due_on": message})
    _write(
        assignment_id, StepKind.EXTENDED, Side.SENDER, actor=actor, on=on, due_on=due_on,
        note=_checked_reason(reason, _("Hãy ghi lý do gia hạn.")),
    )  # fmt: skip


def close_assignment(assignment_id: UUID, *, actor: Actor, on: date) -> None:
    """End the following-up (sender): only after the work is done and the citizen was told, or after a refusal.

    Raises Forbidden, NotFound, Conflict.
    """
    actor.require("directives.close")
    row = load_assignment(assignment_id)
    standing = _standing(row)
    if not may_close(standing, tell_citizen=row.tell_citizen):
        if standing.done_on is not None:
            raise Conflict(_("Chưa kết thúc được: công dân chưa được thông báo kết quả."))
        raise Conflict(_("Chưa kết thúc được: nơi nhận chưa báo hoàn thành."))
    _write(assignment_id, StepKind.CLOSED, Side.SENDER, actor=actor, on=on)


def _standing(row: Assignment) -> Standing:
    return standings_of([row])[row.id]


def _write(
    assignment_id: UUID,
    kind: StepKind,
    side: Side,
    *,
    actor: Actor,
    on: date,
    note: str = "",
    percent: int | None = None,
    due_on: date | None = None,
    answers: Sequence[Answer] = (),
) -> None:
    """Check whose turn it is, then write the step; the note is sealed to the other side."""
    row = load_assignment(assignment_id)
    if side not in sides_in_scope(row):
        # The other side knows the assignment, but this act is not its own.
        raise NotFound(f"assignment {assignment_id} on side {side}")
    # Nobody may lock the other side's row; whoever acts in the same moment waits here, and then sees what was done.
    lock_assignment(assignment_id)
    state = _standing(row).state
    if not may_step(kind, side, state):
        raise Conflict(_("Việc này đã chuyển sang trạng thái khác; hãy tải lại trang để xem."))
    own_id = tenant_scope().tenant_id
    peer_id = row.peer_tenant_id if side is Side.SENDER else row.tenant_id
    step_id = new_id()
    db.session.add(
        AssignmentStep(
            id=step_id,
            peer_tenant_id=peer_id,
            assignment_id=row.id,
            kind=kind.value,
            on_day=on,
            due_on=due_on,
            percent=percent,
            note_id=store_text(note) if note else None,
            payload=seal_for(peer_id, note.encode(), f"assignment_step/{step_id}")
            if note and peer_id != own_id
            else None,
            forms=seal_forms(peer_id, answers, f"assignment_step/{step_id}"),
            written_by=actor.account_id,
        )
    )
    db.session.flush()
    store_answers(Record.TASK_ANSWER, step_id, answers, sealed=False)
    _move_clock(row, kind, side, actor=actor, on=on)
    record_event(f"assignment.{kind.value}", actor=actor, subject_type="assignment", subject_id=row.id)


def _move_clock(row: Assignment, kind: StepKind, side: Side, *, actor: Actor, on: date) -> None:
    """Let the receiver's clock follow: here when the step is the receiver's, by a signal when it is the sender's."""
    if kind is StepKind.CITIZEN_TOLD:
        return  # a duty towards the citizen, which the day of the work says nothing about
    if side is Side.RECEIVER:
        follow_due_day(row.id, actor=actor, on=on)
    elif signal_receiver(row.id, row.peer_tenant_id, actor=actor, on=on):
        hurry(row.peer_tenant_id)


def _checked_reason(reason: str, message: str) -> str:
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(message, {"reason": message})
    return reason.strip()


def _checked_note(note: str) -> str:
    if not note.strip():
        message = _("Hãy ghi đã làm gì, kết quả ra sao.")
        raise Invalid(message, {"note": message})
    return note.strip()
