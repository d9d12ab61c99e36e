"""The calendar: posted in time, postponed with a reason, held even when nobody comes."""

from datetime import date

import pytest

from tiepdan.core.errors import Conflict, Forbidden, Invalid, NotFound
from tiepdan.receptions.rules import DayStatus, ReceivedBy, ReceptionForm, ReceptionStatus
from tiepdan.receptions.service import (
    Substitution,
    cancel_reception,
    changes_of,
    close_day,
    close_reception,
    edit_reception,
    list_receptions,
    mark_left,
    open_day,
    open_desk,
    post_reception,
    posted_receptions,
    posting_deadline,
    postpone_day,
    queue_of,
    reception_by_id,
    receptions_between,
    record_substitution,
    schedule_reception,
)

ON = date(2024, 6, 28)
WHY = "Người đứng đầu đi công tác đột xuất"
STAND_IN = Substitution("Trần Phó Mẫu", "Đi họp theo giấy triệu tập", "Quy chế tiếp dân, Điều 8")


# DEC-01, the example of the rule itself: a session on Mon 2026-03-09 with 5 working days must be posted by
# Mon 2026-03-02. Counted back, the day excluded: Fri 6, Thu 5, Wed 4, Tue 3, Mon 2.
def test_the_posting_deadline_is_counted_backwards(entered, tenant):
    with entered(tenant, "committee_head"):
        assert posting_deadline(date(2026, 3, 9)).due_on == date(2026, 3, 2)


# Luật Tiếp công dân 42/2013/QH13 is in force from 01/7/2014: before it nothing asks for posting.
def test_before_the_law_there_is_no_deadline(entered, tenant):
    with entered(tenant, "committee_head"):
        assert posting_deadline(date(2014, 6, 30)) is None


# Điều 24 khoản 4 (REC-09): for Fri 2024-07-12 the fifth working day back is Fri 2024-07-05.
@pytest.mark.parametrize(("posted_on", "late"), [(date(2024, 7, 5), False), (date(2024, 7, 8), True)])
def test_posting_late_needs_a_reason(entered, tenant, new_reception, posted_on, late):
    with entered(tenant, "committee_head") as head:
        reception = schedule_reception(new_reception(date(2024, 7, 12)), actor=head, on=ON)
        if late:
            with pytest.raises(Invalid) as fault:
                post_reception(reception, actor=head, on=posted_on)
            assert "late_reason" in fault.value.errors
            post_reception(reception, actor=head, on=posted_on, late_reason=WHY)
            assert reception_by_id(reception).late_reason == WHY
        else:
            post_reception(reception, actor=head, on=posted_on)
            assert reception_by_id(reception).late_reason is None


# Quy định 11-QĐi/TW, Điều 4 khoản 2: an extraordinary reception is held when the trouble comes.
def test_an_extraordinary_reception_is_posted_when_it_is_decided(entered, tenant, new_reception):
    with entered(tenant, "committee_head") as head:
        reception = schedule_reception(new_reception(form=ReceptionForm.EXTRAORDINARY), actor=head, on=ON)
        post_reception(reception, actor=head, on=ON)
        assert reception_by_id(reception).status is ReceptionStatus.PUBLISHED


def test_a_reception_is_not_scheduled_in_the_past(entered, tenant, new_reception):
    with entered(tenant, "committee_head") as head, pytest.raises(Invalid) as fault:
        schedule_reception(new_reception(date(2024, 6, 27)), actor=head, on=ON)
    assert set(fault.value.errors) == {"days"}


def test_place_and_chair_are_posted_so_they_are_needed(entered, tenant, new_reception):
    with entered(tenant, "committee_head") as head, pytest.raises(Invalid) as fault:
        schedule_reception(new_reception(place="", chair_name=""), actor=head, on=ON)
    assert set(fault.value.errors) == {"place", "chair_name"}


