"""Minutes and conclusions of a reception."""

from datetime import date

import pytest

from tiepdan.core.errors import Conflict, Forbidden, Invalid, NotFound
from tiepdan.directives.service import NewAssignment, NewConclusion, assignment_by_id, notices_of_reception
from tiepdan.receptions.rules import ReceptionStatus
from tiepdan.receptions.service import (
    NewMinutes,
    close_day,
    conclude_reception,
    read_minutes,
    reception_by_id,
    write_minutes,
)

ON = date(2024, 6, 28)
MINUTES = NewMinutes("Bà Mẫu trình bày; Bí thư kết luận.", "Lương Văn Mẫu", "Vi Thư Ký")


@pytest.fixture
def conclusion(tenant):
    def conclusion(reception, **more):
        works = [NewAssignment(tenant.id, "Trả lời bà Mẫu", due_on=date(2024, 7, 12))]
        return NewConclusion(
            "05-TB/ĐU", ON, "Lương Văn Mẫu", "Giao Văn phòng trả lời công dân.",
            reception_id=reception.id, assignments=works, **more,
        )  # fmt: skip

    return conclusion


@pytest.fixture
def held(make_reception, entered, tenant):
    reception = make_reception(opened=True)
    with entered(tenant, "committee_head") as head:
        close_day(reception.days[0].id, actor=head, on=ON)
    return reception


def test_minutes_are_written_and_written_anew(held, entered, tenant):
    with entered(tenant, "reception_officer") as officer:
        write_minutes(held.id, MINUTES, actor=officer, on=ON)
        write_minutes(
            held.id,
            NewMinutes("Bản sau", "A", "B", citizens_signed=False, unsigned_reason="Về trước"),
            actor=officer,
            on=ON,
        )
        seen = read_minutes(held.id)
    assert (seen.text, seen.citizens_signed, seen.unsigned_reason) == ("Bản sau", False, "Về trước")


def test_minutes_without_signatures_say_why(held, entered, tenant):
    with entered(tenant, "reception_officer") as officer, pytest.raises(Invalid) as fault:
        write_minutes(held.id, NewMinutes("", "", "", citizens_signed=False), actor=officer, on=ON)
    assert set(fault.value.errors) == {"text", "chair_name", "secretary_name", "unsigned_reason"}


def test_there_are_no_minutes_before_the_reception(make_reception, entered, tenant):
    reception = make_reception(date(2024, 7, 12))
    with entered(tenant, "reception_officer") as officer, pytest.raises(Conflict):
        write_minutes(reception.id, MINUTES, actor=officer, on=ON)


def test_a_conclusion_gives_work_and_ends_the_reception(held, conclusion, entered, tenant):
    with entered(tenant, "committee_head") as head:
        issued = conclude_reception(conclusion(held), actor=head, on=ON)
        assert assignment_by_id(issued.assignment_ids[0]).reception_id == held.id
        assert reception_by_id(held.id).status is ReceptionStatus.CONCLUDED
        assert [notice.number for notice in notices_of_reception(held.id)] == ["05-TB/ĐU"]
        with pytest.raises(Conflict):
            write_minutes(held.id, MINUTES, actor=head, on=ON)


def test_an_open_reception_is_not_concluded(make_reception, conclusion, entered, tenant):
    reception = make_reception(opened=True)
    with entered(tenant, "committee_head") as head, pytest.raises(Conflict):
        conclude_reception(conclusion(reception), actor=head, on=ON)


def test_a_neighbour_writes_neither(held, conclusion, entered, neighbour):
    with entered(neighbour, "committee_head") as head:
        with pytest.raises(NotFound):
            write_minutes(held.id, MINUTES, actor=head, on=ON)
        with pytest.raises(NotFound):
            conclude_reception(conclusion(held), actor=head, on=ON)
        assert read_minutes(held.id) is None
        assert notices_of_reception(held.id) == []


def test_rights_are_checked(held, conclusion, entered, tenant):
    with entered(tenant, "viewer") as viewer:
        with pytest.raises(Forbidden):
            write_minutes(held.id, MINUTES, actor=viewer, on=ON)
        with pytest.raises(Forbidden):
            conclude_reception(conclusion(held), actor=viewer, on=ON)
