"""Limits that plugins tighten, and who is told of what is overdue."""

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tiepdan.sdk.committees import Level, PetitionKind


class DayUnit(StrEnum):
    """How a limit counts: by working days (ngày làm việc) or by calendar days (ngày)."""

    WORKING = "working"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """A limit stricter than the law's, or warnings more than the platform's; it can only tighten.

    duty: key of the platform's rule it tightens, such as "complaint.acceptance".
    at_most: number of days, where the law sets the longest time allowed: the earliest of all dates wins.
    at_least: number of days, where the law sets the shortest time that others must be given (a decision that stays
        posted, a schedule that is posted beforehand): the most generous of all dates wins.
        A rule says the one that fits its duty and leaves the other None; both None only with warn_before.
    unit: how they count. source: the document that orders it, shown under "why this date".
    warn_before: calendar days before the due day on which the responsible person is warned besides.
    levels, kinds: for which levels of committees and kinds of petitions it holds; empty for all. While the
        kind is unknown, and for what is no petition, a rule that names kinds does not hold; once a petition's kind is
        found, it holds for the clocks that already run.
    valid_from, valid_to: first and last day of counting events it holds for; None while open.
    """

    duty: str
    at_most: int | None
    unit: DayUnit
    source: str
    at_least: int | None = None
    warn_before: Collection[int] = ()
    levels: Collection[Level] = ()
    kinds: Collection[PetitionKind] = ()
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Overdue:
    """An obligation past its day, as a plugin sees it that says who is told.

    duty: key of the platform's rule, such as "complaint.settlement"; kind: of the petition. Both None for a sealed
        case (of which nothing is said but that it is late), kind also for what is no petition.
    days_overdue: calendar days since due_on, 1 or more. level: of the late committee.
    field: of the petition, such as "land". area: code of the unit the matter is in, where the platform knows it.
    answers: what was answered to this plugin's own petition forms, by "<form key>.<field>": choices, yes or no,
        numbers. A text is not among them: the platform looks for words in it (EscalationStep.if_words).
        field, area and answers are empty for a sealed case, and for what is no petition.
    """

    duty: str | None
    kind: PetitionKind | None
    due_on: date
    days_overdue: int
    level: Level
    sealed: bool
    field: str | None = None
    area: str | None = None
    answers: Mapping[str, str | int | float | bool] = dataclasses.field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """Whom else to tell of something overdue, or whom to tell earlier than the platform does.

    after_days: calendar days past the due day, from 1. source: the document that orders it, shown to both sides.
    to: "superior", "superior+1" for the one above it and so on, or "body:<slug>" for an active body of the province.
    takes_over: that body is asked to take the matter over; it says whether it does.
    unless_acknowledged: told only if nobody who was told before has acknowledged.
    emergency: name of an emergency. Only in one may somebody above the direct superior be told on the first day, when
        the direct superior is. Shown to both sides and journalled.
    if_words: it holds only if one of these words stands in a text that was answered to this plugin's own petition
        forms; capitals make no difference. The platform looks; the plugin does not learn where they stood.
    A step with an emergency or with if_words does not hold for a sealed case.
    """

    after_days: int
    to: str
    source: str
    takes_over: bool = False
    unless_acknowledged: bool = False
    emergency: str = ""
    if_words: Collection[str] = ()
