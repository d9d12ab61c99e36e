"""Decide what becomes of a classified petition: accept, guide, transfer, return, file."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask_babel import gettext as _

from tiepdan.core.actor import Actor
from tiepdan.core.errors import Conflict, Invalid
from tiepdan.core.plugins import join
from tiepdan.core.scope import tenant_scope
from tiepdan.deadlines.service import stop_clocks
from tiepdan.extensions.cautions import Caution, journal_cautions
from tiepdan.petitions.classification import was_guided_before
from tiepdan.petitions.competence import check_competence
from tiepdan.petitions.history import SUBJECT, StepNote, follow_up, start_clocks, take_step
from tiepdan.petitions.loading import check_step, lock_petition
from tiepdan.petitions.matters import close_matter_if_done
from tiepdan.petitions.models import Matter, Petition
from tiepdan.petitions.obligations import (
    ANSWER_KEYS,
    INTAKE_KEYS,
    NOTICE_KEYS,
    TRANSFER_KEYS,
    for_transfer,
    on_acceptance,
    on_receipt,
    rule_ids,
)
from tiepdan.petitions.replies import check_reply
from tiepdan.petitions.rules import (
    DECISION_OUTCOME,
    DECISION_STATUS,
    DECISION_STEP,
    TRANSFER_OF_COMPLAINTS_FROM,
    Decision,
    Origin,
    PetitionStatus,
    Ruling,
    Standing,
    Step,
    open_decisions,
)
from tiepdan.petitions.words import RULINGS
from tiepdan.sdk import Branch, PetitionKind
from tiepdan.tenancy.service import tenant_by_id


@dataclass(frozen=True, slots=True)
class MadeDecision:
    """A decision with its papers.

    body: to whom it is transferred or returned. notified_on: day the sender was told in writing, if already.
    second_instance, complex_case, remote: choose the settlement limit of an accepted complaint (CMP-04..09).
    to: slug of the body that receives it through the platform.
    confirmed: codes of what plugins warn of and somebody confirmed.
    """

    decision: Decision
    reason: str = ""
    document_number: str = ""
    body: str = ""
    notified_on: date | None = None
    second_instance: bool = False
    complex_case: bool = False
    remote: bool = False
    to: str = ""
    confirmed: frozenset[str] = frozenset()


def decide_petition(
    petition_id: UUID, made: MadeDecision, *, actor: Actor, on: date, seen_version: int | None = None
) -> None:
    """Decide on a classified petition; the clocks of intake end, those of the decision start.

    Raises Forbidden, NotFound, Invalid for missing papers, Conflict where the law does not open the decision or a
    plugin objects, UnconfirmedError for what plugins warn of.
    """
    actor.require("petitions.decide")
    petition, matter = lock_petition(petition_id, seen_version)
    step = DECISION_STEP[made.decision]
    check_step(petition, step)
    ruling = decisions_open(petition, on=on)[made.decision]
    if ruling is not None:
        raise Conflict(RULINGS[ruling])
    _check_papers(made, petition, on)
    cautions = _ask_plugins(made, petition, on)
    petition.decided_on = on
    outcome = DECISION_OUTCOME.get(made.decision)
    petition.outcome = outcome.value if outcome else None
    _change_clocks(petition, made, actor=actor, on=on)
    note = StepNote(reason=made.reason, document_number=made.document_number, body=made.body)
    take_step(petition, step, actor=actor, on=on, to=DECISION_STATUS[made.decision], note=note)
    journal_cautions(cautions, actor=actor, subject_type=SUBJECT, subject_id=petition.id)
    if made.decision is Decision.FILE:
        end_petition(petition, matter, actor=actor, on=on)
    elif made.notified_on is not None:
        note_notice(petition, matter, made.notified_on, actor=actor, on=on)
    follow_up(petition, matter)


def decisions_open(petition: Petition, *, on: date) -> dict[Decision, Ruling | None]:
    """Say of each decision whether it is open for a petition (None) or why not."""
    return open_decisions(
        Standing(
            status=PetitionStatus(petition.status),
            kind=PetitionKind(petition.kind) if petition.kind else None,
            origin=Origin(petition.origin),
            eligible=petition.eligible,
            within_competence=petition.within_competence,
            guided_before=was_guided_before(petition),
            transfer_of_complaints=on >= TRANSFER_OF_COMPLAINTS_FROM,
            of_party=_branch() is Branch.PARTY,
        )
    )


def record_notice(
    petition_id: UUID,
    *,
    notified_on: date,
    document_number: str,
    actor: Actor,
    on: date,
    seen_version: int | None = None,
) -> None:
    """Record that the sender was told in writing (PTY-06, REC-12).

    A petition that was guided, transferred or returned ends with it. Raises Forbidden, NotFound, Invalid, Conflict.
    """
    actor.require("petitions.decide")
    petition, matter = lock_petition(petition_id, seen_version)
    check_step(petition, Step.NOTIFIED)
    if not petition.received_on <= notified_on <= on:
        message = _("Ngày thông báo phải từ ngày nhận đơn đến hôm nay.")
        raise Invalid(message, {"notified_on": message})
    note_notice(petition, matter, notified_on, actor=actor, on=on, document_number=document_number)
    follow_up(petition, matter)


def take_back_petition(
    petition_id: UUID, *, reason: str, actor: Actor, on: date, seen_version: int | None = None
) -> None:
    """Go on with a petition whose receiver refused it, or that was sent by mistake: it is classified again.

    It owes its limits again; a new transfer has its five days from now. What was sent through the platform and is
    not answered yet is withdrawn with it (petition_taken_back).
    Raises Forbidden, NotFound, Conflict, also when the receiver has taken the petition on.
    """
    actor.require("petitions.decide")
    petition, matter = lock_petition(petition_id, seen_version)
    check_step(petition, Step.TAKEN_BACK)
    petition.outcome = petition.decided_on = petition.closed_on = petition.told_on = None
    matter.closed_on = None
    take_step(petition, Step.TAKEN_BACK, actor=actor, on=on, to=PetitionStatus.CLASSIFIED, note=StepNote(reason=reason))
    # The period of the law did not stop while the paper travelled: the first limits stand again.
    owed = on_receipt(_branch(), Origin(petition.origin), petition.received_on)
    stop_clocks(SUBJECT, petition.id, [one.rule_id for one in owed], on=on, outcome="stopped", actor=actor)
    again = for_transfer(_branch(), PetitionKind(petition.kind or ""), Origin(petition.origin), on)
    start_clocks(petition.id, [*owed, *again], kind=petition.kind, actor=actor)
    join("petition_taken_back", petition_id=petition.id, on=on)
    follow_up(petition, matter)


def note_notice(
    petition: Petition, matter: Matter, notified_on: date, *, actor: Actor, on: date, document_number: str = ""
) -> None:
    """Write down the notice on a locked petition; one that went elsewhere ends with it."""
    petition.notified_on = petition.notified_on or notified_on
    stop_clocks(SUBJECT, petition.id, rule_ids(*NOTICE_KEYS), on=notified_on, actor=actor)
    accepted = petition.status in {PetitionStatus.ACCEPTED, PetitionStatus.IN_PROGRESS}
    if accepted:
        stop_clocks(SUBJECT, petition.id, rule_ids("denunciation.acceptance_notice"), on=notified_on, actor=actor)
    take_step(petition, Step.NOTIFIED, actor=actor, on=on, note=StepNote(document_number=document_number))
    if petition.status in {PetitionStatus.GUIDED, PetitionStatus.TRANSFERRED, PetitionStatus.RETURNED}:
        end_petition(petition, matter, actor=actor, on=on, told_on=notified_on)


def end_petition(petition: Petition, matter: Matter, *, actor: Actor, on: date, told_on: date | None = None) -> None:
    """Nothing is left to do: clocks end, the matter may close, higher slices take part (petition_closed).

    told_on: day the citizen was told; the clocks end by it, the petition on the day it is written down.
    """
    petition.closed_on = on
    petition.told_on = told_on
    stop_clocks(SUBJECT, petition.id, on=told_on or on, actor=actor)
    close_matter_if_done(matter, on=on)
    join("petition_closed", petition_id=petition.id, outcome=petition.outcome, on=on)


def _branch() -> Branch:
    return tenant_by_id(tenant_scope().tenant_id).branch


def _ask_plugins(made: MadeDecision, petition: Petition, on: date) -> list[Caution]:
    """Let plugins object to taking on and sending, and hold guidance, which is the reply, against their rules."""
    if made.decision is Decision.GUIDE:
        return check_reply(made.reason, field="reason", confirmed=made.confirmed)
    return check_competence(petition, made.decision, to=made.to, confirmed=made.confirmed, on=on)


def _check_papers(made: MadeDecision, petition: Petition, on: date) -> None:
    errors: dict[str, object] = {}
    if made.decision is not Decision.ACCEPT and not made.reason.strip():
        errors["reason"] = _("Hãy ghi lý do.")
    if made.decision in {Decision.TRANSFER, Decision.RETURN}:
        if not made.body.strip():
            errors["body"] = _("Hãy ghi cơ quan nhận.")
        if not made.document_number.strip():
            errors["document_number"] = _("Hãy ghi số văn bản chuyển hoặc trả lại.")
    if made.notified_on is not None and not petition.received_on <= made.notified_on <= on:
        errors["notified_on"] = _("Ngày thông báo phải từ ngày nhận đơn đến hôm nay.")
    if errors:
        raise Invalid(_("Còn thông tin chưa đúng."), errors)


def _change_clocks(petition: Petition, made: MadeDecision, *, actor: Actor, on: date) -> None:
    ended = INTAKE_KEYS if made.decision is Decision.ACCEPT else (*INTAKE_KEYS, *ANSWER_KEYS)
    stop_clocks(SUBJECT, petition.id, rule_ids(*ended), on=on, actor=actor)
    if made.decision is Decision.TRANSFER:
        _end_transfer_clocks(petition, actor=actor, on=on)
    else:  # what is not passed on owes no passing on
        stop_clocks(SUBJECT, petition.id, rule_ids(*TRANSFER_KEYS), on=on, outcome="stopped", actor=actor)
    if made.decision is not Decision.ACCEPT:
        return
    owed = on_acceptance(
        _branch(),
        PetitionKind(petition.kind or ""),
        on,
        second_instance=made.second_instance,
        complex_case=made.complex_case,
        remote=made.remote,
    )
    start_clocks(petition.id, owed, kind=petition.kind, actor=actor)


def _end_transfer_clocks(petition: Petition, *, actor: Actor, on: date) -> None:
    """Judge the passing on by its five working days, also where no clock ran so far (REC-13, DEN-03)."""
    ended = stop_clocks(SUBJECT, petition.id, rule_ids(*TRANSFER_KEYS), on=on, actor=actor)
    judged = {clock.rule_id for clock in ended}
    kind, origin = PetitionKind(petition.kind or ""), Origin(petition.origin)
    owed = for_transfer(_branch(), kind, origin, petition.received_on)
    unjudged = [one for one in owed if one.rule_id not in judged]
    if start_clocks(petition.id, unjudged, kind=petition.kind, actor=actor):
        stop_clocks(SUBJECT, petition.id, rule_ids(*TRANSFER_KEYS), on=on, actor=actor)
