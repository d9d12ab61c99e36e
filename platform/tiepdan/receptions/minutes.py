"""Minutes of a reception (biên bản tiếp công dân): one per reception, rewritten until it is concluded."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.errors import Conflict, Invalid
from tiepdan.identity.vault import read_texts, store_text
from tiepdan.receptions.loading import lock_reception
from tiepdan.receptions.models import ReceptionMinutes
from tiepdan.receptions.rules import TOOK_PLACE, ReceptionStatus


@dataclass(frozen=True, slots=True)
class NewMinutes:
    """What the secretary wrote and who signed. unsigned_reason: why citizens did not sign, if they did not."""

    text: str
    chair_name: str
    secretary_name: str
    citizens_signed: bool = True
    unsigned_reason: str = ""


@dataclass(frozen=True, slots=True)
class MinutesView:
    """The minutes as a page shows them."""

    written_on: date
    text: str
    chair_name: str
    secretary_name: str
    citizens_signed: bool
    unsigned_reason: str


def write_minutes(reception_id: UUID, new: NewMinutes, *, actor: Actor, on: date) -> None:
    """Write the minutes of a reception that took place, or write them anew; earlier texts stay in the vault.

    Raises Forbidden, NotFound, Conflict before it opened or after the conclusion, Invalid.
    """
    actor.require("receptions.run")
    reception = lock_reception(reception_id)
    status = ReceptionStatus(reception.status)
    if status not in TOOK_PLACE:
        raise Conflict(_("Chưa có buổi tiếp nào để lập biên bản."))
    if status is ReceptionStatus.CONCLUDED:
        raise Conflict(_("Đã có thông báo kết luận: biên bản không sửa được nữa."))
    _check(new)
    text_id = store_text(new.text.strip())
    minutes = db.session.scalar(sa.select(ReceptionMinutes).where(ReceptionMinutes.reception_id == reception_id))
    if minutes is None:
        minutes = ReceptionMinutes(reception_id=reception_id)
        db.session.add(minutes)
    minutes.text_id = text_id
    minutes.written_on = on
    minutes.chair_name = new.chair_name.strip()
    minutes.secretary_name = new.secretary_name.strip()
    minutes.citizens_signed = new.citizens_signed
    minutes.unsigned_reason = None if new.citizens_signed else new.unsigned_reason.strip()
    minutes.written_by = actor.account_id
    db.session.flush()
    record_event("reception.minuted", actor=actor, subject_type="reception", subject_id=reception_id)


def read_minutes(reception_id: UUID) -> MinutesView | None:
    """Return the minutes of a reception; None while there are none."""
    row = db.session.scalar(sa.select(ReceptionMinutes).where(ReceptionMinutes.reception_id == reception_id))
    if row is None:
        return None
    return MinutesView(
        row.written_on,
        read_texts([row.text_id])[row.text_id] or "",
        row.chair_name,
        row.secretary_name,
        row.citizens_signed,
        row.unsigned_reason or "",
    )


def _check(new: NewMinutes) -> None:
    errors = {}
    if not new.text.strip():
        errors["text"] = _("Hãy ghi nội dung biên bản.")
    if not new.chair_name.strip():
        errors["chair_name"] = _("Hãy ghi người chủ trì ký.")
    if not new.secretary_name.strip():
        errors["secretary_name"] = _("Hãy ghi thư ký ký.")
    if not new.citizens_signed and not new.unsigned_reason.strip():
        errors["unsigned_reason"] = _("Hãy ghi vì sao công dân không ký và ai chứng kiến.")
    if errors:
        raise Invalid(_("Chưa lập được biên bản."), errors)
