"""The working-day calendar (lịch làm việc) as a value: which days are worked, why, and how sure that is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import NamedTuple

ONE_DAY = timedelta(days=1)
WEEKDAY_NAMES = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
WEEK_SOURCE = "Bộ luật Lao động 45/2019/QH14, Điều 111"


class DayKind(StrEnum):
    """Why a day is worked or not; pages translate by it."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    COMPENSATORY = "compensatory"
    SWAP_OFF = "swap_off"
    SWAP_WORKED = "swap_worked"


class DayStatus(NamedTuple):
    """What the calendar says of one day.

    reason: in Vietnamese, for people.
    provisional: rests on a year not yet announced or a swap not yet approved (DEC-03, DEC-08).
    source: clause or announcement, in Vietnamese.
    """

    is_working: bool
    reason: str
    provisional: bool
    source: str
    kind: DayKind


class OutsideCalendar(ValueError):
    """A day lies beyond the years a calendar knows; counting on would be guessing."""


@dataclass(frozen=True, slots=True)
class DayOverride:
    """A decision on one day that wins over everything computed; an administrator's, or the table's.

    provisional: False once it is announced or approved: it then also removes the provisional mark.
    """

    day: date
    is_working: bool
    reason: str
    source: str
    kind: DayKind
    provisional: bool = False

    def status(self) -> DayStatus:
        """Return what the calendar shall say of the day."""
        return DayStatus(self.is_working, self.reason, self.provisional, self.source, self.kind)


WEEK = tuple(
    DayStatus(weekday < 5, name, False, WEEK_SOURCE, DayKind.WORKING if weekday < 5 else DayKind.WEEKEND)
    for weekday, name in enumerate(WEEKDAY_NAMES)
)
"""Monday to Friday are worked (CAL-04)."""


@dataclass(frozen=True, slots=True, eq=False)
class WorkCalendar:
    """The days of a span of years: a base week and the days that differ from it.

    first_on, last_on: the days it answers for; others raise OutsideCalendar.
    special: status of each day that differs from the week, or whose reason does.
    version: digest of all of the above; two calendars that say the same have the same one. A clock
        keeps it, so that a change of the calendar can find what must be counted again.
    """

    first_on: date
    last_on: date
    special: Mapping[date, DayStatus]
    week: tuple[DayStatus, ...] = WEEK
    version: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "special", MappingProxyType(dict(self.special)))
        object.__setattr__(self, "version", self._digest())

    def _digest(self) -> str:
        digest = sha256(repr((self.first_on, self.last_on, self.week)).encode())
        for day in sorted(self.special):
            digest.update(repr((day, tuple(self.special[day]))).encode())
        return digest.hexdigest()[:16]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WorkCalendar) and other.version == self.version

    def __hash__(self) -> int:
        return hash(self.version)

    def day_status(self, day: date) -> DayStatus:
        """Say whether day is worked, why, how sure that is and by which source."""
        status = self.special.get(day)
        if status is not None:
            return status
        if not self.first_on <= day <= self.last_on:
            raise OutsideCalendar(f"{day} is outside the calendar of {self.first_on} to {self.last_on}")
        return self.week[day.weekday()]

    def is_working(self, day: date) -> bool:
        """Say whether day is worked."""
        return self.day_status(day).is_working

    def with_overrides(self, overrides: Iterable[DayOverride]) -> "WorkCalendar":
        """Return a calendar in which these days are as given; of two for one day the last wins."""
        decided = {override.day: override.status() for override in overrides}
        return WorkCalendar(self.first_on, self.last_on, {**self.special, **decided}, self.week)


def days_between(first: date, last: date) -> Iterable[date]:
    """Yield the days from first to last, both included; none if last is before first."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
