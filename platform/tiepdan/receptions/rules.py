"""Words of a reception (tiếp công dân) and pure decisions about it; no database, no clock."""

from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum

from tiepdan.deadlines.law import Representatives


class Duty(StrEnum):
    """Whose duty the reception fulfils: two obligations, even on one day (PTY-22)."""

    PARTY = "party"
    STATE = "state"


class ReceptionForm(StrEnum):
    """Periodic and extraordinary receptions are the head's; the regular one is the desk's."""

    PERIODIC = "periodic"
    EXTRAORDINARY = "extraordinary"
    REGULAR = "regular"


class Mode(StrEnum):
    """How people meet."""

    IN_PERSON = "in_person"


class ReceivedBy(StrEnum):
    """Who received: the head in person, one who stood in, or the desk officer."""

    HEAD = "head"
    SUBSTITUTE = "substitute"
    DESK = "desk"


class ReceptionStatus(StrEnum):
    """Where a reception stands: drafted, posted (perhaps postponed), open, held, closed, concluded; or cancelled."""

    DRAFT = "draft"
    PUBLISHED = "published"
    POSTPONED = "postponed"
    OPEN = "open"
    HELD = "held"
    CLOSED = "closed"
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"


class DayStatus(StrEnum):
    """Where one day of a reception stands."""

    PLANNED = "planned"
    OPEN = "open"
    HELD = "held"
    CANCELLED = "cancelled"


class ChangeKind(StrEnum):
    """What was changed after posting."""

    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class VisitStatus(StrEnum):
    """Where a visit stands at the desk."""

    WAITING = "waiting"
    RECEIVED = "received"
    REFUSED = "refused"
    LEFT = "left"


class VisitorRole(StrEnum):
    """As what a person came."""

    VISITOR = "visitor"
    REPRESENTATIVE = "representative"
    AUTHORISED = "authorised"


class RefusalForm(StrEnum):
    """How a refusal is told: explained and recorded, or by written notice."""

    ORAL = "oral"
    WRITTEN = "written"


class RefusalGround(StrEnum):
    """Ground of a refusal: the points of Luật Tiếp công dân, Điều 9 and of Nghị định 154/2026/NĐ-CP, Điều 4 khoản 1.

    ARTICLE_9_x: khoản x of Điều 9. POINT_x: điểm x of the decree (đ is written DD).
    """

    ARTICLE_9_1 = "article_9_1"
    ARTICLE_9_2 = "article_9_2"
    ARTICLE_9_3 = "article_9_3"
    POINT_A = "point_a"
    POINT_B = "point_b"
    POINT_C = "point_c"
    POINT_D = "point_d"
    POINT_DD = "point_dd"
    POINT_E = "point_e"
    POINT_G = "point_g"
    POINT_H = "point_h"
    POINT_I = "point_i"
    POINT_K = "point_k"


DECREE_154_IN_FORCE = date(2026, 7, 1)
_WRITTEN = frozenset({RefusalGround.ARTICLE_9_3, RefusalGround.POINT_H})
_OF_THE_LAW = (RefusalGround.ARTICLE_9_1, RefusalGround.ARTICLE_9_2, RefusalGround.ARTICLE_9_3)

# From here on the days and visits of a reception are facts, not plans.
TOOK_PLACE = frozenset({ReceptionStatus.OPEN, ReceptionStatus.HELD, ReceptionStatus.CLOSED, ReceptionStatus.CONCLUDED})
ANNOUNCED = TOOK_PLACE | {ReceptionStatus.PUBLISHED, ReceptionStatus.POSTPONED}
OF_THE_HEAD = frozenset({ReceptionForm.PERIODIC, ReceptionForm.EXTRAORDINARY})

