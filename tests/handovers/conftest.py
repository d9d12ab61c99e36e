"""Petitions ready to be sent, and bodies to send them to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tiepdan.handovers.rules import Basis
from tiepdan.handovers.service import NewHandover, send_handover
from tiepdan.identity.vault import PersonDetails
from tiepdan.petitions.rules import Field, Origin, conditions_for
from tiepdan.petitions.service import Classification, NewPetition, classify_petition, register_petition
from tiepdan.sdk import PetitionKind

RECEIVED_ON = date(2024, 6, 20)
ON = date(2024, 6, 24)
NAME = "Hoàng Thị Rất Kín"
CONTENT = "Đề nghị làm đường liên xã, ông Lý chưa trả lời"


@dataclass(frozen=True)
class Sent:
    """A handover that was sent."""

    sender: Any
    receiver: Any
    id: UUID
    petition_id: UUID

    @property
    def key(self) -> tuple[int, UUID]:
        return self.sender.id, self.id


def classify(petition_id: UUID, kind: PetitionKind, actor: Any, on: date = ON) -> None:
    met = frozenset(condition.word for condition in conditions_for(kind, anonymous=False))
    classify_petition(
        petition_id, Classification(kind, Field.LAND, within_competence=False, met=met), actor=actor, on=on
    )


@pytest.fixture
def make_petition(entered: Callable[..., Any]) -> Callable[..., UUID]:
    """make_petition(tenant, kind=PROPOSAL, origin=DESK): registered and classified outside competence."""

    def make(tenant: Any, kind: PetitionKind = PetitionKind.PROPOSAL, origin: Origin = Origin.DESK) -> UUID:
        with entered(tenant, "petition_officer") as actor:
            new = NewPetition(
                content=CONTENT,
                people=[PersonDetails(NAME, address="Thôn Bản Áng", phone="0900000001")],
                respondents=[PersonDetails("Lý Văn Bị")],
                origin=origin,
                received_on=RECEIVED_ON,
                people_count=7,
            )
            petition = register_petition(new, actor=actor, on=RECEIVED_ON)
            classify(petition.id, kind, actor)
            return petition.id

    return make


@pytest.fixture
def send(entered: Callable[..., Any], make_petition: Callable[..., UUID]) -> Callable[..., Sent]:
    """send(sender, receiver, petition_id=None, kind=…): send a petition in a transaction of its own."""

    def send(sender: Any, receiver: Any, petition_id: UUID | None = None, **values: Any) -> Sent:
        kind = values.pop("kind", PetitionKind.PROPOSAL)
        origin = values.pop("origin", Origin.DESK)
        on = values.pop("on", ON)
        petition_id = petition_id or make_petition(sender, kind, origin)
        basis = Basis.DENUNCIATION if kind is PetitionKind.DENUNCIATION else Basis.DIRECTED
        with entered(sender, "petition_officer") as actor:
            new = NewHandover(
                petition_id,
                receiver.id,
                **{"basis": basis, "document_number": "12/CV-HU", "reason": "Thuộc thẩm quyền cơ quan nhận"} | values,
            )
            _sender_id, handover_id = send_handover(new, actor=actor, on=on)
        return Sent(sender, receiver, handover_id, petition_id)

    return send


@pytest.fixture
def classify_at(entered: Callable[..., Any]) -> Callable[..., None]:
    """classify_at(tenant, petition_id): classify a petition that was handed over, outside competence again."""

    def classify_at(tenant: Any, petition_id: UUID) -> None:
        with entered(tenant, "petition_officer") as actor:
            classify(petition_id, PetitionKind.PROPOSAL, actor, date(2024, 6, 25))

    return classify_at
