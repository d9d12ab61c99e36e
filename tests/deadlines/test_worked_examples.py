"""Due dates counted by hand. Every comment writes out the counting that the result stands on."""

from datetime import date

import pytest

from tiepdan.deadlines.calendar import DayKind, DayOverride
from tiepdan.deadlines.law import rule
from tiepdan.deadlines.rules import due
from tiepdan.deadlines.vietnam import CalendarOptions, vietnam_calendar

CALENDAR = vietnam_calendar()
WITHOUT_SATURDAYS = vietnam_calendar(CalendarOptions(worked_saturdays=False))


def due_on(rule_id, start, calendar=CALENDAR, variant=None):
    return due(start, rule(rule_id).limit(variant), calendar).due_on


LEGAL_EXAMPLES = [
    # CMP-03, Luật 136/2025/QH15 and Nghị định 155/2026, Điều 10: 7 WD. 24/11 is Ngày Văn hóa Việt Nam.
    # 23(1) [24 off] 25(2) 26(3) 27(4) [28-29] 30(5) 01/12(6) 02/12(7).
    ("CMP-03", date(2026, 11, 20), date(2026, 12, 2)),
    # CMP-02, Luật Khiếu nại, Điều 27: 10 CD. 30/6 + 10 = 10/7, a Friday.
    ("CMP-02", date(2026, 6, 30), date(2026, 7, 10)),
    # DEN-01, Luật Tố cáo, Điều 24 khoản 1: 7 WD. Sat 22/8 is worked for Mon 31/8.
    # 22(1) [23] 24(2) 25(3) 26(4) 27(5) 28(6) [29-30] [31 off] [1-2/9 off] 03/9(7).
    ("DEN-01", date(2026, 8, 21), date(2026, 9, 3)),
    # CMP-04, Luật Khiếu nại, Điều 28: 30 CD. 02/4 + 30 = 02/5, a Saturday; Monday is 04/5.
    ("CMP-04", date(2026, 4, 2), date(2026, 5, 4)),
    # PTY-06, Quy định 11-QĐi/TW, Điều 6: 10 WD. Tết 16-20/02.
    # [14-15] [16-20 Tết] [21-22] 23(1) 24 25 26 27(5) [28-01/3] 02(6) 03 04 05 06(10).
    ("PTY-06", date(2026, 2, 13), date(2026, 3, 6)),
]


@pytest.mark.parametrize(("rule_id", "start", "expected"), LEGAL_EXAMPLES)
def test_the_worked_examples_of_the_law_come_out(rule_id, start, expected):
    assert due_on(rule_id, start) == expected


def test_the_first_example_would_end_a_day_earlier_without_the_culture_day():
    # 23(1) 24 25 26 27(5) [28-29] 30(6) 01/12(7).
    worked = DayOverride(date(2026, 11, 24), True, "Thứ Ba", "thử nghiệm", DayKind.WORKING)
    assert due_on("CMP-03", date(2026, 11, 20), CALENDAR.with_overrides([worked])) == date(2026, 12, 1)


