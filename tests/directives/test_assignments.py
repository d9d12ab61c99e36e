"""Assignments between two bodies: each reads its own, nobody else reads anything."""

import threading
from datetime import date

import pytest

from tiepdan.core.errors import Conflict, Forbidden, Invalid, NotFound
from tiepdan.directives.rules import AssignmentState, Side
from tiepdan.directives.service import (
    NewAssignment,
    Show,
    acknowledge_assignment,
    assignment_by_id,
    close_assignment,
    count_assignments,
    count_directives,
    extend_assignment,
    issue_assignment,
    list_assignments,
    overdue_assignments,
    possible_receivers,
    record_citizen_told,
    refuse_assignment,
    report_done,
    report_progress,
)

ON = date(2024, 6, 28)
LATER = date(2024, 7, 20)


def test_the_receiver_reads_what_the_sender_wrote(issue, entered, three_levels):
    work = issue()
    with entered(three_levels.commune, "committee_head"):
        seen = assignment_by_id(work)
    assert seen.title == "Kiểm tra việc cấp giấy chứng nhận"
    assert seen.sides == {Side.RECEIVER}
    assert seen.notice_id is None


def test_the_sender_reads_its_own_copy(issue, entered, three_levels):
    work = issue()
    with entered(three_levels.district, "committee_head"):
        assert assignment_by_id(work).instruction == "Báo cáo trước hạn."


def test_the_text_is_not_in_the_table(issue, superuser):
    work = issue(title="Một tiêu đề dễ tìm")
    row = superuser.execute("SELECT payload::text, text_id::text FROM assignment WHERE id = %s", [work]).fetchone()
    assert "Một tiêu đề" not in str(row)


@pytest.mark.parametrize("who", ["sibling", "other_district", "stranger", "province"])
def test_a_third_body_finds_no_assignment(issue, entered, three_levels, who):
    work = issue()
    with entered(getattr(three_levels, who), "committee_head") as head:
        for act in (
            lambda: assignment_by_id(work),
            lambda: acknowledge_assignment(work, actor=head, on=ON),
            lambda: refuse_assignment(work, "Không thuộc thẩm quyền", actor=head, on=ON),
            lambda: report_progress(work, "Đang làm", actor=head, on=ON),
            lambda: report_done(work, "Xong", actor=head, on=ON),
            lambda: record_citizen_told(work, actor=head, on=ON),
            lambda: extend_assignment(work, LATER, "Cần thêm thời gian", actor=head, on=ON),
            lambda: close_assignment(work, actor=head, on=ON),
        ):
            with pytest.raises(NotFound):
                act()
        assert list_assignments(Side.RECEIVER, actor=head, on=ON).items == []
        assert list_assignments(Side.SENDER, actor=head, on=ON).items == []


def test_the_receiver_cannot_act_for_the_sender(issue, entered, three_levels):
    work = issue()
    with entered(three_levels.commune, "committee_head") as head:
        with pytest.raises(NotFound):
            extend_assignment(work, LATER, "Cần thêm thời gian", actor=head, on=ON)
        report_done(work, "Đã xác minh", actor=head, on=ON)
        record_citizen_told(work, actor=head, on=ON)
        with pytest.raises(NotFound):
            close_assignment(work, actor=head, on=ON)


def test_the_sender_cannot_act_for_the_receiver(issue, entered, three_levels):
    work = issue()
    with entered(three_levels.district, "committee_head") as head, pytest.raises(NotFound):
        report_done(work, "Tự báo xong", actor=head, on=ON)


def test_a_refusal_reaches_the_sender_with_its_reason(issue, entered, three_levels):
    work = issue()
    with entered(three_levels.commune, "committee_head") as head:
        refuse_assignment(work, "Không thuộc thẩm quyền của xã.", actor=head, on=ON)
    with entered(three_levels.district, "committee_head") as head:
        seen = assignment_by_id(work)
        assert seen.state is AssignmentState.REFUSED
        assert seen.steps[-1].note == "Không thuộc thẩm quyền của xã."
        close_assignment(work, actor=head, on=ON)


def test_a_refusal_needs_a_reason(issue, entered, three_levels):
    work = issue()
    with entered(three_levels.commune, "committee_head") as head, pytest.raises(Invalid):
        refuse_assignment(work, "  không  ", actor=head, on=ON)


def test_the_sender_closes_only_after_the_citizen_was_told(issue, entered, three_levels):
    work = issue()
    with entered(three_levels.commune, "committee_head") as head:
        acknowledge_assignment(work, actor=head, on=ON)
        report_progress(work, "Đã mời các bên", 50, actor=head, on=ON)
        report_done(work, "Đã hòa giải xong", actor=head, on=ON)
    with entered(three_levels.district, "committee_head") as head, pytest.raises(Conflict):
        close_assignment(work, actor=head, on=ON)
    with entered(three_levels.commune, "committee_head") as head:
        record_citizen_told(work, "Đã gửi văn bản", actor=head, on=ON)
    with entered(three_levels.district, "committee_head") as head:
        close_assignment(work, actor=head, on=ON)
        assert assignment_by_id(work).state is AssignmentState.CLOSED
        with pytest.raises(Conflict):
            close_assignment(work, actor=head, on=ON)


def test_a_body_may_assign_to_itself(entered, three_levels):
    with entered(three_levels.district, "committee_head") as head:
        new = NewAssignment(three_levels.district.id, "Văn phòng theo dõi", tell_citizen=False)
        work = issue_assignment(new, actor=head, on=ON)
        acknowledge_assignment(work, actor=head, on=ON)
        report_done(work, "Đã làm xong", actor=head, on=ON)
        close_assignment(work, actor=head, on=ON)
        seen = assignment_by_id(work)
        assert seen.state is AssignmentState.CLOSED
        assert seen.sides == {Side.SENDER, Side.RECEIVER}
        assert [step.note for step in seen.steps] == ["", "Đã làm xong", ""]


