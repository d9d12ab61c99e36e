"""The days of "why this date" as a page draws them."""

from collections.abc import Sequence
from typing import TypedDict

from flask_babel import gettext as _

from tiepdan.deadlines.calendar import WEEKDAY_NAMES
from tiepdan.deadlines.explanation import ClockExplanation
from tiepdan.deadlines.limits import Direction
from tiepdan.deadlines.rules import Step, StepKind


class LedgerDay(TypedDict):
    """One day as the macro day_ledger wants it."""

    day: object
    kind: str
    note: str
    number: int | None


def ledger_of(told: ClockExplanation) -> list[LedgerDay]:
    """Lay the steps out in the order of the calendar; a limit counted backwards is told forwards."""
    days = [_ledger_day(step) for step in told.steps]
    if told.clock.due_on is not None:
        days[-1]["kind"] = "due"
        days[-1]["note"] = _due_note(told.steps[-1])
    return days[::-1] if told.limit is not None and told.limit.direction is Direction.BACKWARD else days


def skipped_days(steps: Sequence[Step]) -> list[Step]:
    """Return the days a reader will ask about: not counted, or counted by something that is not settled."""
    wanted = (StepKind.SKIPPED, StepKind.PAUSED, StepKind.MOVED)
    return sorted((step for step in steps if step.kind in wanted or step.provisional), key=lambda step: step.day)


def reason_of(step: Step) -> str:
    """Say why a day is not counted; an ordinary weekend's reason is only the weekday's name."""
    return str(_("Nghỉ hằng tuần")) if step.reason == WEEKDAY_NAMES[step.day.weekday()] else step.reason


def _ledger_day(step: Step) -> LedgerDay:
    if step.kind is StepKind.EVENT:
        kind, note = "start", str(_("Mốc, không tính"))
    elif step.kind in (StepKind.SKIPPED, StepKind.PAUSED):
        kind, note = "skipped", reason_of(step)
    else:
        kind, note = "counted", str(_("Ngày thứ %(number)s", number=step.number)) if step.number else step.reason
    if step.provisional:
        note = str(_("%(note)s, tạm tính", note=note))
    return {"day": step.day, "kind": kind, "note": note, "number": step.number}


def _due_note(last: Step) -> str:
    if last.kind is StepKind.GIVEN:
        return str(_("Hạn cuối, do nơi giao việc ấn định"))
    note = (
        _("Ngày thứ %(number)s, hạn cuối", number=last.number)
        if last.number
        else _("Hạn cuối: ngày làm việc tiếp theo")
    )
    return str(_("%(note)s, tạm tính", note=note) if last.provisional else note)
