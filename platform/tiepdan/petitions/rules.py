"""The words of petitions and the pure decisions about them. No database, no clock.

Sources: workflows of Thông tư 05/2021/TT-TTCP (xử lý đơn); Luật Tiếp công dân 42/2013/QH13, Điều 26–28;
Quy định 11-QĐi/TW, Điều 5–6.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tiepdan.sdk import PetitionKind


class PetitionStatus(StrEnum):
    """How far a petition (đơn) has come."""

    REGISTERED = "registered"
    CLASSIFIED = "classified"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"
    GUIDED = "guided"
    TRANSFERRED = "transferred"
    RETURNED = "returned"
    FILED = "filed"
    CLOSED = "closed"


class Origin(StrEnum):
    """How a petition came: at the desk, by post or letter box, from another body."""

    DESK = "desk"
    POST = "post"
    TRANSFERRED = "transferred"


class Field(StrEnum):
    """Field of life a petition is about (lĩnh vực), as the report forms divide it."""

    LAND = "land"
    POLICY = "policy"
    CORRUPTION = "corruption"
    JUDICIAL = "judicial"
    ADMINISTRATIVE = "administrative"
    OTHER = "other"


class Outcome(StrEnum):
    """How a petition ended."""

    FOUNDED = "founded"
    PARTLY_FOUNDED = "partly_founded"
    UNFOUNDED = "unfounded"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"
    GUIDED = "guided"
    TRANSFERRED = "transferred"
    RETURNED = "returned"
    FILED = "filed"


class PersonRole(StrEnum):
    """Part a person plays in a petition."""

    PETITIONER = "petitioner"
    REPRESENTATIVE = "representative"
    AUTHORISED = "authorised"
    RESPONDENT = "respondent"


class Mark(StrEnum):
    """What may be said of a matter (vụ việc): đông người, phức tạp, kéo dài, vượt cấp."""

    MASS = "mass"
    COMPLEX = "complex"
    PROLONGED = "prolonged"
    LEVEL_SKIPPING = "level_skipping"


class Step(StrEnum):
    """What can happen to a petition; each is one row of its history."""

    REGISTERED = "registered"
    CLASSIFIED = "classified"
    SEALED = "sealed"
    ACCEPTED = "accepted"
    GUIDED = "guided"
    TRANSFERRED = "transferred"
    RETURNED = "returned"
    FILED = "filed"
    TAKEN_BACK = "taken_back"
    ASSIGNED = "assigned"
    NOTIFIED = "notified"
    RESOLVED = "resolved"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    LINKED = "linked"
    PIN_RENEWED = "pin_renewed"


UNDECIDED = frozenset({PetitionStatus.REGISTERED, PetitionStatus.CLASSIFIED})
AT_WORK = frozenset({PetitionStatus.ACCEPTED, PetitionStatus.IN_PROGRESS})
SENT_ELSEWHERE = frozenset({PetitionStatus.GUIDED, PetitionStatus.TRANSFERRED, PetitionStatus.RETURNED})
ENDED = frozenset({PetitionStatus.FILED, PetitionStatus.CLOSED})

# From which states a step may be taken, and the state it leads to (None: the state stays).
ALLOWED_FROM: dict[Step, frozenset[PetitionStatus]] = {
    Step.CLASSIFIED: UNDECIDED,
    Step.ACCEPTED: frozenset({PetitionStatus.CLASSIFIED}),
    Step.GUIDED: frozenset({PetitionStatus.CLASSIFIED}),
    Step.TRANSFERRED: frozenset({PetitionStatus.CLASSIFIED}),
    Step.RETURNED: frozenset({PetitionStatus.CLASSIFIED}),
    Step.FILED: frozenset({PetitionStatus.CLASSIFIED}),
    Step.TAKEN_BACK: frozenset({PetitionStatus.TRANSFERRED}),
    Step.ASSIGNED: UNDECIDED | AT_WORK,
    Step.NOTIFIED: UNDECIDED | AT_WORK | SENT_ELSEWHERE | {PetitionStatus.RESOLVED},
    Step.RESOLVED: AT_WORK,
    Step.CLOSED: frozenset({PetitionStatus.RESOLVED}),
    Step.WITHDRAWN: UNDECIDED | AT_WORK,
    Step.LINKED: UNDECIDED | AT_WORK | SENT_ELSEWHERE | {PetitionStatus.RESOLVED},
}

RESULTS_BY_KIND: dict[PetitionKind, tuple[Outcome, ...]] = {
    PetitionKind.COMPLAINT: (Outcome.FOUNDED, Outcome.PARTLY_FOUNDED, Outcome.UNFOUNDED, Outcome.TERMINATED),
    PetitionKind.DENUNCIATION: (Outcome.FOUNDED, Outcome.PARTLY_FOUNDED, Outcome.UNFOUNDED, Outcome.TERMINATED),
    PetitionKind.PROPOSAL: (Outcome.ANSWERED, Outcome.TERMINATED),
    PetitionKind.FEEDBACK: (Outcome.ANSWERED, Outcome.TERMINATED),
}


# From then on a complaint outside competence may be transferred instead of only guided.
# Source: Luật 136/2025/QH15 (Luật Tiếp công dân, Điều 26 khoản 1 điểm b), in force 2026-07-01.
TRANSFER_OF_COMPLAINTS_FROM = date(2026, 7, 1)


class Decision(StrEnum):
    """The five ways a classified petition can go (hướng xử lý)."""

    ACCEPT = "accept"
    GUIDE = "guide"
    TRANSFER = "transfer"
    RETURN = "return"
    FILE = "file"


class Ruling(StrEnum):
    """Why a decision is not open. The page says it in words."""

    NOT_CLASSIFIED = "not_classified"
    NOT_ELIGIBLE = "not_eligible"
    OUTSIDE_COMPETENCE = "outside_competence"
    WITHIN_COMPETENCE = "within_competence"
    DENUNCIATION_IS_TRANSFERRED = "denunciation_is_transferred"
    GUIDED_BEFORE = "guided_before"
    COMPLAINT_IS_GUIDED = "complaint_is_guided"
    NOT_SENT_BY_A_BODY = "not_sent_by_a_body"
    ELIGIBLE = "eligible"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a decision depends on.

    transfer_of_complaints: whether a complaint outside competence may be transferred instead of guided
        (Luật 136/2025/QH15, from 2026-07-01) on the day of the decision.
    """

    status: PetitionStatus
    kind: PetitionKind | None
    origin: Origin
    eligible: bool | None
    within_competence: bool | None
    guided_before: bool = False
    transfer_of_complaints: bool = False
    of_party: bool = False


