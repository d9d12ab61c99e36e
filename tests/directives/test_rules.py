"""What the steps of two sides make of an assignment."""

from datetime import date

import pytest

from tiepdan.directives.rules import (
    AssignmentState,
    Side,
    Step,
    StepKind,
    decide_standing,
    may_close,
    may_step,
)

ISSUED_DUE = date(2024, 7, 12)
RECEIVER, SENDER = Side.RECEIVER, Side.SENDER


def standing(*steps, due_on=ISSUED_DUE):
    return decide_standing(
        due_on, [Step(kind, by, date(2024, 7, 1 + n), due) for n, (kind, by, due) in enumerate(steps)]
    )


def test_without_steps_it_was_only_sent():
    assert standing().state is AssignmentState.SENT


def test_work_goes_from_acknowledged_to_closed():
    end = standing(
        (StepKind.ACKNOWLEDGED, RECEIVER, None),
        (StepKind.PROGRESS, RECEIVER, None),
        (StepKind.DONE, RECEIVER, None),
        (StepKind.CITIZEN_TOLD, RECEIVER, None),
        (StepKind.CLOSED, SENDER, None),
    )
    assert end.state is AssignmentState.CLOSED
    assert end.done_on == date(2024, 7, 3)
    assert end.citizen_told_on == date(2024, 7, 4)


def test_neither_side_speaks_for_the_other():
    forged = standing((StepKind.DONE, SENDER, None), (StepKind.CLOSED, RECEIVER, None))
    assert forged.state is AssignmentState.SENT


def test_an_extension_replaces_the_due_day():
    assert standing((StepKind.EXTENDED, SENDER, date(2024, 8, 1))).due_on == date(2024, 8, 1)


# DEC-02: overdue from the next midnight in Asia/Ho_Chi_Minh.
@pytest.mark.parametrize(("on", "late"), [(date(2024, 7, 12), False), (date(2024, 7, 13), True)])
def test_it_is_late_from_the_day_after_the_due_day(on, late):
    assert standing().is_overdue(on) is late


def test_done_work_is_not_late():
    assert not standing((StepKind.DONE, RECEIVER, None)).is_overdue(date(2025, 1, 1))


# NĐ 154/2026/NĐ-CP, Điều 25 khoản 2: the bodies send the result to the citizen.
@pytest.mark.parametrize(
    ("steps", "tell_citizen", "closes"),
    [
        ([], True, False),
        ([(StepKind.DONE, RECEIVER, None)], True, False),
        ([(StepKind.DONE, RECEIVER, None)], False, True),
        ([(StepKind.DONE, RECEIVER, None), (StepKind.CITIZEN_TOLD, RECEIVER, None)], True, True),
        ([(StepKind.CITIZEN_TOLD, RECEIVER, None)], True, False),
        ([(StepKind.REFUSED, RECEIVER, None)], True, True),
    ],
)
def test_it_closes_only_after_the_citizen_was_told(steps, tell_citizen, closes):
    assert may_close(standing(*steps), tell_citizen=tell_citizen) is closes


@pytest.mark.parametrize("kind", list(StepKind))
def test_nothing_follows_a_closed_assignment(kind):
    assert not any(may_step(kind, side, AssignmentState.CLOSED) for side in Side)


def test_a_refusal_after_progress_is_not_possible():
    assert not may_step(StepKind.REFUSED, RECEIVER, AssignmentState.IN_PROGRESS)
