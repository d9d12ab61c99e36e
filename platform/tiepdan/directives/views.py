"""Pages of assignments: the lists of both sides, one assignment with its steps, and the notices."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tiepdan.core.clock import today
from tiepdan.core.db import transaction
from tiepdan.core.errors import Conflict, Invalid
from tiepdan.directives.assignments import AssignmentView, assignment_by_id, issue_assignment
from tiepdan.directives.due_days import clock_of_assignment
from tiepdan.directives.forms import (
    AssignForm,
    DoneForm,
    ExtendForm,
    RefuseForm,
    ReportForm,
    ToldForm,
)
from tiepdan.directives.lists import Show, count_assignments, list_assignments
from tiepdan.directives.notices import NoticeView, disclose_notice, list_notices, notice_by_id
from tiepdan.directives.rules import Side, StepKind, may_close, may_step
from tiepdan.directives.steps import (
    acknowledge_assignment,
    close_assignment,
    extend_assignment,
    record_citizen_told,
    refuse_assignment,
    report_done,
    report_progress,
)
from tiepdan.directives.words import EMPTY, SHOWN, STATE_TONES, STATES, STEPS
from tiepdan.formparts.forms import answers_in, bind_form
from tiepdan.formparts.pages import draw_answers, draw_parts
from tiepdan.formparts.service import Parts, parts_for
from tiepdan.sdk import Record
from tiepdan.tenancy.service import tenant_by_id
from tiepdan.web.blueprints import desk_blueprint, requires
from tiepdan.web.disclosing import DiscloseForm
from tiepdan.web.forms import Form
from tiepdan.web.idempotency import lead_to

desk = desk_blueprint("directives", __name__, url_prefix="/directives")

_TABS: dict[Side, tuple[Show, ...]] = {
    Side.SENDER: (Show.OPEN, Show.OVERDUE, Show.REFUSED, Show.TO_CLOSE, Show.ALL),
    Side.RECEIVER: (Show.OPEN, Show.OVERDUE, Show.ALL),
}


@desk.get("/")
@requires("directives.view")
def index() -> ResponseReturnValue:
    """List the work this body gave."""
    return _list_page(Side.SENDER)


@desk.get("/received")
@requires("directives.view")
def received() -> ResponseReturnValue:
    """List the work this body was given."""
    return _list_page(Side.RECEIVER)


@desk.get("/new")
@requires("directives.issue")
def new() -> ResponseReturnValue:
    """Show the form of an assignment without a conclusion."""
    return _form_page(AssignForm(matter_code=request.args.get("matter", "")), parts_for(Record.TASK, today()))


@desk.post("/new")
@requires("directives.issue")
def create() -> ResponseReturnValue:
    """Give work to a body."""
    parts = parts_for(Record.TASK, today())
    form = bind_form(AssignForm, parts.parts)
    if form.validate():
        try:
            with transaction():
                work = replace(form.assignment(), answers=answers_in(form))
                made = issue_assignment(work, actor=g.actor, on=today())
                url = url_for("directives.show", assignment_id=made)
                lead_to(url)
        except Invalid as fault:
            form.show_errors(fault)
        else:
            flash(_("Đã giao việc."), "success")
            return redirect(url, 303)
    return _form_page(form, parts), 422


@desk.get("/<uuid:assignment_id>")
@requires("directives.view")
def show(assignment_id: UUID) -> ResponseReturnValue:
    """Show an assignment and its steps."""
    work = assignment_by_id(assignment_id)
    return render_template(
        "directives/show.html",
        work=work,
        acts=open_acts(work),
        clock=clock_of_assignment(assignment_id) if g.actor.may("clocks.view") else None,
        answers=draw_answers(work.answers),
        step_answers=[draw_answers(step.answers) for step in work.steps],
        states=STATES,
        tones=STATE_TONES,
        steps=STEPS,
    )


@desk.post("/<uuid:assignment_id>/acknowledge")
@requires("directives.answer")
def acknowledge(assignment_id: UUID) -> ResponseReturnValue:
    """Say that the work arrived."""
    with transaction():
        acknowledge_assignment(assignment_id, actor=g.actor, on=today())
    flash(_("Đã xác nhận nhận việc."), "success")
    return redirect(url_for("directives.show", assignment_id=assignment_id), 303)


@desk.get("/<uuid:assignment_id>/refuse")
@desk.post("/<uuid:assignment_id>/refuse", endpoint="refuse_sent")
@requires("directives.answer")
def refuse(assignment_id: UUID) -> ResponseReturnValue:
    """Send the work back with a reason."""
    form = RefuseForm()
    return _step(
        assignment_id,
        form,
        StepKind.REFUSED,
        lambda: refuse_assignment(assignment_id, form.reason.data, actor=g.actor, on=today()),
    )


@desk.get("/<uuid:assignment_id>/report")
@desk.post("/<uuid:assignment_id>/report", endpoint="report_sent")
@requires("directives.answer")
def report(assignment_id: UUID) -> ResponseReturnValue:
    """Report progress."""
    form = ReportForm()
    return _step(
        assignment_id,
        form,
        StepKind.PROGRESS,
        lambda: report_progress(assignment_id, form.note.data, form.percent.data, actor=g.actor, on=today()),
    )


@desk.get("/<uuid:assignment_id>/done")
@desk.post("/<uuid:assignment_id>/done", endpoint="done_sent")
@requires("directives.answer")
def done(assignment_id: UUID) -> ResponseReturnValue:
    """Report that the work is done."""
    parts = parts_for(Record.TASK_ANSWER, today())
    form = bind_form(DoneForm, parts.parts)
    return _step(
        assignment_id,
        form,
        StepKind.DONE,
        lambda: report_done(assignment_id, form.note.data, answers=answers_in(form), actor=g.actor, on=today()),
        parts,
    )


@desk.get("/<uuid:assignment_id>/told")
@desk.post("/<uuid:assignment_id>/told", endpoint="told_sent")
@requires("directives.view")
def told(assignment_id: UUID) -> ResponseReturnValue:
    """Record that the citizen was told; which right is needed depends on the side, and the service asks for it."""
    form = ToldForm(told_on=today())
    return _step(
        assignment_id,
        form,
        StepKind.CITIZEN_TOLD,
        lambda: _tell(assignment_id, form),
    )


@desk.get("/<uuid:assignment_id>/extend")
@desk.post("/<uuid:assignment_id>/extend", endpoint="extend_sent")
@requires("directives.issue")
def extend(assignment_id: UUID) -> ResponseReturnValue:
    """Give more time."""
    form = ExtendForm()
    return _step(
        assignment_id,
        form,
        StepKind.EXTENDED,
        lambda: extend_assignment(assignment_id, form.due_on.data, form.reason.data, actor=g.actor, on=today()),
    )


@desk.post("/<uuid:assignment_id>/close")
@requires("directives.close")
def close(assignment_id: UUID) -> ResponseReturnValue:
    """End the following-up."""
    with transaction():
        close_assignment(assignment_id, actor=g.actor, on=today())
    flash(_("Đã kết thúc theo dõi việc này."), "success")
    return redirect(url_for("directives.show", assignment_id=assignment_id), 303)


@desk.get("/notices")
@requires("directives.view")
def notices() -> ResponseReturnValue:
    """List the conclusion notices of this body."""
    page = list_notices(actor=g.actor, cursor=request.args.get("after"))
    return render_template("directives/notices.html", page=page, tabs=_top_tabs("notices"))


@desk.get("/notices/<uuid:notice_id>")
@requires("directives.view")
def notice(notice_id: UUID) -> ResponseReturnValue:
    """Show a notice ready to print; a sealed one only after a reason."""
    found = notice_by_id(notice_id)
    form = DiscloseForm(formdata=None)
    return (
        show_notice(found)
        if found.text is not None
        else render_template("directives/sealed.html", notice=found, form=form)
    )


@desk.post("/notices/<uuid:notice_id>/disclose")
@requires("identities.unseal")
def disclose(notice_id: UUID) -> ResponseReturnValue:
    """Open a sealed notice, once, for a reason that is journalled first."""
    form, found = DiscloseForm(), notice_by_id(notice_id)
    opened = form.open_for_reason(lambda reason: disclose_notice(notice_id, actor=g.actor, reason=reason))
    if opened is None:
        return render_template("directives/sealed.html", notice=found, form=form), 422
    return show_notice(opened)


def show_notice(notice: NoticeView) -> str:
    """Return a notice as the paper it is printed on."""
    superior = tenant_by_id(g.tenant.superior_id) if g.tenant.superior_id is not None else None
    return render_template(
        "directives/notice.html", notice=notice, superior=superior, answers=draw_answers(notice.answers)
    )


def open_acts(work: AssignmentView) -> list[str]:
    """Name what the actor may do about an assignment now, the most likely first."""
    may = g.actor.may
    asked = (
        ("acknowledge", StepKind.ACKNOWLEDGED, Side.RECEIVER, "directives.answer"),
        ("done", StepKind.DONE, Side.RECEIVER, "directives.answer"),
        ("report", StepKind.PROGRESS, Side.RECEIVER, "directives.answer"),
        ("refuse", StepKind.REFUSED, Side.RECEIVER, "directives.answer"),
        ("extend", StepKind.EXTENDED, Side.SENDER, "directives.issue"),
    )
    acts = [
        name
        for name, kind, side, permission in asked
        if side in work.sides and may(permission) and may_step(kind, side, work.state)
    ]
    teller = Side.RECEIVER if Side.RECEIVER in work.sides else Side.SENDER
    tells = may("directives.answer" if teller is Side.RECEIVER else "directives.close")
    if tells and work.standing.citizen_told_on is None and may_step(StepKind.CITIZEN_TOLD, teller, work.state):
        acts.append("told")
    if (
        Side.SENDER in work.sides
        and may("directives.close")
        and may_close(work.standing, tell_citizen=work.tell_citizen)
    ):
        acts.insert(0, "close")
    return acts


def _tell(assignment_id: UUID, form: ToldForm) -> None:
    told_on: date = form.told_on.data
    if told_on > today():
        message = _("Ngày thông báo không thể sau hôm nay.")
        raise Invalid(message, {"told_on": message})
    record_citizen_told(assignment_id, form.note.data or "", actor=g.actor, on=told_on)


def _list_page(side: Side) -> str:
    asked = request.args.get("show", Show.OPEN)
    show = Show(asked) if asked in _TABS[side] else Show.OPEN
    on = today()
    counts = count_assignments(side, actor=g.actor, on=on)
    here = "index" if side is Side.SENDER else "received"
    return render_template(
        "directives/index.html",
        side=side,
        page=list_assignments(side, actor=g.actor, on=on, show=show, cursor=request.args.get("after")),
        show=show,
        here=f"directives.{here}",
        tabs=_top_tabs(here),
        parts=[(SHOWN[one], url_for(f"directives.{here}", show=one), one is show, counts[one]) for one in _TABS[side]],
        empty=EMPTY[show],
        states=STATES,
        tones=STATE_TONES,
    )


def _top_tabs(current: str) -> list[tuple[str, str, bool]]:
    named = (("index", _("Việc đã giao")), ("received", _("Việc được giao")), ("notices", _("Thông báo kết luận")))
    return [(label, url_for(f"directives.{name}"), name == current) for name, label in named]


def _form_page(form: AssignForm, parts: Parts) -> str:
    return render_template("directives/new.html", form=form, parts=draw_parts(parts, form))


def _step(
    assignment_id: UUID, form: Form, kind: StepKind, do: Callable[[], None], parts: Parts | None = None
) -> ResponseReturnValue:
    """Show the form of a step, or carry it out and lead back."""
    work = assignment_by_id(assignment_id)
    status = 200
    if request.method == "POST":
        status = 422
        if form.validate():
            url = url_for("directives.show", assignment_id=assignment_id)
            try:
                with transaction():
                    do()
                    lead_to(url)
            except Invalid as fault:
                form.show_errors(fault)
            except Conflict as fault:
                form.form_errors.append(str(fault.message))
            else:
                flash(_("Đã ghi nhận: %(step)s.", step=STEPS[kind]), "success")
                return redirect(url, 303)
    drawn = draw_parts(parts, form) if parts is not None else ""
    return render_template(
        "directives/step.html", work=work, form=form, title=STEPS[kind], kind=kind, parts=drawn
    ), status
