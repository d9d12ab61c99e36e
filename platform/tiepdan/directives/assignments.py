"""Give work to a body, and read what was given; the text is sealed to the receiver and kept by the sender."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from flask_babel import gettext as _

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db, new_id, refuse_foreign_rows
from tiepdan.core.errors import Invalid
from tiepdan.core.scope import tenant_scope
from tiepdan.directives.due_days import signal_receiver
from tiepdan.directives.jobs import hurry
from tiepdan.directives.models import Assignment, AssignmentStep
from tiepdan.directives.receivers import check_receiver
from tiepdan.directives.rules import AssignmentState, Side, Standing, StepKind
from tiepdan.directives.standings import load_assignment, side_of, sides_in_scope, standing_of, steps_of
from tiepdan.formparts.rules import Answer
from tiepdan.formparts.service import GivenPart, answers_of, store_answers
from tiepdan.formparts.travelling import pack_answers, unpack_answers
from tiepdan.identity.keys import open_for_us, seal_for
from tiepdan.identity.vault import read_texts, store_text
from tiepdan.sdk import Record
from tiepdan.tenancy.service import TenantView, tenants_by_id

LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class NewAssignment:
    """Work to give. tell_citizen: somebody waits for the result and must be told before it is closed.

    answers: to forms of plugins; they go to the receiver with the work.
    """

    receiver_id: int
    title: str
    instruction: str = ""
    due_on: date | None = None
    matter_id: UUID | None = None
    tell_citizen: bool = True
    answers: Sequence[Answer] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where an assignment comes from: the notice, as the receiver may know it."""

    notice_id: UUID | None = None
    reception_id: UUID | None = None
    number: str = ""
    signed_on: date | None = None
    signer: str = ""


@dataclass(frozen=True, slots=True)
class StepView:
    """A step as a page shows it. body: the one that wrote it. answers: to forms of plugins."""

    kind: StepKind
    on: date
    body: str
    note: str
    percent: int | None
    due_on: date | None
    answers: Sequence[GivenPart] = ()


@dataclass(frozen=True, slots=True)
class AssignmentView:
    """An assignment as one side sees it.

    sides: the tenant in scope's; both when a body assigned to itself. answers: to forms of plugins, given with it.
    """

    id: UUID
    sender: TenantView
    receiver: TenantView
    sides: frozenset[Side]
    title: str
    instruction: str
    number: str
    signed_on: date | None
    signer: str
    issued_on: date
    first_due_on: date | None
    tell_citizen: bool
    matter_id: UUID | None
    notice_id: UUID | None
    reception_id: UUID | None
    standing: Standing
    steps: tuple[StepView, ...]
    answers: Sequence[GivenPart] = ()

    @property
    def state(self) -> AssignmentState:
        """Return where it stands."""
        return self.standing.state


def issue_assignment(new: NewAssignment, *, actor: Actor, on: date, source: Source | None = None) -> UUID:
    """Give work to a body and return the assignment.

    on: day of issue, in Asia/Ho_Chi_Minh.
    Raises Forbidden; Invalid for an unknown receiver, an empty title or a due day that has passed.
    """
    actor.require("directives.issue")
    source = source or Source()
    receiver = check_receiver(new.receiver_id)
    _check(new, on)
    assignment_id = new_id()
    payload = json.dumps(
        {
            "title": new.title.strip(),
            "instruction": new.instruction.strip(),
            "number": source.number,
            "signed_on": source.signed_on.isoformat() if source.signed_on else None,
            "signer": source.signer,
        },
        ensure_ascii=False,
    )
    db.session.add(
        Assignment(
            id=assignment_id,
            peer_tenant_id=receiver.id,
            notice_id=source.notice_id,
            reception_id=source.reception_id,
            matter_id=new.matter_id,
            text_id=store_text(payload),
            payload=seal_for(receiver.id, payload.encode(), _place(assignment_id)),
            forms=seal_forms(receiver.id, new.answers, _place(assignment_id)),
            issued_on=on,
            due_on=new.due_on,
            tell_citizen=new.tell_citizen,
            issued_by=actor.account_id,
        )
    )
    with refuse_foreign_rows():
        db.session.flush()
    store_answers(Record.TASK, assignment_id, new.answers, sealed=False)
    if signal_receiver(assignment_id, receiver.id, actor=actor, on=on):
        hurry(receiver.id)
    record_event(
        "assignment.issued",
        actor=actor,
        subject_type="assignment",
        subject_id=assignment_id,
        detail={"receiver": receiver.id, "due_on": new.due_on.isoformat() if new.due_on else None},
    )
    return assignment_id


def assignment_by_id(assignment_id: UUID) -> AssignmentView:
    """Return an assignment the tenant in scope sent or received; raise NotFound."""
    return view_of(load_assignment(assignment_id))


