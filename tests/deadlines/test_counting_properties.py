"""What holds for every period, over ten real years of the calendar and any suspensions."""

from bisect import bisect_right
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tiepdan.deadlines.calendar import DayOverride, WorkCalendar, days_between
from tiepdan.deadlines.limits import Bound, Direction, Limit, Pause, Unit
from tiepdan.deadlines.rules import StepKind, count_days, due, earliest, warning_points
from tiepdan.deadlines.vietnam import vietnam_calendar

CALENDAR = vietnam_calendar()
FIRST, LAST = date(2018, 1, 1), date(2027, 12, 31)
WORKED = [day for day in days_between(FIRST, date(2029, 12, 31)) if CALENDAR.is_working(day)]

often = settings(max_examples=300, deadline=None, database=None)

starts = st.dates(FIRST, LAST)
forward = st.builds(
    Limit,
    count=st.integers(1, 70),
    unit=st.sampled_from([Unit.CALENDAR_DAY, Unit.WORKING_DAY]),
)
backward = st.builds(
    Limit,
    count=st.integers(1, 30),
    unit=st.sampled_from([Unit.CALENDAR_DAY, Unit.WORKING_DAY]),
    direction=st.just(Direction.BACKWARD),
    bound=st.just(Bound.AT_LEAST),
)
pauses = st.builds(lambda day, length: Pause(day, day + timedelta(days=length)), starts, st.integers(0, 60))
few_pauses = st.lists(pauses, max_size=3)


def near(start, offsets_and_lengths):
    """Suspensions that fall into the period, so that they matter."""
    return [
        Pause(start + timedelta(days=offset), start + timedelta(days=offset + length))
        for offset, length in offsets_and_lengths
    ]


nearby = st.lists(st.tuples(st.integers(-5, 90), st.integers(0, 40)), max_size=3)


@often
@given(starts, st.integers(0, 400), forward, nearby)
def test_a_later_start_is_never_due_earlier(start, later_by, limit, offsets):
    suspensions = near(start, offsets)
    later = start + timedelta(days=later_by)
    assert due(start, limit, CALENDAR, suspensions).due_on <= due(later, limit, CALENDAR, suspensions).due_on


@often
@given(starts, st.integers(0, 400), backward)
def test_a_later_day_is_never_prepared_for_earlier(day, later_by, limit):
    later = day + timedelta(days=later_by)
    assert due(day, limit, CALENDAR).due_on <= due(later, limit, CALENDAR).due_on


@often
@given(starts, forward, nearby, nearby)
def test_more_suspension_is_never_due_earlier(start, limit, offsets, more):
    suspensions = near(start, offsets)
    longer = suspensions + near(start, more)
    assert due(start, limit, CALENDAR, suspensions).due_on <= due(start, limit, CALENDAR, longer).due_on


@often
@given(starts, forward, nearby)
def test_counting_a_period_gives_back_its_length(start, limit, offsets):
    suspensions = near(start, offsets)
    steps = due(start, limit, CALENDAR, suspensions).steps
    last_counted = max(step.day for step in steps if step.number)
    assert count_days(start, last_counted, limit.unit, CALENDAR, suspensions) == limit.count
    assert [step.number for step in steps if step.number] == list(range(1, limit.count + 1))


@often
@given(starts, st.integers(1, 70))
def test_working_days_are_those_of_a_plain_list(start, count):
    expected = WORKED[bisect_right(WORKED, start) + count - 1]
    assert due(start, Limit(count, Unit.WORKING_DAY), CALENDAR).due_on == expected


@often
@given(starts, backward)
def test_counting_forward_again_returns_before_the_day(day, limit):
    posted = due(day, limit, CALENDAR).due_on
    # n days back, the day excluded, leave n - 1 counted days between them.
    assert count_days(posted, day - timedelta(days=1), limit.unit, CALENDAR) == limit.count - 1


@often
@given(starts, forward, few_pauses)
def test_a_period_ends_on_a_working_day_and_every_day_is_explained(start, limit, suspensions):
    result = due(start, limit, CALENDAR, suspensions)
    assert CALENDAR.is_working(result.due_on)
    days = [step.day for step in result.steps]
    assert days == list(days_between(start, result.due_on))
    assert all(step.reason for step in result.steps)
    assert result.steps[0].kind is StepKind.EVENT


RESTATED = WorkCalendar(
    CALENDAR.first_on,
    CALENDAR.last_on,
    {day: CALENDAR.day_status(day) for day in days_between(FIRST, date(2029, 12, 31))},
    CALENDAR.week,
)
OVERRIDDEN = CALENDAR.with_overrides(
    DayOverride(day, status.is_working, status.reason, status.source, status.kind, status.provisional)
    for day, status in CALENDAR.special.items()
)


@often
@given(starts, forward, nearby)
def test_calendars_that_say_the_same_give_the_same_dates(start, limit, offsets):
    suspensions = near(start, offsets)
    expected = due(start, limit, CALENDAR, suspensions)
    assert due(start, limit, RESTATED, suspensions) == expected
    assert due(start, limit, OVERRIDDEN, suspensions) == expected


@often
@given(starts, forward)
def test_one_more_holiday_is_never_due_earlier(start, limit):
    expected = due(start, limit, CALENDAR)
    off = CALENDAR.day_status(date(2024, 2, 10))
    fewer = WorkCalendar(CALENDAR.first_on, CALENDAR.last_on, {**CALENDAR.special, expected.due_on: off}, CALENDAR.week)
    assert due(start, limit, fewer).due_on > expected.due_on


@often
@given(starts, forward, forward)
def test_a_second_limit_can_only_tighten(start, law, plugin):
    combined = earliest(start, {"law": law, "plugin": plugin}, CALENDAR)
    assert combined.due.due_on <= due(start, law, CALENDAR).due_on
    assert all(combined.due.due_on <= other for other in combined.later.values())


@often
@given(starts, forward)
def test_warnings_lie_inside_the_period_and_end_with_it(start, limit):
    due_on = due(start, limit, CALENDAR).due_on
    points = warning_points(start, due_on, CALENDAR)
    assert [point.on for point in points] == sorted(point.on for point in points)
    assert all(start <= point.on <= due_on for point in points)
    assert points[-1].on == due_on
