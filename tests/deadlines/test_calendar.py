"""The calendar of the civil service: which days are worked, why, and how sure that is."""

from datetime import date

import pytest

from tiepdan.deadlines.calendar import DayKind, DayOverride, OutsideCalendar, days_between
from tiepdan.deadlines.vietnam import (
    CalendarOptions,
    _library_days,
    announced_through,
    proposals,
    vietnam_calendar,
)

CALENDAR = vietnam_calendar()


def days_off(first, last, calendar=CALENDAR):
    """Days that would be worked by the base week and are not."""
    return [day for day in days_between(first, last) if day.weekday() < 5 and not calendar.is_working(day)]


WEEKDAYS_OFF = {
    # As announced each year; weekends and holidays that fall on one are left out.
    2019: ["01-01", "02-04", "02-05", "02-06", "02-07", "02-08", "04-15", "04-29", "04-30", "05-01", "09-02"],
    2020: [
        *("01-01", "01-23", "01-24", "01-27", "01-28", "01-29"),
        *("04-02", "04-30", "05-01", "09-02"),
    ],
    2021: [
        *("01-01", "02-10", "02-11", "02-12", "02-15", "02-16"),
        *("04-21", "04-30", "05-03", "09-02", "09-03"),
    ],
    2022: [
        *("01-03", "01-31", "02-01", "02-02", "02-03", "02-04"),
        *("04-11", "05-02", "05-03", "09-01", "09-02"),
    ],
    2023: [
        *("01-02", "01-20", "01-23", "01-24", "01-25", "01-26"),
        *("05-01", "05-02", "05-03", "09-01", "09-04"),
    ],
    2024: [
        *("01-01", "02-08", "02-09", "02-12", "02-13", "02-14"),
        *("04-18", "04-29", "04-30", "05-01", "09-02", "09-03"),
    ],
    2025: [
        *("01-01", "01-27", "01-28", "01-29", "01-30", "01-31"),
        *("04-07", "04-30", "05-01", "05-02", "09-01", "09-02"),
    ],
    2026: [
        *("01-01", "02-16", "02-17", "02-18", "02-19", "02-20"),
        *("04-27", "04-30", "05-01", "08-31", "09-01", "09-02", "11-24"),
    ],
    # Tết and 03/9 computed, not announced.
    2027: [
        *("01-01", "02-04", "02-05", "02-08", "02-09", "02-10"),
        *("04-16", "04-30", "05-03", "09-02", "09-03", "11-24"),
    ],
}
SATURDAYS_WORKED = {
    2019: ["01-05", "05-04"],
    2024: ["05-04"],
    2025: ["04-26"],
    2026: ["08-22"],
}


@pytest.mark.parametrize("year", WEEKDAYS_OFF)
def test_each_year_has_the_days_off_that_were_announced(year):
    found = days_off(date(year, 1, 1), date(year, 12, 31))
    assert [day.strftime("%m-%d") for day in found] == WEEKDAYS_OFF[year]


@pytest.mark.parametrize("year", WEEKDAYS_OFF)
def test_each_year_works_the_saturdays_that_were_swapped(year):
    weekend = [day for day in days_between(date(year, 1, 1), date(year, 12, 31)) if day.weekday() >= 5]
    worked = [day.strftime("%m-%d") for day in weekend if CALENDAR.is_working(day)]
    assert worked == SATURDAYS_WORKED.get(year, [])


def test_the_library_agrees_with_our_table_of_announced_days():
    library = {day: status.is_working for day, status in _library_days().items()}
    for day in days_between(date(2025, 1, 1), date(announced_through(), 12, 31)):
        assert library.get(day, day.weekday() < 5) == CALENDAR.is_working(day), day


def test_a_day_says_why_and_by_which_source():
    assert CALENDAR.day_status(date(2026, 8, 31)) == (
        False,
        "Nghỉ hoán đổi, làm bù ngày 22/8/2026",
        False,
        "Thông báo 9441/TB-BNV ngày 16/10/2025",
        DayKind.SWAP_OFF,
    )
    assert CALENDAR.day_status(date(2026, 3, 7)).reason == "Thứ Bảy"
    assert CALENDAR.day_status(date(2022, 5, 3)).kind is DayKind.COMPENSATORY
    assert CALENDAR.day_status(date(2024, 5, 4)).kind is DayKind.SWAP_WORKED
    assert CALENDAR.day_status(date(2019, 4, 15)).source == "Bộ luật Lao động 10/2012/QH13, Điều 115"


