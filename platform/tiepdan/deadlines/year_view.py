"""A year of the calendar as a page shows it: months counted, and each day that is not like its weekday."""

from calendar import monthrange
from datetime import date
from typing import NamedTuple

from tiepdan.deadlines.calendar import WEEK, DayStatus, WorkCalendar, days_between

DECEMBER = 12


class MonthCount(NamedTuple):
    """How many days of a month are worked. provisional: how many of all its days are not settled."""

    month: int
    working: int
    off: int
    provisional: int


def months_of(calendar: WorkCalendar, year: int) -> list[MonthCount]:
    """Count the worked days of each month of a year."""
    counts = []
    for month in range(1, DECEMBER + 1):
        statuses = [calendar.day_status(day) for day in _days_of(year, month)]
        working = sum(status.is_working for status in statuses)
        unsettled = sum(status.provisional for status in statuses)
        counts.append(MonthCount(month, working, len(statuses) - working, unsettled))
    return counts


def special_days_of(calendar: WorkCalendar, year: int) -> list[tuple[date, DayStatus]]:
    """List the days of a year that the ordinary week does not explain."""
    days = ((day, calendar.day_status(day)) for day in days_between(date(year, 1, 1), date(year, DECEMBER, 31)))
    return [(day, status) for day, status in days if status != WEEK[day.weekday()]]


def _days_of(year: int, month: int) -> list[date]:
    return list(days_between(date(year, month, 1), date(year, month, monthrange(year, month)[1])))
