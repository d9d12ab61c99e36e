"""A unit's own reports: the list, one report with its figures, opening a figure, freezing and sending."""

from collections.abc import Iterable
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tiepdan.core.clock import today
from tiepdan.core.db import transaction
from tiepdan.core.errors import Conflict, Invalid, NotFound
from tiepdan.formparts.forms import answers_in, bind_form
from tiepdan.formparts.pages import draw_answers, draw_parts
from tiepdan.formparts.service import Parts, answers_of, parts_for
from tiepdan.reports import words
from tiepdan.reports.definitions import definition_codes, definition_on
from tiepdan.reports.drill import (
    differences,
    evidence_of,
    open_figure,
    page_evidence,
    unit_named,
)
from tiepdan.reports.forms import DueDayForm, FreezeForm, PeriodForm, TypedForm
from tiepdan.reports.kept_definitions import definition_known
from tiepdan.reports.overview import build_overview
from tiepdan.reports.periods import read_period, recent_periods
from tiepdan.reports.plugin_definitions import DefinitionsHere, definitions_here
from tiepdan.reports.plugin_pages import draw_plugin_report
from tiepdan.reports.preparing import (
    ReportView,
    correct_report,
    freeze_report,
    list_reports,
    open_report,
    read_contents,
    recount,
    report_by_id,
    set_due_day,
)
from tiepdan.reports.records_behind import parts_behind, records_behind
from tiepdan.reports.requests import requests_received, round_of, rounds_opened
from tiepdan.reports.rules import Tier
from tiepdan.reports.senders import receivers_for, rounds_that_came
from tiepdan.reports.submitting import submit_report
from tiepdan.reports.typed import list_typed, remove_typed, type_figure
from tiepdan.sdk import Record
from tiepdan.web.blueprints import desk_blueprint, requires
from tiepdan.web.idempotency import lead_to

CODE = definition_codes()[0]  # the one report of the platform; those of plugins name themselves
ALL = "all"  # every row of the table together

reports = desk_blueprint("reports", __name__, url_prefix="/reports")


@reports.get("/")
@requires("reports.view")
def index() -> ResponseReturnValue:
    """List what is asked for, the unit's own reports, what may be begun, and the rounds it opened."""
    day = today()
    own = list_reports(actor=g.actor)
    given = definitions_here(day)
    asked = requests_received(actor=g.actor, on=day)
    rounds = rounds_opened(actor=g.actor)
    came = rounds_that_came()
    codes = {*(each.definition for each in asked), *(code for code, *_rest in rounds), *(code for code, *_rest in came)}
    return render_template(
        "reports/index.html",
        reports=own,
        asked=asked,
        rounds=rounds,
        came=came,
        sends={report.definition.code for report in own if receivers_for(report.definition, g.tenant, day)},
        given=given,
        names=_names(codes, own, given),
        platform_code=CODE,
        words=words,
    )


@reports.get("/new")
@requires("reports.prepare")
def new_form() -> ResponseReturnValue:
    """Show the form that starts a report."""
    form = _period_form(request.args.get("period"))
    return render_template("reports/new.html", form=form)


@reports.post("/new")
@requires("reports.prepare")
def new() -> ResponseReturnValue:
    """Start a report, or lead to the one there is."""
    form = _period_form(None)
    if form.validate():
        try:
            with transaction():
                report = open_report(CODE, read_period(form.period.data), actor=g.actor, on=today())
                lead_to(url_for("reports.show", report_id=report.id))
        except Invalid as fault:
            form.show_errors(fault)
        else:
            return redirect(url_for("reports.show", report_id=report.id), 303)
    return render_template("reports/new.html", form=form), 422


@reports.get("/<uuid:report_id>")
@requires("reports.view")
def show(report_id: UUID) -> ResponseReturnValue:
    """Show a report: the figures by level, the charts, the quotas, who is late."""
    return _page(report_id)


@reports.post("/<uuid:report_id>/freeze")
@requires("reports.prepare")
def freeze(report_id: UUID) -> ResponseReturnValue:
    """Freeze the figures at the cut-off."""
    parts = parts_for(Record.REPORT, today())
    form = bind_form(FreezeForm, parts.parts)
    if form.validate():
        try:
            with transaction():
                freeze_report(
                    report_id, actor=g.actor, on=today(), cut_off_on=form.cut_off_on.data, answers=answers_in(form)
                )
                lead_to(url_for("reports.show", report_id=report_id))
        except Invalid as fault:
            form.show_errors(fault)
        else:
            flash(_("Đã chốt số liệu. Từ nay các số trong báo cáo này không thay đổi."), "success")
            return redirect(url_for("reports.show", report_id=report_id), 303)
    return _page(report_id, freeze_form=form, parts=parts), 422


