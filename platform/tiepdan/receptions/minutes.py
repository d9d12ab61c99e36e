"""Minutes of a reception (biên bản tiếp công dân): one per reception, rewritten until it is concluded.

Minutes of a reception to which a denouncer came are sealed, with the reason why citizens did not sign: both name
people. Source: Luật Tố cáo 25/2018/QH14, Điều 49.
"""

import json
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.audit.service import record_event, record_event_now
from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.errors import Conflict, Invalid, NotFound
from tiepdan.identity.vault import read_texts, seal_texts, store_text, unseal_text
from tiepdan.receptions.loading import holds_sealed_visit, lock_reception
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
    """The minutes as a page shows them. text: None while sealed."""

    written_on: date
    text: str | None
    chair_name: str
    secretary_name: str
    citizens_signed: bool
    unsigned_reason: str


def write_minutes(reception_id: UUID, new: NewMinutes, *, actor: Actor, on: date) -> None:
    """Write the minutes of a reception that took place, or write them anew; earlier texts stay sealed in the vault.

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
    text, reason = new.text.strip(), None if new.citizens_signed else new.unsigned_reason.strip()
    sealed = holds_sealed_visit(reception_id)
    text_id = store_text(_sealed_text(text, reason) if sealed else text, sealed=sealed)
    minutes = _load(reception_id)
    if minutes is None:
        minutes = ReceptionMinutes(reception_id=reception_id)
        db.session.add(minutes)
    else:
        seal_texts([minutes.text_id])  # nothing leads to it any more, so a later sealing would not find it
    minutes.text_id = text_id
    minutes.written_on = on
    minutes.chair_name = new.chair_name.strip()
    minutes.secretary_name = new.secretary_name.strip()
    minutes.citizens_signed = new.citizens_signed
    minutes.unsigned_reason = None if sealed else reason
    minutes.written_by = actor.account_id
    db.session.flush()
    record_event("reception.minuted", actor=actor, subject_type="reception", subject_id=reception_id)


def read_minutes(reception_id: UUID) -> MinutesView | None:
    """Return the minutes of a reception; None while there are none."""
    row = _load(reception_id)
    return _view(row, read_texts([row.text_id])[row.text_id]) if row is not None else None


def disclose_minutes(reception_id: UUID, *, actor: Actor, reason: str) -> MinutesView:
    """Return the minutes, sealed or not; a sealed read is written into the journal, with its reason, before it.

    Raises Forbidden, NotFound, Invalid without a reason.
    """
    row = _load(reception_id)
    if row is None:
        raise NotFound(f"minutes of reception {reception_id}")
    text = read_texts([row.text_id])[row.text_id]
    if text is not None:
        actor.require("receptions.view")
        return _view(row, text)
    actor.require("identities.unseal")
    if reason.strip():  # without one nothing is opened: unseal_text refuses
        record_event_now("reception.disclosed", actor=actor, subject_type="reception", subject_id=reception_id)
    said = json.loads(unseal_text(row.text_id, actor=actor, reason=reason))
    return replace(_view(row, said["text"]), unsigned_reason=said["unsigned_reason"] or "")


def seal_minutes(reception_id: UUID) -> None:
    """Seal the minutes of a reception: somebody who came to it turned out to be a denouncer."""
    row = _load(reception_id, lock=True)
    text = read_texts([row.text_id])[row.text_id] if row is not None else None
    if row is None or text is None:  # none yet, or sealed already
        return
    seal_texts([row.text_id])
    row.text_id = store_text(_sealed_text(text, row.unsigned_reason), sealed=True)
    row.unsigned_reason = None
    db.session.flush()


def _load(reception_id: UUID, *, lock: bool = False) -> ReceptionMinutes | None:
    query = sa.select(ReceptionMinutes).where(ReceptionMinutes.reception_id == reception_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(query)


def _sealed_text(text: str, unsigned_reason: str | None) -> str:
    return json.dumps({"text": text, "unsigned_reason": unsigned_reason}, ensure_ascii=False)


def _view(row: ReceptionMinutes, text: str | None) -> MinutesView:
    return MinutesView(
        row.written_on, text, row.chair_name, row.secretary_name, row.citizens_signed, row.unsigned_reason or ""
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