def open_decisions(standing: Standing) -> dict[Decision, Ruling | None]:
    """Say of each decision whether it is open (None) or why it is not.

    Sources: Luật Tiếp công dân, Điều 26; Thông tư 05/2021/TT-TTCP (PET-06, PET-08, PET-10, PET-14);
    Luật Tố cáo 25/2018/QH14, Điều 24; Quy định 11-QĐi/TW, Điều 5–6 (a party committee directs and transfers).
    """
    return {decision: _obstacle(decision, standing) for decision in Decision}


def _obstacle(decision: Decision, at: Standing) -> Ruling | None:
    if at.status is not PetitionStatus.CLASSIFIED or at.kind is None:
        return Ruling.NOT_CLASSIFIED
    match decision:
        case Decision.ACCEPT:
            return _obstacle_to_acceptance(at)
        case Decision.GUIDE:
            return _obstacle_to_guidance(at)
        case Decision.TRANSFER:
            return _obstacle_to_transfer(at)
        case Decision.RETURN:
            return None if at.origin is Origin.TRANSFERRED else Ruling.NOT_SENT_BY_A_BODY
        case Decision.FILE:
            # PET-14: what is not eligible, or was guided once on the same content.
            return Ruling.ELIGIBLE if at.eligible and not at.guided_before else None


def _obstacle_to_acceptance(at: Standing) -> Ruling | None:
    if not at.eligible:
        return Ruling.NOT_ELIGIBLE
    return None if at.within_competence else Ruling.OUTSIDE_COMPETENCE


def _obstacle_to_guidance(at: Standing) -> Ruling | None:
    if at.guided_before:  # PET-08: guidance once per content
        return Ruling.GUIDED_BEFORE
    if at.eligible and at.within_competence:
        return Ruling.WITHIN_COMPETENCE
    if at.eligible and at.kind is PetitionKind.DENUNCIATION:  # LTC Điều 24 khoản 2
        return Ruling.DENUNCIATION_IS_TRANSFERRED
    return None