HAND_COUNTED = [
    # --- 2021/2022. Off: Mon 03/01 (for Sat 01/01), Tết 31/01-04/02, Mon 11/04, 02-03/05, 01-02/09.
    # 5 WD: 31/12 Fri(1) [1-2] [03 off] 04(2) 05(3) 06(4) 07(5).
    ("REC-13", date(2021, 12, 30), date(2022, 1, 7)),
    # 10 WD: 24(1) 25 26 27 28(5) [29-30] [31/01-04/02 Tết] [5-6] 07(6) 08 09 10 11(10).
    ("PTY-06", date(2022, 1, 21), date(2022, 2, 11)),
    # 5 WD: 28(1) [29-30] [Tết] [5-6] 07(2) 08(3) 09(4) 10(5).
    ("DEN-03", date(2022, 1, 27), date(2022, 2, 10)),
    # 7 WD: [9-10, 10/04 Giỗ Tổ on Sunday] [11 off] 12(1) 13 14 15(4) [16-17] 18(5) 19(6) 20(7).
    ("DEN-01", date(2022, 4, 8), date(2022, 4, 20)),
    # 10 CD: 20/4 + 10 = Sat 30/4, a holiday; [01/5] [02 off] [03 off] → Wed 04/5.
    ("CMP-02", date(2022, 4, 20), date(2022, 5, 4)),
    # 5 WD: [30-01] [02-03 off] 04(1) 05(2) 06(3) [7-8] 09(4) 10(5).
    ("DEN-07", date(2022, 4, 29), date(2022, 5, 10)),
    # 30 CD: 3/8 + 28 = 31/8, + 30 = Fri 02/9, a holiday; [3-4] → Mon 05/9.
    ("CMP-04", date(2022, 8, 3), date(2022, 9, 5)),
    # --- 2023. Off: Tết Fri 20/01-Thu 26/01, Mon 01/05, 02-03/05, Fri 01/09, Mon 04/09.
    # 20 CD: 2/1 + 20 = Sun 22/01, mùng 1; Tết to Thu 26 → Fri 27/01.
    ("DEN-14", date(2023, 1, 2), date(2023, 1, 27)),
    # 10 WD: 17(1) 18 19(3) [20 off] [21-22] [23-26 off] 27(4) [28-29] 30(5) 31(6) 01/02(7) 02 03(9) [4-5] 06(10).
    ("PTY-06", date(2023, 1, 16), date(2023, 2, 6)),
    # 3 WD: 28(1) [29-30] [01, 02, 03/05 off] 04(2) 05(3).
    ("CMP-13", date(2023, 4, 27), date(2023, 5, 5)),
    # 30 CD: 31/3 + 30 = Sun 30/4; [01, 02, 03/05 off] → Thu 04/05.
    ("CMP-04", date(2023, 3, 31), date(2023, 5, 4)),
    # 7 WD: 31/8(1) [01/9 off] [2-3] [04 off] 05(2) 06 07 08(5) [9-10] 11(6) 12(7).
    ("DEN-12", date(2023, 8, 30), date(2023, 9, 12)),
    # --- 2024. Off: Tết Thu 08/02-Wed 14/02, Thu 18/04, Mon 29/04 (Sat 04/05 worked), 30/04, 01/05, 02-03/09.
    # 10 WD: 05(1) 06 07(3) [08-09] [10-11] [12-14] 15(4) 16(5) [17-18] 19(6) 20 21 22 23(10).
    ("PTY-06", date(2024, 2, 2), date(2024, 2, 23)),
    # 10 WD: 16(1) 17(2) [18 off] 19(3) [20-21] 22(4) 23 24 25 26(8) [27-28] [29, 30, 01 off] 02(9) 03(10).
    ("REC-12", date(2024, 4, 15), date(2024, 5, 3)),
    # 5 WD: 26(1) [27-28] [29, 30, 01 off] 02(2) 03(3) Sat 04 worked(4) [05] 06(5).
    ("REC-13", date(2024, 4, 25), date(2024, 5, 6)),
    # 10 CD: 24/4 + 10 = Sat 04/5, worked: it does not move (CAL-02).
    ("CMP-02", date(2024, 4, 24), date(2024, 5, 4)),
    # 10 CD: 24/8 + 10 = Tue 03/9, the second day of Quốc khánh → Wed 04/9.
    ("CMP-02", date(2024, 8, 24), date(2024, 9, 4)),
    # 5 WD: 29(1) 30(2) [31-01] [02-03 off] 04(3) 05(4) 06(5).
    ("DEN-11", date(2024, 8, 28), date(2024, 9, 6)),
    # --- 2025. Off: Tết 27-31/01, Mon 07/04, 30/04, 01/05, Fri 02/05 (Sat 26/04 worked), 01-02/09.
    # 30 CD: 28/12 + 30 = Mon 27/01, Tết to Fri 31; [1-2/02] → Mon 03/02.
    ("DEN-08", date(2024, 12, 28), date(2025, 2, 3)),
    # 7 WD: 23(1) 24(2) [25-26] [27-31 Tết] [1-2] 03(3) 04 05 06 07(7).
    ("DEN-01", date(2025, 1, 22), date(2025, 2, 7)),
    # 5 WD: [5-6] [07 Giỗ Tổ] 08(1) 09 10 11(4) [12-13] 14(5).
    ("REC-13", date(2025, 4, 4), date(2025, 4, 14)),
    # 5 WD: 25(1) Sat 26 worked(2) [27] 28(3) 29(4) [30, 01, 02 off] [3-4] 05/05(5).
    ("DEN-03", date(2025, 4, 24), date(2025, 5, 5)),
    # 10 CD: 20/4 + 10 = Wed 30/4; [01, 02 off] [3-4] → Mon 05/05.
    ("CMP-02", date(2025, 4, 20), date(2025, 5, 5)),
    # 10 CD: 16/4 + 10 = Sat 26/4, worked: it does not move.
    ("CMP-02", date(2025, 4, 16), date(2025, 4, 26)),
    # 3 WD: 29(1) [30-31] [01-02 off] 03(2) 04(3).
    ("CMP-13", date(2025, 8, 28), date(2025, 9, 4)),
    # --- 2026. Off: Tết 16-20/02, Mon 27/04, 30/04, 01/05, Mon 31/08 (Sat 22/08 worked), 01-02/09, 24/11.
    # 10 CD: 7/2 + 10 = Tue 17/02, mùng 1; Tết to Fri 20; [21-22] → Mon 23/02.
    ("CMP-02", date(2026, 2, 7), date(2026, 2, 23)),
    # 10 WD: [25-26] [27 off] 28(1) 29(2) [30, 01 off] [2-3] 04(3) 05 06 07 08(7) [9-10] 11(8) 12 13(10).
    ("PTY-06", date(2026, 4, 24), date(2026, 5, 13)),
    # 7 WD: [29-30] [31 off] [01-02 off] 03(1) 04(2) [5-6] 07(3) 08 09 10 11(7).
    ("CMP-03", date(2026, 8, 28), date(2026, 9, 11)),
    # --- 2027, of which Tết and a second day of 02/9 are not announced: computed 04-10/02 and 03/09.
    # 3 WD: [30 off] [1-2] [03 off, for Sat 01/05] 04(1) 05(2) 06(3).
    ("CMP-13", date(2027, 4, 29), date(2027, 5, 6)),
    # 5 WD: 01/02(1) 02(2) 03(3) [04-10] 11(4) 12(5).
    ("DEN-03", date(2027, 1, 29), date(2027, 2, 12)),
    # 30 CD: 3/8 + 30 = Thu 02/9; [03 off] [4-5] → Mon 06/9.
    ("CMP-04", date(2027, 8, 3), date(2027, 9, 6)),
]


