"""How the one function counts: steps, pauses, hours, months, warnings, and which of several limits wins."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tiepdan.deadlines.calendar import OutsideCalendar
from tiepdan.deadlines.law import rule
from tiepdan.deadlines.limits import Bound, Direction, Limit, Pause, Unit
from tiepdan.deadlines.rules import (
    ClockStopped,
    StepKind,
    WarningKind,
    count_days,
    days_overdue,
    due,
    due_at,
    earliest,
    is_overdue,
    warning_points,
)
from tiepdan.deadlines.vietnam import vietnam_calendar

CALENDAR = vietnam_calendar()
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
SETTLEMENT = rule("CMP-04").limit()


def test_why_this_date_shows_every_counted_and_skipped_day():
    result = due(date(2026, 8, 21), rule("DEN-01").limit(), CALENDAR)
    assert [(step.day.day, step.number, step.kind.value) for step in result.steps] == [
        (21, None, "event"),
        (22, 1, "counted"),
        (23, None, "skipped"),
        (24, 2, "counted"),
        (25, 3, "counted"),
        (26, 4, "counted"),
        (27, 5, "counted"),
        (28, 6, "counted"),
        (29, None, "skipped"),
        (30, None, "skipped"),
        (31, None, "skipped"),
        (1, None, "skipped"),
        (2, None, "skipped"),
        (3, 7, "counted"),
    ]
    reasons = {step.day: (step.reason, step.source) for step in result.steps}
    assert reasons[date(2026, 8, 21)] == (
        "Ngày xảy ra sự kiện, không tính",
        "Bộ luật Dân sự 91/2015/QH13, Điều 147 khoản 2",
    )
    assert reasons[date(2026, 8, 22)][0] == "Làm bù cho ngày 31/8/2026"
    assert reasons[date(2026, 8, 23)][0] == "Chủ nhật"
    assert reasons[date(2026, 8, 31)][0] == "Nghỉ hoán đổi, làm bù ngày 22/8/2026"
    assert reasons[date(2026, 9, 2)] == ("Quốc khánh", "Thông báo 9441/TB-BNV ngày 16/10/2025")


def test_a_move_to_the_next_working_day_shows_its_days():
    steps = due(date(2026, 4, 2), SETTLEMENT, CALENDAR).steps
    saturday, sunday, monday = steps[-3:]
    assert (saturday.day, saturday.number, saturday.reason) == (date(2026, 5, 2), 30, "Thứ Bảy")
    assert (sunday.kind, sunday.number) == (StepKind.SKIPPED, None)
    assert (monday.day, monday.kind) == (date(2026, 5, 4), StepKind.MOVED)
    assert "ngày làm việc tiếp theo" in monday.reason
    assert monday.source == "Bộ luật Dân sự 91/2015/QH13, Điều 148"


def test_a_fixed_calendar_day_does_not_move():
    fixed = Limit(30, Unit.CALENDAR_DAY, moves=False)
    assert due(date(2026, 4, 2), fixed, CALENDAR).due_on == date(2026, 5, 2)


def test_a_month_is_thirty_days():
    # 02/3 + 30 = 01/4 (CAL-03).
    assert due(date(2026, 3, 2), Limit(1, Unit.MONTH), CALENDAR).due_on == date(2026, 4, 1)


def test_an_extension_runs_from_the_same_event():
    # DEN-08, especially complex: 30 + 30 + 30. 6/7 + 90 = Sun 04/10 → Mon 05/10.
    limit = rule("DEN-08").extended("especially_complex", (30, 30))
    assert due(date(2026, 7, 6), limit, CALENDAR).due_on == date(2026, 10, 5)


def test_after_a_pause_only_the_remaining_time_is_counted():
    # 30 CD from 03/8; ten have run when it is suspended on 13/8. It is resumed on 24/8:
    # 25/8 is day 11, 13/9 day 30, a Sunday → Mon 14/9.
    pause = Pause(date(2026, 8, 13), date(2026, 8, 24), "Tạm đình chỉ", "Luật 136/2025/QH15 (Điều 11a)")
    result = due(date(2026, 8, 3), SETTLEMENT, CALENDAR, [pause])
    assert result.due_on == date(2026, 9, 14)
    paused = [step for step in result.steps if step.kind is StepKind.PAUSED]
    assert [step.day for step in paused] == [date(2026, 8, 14) + timedelta(n) for n in range(11)]
    assert {(step.reason, step.number) for step in paused} == {("Tạm đình chỉ", None)}


def test_overlapping_pauses_count_once():
    one = [Pause(date(2026, 8, 13), date(2026, 8, 24))]
    two = [Pause(date(2026, 8, 15), date(2026, 8, 24)), Pause(date(2026, 8, 13), date(2026, 8, 20))]
    start = date(2026, 8, 3)
    assert due(start, SETTLEMENT, CALENDAR, one).due_on == due(start, SETTLEMENT, CALENDAR, two).due_on


def test_a_suspension_that_lasts_leaves_no_due_date_but_the_remaining_days():
    with pytest.raises(ClockStopped) as stopped:
        due(date(2026, 8, 3), SETTLEMENT, CALENDAR, [Pause(date(2026, 8, 13), None)])
    assert stopped.value.remaining == 20
    assert stopped.value.steps[-1].day == date(2026, 8, 13)


def test_a_suspension_after_the_end_changes_nothing():
    late = Pause(date(2026, 12, 1), None)
    assert due(date(2026, 8, 3), SETTLEMENT, CALENDAR, [late]) == due(date(2026, 8, 3), SETTLEMENT, CALENDAR)


def test_a_period_suspended_on_its_last_day_off_ends_after_the_suspension():
    # 30 CD from 02/4 end on Sat 02/5; suspended that day, resumed Tue 05/5 → Wed 06/5.
    pause = Pause(date(2026, 5, 2), date(2026, 5, 5))
    assert due(date(2026, 4, 2), SETTLEMENT, CALENDAR, [pause]).due_on == date(2026, 5, 6)


def test_what_cannot_be_counted_is_refused():
    with pytest.raises(ValueError, match="backwards"):
        due(date(2026, 3, 9), rule("REC-09").limit(), CALENDAR, [Pause(date(2026, 3, 3), date(2026, 3, 4))])
    with pytest.raises(ValueError, match="not counted in days"):
        due(date(2026, 3, 9), Limit(72, Unit.HOUR), CALENDAR)
    with pytest.raises(ValueError, match="at least one"):
        Limit(0, Unit.WORKING_DAY)
    with pytest.raises(ValueError, match="cannot end before"):
        Pause(date(2026, 3, 9), date(2026, 3, 8))
    with pytest.raises(OutsideCalendar, match="2046-01-01"):
        due(date(2045, 12, 29), Limit(5, Unit.WORKING_DAY), CALENDAR)


def test_hours_run_through_nights_and_holidays():
    start = datetime(2026, 9, 1, 17, 30, tzinfo=HANOI)
    end, steps = due_at(start, Limit(72, Unit.HOUR))
    assert end == datetime(2026, 9, 4, 17, 30, tzinfo=HANOI)
    assert [step.day for step in steps] == [date(2026, 9, 1), date(2026, 9, 4)]


def test_all_points_are_joined_an_hour_before_an_online_session():
    session = datetime(2026, 9, 10, 8, 0, tzinfo=HANOI)
    assert due_at(session, rule("REC-21").limit())[0] == datetime(2026, 9, 10, 7, 0, tzinfo=HANOI)


def test_hours_need_an_aware_instant_and_a_limit_in_hours():
    with pytest.raises(ValueError, match="aware"):
        due_at(datetime(2026, 9, 10, 8), Limit(1, Unit.HOUR))  # noqa: DTZ001 - naive on purpose
    with pytest.raises(ValueError, match="counts hours"):
        due_at(datetime(2026, 9, 10, 8, tzinfo=HANOI), Limit(1, Unit.WORKING_DAY))


def test_a_date_that_rests_on_a_day_not_announced_says_so():
    # Working days over Tết 2027 rest on it; calendar days that pass over it do not.
    assert due(date(2027, 1, 29), rule("DEN-03").limit(), CALENDAR).provisional
    passing = due(date(2027, 1, 25), SETTLEMENT, CALENDAR)
    assert (passing.due_on, passing.provisional) == (date(2027, 2, 24), False)
    # A calendar period that ends on 02/9/2027 asks whether 03/9 is worked.
    assert due(date(2027, 8, 3), SETTLEMENT, CALENDAR).provisional


def test_warnings_come_at_half_time_three_working_days_before_and_when_due():
    # 03/8 to Wed 02/9 moved to Thu 03/9: 31 days, half is 15. From Thu 27/8: 28(1) [29-30] [31-02] 03/9(2);
    # from Wed 26/8: 27(1) 28(2) 03/9(3).
    due_on = due(date(2026, 8, 3), SETTLEMENT, CALENDAR).due_on
    assert due_on == date(2026, 9, 3)
    assert warning_points(date(2026, 8, 3), due_on, CALENDAR) == (
        (date(2026, 8, 18), WarningKind.HALF_TIME),
        (date(2026, 8, 26), WarningKind.NEAR),
        (date(2026, 9, 3), WarningKind.DUE),
    )


def test_no_warning_falls_before_the_start():
    start = date(2026, 3, 3)
    points = warning_points(start, date(2026, 3, 4), CALENDAR)
    assert [point.on for point in points] == [start, start, date(2026, 3, 4)]


def test_a_clock_that_starts_too_late_warns_at_once():
    # The schedule of a session on 09/3 is entered on 05/3, after its last day for posting, 02/3.
    points = warning_points(date(2026, 3, 5), date(2026, 3, 2), CALENDAR)
    assert {point.on for point in points} == {date(2026, 3, 2)}


def test_a_clock_is_overdue_from_the_next_midnight():
    due_on = date(2026, 3, 6)
    assert [is_overdue(due_on, date(2026, 3, day)) for day in (5, 6, 7)] == [False, False, True]
    assert [days_overdue(due_on, date(2026, 3, day)) for day in (5, 6, 7, 9)] == [0, 0, 1, 3]


def test_of_law_and_decree_the_earlier_day_is_the_alarm():
    # Issued Mon 02/3/2026. Law, 7 CD: Mon 09/3. Decree, 7 WD: 03 04 05 06(4) 09 10 11(7).
    limits = {rule_id: rule(rule_id).limit() for rule_id in ("CMP-14", "CMP-15")}
    decided = earliest(date(2026, 3, 2), limits, CALENDAR)
    assert (decided.won, decided.due.due_on) == ("CMP-14", date(2026, 3, 9))
    assert decided.later == {"CMP-15": date(2026, 3, 11)}


def test_working_days_may_beat_calendar_days_and_the_other_way_round():
    limits = {
        "law": Limit(10, Unit.WORKING_DAY),
        "plugin": Limit(15, Unit.CALENDAR_DAY),
    }
    # Mon 02/3: 10 WD = Mon 16/3; 15 CD = Tue 17/3. Before Tết: Fri 13/02: 10 WD = 06/3; 15 CD = Sat 28/02 → 02/3.
    assert earliest(date(2026, 3, 2), limits, CALENDAR).won == "law"
    assert earliest(date(2026, 2, 13), limits, CALENDAR).won == "plugin"


def test_of_two_limits_on_one_day_the_law_is_named():
    limits = {"law": Limit(5, Unit.WORKING_DAY), "plugin": Limit(7, Unit.CALENDAR_DAY)}
    assert earliest(date(2026, 3, 2), limits, CALENDAR).won == "law"


def test_longer_notice_is_the_stricter_limit():
    limits = {
        "REC-09": rule("REC-09").limit(),
        "plugin": Limit(10, Unit.WORKING_DAY, Direction.BACKWARD, Bound.AT_LEAST),
    }
    assert earliest(date(2026, 3, 9), limits, CALENDAR).won == "plugin"


def test_a_shortest_time_cannot_be_combined_by_the_earliest_date():
    with pytest.raises(ValueError, match="shortest time"):
        earliest(date(2026, 3, 9), {"posting": rule("CMP-16").limit("posting")}, CALENDAR)
    with pytest.raises(ValueError, match="no limits"):
        earliest(date(2026, 3, 9), {}, CALENDAR)


def test_elapsed_days_leave_out_what_does_not_count():
    start, end = date(2026, 8, 21), date(2026, 9, 3)
    assert count_days(start, end, Unit.WORKING_DAY, CALENDAR) == 7
    assert count_days(start, end, Unit.CALENDAR_DAY, CALENDAR) == 13
    assert count_days(start, end, Unit.CALENDAR_DAY, CALENDAR, [Pause(start, date(2026, 8, 24))]) == 10
    assert count_days(end, start, Unit.CALENDAR_DAY, CALENDAR) == 0
