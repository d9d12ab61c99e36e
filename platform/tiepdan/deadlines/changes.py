"""What changes a running clock: extension, suspension, the end. Each writes an event that stays."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.errors import Conflict, Invalid, NotFound
from tiepdan.deadlines.calendar import WorkCalendar
from tiepdan.deadlines.clock_dates import ClockDates, decide_dates, given_dates, next_check_at, stored_rule
from tiepdan.deadlines.clock_views import ClockView, orders_of, view_of, winner_of
from tiepdan.deadlines.clock_words import ClockEventKind, ClockState
from tiepdan.deadlines.limits import Pause
from tiepdan.deadlines.models import Clock, ClockEvent, ClockPause
from tiepdan.deadlines.subjects import announce_moved, announce_moving
from tiepdan.deadlines.tenant_calendars import calendar_of_tenant
from tiepdan.deadlines.tightening import tighten

PERMISSION = "clocks.decide"


def extend_clock(
    clock_id: UUID, days: int, *, case: str | None = None, decision: str, on: date, actor: Actor
) -> ClockView:
    """Extend a running clock (gia hạn) within the budget of its rule.

    days: units of the rule's limit, counted from the same event.
    case: the variant that earns the extension (complex, especially_complex); the clock's own if not given.
    decision: number of the decision. on: its day.
    Raises Forbidden, NotFound, Conflict if the clock is closed or already overdue, Invalid past the budget.
    """
    actor.require(PERMISSION)
    clock = _running_clock(clock_id)
    _refuse_given_day(clock)
    if clock.due_on is not None and on > clock.due_on:
        raise Conflict(_("Thời hạn đã hết nên không gia hạn được nữa."))
    extended_as = case or clock.extended_as or clock.variant
    chosen = stored_rule(clock.rule_id, clock.variant)
    try:
        chosen.limit(extended_as, [*clock.extensions, days])
    except ValueError as fault:
        raise Invalid(_refusal(clock, extended_as), {"days": _refusal(clock, extended_as)}) from fault
    old_due_on = clock.due_on
    clock.extended_as, clock.extensions = extended_as, [*clock.extensions, days]
    apply_dates(clock, count_clock(clock, calendar_of_tenant(), pauses_of([clock.id])[clock.id]))
    _write(clock, ClockEventKind.EXTENDED, on, old_due_on, actor.account_id, f"{days} · {decision}")
    announce_moved([(clock.subject_type, clock.subject_id)])
    _journal("clock.extended", clock, actor, days=days)
    return view_of(clock)


def pause_clock(clock_id: UUID, *, on: date, legal_basis: str, decision: str, actor: Actor) -> ClockView:
    """Suspend a running clock (tạm đình chỉ): from the next day on nothing is counted.

    on: day of the decision. legal_basis: the clause that allows it. decision: its number.
    Raises Forbidden, NotFound, Conflict if the clock is closed, suspended or overdue, Invalid without basis or
    decision, or for a day before the event.
    """
    actor.require(PERMISSION)
    missing = {
        name: _("Cần ghi căn cứ và số quyết định.")
        for name, value in (("legal_basis", legal_basis), ("decision", decision))
        if not value.strip()
    }
    if missing:
        raise Invalid(_("Cần ghi căn cứ và số quyết định."), missing)
    clock = _running_clock(clock_id)
    _refuse_given_day(clock)
    if clock.due_on is None:
        raise Conflict(_("Thời hạn này đang tạm đình chỉ."))
    if on > clock.due_on:
        raise Conflict(_("Thời hạn đã hết nên không tạm đình chỉ được nữa."))
    if on < clock.event_on:
        raise Invalid(_("Ngày tạm đình chỉ trước ngày bắt đầu."), {"on": _("Ngày tạm đình chỉ trước ngày bắt đầu.")})
    earlier = pauses_of([clock.id])[clock.id]
    if any(pause.resumed_on is None or pause.resumed_on > on for pause in earlier):
        raise Conflict(_("Ngày này nằm trong một lần tạm đình chỉ trước."))
    row = ClockPause(
        clock_id=clock.id,
        suspended_on=on,
        legal_basis=legal_basis.strip(),
        decision=decision.strip(),
        suspended_by=actor.account_id,
    )
    db.session.add(row)
    old_due_on = clock.due_on
    try:
        dates = count_clock(clock, calendar_of_tenant(), [*earlier, _pause_of(row)])
    except ValueError as fault:
        raise Conflict(_("Thời hạn tính lùi không tạm đình chỉ được.")) from fault
    apply_dates(clock, dates)
    _write(clock, ClockEventKind.PAUSED, on, old_due_on, actor.account_id, decision.strip())
    announce_moved([(clock.subject_type, clock.subject_id)])
    _journal("clock.paused", clock, actor)
    return view_of(clock)


def resume_clock(clock_id: UUID, *, on: date, actor: Actor) -> ClockView:
    """Let a suspended clock run again: counting goes on the day after.

    on: day of the decision to resume.
    Raises Forbidden, NotFound, Conflict if it is not suspended, Invalid for a day before the suspension.
    """
    actor.require(PERMISSION)
    clock = _running_clock(clock_id)
    row = _open_pause(clock.id)
    if row is None:
        raise Conflict(_("Thời hạn này không tạm đình chỉ."))
    if on < row.suspended_on:
        message = _("Ngày tiếp tục không thể trước ngày tạm đình chỉ.")
        raise Invalid(message, {"on": message})
    row.resumed_on, row.resumed_by = on, actor.account_id
    db.session.flush()
    apply_dates(clock, count_clock(clock, calendar_of_tenant(), pauses_of([clock.id])[clock.id]))
    _write(clock, ClockEventKind.RESUMED, on, None, actor.account_id, row.decision)
    announce_moved([(clock.subject_type, clock.subject_id)])
    _journal("clock.resumed", clock, actor)
    return view_of(clock)


def end_clock(clock: Clock, *, on: date, outcome: ClockState, account_id: UUID | None) -> None:
    """Close a locked clock: met or late by its due date, or stopped because nothing is owed any more.

    A suspension still open ends with it, on the same day.
    """
    if outcome is ClockState.OPEN:
        raise ValueError("a clock cannot end as open")
    old_due_on = clock.due_on
    if clock.due_on is None:
        row = _open_pause(clock.id)
        if row is not None:
            row.resumed_on, row.resumed_by = max(on, row.suspended_on), account_id
            db.session.flush()
        apply_dates(clock, count_clock(clock, calendar_of_tenant(), pauses_of([clock.id])[clock.id]))
    clock.state = ClockState.STOPPED if outcome is ClockState.STOPPED else _outcome(clock, on)
    clock.ended_on, clock.next_check_at = on, None
    _write(clock, ClockEventKind.ENDED, on, old_due_on, account_id, clock.state)


def count_clock(clock: Clock, calendar: WorkCalendar, pauses: Sequence[Pause]) -> ClockDates:
    """Count a clock again by the version of the rule it was decided by, and by the stricter orders it began with.

    The order that won then stays the one it runs on. A day that a person set stays.
    """
    dates, orders = base_dates(clock, calendar, pauses), orders_of(clock)
    if not orders or clock.given_on is not None:
        return dates
    won, law = winner_of(clock), stored_rule(clock.rule_id, clock.variant).limit(clock.extended_as, clock.extensions)
    may_win = [won] if won is not None else []
    return tighten(dates, orders, law, clock.event_on, calendar, pauses, may_win=may_win)[0]


def base_dates(clock: Clock, calendar: WorkCalendar, pauses: Sequence[Pause]) -> ClockDates:
    """Count a clock by the law alone, extensions and suspensions included; a day that a person set stays."""
    if clock.given_on is not None:
        return given_dates(clock.event_on, clock.given_on, calendar)
    return decide_dates(
        stored_rule(clock.rule_id, clock.variant),
        clock.event_on,
        calendar,
        extended_as=clock.extended_as,
        extensions=clock.extensions,
        pauses=pauses,
    )


def apply_dates(clock: Clock, dates: ClockDates) -> None:
    """Write what was counted into a locked clock."""
    clock.due_on, clock.provisional = dates.due_on, dates.provisional
    clock.law_due_on, clock.early_on = dates.law_due_on, dates.early_on
    clock.earlier_on, clock.earlier_rule_id = dates.earlier_on, dates.earlier_rule_id
    clock.warn_on = [day for day, _kind in dates.warnings]
    clock.warn_kinds = [kind.value for _day, kind in dates.warnings]
    clock.calendar_version = calendar_of_tenant().version
    if clock.state == ClockState.OPEN:
        clock.next_check_at = next_check_at(dates.warnings, dates.due_on, clock.checked_on, shortest=dates.shortest)


def pauses_of(clock_ids: Sequence[UUID]) -> dict[UUID, list[Pause]]:
    """Return the suspensions of many clocks in one question, the oldest first."""
    found: dict[UUID, list[Pause]] = {clock_id: [] for clock_id in clock_ids}
    if found:
        query = sa.select(ClockPause).where(ClockPause.clock_id.in_(found)).order_by(ClockPause.suspended_on)
        for row in db.session.scalars(query):
            found[row.clock_id].append(_pause_of(row))
    return found


def write_recount(clock: Clock, on: date, old_due_on: date | None, account_id: UUID | None) -> None:
    """Record that a new calendar moved a clock's due date."""
    _write(clock, ClockEventKind.RECOMPUTED, on, old_due_on, account_id, clock.calendar_version)


