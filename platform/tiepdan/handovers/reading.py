"""Ask about handovers: lists, one of them, the way of a petition."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.errors import Invalid, NotFound
from tiepdan.core.scope import tenant_scope
from tiepdan.handovers.letters import Copy, leg_from_stored, open_copy_for_us, open_note
from tiepdan.handovers.models import Handover, HandoverOrigin, HandoverStep
from tiepdan.handovers.rules import FINAL, Basis, Leg, State, Word, state_of
from tiepdan.identity.vault import journal_read
from tiepdan.web.paging import PAGE_SIZE, Page, decode_cursor, encode_cursor


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of a handover, its note opened for us."""

    word: Word
    taken_on: date
    note: str


@dataclass(frozen=True, slots=True)
class HandoverView:
    """A handover as either side sees it.

    outgoing: we sent it. petition_id: our own petition, the sent one or the one registered here; else None.
    """

    id: UUID
    sender_id: int
    receiver_id: int
    basis: Basis
    document_number: str
    sent_on: date
    sealed: bool
    loop: bool
    outgoing: bool
    petition_id: UUID | None
    steps: Sequence[StepView]

    @property
    def state(self) -> State:
        """How it stands."""
        return state_of([step.word for step in self.steps])

    @property
    def waits(self) -> bool:
        """Say whether an answer is still due."""
        return self.state in (State.SENT, State.RECEIVED)

    @property
    def waits_for_return(self) -> bool:
        """Say whether the sender has still to go on with what was refused."""
        words = {step.word for step in self.steps}
        return Word.REFUSED in words and Word.TAKEN_BACK not in words

    def step(self, word: Word) -> StepView | None:
        """Return one of its steps."""
        return next((step for step in self.steps if step.word is word), None)


def list_handovers(
    *, outgoing: bool, actor: Actor, waiting: bool = False, cursor: str | None = None, size: int = PAGE_SIZE
) -> Page[HandoverView]:
    """List what was sent, or what was received, newest first. waiting: only what has no answer yet."""
    actor.require("handovers.view")
    own = Handover.tenant_id if outgoing else Handover.peer_tenant_id
    query = (
        sa.select(Handover)
        .where(own == tenant_scope().tenant_id)
        .order_by(Handover.sent_on.desc(), Handover.id.desc())
        .limit(size + 1)
    )
    if waiting:
        query = query.where(~_has_final_step())
    after = decode_cursor(cursor, 2)
    if after is not None:
        try:
            last = (date.fromisoformat(after[0]), UUID(after[1]))
        except ValueError as error:
            raise Invalid("cursor") from error
        query = query.where(sa.tuple_(Handover.sent_on, Handover.id) < last)
    rows = db.session.scalars(query).all()
    views = _views(rows[:size])
    more = encode_cursor(str(views[-1].sent_on), str(views[-1].id)) if len(rows) > size else None
    return Page(views, more)


def count_waiting() -> int:
    """Count the handovers that wait for our answer. For the menu and the head's page."""
    counted = db.session.scalar(
        sa.select(sa.func.count())
        .select_from(Handover)
        .where(Handover.peer_tenant_id == tenant_scope().tenant_id, ~_has_final_step())
    )
    return counted or 0


def open_handover(sender_id: int, handover_id: UUID, *, actor: Actor) -> HandoverView:
    """Return one handover of ours, sent or received. Raises Forbidden, NotFound."""
    actor.require("handovers.view")
    return _views([load_handover(sender_id, handover_id)])[0]


def handovers_of(petition_id: UUID) -> list[HandoverView]:
    """Return the handovers by which a petition of ours was sent on, newest first."""
    own = Handover.tenant_id == tenant_scope().tenant_id
    rows = db.session.scalars(
        sa.select(Handover).where(own, Handover.petition_id == petition_id).order_by(Handover.id.desc())
    ).all()
    return _views(rows)


