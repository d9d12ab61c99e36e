"""Conclude a reception: the signed notice and the work it gives to bodies."""

from datetime import date

from flask_babel import gettext as _

from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.errors import Conflict
from tiepdan.directives.service import IssuedConclusion, NewConclusion, issue_conclusion
from tiepdan.receptions.loading import holds_sealed_visit, lock_reception
from tiepdan.receptions.rules import ReceptionStatus

_MAY_CONCLUDE = frozenset({ReceptionStatus.HELD, ReceptionStatus.CLOSED, ReceptionStatus.CONCLUDED})


def conclude_reception(new: NewConclusion, *, actor: Actor, on: date) -> IssuedConclusion:
    """Issue the conclusion notice of the reception that `new` names; a second notice may follow the first.

    The notice is sealed when a denouncer came to the reception.
    Raises Forbidden, NotFound, Conflict before the reception was held, Invalid.
    Source: Nghị định 154/2026/NĐ-CP, Điều 25 khoản 2 (REC-11; REC-11p before 2026-07-01); PTY-18.
    """
    actor.require("receptions.conclude")
    if new.reception_id is None:
        raise ValueError("a conclusion of a reception names the reception")
    reception = lock_reception(new.reception_id)
    if ReceptionStatus(reception.status) not in _MAY_CONCLUDE:
        raise Conflict(_("Kỳ tiếp chưa kết thúc: hãy kết thúc các buổi tiếp trước khi kết luận."))
    issued = issue_conclusion(new, actor=actor, on=on, sealed=holds_sealed_visit(reception.id))
    reception.status = ReceptionStatus.CONCLUDED.value
    db.session.flush()
    return issued
