"""Reporting periods of the party's reports: calendar periods, not the State's 15th to 14th.

A report of a plugin may have a cut-off day of its own: with the 15th, June is from 15 May to 14 June; or span several
years. Source: Quy định 11-QĐi/TW, Điều 3 khoản 8 (PTY-12) for the rhythm; decision DEC-05 for the borders.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import total_ordering

from flask_babel import gettext as _


class PeriodKind(StrEnum):
    """Length of a period. YEARS: from one year to another; only reports of plugins have it."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    NINE_MONTHS = "nine_months"
    YEAR = "year"
    YEARS = "years"


_MONTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF_YEAR: 6,
    PeriodKind.NINE_MONTHS: 9,
    PeriodKind.YEAR: 12,
    PeriodKind.YEARS: 12,
}
_CODE = re.compile(r"(?P<year>\d{4})(?:-(?:(?P<part>M(?:0[1-9]|1[0-2])|Q[1-4]|H[12]|9M)|(?P<last>\d{4})))?")
MOST_YEARS = 20
LAST_FIRST_DAY = 28  # every month has it


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period (kỳ báo cáo). first, last: days, both inclusive."""

    kind: PeriodKind
    first: date
    last: date

    @property
    def first_day(self) -> int:
        """Return the day of the month on which it starts: 1, or the cut-off of a plugin's report."""
        return self.first.day

    @property
    def named_from(self) -> tuple[int, int]:
        """Return (year, month) of the month it is named by: June, also when it starts on 15 May."""
        year, month = self.first.year, self.first.month
        return (year, month) if self.first.day == 1 else _later(year, month, 1)

    @property
    def last_year(self) -> int:
        """Return the year of its last month."""
        return self.last.year

    @property
    def code(self) -> str:
        """Return the short form of addresses and commands: 2022-H1, 2022-M06, 2022-Q1, 2022-9M, 2022, 2020-2022."""
        year, month = self.named_from
        match self.kind:
            case PeriodKind.MONTH:
                return f"{year}-M{month:02d}"
            case PeriodKind.QUARTER:
                return f"{year}-Q{(month + 2) // 3}"
            case PeriodKind.HALF_YEAR:
                return f"{year}-H{1 if month == 1 else 2}"
            case PeriodKind.NINE_MONTHS:
                return f"{year}-9M"
            case PeriodKind.YEAR:
                return f"{year}"
            case PeriodKind.YEARS:
                return f"{year}-{self.last_year}"

    @property
    def label(self) -> str:
        """Name the period as documents do: 6 tháng đầu năm 2022."""
        year, month = self.named_from
        match self.kind:
            case PeriodKind.MONTH:
                return str(_("tháng %(month)d năm %(year)d", month=month, year=year))
            case PeriodKind.QUARTER:
                names = ("I", "II", "III", "IV")
                return str(_("quý %(quarter)s năm %(year)d", quarter=names[(month - 1) // 3], year=year))
            case PeriodKind.HALF_YEAR if month == 1:
                return str(_("6 tháng đầu năm %(year)d", year=year))
            case PeriodKind.HALF_YEAR:
                return str(_("6 tháng cuối năm %(year)d", year=year))
            case PeriodKind.NINE_MONTHS:
                return str(_("9 tháng đầu năm %(year)d", year=year))
            case PeriodKind.YEAR:
                return str(_("năm %(year)d", year=year))
            case PeriodKind.YEARS if year == self.last_year:
                return str(_("năm %(year)d", year=year))
            case PeriodKind.YEARS:
                return str(_("giai đoạn %(first)d–%(last)d", first=year, last=self.last_year))

    @property
    def months(self) -> tuple[str, ...]:
        """Return the months of a calendar period as "2022-01"."""
        return tuple(f"{self.first.year}-{month:02d}" for month in range(self.first.month, self.last.month + 1))

    @property
    def years(self) -> tuple["Period", ...]:
        """Return the single years of a period of several years; () for any other."""
        if self.kind is not PeriodKind.YEARS:
            return ()
        first_year, _month = self.named_from
        return tuple(
            period_of_month(PeriodKind.YEAR, year, 1, self.first_day) for year in range(first_year, self.last_year + 1)
        )

    def __contains__(self, day: date) -> bool:
        """Say whether a day falls into the period."""
        return self.first <= day <= self.last

    def __lt__(self, other: "Period") -> bool:
        """Order periods by their end."""
        return (self.last, self.first) < (other.last, other.first)


def make_period(kind: PeriodKind, first: date, last: date | None = None) -> Period:
    """Return the period of a kind that starts on a day; ValueError where no such period starts.

    first: the first of a month, or the cut-off day of the month before. last: needed for several years only.
    """
    year, month = (first.year, first.month) if first.day == 1 else _later(first.year, first.month, 1)
    if kind is PeriodKind.YEARS:
        if last is None:
            raise ValueError("a period of several years needs its last day")
        return make_years(year, last.year, first.day)
    return period_of_month(kind, year, month, first.day)


def period_of_month(kind: PeriodKind, year: int, month: int, first_day: int = 1) -> Period:
    """Return the period of a kind that is named by a month; ValueError where no such period starts.

    first_day: 15 lets it run from the 15th of the month before to the 14th of its last month.
    """
    length = _MONTHS[kind]
    starts = (1,) if kind is PeriodKind.NINE_MONTHS else range(1, 13, length)
    if month not in starts or not 1 <= first_day <= LAST_FIRST_DAY:
        raise ValueError(f"no period {kind} starts on {year}-{month:02d}, day {first_day}")
    last_year, last_month = _later(year, month, length - 1)
    last_day = first_day - 1 or calendar.monthrange(last_year, last_month)[1]
    first = date(year, month, 1) if first_day == 1 else date(*_later(year, month, -1), first_day)
    return Period(kind, first, date(last_year, last_month, last_day))


def make_years(first_year: int, last_year: int, first_day: int = 1) -> Period:
    """Return the period from one year to another; ValueError for a wrong order or too many years."""
    if not 0 <= last_year - first_year < MOST_YEARS:
        raise ValueError(f"from one year to a later one, at most {MOST_YEARS} years")
    first = period_of_month(PeriodKind.YEAR, first_year, 1, first_day)
    last = period_of_month(PeriodKind.YEAR, last_year, 1, first_day)
    return Period(PeriodKind.YEARS, first.first, last.last)


def read_period(code: str, first_day: int = 1) -> Period:
    """Read a period from its short form; ValueError for anything else."""
    found = _CODE.fullmatch(code.strip().upper())
    if found is None or int(found["year"]) < 1900:
        raise ValueError(f"{code!r} is no period such as 2022-H1, 2022-Q1, 2022-M06, 2022-9M, 2022 or 2020-2022")
    year, part = int(found["year"]), found["part"] or ""
    if found["last"]:
        return make_years(year, int(found["last"]), first_day)
    if not part:
        return period_of_month(PeriodKind.YEAR, year, 1, first_day)
    if part == "9M":
        return period_of_month(PeriodKind.NINE_MONTHS, year, 1, first_day)
    kind = {"M": PeriodKind.MONTH, "Q": PeriodKind.QUARTER, "H": PeriodKind.HALF_YEAR}[part[0]]
    return period_of_month(kind, year, (int(part[1:]) - 1) * _MONTHS[kind] + 1, first_day)


def recent_periods(on: date, first_day: int = 1) -> list[Period]:
    """Return the periods people may report on: those of this year and of the three years before, the newest first."""
    codes = [
        f"{year}{part}"
        for year in range(on.year - 3, on.year + 2)
        for part in ("", "-9M", "-H1", "-H2", *(f"-Q{n}" for n in range(1, 5)), *(f"-M{n:02d}" for n in range(1, 13)))
    ]
    periods = [period for code in codes if (period := read_period(code, first_day)).first <= on]
    return sorted(periods, key=lambda period: (-period.last.toordinal(), period.first.toordinal()))


def _later(year: int, month: int, months: int) -> tuple[int, int]:
    years, at = divmod(year * 12 + month - 1 + months, 12)
    return years, at + 1
