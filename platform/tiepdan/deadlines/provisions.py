"""What a rule of law looks like once it is read: frozen types for the rows of `law/*.toml`."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tiepdan.deadlines.limits import Limit
from tiepdan.sdk import Level

NORMAL = "normal"


class Kind(StrEnum):
    """What sort of rule a row is; the first three carry numbers."""

    LIMIT = "limit"
    QUOTA = "quota"
    THRESHOLD = "threshold"
    DUTY = "duty"
    EVENT = "event"
    DEFINITION = "definition"
    COMPETENCE = "competence"
    SANCTION = "sanction"
    AMOUNT = "amount"
    CALENDAR = "calendar"
    TRANSITION = "transition"
    DECISION = "decision"


class Status(StrEnum):
    """How well a row is known. RECALLED must never be shown as authoritative."""

    VERIFIED = "VERIFIED"
    SECOND_HAND = "VERIFIED-2"
    RECALLED = "RECALLED"
    DECISION = "DECISION"

    @property
    def word(self) -> str:
        """The English word: verified, second-hand, unverified, or our own decision."""
        return STATUS_WORDS[self][0]

    @property
    def label(self) -> str:
        """The Vietnamese words people read."""
        return STATUS_WORDS[self][1]


STATUS_WORDS = {
    Status.VERIFIED: ("verified", "đã kiểm chứng"),
    Status.SECOND_HAND: ("second-hand", "theo nguồn thứ hai"),
    Status.RECALLED: ("unverified", "chưa kiểm chứng"),
    Status.DECISION: ("our decision", "quy ước của nền tảng"),
}


class Event(StrEnum):
    """The event a period is counted from; its day chooses the version of the rule."""

    PETITION_RECEIVED = "petition_received"
    MATTER_RECEIVED = "matter_received"
    HEAD_RECEIVED = "head_received"
    PETITION_ACCEPTED = "petition_accepted"
    ACCEPTANCE_DECIDED = "acceptance_decided"
    ACT_KNOWN = "act_known"
    FIRST_ROUND_ENDED = "first_round_ended"
    DECISION_ISSUED = "decision_issued"
    DECISION_RECEIVED = "decision_received"
    DECISION_EFFECTIVE = "decision_effective"
    CONCLUSION_ISSUED = "conclusion_issued"
    SIGNED = "signed"
    POSTED = "posted"
    SETTLED = "settled"
    HANDLED = "handled"
    DEMAND_RECEIVED = "demand_received"
    REFUSAL_GROUNDS = "refusal_grounds"
    FILED = "filed"
    RECEPTION_DAY = "reception_day"
    ONLINE_SESSION_DAY = "online_session_day"
    ONLINE_SESSION_START = "online_session_start"
    DIALOGUE_DAY = "dialogue_day"
    PUBLICITY_MEETING_DAY = "publicity_meeting_day"
    ASSIGNED = "assigned"


class Period(StrEnum):
    """The period of a quota."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Quota:
    """At least count times per period."""

    count: int
    per: Period


class Band(NamedTuple):
    """For a group of first to last people (last None: and more), so many representatives."""

    first: int
    last: int | None
    at_least: int
    at_most: int


@dataclass(frozen=True, slots=True)
class Extension:
    """A budget of extensions (gia hạn): so many times, each of at most count units."""

    times: int
    count: int


class Variant(NamedTuple):
    """One reading of a rule: normal, complex, remote … with its own limit and event."""

    name: str
    limit: Limit | None
    event: Event | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of law, with its period of validity.

    key: what it regulates; versions and variants of one subject share it.
    subject, text, source, note: in Vietnamese, for people; english: the subject once more.
    levels: empty for all; applies_to: a narrower addressee (officer, head …), empty for all.
    variants: the first is the one meant when none is named.
    extensions: budget by the variant of the case that earns it.
    valid_from, valid_to: first and last day in force; None where open or not stated by the source.
    successors: rules that name this one as their predecessor.
    competes_with: rules on the same duty; the earliest date of them is the one to warn of.
    """

    id: str
    key: str
    kind: Kind
    subject: str
    english: str
    source: str
    status: Status
    text: str = ""
    note: str = ""
    levels: frozenset[Level] = frozenset()
    applies_to: str = ""
    variants: tuple[Variant, ...] = (Variant(NORMAL, None, None),)
    quota: Quota | None = None
    threshold: int | None = None
    bands: tuple[Band, ...] = ()
    extensions: tuple[tuple[str, Extension], ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    predecessor: str | None = None
    successors: tuple[str, ...] = ()
    competes_with: tuple[str, ...] = ()

    def in_force(self, on: date) -> bool:
        """Say whether the rule is in force on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)

    def binds(self, level: Level | None) -> bool:
        """Say whether it is for a level; a caller without a level meets the rules for all levels."""
        return not self.levels or level in self.levels

    def has_variant(self, name: str) -> bool:
        """Say whether it has a variant of that name."""
        return any(variant.name == name for variant in self.variants)

    def variant(self, name: str | None = None) -> Variant:
        """Return a variant, the first when none is named. Raises KeyError for an unknown name."""
        if name is None:
            return self.variants[0]
        for variant in self.variants:
            if variant.name == name:
                return variant
        raise KeyError(f"{self.id} has no variant {name!r}, only {[each.name for each in self.variants]}")

    def limit(self, variant: str | None = None) -> Limit:
        """Return the limit to count with. Raises ValueError if the rule has none."""
        limit = self.variant(variant).limit
        if limit is None:
            raise ValueError(f"{self.id} ({self.kind}) sets no limit")
        return limit

    def event(self, variant: str | None = None) -> Event:
        """Return the event the limit is counted from. Raises ValueError if the rule has no limit."""
        event = self.variant(variant).event
        if event is None:
            raise ValueError(f"{self.id} ({self.kind}) sets no limit")
        return event

    def extended(self, case: str, granted: tuple[int, ...], variant: str | None = None) -> Limit:
        """Return the limit after the extensions granted to a case, counted from the same event.

        case: the variant that earns the budget (complex, especially_complex).
        granted: units of each extension, in order.
        Raises ValueError if there is no budget for the case or the extensions exceed it.
        """
        if not granted:
            return self.limit(variant)
        budget = dict(self.extensions).get(case)
        if budget is None:
            raise ValueError(f"{self.id} allows no extension for a case that is {case!r}")
        if len(granted) > budget.times or any(not 1 <= units <= budget.count for units in granted):
            raise ValueError(
                f"{self.id} allows {budget.times} extensions of at most {budget.count}, got {list(granted)}"
            )
        return self.limit(variant).lengthened(sum(granted))
