"""What both sides do with an escalation: the superior acknowledges, the late unit explains."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.dialects.postgresql import insert

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db, new_id
from tiepdan.core.errors import Conflict, Invalid, NotFound
from tiepdan.core.scope import tenant_scope
from tiepdan.deadlines.law import all_rules
from tiepdan.deadlines.law_words import name_rule
from tiepdan.directives.service import ASSIGNMENT_RULE
from tiepdan.escalation.models import ClockMark, Escalation, EscalationStep
from tiepdan.escalation.rules import ANSWERS, Side, Word
from tiepdan.identity.keys import open_for_us, seal_for
from tiepdan.web.paging import PAGE_SIZE, Page, decode_cursor, encode_cursor

RIGHT = "escalations.acknowledge"
_SEE_RECEIVED = "shared.view"
_SEE_OWN = "clocks.view"


@dataclass(frozen=True, slots=True)
class StepView:
    """What one side did, its note opened for us."""

    word: Word
    taken_on: date
    note: str


@dataclass(frozen=True, slots=True)
class EscalationView:
    """An escalation as either side sees it. case_id, rule_name, due_on: None for a sealed case.

    reference: random; by it the two can speak of a sealed case. given_work: case_id is an assignment's.
    rung: 0 for a body on no rung. plugin, source: whose route brought it; None where the ladder did.
    takes_over: the receiver is asked to take the matter over. emergency: by whose name it came past the superior.
    """

    id: UUID
    sender_id: int
    receiver_id: int
    rung: int
    raised_on: date
    sealed: bool
    reference: UUID
    case_id: UUID | None
    rule_name: str | None
    due_on: date | None
    received: bool
    steps: Sequence[StepView]
    given_work: bool = False
    plugin: str | None = None
    source: str | None = None
    takes_over: bool = False
    emergency: str | None = None

    @property
    def answered(self) -> bool:
        """Say whether the receiver has shown that it knows."""
        return any(step.word in ANSWERS for step in self.steps)

    @property
    def open_to_take_over(self) -> bool:
        """Say whether the receiver is asked to take the matter over and has not done so."""
        return self.takes_over and self.step(Word.TAKEN_OVER) is None

    def step(self, word: Word) -> StepView | None:
        """Return what was done by one word."""
        return next((step for step in self.steps if step.word is word), None)

    @property
    def short_reference(self) -> str:
        """Return the reference as people say it on the telephone."""
        return self.reference.hex[:8].upper()


@dataclass(frozen=True, slots=True)
class ClockWarning:
    """A warning the sweep gave about one of our clocks."""

    clock_id: UUID
    kind: str
    marked_on: date


def list_escalations(
    *,
    received: bool,
    actor: Actor,
    waiting: bool = False,
    to_take_over: bool = False,
    cursor: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[EscalationView]:
    """List what units below told us, or what we told our superiors, newest first.

    waiting: only what the superior has not acknowledged yet. to_take_over: only what the receiver is asked to take
    over. Raises Forbidden.
    """
    actor.require(_SEE_RECEIVED if received else _SEE_OWN)
    own = Escalation.peer_tenant_id if received else Escalation.tenant_id
    query = (
        sa.select(Escalation)
        .where(own == tenant_scope().tenant_id)
        .order_by(Escalation.raised_on.desc(), Escalation.id)
        .limit(size + 1)
    )
    if waiting:
        query = query.where(~_acknowledged())
    if to_take_over:
        query = query.where(Escalation.takes_over)
    after = decode_cursor(cursor, 2)
    if after is not None:
        try:
            day, last_id = date.fromisoformat(after[0]), UUID(after[1])
        except ValueError as error:
            raise Invalid("cursor") from error
        query = query.where(Escalation.raised_on <= day, sa.or_(Escalation.raised_on < day, Escalation.id > last_id))
    rows = db.session.scalars(query).all()
    views = _views(rows[:size])
    more = encode_cursor(str(views[-1].raised_on), str(views[-1].id)) if len(rows) > size else None
    return Page(views, more)


def count_unacknowledged() -> int:
    """Count the escalations that wait for our acknowledgement. For the head's page."""
    counted = db.session.scalar(
        sa.select(sa.func.count())
        .select_from(Escalation)
        .where(Escalation.peer_tenant_id == tenant_scope().tenant_id, ~_acknowledged())
    )
    return counted or 0


def open_escalation(sender_id: int, escalation_id: UUID, *, actor: Actor) -> EscalationView:
    """Return one escalation of ours. Raises Forbidden, NotFound."""
    row = _load(sender_id, escalation_id)
    actor.require(_SEE_RECEIVED if row.peer_tenant_id == tenant_scope().tenant_id else _SEE_OWN)
    return _views([row])[0]


def acknowledge_escalation(sender_id: int, escalation_id: UUID, *, note: str = "", actor: Actor, on: date) -> None:
    """Take note of an escalation, with an instruction to the late unit if one is needed.

    Raises Forbidden, NotFound for one that did not come to us, Conflict when it was acknowledged before.
    """
    actor.require(RIGHT)
    row = _load(sender_id, escalation_id)
    if row.peer_tenant_id != tenant_scope().tenant_id:
        raise NotFound(f"received escalation {escalation_id}")
    _take_step(row, Side.RECEIVER, Word.ACKNOWLEDGED, note=note, actor=actor, on=on)


