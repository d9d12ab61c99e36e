"""Reporting periods of the party's reports: calendar periods, not the State's 15th to 14th.

Source: Quy định 11-QĐi/TW, Điều 3 khoản 8 (PTY-12) for the rhythm; decision DEC-05 for the borders.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import total_ordering

from flask_babel import gettext as _


class PeriodKind(StrEnum):
    """Length of a period."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    NINE_MONTHS = "nine_months"
    YEAR = "year"


_MONTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF_YEAR: 6,
    PeriodKind.NINE_MONTHS: 9,
    PeriodKind.YEAR: 12,
}
_CODE = re.compile(r"(?P<year>\d{4})(?:-(?P<part>M(?:0[1-9]|1[0-2])|Q[1-4]|H[12]|9M))?")


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period (kỳ báo cáo). first, last: days, both inclusive."""

    kind: PeriodKind
    first: date
    last: date

    @property
    def code(self) -> str:
        """Return the short form used in addresses and commands: 2022-H1, 2022-M06, 2022-Q1, 2022-9M, 2022."""
        year, month = self.first.year, self.first.month
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

    @property
    def label(self) -> str:
        """Name the period as documents do: 6 tháng đầu năm 2022."""
        year, month = self.first.year, self.first.month
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

    @property
    def months(self) -> tuple[str, ...]:
        """Return the months of the period as "2022-01"."""
        return tuple(f"{self.first.year}-{month:02d}" for month in range(self.first.month, self.last.month + 1))

    def __contains__(self, day: date) -> bool:
        """Say whether a day falls into the period."""
        return self.first <= day <= self.last

    def __lt__(self, other: "Period") -> bool:
        """Order periods by their end."""
        return (self.last, self.first) < (other.last, other.first)


def make_period(kind: PeriodKind, first: date) -> Period:
    """Return the period of a kind that starts on a day; ValueError where no such period starts."""
    length = _MONTHS[kind]
    starts = (1,) if kind is PeriodKind.NINE_MONTHS else range(1, 13, length)
    if first.day != 1 or first.month not in starts:
        raise ValueError(f"no period {kind} starts on {first}")
    end = first.month + length - 1
    return Period(kind, first, date(first.year, end, calendar.monthrange(first.year, end)[1]))


def read_period(code: str) -> Period:
    """Read a period from its short form; ValueError for anything else."""
    found = _CODE.fullmatch(code.strip().upper())
    if found is None:
        raise ValueError(f"{code!r} is no period such as 2022-H1, 2022-Q1, 2022-M06, 2022-9M or 2022")
    year, part = int(found["year"]), found["part"] or ""
    if not part:
        return make_period(PeriodKind.YEAR, date(year, 1, 1))
    if part == "9M":
        return make_period(PeriodKind.NINE_MONTHS, date(year, 1, 1))
    number = int(part[1:])
    kind = {"M": PeriodKind.MONTH, "Q": PeriodKind.QUARTER, "H": PeriodKind.HALF_YEAR}[part[0]]
    return make_period(kind, date(year, (number - 1) * _MONTHS[kind] + 1, 1))


def recent_periods(on: date) -> list[Period]:
    """Return the periods people may report on: those of this year and of the three years before, the newest first."""
    codes = [
        f"{year}{part}"
        for year in range(on.year - 3, on.year + 1)
        for part in ("", "-9M", "-H1", "-H2", *(f"-Q{n}" for n in range(1, 5)), *(f"-M{n:02d}" for n in range(1, 13)))
    ]
    periods = [period for period in map(read_period, codes) if period.first <= on]
    return sorted(periods, key=lambda period: (-period.last.toordinal(), period.first.toordinal()))