def first_holders(petition_ids: Collection[UUID]) -> dict[UUID, int]:
    """Return the body at the beginning of the way of those petitions of ours that were handed over to us."""
    found = sa.select(HandoverOrigin.petition_id, HandoverOrigin.sender_tenant_id, HandoverOrigin.legs).where(
        HandoverOrigin.petition_id.in_(list(petition_ids))
    )
    return {row.petition_id: row.legs[0][0] if row.legs else row.sender_tenant_id for row in db.session.execute(found)}


def way_of(petition_id: UUID) -> list[Leg]:
    """Return the way of a petition (chuỗi luân chuyển): how it came to us, and where we sent it."""
    origin = db.session.scalar(sa.select(HandoverOrigin).where(HandoverOrigin.petition_id == petition_id))
    came = [leg_from_stored(leg) for leg in origin.legs] if origin is not None else []
    sent = [
        Leg(view.sender_id, view.receiver_id, view.sent_on, view.document_number)
        for view in reversed(handovers_of(petition_id))
    ]
    return came + sent


def open_copy(sender_id: int, handover_id: UUID, *, actor: Actor, reason: str = "") -> Copy:
    """Read the copy we received, before or after accepting it.

    A sealed one needs the right and a reason; both are written into the journal before it is read.
    Raises Forbidden, NotFound for one we did not receive, Invalid without a reason.
    """
    actor.require("handovers.view")
    handover = load_handover(sender_id, handover_id)
    if handover.peer_tenant_id != tenant_scope().tenant_id:
        raise NotFound(f"received handover {handover_id}")
    if handover.sealed:
        journal_read(
            "handover.copy_opened", actor=actor, subject_type="handover", subject_id=handover_id, reason=reason
        )
    return open_copy_for_us(handover.payload, handover_id=handover_id)


def load_handover(sender_id: int, handover_id: UUID) -> Handover:
    """Load a handover that the tenant in scope sent or received; NotFound for any other."""
    found = db.session.scalar(sa.select(Handover).where(Handover.tenant_id == sender_id, Handover.id == handover_id))
    if found is None:
        raise NotFound(f"handover {sender_id}/{handover_id}")
    return found


def _has_final_step() -> sa.ColumnElement[bool]:
    return (
        sa.exists()
        .where(
            HandoverStep.tenant_id == Handover.tenant_id,
            HandoverStep.handover_id == Handover.id,
            HandoverStep.word.in_([word.value for word in FINAL]),
        )
        .correlate(Handover)
    )


def _views(rows: Sequence[Handover]) -> list[HandoverView]:
    ids = [row.id for row in rows]
    steps: dict[tuple[int, UUID], list[StepView]] = {}
    for step in _steps_of(ids):
        steps.setdefault((step.tenant_id, step.handover_id), []).append(_step_view(step))
    here = tenant_scope().tenant_id
    registered = _registered_here(ids)
    return [
        HandoverView(
            id=row.id,
            sender_id=row.tenant_id,
            receiver_id=row.peer_tenant_id,
            basis=Basis(row.basis),
            document_number=row.document_number,
            sent_on=row.sent_on,
            sealed=row.sealed,
            loop=row.loop,
            outgoing=row.tenant_id == here,
            petition_id=row.petition_id if row.tenant_id == here else registered.get(row.id),
            steps=steps.get((row.tenant_id, row.id), []),
        )
        for row in rows
    ]


def _steps_of(ids: Collection[UUID]) -> Sequence[HandoverStep]:
    if not ids:
        return []
    return db.session.scalars(
        sa.select(HandoverStep)
        .where(HandoverStep.handover_id.in_(ids))
        .order_by(HandoverStep.taken_at, HandoverStep.id)
    ).all()


def _step_view(step: HandoverStep) -> StepView:
    note = open_note(step.for_sender, step.for_receiver, step_id=step.id, sender_id=step.tenant_id)
    return StepView(Word(step.word), step.taken_on, note)


def _registered_here(ids: Collection[UUID]) -> dict[UUID, UUID]:
    rows: Sequence[Any] = []
    if ids:
        rows = db.session.execute(
            sa.select(HandoverOrigin.handover_id, HandoverOrigin.petition_id).where(HandoverOrigin.handover_id.in_(ids))
        ).all()
    return {row.handover_id: row.petition_id for row in rows}
