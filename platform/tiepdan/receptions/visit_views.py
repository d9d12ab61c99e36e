"""Pages of one visit: receipt, refusal, the register's columns, the petition it becomes."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

import segno
from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tiepdan.core.clock import today
from tiepdan.core.db import transaction
from tiepdan.core.errors import Conflict, Invalid, NotFound
from tiepdan.deadlines.service import clocks_of
from tiepdan.formparts.forms import answers_in, bind_form
from tiepdan.formparts.pages import draw_answers, draw_parts
from tiepdan.formparts.service import answers_of, parts_for
from tiepdan.petitions.rules import Field
from tiepdan.petitions.service import matter_by_id, petition_by_id, reply_rules_here
from tiepdan.petitions.words import KIND_DETAILS, KINDS
from tiepdan.receptions.disclosure import disclose_visit
from tiepdan.receptions.forms import (
    RefusalNoticeForm,
    RefuseForm,
    RemarksForm,
    TakePetitionForm,
    read_matter,
)
from tiepdan.receptions.pins import keep_pin, take_pin
from tiepdan.receptions.queries import VisitView, reception_by_id, visit_by_id
from tiepdan.receptions.refusals import SUBJECT, issue_refusal_notice, refuse_visit, written_notice_rule
from tiepdan.receptions.rules import RefusalGround
from tiepdan.receptions.tracking import renew_visit_pin
from tiepdan.receptions.views import receptions
from tiepdan.receptions.visits import link_matter, mark_left, mark_received, record_remarks, set_kind, take_petition
from tiepdan.receptions.words import GROUNDS, RECEIVED_BY, REFUSAL_FORMS, VISIT_STATUSES, VISIT_TONES, VISITOR_ROLES
from tiepdan.sdk import PetitionKind, Record
from tiepdan.web.blueprints import requires
from tiepdan.web.disclosing import DiscloseForm
from tiepdan.web.forms import Form
from tiepdan.web.idempotency import lead_to

_WORDS = {
    "kinds": KINDS,
    "roles": VISITOR_ROLES,
    "received_by": RECEIVED_BY,
    "statuses": VISIT_STATUSES,
    "tones": VISIT_TONES,
    "grounds": GROUNDS,
    "refusal_forms": REFUSAL_FORMS,
}


@receptions.get("/visits/<uuid:visit_id>")
@requires("receptions.view")
def show_visit(visit_id: UUID) -> ResponseReturnValue:
    """Show a visit."""
    return _visit_page(visit_by_id(visit_id), DiscloseForm(formdata=None))


@receptions.post("/visits/<uuid:visit_id>/disclose")
@requires("identities.unseal")
def disclose(visit_id: UUID) -> ResponseReturnValue:
    """Open identity and content of a sealed visit, once, for a reason that is journalled first."""
    form, visit = DiscloseForm(), visit_by_id(visit_id)
    opened = form.open_for_reason(lambda reason: disclose_visit(visit_id, actor=g.actor, reason=reason))
    if opened is None:
        return _visit_page(visit, form), 422
    answers = draw_answers(opened.answers)
    return render_template("receptions/disclosed.html", visit=visit, opened=opened, answers=answers, **_WORDS)


@receptions.post("/visits/<uuid:visit_id>/received")
@requires("receptions.run")
def received(visit_id: UUID) -> ResponseReturnValue:
    """Record that a visitor who waited was received."""
    with transaction():
        mark_received(visit_id, actor=g.actor, on=today())
    flash(_("Đã ghi: công dân đã được tiếp."), "success")
    return redirect(_to_queue(visit_by_id(visit_id)), 303)


@receptions.post("/visits/<uuid:visit_id>/left")
@requires("receptions.run")
def left(visit_id: UUID) -> ResponseReturnValue:
    """Record that a visitor left."""
    with transaction():
        mark_left(visit_id, actor=g.actor, on=today())
    flash(_("Đã ghi: công dân đã về khi chưa được tiếp."), "success")
    return redirect(_to_queue(visit_by_id(visit_id)), 303)


@receptions.get("/visits/<uuid:visit_id>/receipt")
@requires("receptions.run")
def receipt(visit_id: UUID) -> ResponseReturnValue:
    """Show the receipt with queue number, code and QR; the PIN stands on it once."""
    visit = visit_by_id(visit_id)
    address = f"{request.url_root}track?code={visit.code}"
    return render_template(
        "receptions/receipt.html",
        visit=visit,
        reception=reception_by_id(visit.reception_id),
        pin=take_pin(visit_id),
        address=address,
        qr=segno.make(address, error="m").svg_data_uri(scale=4, border=2),
        **_WORDS,
    )


@receptions.post("/visits/<uuid:visit_id>/pin")
@requires("receptions.run")
def pin(visit_id: UUID) -> ResponseReturnValue:
    """Give a new PIN to a visitor who lost the receipt."""
    with transaction():
        fresh = renew_visit_pin(visit_id, actor=g.actor, on=today())
    keep_pin(visit_id, fresh)
    return redirect(url_for("receptions.receipt", visit_id=visit_id), 303)


@receptions.get("/visits/<uuid:visit_id>/refuse")
@receptions.post("/visits/<uuid:visit_id>/refuse", endpoint="refuse_sent")
@requires("receptions.run")
def refuse(visit_id: UUID) -> ResponseReturnValue:
    """Refuse a visitor."""
    visit = visit_by_id(visit_id)
    form = RefuseForm()
    form.offer(visit.visited_on)
    return _step(
        visit,
        form,
        lambda: refuse_visit(
            visit_id,
            RefusalGround(form.ground.data),
            form.explanation.data,
            actor=g.actor,
            on=today(),
            confirmed=form.confirmations,
        ),
        template="receptions/refuse.html",
        done=_("Đã ghi việc từ chối tiếp."),
        written=written_notice_rule(visit.visited_on),
        reply_rules=reply_rules_here(),
    )


@receptions.post("/visits/<uuid:visit_id>/refusal-notice")
@requires("receptions.run")
def refusal_notice(visit_id: UUID) -> ResponseReturnValue:
    """Record the written notice, then show it ready to print."""
    form = RefusalNoticeForm()
    with transaction():
        issue_refusal_notice(visit_id, form.number.data or "", actor=g.actor, on=today())
    return redirect(url_for("receptions.refusal", visit_id=visit_id), 303)


@receptions.get("/visits/<uuid:visit_id>/refusal")
@requires("receptions.run")
def refusal(visit_id: UUID) -> ResponseReturnValue:
    """Show the refusal ready to print (Mẫu 01/TCD)."""
    visit = visit_by_id(visit_id)
    if visit.refusal_ground is None:
        raise NotFound(f"refusal of visit {visit_id}")
    return render_template("receptions/refusal.html", visit=visit, **_WORDS)


@receptions.get("/visits/<uuid:visit_id>/remarks")
@receptions.post("/visits/<uuid:visit_id>/remarks", endpoint="remarks_sent")
@requires("receptions.run")
def remarks(visit_id: UUID) -> ResponseReturnValue:
    """Fill in the register's columns, the kind and the matter."""
    visit = visit_by_id(visit_id)
    form = RemarksForm(kind=visit.kind.value if visit.kind else "")
    if request.method == "GET":
        form.show_remarks(visit.remarks)
        form.matter_code.data = matter_by_id(visit.matter_id).code if visit.matter_id else ""
    return _step(
        visit,
        form,
        lambda: _record(visit, form),
        template="receptions/remarks.html",
        done=_("Đã ghi các cột của sổ tiếp công dân."),
    )