@pytest.mark.parametrize(("rule_id", "start", "expected"), HAND_COUNTED)
def test_periods_around_holidays_end_where_a_person_counts_them(rule_id, start, expected):
    assert due_on(rule_id, start) == expected


BACKWARD = [
    # DEC-01: the day itself is excluded. 06(1) 05(2) 04(3) 03(4) 02(5).
    ("REC-09", date(2026, 3, 9), date(2026, 3, 2)),
    # Over Tết 2022: 09(1) 08(2) 07(3) [5-6] [31/01-04/02] [29-30] 28/01(4) 27/01(5).
    ("REC-09", date(2022, 2, 10), date(2022, 1, 27)),
    # Over a worked Saturday: 07(1) 06(2) [05] Sat 04 worked(3) 03(4) 02(5).
    ("REC-09", date(2024, 5, 8), date(2024, 5, 2)),
    # 09(1) 08(2) 07(3) [5-6] 04(4) 03(5).
    ("REC-19", date(2026, 9, 10), date(2026, 9, 3)),
    # [01-02/09 off] [31/08 off] [29-30] 28(1).
    ("REC-20", date(2026, 9, 3), date(2026, 8, 28)),
    # Calendar days do not move: 06 05 04 03 02(5), although 02/09 is a holiday; later would break the five days.
    ("CMP-18", date(2026, 9, 7), date(2026, 9, 2)),
]


@pytest.mark.parametrize(("rule_id", "day", "expected"), BACKWARD)
def test_notice_before_a_day_is_counted_back_from_it(rule_id, day, expected):
    assert due_on(rule_id, day) == expected


def test_a_tenant_that_does_not_work_saturdays_counts_past_them():
    # 5 WD: 26/4(1) [27-28] [29, 30, 01 off] 02(2) 03(3) [Sat 04, 05] 06(4) 07(5).
    assert due_on("REC-13", date(2024, 4, 25), WITHOUT_SATURDAYS) == date(2024, 5, 7)
    # 10 CD end on Sat 04/5, which is now a day off → Mon 06/5.
    assert due_on("CMP-02", date(2024, 4, 24), WITHOUT_SATURDAYS) == date(2024, 5, 6)


def test_a_complex_party_matter_has_fifteen_days_in_all_unless_the_other_reading_is_chosen():
    start = date(2026, 2, 13)
    # 23/02(1) … 06/03(10) as above, then 09 10 11 12 13(15).
    assert due_on("PTY-07", start) == date(2026, 3, 13)
    # 10 + 15: 16-20/03 (20), 23-27/03 (25).
    assert due_on("PTY-07", start, variant="complex_additional") == date(2026, 3, 27)


def test_a_proposed_swap_changes_nothing_until_it_is_accepted():
    start, limit = date(2025, 12, 31), rule("REC-13").limit()
    # [01/01 off] 02(1) [3-4] 05(2) 06 07 08(5).
    assert due(start, limit, CALENDAR).due_on == date(2026, 1, 8)
    assert not due(start, limit, CALENDAR).provisional
    # [01 off] [02 off] [3-4] 05(1) 06 07 08(4) 09(5); the Saturday worked for it comes only on 10/01.
    accepted = vietnam_calendar(CalendarOptions(accepted_proposals=frozenset({"swap-2026-01-02"})))
    assert due(start, limit, accepted).due_on == date(2026, 1, 9)
    assert due(start, limit, accepted).provisional
