"""Load receptions and their days for a change: locked in one order, the reception before its day."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.core.db import db
from tiepdan.core.errors import Conflict, NotFound
from tiepdan.receptions.models import Reception, ReceptionDay, Visit
from tiepdan.receptions.rules import ReceptionStatus, may_become


def lock_reception(reception_id: UUID) -> Reception:
    """Load a reception for a change; raise NotFound."""
    reception = db.session.scalar(
        sa.select(Reception)
        .where(Reception.id == reception_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if reception is None:
        raise NotFound(f"reception {reception_id}")
    return reception


def lock_day(day_id: UUID) -> tuple[ReceptionDay, Reception]:
    """Load a day and its reception for a change, the reception first; raise NotFound."""
    reception_id = db.session.scalar(sa.select(ReceptionDay.reception_id).where(ReceptionDay.id == day_id))
    if reception_id is None:
        raise NotFound(f"reception day {day_id}")
    reception = lock_reception(reception_id)
    day = db.session.scalars(
        sa.select(ReceptionDay)
        .where(ReceptionDay.id == day_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    return day, reception


def days_of(reception_id: UUID) -> Sequence[ReceptionDay]:
    """Return the days of a reception in order."""
    return db.session.scalars(
        sa.select(ReceptionDay).where(ReceptionDay.reception_id == reception_id).order_by(ReceptionDay.day_on)
    ).all()


def holds_sealed_visit(reception_id: UUID) -> bool:
    """Say whether a denouncer came to a locked reception.

    Its visits are held until the end of the transaction: none is sealed beside us.
    """
    query = sa.select(Visit.sealed).where(Visit.reception_id == reception_id).order_by(Visit.id)
    return any(db.session.scalars(query.with_for_update(read=True)).all())


def refuse_unless(reception: Reception, wanted: ReceptionStatus) -> None:
    """Raise Conflict unless a locked reception may go on to a status."""
    if not may_become(ReceptionStatus(reception.status), wanted):
        raise Conflict(_("Kỳ tiếp đang ở trạng thái khác; hãy tải lại trang để xem."))
