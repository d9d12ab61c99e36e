"""The days of a reception: open the desk, say who receives, close; a day nobody came to was held all the same."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.clock import now
from tiepdan.core.db import db
from tiepdan.core.errors import Conflict, Invalid
from tiepdan.extensions.outbox import Fact, announce
from tiepdan.receptions.calendar import (
    NewReception,
    Substitution,
    own_duty,
    schedule_reception,
    substitution_faults,
)
from tiepdan.receptions.loading import days_of, lock_day, lock_reception, refuse_unless
from tiepdan.receptions.models import Reception, ReceptionDay, Visit
from tiepdan.receptions.rules import (
    ANNOUNCED,
    TOOK_PLACE,
    DayStatus,
    ReceivedBy,
    ReceptionForm,
    ReceptionStatus,
    VisitStatus,
    status_after_day,
)
from tiepdan.sdk import EventName


def open_day(day_id: UUID, *, actor: Actor, on: date, substitution: Substitution | None = None) -> None:
    """Begin a day at the desk; say who stands in when the head does not come.

    on: the business day; a day that is still to come is not opened.
    Raises Forbidden, NotFound, Conflict, Invalid.
    """
    actor.require("receptions.run")
    day, reception = lock_day(day_id)
    if day.status == DayStatus.OPEN:
        raise Conflict(_("Buổi tiếp đã mở."))
    if day.status != DayStatus.PLANNED:
        raise Conflict(_("Buổi tiếp này đã kết thúc."))
    if day.day_on > on:
        raise Conflict(_("Chưa tới ngày tiếp."))
    if ReceptionStatus(reception.status) not in ANNOUNCED:
        raise Conflict(_("Lịch chưa niêm yết; hãy niêm yết trước khi mở buổi tiếp."))
    if substitution is not None:
        _substitute(day, reception, substitution)
    mark_day_open(day, reception)
    record_event(
        "reception.opened",
        actor=actor,
        subject_type="reception",
        subject_id=reception.id,
        detail={"day": day.day_on.isoformat(), "received_by": day.received_by},
    )


def open_desk(*, actor: Actor, on: date) -> UUID:
    """Return today's reception of the desk (tiếp thường xuyên), scheduling and opening it when there is none.

    Raises Forbidden, Conflict when today's desk was closed.
    """
    actor.require("receptions.run")
    row = db.session.execute(
        sa.select(ReceptionDay.id, ReceptionDay.status, Reception.id.label("reception_id"))
        .join(Reception, Reception.id == ReceptionDay.reception_id)
        .where(
            ReceptionDay.day_on == on,
            Reception.form == ReceptionForm.REGULAR.value,
            ReceptionDay.status != DayStatus.CANCELLED.value,
        )
        .order_by(ReceptionDay.id)
        .limit(1)
    ).first()
    if row is not None:
        if row.status == DayStatus.PLANNED:
            open_day(row.id, actor=actor, on=on)
        return UUID(str(row.reception_id))
    new = NewReception(own_duty(), ReceptionForm.REGULAR, [on])
    reception_id = schedule_reception(new, actor=_scheduler(actor), on=on)
    open_day(days_of(reception_id)[0].id, actor=actor, on=on)
    return reception_id


def close_day(day_id: UUID, *, actor: Actor, on: date) -> None:
    """End a day. A published day on which nobody came was held all the same (form 01/TCD, column 10).

    Raises Forbidden, NotFound, Conflict while somebody still waits or the day is still to come.
    """
    actor.require("receptions.run")
    day, reception = lock_day(day_id)
    if day.status not in (DayStatus.PLANNED, DayStatus.OPEN):
        raise Conflict(_("Buổi tiếp này đã kết thúc."))
    if day.day_on > on:
        raise Conflict(_("Chưa tới ngày tiếp."))
    if ReceptionStatus(reception.status) not in ANNOUNCED:
        raise Conflict(_("Lịch chưa niêm yết."))
    waiting = db.session.scalar(
        sa.select(sa.func.count())
        .select_from(Visit)
        .where(Visit.day_id == day_id, Visit.status == VisitStatus.WAITING.value)
    )
    if waiting:
        raise Conflict(_("Còn %(count)d lượt đang chờ: hãy ghi đã tiếp, từ chối hoặc đã về.", count=waiting))
    day.status = DayStatus.HELD.value
    day.closed_at = now()
    after = status_after_day([DayStatus(other.status) for other in days_of(reception.id)])
    if after is not None:
        reception.status = after.value
    record_event(
        "reception.day_closed",
        actor=actor,
        subject_type="reception",
        subject_id=reception.id,
        detail={"day": day.day_on.isoformat(), "visits": day.last_number},
    )
    facts: dict[str, Fact] = {"form": reception.form, "received_by": day.received_by, "visits": day.last_number}
    announce(EventName.RECEPTION_HELD, subject_id=day.id, on=day.day_on, facts=facts)


def close_reception(reception_id: UUID, *, actor: Actor, on: date) -> None:  # noqa: ARG001 - every service says when
    """Close the records of a reception that was held. Raises Forbidden, NotFound, Conflict."""
    actor.require("receptions.run")
    reception = lock_reception(reception_id)
    refuse_unless(reception, ReceptionStatus.CLOSED)
    reception.status = ReceptionStatus.CLOSED.value
    record_event("reception.closed", actor=actor, subject_type="reception", subject_id=reception_id)


def record_substitution(day_id: UUID, substitution: Substitution, *, actor: Actor, on: date) -> None:  # noqa: ARG001
    """Record that somebody stands in for the head on a day that is not over. Raises Forbidden, NotFound, Conflict."""
    actor.require("receptions.run")
    day, reception = lock_day(day_id)
    if day.status not in (DayStatus.PLANNED, DayStatus.OPEN):
        raise Conflict(_("Buổi tiếp này đã kết thúc."))
    _substitute(day, reception, substitution)
    record_event(
        "reception.substituted",
        actor=actor,
        subject_type="reception",
        subject_id=reception.id,
        detail={"day": day.day_on.isoformat()},
    )


def mark_day_open(day: ReceptionDay, reception: Reception) -> None:
    """Set a locked day and its reception open."""
    day.status = DayStatus.OPEN.value
    day.opened_at = now()
    if ReceptionStatus(reception.status) not in TOOK_PLACE:
        reception.status = ReceptionStatus.OPEN.value


def _scheduler(actor: Actor) -> Actor:
    """Let whoever runs the desk open it: the desk's regular day is not a schedule to decide on."""
    return Actor(
        actor.account_id, actor.name, actor.roles, actor.permissions | {"receptions.schedule"}, actor.tenant_id
    )


def _substitute(day: ReceptionDay, reception: Reception, stand_in: Substitution) -> None:
    errors = substitution_faults(stand_in)
    if reception.form == ReceptionForm.REGULAR:
        raise Conflict(_("Buổi tiếp thường xuyên không do người đứng đầu tiếp."))
    if errors:
        raise Invalid(_("Chưa ghi được việc tiếp thay."), errors)
    day.received_by = ReceivedBy.SUBSTITUTE.value
    day.official_name = stand_in.name.strip()
    day.substitute_reason = stand_in.reason.strip()
    day.substitute_basis = stand_in.basis.strip()
