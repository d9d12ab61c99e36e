"""The calendar of receptions (lịch tiếp công dân): schedule, edit, post, postpone, cancel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db, new_id
from tiepdan.core.errors import Conflict, Invalid, NotFound
from tiepdan.core.scope import tenant_scope
from tiepdan.receptions.loading import days_of, lock_reception, refuse_unless
from tiepdan.receptions.models import Reception, ReceptionChange, ReceptionDay
from tiepdan.receptions.posting import posting_deadline
from tiepdan.receptions.rules import (
    ChangeKind,
    DayStatus,
    Duty,
    Mode,
    ReceivedBy,
    ReceptionForm,
    ReceptionStatus,
    days_fault,
    must_be_posted,
    needs_reason_when_late,
)
from tiepdan.sdk import Branch
from tiepdan.tenancy.service import tenant_by_id

SHORTEST_REASON = 10


@dataclass(frozen=True, slots=True)
class Substitution:
    """Who stands in for the head, why, and on what legal basis (REC-08: recorded and warned of, not forbidden)."""

    name: str
    reason: str
    basis: str


@dataclass(frozen=True, slots=True)
class NewReception:
    """A reception to schedule. chair_name: the official who is to receive."""

    duty: Duty
    form: ReceptionForm
    days: Sequence[date]
    place: str = ""
    chair_name: str = ""
    substitution: Substitution | None = None
    mode: Mode = Mode.IN_PERSON

    @property
    def chair(self) -> ReceivedBy:
        """Return who is to receive: the desk, the head, or the one who stands in."""
        if self.form is ReceptionForm.REGULAR:
            return ReceivedBy.DESK
        return ReceivedBy.SUBSTITUTE if self.substitution else ReceivedBy.HEAD


def own_duty() -> Duty:
    """Return the duty that the tenant in scope fulfils by its receptions."""
    return Duty.PARTY if tenant_by_id(tenant_scope().tenant_id).branch is Branch.PARTY else Duty.STATE


def schedule_reception(new: NewReception, *, actor: Actor, on: date) -> UUID:
    """Draft a reception; the desk's regular one needs no posting and stands at once.

    Raises Forbidden, Invalid.
    """
    actor.require("receptions.schedule")
    _check(new, on)
    first_on, last_on = min(new.days), max(new.days)
    status = ReceptionStatus.DRAFT if must_be_posted(new.form) else ReceptionStatus.PUBLISHED
    reception = Reception(
        id=new_id(), first_on=first_on, last_on=last_on, status=status.value, made_by=actor.account_id, **_columns(new)
    )
    db.session.add(reception)
    db.session.flush()
    _add_days(reception.id, new)
    record_event(
        "reception.scheduled",
        actor=actor,
        subject_type="reception",
        subject_id=reception.id,
        detail={"first_on": first_on.isoformat(), "form": new.form.value, "duty": new.duty.value},
    )
    return reception.id


def edit_reception(reception_id: UUID, new: NewReception, *, actor: Actor, on: date) -> None:
    """Change a draft. Raises Forbidden, NotFound, Invalid, Conflict once it is posted."""
    actor.require("receptions.schedule")
    reception = lock_reception(reception_id)
    if reception.status != ReceptionStatus.DRAFT:
        raise Conflict(_("Lịch đã niêm yết: hãy hoãn hoặc hủy thay vì sửa."))
    _check(new, on)
    for name, value in _columns(new).items():
        setattr(reception, name, value)
    reception.first_on, reception.last_on = min(new.days), max(new.days)
    db.session.execute(sa.delete(ReceptionDay).where(ReceptionDay.reception_id == reception_id))
    db.session.flush()
    _add_days(reception_id, new)
    record_event("reception.edited", actor=actor, subject_type="reception", subject_id=reception_id)


def post_reception(reception_id: UUID, *, actor: Actor, on: date, late_reason: str = "") -> None:
    """Post the schedule (niêm yết): from now on citizens see it.

    on: day of posting. A periodic reception posted later than the rule allows needs a reason on record; an
    extraordinary one is posted when it is decided.
    Raises Forbidden, NotFound, Conflict, Invalid with `late_reason`.
    Source: Luật Tiếp công dân 42/2013/QH13, Điều 24 khoản 4 (REC-09), counted backwards by DEC-01.
    """
    actor.require("receptions.schedule")
    reception = lock_reception(reception_id)
    refuse_unless(reception, ReceptionStatus.PUBLISHED)
    if reception.last_on < on:
        raise Conflict(_("Kỳ tiếp này đã qua ngày; hãy sửa ngày trước khi niêm yết."))
    deadline = posting_deadline(reception.first_on)
    late = deadline is not None and on > deadline.due_on
    form = ReceptionForm(reception.form)
    if late and needs_reason_when_late(form) and len(late_reason.strip()) < SHORTEST_REASON:
        message = _(
            "Hạn niêm yết là %(day)s (ít nhất 05 ngày làm việc trước ngày tiếp). Hãy ghi lý do niêm yết muộn.",
            day=f"{deadline.due_on:%d/%m/%Y}" if deadline else "",
        )
        raise Invalid(message, {"late_reason": message})
    reception.status = ReceptionStatus.PUBLISHED.value
    reception.posted_on = on
    reception.late_reason = late_reason.strip() or None if late else None
    record_event(
        "reception.posted",
        actor=actor,
        subject_type="reception",
        subject_id=reception_id,
        detail={"posted_on": on.isoformat(), "late": late},
    )


def postpone_day(reception_id: UUID, from_on: date, to_on: date, reason: str, *, actor: Actor, on: date) -> None:
    """Move a posted day to another, with the reason that is posted beside it.

    Raises Forbidden, NotFound, Conflict, Invalid.
    Source: Luật Tiếp công dân 42/2013/QH13, Điều 24 khoản 4: a notice of the reason and the new date.
    """
    actor.require("receptions.schedule")
    reception = lock_reception(reception_id)
    if reception.status != ReceptionStatus.OPEN:  # of several days, one may be over and another put off
        refuse_unless(reception, ReceptionStatus.POSTPONED)
    days = days_of(reception_id)
    day = next((day for day in days if day.day_on == from_on and day.status == DayStatus.PLANNED), None)
    if day is None:
        raise NotFound(f"planned day {from_on} of reception {reception_id}")
    errors = {}
    if len(reason.strip()) < SHORTEST_REASON:
        errors["reason"] = _("Hãy ghi lý do hoãn; lý do này được niêm yết cùng ngày mới.")
    if to_on < on or to_on in {other.day_on for other in days}:
        errors["to_on"] = _("Hãy chọn một ngày khác, từ hôm nay trở đi.")
    if errors:
        raise Invalid(_("Chưa hoãn được."), errors)
    day.day_on = to_on
    if reception.status != ReceptionStatus.OPEN:
        reception.status = ReceptionStatus.POSTPONED.value
    reception.first_on = min(other.day_on for other in days)
    reception.last_on = max(other.day_on for other in days)
    _add_change(reception_id, ChangeKind.POSTPONED, from_on, to_on, reason, actor=actor, on=on)


def cancel_reception(reception_id: UUID, reason: str, *, actor: Actor, on: date) -> None:
    """Cancel a reception of which no day was held. Raises Forbidden, NotFound, Conflict, Invalid."""
    actor.require("receptions.schedule")
    reception = lock_reception(reception_id)
    refuse_unless(reception, ReceptionStatus.CANCELLED)
    days = days_of(reception_id)
    if any(day.status in (DayStatus.OPEN, DayStatus.HELD) for day in days):
        raise Conflict(_("Đã có ngày tiếp diễn ra; không thể hủy cả kỳ."))
    if len(reason.strip()) < SHORTEST_REASON:
        message = _("Hãy ghi lý do hủy.")
        raise Invalid(message, {"reason": message})
    first_on = reception.first_on
    reception.status = ReceptionStatus.CANCELLED.value
    for day in days:
        day.status = DayStatus.CANCELLED.value
    _add_change(reception_id, ChangeKind.CANCELLED, first_on, None, reason, actor=actor, on=on)


def _columns(new: NewReception) -> dict[str, object]:
    stand_in = new.substitution
    return {
        "duty": new.duty.value,
        "form": new.form.value,
        "mode": new.mode.value,
        "chair": new.chair.value,
        "chair_name": (stand_in.name if stand_in else new.chair_name).strip(),
        "substitute_reason": stand_in.reason.strip() if stand_in else None,
        "substitute_basis": stand_in.basis.strip() if stand_in else None,
        "place": new.place.strip(),
    }


def _add_days(reception_id: UUID, new: NewReception) -> None:
    columns = _columns(new)
    db.session.add_all(
        ReceptionDay(
            reception_id=reception_id,
            day_on=day_on,
            status=DayStatus.PLANNED.value,
            received_by=columns["chair"],
            official_name=columns["chair_name"],
            substitute_reason=columns["substitute_reason"],
            substitute_basis=columns["substitute_basis"],
        )
        for day_on in sorted(new.days)
    )
    db.session.flush()


def _check(new: NewReception, on: date) -> None:
    errors = {}
    match days_fault(new.days, on):
        case "none":
            errors["days"] = _("Hãy chọn ít nhất một ngày.")
        case "repeated":
            errors["days"] = _("Có ngày bị ghi hai lần.")
        case "past":
            errors["days"] = _("Ngày tiếp phải từ hôm nay trở đi. Kỳ đã qua được đưa vào bằng chức năng nhập sổ.")
    if must_be_posted(new.form) and not new.place.strip():
        errors["place"] = _("Hãy ghi nơi tiếp: nơi này được niêm yết.")
    if must_be_posted(new.form) and new.substitution is None and not new.chair_name.strip():
        errors["chair_name"] = _("Hãy ghi người chủ trì.")
    if new.substitution is not None:
        errors |= substitution_faults(new.substitution)
    if errors:
        raise Invalid(_("Chưa lên lịch được."), errors)


def _add_change(
    reception_id: UUID, kind: ChangeKind, from_on: date, to_on: date | None, reason: str, *, actor: Actor, on: date
) -> None:
    db.session.add(
        ReceptionChange(
            reception_id=reception_id,
            kind=kind.value,
            decided_on=on,
            from_on=from_on,
            to_on=to_on,
            reason=reason.strip(),
            made_by=actor.account_id,
        )
    )
    db.session.flush()
    record_event(
        f"reception.{kind.value}",
        actor=actor,
        subject_type="reception",
        subject_id=reception_id,
        detail={"from_on": from_on.isoformat(), "to_on": to_on.isoformat() if to_on else None},
    )


def substitution_faults(stand_in: Substitution) -> dict[str, str]:
    """Say what is missing: who stands in, why, and on what basis are all recorded (REC-08)."""
    errors = {}
    if not stand_in.name.strip():
        errors["substitute_name"] = _("Hãy ghi người tiếp thay.")
    if len(stand_in.reason.strip()) < SHORTEST_REASON:
        errors["substitute_reason"] = _("Hãy ghi lý do người đứng đầu không trực tiếp tiếp.")
    if not stand_in.basis.strip():
        errors["substitute_basis"] = _("Hãy ghi căn cứ (văn bản, quy chế) cho phép tiếp thay.")
    return errors
