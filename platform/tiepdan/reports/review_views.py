"""What a superior does: open rounds, see who is late or missing, read, accept or return what came."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from tiepdan.core.clock import today
from tiepdan.core.db import transaction
from tiepdan.core.errors import Invalid, NotFound
from tiepdan.reports import words
from tiepdan.reports.consolidated import lay_out_received, sum_received
from tiepdan.reports.definitions import Definition, Rows
from tiepdan.reports.drill import evidence_received, page_evidence
from tiepdan.reports.forms import ReturnForm, RoundForm
from tiepdan.reports.kept_definitions import definition_known, definition_sent
from tiepdan.reports.layout import say_total
from tiepdan.reports.overview import lines_of
from tiepdan.reports.periods import Period, read_period, recent_periods
from tiepdan.reports.requests import open_round, round_of
from tiepdan.reports.reviewing import accept_submission, read_submission, return_submission
from tiepdan.reports.views import CODE
from tiepdan.tenancy.service import tenant_by_id
from tiepdan.web.blueprints import desk_blueprint, requires
from tiepdan.web.idempotency import lead_to

rounds = desk_blueprint("report_rounds", __name__, url_prefix="/reports/rounds")
received = desk_blueprint("report_submissions", __name__, url_prefix="/reports/received")


@rounds.get("/new")
@requires("reports.review")
def new_form() -> ResponseReturnValue:
    """Show the form that opens a round."""
    return render_template("reports/round_new.html", form=_round_form(), definition=_definition())


@rounds.post("/new")
@requires("reports.review")
def new() -> ResponseReturnValue:
    """Ask the units below for a report."""
    form = _round_form()
    if form.validate():
        definition = _definition()
        target = url_for("report_rounds.show", period=form.period.data, report=definition.asked_for)
        try:
            with transaction():
                period = read_period(form.period.data, definition.first_day)
                asked = open_round(definition.code, period, form.due_on.data, actor=g.actor, on=today())
                lead_to(target)
        except Invalid as fault:
            form.show_errors(fault)
        else:
            flash(ngettext("Đã yêu cầu %(num)d đơn vị.", "Đã yêu cầu %(num)d đơn vị.", asked), "success")
            return redirect(target, 303)
    return render_template("reports/round_new.html", form=form, definition=_definition()), 422


@rounds.get("/<period>")
@requires("reports.view")
def show(period: str) -> ResponseReturnValue:
    """Show who was asked, what came, who is late or missing."""
    definition = _definition()
    wanted = _period(period, definition.first_day)
    round_ = round_of(definition.code, wanted, actor=g.actor, on=today())
    layout = sum_received(definition, wanted) if definition.given else None
    return render_template(
        "reports/round.html", round=round_, words=words, definition=definition, layout=layout, say_total=say_total
    )


@received.get("/<int:sender_id>/<uuid:submission_id>")
@requires("reports.view")
def show_submission(sender_id: int, submission_id: UUID) -> ResponseReturnValue:
    """Show what a unit sent: its figures by level, the bodies inside, the answers so far."""
    return _submission_page(sender_id, submission_id, ReturnForm())


@received.post("/<int:sender_id>/<uuid:submission_id>/accept")
@requires("reports.review")
def accept(sender_id: int, submission_id: UUID) -> ResponseReturnValue:
    """Accept a submission."""
    target = url_for("report_submissions.show_submission", sender_id=sender_id, submission_id=submission_id)
    with transaction():
        accept_submission(sender_id, submission_id, actor=g.actor, on=today())
        lead_to(target)
    flash(_("Đã chấp nhận báo cáo."), "success")
    return redirect(target, 303)


@received.post("/<int:sender_id>/<uuid:submission_id>/return")
@requires("reports.review")
def send_back(sender_id: int, submission_id: UUID) -> ResponseReturnValue:
    """Return a submission with a reason."""
    form = ReturnForm()
    target = url_for("report_submissions.show_submission", sender_id=sender_id, submission_id=submission_id)
    if form.validate():
        try:
            with transaction():
                return_submission(sender_id, submission_id, reason=form.reason.data, actor=g.actor, on=today())
                lead_to(target)
        except Invalid as fault:
            form.show_errors(fault)
        else:
            flash(_("Đã trả lại; đơn vị sẽ lập bản mới."), "success")
            return redirect(target, 303)
    return _submission_page(sender_id, submission_id, form), 422


@received.get("/<int:sender_id>/<uuid:submission_id>/units/<unit_key>")
@requires("reports.view")
def unit(sender_id: int, submission_id: UUID, unit_key: str) -> ResponseReturnValue:
    """Show the frozen receptions of a body inside a submission."""
    submission, own, below, table = read_submission(sender_id, submission_id, actor=g.actor)
    found = next((each for each in (own, *below) if each.key == unit_key), None)
    if found is None:
        raise NotFound(f"unit {unit_key}")
    definition = definition_sent(*submission.key, submission.definition, submission.period.last)
    wanted = Rows.ALL
    page = page_evidence(evidence_received([submission.key], unit_key), wanted, request.args.get("cursor"))
    return render_template(
        "reports/submission_unit.html", submission=submission, sender=own, unit=found, page=page, words=words,
        definition=definition, table=table,
    )  # fmt: skip


def _submission_page(sender_id: int, submission_id: UUID, form: ReturnForm) -> str:
    submission, own, below, table = read_submission(sender_id, submission_id, actor=g.actor)
    definition = definition_sent(*submission.key, submission.definition, submission.period.last)
    return render_template(
        "reports/submission.html",
        submission=submission,
        sender=tenant_by_id(sender_id),
        own=own,
        below=below,
        lines=lines_of(table),
        tiers=[(tier, definition.line(tier).label) for tier in table.tiers],
        definition=definition,
        layout=lay_out_received(submission, definition, table) if definition.given else None,
        say_total=say_total,
        form=form,
        words=words,
    )


def _round_form() -> RoundForm:
    form = RoundForm()
    definition = _definition()
    recent = recent_periods(today(), definition.first_day)
    form.offer([period for period in recent if period.kind in definition.periods], definition.first_day)
    return form


def _definition() -> Definition:
    """Return the report a round is about: the platform's, or the plugin's that the address names. Raises NotFound."""
    return definition_known(request.args.get("report") or CODE, today())


def _period(code: str, first_day: int) -> Period:
    try:
        return read_period(code, first_day)
    except ValueError as error:
        raise NotFound(f"period {code}") from error
