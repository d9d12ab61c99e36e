"""Staff pages of decisions on a clock: extension, suspension, resumption."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from tiepdan.core.clock import today
from tiepdan.core.db import transaction
from tiepdan.core.errors import Conflict, Invalid
from tiepdan.deadlines import law_words
from tiepdan.deadlines.changes import PERMISSION, extend_clock, pause_clock, resume_clock
from tiepdan.deadlines.explanation import explain_clock
from tiepdan.deadlines.forms import ExtendForm, PauseForm, ResumeForm
from tiepdan.web.blueprints import desk_blueprint, requires
from tiepdan.web.forms import Form
from tiepdan.web.idempotency import lead_to

clock_decisions = desk_blueprint("clock_decisions", __name__, url_prefix="/clocks/<uuid:clock_id>")


@clock_decisions.get("/extend")
@requires(PERMISSION)
def extend_form(clock_id: UUID) -> ResponseReturnValue:
    """Show the form of an extension, with the budget the rule gives."""
    return _form_page("extend", clock_id, _with_cases(ExtendForm(data={"on": today()}), clock_id))


@clock_decisions.post("/extend")
@requires(PERMISSION)
def extend(clock_id: UUID) -> ResponseReturnValue:
    """Extend the period within the budget of its rule."""
    form = _with_cases(ExtendForm(), clock_id)

    def step() -> None:
        case, decision = form.case.data or None, form.decision.data
        extend_clock(clock_id, form.days.data, case=case, decision=decision, on=form.on.data, actor=g.actor)

    return _decide("extend", clock_id, form, step, _("Đã ghi quyết định gia hạn và tính lại hạn."))


@clock_decisions.get("/pause")
@requires(PERMISSION)
def pause_form(clock_id: UUID) -> ResponseReturnValue:
    """Show the form of a suspension."""
    return _form_page("pause", clock_id, PauseForm(data={"on": today()}))


@clock_decisions.post("/pause")
@requires(PERMISSION)
def pause(clock_id: UUID) -> ResponseReturnValue:
    """Suspend the period."""
    form = PauseForm()

    def step() -> None:
        basis, decision = form.legal_basis.data, form.decision.data
        pause_clock(clock_id, on=form.on.data, legal_basis=basis, decision=decision, actor=g.actor)

    return _decide("pause", clock_id, form, step, _("Đã ghi tạm đình chỉ; từ ngày sau không tính vào thời hạn."))


@clock_decisions.get("/resume")
@requires(PERMISSION)
def resume_form(clock_id: UUID) -> ResponseReturnValue:
    """Show the form that ends a suspension."""
    return _form_page("resume", clock_id, ResumeForm(data={"on": today()}))


@clock_decisions.post("/resume")
@requires(PERMISSION)
def resume(clock_id: UUID) -> ResponseReturnValue:
    """Let a suspended period run again."""
    form = ResumeForm()

    def step() -> None:
        resume_clock(clock_id, on=form.on.data, actor=g.actor)

    return _decide("resume", clock_id, form, step, _("Thời hạn được tính tiếp từ ngày sau."))


def _decide(name: str, clock_id: UUID, form: Form, step: Callable[[], None], done: str) -> ResponseReturnValue:
    page = url_for("clocks.show", clock_id=clock_id)
    if form.validate():
        try:
            with transaction():
                step()
                lead_to(page)
        except Invalid as fault:
            form.show_errors(fault)
        except Conflict as fault:
            form.form_errors.append(str(fault.message))
        else:
            flash(done, "success")
            return redirect(page, 303)
    return _form_page(name, clock_id, form), 422


def _form_page(name: str, clock_id: UUID, form: Form) -> str:
    told = explain_clock(clock_id, actor=g.actor)
    return render_template(f"deadlines/{name}.html", form=form, told=told, clock=told.clock, words=law_words)


def _with_cases(form: ExtendForm, clock_id: UUID) -> ExtendForm:
    """Offer the cases that earn an extension by the clock's rule."""
    budgets = explain_clock(clock_id, actor=g.actor).rule.extensions
    form.case.choices = [SelectChoice(case, law_words.name_variant(case)) for case, _budget in budgets]
    return form