@reports.post("/<uuid:report_id>/submit")
@requires("reports.submit")
def submit(report_id: UUID) -> ResponseReturnValue:
    """Send the frozen report up."""
    with transaction():
        submit_report(report_id, actor=g.actor, on=today())
        lead_to(url_for("reports.show", report_id=report_id))
    flash(_("Đã gửi báo cáo lên cấp trên, kèm chứng cứ của từng số liệu."), "success")
    return redirect(url_for("reports.show", report_id=report_id), 303)


@reports.post("/<uuid:report_id>/correct")
@requires("reports.prepare")
def correct(report_id: UUID) -> ResponseReturnValue:
    """Start the next edition."""
    with transaction():
        following = correct_report(report_id, actor=g.actor)
        lead_to(url_for("reports.show", report_id=following.id))
    flash(_("Đã mở bản mới; bản cũ giữ nguyên."), "success")
    return redirect(url_for("reports.show", report_id=following.id), 303)


@reports.get("/<uuid:report_id>/due")
@requires("reports.prepare")
def due_form(report_id: UUID) -> ResponseReturnValue:
    """Show the form for the due day."""
    report = report_by_id(report_id, actor=g.actor)
    form = DueDayForm(data={"due_on": report.due_on})
    return render_template("reports/due.html", form=form, report=report)


@reports.post("/<uuid:report_id>/due")
@requires("reports.prepare")
def set_due(report_id: UUID) -> ResponseReturnValue:
    """Set the due day."""
    form = DueDayForm()
    if form.validate():
        with transaction():
            set_due_day(report_id, form.due_on.data, actor=g.actor)
            lead_to(url_for("reports.show", report_id=report_id))
        return redirect(url_for("reports.show", report_id=report_id), 303)
    return render_template("reports/due.html", form=form, report=report_by_id(report_id, actor=g.actor)), 422


@reports.get("/<uuid:report_id>/figures/<indicator>/<tier>")
@requires("reports.view")
def figure(report_id: UUID, indicator: str, tier: str) -> ResponseReturnValue:
    """Open a figure: the bodies it sums, level by level."""
    report = report_by_id(report_id, actor=g.actor)
    contents = read_contents(report, on=today())
    found = report.definition.indicator(indicator)
    wanted = _tier(tier, report)
    opened = open_figure(contents, found, wanted, request.args.get("under"))
    if len(opened.parts) == 1 and opened.parts[0].counts_itself and not opened.parts[0].opens:
        unit_key = opened.parts[0].unit.key  # nothing to choose between: straight to the evidence
        return redirect(url_for("reports.unit", report_id=report_id, unit_key=unit_key, indicator=indicator))
    return render_template(
        "reports/figure.html", report=report, indicator=found, tier=tier, opened=opened, words=words,
        label=report.definition.line(wanted).label if wanted else report.definition.name,
    )  # fmt: skip


@reports.get("/<uuid:report_id>/units/<unit_key>")
@requires("reports.view")
def unit(report_id: UUID, unit_key: str) -> ResponseReturnValue:
    """Show a body's own figures and the receptions behind one of them."""
    report = report_by_id(report_id, actor=g.actor)
    contents = read_contents(report, on=today())
    found = unit_named(contents, unit_key)
    code = request.args.get("indicator") or next(iter(found.figures), "")
    indicator = report.definition.indicator(code)
    if code not in found.figures:
        raise NotFound(f"{code} of {unit_key}")
    page = page_evidence(evidence_of(report, contents, found), indicator.rows, request.args.get("cursor"))
    given, as_of, is_own = report.definition.given, report.cut_off_on or today(), found.key == contents.own.key
    opened = open_figure(contents, indicator, None if given else found.tier, unit_key)
    parts = (
        parts_behind(indicator, given.plugin, found.figures[code], report.period, as_of=as_of, actor=g.actor)
        if given and is_own
        else []
    )
    return render_template(
        "reports/unit.html", report=report, unit=found, indicator=indicator, page=page, words=words,
        measure=found.figures[code], trail=opened.trail, is_own=is_own,
        tier=ALL if given else found.tier.value,
        label=report.definition.name if given else report.definition.line(found.tier).label,
        behind=records_behind(indicator, report.period, as_of=as_of, actor=g.actor), parts=parts,
    )  # fmt: skip


@reports.get("/<uuid:report_id>/differences")
@requires("reports.view")
def compare(report_id: UUID) -> ResponseReturnValue:
    """Show what would be counted differently today; the frozen figures stay."""
    report = report_by_id(report_id, actor=g.actor)
    if report.is_draft:
        raise Conflict(_("Báo cáo chưa chốt thì luôn theo sổ; không có gì để so."))
    day = today()
    found = differences(read_contents(report, on=day), recount(report, on=report.cut_off_on or day))
    return render_template("reports/differences.html", report=report, differences=found, words=words)


