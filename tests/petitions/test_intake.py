"""Registering: complete, gapless, in the vault, and invisible to the neighbour."""

from datetime import date
from threading import Thread

import pytest

from tiepdan.core.errors import Forbidden, Invalid, NotFound
from tiepdan.deadlines.service import clocks_of
from tiepdan.identity.vault import PersonDetails, store_people
from tiepdan.petitions.rules import Field, Origin, PersonRole
from tiepdan.petitions.service import (
    NewPetition,
    history_of_people,
    open_file,
    person_ids_of,
    petition_by_id,
    register_petition,
)
from tiepdan.sdk import PetitionKind

from .conftest import ON, RECEIVED


def test_a_registered_petition_has_code_pin_number_matter_people_and_content(register, entered, make_tenant):
    tenant = make_tenant()
    made = register(tenant)
    with entered(tenant, "petition_officer") as actor:
        file = open_file(made.id, actor=actor)
    assert made.register_number == 1
    assert len(made.pin) == 6
    assert file.petition.code == made.code
    assert file.petition.matter_id == made.matter_id
    assert [person.details.full_name for person in file.people] == ["Nguyễn Văn Mẫu"]
    assert file.content == "Đề nghị xem xét bồi thường đất"
    assert [step.step for step in file.steps] == ["registered"]


def test_running_numbers_have_no_gaps_per_tenant_and_year(register, make_tenant, entered):
    tenant, other = make_tenant(), make_tenant()
    assert [register(tenant).register_number for _ in range(3)] == [1, 2, 3]
    assert register(other).register_number == 1
    assert register(tenant, received_on=date(2023, 12, 29)).register_number == 1
    with pytest.raises(ZeroDivisionError), entered(tenant, "petition_officer") as actor:
        register_petition(NewPetition(content="bỏ dở", received_on=RECEIVED, origin=Origin.POST), actor=actor, on=ON)
        raise ZeroDivisionError
    assert register(tenant).register_number == 4


def test_two_desks_never_take_the_same_number(register, make_tenant):
    tenant = make_tenant()
    numbers: list[int] = []
    desks = [Thread(target=lambda: numbers.extend(register(tenant).register_number for _ in range(4))) for _ in "ab"]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
    assert sorted(numbers) == list(range(1, 9))


@pytest.mark.parametrize(
    ("branch", "values", "rules"),
    [
        ("party", {}, {"PTY-06"}),
        ("party", {"kind": PetitionKind.COMPLAINT}, {"PTY-06"}),
        ("party", {"kind": PetitionKind.DENUNCIATION}, {"PTY-06", "DEN-01"}),
        ("state", {}, {"PET-07"}),
        ("state", {"origin": Origin.DESK}, {"PET-07", "REC-12"}),
        ("state", {"kind": PetitionKind.COMPLAINT}, {"PET-07", "CMP-02"}),
        ("state", {"kind": PetitionKind.FEEDBACK}, {"PET-07", "FBK-01"}),
        ("state", {"kind": PetitionKind.COMPLAINT, "received_on": date(2026, 7, 1), "on": date(2026, 7, 2)}, {"PET-07", "CMP-03"}),
    ],
)  # fmt: skip
def test_the_clocks_of_the_branch_the_kind_and_the_day_start(register, entered, make_tenant, branch, values, rules):
    tenant = make_tenant(branch=branch)
    made = register(tenant, **values)
    with entered(tenant, "petition_officer"):
        clocks = clocks_of("petition", [made.id])[made.id]
        assert {clock.rule_id for clock in clocks} == rules
        assert petition_by_id(made.id).due_on == min(clock.due_on for clock in clocks) == made.due_on


def test_the_party_notice_is_due_ten_working_days_after_receipt(register, make_tenant):
    # Thursday 20/06/2024: 21, 24-28/06, 01-04/07 = ten working days.
    assert register(make_tenant()).due_on == date(2024, 7, 4)


def test_more_signatories_than_listed_makes_those_listed_representatives(register, entered, make_tenant):
    tenant = make_tenant()
    made = register(tenant, people_count=12)
    with entered(tenant, "petition_officer"):
        assert [role for _id, role in person_ids_of(made.id)] == [PersonRole.REPRESENTATIVE]
        assert petition_by_id(made.id).people_count == 12


def test_people_and_content_of_a_visit_are_taken_over_and_sealed_where_they_lie(register, entered, make_tenant):
    from tiepdan.identity.vault import read_people, read_texts, store_text

    tenant = make_tenant()
    with entered(tenant, "petition_officer"):
        [person_id] = store_people([PersonDetails("Người Đến Bàn")])
        text_id = store_text("lời trình bày tại bàn")
    register(tenant, people=[], person_ids=[person_id], content="", content_id=text_id, kind=PetitionKind.DENUNCIATION)
    with entered(tenant, "petition_officer"):
        assert read_people([person_id]) == {person_id: None}
        assert read_texts([text_id]) == {text_id: None}


def test_an_anonymous_letter_is_registered(register, entered, make_tenant):
    tenant = make_tenant()
    made = register(tenant, name="")
    with entered(tenant, "petition_officer") as actor:
        assert open_file(made.id, actor=actor).petition.anonymous


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"content": "  "}, "content"),
        ({"received_on": date(2024, 6, 25)}, "received_on"),
        ({"people_count": 0}, "people_count"),
        ({"origin": Origin.TRANSFERRED}, "sender_body"),
        ({"people": [PersonDetails(" ")]}, "people"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(register, make_tenant, values, field):
    with pytest.raises(Invalid) as fault:
        register(make_tenant(), **values)
    assert field in fault.value.errors


def test_a_group_at_the_desk_sends_in_the_representatives_the_law_says(register, make_tenant):
    people = [PersonDetails(f"Người {number}") for number in range(3)]
    with pytest.raises(Invalid) as fault:
        register(make_tenant(), people=people, people_count=8, origin=Origin.DESK)
    assert "people" in fault.value.errors
    register(make_tenant(), people=people[:2], people_count=8, origin=Origin.DESK)


def test_registering_needs_the_right(entered, make_tenant):
    with entered(make_tenant(), "viewer") as actor, pytest.raises(Forbidden):
        register_petition(NewPetition(content="x"), actor=actor, on=ON)


def test_a_neighbours_matter_cannot_be_joined(register, two_tenants):
    own, other = two_tenants
    theirs = register(other)
    with pytest.raises(NotFound):
        register(own, matter_id=theirs.matter_id)


def test_earlier_petitions_of_a_person_are_found_here_only(register, entered, two_tenants):
    own, other = two_tenants
    made = register(own, name="Trần Thị Ánh")
    person = PersonDetails("TRAN THI ANH")
    with entered(own, "petition_officer"):
        assert [row.id for row in history_of_people([person])] == [made.id]
    with entered(other, "petition_officer"):
        assert history_of_people([person]) == []


def test_registration_enqueues_its_job_after_the_commit(register, make_tenant, app):
    from tiepdan.core.jobs import queue_named

    with app.app_context():
        queue_named("default").empty()
    made = register(make_tenant(), field=Field.OTHER)
    with app.app_context():
        [job] = queue_named("default").jobs
    assert job.args[0] == "tiepdan.petitions.jobs.refresh_petition"
    assert job.args[2] == [str(made.id)]