def test_the_culture_day_is_off_from_2026_on():
    assert CALENDAR.is_working(date(2025, 11, 24))
    assert not CALENDAR.is_working(date(2026, 11, 24))


def test_a_culture_day_on_a_weekend_gives_no_day_off_unless_the_flag_is_set():
    # 24/11/2029 is a Saturday.
    monday = CALENDAR.day_status(date(2029, 11, 26))
    assert (monday.is_working, monday.provisional) == (True, True)
    flagged = vietnam_calendar(CalendarOptions(culture_day_compensation=True))
    assert not flagged.is_working(date(2029, 11, 26))


def test_a_tenant_may_not_count_the_saturdays_worked_in_exchange():
    calendar = vietnam_calendar(CalendarOptions(worked_saturdays=False))
    assert not calendar.is_working(date(2026, 8, 22))
    assert not calendar.is_working(date(2026, 8, 31))
    assert calendar.day_status(date(2026, 8, 22)).reason == "Thứ Bảy"


def test_a_proposed_swap_is_off_until_accepted_and_then_provisional():
    assert proposals() == ("swap-2026-01-02",)
    assert CALENDAR.is_working(date(2026, 1, 2))
    accepted = vietnam_calendar(CalendarOptions(accepted_proposals=frozenset(proposals())))
    friday, saturday = accepted.day_status(date(2026, 1, 2)), accepted.day_status(date(2026, 1, 10))
    assert (friday.is_working, friday.provisional) == (False, True)
    assert (saturday.is_working, saturday.provisional) == (True, True)
    with pytest.raises(ValueError, match="swap-2099"):
        vietnam_calendar(CalendarOptions(accepted_proposals=frozenset({"swap-2099"})))


def test_days_that_wait_for_an_announcement_are_provisional():
    def provisional(first, last, calendar=CALENDAR):
        return [day for day in days_between(first, last) if calendar.day_status(day).provisional]

    assert not provisional(date(2008, 1, 1), date(2026, 12, 31))
    # Computed Tết is 04-10/02/2027; two days on either side may be taken instead. 02/9 is fixed, its neighbours not.
    assert provisional(date(2027, 1, 1), date(2027, 12, 31)) == [
        *days_between(date(2027, 2, 2), date(2027, 2, 12)),
        date(2027, 9, 1),
        date(2027, 9, 3),
    ]
    approved = vietnam_calendar(CalendarOptions(approved_years=frozenset({2027})))
    assert not provisional(date(2027, 1, 1), date(2027, 12, 31), approved)


def test_an_override_has_the_last_word_and_settles_the_day():
    announced = DayOverride(date(2027, 2, 11), False, "Tết Đinh Mùi", "Thông báo", DayKind.HOLIDAY)
    calendar = vietnam_calendar(overrides=(announced,))
    assert calendar.day_status(date(2027, 2, 11)) == announced.status()
    assert not calendar.day_status(date(2027, 2, 11)).provisional
    assert CALENDAR.is_working(date(2027, 2, 11))


def test_the_version_changes_with_what_the_calendar_says_and_only_then():
    again = CALENDAR.with_overrides([])
    assert again.version == CALENDAR.version
    assert again == CALENDAR
    assert hash(again) == hash(CALENDAR)
    override = DayOverride(date(2026, 11, 23), False, "Nghỉ hoán đổi", "Thông báo", DayKind.SWAP_OFF)
    assert CALENDAR.with_overrides([override]).version != CALENDAR.version


def test_a_calendar_cannot_be_changed():
    with pytest.raises(TypeError):
        CALENDAR.special[date(2026, 1, 5)] = CALENDAR.day_status(date(2026, 1, 4))  # type: ignore[index]


def test_days_beyond_the_calendar_are_refused():
    with pytest.raises(OutsideCalendar, match="2046-01-02"):
        CALENDAR.day_status(date(2046, 1, 2))
