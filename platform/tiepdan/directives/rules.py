"""Words of an assignment (giao việc) and what its steps make of it; no database, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class StepKind(StrEnum):
    """What a side reported or decided about an assignment."""

    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    PROGRESS = "progress"
    EXTENDED = "extended"
    DONE = "done"
    CITIZEN_TOLD = "citizen_told"
    CLOSED = "closed"


class AssignmentState(StrEnum):
    """Where an assignment stands, decided from its steps."""

    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CLOSED = "closed"


class Side(StrEnum):
    """Who stands where: the body that assigned, and the one that was assigned."""

    SENDER = "sender"
    RECEIVER = "receiver"


# Who may write which step. Refusing, reporting and telling the citizen are the receiver's; a longer time and
# the closing are the sender's. The sender may also record that it told the citizen itself.
WRITERS: dict[StepKind, frozenset[Side]] = {
    StepKind.ACKNOWLEDGED: frozenset({Side.RECEIVER}),
    StepKind.REFUSED: frozenset({Side.RECEIVER}),
    StepKind.PROGRESS: frozenset({Side.RECEIVER}),
    StepKind.EXTENDED: frozenset({Side.SENDER}),
    StepKind.DONE: frozenset({Side.RECEIVER}),
    StepKind.CITIZEN_TOLD: frozenset({Side.RECEIVER, Side.SENDER}),
    StepKind.CLOSED: frozenset({Side.SENDER}),
}

_OPEN = frozenset({AssignmentState.SENT, AssignmentState.ACKNOWLEDGED, AssignmentState.IN_PROGRESS})
_ALLOWED_IN: dict[StepKind, frozenset[AssignmentState]] = {
    StepKind.ACKNOWLEDGED: frozenset({AssignmentState.SENT}),
    StepKind.REFUSED: frozenset({AssignmentState.SENT, AssignmentState.ACKNOWLEDGED}),
    StepKind.PROGRESS: _OPEN,
    StepKind.EXTENDED: _OPEN,
    StepKind.DONE: _OPEN,
    StepKind.CITIZEN_TOLD: _OPEN | {AssignmentState.DONE},
    StepKind.CLOSED: frozenset({AssignmentState.DONE, AssignmentState.REFUSED}),
}
OPEN_STATES = _OPEN


@dataclass(frozen=True, slots=True)
class Step:
    """One step as the decision needs it. by: the side that wrote it; due_on: the new day of an extension."""

    kind: StepKind
    by: Side
    on: date
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the steps say: state, the due day in force, when it was done, and whether the citizen knows."""

    state: AssignmentState
    due_on: date | None
    done_on: date | None
    citizen_told_on: date | None

    def is_overdue(self, on: date) -> bool:
        """Say whether the work is late on a day: from the midnight that ends its due day (DEC-02)."""
        return self.state in _OPEN and self.due_on is not None and on > self.due_on


def decide_standing(due_on: date | None, steps: Iterable[Step]) -> Standing:
    """Read where an assignment stands.

    due_on: as issued; an extension replaces it.
    steps: in the order they were written. A step by the side that may not write it is passed over: the
        rows come from two bodies, and neither can speak for the other.
    """
    state, done_on, told_on = AssignmentState.SENT, None, None
    for step in steps:
        if step.by not in WRITERS[step.kind]:
            continue
        match step.kind:
            case StepKind.ACKNOWLEDGED if state is AssignmentState.SENT:
                state = AssignmentState.ACKNOWLEDGED
            case StepKind.PROGRESS if state in _OPEN:
                state = AssignmentState.IN_PROGRESS
            case StepKind.REFUSED if state in _ALLOWED_IN[StepKind.REFUSED]:
                state = AssignmentState.REFUSED
            case StepKind.DONE if state in _OPEN:
                state, done_on = AssignmentState.DONE, step.on
            case StepKind.EXTENDED if state in _OPEN:
                due_on = step.due_on
            case StepKind.CITIZEN_TOLD:
                told_on = told_on or step.on
            case StepKind.CLOSED if state in _ALLOWED_IN[StepKind.CLOSED]:
                state = AssignmentState.CLOSED
            case _:
                pass
    return Standing(state, due_on, done_on, told_on)


def may_step(kind: StepKind, by: Side, state: AssignmentState) -> bool:
    """Say whether a side may write a step while the assignment is in a state."""
    return by in WRITERS[kind] and state in _ALLOWED_IN[kind]


def may_close(standing: Standing, *, tell_citizen: bool) -> bool:
    """Say whether the sender may close: the work is done and, where somebody waits for it, the citizen was told.

    A refused assignment may be closed as it is: the sender takes the work back.
    Source: Thông báo kết luận is followed until the bodies have told the citizen (Nghị định 154/2026/NĐ-CP,
    Điều 25 khoản 2; before, REC-11p).
    """
    if standing.state is AssignmentState.REFUSED:
        return True
    return standing.state is AssignmentState.DONE and (not tell_citizen or standing.citizen_told_on is not None)