def test_a_draft_is_edited_and_a_posted_one_is_not(entered, tenant, new_reception):
    with entered(tenant, "committee_head") as head:
        reception = schedule_reception(new_reception(date(2024, 7, 12)), actor=head, on=ON)
        edit_reception(reception, new_reception(date(2024, 7, 15), date(2024, 7, 16)), actor=head, on=ON)
        assert [day.day_on.day for day in reception_by_id(reception).days] == [15, 16]
        post_reception(reception, actor=head, on=ON)
        with pytest.raises(Conflict):
            edit_reception(reception, new_reception(date(2024, 7, 17)), actor=head, on=ON)


# LTCD Điều 24 khoản 4: postponed "with a notice of the reason and the new date".
def test_a_day_is_postponed_with_reason_and_new_date(entered, tenant, make_reception):
    reception = make_reception(date(2024, 7, 12))
    with entered(tenant, "committee_head") as head:
        with pytest.raises(Invalid):
            postpone_day(reception.id, date(2024, 7, 12), date(2024, 7, 19), "", actor=head, on=ON)
        postpone_day(reception.id, date(2024, 7, 12), date(2024, 7, 19), WHY, actor=head, on=ON)
        after = reception_by_id(reception.id)
        assert (after.status, after.first_on) == (ReceptionStatus.POSTPONED, date(2024, 7, 19))
        assert [(change.from_on.day, change.to_on.day, change.reason) for change in changes_of(reception.id)] == [
            (12, 19, WHY)
        ]


def test_a_cancelled_reception_says_why(entered, tenant, make_reception):
    reception = make_reception(date(2024, 7, 12))
    with entered(tenant, "committee_head") as head:
        cancel_reception(reception.id, WHY, actor=head, on=ON)
        assert reception_by_id(reception.id).status is ReceptionStatus.CANCELLED
        assert changes_of(reception.id)[0].reason == WHY


# Thông tư 06/2025/TT-TTCP, form 01/TCD column 10 counts the days announced: nobody came, it was held.
def test_a_day_nobody_came_to_was_held(entered, tenant, make_reception):
    reception = make_reception()
    with entered(tenant, "committee_head") as head:
        close_day(reception.days[0].id, actor=head, on=ON)
        after = reception_by_id(reception.id)
        assert after.status is ReceptionStatus.HELD
        assert queue_of(reception.days[0].id) == []
        close_reception(reception.id, actor=head, on=ON)
        assert reception_by_id(reception.id).status is ReceptionStatus.CLOSED


def test_a_day_to_come_is_neither_opened_nor_closed(entered, tenant, make_reception):
    reception = make_reception(date(2024, 7, 12))
    with entered(tenant, "committee_head") as head:
        for act in (open_day, close_day):
            with pytest.raises(Conflict):
                act(reception.days[0].id, actor=head, on=ON)


def test_a_draft_is_not_opened(entered, tenant, new_reception):
    with entered(tenant, "committee_head") as head:
        reception = schedule_reception(new_reception(), actor=head, on=ON)
        with pytest.raises(Conflict):
            open_day(reception_by_id(reception).days[0].id, actor=head, on=ON)


def test_a_day_does_not_close_while_somebody_waits(entered, tenant, make_reception, come):
    reception = make_reception()
    visit = come(reception)
    with entered(tenant, "committee_head") as head:
        with pytest.raises(Conflict):
            close_day(reception.days[0].id, actor=head, on=ON)
        mark_left(visit.id, actor=head, on=ON)
        close_day(reception.days[0].id, actor=head, on=ON)


# REC-08: recorded with reason and legal basis, not forbidden.
def test_who_stands_in_is_recorded_with_reason_and_basis(entered, tenant, make_reception):
    reception = make_reception()
    with entered(tenant, "committee_head") as head:
        with pytest.raises(Invalid) as fault:
            record_substitution(reception.days[0].id, Substitution("Trần Phó", "", ""), actor=head, on=ON)
        assert set(fault.value.errors) == {"substitute_reason", "substitute_basis"}
        open_day(reception.days[0].id, actor=head, on=ON, substitution=STAND_IN)
        day = reception_by_id(reception.id).days[0]
        assert (day.received_by, day.official_name) == (ReceivedBy.SUBSTITUTE, "Trần Phó Mẫu")