def view_of(row: Assignment) -> AssignmentView:
    """Decrypt one row with its steps, and what was answered to forms of plugins."""
    view = views_of([row], with_notes=True)[0]
    written = [step for step in steps_of([row]).get(row.id, []) if side_of(step, row) is not None]
    return replace(
        view,
        answers=_answers(Record.TASK, row, _place(row.id)),
        steps=tuple(
            replace(shown, answers=_answers(Record.TASK_ANSWER, step, f"assignment_step/{step.id}"))
            if shown.kind is StepKind.DONE
            else shown
            for shown, step in zip(view.steps, written, strict=True)
        ),
    )


def seal_forms(receiver_id: int, answers: Sequence[Answer], place: str) -> bytes | None:
    """Seal answers to forms of plugins for the other side; None when there are none, or it is the same body."""
    packed = pack_answers(answers)
    if packed is None or receiver_id == tenant_scope().tenant_id:
        return None
    return seal_for(receiver_id, packed, f"{place}/forms")


def _answers(record: Record, row: Assignment | AssignmentStep, place: str) -> Sequence[GivenPart]:
    """Read answers: our own from the vault, the other side's from what was sealed to us."""
    if row.tenant_id == tenant_scope().tenant_id:
        return answers_of(record, row.id)
    return unpack_answers(open_for_us(row.forms, f"{place}/forms")) if row.forms is not None else ()


def views_of(rows: Sequence[Assignment], *, with_notes: bool = False) -> list[AssignmentView]:
    """Decrypt rows for a page: three questions to the database, however many rows."""
    own_id = tenant_scope().tenant_id
    bodies = tenants_by_id({row.tenant_id for row in rows} | {row.peer_tenant_id for row in rows})
    steps = steps_of(rows)
    texts = read_texts([row.text_id for row in rows if row.tenant_id == own_id])
    notes = _notes(steps, with_notes=with_notes)
    return [_view(row, own_id, bodies, steps.get(row.id, []), texts, notes) for row in rows]


def _place(assignment_id: UUID) -> str:
    return f"assignment/{assignment_id}"


def _check(new: NewAssignment, on: date) -> None:
    errors = {}
    if not new.title.strip():
        errors["title"] = _("Hãy ghi việc cần làm.")
    elif len(new.title) > LONGEST_TITLE:
        errors["title"] = _("Ghi gọn trong %(count)d ký tự; phần còn lại ghi ở nội dung.", count=LONGEST_TITLE)
    if new.due_on is not None and new.due_on < on:
        errors["due_on"] = _("Hạn phải từ ngày giao trở đi.")
    if errors:
        raise Invalid(_("Chưa giao được việc."), errors)


def _notes(steps: dict[UUID, list[AssignmentStep]], *, with_notes: bool) -> dict[UUID, str]:
    """Read what both sides wrote: the own notes from the vault, the other side's from what was sealed to us."""
    if not with_notes:
        return {}
    own_id = tenant_scope().tenant_id
    flat = [step for group in steps.values() for step in group]
    own = read_texts([step.note_id for step in flat if step.tenant_id == own_id and step.note_id])
    notes = {step.id: own.get(step.note_id) or "" for step in flat if step.tenant_id == own_id and step.note_id}
    for step in flat:
        if step.tenant_id != own_id and step.payload is not None:
            notes[step.id] = open_for_us(step.payload, f"assignment_step/{step.id}").decode()
    return notes


def _view(
    row: Assignment,
    own_id: int,
    bodies: dict[int, TenantView],
    steps: Sequence[AssignmentStep],
    texts: dict[UUID, str | None],
    notes: dict[UUID, str],
) -> AssignmentView:
    if row.tenant_id == own_id:
        text = texts[row.text_id] or "{}"
    else:
        text = open_for_us(row.payload, _place(row.id)).decode()
    said = json.loads(text)
    signed_on = said.get("signed_on")
    return AssignmentView(
        id=row.id,
        sender=bodies[row.tenant_id],
        receiver=bodies[row.peer_tenant_id],
        sides=sides_in_scope(row),
        title=said.get("title", ""),
        instruction=said.get("instruction", ""),
        number=said.get("number", ""),
        signed_on=date.fromisoformat(signed_on) if signed_on else None,
        signer=said.get("signer", ""),
        issued_on=row.issued_on,
        first_due_on=row.due_on,
        tell_citizen=row.tell_citizen,
        matter_id=row.matter_id if row.tenant_id == own_id else None,
        notice_id=row.notice_id if row.tenant_id == own_id else None,
        reception_id=row.reception_id if row.tenant_id == own_id else None,
        standing=standing_of(row, steps),
        steps=tuple(
            StepView(
                StepKind(step.kind),
                step.on_day,
                bodies[step.tenant_id].short_name,
                notes.get(step.id, ""),
                step.percent,
                step.due_on,
            )
            for step in steps
            if side_of(step, row) is not None
        ),
    )
