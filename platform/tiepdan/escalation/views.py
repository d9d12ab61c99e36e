"""Pages of escalations: what units below told us, what we told our superiors, warnings of our own clocks."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tiepdan.core.clock import today
from tiepdan.core.db import transaction
from tiepdan.core.errors import Invalid
from tiepdan.deadlines.clock_words import CHECK_LABELS
from tiepdan.escalation.answering import (
    RIGHT,
    EscalationView,
    acknowledge_escalation,
    explain_escalation,
    list_escalations,
    open_escalation,
    recent_warnings,
    take_matter_over,
)
from tiepdan.escalation.forms import AcknowledgeForm, ExplainForm, TakeOverForm
from tiepdan.escalation.rules import Word
from tiepdan.extensions.catalogue import plugin_title
from tiepdan.tenancy.service import tenants_by_id
from tiepdan.web.blueprints import desk_blueprint, requires
from tiepdan.web.forms import Form
from tiepdan.web.idempotency import lead_to

escalations = desk_blueprint("escalations", __name__, url_prefix="/escalations")

_WARNINGS_SHOWN = timedelta(days=30)


@escalations.context_processor
def words() -> dict[str, object]:
    """Give the templates the words of the slice."""
    return {"Word": Word, "check_labels": CHECK_LABELS, "plugin_title": plugin_title}


@escalations.get("/")
@requires("clocks.view")
def index() -> ResponseReturnValue:
    """List escalations: received by those who may look below, sent by everybody who sees clocks."""
    side = request.args.get("side") or ("received" if g.actor.may("shared.view") else "sent")
    if side == "warnings":
        since = today() - _WARNINGS_SHOWN
        return render_template("escalation/warnings.html", side=side, warnings=recent_warnings(since, actor=g.actor))
    waiting = request.args.get("waiting") == "1"
    to_take_over = request.args.get("asked") == "takeover"
    page = list_escalations(
        received=side != "sent",
        waiting=waiting,
        to_take_over=to_take_over,
        actor=g.actor,
        cursor=request.args.get("cursor"),
    )
    chosen: dict[str, Any] = {"side": side} | ({"waiting": "1"} if waiting else {})
    chosen |= {"asked": "takeover"} if to_take_over else {}
    return render_template(
        "escalation/index.html",
        page=page,
        side=side,
        waiting=waiting,
        to_take_over=to_take_over,
        names=_names(*page.items),
        next_url=url_for(".index", **chosen, cursor=page.next_cursor) if page.next_cursor else "",
        first_url=url_for(".index", **chosen) if request.args.get("cursor") else "",
    )


@escalations.get("/<int:sender_id>/<uuid:escalation_id>")
@requires("clocks.view")
def show(sender_id: int, escalation_id: UUID) -> ResponseReturnValue:
    """Show one escalation to either side."""
    return _render(sender_id, escalation_id)


@escalations.post("/<int:sender_id>/<uuid:escalation_id>/acknowledge")
@requires(RIGHT)
def acknowledge(sender_id: int, escalation_id: UUID) -> ResponseReturnValue:
    """Take note of an escalation."""
    form = AcknowledgeForm()
    location = url_for(".show", sender_id=sender_id, escalation_id=escalation_id)
    if not form.validate():
        return _render(sender_id, escalation_id, form), 422
    with transaction():
        acknowledge_escalation(sender_id, escalation_id, note=form.note.data or "", actor=g.actor, on=today())
        lead_to(location)
    flash(_("Đã ghi nhận; cấp dưới thấy ngay."), "success")
    return redirect(location, 303)


@escalations.post("/<int:sender_id>/<uuid:escalation_id>/take-over")
@requires(RIGHT)
def take_over(sender_id: int, escalation_id: UUID) -> ResponseReturnValue:
    """Take the matter over from the late unit."""
    form = TakeOverForm()
    location = url_for(".show", sender_id=sender_id, escalation_id=escalation_id)
    if not form.validate():
        return _render(sender_id, escalation_id, take_over_form=form), 422
    with transaction():
        take_matter_over(sender_id, escalation_id, note=form.how.data or "", actor=g.actor, on=today())
        lead_to(location)
    flash(_("Đã nhận việc; đơn vị cấp dưới thấy ngay và chuyển hồ sơ lên."), "success")
    return redirect(location, 303)


@escalations.post("/<int:sender_id>/<uuid:escalation_id>/explain")
@requires(RIGHT)
def explain(sender_id: int, escalation_id: UUID) -> ResponseReturnValue:
    """Explain to the superior."""
    form = ExplainForm()
    location = url_for(".show", sender_id=sender_id, escalation_id=escalation_id)
    if form.validate():
        try:
            with transaction():
                explain_escalation(escalation_id, note=form.note.data or "", actor=g.actor, on=today())
                lead_to(location)
        except Invalid as fault:
            form.show_errors(fault)
        else:
            flash(_("Đã gửi giải trình lên cấp trên."), "success")
            return redirect(location, 303)
    return _render(sender_id, escalation_id, form), 422


def _render(sender_id: int, escalation_id: UUID, form: Form | None = None, take_over_form: Form | None = None) -> str:
    escalation = open_escalation(sender_id, escalation_id, actor=g.actor)
    if form is None:
        form = AcknowledgeForm(formdata=None) if escalation.received else ExplainForm(formdata=None)
    return render_template(
        "escalation/show.html",
        escalation=escalation,
        names=_names(escalation),
        form=form,
        take_over_form=take_over_form or TakeOverForm(formdata=None),
    )


def _names(*escalations: EscalationView) -> dict[int, str]:
    ids = {tenant_id for each in escalations for tenant_id in (each.sender_id, each.receiver_id)}
    return {tenant_id: tenant.name for tenant_id, tenant in tenants_by_id(ids).items()}
