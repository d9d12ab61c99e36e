"""The dummy plugin, whose templates are printed, and records to print."""

from datetime import date

import pytest

from tests.extensions.conftest import dummy, enable  # noqa: F401 - fixtures of this folder too
from tiepdan.identity.vault import PersonDetails
from tiepdan.petitions.rules import CONDITIONS, Field
from tiepdan.petitions.service import Classification, NewPetition, classify_petition, register_petition
from tiepdan.receptions.rules import Duty, ReceptionForm
from tiepdan.receptions.service import (
    NewReception,
    NewVisit,
    Visitor,
    open_day,
    post_reception,
    reception_by_id,
    register_visit,
    schedule_reception,
)
from tiepdan.registers.entries import add_entry
from tiepdan.sdk import PetitionKind

ON = date(2024, 6, 24)
DAY = date(2024, 6, 28)
NAME, ADDRESS, CONTENT = "Lò Thị Gieo Tên", "Thôn Rất Kín", "Lời rất kín 7319"


@pytest.fixture
def make_petition(entered):
    def make(tenant, kind=PetitionKind.COMPLAINT):
        with entered(tenant, "petition_officer") as actor:
            new = NewPetition(content=CONTENT, people=[PersonDetails(NAME, address=ADDRESS)], received_on=ON)
            petition_id = register_petition(new, actor=actor, on=ON).id
            met = frozenset(condition.word for condition in CONDITIONS)
            found = Classification(kind, Field.LAND, within_competence=True, met=met)
            classify_petition(petition_id, found, actor=actor, on=ON)
        return petition_id

    return make


@pytest.fixture
def make_visit(entered):
    def make(tenant, kind=PetitionKind.PROPOSAL):
        with entered(tenant, "committee_head") as head:
            new = NewReception(
                form=ReceptionForm.PERIODIC, days=(DAY,), duty=Duty.PARTY, place="Trụ sở", chair_name="Lương Văn Mẫu"
            )
            reception_id = schedule_reception(new, actor=head, on=date(2024, 1, 2))
            post_reception(reception_id, actor=head, on=date(2024, 1, 2))
            day_id = reception_by_id(reception_id).days[0].id
            open_day(day_id, actor=head, on=DAY)
            people = [Visitor(PersonDetails(NAME, address=ADDRESS))]
            return register_visit(day_id, NewVisit(people, CONTENT, kind), actor=head, on=DAY).id

    return make


@pytest.fixture
def make_entry(entered):
    def make(tenant, name="Lớp tiếp dân"):
        with entered(tenant, "petition_officer") as actor:
            return add_entry("dummy", "book", {"name": name, "day": "2024-06-05"}, actor=actor, on=DAY).id

    return make


@pytest.fixture
def officer(make_account, sign_in):
    return lambda tenant: sign_in(make_account(tenant, "petition_officer", "reception_officer"))
