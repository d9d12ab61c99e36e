"""What follows for assignments when a petition closes."""

from datetime import date

import pytest

from tiepdan.core.plugins import join
from tiepdan.directives.rules import AssignmentState
from tiepdan.directives.service import NewAssignment, assignment_by_id, issue_assignment, report_done
from tiepdan.identity.vault import PersonDetails
from tiepdan.petitions.rules import Field
from tiepdan.petitions.service import NewPetition, register_petition

ON = date(2024, 6, 28)


@pytest.fixture
def petition(entered, three_levels):
    with entered(three_levels.district, "petition_officer") as officer:
        new = NewPetition(content="Đề nghị", people=[PersonDetails("Hoàng Thị Mẫu")], field=Field.LAND)
        return register_petition(new, actor=officer, on=ON)


@pytest.fixture
def given(entered, three_levels, petition):
    """Two pieces of work about the petition's matter; the commune has done the first."""
    with entered(three_levels.district, "committee_head") as head:
        made = [
            issue_assignment(
                NewAssignment(three_levels.commune.id, f"Việc {n}", matter_id=petition.matter_id), actor=head, on=ON
            )
            for n in range(2)
        ]
    with entered(three_levels.commune, "committee_head") as head:
        report_done(made[0], "Đã xác minh", actor=head, on=ON)
    return made


def test_finished_work_closes_with_the_last_petition_of_its_matter(entered, three_levels, petition, given):
    with entered(three_levels.district, "committee_head"):
        join("petition_closed", petition_id=petition.id, outcome="answered", on=ON)
        done, unfinished = (assignment_by_id(work) for work in given)
    assert (done.state, done.standing.citizen_told_on) == (AssignmentState.CLOSED, ON)
    assert unfinished.state is AssignmentState.SENT


def test_another_open_petition_keeps_the_work_open(entered, three_levels, petition, given):
    with entered(three_levels.district, "petition_officer") as officer:
        new = NewPetition(content="Bổ sung", people=[PersonDetails("Lò Văn Hai")], matter_id=petition.matter_id)
        register_petition(new, actor=officer, on=ON)
    with entered(three_levels.district, "committee_head"):
        join("petition_closed", petition_id=petition.id, outcome="answered", on=ON)
        assert assignment_by_id(given[0]).state is AssignmentState.DONE
