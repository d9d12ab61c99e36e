"""Deciding: the papers, the clocks that end and start, and guidance only once."""

from datetime import date

import pytest

from tiepdan.core.errors import Conflict, Forbidden, Invalid, NotFound
from tiepdan.deadlines.service import clocks_of
from tiepdan.petitions.rules import Decision
from tiepdan.petitions.service import (
    MadeDecision,
    decide_petition,
    matter_by_id,
    open_file,
    petition_by_id,
    record_notice,
    take_back_petition,
)
from tiepdan.sdk import PetitionKind

from .conftest import ALL_MET, ON

LATER = date(2024, 6, 28)


def states(petition_id):
    return {clock.rule_id: clock.state.value for clock in clocks_of("petition", [petition_id])[petition_id]}


@pytest.fixture
def decide(entered):
    def decide(tenant, petition, decision, *, on=ON, **papers):
        papers.setdefault("reason", "theo quy định")
        papers.setdefault("document_number", "12/CV")
        papers.setdefault("body", "UBND huyện")
        with entered(tenant, "petition_officer") as actor:
            decide_petition(petition.id, MadeDecision(decision, **papers), actor=actor, on=on)

    return decide


def test_acceptance_ends_intake_and_starts_settlement(register, classify, decide, entered, make_tenant):
    tenant = make_tenant(branch="state")
    made = register(tenant)
    classify(tenant, made, PetitionKind.COMPLAINT)
    decide(tenant, made, Decision.ACCEPT)
    with entered(tenant, "petition_officer"):
        assert petition_by_id(made.id).status == "accepted"
        assert states(made.id) == {"PET-07": "met", "CMP-02": "met", "CMP-04": "open"}
        assert petition_by_id(made.id).due_on == date(2024, 7, 24)  # 30 calendar days from 24/06


def test_a_remote_complex_second_complaint_gets_its_own_limit(register, classify, decide, entered, make_tenant):
    tenant = make_tenant(branch="state")
    made = register(tenant)
    classify(tenant, made, PetitionKind.COMPLAINT)
    decide(tenant, made, Decision.ACCEPT, second_instance=True, complex_case=True, remote=True)
    with entered(tenant, "petition_officer"):
        assert states(made.id)["CMP-09"] == "open"
        assert petition_by_id(made.id).due_on == date(
            2024, 9, 4
        )  # 70 days end on Monday 02/09; 02 and 03/09 are holidays


def test_an_accepted_denunciation_owes_notice_and_settlement(register, classify, decide, entered, make_tenant):
    tenant = make_tenant(branch="state")
    made = register(tenant)
    classify(tenant, made, PetitionKind.DENUNCIATION)
    decide(tenant, made, Decision.ACCEPT)
    with entered(tenant, "petition_officer"):
        assert states(made.id) == {"PET-07": "met", "DEN-01": "met", "DEN-07": "open", "DEN-08": "open"}


def test_a_transfer_ends_once_the_sender_was_told(register, classify, decide, entered, make_tenant):
    tenant = make_tenant()
    made = register(tenant)
    classify(tenant, made, PetitionKind.PROPOSAL, within_competence=False)
    decide(tenant, made, Decision.TRANSFER)
    with entered(tenant, "petition_officer"):
        assert petition_by_id(made.id).status == "transferred"
        assert petition_by_id(made.id).closed_on is None
        assert states(made.id) == {"PTY-06": "open"}
    with entered(tenant, "petition_officer") as actor:
        record_notice(made.id, notified_on=LATER, document_number="15/TB", actor=actor, on=LATER)
    with entered(tenant, "petition_officer"):
        row = petition_by_id(made.id)
        assert (row.closed_on, row.outcome, row.due_on) == (LATER, "transferred", None)
        assert states(made.id) == {"PTY-06": "met"}
        assert matter_by_id(made.matter_id).closed_on == LATER


def test_a_notice_given_with_the_decision_ends_it_at_once(register, classify, decide, entered, make_tenant):
    tenant = make_tenant()
    made = register(tenant)
    classify(tenant, made, PetitionKind.PROPOSAL, within_competence=False)
    decide(tenant, made, Decision.TRANSFER, notified_on=ON)
    with entered(tenant, "petition_officer"):
        assert petition_by_id(made.id).closed_on == ON


def test_a_refused_transfer_is_decided_again_and_owes_its_limits(register, classify, decide, entered, make_tenant):
    tenant = make_tenant()
    made = register(tenant)
    classify(tenant, made, PetitionKind.PROPOSAL, within_competence=False)
    decide(tenant, made, Decision.TRANSFER)
    with entered(tenant, "petition_officer") as actor:
        take_back_petition(made.id, reason="không thuộc thẩm quyền nơi nhận", actor=actor, on=LATER)
    with entered(tenant, "petition_officer"):
        row = petition_by_id(made.id)
        assert (row.status, row.outcome, row.due_on) == ("classified", None, date(2024, 7, 4))


def test_guidance_is_given_once_for_one_content(register, classify, decide, entered, make_tenant):
    tenant = make_tenant()
    first = register(tenant, content="Cùng một nội dung")
    classify(tenant, first, PetitionKind.COMPLAINT, within_competence=False)
    decide(tenant, first, Decision.GUIDE)
    again = register(tenant, content="  cùng MỘT nội  dung ")
    assert classify(tenant, again, PetitionKind.COMPLAINT, within_competence=False) is False
    with pytest.raises(Conflict):
        decide(tenant, again, Decision.GUIDE)
    decide(tenant, again, Decision.FILE)
    with entered(tenant, "petition_officer") as actor:
        file = open_file(again.id, actor=actor)
    assert file.petition.closed_on == ON
    assert "not_guided_before" in file.steps[1].failed


def test_papers_are_asked_for(register, classify, decide, make_tenant):
    tenant = make_tenant()
    made = register(tenant)
    classify(tenant, made, PetitionKind.PROPOSAL, within_competence=False)
    with pytest.raises(Invalid) as fault:
        decide(tenant, made, Decision.TRANSFER, body="", document_number="", reason="")
    assert set(fault.value.errors) == {"body", "document_number", "reason"}


def test_what_the_law_does_not_open_is_a_conflict(register, classify, decide, make_tenant):
    tenant = make_tenant()
    made = register(tenant)
    with pytest.raises(Conflict):
        decide(tenant, made, Decision.ACCEPT)
    classify(tenant, made, PetitionKind.COMPLAINT, met=ALL_MET - {"signed"})
    with pytest.raises(Conflict):
        decide(tenant, made, Decision.ACCEPT)


def test_deciding_needs_the_right_and_the_own_tenant(register, classify, entered, two_tenants):
    own, other = two_tenants
    made = register(own)
    classify(own, made)
    with entered(own, "handler") as actor, pytest.raises(Forbidden):
        decide_petition(made.id, MadeDecision(Decision.ACCEPT), actor=actor, on=ON)
    with entered(other, "petition_officer") as actor, pytest.raises(NotFound):
        decide_petition(made.id, MadeDecision(Decision.ACCEPT), actor=actor, on=ON)
    with entered(other, "petition_officer") as actor, pytest.raises(NotFound):
        record_notice(made.id, notified_on=ON, document_number="", actor=actor, on=ON)
    with entered(other, "petition_officer") as actor, pytest.raises(NotFound):
        take_back_petition(made.id, reason="x", actor=actor, on=ON)
