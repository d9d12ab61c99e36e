"""The sender's side: send a petition as a sealed copy, withdraw it, go on with what was refused."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db, new_id
from tiepdan.core.errors import Conflict, Invalid
from tiepdan.core.scope import tenant_scope
from tiepdan.handovers.directory import describe_loop, find_loop
from tiepdan.handovers.letters import Copy, seal_copy
from tiepdan.handovers.models import Handover
from tiepdan.handovers.reading import load_handover, open_handover, way_of
from tiepdan.handovers.rules import Basis, Leg, State, Word, state_of
from tiepdan.handovers.steps import note_step_once, take_step, words_of
from tiepdan.petitions.rules import Decision, Field, PersonRole, PetitionStatus
from tiepdan.petitions.service import (
    MadeDecision,
    PetitionFile,
    PetitionRow,
    decide_petition,
    disclose_petition,
    open_file,
    petition_by_id,
    take_back_petition,
)
from tiepdan.sdk import PetitionKind
from tiepdan.tenancy.models import TenantState
from tiepdan.tenancy.service import TenantView, tenants_by_id


@dataclass(frozen=True, slots=True)
class NewHandover:
    """What the officer decides. despite_loop: send although the receiver had the petition before.

    confirmed: codes of what plugins warn of and somebody confirmed.
    """

    petition_id: UUID
    receiver_id: int
    basis: Basis
    document_number: str
    reason: str
    despite_loop: bool = False
    notified_on: date | None = None
    confirmed: frozenset[str] = frozenset()


def send_handover(new: NewHandover, *, actor: Actor, on: date, seen_version: int | None = None) -> tuple[int, UUID]:
    """Send a classified petition outside our competence to another body; return (sender, handover id).

    Its copy is sealed to the receiver; the petition becomes "transferred" and the clocks of the transfer end.
    Raises Forbidden, NotFound, Conflict where the law does not open a transfer or a plugin objects, Invalid for
    missing papers, a wrong receiver, or a loop that was not confirmed, UnconfirmedError for what plugins warn of.
    """
    actor.require("handovers.send")
    petition = petition_by_id(new.petition_id)
    receiver = _check_receiver(new.receiver_id)
    loop = find_loop(new.petition_id, receiver.id)
    if loop is not None and not new.despite_loop:
        message = describe_loop(loop)
        raise Invalid(message, {"despite_loop": message})
    made = MadeDecision(
        Decision.TRANSFER,
        reason=new.reason,
        document_number=new.document_number,
        body=receiver.name,
        notified_on=new.notified_on,
        to=receiver.slug,
        confirmed=new.confirmed,
    )
    decide_petition(new.petition_id, made, actor=actor, on=on, seen_version=seen_version)
    here = tenant_scope().tenant_id
    handover_id = new_id()
    leg = Leg(here, receiver.id, on, new.document_number.strip())
    copy = _copy(petition, new, [*way_of(petition.id), leg], actor=actor)
    db.session.execute(
        sa.insert(Handover),
        {
            "tenant_id": here,
            "id": handover_id,
            "peer_tenant_id": receiver.id,
            "petition_id": petition.id,
            "basis": new.basis.value,
            "document_number": new.document_number.strip(),
            "sent_on": on,
            "sealed": petition.sealed,
            "loop": loop is not None,
            "payload": seal_copy(copy, handover_id=handover_id, receiver_id=receiver.id),
        },
    )
    record_event(
        "handover.sent",
        actor=actor,
        subject_type="handover",
        subject_id=handover_id,
        detail={"receiver": receiver.slug, "petition": petition.code, "loop": loop is not None},
    )
    return here, handover_id


def withdraw_handover(handover_id: UUID, *, reason: str, actor: Actor, on: date) -> None:
    """Take a handover back that has no answer yet; its petition is classified again.

    Raises Forbidden, NotFound, Invalid without a reason, Conflict once it was answered.
    """
    actor.require("handovers.send")
    if not reason.strip():
        raise Invalid(_("Hãy ghi lý do."), {"reason": _("Hãy ghi lý do rút lại.")})
    handover = load_handover(tenant_scope().tenant_id, handover_id)
    take_step(handover, Word.WITHDRAWN, actor=actor, on=on, note=reason)
    _go_on(handover, reason.strip(), actor=actor, on=on)


def take_back_refused(handover_id: UUID, *, actor: Actor, on: date) -> bool:
    """Go on with a petition whose receiver refused it, the receiver's reason in its history.

    Once, however often it is asked (by the job that the refusal sent, or by hand where that job was lost);
    returns whether there was something to do. Raises NotFound.
    """
    handover = load_handover(tenant_scope().tenant_id, handover_id)
    viewer = Actor.system("handovers.view", tenant_id=handover.tenant_id)
    refused = open_handover(handover.tenant_id, handover_id, actor=viewer).step(Word.REFUSED)
    if refused is None or not note_step_once(handover, Word.TAKEN_BACK, on=on):
        return False
    petition = petition_by_id(handover.petition_id)
    if petition.status != PetitionStatus.TRANSFERRED:
        return False  # somebody went on with it by hand
    _go_on(handover, refused.note, actor=actor, on=on)
    return True


def sendable_petition(petition_id: UUID, *, actor: Actor) -> PetitionFile:
    """Return a petition for the form that sends it. Raises Forbidden, NotFound, Conflict."""
    actor.require("handovers.send")
    file = open_file(petition_id, actor=actor)
    if petition_by_id(petition_id).status != PetitionStatus.CLASSIFIED:
        raise Conflict(_("Chỉ chuyển được đơn đã phân loại và chưa quyết định hướng xử lý."))
    return file


def withdraw_unanswered(petition_id: UUID, *, on: date) -> None:
    """Withdraw what was sent of a petition that its sender takes back; the receiver sees the day and nothing else.

    What was refused or withdrawn before stays as it is. Raises Conflict when the receiver has taken it on.
    """
    handover = db.session.scalar(
        sa.select(Handover)
        .where(Handover.tenant_id == tenant_scope().tenant_id, Handover.petition_id == petition_id)
        .order_by(Handover.sent_on.desc(), Handover.id.desc())
        .limit(1)
    )
    if handover is None:
        return
    state = state_of(words_of(handover))
    if state is State.ACCEPTED:
        receiver = tenants_by_id([handover.peer_tenant_id])[handover.peer_tenant_id]
        raise Conflict(
            _(
                "%(body)s đã tiếp nhận đơn này theo văn bản %(number)s nên không lấy lại được nữa. "
                "Hãy đề nghị nơi đó chuyển lại.",
                body=receiver.name,
                number=handover.document_number,
            )
        )
    if state in {State.SENT, State.RECEIVED}:
        take_step(handover, Word.WITHDRAWN, actor=Actor.system(), on=on)


def _go_on(handover: Handover, reason: str, *, actor: Actor, on: date) -> None:
    petition = petition_by_id(handover.petition_id)
    decider = Actor(
        actor.account_id,
        actor.name,
        actor.roles,
        actor.permissions | {"petitions.decide"},
        actor.tenant_id,
    )
    take_back_petition(petition.id, reason=reason, actor=decider, on=on)


def _check_receiver(receiver_id: int) -> TenantView:
    receiver = tenants_by_id([receiver_id]).get(receiver_id)
    if receiver is None or receiver.state is not TenantState.ACTIVE or receiver.id == tenant_scope().tenant_id:
        message = _("Hãy chọn cơ quan nhận trong kết quả tìm kiếm.")
        raise Invalid(message, {"receiver": message})
    return receiver


def _copy(petition: PetitionRow, new: NewHandover, legs: list[Leg], *, actor: Actor) -> Copy:
    """Take the copy. For a sealed petition the vault writes each read into the journal before it happens."""
    reason = _("Chuyển đơn theo văn bản %(number)s", number=new.document_number.strip())
    opened = disclose_petition(petition.id, actor=actor, reason=reason)
    return Copy(
        code=petition.code,
        kind=PetitionKind(petition.kind or ""),
        field=Field(petition.field),
        content=opened.content,
        people=[person.details for person in opened.people if person.role is not PersonRole.RESPONDENT],
        respondents=[person.details for person in opened.people if person.role is PersonRole.RESPONDENT],
        people_count=petition.people_count,
        received_on=petition.received_on,
        reason=new.reason.strip(),
        legs=legs,
    )
