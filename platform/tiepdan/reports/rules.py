"""Words of a report (báo cáo định kỳ) and pure decisions about it; no database, no clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

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
    """

    value: int
    of: int | None = None
    short: int | None = None
    by_month: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: "Measure") -> "Measure":
        """Sum two units' figures: the plain sum, as the official tables do it."""
        months = sorted({*self.by_month, *other.by_month})
        return Measure(
            self.value + other.value,
            _plus(self.of, other.of),
            _plus(self.short, other.short),
            {month: self.by_month.get(month, 0) + other.by_month.get(month, 0) for month in months},
        )

    def as_json(self) -> dict[str, object]:
        """Write it for a frozen row."""
        return {"value": self.value, "of": self.of, "short": self.short, "by_month": dict(self.by_month)}

    @staticmethod
    def from_json(stored: Mapping[str, object]) -> "Measure":
        """Read it from a frozen row."""
        return Measure(stored["value"], stored["of"], stored["short"], stored["by_month"])  # type: ignore[arg-type]  # written by as_json


def _plus(first: int | None, second: int | None) -> int | None:
    if first is None or second is None:
        return second if first is None else first
    return first + second


def sum_measures(measures: Iterable[Measure]) -> Measure | None:
    """Add figures of several units; None for none."""
    total: Measure | None = None
    for measure in measures:
        total = measure if total is None else total + measure
    return total


def share_percent(part: int, whole: int | None) -> float | None:
    """Return a share in percent with one decimal; None where there is nothing to divide by."""
    return round(part / whole * 100, 1) if whole else None
