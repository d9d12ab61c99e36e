"""Staff pages of handovers: sent and received, the form, the receipt."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from tiepdan.core.clock import today
from tiepdan.core.db import transaction
from tiepdan.core.errors import Conflict, Invalid
from tiepdan.handovers.directory import search_bodies
from tiepdan.handovers.forms import CopyForm, ReasonForm, SendForm
from tiepdan.handovers.letters import Copy
from tiepdan.handovers.reading import HandoverView, list_handovers, open_copy, open_handover, way_of
from tiepdan.handovers.receiving import accept_handover, receive_handover, refuse_handover
from tiepdan.handovers.rules import Word
from tiepdan.handovers.sending import (
    NewHandover,
    send_handover,
    sendable_petition,
    take_back_refused,
    withdraw_handover,
)
from tiepdan.handovers.words import BASES, STATES, TONES, WORDS
from tiepdan.petitions.words import FIELDS, KINDS
from tiepdan.tenancy.service import tenants_by_id
from tiepdan.web.blueprints import desk_blueprint, requires
from tiepdan.web.idempotency import lead_to

handovers = desk_blueprint("handovers", __name__, url_prefix="/handovers")


@handovers.context_processor
def words() -> dict[str, object]:
    """Give the templates the words of the slice."""
    return {"states": STATES, "tones": TONES, "step_words": WORDS, "bases": BASES, "Word": Word}


@handovers.get("/")
@requires("handovers.view")
def index() -> ResponseReturnValue:
    """List what came, or what was sent."""
    outgoing = request.args.get("side") == "sent"
    waiting = request.args.get("waiting") == "1"
    page = list_handovers(outgoing=outgoing, waiting=waiting, actor=g.actor, cursor=request.args.get("cursor"))
    chosen: dict[str, Any] = {name: value for name in ("side", "waiting") if (value := request.args.get(name))}
    return render_template(
        "handovers/index.html",
        page=page,
        outgoing=outgoing,
        waiting=waiting,
        names=_names(page.items),
        next_url=url_for(".index", **chosen, cursor=page.next_cursor) if page.next_cursor else "",
        first_url=url_for(".index", **chosen) if request.args.get("cursor") else "",
    )


@handovers.get("/send/<uuid:petition_id>")
@requires("handovers.send")
def send_form(petition_id: UUID) -> ResponseReturnValue:
    """Show the form that sends a petition; `q` searches the province's directory for its receiver."""
    form = SendForm(formdata=None, q=request.args.get("q", ""))
    return _render_send_form(petition_id, form)


@handovers.post("/send/<uuid:petition_id>")
@requires("handovers.send")
def send(petition_id: UUID) -> ResponseReturnValue:
    """Send a petition to another body."""
    form = SendForm()
    if form.validate():
        new = NewHandover(
            petition_id=petition_id,
            receiver_id=form.receiver.data,
            basis=form.basis.data,
            document_number=form.document_number.data,
            reason=form.reason.data,
            despite_loop=form.despite_loop.data,
            notified_on=form.notified_on.data,
            confirmed=form.confirmations,
        )
        seen = int(form.version.data) if (form.version.data or "").isdigit() else None
        try:
            with transaction():
                sender_id, handover_id = send_handover(new, actor=g.actor, on=today(), seen_version=seen)
                location = url_for(".show", sender_id=sender_id, handover_id=handover_id)
                lead_to(location)
        except Invalid as fault:
            form.show_errors(fault)
        except Conflict as fault:
            form.form_errors.append(str(fault.message))
        else:
            flash(_("Đã chuyển đơn; nơi nhận thấy ngay trong danh sách của mình."), "success")
            return redirect(location, 303)
    return _render_send_form(petition_id, form), 422


@handovers.get("/<int:sender_id>/<uuid:handover_id>")
@requires("handovers.view")
def show(sender_id: int, handover_id: UUID) -> ResponseReturnValue:
    """Show one handover to either side."""
    return _render(sender_id, handover_id)


@handovers.get("/<int:sender_id>/<uuid:handover_id>/receipt")
@requires("handovers.view")
def receipt(sender_id: int, handover_id: UUID) -> ResponseReturnValue:
    """Show the receipt for printing."""
    handover = open_handover(sender_id, handover_id, actor=g.actor)
    return render_template("handovers/receipt.html", handover=handover, names=_names([handover]))


@handovers.post("/<int:sender_id>/<uuid:handover_id>/receive")
@requires("handovers.receive")
def receive(sender_id: int, handover_id: UUID) -> ResponseReturnValue:
    """Note that the copy arrived."""
    with transaction():
        receive_handover(sender_id, handover_id, actor=g.actor, on=today())
    flash(_("Đã ghi nhận ngày nhận; nơi gửi đã thấy."), "success")
    return redirect(url_for(".show", sender_id=sender_id, handover_id=handover_id), 303)