@pytest.mark.parametrize("who", ["province", "other_district", "stranger"])
def test_work_goes_only_down(entered, three_levels, who):
    with entered(three_levels.district, "committee_head") as head, pytest.raises(Invalid) as fault:
        issue_assignment(NewAssignment(getattr(three_levels, who).id, "Việc"), actor=head, on=ON)
    assert "receiver" in fault.value.errors


def test_a_committee_may_ask_the_state_bodies_of_its_unit(entered, make_tenant, superuser):
    party = make_tenant("province")
    state = make_tenant("province", branch="state")
    superuser.execute(
        "UPDATE tenant SET province_id = %s, unit_code = (SELECT unit_code FROM tenant WHERE id = %s) WHERE id = %s",
        [party.province_id, party.id, state.id],
    )
    below = make_tenant("district", state, branch="state")
    superuser.execute("UPDATE tenant SET province_id = %s WHERE id = %s", [party.province_id, below.id])
    with entered(party, "committee_head"):
        assert {body.id for body in possible_receivers()} == {party.id, state.id, below.id}


def test_an_extension_moves_the_due_day(issue, entered, three_levels):
    work = issue()
    with entered(three_levels.district, "committee_head") as head:
        with pytest.raises(Invalid):
            extend_assignment(work, date(2024, 7, 12), "Cùng một ngày thì không", actor=head, on=ON)
        extend_assignment(work, LATER, "Chờ kết quả giám định", actor=head, on=ON)
    with entered(three_levels.commune, "committee_head"):
        assert assignment_by_id(work).standing.due_on == LATER


# DEC-02: due on 12/7, late from 13/7.
@pytest.mark.parametrize(("on", "late"), [(date(2024, 7, 12), 0), (date(2024, 7, 13), 1)])
def test_late_work_is_listed_on_both_sides(issue, entered, three_levels, on, late):
    issue()
    for body, side in ((three_levels.district, Side.SENDER), (three_levels.commune, Side.RECEIVER)):
        with entered(body, "committee_head") as head:
            assert len(overdue_assignments(side, actor=head, on=on)) == late
            assert count_assignments(side, actor=head, on=on)[Show.OVERDUE] == late


def test_an_extended_assignment_is_not_late(issue, entered, three_levels):
    work = issue()
    with entered(three_levels.district, "committee_head") as head:
        extend_assignment(work, LATER, "Chờ kết quả giám định", actor=head, on=ON)
        assert list_assignments(Side.SENDER, actor=head, on=LATER, show=Show.OVERDUE).items == []


def test_lists_turn_pages(issue, entered, three_levels, monkeypatch):
    monkeypatch.setattr("tiepdan.directives.lists.PAGE_SIZE", 2)
    for number in range(5):
        issue(title=f"Việc {number}", on=date(2024, 6, 1 + number // 2))
    with entered(three_levels.commune, "committee_head") as head:
        seen, cursor = [], None
        while True:
            page = list_assignments(Side.RECEIVER, actor=head, on=ON, cursor=cursor)
            seen += [item.title for item in page.items]
            cursor = page.next_cursor
            if cursor is None:
                break
    assert sorted(seen) == [f"Việc {number}" for number in range(5)]
    assert len(seen) == 5


def test_figures_count_what_the_sender_issued(issue, entered, three_levels, conclude):
    conclude(assignments=[NewAssignment(three_levels.commune.id, "Việc một", due_on=date(2024, 7, 1))])
    done = issue()
    with entered(three_levels.commune, "committee_head") as head:
        report_done(done, "Xong", actor=head, on=ON)
        record_citizen_told(done, actor=head, on=ON)
    with entered(three_levels.district, "committee_head"):
        found = count_directives(date(2024, 1, 1), ON, on=LATER)
    assert (found.notices, found.assignments, found.open, found.overdue, found.done, found.citizen_told) == (
        1,
        2,
        1,
        1,
        1,
        1,
    )
    with entered(three_levels.commune, "committee_head"):
        assert count_directives(date(2024, 1, 1), ON, on=LATER).assignments == 0


def test_rights_are_checked(issue, entered, three_levels):
    work = issue()
    with entered(three_levels.commune, "viewer") as viewer:
        with pytest.raises(Forbidden):
            acknowledge_assignment(work, actor=viewer, on=ON)
        with pytest.raises(Forbidden):
            issue_assignment(NewAssignment(three_levels.commune.id, "Việc"), actor=viewer, on=ON)


def test_two_answers_in_the_same_moment_are_one_after_the_other(issue, entered, three_levels, superuser):
    """One hand refuses what the other reports as done: whoever comes second sees what the first one did."""
    work = issue()
    refused: list[Conflict] = []

    def refuse():
        with entered(three_levels.commune, "committee_head") as head:
            try:
                refuse_assignment(work, "Không thuộc thẩm quyền của xã", actor=head, on=ON)
            except Conflict as fault:
                refused.append(fault)

    with entered(three_levels.commune, "committee_head") as head:
        acknowledge_assignment(work, actor=head, on=ON)
    with entered(three_levels.commune, "committee_head") as head:
        report_done(work, "Đã trả lời công dân", actor=head, on=ON)
        other = threading.Thread(target=refuse)
        other.start()
        other.join(0.5)
        assert other.is_alive()  # it waits for this transaction
    other.join(10)
    assert refused
    kinds = superuser.execute(
        "SELECT kind FROM assignment_step WHERE assignment_id = %s ORDER BY made_at", [work]
    ).fetchall()
    assert kinds == [("acknowledged",), ("done",)]
