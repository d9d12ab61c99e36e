"""What tests of the portal need: petitions with code and PIN."""

from collections.abc import Callable
from datetime import date

import pytest

from tiepdan.identity.vault import PersonDetails
from tiepdan.petitions.service import NewPetition, RegisteredPetition, register_petition
from tiepdan.sdk import PetitionKind

DAY = date(2024, 6, 28)


@pytest.fixture
def make_petition(entered) -> Callable[..., RegisteredPetition]:
    """Register a petition: make_petition(tenant, kind=…, received_on=…, person=…, content=…)."""

    def make(
        tenant,
        *,
        kind: PetitionKind | None = None,
        received_on: date = DAY,
        person: str = "Hoàng Thị Mẫu",
        content: str = "Đề nghị xem xét việc bồi thường.",
    ) -> RegisteredPetition:
        with entered(tenant, "petition_officer") as actor:
            new = NewPetition(people=[PersonDetails(person)], content=content, kind=kind, received_on=received_on)
            return register_petition(new, actor=actor, on=DAY)

    return make
