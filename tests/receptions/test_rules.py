"""Rules of receptions, each with its clause."""

from datetime import date

import pytest

from tiepdan.deadlines.law import representatives_allowed
from tiepdan.receptions.rules import (
    DayStatus,
    ReceptionForm,
    ReceptionStatus,
    RefusalForm,
    RefusalGround,
    days_fault,
    grounds_in_force,
    is_crowd,
    may_become,
    must_be_posted,
    refusal_form,
    representatives_fault,
    status_after_day,
)

ON = date(2024, 6, 28)


# Luật Tiếp công dân 42/2013/QH13, Điều 29 (REC-18): "từ 5 đến 10 người cử 1 hoặc 2 người đại diện; từ trên 10
# người có thể cử thêm nhưng không quá 5 người".
@pytest.mark.parametrize(
    ("people", "speaking", "fault"),
    [
        (4, 4, None),
        (5, 1, None),
        (5, 2, None),
        (5, 3, "too_many"),
        (10, 2, None),
        (10, 3, "too_many"),
        (11, 5, None),
        (11, 6, "too_many"),
        (12, 0, "too_few"),
        (200, 5, None),
    ],
)
def test_a_group_sends_so_many_representatives(people, speaking, fault):
    assert representatives_fault(speaking, representatives_allowed(people, ON)) == fault


# Thông tư 06/2025/TT-TTCP, note to form 01/TCD (CRW-01): 5 people or more.
@pytest.mark.parametrize(("people", "crowd"), [(4, False), (5, True), (6, True)])
def test_a_crowd_begins_at_the_threshold(people, crowd):
    assert is_crowd(people, 5) is crowd


# Nghị định 154/2026/NĐ-CP, Điều 4 khoản 2, 3: written for Điều 9 khoản 3 of the law and điểm h; the rest is oral.
@pytest.mark.parametrize("ground", list(RefusalGround))
def test_only_two_grounds_need_a_written_notice(ground):
    written = {RefusalGround.ARTICLE_9_3, RefusalGround.POINT_H}
    assert (refusal_form(ground) is RefusalForm.WRITTEN) is (ground in written)


# The decree is in force from 01/7/2026.
@pytest.mark.parametrize(("on", "count"), [(date(2026, 6, 30), 3), (date(2026, 7, 1), 13)])
def test_the_points_of_the_decree_count_from_its_first_day(on, count):
    assert len(grounds_in_force(on)) == count


# Luật Tiếp công dân, Điều 24 khoản 4: the schedule of the head's receptions is posted.
def test_only_the_heads_receptions_are_posted_ahead():
    assert [form for form in ReceptionForm if must_be_posted(form)] == [
        ReceptionForm.PERIODIC,
        ReceptionForm.EXTRAORDINARY,
    ]


@pytest.mark.parametrize("status", [ReceptionStatus.CONCLUDED, ReceptionStatus.CANCELLED])
def test_nothing_follows_the_end(status):
    assert not any(may_become(status, wanted) for wanted in ReceptionStatus)


def test_what_is_held_is_not_cancelled():
    assert not may_become(ReceptionStatus.HELD, ReceptionStatus.CANCELLED)


@pytest.mark.parametrize(
    ("days", "after"),
    [
        ([DayStatus.HELD], ReceptionStatus.HELD),
        ([DayStatus.HELD, DayStatus.PLANNED], None),
        ([DayStatus.HELD, DayStatus.OPEN], None),
        ([DayStatus.HELD, DayStatus.HELD], ReceptionStatus.HELD),
    ],
)
def test_a_reception_is_held_when_its_last_day_was(days, after):
    assert status_after_day(days) is after


@pytest.mark.parametrize(
    ("days", "fault"),
    [([], "none"), ([ON, ON], "repeated"), ([date(2024, 6, 27)], "past"), ([ON], None)],
)
def test_days_are_chosen_ahead_and_once(days, fault):
    assert days_fault(days, ON) == fault