@reports.get("/<uuid:report_id>/typed")
@requires("reports.prepare")
def typed_form(report_id: UUID) -> ResponseReturnValue:
    """Show the form for a figure typed by hand."""
    report = _with_typed_figures(report_id)
    form = TypedForm()
    form.offer(report.definition, report.period)
    return render_template("reports/typed.html", form=form, report=report)


@reports.post("/<uuid:report_id>/typed")
@requires("reports.prepare")
def typed(report_id: UUID) -> ResponseReturnValue:
    """Write a figure typed by hand."""
    report = _with_typed_figures(report_id)
    form = TypedForm()
    form.offer(report.definition, report.period)
    if form.validate():
        indicator, _slash, tier = form.place.data.partition("/")
        try:
            with transaction():
                type_figure(
                    report_id, body_name=form.body_name.data, tier=tier, indicator=indicator, value=form.value.data,
                    of=form.of.data, note=form.note.data, actor=g.actor,
                )  # fmt: skip
                lead_to(url_for("reports.show", report_id=report_id))
        except Invalid as fault:
            form.show_errors(fault)
        except Conflict as fault:
            form.form_errors.append(str(fault.message))
        else:
            flash(_("Đã ghi số liệu nhập tay; nó được đánh dấu ở mọi nơi được tính."), "success")
            return redirect(url_for("reports.show", report_id=report_id), 303)
    return render_template("reports/typed.html", form=form, report=report), 422


@reports.post("/<uuid:report_id>/typed/<uuid:typed_id>/remove")
@requires("reports.prepare")
def untype(report_id: UUID, typed_id: UUID) -> ResponseReturnValue:
    """Take a typed figure out."""
    with transaction():
        remove_typed(report_id, typed_id, actor=g.actor)
        lead_to(url_for("reports.show", report_id=report_id))
    flash(_("Đã bỏ số liệu nhập tay."), "success")
    return redirect(url_for("reports.show", report_id=report_id), 303)


def _page(report_id: UUID, *, freeze_form: FreezeForm | None = None, parts: Parts | None = None) -> str:
    day = today()
    report = report_by_id(report_id, actor=g.actor)
    if report.definition.given is not None:
        return draw_plugin_report(report, freeze_form=freeze_form)
    contents = read_contents(report, on=day)
    round_ = round_of(report.definition.code, report.period, actor=g.actor, on=day)
    if freeze_form is None and report.is_draft and g.actor.may("reports.prepare"):
        freeze_form = FreezeForm(data={"cut_off_on": day})
        parts = parts_for(Record.REPORT, day)
    return render_template(
        "reports/show.html",
        report=report,
        contents=contents,
        overview=build_overview(report, contents),
        round=round_,
        typed=list_typed(report_id),
        receivers=receivers_for(report.definition, g.tenant, report.period.last),
        freeze_form=freeze_form,
        parts=draw_parts(parts, freeze_form) if parts is not None and freeze_form is not None else "",
        answers="" if report.is_draft else draw_answers(answers_of(Record.REPORT, report_id)),
        words=words,
    )


def _period_form(chosen: str | None) -> PeriodForm:
    form = PeriodForm(data={"period": chosen}) if chosen else PeriodForm()
    definition = definition_on(CODE, today())
    form.offer([period for period in recent_periods(today()) if period.kind in definition.periods])
    return form


def _names(codes: Iterable[str], own: Iterable[ReportView], given: DefinitionsHere) -> dict[str, str]:
    """Name the reports a page lists; one nobody here knows any more keeps its code."""
    known = {report.definition.code: report.definition.name for report in own}
    known |= {definition.code: definition.name for definition in given.items}
    for code in codes:
        if code not in known:
            try:
                known[code] = definition_known(code, today()).name
            except NotFound:
                known[code] = code
    return known


def _with_typed_figures(report_id: UUID) -> ReportView:
    """Return a report that takes figures typed by hand: the platform's, not a plugin's, which counts records only."""
    report = report_by_id(report_id, actor=g.actor)
    if report.definition.given is not None:
        raise NotFound(f"report {report_id} takes no typed figures")
    return report


def _tier(word: str, report: ReportView) -> Tier | None:
    """Read a row of the table; None for all rows together, as plugins' reports are summed."""
    if report.definition.given is not None and word == ALL:
        return None
    try:
        return Tier(word)
    except ValueError as error:
        raise NotFound(f"tier {word}") from error