_NEXT: dict[ReceptionStatus, frozenset[ReceptionStatus]] = {
    ReceptionStatus.DRAFT: frozenset({ReceptionStatus.PUBLISHED, ReceptionStatus.CANCELLED}),
    ReceptionStatus.PUBLISHED: frozenset(
        {ReceptionStatus.POSTPONED, ReceptionStatus.OPEN, ReceptionStatus.HELD, ReceptionStatus.CANCELLED}
    ),
    ReceptionStatus.POSTPONED: frozenset(
        {ReceptionStatus.POSTPONED, ReceptionStatus.OPEN, ReceptionStatus.HELD, ReceptionStatus.CANCELLED}
    ),
    ReceptionStatus.OPEN: frozenset({ReceptionStatus.HELD}),
    ReceptionStatus.HELD: frozenset({ReceptionStatus.CLOSED, ReceptionStatus.CONCLUDED}),
    ReceptionStatus.CLOSED: frozenset({ReceptionStatus.CONCLUDED}),
    ReceptionStatus.CONCLUDED: frozenset(),
    ReceptionStatus.CANCELLED: frozenset(),
}


def may_become(status: ReceptionStatus, wanted: ReceptionStatus) -> bool:
    """Say whether a reception may go from one status to another."""
    return wanted in _NEXT[status]


def must_be_posted(form: ReceptionForm) -> bool:
    """Say whether the schedule must be posted ahead: the head's receptions; the desk is open every working day.

    Source: Luật Tiếp công dân 42/2013/QH13, Điều 24 khoản 4 (REC-09).
    """
    return form in OF_THE_HEAD


def needs_reason_when_late(form: ReceptionForm) -> bool:
    """Say whether posting late needs a recorded reason: a periodic reception is planned, so lateness explains itself.

    An extraordinary one is held when the trouble comes (Quy định 11-QĐi/TW, Điều 4 khoản 2; Luật Tiếp công dân,
    Điều 18 khoản 3): it is posted when it is decided, and its lateness is not a fault.
    """
    return form is ReceptionForm.PERIODIC


def grounds_in_force(on: date) -> tuple[RefusalGround, ...]:
    """Return the grounds on which a visitor may be refused on a day.

    Source: from 2026-07-01 Luật Tiếp công dân 42/2013/QH13, Điều 9 and Nghị định 154/2026/NĐ-CP, Điều 4 khoản 1
    (REC-16, REC-17); before, Điều 9 alone (REC-16p, REC-17p).
    """
    return tuple(RefusalGround) if on >= DECREE_154_IN_FORCE else _OF_THE_LAW


def refusal_form(ground: RefusalGround) -> RefusalForm:
    """Say how a refusal on a ground is told.

    Written: Điều 9 khoản 3 of the law and Điều 4 khoản 1 điểm h of the decree; all others are explained at once
    and recorded. Source: Nghị định 154/2026/NĐ-CP, Điều 4 khoản 2, 3 (REC-16, REC-17).
    """
    return RefusalForm.WRITTEN if ground in _WRITTEN else RefusalForm.ORAL


def representatives_fault(representatives: int, allowed: Representatives | None) -> str | None:
    """Say what is wrong with the number of representatives of a group: "too_few", "too_many" or None.

    allowed: what the rule in force allows for so many people; None for fewer than five, who each may speak.
    Source: Luật Tiếp công dân 42/2013/QH13, Điều 29 (REC-18): 5 to 10 people appoint 1 or 2, more than 10
    up to 5.
    """
    if allowed is None:
        return None
    if representatives < allowed.at_least:
        return "too_few"
    return "too_many" if representatives > allowed.at_most else None


def is_crowd(people_count: int, threshold: int) -> bool:
    """Say whether so many people are a crowd group (đoàn đông người); the threshold is data of the day (CRW-01)."""
    return people_count >= threshold


def status_after_day(days: Collection[DayStatus]) -> ReceptionStatus | None:
    """Say what a reception becomes once one of its days was closed: held when no day is left, else unchanged (None)."""
    if any(day in (DayStatus.PLANNED, DayStatus.OPEN) for day in days):
        return None
    return ReceptionStatus.HELD


def days_fault(days: Iterable[date], on: date, *, past: bool = False) -> str | None:
    """Say what is wrong with the days of a new reception: "none", "repeated", "past" or None."""
    chosen = list(days)
    if not chosen:
        return "none"
    if len(set(chosen)) != len(chosen):
        return "repeated"
    return "past" if not past and min(chosen) < on else None