@handovers.post("/<int:sender_id>/<uuid:handover_id>/accept")
@requires("handovers.receive")
def accept(sender_id: int, handover_id: UUID) -> ResponseReturnValue:
    """Register the copy as a petition of ours."""
    with transaction():
        registered = accept_handover(sender_id, handover_id, actor=g.actor, on=today())
    flash(_("Đã tiếp nhận, vào sổ với mã %(code)s.", code=registered.code), "success")
    return redirect(url_for(".show", sender_id=sender_id, handover_id=handover_id), 303)


@handovers.post("/<int:sender_id>/<uuid:handover_id>/refuse")
@requires("handovers.receive")
def refuse(sender_id: int, handover_id: UUID) -> ResponseReturnValue:
    """Refuse the copy with a reason."""

    def act(reason: str) -> str:
        refuse_handover(sender_id, handover_id, reason=reason, actor=g.actor, on=today())
        return str(_("Đã từ chối; lý do đã gửi lại nơi chuyển."))

    return _answer_with_reason(sender_id, handover_id, act)


@handovers.post("/<int:sender_id>/<uuid:handover_id>/withdraw")
@requires("handovers.send")
def withdraw(sender_id: int, handover_id: UUID) -> ResponseReturnValue:
    """Withdraw a handover that has no answer yet."""

    def act(reason: str) -> str:
        withdraw_handover(handover_id, reason=reason, actor=g.actor, on=today())
        return str(_("Đã rút lại; đơn trở về bước đã phân loại."))

    return _answer_with_reason(sender_id, handover_id, act)


@handovers.post("/<int:sender_id>/<uuid:handover_id>/take-back")
@requires("handovers.send")
def take_back(sender_id: int, handover_id: UUID) -> ResponseReturnValue:
    """Go on with a refused petition where the job that does so was lost."""
    with transaction():
        take_back_refused(handover_id, actor=g.actor, on=today())
    flash(_("Đơn đã trở về bước đã phân loại."), "success")
    return redirect(url_for(".show", sender_id=sender_id, handover_id=handover_id), 303)


@handovers.post("/<int:sender_id>/<uuid:handover_id>/copy")
@requires("identities.unseal")
def unseal(sender_id: int, handover_id: UUID) -> ResponseReturnValue:
    """Open a sealed copy once, with a reason."""
    form = CopyForm()
    if form.validate():
        try:
            copy = open_copy(sender_id, handover_id, actor=g.actor, reason=form.copy_reason.data)
        except Invalid as fault:
            form.copy_reason.errors = [str(fault.message)]
        else:
            return _render(sender_id, handover_id, copy=copy)
    return _render(sender_id, handover_id, copy_form=form), 422


def _answer_with_reason(sender_id: int, handover_id: UUID, act: Callable[[str], str]) -> ResponseReturnValue:
    form = ReasonForm()
    location = url_for(".show", sender_id=sender_id, handover_id=handover_id)
    if form.validate():
        try:
            with transaction():
                done = act(form.reason.data)
                lead_to(location)
        except Invalid as fault:
            form.show_errors(fault)
        else:
            flash(done, "success")
            return redirect(location, 303)
    return _render(sender_id, handover_id, form=form), 422


def _render(
    sender_id: int,
    handover_id: UUID,
    *,
    form: ReasonForm | None = None,
    copy_form: CopyForm | None = None,
    copy: Copy | None = None,
) -> str:
    handover = open_handover(sender_id, handover_id, actor=g.actor)
    if copy is None and not handover.sealed and not handover.outgoing:
        copy = open_copy(sender_id, handover_id, actor=g.actor)
    way = way_of(handover.petition_id) if handover.petition_id else []
    bodies = {body for leg in way for body in (leg.from_id, leg.to_id)}
    return render_template(
        "handovers/show.html",
        handover=handover,
        copy=copy,
        way=way,
        names=_names([handover], bodies),
        form=form or ReasonForm(formdata=None),
        copy_form=copy_form or CopyForm(formdata=None),
        kinds=KINDS,
        fields=FIELDS,
    )


def _render_send_form(petition_id: UUID, form: SendForm) -> str:
    file = sendable_petition(petition_id, actor=g.actor)
    found = search_bodies(form.q.data or "")
    chosen = form.receiver.data
    if chosen and all(body.id != chosen for body in found):
        found = [*tenants_by_id([chosen]).values(), *found]
    form.receiver.choices = [SelectChoice(body.id, body.name) for body in found]
    if not form.version.data:
        form.version.data = str(file.petition.version)
    return render_template(
        "handovers/send.html", form=form, petition=file.petition, found=found, kinds=KINDS, searched=bool(form.q.data)
    )


def _names(items: Iterable[HandoverView], more: Iterable[int] = ()) -> dict[int, str]:
    ids = set(more)
    for item in items:
        ids |= {item.sender_id, item.receiver_id}
    return {tenant_id: tenant.name for tenant_id, tenant in tenants_by_id(ids).items()}
