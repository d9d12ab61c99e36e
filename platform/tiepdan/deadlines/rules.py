"""The one function that counts days, and what follows from a due date. No database, no clock.

Due dates, warnings and escalations all come from here; nothing else in the platform adds days to a date.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from tiepdan.deadlines.calendar import ONE_DAY, WEEKDAY_NAMES, DayStatus, WorkCalendar
from tiepdan.deadlines.limits import Bound, Direction, Limit, Pause, Unit

START_SOURCE = "Bộ luật Dân sự 91/2015/QH13, Điều 147 khoản 2"
END_SOURCE = "Bộ luật Dân sự 91/2015/QH13, Điều 148"
BACKWARD_SOURCE = "Quy ước của nền tảng (DEC-01)"
HOURS_SOURCE = "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 23 (suy luận)"
GIVEN_SOURCE = "Quy ước của nền tảng (DEC-10)"
NEAR_WORKING_DAYS = 3


class StepKind(StrEnum):
    """What happened to a day on the way to the due date; pages translate by it."""

    EVENT = "event"
    COUNTED = "counted"
    SKIPPED = "skipped"
    PAUSED = "paused"
    MOVED = "moved"
    GIVEN = "given"


class Step(NamedTuple):
    """One day of "why this date".

    number: which day of the period it is; None when it is not counted.
    reason, source: in Vietnamese, for people.
    provisional: the count rests on a status of this day that is not settled yet (DEC-03).
    """

    day: date
    number: int | None
    kind: StepKind
    reason: str
    provisional: bool = False
    source: str = ""


class Due(NamedTuple):
    """A due date and every day that led to it; the last step is the due date itself."""

    due_on: date
    steps: tuple[Step, ...]

    @property
    def provisional(self) -> bool:
        """Say whether any day the date rests on is provisional."""
        return any(step.provisional for step in self.steps)


class ClockStopped(ValueError):
    """The period reaches a suspension that has not ended, so no due date exists yet.

    remaining: units (days) still to be counted after it ends.
    steps: the days up to the suspension.
    """

    def __init__(self, remaining: int, steps: tuple[Step, ...]) -> None:
        super().__init__(f"the clock stands still with {remaining} days to count")
        self.remaining = remaining
        self.steps = steps


def due(start: date, rule: Limit, calendar: WorkCalendar, pauses: Sequence[Pause] = ()) -> Due:
    """Count the period of rule from start and say why each day was counted or not.

    start: day of the event, which is not counted; for a backward limit, the day prepared for.
    pauses: suspensions in any order, which may overlap; only what is left after them is counted.
    Returns the due date and the steps: the event first, the due date last.
    Raises ValueError for a limit in hours (use due_at) or a backward limit with pauses, ClockStopped
    when a suspension is still open, OutsideCalendar beyond the calendar's years.
    Source: Bộ luật Dân sự 91/2015/QH13, Điều 146-148 (CAL-01 to CAL-03); backwards, DEC-01.
    """
    backward = rule.direction is Direction.BACKWARD
    if backward and pauses:
        raise ValueError("a limit counted backwards cannot be suspended")
    stride = -ONE_DAY if backward else ONE_DAY
    total = rule.days
    steps = [_event_step(start, backward=backward)]
    day, number = start, 0
    while number < total:
        day += stride
        pause = _pause_on(day, pauses)
        if pause is not None:
            if pause.resumed_on is None:
                raise ClockStopped(total - number, tuple(steps))
            steps.append(Step(day, None, StepKind.PAUSED, pause.reason, source=pause.source))
            continue
        step = _count(day, number + 1, rule.unit, calendar)
        number = step.number or number
        steps.append(step)
    if rule.moves and not backward and rule.unit is not Unit.WORKING_DAY:
        _move_to_working_day(steps, calendar, pauses)
    return Due(steps[-1].day, tuple(steps))


def due_given(start: date, given_on: date) -> Due:
    """Take a due day that a person set, as it was written; the steps say only whose day it is.

    start: day it was set. given_on: the day; it stays where it is on a day off: it is a date, not a period.
    Raises ValueError for a day before it was set.
    Source: our decision DEC-10; a conclusion notice sets the limits of its tasks (Nghị định 154/2026/NĐ-CP,
    Điều 25 khoản 2).
    """
    if given_on < start:
        raise ValueError(f"the day given, {given_on}, is before the day it was given on, {start}")
    set_step = Step(start, None, StepKind.EVENT, "Ngày ấn định hạn", source=GIVEN_SOURCE)
    due_step = Step(given_on, None, StepKind.GIVEN, "Ngày do nơi giao việc ấn định", source=GIVEN_SOURCE)
    return Due(given_on, (set_step, due_step))


def due_at(start: datetime, rule: Limit) -> tuple[datetime, tuple[Step, ...]]:
    """Count a limit in hours, through nights and holidays (CAL-10).

    start: aware instant of the event.
    Raises ValueError for a naive instant or a limit in another unit.
    Source: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 23 (inference).
    """
    if start.tzinfo is None:
        raise ValueError(f"start must be aware, got {start!r}")
    if rule.unit is not Unit.HOUR:
        raise ValueError(f"due_at counts hours, got {rule.unit}")
    sign = -1 if rule.direction is Direction.BACKWARD else 1
    # Through UTC: arithmetic on an aware datetime moves the wall clock, not the time that passes.
    end = (start.astimezone(UTC) + sign * timedelta(hours=rule.count)).astimezone(start.tzinfo)
    counted = f"{rule.count} giờ liên tục, tính cả đêm và ngày nghỉ"
    return end, (
        Step(start.date(), None, StepKind.EVENT, "Thời điểm xảy ra sự kiện", source=HOURS_SOURCE),
        Step(end.date(), rule.count, StepKind.COUNTED, counted, source=HOURS_SOURCE),
    )


def count_days(start: date, end: date, unit: Unit, calendar: WorkCalendar, pauses: Sequence[Pause] = ()) -> int:
    """Count the days of a period that have run when end is over: those after start up to and including end.

    unit: WORKING_DAY counts worked days, CALENDAR_DAY and MONTH count every day; HOUR is refused.
    Returns 0 if end is not after start.
    """
    if unit is Unit.HOUR:
        raise ValueError("hours are not counted in days")
    counted, day = 0, start
    while day < end:
        day += ONE_DAY
        if _pause_on(day, pauses) is None and _count(day, 1, unit, calendar).number:
            counted += 1
    return counted


def is_overdue(due_on: date, on: date) -> bool:
    """Say whether a clock is overdue on a day: from the midnight that ends its due date (DEC-02)."""
    return on > due_on


def days_overdue(due_on: date, on: date) -> int:
    """Count the calendar days a clock is overdue on a day; 0 on its due date and before (DEC-02)."""
    return max(0, (on - due_on).days)


class WarningKind(StrEnum):
    """What a warning says."""

    HALF_TIME = "half_time"
    NEAR = "near"
    DUE = "due"


class WarningPoint(NamedTuple):
    """A day on which the people responsible are told."""

    on: date
    kind: WarningKind


def warning_points(start: date, due_on: date, calendar: WorkCalendar) -> tuple[WarningPoint, ...]:
    """Say when to warn: at half time, when three working days are left, and on the due date.

    Half time is half of the calendar days, rounded down. Three are left on the day from which one
    still counts three working days up to the due date. No warning falls before start, and of two on
    one day both are given: the sweep takes them in order and sends the last.
    Returns them by day; all on the due date if it is not after start.
    """
    if due_on <= start:
        return tuple(WarningPoint(due_on, kind) for kind in WarningKind)
    near = due_on
    for _ in range(NEAR_WORKING_DAYS):
        near = _previous_working_day(near, calendar)
    points = (
        WarningPoint(start + (due_on - start) // 2, WarningKind.HALF_TIME),
        WarningPoint(max(near, start), WarningKind.NEAR),
        WarningPoint(due_on, WarningKind.DUE),
    )
    return tuple(sorted(points, key=lambda point: point.on))


class Earliest(NamedTuple):
    """Which of several limits decides.

    won: name of the limit whose date comes first; of two on one day, the one given first.
    later: due date by name of each that lost.
    """

    won: str
    due: Due
    later: dict[str, date]


def earliest(
    start: date, limits: Mapping[str, Limit], calendar: WorkCalendar, pauses: Sequence[Pause] = ()
) -> Earliest:
    """Combine limits on one duty: for this case, the earliest resulting date wins.

    10 working days and 15 calendar days cannot be compared as numbers, so each is counted. A limit
    counted backwards asks for notice of at least so long; there too the earliest date is the strictest.
    limits: by name (a rule's id), the law's own first.
    Raises ValueError if there are none, or for a forward limit of a shortest time (the latest would win).
    """
    if not limits:
        raise ValueError("no limits to combine")
    for name, limit in limits.items():
        if limit.bound is Bound.AT_LEAST and limit.direction is Direction.FORWARD:
            raise ValueError(f"{name} sets a shortest time; the earliest date would loosen it")
    dues = {name: due(start, limit, calendar, pauses) for name, limit in limits.items()}
    won = min(dues, key=lambda name: dues[name].due_on)
    return Earliest(won, dues[won], {name: other.due_on for name, other in dues.items() if name != won})


def _event_step(start: date, *, backward: bool) -> Step:
    if backward:
        return Step(start, None, StepKind.EVENT, "Ngày diễn ra, không tính; đếm lùi", source=BACKWARD_SOURCE)
    return Step(start, None, StepKind.EVENT, "Ngày xảy ra sự kiện, không tính", source=START_SOURCE)


def _pause_on(day: date, pauses: Sequence[Pause]) -> Pause | None:
    return next((pause for pause in pauses if pause.covers(day)), None)


def _count(day: date, number: int, unit: Unit, calendar: WorkCalendar) -> Step:
    if unit is not Unit.WORKING_DAY:
        # A calendar day counts whatever it is, so the calendar is not asked and nothing is provisional.
        return Step(day, number, StepKind.COUNTED, WEEKDAY_NAMES[day.weekday()])
    status = calendar.day_status(day)
    if status.is_working:
        return Step(day, number, StepKind.COUNTED, status.reason, status.provisional, status.source)
    return Step(day, None, StepKind.SKIPPED, status.reason, status.provisional, status.source)


def _move_to_working_day(steps: list[Step], calendar: WorkCalendar, pauses: Sequence[Pause]) -> None:
    """Carry a last day that is not worked to the next working day on which the clock runs (CAL-02)."""
    last = steps[-1]
    status = calendar.day_status(last.day)
    steps[-1] = last._replace(reason=status.reason, provisional=status.provisional, source=status.source)
    day = last.day
    while not status.is_working or _pause_on(day, pauses) is not None:
        day += ONE_DAY
        status = calendar.day_status(day)
        pause = _pause_on(day, pauses)
        if pause is not None and pause.resumed_on is None:
            raise ClockStopped(0, tuple(steps))
        steps.append(_moved_step(day, status, pause))


def _moved_step(day: date, status: DayStatus, pause: Pause | None) -> Step:
    if pause is not None:
        return Step(day, None, StepKind.PAUSED, pause.reason, source=pause.source)
    if status.is_working:
        reason = f"{status.reason}: ngày làm việc tiếp theo, hạn chuyển sang ngày này"
        return Step(day, None, StepKind.MOVED, reason, status.provisional, END_SOURCE)
    return Step(day, None, StepKind.SKIPPED, status.reason, status.provisional, status.source)


def _previous_working_day(day: date, calendar: WorkCalendar) -> date:
    day -= ONE_DAY
    while not calendar.is_working(day):
        day -= ONE_DAY
    return day
