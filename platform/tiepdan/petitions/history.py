"""Write a petition's history, and keep what follows from every change: clocks, shared summary, version."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tiepdan.audit.service import Detail, record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.inserts import insert_row
from tiepdan.deadlines.service import ClockView, NewClock, nearest_due
from tiepdan.deadlines.service import start_clocks as start_clocks_of
from tiepdan.extensions.outbox import announce
from tiepdan.formparts.coded import going_up, open_answers
from tiepdan.formparts.rules import Answer
from tiepdan.formparts.service import answers_of
from tiepdan.identity.vault import store_text
from tiepdan.notifications.rules import Happening
from tiepdan.notifications.service import tell_sender, tell_staff
from tiepdan.petitions.models import PETITION_STEPS, Matter, Petition
from tiepdan.petitions.obligations import Obligation
from tiepdan.petitions.rules import PetitionStatus, Step
from tiepdan.sdk import EventName, PetitionKind, Record
from tiepdan.sharing.service import CaseSummary, add_more, lacks_more, publish_case

SUBJECT = "petition"

# What plugins hear of which step. That one of the five ways was chosen is told of each of them.
_EVENTS = {
    Step.ACCEPTED: (EventName.PETITION_ACCEPTED, EventName.PETITION_DECIDED),
    Step.TRANSFERRED: (EventName.PETITION_TRANSFERRED, EventName.PETITION_DECIDED),
    Step.GUIDED: (EventName.PETITION_DECIDED,),
    Step.RETURNED: (EventName.PETITION_DECIDED,),
    Step.FILED: (EventName.PETITION_DECIDED,),
}

# What the sender is told of which step, if they asked for it: only what was decided and signed.
_NEWS = {
    Step.ACCEPTED: Happening.PETITION_ACCEPTED,
    Step.TRANSFERRED: Happening.PETITION_TRANSFERRED,
    Step.GUIDED: Happening.PETITION_DECIDED,
    Step.RETURNED: Happening.PETITION_DECIDED,
    Step.FILED: Happening.PETITION_DECIDED,
    Step.RESOLVED: Happening.PETITION_RESULT,
}


@dataclass(frozen=True, slots=True)
class StepNote:
    """What is written down beside a step. reason: free text, kept in the vault and sealed with the petition."""

    reason: str = ""
    document_number: str = ""
    body: str = ""
    failed: tuple[str, ...] = ()
    handler_id: UUID | None = None


def take_step(
    petition: Petition,
    step: Step,
    *,
    actor: Actor,
    on: date,
    to: PetitionStatus | None = None,
    note: StepNote | None = None,
) -> None:
    """Move a locked petition on: new status and version, one row of history, one line of the journal."""
    note = note or StepNote()
    before = petition.status
    if to is not None:
        petition.status = to.value
    petition.version += 1
    reason_id = store_text(note.reason.strip(), sealed=petition.sealed) if note.reason.strip() else None
    db.session.flush()
    insert_row(
        PETITION_STEPS,
        {
            "petition_id": petition.id,
            "step": step.value,
            "from_status": before,
            "to_status": petition.status,
            "taken_on": on,
            "account_id": actor.account_id,
            "handler_id": note.handler_id,
            "reason_id": reason_id,
            "document_number": note.document_number.strip() or None,
            "body": note.body.strip() or None,
            "failed": ",".join(note.failed) or None,
            "version": petition.version,
        },
    )
    journal(petition.id, step, actor=actor, detail={"code": petition.code, "from": before, "to": petition.status})
    for name in _EVENTS.get(step, ()):
        facts = {"decision": step.value, "kind": petition.kind, "field": petition.field, "origin": petition.origin}
        announce(name, subject_id=petition.id, on=on, facts=facts, sealed=petition.sealed)
    news = _NEWS.get(step)
    if news is not None:
        tell_sender(news, subject_id=petition.id, number=petition.version, code=petition.code, sealed=petition.sealed)
    if step is Step.ASSIGNED and note.handler_id is not None and note.handler_id != actor.account_id:
        occasion = f"{petition.id}:{petition.version}"
        tell_staff(Happening.TASK_ASSIGNED, [note.handler_id], occasion=occasion)


def journal(petition_id: UUID, step: Step, *, actor: Actor, detail: Detail | None = None) -> None:
    """Write a step into the journal: codes only."""
    record_event(f"petition.{step.value}", actor=actor, subject_type=SUBJECT, subject_id=petition_id, detail=detail)


def start_clocks(
    petition_id: UUID, obligations: Iterable[Obligation], *, kind: str | None, actor: Actor
) -> list[ClockView]:
    """Start a clock for each obligation, in one statement. kind: of the petition, where it is known."""
    return start_clocks_of(
        [NewClock(owed.rule_id, SUBJECT, petition_id, owed.event_on, owed.variant, kind=kind) for owed in obligations],
        actor=actor,
    )


def follow_up(petition: Petition, matter: Matter) -> None:
    """After a change: keep the nearest due day, and let superiors see what they may."""
    petition.due_on = nearest_due(SUBJECT, petition.id)
    db.session.flush()
    publish(petition, matter)


def publish(petition: Petition, matter: Matter, *, new: bool = False) -> None:
    """Tell sharing how a petition now stands; the share profile decides what of it goes up.

    new: it was written in this very transaction.
    """
    publish_case(
        CaseSummary(
            case_id=petition.id,
            kind=PetitionKind(petition.kind) if petition.kind else None,
            status=petition.status,
            field=petition.field,
            received_on=petition.received_on,
            due_on=petition.due_on,
            closed_on=petition.closed_on,
            mass=matter.mass,
            complex=matter.complex,
            prolonged=matter.prolonged,
            level_skipping=matter.level_skipping,
            people_count=petition.people_count,
            code=petition.code,
            sealed=petition.sealed,
        ),
        new=new,
    )
    if petition.has_answers and not petition.sealed and not new and lacks_more(petition.id):
        share_answers(petition.id, open_answers(answers_of(Record.PETITION, petition.id)))


def share_answers(petition_id: UUID, answers: Sequence[Answer]) -> None:
    """Add the answers that go up to what superiors see of a petition; answers never change, so once is enough."""
    add_more(petition_id, going_up(answers))
