"""Overdue petitions, and the sweep as the worker runs it."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from tiepdan.escalation.jobs import check_clocks
from tiepdan.identity.vault import PersonDetails
from tiepdan.petitions.rules import Field, conditions_for
from tiepdan.petitions.service import Classification, NewPetition, classify_petition, register_petition
from tiepdan.sdk import PetitionKind
from tiepdan.worker import run_in_context

# PTY-06: ten working days from receipt. Received on Monday 10/6/2024, due on Monday 24/6: four days overdue on
# the tests' business day, Friday 28/6.
RECEIVED_ON = date(2024, 6, 10)


@pytest.fixture
def make_petition(entered: Callable[..., Any]) -> Callable[..., UUID]:
    """make_petition(tenant, kind=COMPLAINT, received_on=…): registered and, if it has a kind, classified."""

    def make(tenant: Any, kind: PetitionKind | None = PetitionKind.COMPLAINT, received_on: date = RECEIVED_ON) -> UUID:
        with entered(tenant, "petition_officer") as actor:
            new = NewPetition(
                content="Đường hỏng", people=[PersonDetails("Hoàng Thị Rất Kín")], received_on=received_on
            )
            petition = register_petition(new, actor=actor, on=received_on)
            if kind is not None:
                met = frozenset(condition.word for condition in conditions_for(kind, anonymous=False))
                found = Classification(kind, Field.LAND, within_competence=True, met=met)
                classify_petition(petition.id, found, actor=actor, on=received_on)
            return petition.id

    return make


@pytest.fixture
def check(app: Flask) -> Callable[[Any], None]:
    """check(tenant): run the tenant's job as the worker does."""

    def check(tenant: Any) -> None:
        with app.app_context():
            run_in_context(check_clocks.name, tenant.id, [])

    return check