def take_matter_over(sender_id: int, escalation_id: UUID, *, note: str = "", actor: Actor, on: date) -> None:
    """Say that we take over what we were asked to; the late unit then sends us the file.

    Raises Forbidden, NotFound for one that did not come to us or does not ask for it, Conflict when it was done
    before.
    """
    actor.require(RIGHT)
    row = _load(sender_id, escalation_id)
    if row.peer_tenant_id != tenant_scope().tenant_id or not row.takes_over:
        raise NotFound(f"received escalation {escalation_id} that asks to be taken over")
    _take_step(row, Side.RECEIVER, Word.TAKEN_OVER, note=note, actor=actor, on=on)


def explain_escalation(escalation_id: UUID, *, note: str, actor: Actor, on: date) -> None:
    """Explain to the superior why it is late and what is being done.

    Raises Forbidden, NotFound, Invalid without an explanation, Conflict when there is one.
    """
    actor.require(RIGHT)
    if not note.strip():
        raise Invalid(_("Hãy ghi giải trình."), {"note": _("Hãy ghi vì sao trễ và sẽ xong khi nào.")})
    row = _load(tenant_scope().tenant_id, escalation_id)
    _take_step(row, Side.SENDER, Word.EXPLAINED, note=note, actor=actor, on=on)


def recent_warnings(since: date, *, actor: Actor, limit: int = PAGE_SIZE) -> list[ClockWarning]:
    """Return the warnings of our own clocks since a day, newest first. Raises Forbidden."""
    actor.require(_SEE_OWN)
    rows = db.session.execute(
        sa.select(ClockMark.clock_id, ClockMark.kind, ClockMark.marked_on)
        .where(
            ClockMark.tenant_id == tenant_scope().tenant_id,
            ClockMark.marked_on >= since,
            ClockMark.escalation_id.is_(None),
        )
        .order_by(ClockMark.marked_on.desc(), ClockMark.clock_id)
        .limit(limit)
    )
    return [ClockWarning(*row) for row in rows]


def cover_case(case_id: UUID) -> None:
    """Cover a case in what was already told of it, also where only its limit was: it turned out to be sealed."""
    own = tenant_scope().tenant_id
    told = sa.select(ClockMark.escalation_id).where(
        ClockMark.tenant_id == own, ClockMark.subject_id == case_id, ClockMark.escalation_id.is_not(None)
    )
    db.session.execute(
        sa.update(Escalation)
        .where(Escalation.tenant_id == own, Escalation.id.in_(told))
        .values(sealed=True, case_id=None, rule_id=None, due_on=None, emergency=None)
    )


def _load(sender_id: int, escalation_id: UUID) -> Escalation:
    row = db.session.scalar(
        sa.select(Escalation).where(Escalation.tenant_id == sender_id, Escalation.id == escalation_id)
    )
    if row is None:
        raise NotFound(f"escalation {sender_id}/{escalation_id}")
    return row


def _acknowledged() -> sa.ColumnElement[bool]:
    return (
        sa.exists()
        .where(
            EscalationStep.tenant_id == Escalation.tenant_id,
            EscalationStep.escalation_id == Escalation.id,
            EscalationStep.word.in_([word.value for word in ANSWERS]),
        )
        .correlate(Escalation)
    )


def _take_step(row: Escalation, side: Side, word: Word, *, note: str, actor: Actor, on: date) -> None:
    step_id = new_id()
    plain = note.strip().encode()
    statement = insert(EscalationStep).values(
        tenant_id=row.tenant_id,
        id=step_id,
        peer_tenant_id=row.peer_tenant_id,
        escalation_id=row.id,
        side=side.value,
        word=word.value,
        taken_on=on,
        for_sender=seal_for(row.tenant_id, plain, _place(step_id)) if plain else None,
        for_receiver=seal_for(row.peer_tenant_id, plain, _place(step_id)) if plain else None,
    )
    written = db.session.execute(statement.on_conflict_do_nothing().returning(EscalationStep.id))
    if written.scalar() is None:
        raise Conflict(_("Việc này đã được ghi nhận trước đó. Hãy tải lại trang."))
    record_event(f"escalation.{word.value}", actor=actor, subject_type="escalation", subject_id=row.id)


def _views(rows: Sequence[Escalation]) -> list[EscalationView]:
    here = tenant_scope().tenant_id
    steps: dict[tuple[int, UUID], list[StepView]] = {}
    if rows:
        found = db.session.scalars(
            sa.select(EscalationStep)
            .where(EscalationStep.escalation_id.in_([row.id for row in rows]))
            .order_by(EscalationStep.taken_at)
        )
        for step in found:
            blob = step.for_sender if step.tenant_id == here else step.for_receiver
            note = open_for_us(blob, _place(step.id)).decode() if blob is not None else ""
            steps.setdefault((step.tenant_id, step.escalation_id), []).append(
                StepView(Word(step.word), step.taken_on, note)
            )
    rules = all_rules()
    return [
        EscalationView(
            id=row.id,
            sender_id=row.tenant_id,
            receiver_id=row.peer_tenant_id,
            rung=row.rung,
            raised_on=row.raised_on,
            sealed=row.sealed,
            reference=row.reference,
            case_id=row.case_id,
            rule_name=name_rule(rules[row.rule_id]) if row.rule_id in rules else row.rule_id,
            due_on=row.due_on,
            received=row.peer_tenant_id == here,
            steps=steps.get((row.tenant_id, row.id), []),
            given_work=row.rule_id == ASSIGNMENT_RULE,
            plugin=row.plugin,
            source=row.source,
            takes_over=row.takes_over,
            emergency=row.emergency,
        )
        for row in rows
    ]


def _place(step_id: UUID) -> str:
    return f"escalation_step/{step_id}"
