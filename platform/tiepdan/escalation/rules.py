"""The words of escalation, and the ladder as dated data. No database, no clock."""

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from tiepdan.deadlines.calendar import WorkCalendar
from tiepdan.deadlines.limits import Limit, Unit
from tiepdan.deadlines.rules import due


class Side(StrEnum):
    """Who took a step: the late unit sends, the superior receives."""

    SENDER = "sender"
    RECEIVER = "receiver"


class Word(StrEnum):
    """What can be done about an escalation; each at most once. TAKEN_OVER: the superior makes the matter its own."""

    ACKNOWLEDGED = "acknowledged"
    TAKEN_OVER = "taken_over"
    EXPLAINED = "explained"


# By these the one that was told shows that it knows.
ANSWERS = (Word.ACKNOWLEDGED, Word.TAKEN_OVER)


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: after `limit` past the due day, the superior `levels_up` above is told."""

    number: int
    limit: Limit
    levels_up: int

    def day(self, due_on: date, calendar: WorkCalendar) -> date:
        """Return the day on which the rung is reached."""
        return due(due_on, self.limit, calendar).due_on


@dataclass(frozen=True, slots=True)
class Ladder:
    """A ladder and when it is in force."""

    rungs: tuple[Rung, ...]
    valid_from: date
    valid_to: date | None
    source: str


@cache
def ladders() -> tuple[Ladder, ...]:
    """Read the platform's ladders."""
    text = (files("tiepdan.escalation") / "ladder.toml").read_text(encoding="utf-8")
    return tuple(_ladder(row) for row in tomllib.loads(text)["ladder"])


def ladder_in_force(on: date) -> Ladder | None:
    """Return the ladder for an obligation that was due on a day."""
    for ladder in ladders():
        if ladder.valid_from <= on and (ladder.valid_to is None or on <= ladder.valid_to):
            return ladder
    return None


def _ladder(row: dict[str, Any]) -> Ladder:
    # A rung is a day on which somebody looks, not a period of law: it never moves to a working day.
    rungs = tuple(
        Rung(number, Limit(rung["count"], Unit(rung["unit"]), moves=False), rung["levels_up"])
        for number, rung in enumerate(row["rungs"], start=1)
    )
    return Ladder(rungs, row["valid_from"], row.get("valid_to"), row["source"])
