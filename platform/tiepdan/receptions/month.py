"""A month as a calendar page shows it: weeks from Monday, each day with its receptions."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tiepdan.receptions.queries import DayView, ReceptionView


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month with its neighbours, for links. Written "2024-06"."""

    year: int
    number: int

    @property
    def first_on(self) -> date:
        """Return its first day."""
        return date(self.year, self.number, 1)

    @property
    def last_on(self) -> date:
        """Return its last day."""
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    @property
    def before(self) -> "Month":
        """Return the month before."""
        return Month(self.year - (self.number == 1), self.number - 1 or 12)

    @property
    def after(self) -> "Month":
        """Return the month after."""
        return Month(self.year + (self.number == 12), self.number % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02d}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the page; days of the neighbouring months are outside."""

    on: date
    outside: bool
    held: tuple[tuple[ReceptionView, DayView], ...]


def month_of(text: str, on: date) -> Month:
    """Read "2024-06"; anything else is the month of a day."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        first = on
    return Month(first.year, first.month)


def month_weeks(month: Month, found: Sequence[ReceptionView]) -> list[list[Cell]]:
    """Lay the days of receptions out in the weeks of a month."""
    by_day: dict[date, list[tuple[ReceptionView, DayView]]] = {}
    for reception in found:
        for day in reception.days:
            by_day.setdefault(day.day_on, []).append((reception, day))
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.number)
    return [[Cell(day, day.month != month.number, tuple(by_day.get(day, ()))) for day in week] for week in weeks]
