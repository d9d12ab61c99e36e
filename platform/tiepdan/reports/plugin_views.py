"""Pages for reports of plugins: beginning one, and writing what stands under its headings."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tiepdan.core.clock import today
from tiepdan.core.db import transaction
from tiepdan.core.errors import Invalid, NotFound
from tiepdan.reports.definitions import Definition
from tiepdan.reports.forms import PeriodForm, YearsForm
from tiepdan.reports.kept_definitions import definition_to_begin
from tiepdan.reports.periods import PeriodKind, read_period, recent_periods
from tiepdan.reports.plugin_pages import draw_plugin_report, form_of_texts, headings_of
from tiepdan.reports.preparing import open_report, report_by_id
from tiepdan.reports.texts import write_texts
from tiepdan.reports.views import reports
from tiepdan.web.blueprints import requires
from tiepdan.web.idempotency import lead_to


@reports.get("/of/<plugin>/<key>/new")
@requires("reports.prepare")
def begin_form(plugin: str, key: str) -> ResponseReturnValue:
    """Show the form that starts a plugin's report."""
    definition = _definition(plugin, key)
    return _begin_page(definition, _period_form(definition, request.args.get("period")), _years_form(definition))


@reports.post("/of/<plugin>/<key>/new")
@requires("reports.prepare")
def begin(plugin: str, key: str) -> ResponseReturnValue:
    """Start a plugin's report, or lead to the one there is."""
    definition = _definition(plugin, key)
    period_form, years_form = _period_form(definition, None), _years_form(definition)
    form = years_form if "first_year" in request.form else period_form
    if form is None:
        raise NotFound(f"{definition.code} has no such period")
    if form.validate():
        code = form.code if isinstance(form, YearsForm) else form.period.data
        try:
            with transaction():
                period = read_period(code, definition.first_day)
                report = open_report(definition.code, period, actor=g.actor, on=today())
                lead_to(url_for("reports.show", report_id=report.id))
        except Invalid as fault:
            form.show_errors(fault)
        else:
            return redirect(url_for("reports.show", report_id=report.id), 303)
    return _begin_page(definition, period_form, years_form), 422


@reports.post("/<uuid:report_id>/texts")
@requires("reports.prepare")
def save_texts(report_id: UUID) -> ResponseReturnValue:
    """Keep what was written under the headings of a draft."""
    report = report_by_id(report_id, actor=g.actor)
    headings = headings_of(report)
    if not headings:
        raise NotFound(f"report {report_id} has no texts")
    form = form_of_texts(report)
    if form.validate():
        texts = {at: form[f"section-{at}"].data or "" for at in headings}
        try:
            with transaction():
                write_texts(report_id, report.definition, texts, actor=g.actor)
                lead_to(url_for("reports.show", report_id=report_id))
        except Invalid as fault:
            form.show_errors(fault)
        else:
            flash(_("Đã lưu phần lời văn của báo cáo."), "success")
            return redirect(url_for("reports.show", report_id=report_id), 303)
    return draw_plugin_report(report, written=form), 422


def _definition(plugin: str, key: str) -> Definition:
    day = today()
    return definition_to_begin(f"{plugin}/{key}", day, period_last=day)


def _begin_page(definition: Definition, period_form: PeriodForm | None, years_form: YearsForm | None) -> str:
    return render_template(
        "reports/plugin_new.html", definition=definition, period_form=period_form, years_form=years_form
    )


def _period_form(definition: Definition, chosen: str | None) -> PeriodForm | None:
    periods = [period for period in recent_periods(today(), definition.first_day) if period.kind in definition.periods]
    if not set(definition.periods) - {PeriodKind.YEARS}:
        return None
    form = PeriodForm(data={"period": chosen}) if chosen else PeriodForm()
    form.offer(periods, definition.first_day)
    return form


def _years_form(definition: Definition) -> YearsForm | None:
    if PeriodKind.YEARS not in definition.periods:
        return None
    year = today().year
    return YearsForm(data={"first_year": year - 4, "last_year": year})