def write_tightened(clock: Clock, on: date, old_due_on: date | None, account_id: UUID | None) -> None:
    """Record that a plugin's order for the kind of petition moved a clock's due date."""
    _write(clock, ClockEventKind.TIGHTENED, on, old_due_on, account_id, clock.tight_source or "")


def _pause_of(row: ClockPause) -> Pause:
    reason = str(_("Tạm đình chỉ, %(decision)s", decision=row.decision))
    return Pause(row.suspended_on, row.resumed_on, reason, row.legal_basis)


def _open_pause(clock_id: UUID) -> ClockPause | None:
    return db.session.scalar(
        sa.select(ClockPause).where(ClockPause.clock_id == clock_id, ClockPause.resumed_on.is_(None))
    )


def _running_clock(clock_id: UUID) -> Clock:
    """Lock a clock, and its record before it."""
    subject = db.session.execute(
        sa.select(Clock.subject_type, Clock.subject_id).where(Clock.id == clock_id)
    ).one_or_none()
    if subject is None:
        raise NotFound(f"clock {clock_id}")
    announce_moving([(subject.subject_type, subject.subject_id)])
    clock = db.session.scalars(
        sa.select(Clock).where(Clock.id == clock_id).with_for_update().execution_options(populate_existing=True)
    ).one()
    if clock.state != ClockState.OPEN:
        raise Conflict(_("Thời hạn này đã kết thúc."))
    return clock


