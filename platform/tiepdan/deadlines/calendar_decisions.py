"""A tenant's decisions on its calendar: propose a day, approve it, take it back, set the options.

Every change that counts has the open clocks counted again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.clock import now
from tiepdan.core.db import db
from tiepdan.core.errors import Conflict, Invalid, NotFound
from tiepdan.core.scope import tenant_scope
from tiepdan.deadlines.calendar import DayKind, DayStatus
from tiepdan.deadlines.jobs import recount_clocks
from tiepdan.deadlines.models import CalendarOverride, TenantCalendar
from tiepdan.deadlines.recounting import Effect, preview_effect
from tiepdan.deadlines.tenant_calendars import calendar_of_tenant, forget_calendar, options_of, override_of
from tiepdan.deadlines.vietnam import FIRST_YEAR, LAST_YEAR, CalendarOptions, announced_through, proposals

PERMISSION = "calendar.manage"
PROPOSABLE = (DayKind.HOLIDAY, DayKind.COMPENSATORY, DayKind.SWAP_OFF, DayKind.SWAP_WORKED, DayKind.WORKING)


@dataclass(frozen=True, slots=True)
class DecidedDay:
    """A day a tenant decided on, or proposes to.

    replaces: what the calendar says of the day without this decision; None once it is approved.
    """

    id: UUID
    day: date
    kind: DayKind
    name: str
    source: str
    proposed_by: UUID | None
    approved_by: UUID | None
    approved_on: date | None
    replaces: DayStatus | None


def list_decided_days(*, actor: Actor) -> Sequence[DecidedDay]:
    """Return the tenant's own days that count and those that wait for approval, by day."""
    actor.require(PERMISSION)
    rows = db.session.scalars(
        sa.select(CalendarOverride).where(CalendarOverride.withdrawn_on.is_(None)).order_by(CalendarOverride.day)
    )
    return [_decided(row) for row in rows]


def decided_day(override_id: UUID, *, actor: Actor) -> tuple[DecidedDay, Effect]:
    """Return one decision and what approving it would move. Raises NotFound."""
    actor.require(PERMISSION)
    row = _find(override_id)
    found = _decided(row)
    return found, preview_effect(override_of(found.day, found.kind, found.name, found.source))


def propose_day(day: date, kind: DayKind, *, name: str, source: str, actor: Actor) -> UUID:
    """Propose that a day is worked or not; nothing is counted by it before somebody approves.

    source: the announcement it rests on.
    Raises Forbidden, Invalid, or Conflict if the day was decided on before.
    """
    actor.require(PERMISSION)
    errors = {}
    if not name.strip():
        errors["name"] = _("Hãy ghi tên hoặc lý do.")
    if not source.strip():
        errors["source"] = _("Hãy ghi văn bản làm căn cứ.")
    if kind not in PROPOSABLE:
        errors["kind"] = _("Hãy chọn loại ngày.")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        errors["day"] = _("Lịch chỉ có từ năm %(first)s đến %(last)s.", first=FIRST_YEAR, last=LAST_YEAR)
    if errors:
        raise Invalid(_("Cần sửa trước khi lưu."), errors)
    row = CalendarOverride(day=day, kind=kind, name=name.strip(), source=source.strip(), proposed_by=actor.account_id)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as fault:
        raise Conflict(_("Ngày này đã có một quyết định. Hãy bỏ quyết định cũ trước.")) from fault
    _journal("calendar.proposed", row, actor)
    return row.id


def approve_day(override_id: UUID, *, on: date, actor: Actor) -> None:
    """Approve a proposed day: it counts from now on, and open clocks are counted again.

    Raises Forbidden, NotFound, or Conflict if it is approved already.
    """
    actor.require(PERMISSION)
    row = _find(override_id, lock=True)
    if row.approved_on is not None:
        raise Conflict(_("Ngày này đã được duyệt."))
    row.approved_by, row.approved_on, row.approved_at = actor.account_id, on, now()
    _journal("calendar.approved", row, actor)
    _count_again(on, actor)


def withdraw_day(override_id: UUID, *, on: date, actor: Actor) -> None:
    """Take a day back: a proposal disappears, an approved day counts no more. Raises Forbidden, NotFound."""
    actor.require(PERMISSION)
    row = _find(override_id, lock=True)
    row.withdrawn_by, row.withdrawn_on = actor.account_id, on
    _journal("calendar.withdrawn", row, actor)
    if row.approved_on is not None:
        _count_again(on, actor)


def calendar_options() -> CalendarOptions:
    """Return what the tenant in scope decided about the calendar as a whole."""
    return options_of(db.session.scalar(sa.select(TenantCalendar)))


def choose_options(options: CalendarOptions, *, on: date, actor: Actor) -> None:
    """Set worked Saturdays (DEC-07), rest after a 24/11 on a weekend (CAL-09), proposed swaps and approved years.

    Raises Forbidden, or Invalid for an unknown proposal or a year that needs no approval.
    """
    actor.require(PERMISSION)
    if options.accepted_proposals - set(proposals()):
        raise Invalid(_("Không có phương án này."), {"accepted_proposals": _("Không có phương án này.")})
    if any(not announced_through() < year <= LAST_YEAR for year in options.approved_years):
        raise Invalid(_("Năm này không cần duyệt."), {"approved_years": _("Năm này không cần duyệt.")})
    row = _own_row()
    row.worked_saturdays = options.worked_saturdays
    row.culture_day_compensation = options.culture_day_compensation
    row.accepted_proposals = sorted(options.accepted_proposals)
    row.approved_years = sorted(options.approved_years)
    record_event(
        "calendar.options",
        actor=actor,
        subject_type="calendar",
        detail={
            "worked_saturdays": options.worked_saturdays,
            "culture_day_compensation": options.culture_day_compensation,
            "years": len(options.approved_years),
        },
    )
    _count_again(on, actor)


def _own_row() -> TenantCalendar:
    row = db.session.scalar(sa.select(TenantCalendar).with_for_update())
    if row is None:
        row = TenantCalendar(tenant_id=tenant_scope().tenant_id)
        db.session.add(row)
    return row


def _count_again(on: date, actor: Actor) -> None:
    """Count the open clocks again. The version moves with every change, of a single day too: processes look at it."""
    row = _own_row()
    row.updated_by, row.updated_at = actor.account_id, now()
    db.session.flush()
    forget_calendar()
    recount_clocks.enqueue(on.isoformat())


def _find(override_id: UUID, *, lock: bool = False) -> CalendarOverride:
    query = sa.select(CalendarOverride).where(
        CalendarOverride.id == override_id, CalendarOverride.withdrawn_on.is_(None)
    )
    row = db.session.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound(f"calendar override {override_id}")
    return row


def _decided(row: CalendarOverride) -> DecidedDay:
    return DecidedDay(
        id=row.id,
        day=row.day,
        kind=DayKind(row.kind),
        name=row.name,
        source=row.source,
        proposed_by=row.proposed_by,
        approved_by=row.approved_by,
        approved_on=row.approved_on,
        replaces=None if row.approved_on else calendar_of_tenant().day_status(row.day),
    )


def _journal(action: str, row: CalendarOverride, actor: Actor) -> None:
    db.session.flush()
    record_event(
        action,
        actor=actor,
        subject_type="calendar_day",
        subject_id=row.id,
        detail={"day": row.day.isoformat(), "kind": str(row.kind)},
    )
