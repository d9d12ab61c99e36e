"""Words of a report (báo cáo định kỳ) and pure decisions about it; no database, no clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from tiepdan.sdk import Branch, Level


class ReportStatus(StrEnum):
    """What the unit itself did with its report; what the receiver answered are steps of the submission."""

    DRAFT = "draft"
    FROZEN = "frozen"
    SUBMITTED = "submitted"


class StepKind(StrEnum):
    """What the receiver of a submission did with it."""

    RECEIVED = "received"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class Standing(StrEnum):
    """Where a report stands, as people see it: its own status, then the receiver's answer."""

    DRAFT = "draft"
    FROZEN = "frozen"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class Tier(StrEnum):
    """The rows of the table: party committees by level, then the bodies of the other branches."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    STATE = "state"
    JUDICIAL = "judicial"


def tier_of(branch: Branch, level: Level) -> Tier:
    """Say in which row of the table a body is counted."""
    return Tier(level.value) if branch is Branch.PARTY else Tier(branch.value)


def decide_standing(status: ReportStatus, answers: Iterable[StepKind]) -> Standing:
    """Read where a report stands.

    answers: the receivers' steps on its submissions, oldest first; a receipt decides nothing.
    """
    standing = Standing(status.value)
    if status is not ReportStatus.SUBMITTED:
        return standing
    for answer in answers:
        if answer is not StepKind.RECEIVED:
            standing = Standing(answer.value)
    return standing


class Punctuality(StrEnum):
    """Whether a unit sent what it was asked for."""

    ON_TIME = "on_time"
    LATE = "late"
    WAITING = "waiting"
    MISSING = "missing"


def judge_punctuality(due_on: date, sent_on: date | None, on: date) -> Punctuality:
    """Say whether a report came in time; it is late from the midnight that ends its due day (DEC-02)."""
    if sent_on is not None:
        return Punctuality.ON_TIME if sent_on <= due_on else Punctuality.LATE
    return Punctuality.WAITING if on <= due_on else Punctuality.MISSING


@dataclass(frozen=True, slots=True)
class Measure:
    """One counted figure.

    value: what was counted; with `of` it is the numerator.
    of: the denominator of a share or the days owed of a quota; None for a plain count.
    short: what a quota still lacks, month by month: extra days in March do not pay for April.
    by_month: "2022-03" → value of that month. A matter met in two months is in both, so they need not add up.
        A report over several years has "2022" → value of that year, of_by_month the denominators.
    parts: a breakdown, by column ("" for the whole period, "2022" for a year), then by value; it adds up.
    """

    value: int
    of: int | None = None
    short: int | None = None
    by_month: Mapping[str, int] = field(default_factory=dict)
    of_by_month: Mapping[str, int] = field(default_factory=dict)
    parts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def __add__(self, other: "Measure") -> "Measure":
        """Sum two units' figures: the plain sum, as the official tables do it."""
        columns = sorted({*self.parts, *other.parts})
        return Measure(
            self.value + other.value,
            _plus(self.of, other.of),
            _plus(self.short, other.short),
            _plus_each(self.by_month, other.by_month),
            _plus_each(self.of_by_month, other.of_by_month),
            {column: _plus_each(self.parts.get(column, {}), other.parts.get(column, {})) for column in columns},
        )

    @property
    def more(self) -> dict[str, object]:
        """Return what only reports of plugins have, for a frozen row; {} for most."""
        found: dict[str, object] = {}
        if self.of_by_month:
            found["of_by_month"] = dict(self.of_by_month)
        if self.parts:
            found["parts"] = {column: dict(values) for column, values in self.parts.items()}
        return found

    def as_json(self) -> dict[str, object]:
        """Write it for a frozen row."""
        plain = {"value": self.value, "of": self.of, "short": self.short, "by_month": dict(self.by_month)}
        return {**plain, **self.more}

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> "Measure":
        """Read it from a frozen row."""
        more = stored.get("of_by_month", {}), stored.get("parts", {})
        return Measure(stored["value"], stored["of"], stored["short"], stored["by_month"], *more)


def _plus(first: int | None, second: int | None) -> int | None:
    if first is None or second is None:
        return second if first is None else first
    return first + second


def _plus_each(first: Mapping[str, int], second: Mapping[str, int]) -> dict[str, int]:
    keys = sorted({*first, *second})
    return {key: first.get(key, 0) + second.get(key, 0) for key in keys}


def sum_measures(measures: Iterable[Measure]) -> Measure | None:
    """Add figures of several units; None for none."""
    total: Measure | None = None
    for measure in measures:
        total = measure if total is None else total + measure
    return total


def share_percent(part: int, whole: int | None) -> float | None:
    """Return a share in percent with one decimal; None where there is nothing to divide by."""
    return round(part / whole * 100, 1) if whole else None
