"""The page of a plugin's report: its sections, what is written in it, who is late, freezing and sending."""

from flask import g, render_template

from tiepdan.core.clock import today
from tiepdan.core.errors import Conflict
from tiepdan.extensions.bilingual import in_language
from tiepdan.reports import words
from tiepdan.reports.contents import Contents
from tiepdan.reports.forms import FreezeForm, TextsForm, texts_form
from tiepdan.reports.layout import Layout, lay_out, say_total
from tiepdan.reports.preparing import ReportView, read_contents
from tiepdan.reports.requests import round_of
from tiepdan.reports.senders import receivers_for
from tiepdan.reports.texts import sections_with_text, texts_of


def layout_of(report: ReportView, contents: Contents) -> Layout:
    """Arrange a plugin's report of the tenant in scope, with what was written in it."""
    return lay_out(report.definition, report.period, contents.table, contents.entries, texts_of(report.id))


def draw_plugin_report(
    report: ReportView, *, freeze_form: FreezeForm | None = None, written: TextsForm | None = None
) -> str:
    """Draw a plugin's report. A draft whose plugin is off says so instead of figures, and keeps its words."""
    day = today()
    try:
        contents = read_contents(report, on=day)
        layout, fault = layout_of(report, contents), ""
    except Conflict as conflict:
        layout, fault = None, str(conflict.message)
    editable = report.is_draft and g.actor.may("reports.prepare")
    if freeze_form is None and report.is_draft and layout is not None:
        freeze_form = FreezeForm(data={"cut_off_on": day})
    return render_template(
        "reports/plugin_show.html",
        report=report,
        layout=layout,
        fault=fault,
        round=round_of(report.definition.code, report.period, actor=g.actor, on=day),
        receivers=receivers_for(report.definition, g.tenant, report.period.last),
        freeze_form=freeze_form,
        texts_form=(written or form_of_texts(report)) if editable and headings_of(report) else None,
        say_total=say_total,
        words=words,
    )


def headings_of(report: ReportView) -> dict[int, str]:
    """Return the headings under which somebody writes, by place of the section, in the reader's language."""
    given = report.definition.given
    sections = given.sections if given else ()
    return {at: in_language(sections[at].text) for at in sections_with_text(report.definition)}


def form_of_texts(report: ReportView) -> TextsForm:
    """Make the form for a report's texts with what was written before."""
    return texts_form(headings_of(report), texts_of(report.id))
