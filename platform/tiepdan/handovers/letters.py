"""What travels: the sealed copy of a petition, and the sealed notes that answer it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from tiepdan.core.scope import tenant_scope
from tiepdan.handovers.rules import Leg
from tiepdan.identity.keys import open_for_us, seal_for
from tiepdan.identity.vault import PersonDetails
from tiepdan.petitions.rules import Field
from tiepdan.sdk import PetitionKind


@dataclass(frozen=True, slots=True)
class Copy:
    """A petition as its receiver needs it. Only the receiver's private key opens it.

    reason: why it is sent. code: its code at the sender. legs: its way so far, this stretch included.
    """

    code: str
    kind: PetitionKind
    field: Field
    content: str
    people: Sequence[PersonDetails]
    respondents: Sequence[PersonDetails]
    people_count: int
    received_on: date
    reason: str
    legs: Sequence[Leg]


def seal_copy(copy: Copy, *, handover_id: UUID, receiver_id: int) -> bytes:
    """Seal a copy to its receiver, for this handover only."""
    plain = json.dumps(asdict(copy), ensure_ascii=False, default=str).encode()
    return seal_for(receiver_id, plain, _place_of_copy(handover_id))


def open_copy_for_us(payload: bytes, *, handover_id: UUID) -> Copy:
    """Open a copy that was sealed to the tenant in scope."""
    values: dict[str, Any] = json.loads(open_for_us(payload, _place_of_copy(handover_id)))
    return Copy(
        code=values["code"],
        kind=PetitionKind(values["kind"]),
        field=Field(values["field"]),
        content=values["content"],
        people=[PersonDetails(**person) for person in values["people"]],
        respondents=[PersonDetails(**person) for person in values["respondents"]],
        people_count=values["people_count"],
        received_on=date.fromisoformat(values["received_on"]),
        reason=values["reason"],
        legs=[leg_from_stored(leg) for leg in values["legs"]],
    )


def seal_note(note: str, *, step_id: UUID, sender_id: int, receiver_id: int) -> dict[str, bytes | None]:
    """Seal a note once to each side; an empty one is nothing."""
    if not note:
        return {"for_sender": None, "for_receiver": None}
    plain = note.encode()
    return {
        "for_sender": seal_for(sender_id, plain, _place_of_note(step_id)),
        "for_receiver": seal_for(receiver_id, plain, _place_of_note(step_id)),
    }


def open_note(for_sender: bytes | None, for_receiver: bytes | None, *, step_id: UUID, sender_id: int) -> str:
    """Open the side of a note that was sealed to the tenant in scope."""
    blob = for_sender if tenant_scope().tenant_id == sender_id else for_receiver
    return open_for_us(blob, _place_of_note(step_id)).decode() if blob is not None else ""


def stored_leg(leg: Leg) -> dict[str, object]:
    """Write a stretch as JSON."""
    return asdict(leg) | {"sent_on": leg.sent_on.isoformat()}


def leg_from_stored(value: dict[str, Any]) -> Leg:
    """Read a stretch from JSON."""
    return Leg(value["from_id"], value["to_id"], date.fromisoformat(value["sent_on"]), value["document_number"])


def _place_of_copy(handover_id: UUID) -> str:
    return f"handover/{handover_id}"


def _place_of_note(step_id: UUID) -> str:
    return f"handover_step/{step_id}"
