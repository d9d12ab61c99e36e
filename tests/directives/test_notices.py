"""Conclusion notices and the work they give."""

from datetime import date

import pytest

from tiepdan.core.errors import Invalid, NotFound
from tiepdan.directives.service import NewAssignment, assignment_by_id, list_notices, notice_by_id


def test_a_notice_gives_work_that_names_it(conclude, entered, three_levels):
    issued = conclude(assignments=[NewAssignment(three_levels.commune.id, "Trả lời công dân")])
    with entered(three_levels.district, "committee_head"):
        notice = notice_by_id(issued.id)
        assert notice.text.startswith("Giao Đảng ủy xã")
        assert [work.title for work in notice.assignments] == ["Trả lời công dân"]
    with entered(three_levels.commune, "committee_head"):
        assert assignment_by_id(issued.assignment_ids[0]).number == "12-TB/HU"


@pytest.mark.parametrize("who", ["commune", "province", "stranger"])
def test_another_body_finds_no_notice(conclude, entered, three_levels, who):
    issued = conclude()
    with entered(getattr(three_levels, who), "committee_head") as head:
        with pytest.raises(NotFound):
            notice_by_id(issued.id)
        assert list_notices(actor=head).items == []


def test_a_number_is_used_once_a_year(conclude):
    conclude()
    with pytest.raises(Invalid) as fault:
        conclude()
    assert "number" in fault.value.errors
    conclude(signed_on=date(2023, 6, 28))


def test_a_fault_of_an_assignment_names_its_place_and_nothing_is_issued(conclude, entered, three_levels):
    works = [NewAssignment(three_levels.commune.id, "Một"), NewAssignment(three_levels.commune.id, " ")]
    with pytest.raises(Invalid) as fault:
        conclude(assignments=works)
    assert set(fault.value.errors) == {"assignments-1-title"}
    with entered(three_levels.district, "committee_head") as head:
        assert list_notices(actor=head).items == []


def test_a_notice_is_not_signed_tomorrow(conclude):
    with pytest.raises(Invalid) as fault:
        conclude(signed_on=date(2024, 6, 29))
    assert "signed_on" in fault.value.errors
