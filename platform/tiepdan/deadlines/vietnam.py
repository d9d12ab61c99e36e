"""Viet Nam's civil-service calendar: the `holidays` library, then our table, then a tenant's decisions."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import holidays

from tiepdan.deadlines.calendar import WEEK, DayKind, DayOverride, DayStatus, WorkCalendar, days_between

FIRST_YEAR = 2008  # the oldest limit we keep is of 2008 (PET-16)
LAST_YEAR = 2045
LABOUR_CODE_2019_ON = date(2021, 1, 1)
LABOUR_CODE_2012 = "Bộ luật Lao động 10/2012/QH13, Điều 115"
LABOUR_CODE_2019 = "Bộ luật Lao động 45/2019/QH14, Điều 112"
NOT_ANNOUNCED = "chưa công bố, tạm tính"
CULTURE_DAY = "Ngày Văn hóa Việt Nam"
CULTURE_DAY_SOURCE = "Nghị quyết 28/2026/QH16, Điều 2"
NATIONAL_DAY = "Quốc khánh"
COMPENSATORY_MARK = "(nghỉ bù)"
SWAP_MARK = "(thay cho ngày"
TET_MARGIN_DAYS = 2  # the five days of Tết have begun one to three days before mùng 1 in different years


CALENDAR = "calendar"  # the name under which its version is kept once it was carried into the clocks


@dataclass(frozen=True, slots=True)
class CalendarOptions:
    """What a tenant, or the platform's administrator, decides about the calendar.

    worked_saturdays: a Saturday worked in exchange counts as a working day (DEC-07).
    culture_day_compensation: 24/11 on a weekend gives a day off on the next working day (CAL-09).
    accepted_proposals: names of proposed swaps of holidays.toml to apply; they stay provisional (DEC-08).
    approved_years: years after the last announced one that an administrator has approved (DEC-03).
    """

    worked_saturdays: bool = True
    culture_day_compensation: bool = False
    accepted_proposals: frozenset[str] = frozenset()
    approved_years: frozenset[int] = frozenset()


@lru_cache(maxsize=256)
def vietnam_calendar(
    options: CalendarOptions = CalendarOptions(),
    overrides: tuple[DayOverride, ...] = (),
) -> WorkCalendar:
    """Return the calendar of FIRST_YEAR to LAST_YEAR; the same arguments give the same object.

    overrides: decisions on single days, the last word; they come from the database.
    Raises ValueError for a proposal that holidays.toml does not know.
    Source: Bộ luật Lao động 45/2019/QH14, Điều 111-112; yearly announcements (rules CAL-04 to CAL-09).
    """
    special = dict(_library_days())
    special |= {day.day: day.status() for day in _announced_days()}
    special |= _culture_day_rests(special, compensated=options.culture_day_compensation)
    special |= _provisional_days(special, options.approved_years)
    special |= {day.day: day.status() for day in _proposed_days(options.accepted_proposals)}
    if not options.worked_saturdays:
        special = {day: status for day, status in special.items() if status.kind is not DayKind.SWAP_WORKED}
    calendar = WorkCalendar(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31), special)
    return calendar.with_overrides(overrides) if overrides else calendar


def platform_calendar_version() -> str:
    """Return the version of the platform's own calendar, before any tenant's decision."""
    return vietnam_calendar().version


def announced_through() -> int:
    """Return the last year whose holidays were announced when the table was written."""
    return int(_table()["announced_through"])


def proposals() -> tuple[str, ...]:
    """Name the swaps that were proposed and may be accepted."""
    return tuple(_table()["proposed"])


def describe_proposal(name: str) -> str:
    """Say what a proposed swap would change: each of its days, in Vietnamese. Raises KeyError for an unknown one."""
    rows = _table()["proposed"][name]["day"]
    return "; ".join(f"{day.day:%d/%m/%Y}: {day.reason}" for row in rows for day in _read_days(row, provisional=True))


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("tiepdan.deadlines") / "holidays.toml").read_text(encoding="utf-8"))


@cache
def _library_days() -> dict[date, DayStatus]:
    found = holidays.country_holidays("VN", years=range(FIRST_YEAR, LAST_YEAR + 1), language="vi")
    days = {day: _library_status(day, name) for day, name in found.items()}
    for day in found.weekend_workdays:
        source = LABOUR_CODE_2019 if day >= LABOUR_CODE_2019_ON else LABOUR_CODE_2012
        days[day] = DayStatus(True, "Làm bù (hoán đổi ngày nghỉ)", False, source, DayKind.SWAP_WORKED)
    return days


def _library_status(day: date, name: str) -> DayStatus:
    if SWAP_MARK in name:
        kind = DayKind.SWAP_OFF
    elif COMPENSATORY_MARK in name:
        kind = DayKind.COMPENSATORY
    else:
        kind = DayKind.HOLIDAY
    source = LABOUR_CODE_2019 if day >= LABOUR_CODE_2019_ON else LABOUR_CODE_2012
    if name.startswith(CULTURE_DAY):
        source = CULTURE_DAY_SOURCE
    return DayStatus(False, name, False, source, kind)


def _announced_days() -> Iterator[DayOverride]:
    for row in _table()["day"]:
        yield from _read_days(row, provisional=False)


def _proposed_days(accepted: frozenset[str]) -> Iterator[DayOverride]:
    unknown = accepted - set(proposals())
    if unknown:
        raise ValueError(f"unknown proposals {sorted(unknown)}; holidays.toml has {list(proposals())}")
    for name in sorted(accepted):
        for row in _table()["proposed"][name]["day"]:
            yield from _read_days(row, provisional=True)


def _read_days(row: dict[str, Any], *, provisional: bool) -> Iterator[DayOverride]:
    kind = DayKind(row["kind"])
    worked = kind is DayKind.SWAP_WORKED
    for day in row["on"] if isinstance(row["on"], list) else [row["on"]]:
        yield DayOverride(day, worked, row["name"], row["source"], kind, provisional)


def _culture_day_rests(special: dict[date, DayStatus], *, compensated: bool) -> dict[date, DayStatus]:
    """Decide the rest day for a 24/11 on a weekend (CAL-09): the library grants it, our reading does not."""
    rests = {}
    for day, status in special.items():
        if status.kind is DayKind.COMPENSATORY and status.reason.startswith(CULTURE_DAY):
            if compensated:
                rests[day] = status._replace(provisional=True)
            else:
                reason = f"{WEEK[day.weekday()].reason} (24/11 trùng ngày nghỉ, hiểu là không nghỉ bù)"
                rests[day] = DayStatus(True, reason, True, CULTURE_DAY_SOURCE, DayKind.WORKING)
    return rests


def _provisional_days(special: dict[date, DayStatus], approved: frozenset[int]) -> dict[date, DayStatus]:
    """Mark the days whose status depends on an announcement still to come (CAL-07, DEC-03)."""
    marked = {}
    for year in range(announced_through() + 1, LAST_YEAR + 1):
        if year in approved:
            continue
        for day in (*_tet_days(special, year), *_national_days(special, year)):
            status = special.get(day, WEEK[day.weekday()])
            marked[day] = status._replace(provisional=True, reason=f"{status.reason} ({NOT_ANNOUNCED})")
    return marked


def _tet_days(special: dict[date, DayStatus], year: int) -> Iterator[date]:
    """Yield the computed days of Tết and those beside them that the announcement may take instead."""
    tet = [
        day
        for day, status in special.items()
        if day.year == year and "Tết" in status.reason and "Dương lịch" not in status.reason
    ]
    margin = timedelta(days=TET_MARGIN_DAYS)
    yield from days_between(min(tet) - margin, max(tet) + margin)


def _national_days(special: dict[date, DayStatus], year: int) -> Iterator[date]:
    """Yield 1/9 and 3/9, one of which will be the second day off, and rests that follow from it.

    02/9 itself is fixed by law (CAL-06).
    """
    fixed = date(year, 9, 2)
    for day in days_between(date(year, 9, 1), date(year, 9, 5)):
        rests = day in special and special[day].reason.startswith(NATIONAL_DAY)
        if day != fixed and (rests or day.day in (1, 3)):
            yield day
