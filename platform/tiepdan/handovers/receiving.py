"""The receiver's side: note that a copy came, take it on as a petition of our own, or refuse it with a reason."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.core.actor import Actor
from tiepdan.core.db import after_commit, db
from tiepdan.core.errors import Invalid, NotFound
from tiepdan.core.scope import tenant_scope
from tiepdan.handovers.jobs import return_refused
from tiepdan.handovers.letters import open_copy_for_us, stored_leg
from tiepdan.handovers.models import Handover, HandoverOrigin, HandoverStep
from tiepdan.handovers.reading import load_handover
from tiepdan.handovers.rules import Word
from tiepdan.handovers.steps import note_step_once, take_step
from tiepdan.petitions.rules import Origin
from tiepdan.petitions.service import NewPetition, RegisteredPetition, register_petition
from tiepdan.tenancy.service import tenant_by_id

RIGHT = "handovers.receive"


def receive_handover(sender_id: int, handover_id: UUID, *, actor: Actor, on: date) -> None:
    """Note that the copy arrived; the sender sees the day. Raises Forbidden, NotFound, Conflict."""
    actor.require(RIGHT)
    take_step(_received(sender_id, handover_id), Word.RECEIVED, actor=actor, on=on)


def accept_handover(sender_id: int, handover_id: UUID, *, actor: Actor, on: date) -> RegisteredPetition:
    """Register the copy as a petition of ours, its way kept, and tell the sender its new code.

    Our clocks count from the day the copy was noted as received. A denunciation is sealed from the first moment.
    Raises Forbidden, NotFound, Conflict when it was answered or withdrawn.
    """
    actor.require(RIGHT)
    handover = _received(sender_id, handover_id)
    note_step_once(handover, Word.RECEIVED, on=on)
    copy = open_copy_for_us(handover.payload, handover_id=handover_id)
    new = NewPetition(
        content=copy.content,
        people=copy.people,
        respondents=copy.respondents,
        kind=copy.kind,
        field=copy.field,
        origin=Origin.TRANSFERRED,
        received_on=_received_on(handover),
        people_count=copy.people_count,
        sender_body=tenant_by_id(sender_id).name,
        sender_number=handover.document_number,
    )
    registered = register_petition(new, actor=_registrar(actor), on=on)
    take_step(handover, Word.ACCEPTED, actor=actor, on=on, note=registered.code)
    db.session.execute(
        sa.insert(HandoverOrigin),
        {
            "tenant_id": tenant_scope().tenant_id,
            "petition_id": registered.id,
            "sender_tenant_id": sender_id,
            "handover_id": handover_id,
            "sender_code": copy.code,
            "legs": [stored_leg(leg) for leg in copy.legs],
        },
    )
    return registered


def refuse_handover(sender_id: int, handover_id: UUID, *, reason: str, actor: Actor, on: date) -> None:
    """Refuse the copy; the reason goes back sealed, and the sender's petition is classified again.

    Raises Forbidden, NotFound, Invalid without a reason, Conflict when it was answered or withdrawn.
    """
    actor.require(RIGHT)
    if not reason.strip():
        raise Invalid(_("Hãy ghi lý do."), {"reason": _("Hãy ghi lý do từ chối để nơi gửi biết đường xử lý.")})
    handover = _received(sender_id, handover_id)
    note_step_once(handover, Word.RECEIVED, on=on)
    take_step(handover, Word.REFUSED, actor=actor, on=on, note=reason)
    # The sender's petition is the sender's: a job of that tenant goes on with it. Should the job be lost, the
    # sender's page offers the same step.
    after_commit(lambda: return_refused.send(sender_id, str(handover_id)))


def _received(sender_id: int, handover_id: UUID) -> Handover:
    handover = load_handover(sender_id, handover_id)
    if handover.peer_tenant_id != tenant_scope().tenant_id:
        raise NotFound(f"received handover {handover_id}")
    return handover


def _received_on(handover: Handover) -> date:
    day: date = db.session.scalars(
        sa.select(HandoverStep.taken_on).where(
            HandoverStep.tenant_id == handover.tenant_id,
            HandoverStep.handover_id == handover.id,
            HandoverStep.word == Word.RECEIVED.value,
        )
    ).one()
    return day


def _registrar(actor: Actor) -> Actor:
    """Accepting includes writing into the register; the head may accept without being the clerk."""
    return Actor(actor.account_id, actor.name, actor.roles, actor.permissions | {"petitions.register"}, actor.tenant_id)