def _refuse_given_day(clock: Clock) -> None:
    """Only who set a day sets another: the law counts nothing here that could be lengthened or stopped."""
    if clock.given_on is not None:
        raise Conflict(_("Hạn này do nơi giao việc ấn định; chỉ nơi giao gia hạn được."))


def _outcome(clock: Clock, on: date) -> ClockState:
    assert clock.due_on is not None
    in_time = on >= clock.due_on if clock.shortest else on <= clock.due_on
    return ClockState.MET if in_time else ClockState.LATE


def _refusal(clock: Clock, extended_as: str) -> str:
    budget = dict(stored_rule(clock.rule_id, clock.variant).rule.extensions).get(extended_as)
    if budget is None:
        return str(_("Quy định %(rule)s không cho gia hạn trong trường hợp này.", rule=clock.rule_id))
    return str(
        _(
            "Quy định %(rule)s cho gia hạn tối đa %(times)s lần, mỗi lần không quá %(count)s ngày.",
            rule=clock.rule_id,
            times=budget.times,
            count=budget.count,
        )
    )


def _write(
    clock: Clock, kind: ClockEventKind, on: date, old_due_on: date | None, account_id: UUID | None, note: str
) -> None:
    db.session.add(
        ClockEvent(
            clock_id=clock.id,
            kind=kind,
            happened_on=on,
            old_due_on=old_due_on,
            new_due_on=clock.due_on,
            note=note,
            account_id=account_id,
        )
    )


def _journal(action: str, clock: Clock, actor: Actor, **detail: int | str | bool | None) -> None:
    record_event(
        action,
        actor=actor,
        subject_type=clock.subject_type,
        subject_id=clock.subject_id,
        detail={"clock": str(clock.id), "rule": clock.rule_id, **detail},
    )