@receptions.get("/visits/<uuid:visit_id>/petition")
@receptions.post("/visits/<uuid:visit_id>/petition", endpoint="petition_sent")
@requires("petitions.register")
def petition(visit_id: UUID) -> ResponseReturnValue:
    """Register a petition from a visit; its receipt is printed from the petition."""
    visit = visit_by_id(visit_id)
    parts = parts_for(Record.PETITION, today())
    kind = visit.kind.value if visit.kind else ""
    sent = request.method == "POST"
    form = bind_form(TakePetitionForm, parts.parts, kind=kind) if sent else TakePetitionForm(kind=kind)
    return _step(
        visit,
        form,
        lambda: take_petition(
            visit_id,
            kind=PetitionKind(form.kind.data) if form.kind.data else None,
            field=Field(form.field.data),
            actor=g.actor,
            on=today(),
            answers=answers_in(form),
            news=bool(form.news.data),
        ),
        template="receptions/petition.html",
        done=_("Đã vào sổ đơn. In giấy biên nhận của đơn từ hồ sơ đơn."),
        kind_details=KIND_DETAILS,
        draw_parts=partial(draw_parts, parts, form),
    )


def _visit_page(visit: VisitView, form: DiscloseForm) -> str:
    return render_template(
        "receptions/visit.html",
        visit=visit,
        form=form,
        matter=matter_by_id(visit.matter_id) if visit.matter_id else None,
        petition=petition_by_id(visit.petition_id) if visit.petition_id else None,
        clocks=clocks_of(SUBJECT, [visit.id])[visit.id],
        answers=draw_answers(answers_of(Record.VISIT, visit.id)) if visit.has_answers else "",
        notice_form=RefusalNoticeForm(formdata=None),
        **_WORDS,
    )


def _record(visit: VisitView, form: RemarksForm) -> None:
    on = today()
    kind = PetitionKind(form.kind.data) if form.kind.data else None
    if kind is not visit.kind:
        set_kind(visit.id, kind, actor=g.actor, on=on)
    matter_id = read_matter(form.matter_code.data or "")
    if matter_id is not None and matter_id != visit.matter_id:
        link_matter(visit.id, matter_id, actor=g.actor, on=on)
    record_remarks(visit.id, form.remarks(), actor=g.actor, on=on)


def _step(
    visit: VisitView, form: Form, do: Callable[[], object], *, template: str, done: str, **extra: object
) -> ResponseReturnValue:
    """Show the form of a step on a visit, or carry it out and lead back."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.validate():
            url = url_for("receptions.show_visit", visit_id=visit.id)
            try:
                with transaction():
                    do()
                    lead_to(url)
            except Invalid as fault:
                form.show_errors(fault)
            except Conflict as fault:
                form.form_errors.append(str(fault.message))
            else:
                flash(done, "success")
                return redirect(url, 303)
    return render_template(template, visit=visit, form=form, **_WORDS, **extra), status


def _to_queue(visit: VisitView) -> str:
    return url_for("receptions.show", reception_id=visit.reception_id, day=visit.visited_on.isoformat())
