"""Fixtures of petitions: register one, classify it, and a whole officer's day in few words."""

from datetime import date

import pytest

from tiepdan.identity.vault import PersonDetails
from tiepdan.petitions.rules import CONDITIONS, Field, Origin
from tiepdan.petitions.service import Classification, NewPetition, classify_petition, register_petition
from tiepdan.sdk import PetitionKind

RECEIVED = date(2024, 6, 20)  # a Thursday
ON = date(2024, 6, 24)
ALL_MET = frozenset(condition.word for condition in CONDITIONS)


@pytest.fixture
def register(entered):
    """Register a petition as an officer: register(tenant, name="…", content="…", kind=…)."""

    def register(tenant, name="Nguyễn Văn Mẫu", content="Đề nghị xem xét bồi thường đất", **values):
        values.setdefault("received_on", RECEIVED)
        values.setdefault("origin", Origin.POST)
        values.setdefault("field", Field.LAND)
        if "people" not in values:
            values["people"] = [PersonDetails(name, address="Thôn 1", id_number="012345678901")] if name else []
        on = values.pop("on", ON)
        with entered(tenant, "petition_officer") as actor:
            return register_petition(NewPetition(content=content, **values), actor=actor, on=on)

    return register


@pytest.fixture
def classify(entered):
    """Classify a petition: everything met and within competence unless said otherwise."""

    def classify(tenant, petition, kind=PetitionKind.COMPLAINT, **values):
        values.setdefault("field", Field.LAND)
        values.setdefault("within_competence", True)
        values.setdefault("met", ALL_MET)
        on = values.pop("on", ON)
        with entered(tenant, "petition_officer") as actor:
            return classify_petition(petition.id, Classification(kind=kind, **values), actor=actor, on=on)

    return classify


@pytest.fixture
def officer(make_account, sign_in):
    """A browser signed in as petition officer of a tenant."""
    return lambda tenant, *roles: sign_in(make_account(tenant, *(roles or ("petition_officer", "reception_officer"))))