def test_one_day_of_two_may_be_over_and_the_other_put_off(entered, tenant, make_reception):
    reception = make_reception(ON, date(2024, 7, 1))
    with entered(tenant, "committee_head") as head:
        open_day(reception.days[0].id, actor=head, on=ON)
        close_day(reception.days[0].id, actor=head, on=ON)
        postpone_day(reception.id, date(2024, 7, 1), date(2024, 7, 8), WHY, actor=head, on=ON)
        after = reception_by_id(reception.id)
        assert after.status is ReceptionStatus.OPEN
        assert [day.status for day in after.days] == [DayStatus.HELD, DayStatus.PLANNED]


def test_the_desk_opens_once_a_day(entered, tenant):
    with entered(tenant, "reception_officer") as officer:
        first = open_desk(actor=officer, on=ON)
        assert open_desk(actor=officer, on=ON) == first
        desk = reception_by_id(first)
    assert (desk.form, desk.chair, desk.status) == (ReceptionForm.REGULAR, ReceivedBy.DESK, ReceptionStatus.OPEN)


def test_citizens_see_what_was_posted_and_nothing_else(entered, tenant, make_reception, new_reception):
    shown = make_reception(date(2024, 7, 12))
    with entered(tenant, "committee_head") as head:
        schedule_reception(new_reception(date(2024, 7, 11)), actor=head, on=ON)
        open_desk(actor=head, on=ON)
        postpone_day(shown.id, date(2024, 7, 12), date(2024, 7, 19), WHY, actor=head, on=ON)
        found = posted_receptions(ON, date(2024, 7, 31))
    assert [(reception.id, len(changes)) for reception, changes in found] == [(shown.id, 1)]


def test_lists_turn_pages(entered, tenant, make_reception, monkeypatch):
    monkeypatch.setattr("tiepdan.receptions.queries.PAGE_SIZE", 2)
    made = {make_reception(date(2024, 7, day)).id for day in (1, 2, 2, 3, 4)}
    with entered(tenant, "committee_head") as head:
        seen, cursor = [], None
        while True:
            page = list_receptions(actor=head, cursor=cursor)
            seen += [reception.id for reception in page.items]
            cursor = page.next_cursor
            if cursor is None:
                break
    assert len(seen) == 5
    assert set(seen) == made


def test_a_neighbour_finds_no_reception(entered, neighbour, make_reception, new_reception):
    reception = make_reception(date(2024, 7, 12))
    day = reception.days[0]
    with entered(neighbour, "committee_head") as head:
        for act in (
            lambda: reception_by_id(reception.id),
            lambda: edit_reception(reception.id, new_reception(), actor=head, on=ON),
            lambda: post_reception(reception.id, actor=head, on=ON),
            lambda: postpone_day(reception.id, day.day_on, date(2024, 7, 19), WHY, actor=head, on=ON),
            lambda: cancel_reception(reception.id, WHY, actor=head, on=ON),
            lambda: close_reception(reception.id, actor=head, on=ON),
            lambda: open_day(day.id, actor=head, on=ON),
            lambda: close_day(day.id, actor=head, on=ON),
            lambda: record_substitution(day.id, STAND_IN, actor=head, on=ON),
        ):
            with pytest.raises(NotFound):
                act()
        assert receptions_between(date(2024, 1, 1), date(2024, 12, 31)) == []
        assert posted_receptions(date(2024, 1, 1), date(2024, 12, 31)) == []
        assert changes_of(reception.id) == []
        assert queue_of(day.id) == []


def test_rights_are_checked(entered, tenant, make_reception, new_reception):
    reception = make_reception(date(2024, 7, 12))
    with entered(tenant, "viewer") as viewer:
        for act in (
            lambda: schedule_reception(new_reception(), actor=viewer, on=ON),
            lambda: post_reception(reception.id, actor=viewer, on=ON),
            lambda: cancel_reception(reception.id, WHY, actor=viewer, on=ON),
            lambda: open_desk(actor=viewer, on=ON),
            lambda: close_day(reception.days[0].id, actor=viewer, on=ON),
        ):
            with pytest.raises(Forbidden):
                act()
