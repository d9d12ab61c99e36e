"""Refuse a visitor (từ chối tiếp): ground, explanation, and the written notice where the law asks for one."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.errors import Conflict, Invalid
from tiepdan.deadlines.law import NoRuleInForce, rule_in_force
from tiepdan.deadlines.provisions import Rule
from tiepdan.deadlines.service import start_clock, stop_clocks
from tiepdan.extensions.cautions import journal_cautions
from tiepdan.identity.vault import store_text
from tiepdan.petitions.service import check_reply
from tiepdan.receptions.models import Visit
from tiepdan.receptions.rules import RefusalForm, RefusalGround, VisitStatus, grounds_in_force, refusal_form
from tiepdan.receptions.visits import lock_visit

SUBJECT = "visit"
WRITTEN_NOTICE = "REC-17"
SHORTEST_EXPLANATION = 10


def refuse_visit(
    visit_id: UUID,
    ground: RefusalGround,
    explanation: str,
    *,
    actor: Actor,
    on: date,
    confirmed: frozenset[str] = frozenset(),
) -> RefusalForm:
    """Refuse a visitor on a ground in force, with the explanation that is recorded.

    on: day on which the ground was established; a written notice is due from here (3 working days from
    2026-07-01).
    confirmed: codes of what plugins warn of in the explanation, and somebody confirmed.
    Returns how the refusal must be told.
    Raises Forbidden, NotFound, Conflict, Invalid, UnconfirmedError.
    Source: Luật Tiếp công dân 42/2013/QH13, Điều 9; Nghị định 154/2026/NĐ-CP, Điều 4 (REC-16, REC-17).
    """
    actor.require("receptions.run")
    visit = lock_visit(visit_id)
    if visit.status not in (VisitStatus.WAITING, VisitStatus.RECEIVED) or visit.petition_id is not None:
        raise Conflict(_("Lượt này không còn từ chối được: đã từ chối, đã về hoặc đã vào sổ đơn."))
    errors = {}
    if ground not in grounds_in_force(visit.visited_on):
        errors["ground"] = _("Căn cứ này chưa có hiệu lực vào ngày tiếp.")
    if len(explanation.strip()) < SHORTEST_EXPLANATION:
        errors["explanation"] = _("Hãy ghi lời giải thích cho công dân.")
    if errors:
        raise Invalid(_("Chưa ghi được việc từ chối."), errors)
    cautions = check_reply(explanation, field="explanation", confirmed=confirmed)
    form = refusal_form(ground)
    visit.status = VisitStatus.REFUSED.value
    visit.refusal_ground = ground.value
    visit.refusal_form = form.value
    visit.refusal_text_id = store_text(explanation.strip(), sealed=visit.sealed)
    visit.refused_on = on
    db.session.flush()
    rule = written_notice_rule(on)
    if form is RefusalForm.WRITTEN and rule is not None and rule.variant().limit is not None:
        start_clock(WRITTEN_NOTICE, subject_type=SUBJECT, subject_id=visit.id, event_on=on, actor=actor)
    record_event(
        "visit.refused",
        actor=actor,
        subject_type=SUBJECT,
        subject_id=visit.id,
        detail={"ground": ground.value, "form": form.value},
    )
    journal_cautions(cautions, actor=actor, subject_type=SUBJECT, subject_id=visit.id)
    return form


def issue_refusal_notice(visit_id: UUID, number: str, *, actor: Actor, on: date) -> None:
    """Record the number and day of the written notice (Mẫu 01/TCD); its clock ends.

    Raises Forbidden, NotFound, Conflict, Invalid.
    """
    actor.require("receptions.run")
    visit = lock_visit(visit_id)
    if visit.refusal_form != RefusalForm.WRITTEN:
        raise Conflict(_("Lượt này không phải thông báo từ chối bằng văn bản."))
    if not number.strip():
        message = _("Hãy ghi số của thông báo từ chối.")
        raise Invalid(message, {"number": message})
    visit.refusal_number = number.strip()
    db.session.flush()
    stop_clocks(SUBJECT, visit.id, [WRITTEN_NOTICE], on=on, actor=actor)
    record_event("visit.refusal_notified", actor=actor, subject_type=SUBJECT, subject_id=visit.id)


def written_notice_rule(on: date) -> Rule | None:
    """Return the rule on written refusals in force on a day; None before the law."""
    try:
        return rule_in_force("reception.refusal.written", on)
    except NoRuleInForce:
        return None


def codes_of_visits(visit_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the codes of visits, for the pages of clocks."""
    rows = db.session.execute(sa.select(Visit.id, Visit.code).where(Visit.id.in_(list(visit_ids))))
    return {row.id: row.code for row in rows}
