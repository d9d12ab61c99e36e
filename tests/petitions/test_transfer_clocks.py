"""The limits for passing a petition on: REC-13 at the reception desk, DEN-03 for a denunciation."""

from datetime import date

import pytest

from tiepdan.deadlines.service import clocks_of
from tiepdan.petitions.obligations import for_transfer
from tiepdan.petitions.rules import Decision, Origin
from tiepdan.petitions.service import MadeDecision, decide_petition
from tiepdan.sdk import Branch, PetitionKind

# Luật Tiếp công dân 42/2013/QH13, Điều 28 khoản 2. Received Thursday 20/6/2024; five working days after it: Friday
# 21, Monday 24, 25, 26, Thursday 27/6/2024.
RECEIVED_ON, DUE_ON = date(2024, 6, 20), date(2024, 6, 27)


@pytest.fixture
def transfers(entered):
    """transfers(tenant, petition): rule, state and due day of the clocks for passing it on."""

    def transfers(tenant, petition_id):
        with entered(tenant):
            found = clocks_of("petition", [petition_id])[petition_id]
            return sorted((c.rule_id, c.state.value, c.due_on) for c in found if c.rule_id in {"REC-13", "DEN-03"})

    return transfers


@pytest.mark.parametrize("branch", ["party", "state"])
def test_the_desk_owes_the_forwarding_as_soon_as_it_is_known_to_be_outside_competence(
    register, classify, transfers, make_tenant, branch
):
    tenant, other = make_tenant(branch=branch), make_tenant(branch=branch)
    made = register(tenant, origin=Origin.DESK, received_on=RECEIVED_ON)
    assert transfers(tenant, made.id) == []
    classify(tenant, made, PetitionKind.PROPOSAL, within_competence=False, on=date(2024, 6, 24))
    assert transfers(tenant, made.id) == [("REC-13", "open", DUE_ON)]
    assert transfers(other, made.id) == []


def test_a_denunciation_at_the_desk_owes_both(register, classify, transfers, make_tenant):
    tenant = make_tenant(branch="state")
    made = register(tenant, origin=Origin.DESK, received_on=RECEIVED_ON)
    classify(tenant, made, PetitionKind.DENUNCIATION, within_competence=False, on=RECEIVED_ON)
    assert transfers(tenant, made.id) == [("DEN-03", "open", DUE_ON), ("REC-13", "open", DUE_ON)]


def test_a_letter_owes_no_forwarding_of_the_desk(register, classify, transfers, make_tenant):
    tenant = make_tenant(branch="state")
    made = register(tenant, origin=Origin.POST, received_on=RECEIVED_ON)
    classify(tenant, made, PetitionKind.PROPOSAL, within_competence=False, on=RECEIVED_ON)
    assert transfers(tenant, made.id) == []


def test_classifying_again_keeps_one_clock_and_ends_it_when_the_petition_is_ours(
    register, classify, transfers, make_tenant
):
    tenant = make_tenant(branch="state")
    made = register(tenant, origin=Origin.DESK, received_on=RECEIVED_ON)
    for _twice in range(2):
        classify(tenant, made, PetitionKind.PROPOSAL, within_competence=False, on=RECEIVED_ON)
    assert transfers(tenant, made.id) == [("REC-13", "open", DUE_ON)]
    classify(tenant, made, PetitionKind.PROPOSAL, within_competence=True, on=RECEIVED_ON)
    assert transfers(tenant, made.id) == [("REC-13", "stopped", DUE_ON)]


@pytest.mark.parametrize(
    ("decision", "on", "state"),
    [
        (Decision.TRANSFER, DUE_ON, "met"),
        (Decision.TRANSFER, date(2024, 6, 28), "late"),
        (Decision.GUIDE, date(2024, 6, 28), "stopped"),
    ],
)
def test_the_decision_says_how_it_ended(register, classify, transfers, entered, make_tenant, decision, on, state):
    tenant = make_tenant(branch="state")
    made = register(tenant, origin=Origin.DESK, received_on=RECEIVED_ON)
    classify(tenant, made, PetitionKind.PROPOSAL, within_competence=False, on=RECEIVED_ON)
    with entered(tenant, "petition_officer") as actor:
        papers = MadeDecision(decision, reason="Không thuộc thẩm quyền", document_number="1/CV", body="Sở Xây dựng")
        decide_petition(made.id, papers, actor=actor, on=on)
    assert transfers(tenant, made.id) == [("REC-13", state, DUE_ON)]


def test_a_complaint_of_a_state_body_owes_it_only_since_it_may_be_transferred():
    """Luật 136/2025/QH15, in force 2026-07-01; before, a complaint outside competence was guided only."""

    def owed(branch, day):
        return [one.rule_id for one in for_transfer(branch, PetitionKind.COMPLAINT, Origin.DESK, day)]

    assert owed(Branch.STATE, date(2026, 6, 30)) == []
    assert owed(Branch.STATE, date(2026, 7, 1)) == ["REC-13"]
    assert owed(Branch.PARTY, date(2026, 6, 30)) == ["REC-13"]


def test_before_the_law_on_receptions_nothing_was_owed():
    assert for_transfer(Branch.STATE, PetitionKind.PROPOSAL, Origin.DESK, date(2014, 6, 30)) == []