def _obstacle_to_transfer(at: Standing) -> Ruling | None:
    if not at.eligible:
        return Ruling.NOT_ELIGIBLE
    if at.within_competence:
        return Ruling.WITHIN_COMPETENCE
    if at.kind is PetitionKind.COMPLAINT and not (at.transfer_of_complaints or at.of_party):
        return Ruling.COMPLAINT_IS_GUIDED
    return None


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a petition that can be handled, as data.

    kinds: for which kinds it is asked; rule_id: the row of law it comes from.
    word: its name in forms and in `failed_conditions`.
    """

    word: str
    rule_id: str
    kinds: frozenset[PetitionKind]


_ALL = frozenset(PetitionKind)
_KN = frozenset({PetitionKind.COMPLAINT})
_TC = frozenset({PetitionKind.DENUNCIATION})

CONDITIONS: tuple[Condition, ...] = (
    Condition("in_vietnamese", "PET-03", _ALL),
    Condition("dated", "PET-03", _ALL),
    Condition("named", "PET-03", _ALL),
    Condition("signed", "PET-03", _ALL),
    Condition("respondent_stated", "PET-04", _KN | _TC),
    Condition("reasons_stated", "PET-04", _KN),
    Condition("acts_stated", "PET-04", _TC),
    Condition("content_clear", "PET-04", _ALL),
    Condition("not_guided_before", "PET-06", _ALL),
    Condition("not_sent_to_competent_body", "PET-06", _ALL),
    Condition("readable", "PET-06", _ALL),
)
# PET-05: an anonymous denunciation lacks name, signature and often a date; it is eligible all the same when it
# names the violator, has concrete evidence and can be checked.
ANONYMOUS_CONDITIONS: tuple[Condition, ...] = (
    Condition("respondent_stated", "PET-05", _TC),
    Condition("evidence_given", "PET-05", _TC),
    Condition("verifiable", "PET-05", _TC),
    Condition("readable", "PET-06", _TC),
)


def conditions_for(kind: PetitionKind, *, anonymous: bool) -> tuple[Condition, ...]:
    """Return the conditions asked of a petition. Source: Thông tư 05/2021/TT-TTCP, Điều 6 khoản 2."""
    if anonymous and kind is PetitionKind.DENUNCIATION:
        return ANONYMOUS_CONDITIONS
    return tuple(condition for condition in CONDITIONS if kind in condition.kinds)


def failed_conditions(kind: PetitionKind, met: Collection[str], *, anonymous: bool) -> tuple[Condition, ...]:
    """Return the conditions a petition does not meet; none of them means it is eligible (đủ điều kiện).

    met: words of the conditions the officer found met.
    """
    return tuple(c for c in conditions_for(kind, anonymous=anonymous) if c.word not in met)


def is_sealed_kind(kind: PetitionKind | None) -> bool:
    """Say whether identity and content are kept secret. Source: Luật Tố cáo 25/2018/QH14, Điều 47, 49, 56."""
    return kind is PetitionKind.DENUNCIATION


DECISION_STATUS: dict[Decision, PetitionStatus] = {
    Decision.ACCEPT: PetitionStatus.ACCEPTED,
    Decision.GUIDE: PetitionStatus.GUIDED,
    Decision.TRANSFER: PetitionStatus.TRANSFERRED,
    Decision.RETURN: PetitionStatus.RETURNED,
    Decision.FILE: PetitionStatus.FILED,
}
DECISION_STEP: dict[Decision, Step] = {
    Decision.ACCEPT: Step.ACCEPTED,
    Decision.GUIDE: Step.GUIDED,
    Decision.TRANSFER: Step.TRANSFERRED,
    Decision.RETURN: Step.RETURNED,
    Decision.FILE: Step.FILED,
}
DECISION_OUTCOME: dict[Decision, Outcome] = {
    Decision.GUIDE: Outcome.GUIDED,
    Decision.TRANSFER: Outcome.TRANSFERRED,
    Decision.RETURN: Outcome.RETURNED,
    Decision.FILE: Outcome.FILED,
}
