"""The words of handovers, and what follows from them. No database, no clock."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Side(StrEnum):
    """Who took a step."""

    SENDER = "sender"
    RECEIVER = "receiver"


class Word(StrEnum):
    """What can happen to a handover; each at most once."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    TAKEN_BACK = "taken_back"


SIDE_OF_WORD = {
    Word.RECEIVED: Side.RECEIVER,
    Word.ACCEPTED: Side.RECEIVER,
    Word.REFUSED: Side.RECEIVER,
    Word.WITHDRAWN: Side.SENDER,
    Word.TAKEN_BACK: Side.SENDER,
}
FINAL = frozenset({Word.ACCEPTED, Word.REFUSED, Word.WITHDRAWN})


class State(StrEnum):
    """How a handover stands, read from its steps."""

    SENT = "sent"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


def state_of(words: Collection[Word]) -> State:
    """Read the state from the steps taken."""
    for word in (Word.ACCEPTED, Word.REFUSED, Word.WITHDRAWN, Word.RECEIVED):
        if word in words:
            return State(word.value)
    return State.SENT


class Basis(StrEnum):
    """On which ground a petition is transferred; each has its rule of law.

    RECEPTION_DESK: REC-13, Luật Tiếp công dân 42/2013/QH13, Điều 28 khoản 2.
    DENUNCIATION: DEN-03 / PET-10, Luật Tố cáo 25/2018/QH14, Điều 24 khoản 2; Thông tư 05/2021/TT-TTCP, Điều 14.
    FEEDBACK: FBK-01, Luật Tiếp công dân, Điều 26; Thông tư 04/2021/TT-TTCP, Mẫu 09-TCD.
    PARTY_MEMBER: PET-12, a denunciation of a party member goes to the inspection committee.
    DIRECTED: PTY-09, Quy định 11-QĐi/TW, Điều 5.
    """

    RECEPTION_DESK = "reception_desk"
    DENUNCIATION = "denunciation"
    FEEDBACK = "feedback"
    PARTY_MEMBER = "party_member"
    DIRECTED = "directed"


@dataclass(frozen=True, slots=True)
class Leg:
    """One stretch of a petition's way: who sent it to whom, when, by which letter."""

    from_id: int
    to_id: int
    sent_on: date
    document_number: str


def finds_loop(legs: Sequence[Leg], receiver_id: int) -> bool:
    """Say whether the petition was with the receiver before."""
    return any(receiver_id in (leg.from_id, leg.to_id) for leg in legs)


def nearest_common_superior(paths: Sequence[str]) -> int | None:
    """Return the lowest body that is above all of these, none of them itself; None if there is none.

    paths: labels of superiors and the body, root first ("t1.t17.t230").
    """
    above = [path.split(".")[:-1] for path in paths]
    if not above:
        return None
    common = 0
    for labels in zip(*above, strict=False):
        if len(set(labels)) > 1:
            break
        common += 1
    bodies = {path.rsplit(".", 1)[-1] for path in paths}
    shared = [label for label in above[0][:common] if label not in bodies]
    return int(shared[-1][1:]) if shared else None
