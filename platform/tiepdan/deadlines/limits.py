"""The values a limit is made of: units, directions, bounds, pauses. No law, no calendar, no counting."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

DAYS_PER_MONTH = 30
"""Source: Bộ luật Dân sự 91/2015/QH13, Điều 146 (CAL-03)."""


class Unit(StrEnum):
    """What a limit is counted in; the values are the abbreviations of the law files."""

    CALENDAR_DAY = "CD"
    WORKING_DAY = "WD"
    HOUR = "h"
    MONTH = "month"


class Direction(StrEnum):
    """Whether a limit runs on from its event, or back from it (a schedule is posted before the day)."""

    FORWARD = "forward"
    BACKWARD = "backward"


class Bound(StrEnum):
    """Whether the law sets the longest time allowed, or the shortest one required."""

    AT_MOST = "at_most"
    AT_LEAST = "at_least"


@dataclass(frozen=True, slots=True)
class Limit:
    """A period of law (thời hạn), apart from the day it starts.

    count: number of units, 1 or more.
    moves: whether a last day that is not worked moves to the next working day (CAL-02); true for
        every period of law, false for a date that a text fixes as a calendar day (RPT-15).
        Periods in hours and periods counted backwards never move.
    """

    count: int
    unit: Unit
    direction: Direction = Direction.FORWARD
    bound: Bound = Bound.AT_MOST
    moves: bool = True

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError(f"a limit counts at least one unit, got {self.count}")

    @property
    def days(self) -> int:
        """Number of days to count; a month is thirty of them (CAL-03). An hour is not a day: ValueError."""
        if self.unit is Unit.HOUR:
            raise ValueError(f"a limit of {self.count} h is not counted in days")
        return self.count * DAYS_PER_MONTH if self.unit is Unit.MONTH else self.count

    def lengthened(self, units: int) -> "Limit":
        """Return the same limit with units more: an extension is counted from the same event."""
        return replace(self, count=self.count + units)


@dataclass(frozen=True, slots=True)
class Pause:
    """A suspension of the period (tạm đình chỉ).

    suspended_on: day of the decision that stops the clock; that day still counts.
    resumed_on: day of the decision that lets it run again, not counted: as with every event (CAL-01),
        counting goes on the day after. None while the suspension lasts.
    reason: shown to people beside each day that is not counted.
    """

    suspended_on: date
    resumed_on: date | None
    reason: str = "Tạm đình chỉ giải quyết"
    source: str = ""

    def __post_init__(self) -> None:
        if self.resumed_on is not None and self.resumed_on < self.suspended_on:
            raise ValueError(f"a pause of {self.suspended_on} cannot end before it, on {self.resumed_on}")

    def covers(self, day: date) -> bool:
        """Say whether the clock stands still on day."""
        return day > self.suspended_on and (self.resumed_on is None or day <= self.resumed_on)
