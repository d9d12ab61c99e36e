"""What follows from the words of a handover."""

import pytest

from tiepdan.handovers.rules import State, Word, nearest_common_superior, state_of


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ([], State.SENT),
        ([Word.RECEIVED], State.RECEIVED),
        ([Word.RECEIVED, Word.ACCEPTED], State.ACCEPTED),
        ([Word.RECEIVED, Word.REFUSED, Word.TAKEN_BACK], State.REFUSED),
        ([Word.WITHDRAWN], State.WITHDRAWN),
    ],
)
def test_state_follows_from_the_steps(words, state):
    assert state_of(words) is state


@pytest.mark.parametrize(
    ("paths", "superior"),
    [
        (["t1.t2.t5", "t1.t2.t6"], 2),
        (["t1.t2.t5", "t1.t3.t6"], 1),
        (["t1.t2.t5", "t1.t2"], 1),  # a superior that had it is not asked to judge its own case
        (["t1.t2.t5", "t1"], None),
        (["t1.t2", "t9.t3"], None),
        (["t1", "t9"], None),
        ([], None),
    ],
)
def test_the_nearest_common_superior_is_above_all_of_them(paths, superior):
    assert nearest_common_superior(paths) == superior
