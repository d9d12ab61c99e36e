"""A report to take away: workbook, Word and PDF, all from the same contents."""

from collections.abc import Sequence
from io import BytesIO
from uuid import UUID

from flask import g, send_file
from flask.typing import ResponseReturnValue

from tiepdan.core.clock import today
from tiepdan.core.errors import NotFound
from tiepdan.reports.contents import Contents
from tiepdan.reports.document import build_document
from tiepdan.reports.drill import all_evidence
from tiepdan.reports.pdf import write_pdf
from tiepdan.reports.plugin_document import build_plugin_document
from tiepdan.reports.plugin_pages import layout_of
from tiepdan.reports.plugin_sheet import write_plugin_spreadsheet
from tiepdan.reports.preparing import ReportView, read_contents, report_by_id
from tiepdan.reports.requests import round_of
from tiepdan.reports.senders import receivers_for
from tiepdan.reports.spreadsheet import write_spreadsheet
from tiepdan.reports.word import write_word
from tiepdan.tenancy.service import TenantView
from tiepdan.web.blueprints import desk_blueprint, requires

report_files = desk_blueprint("report_files", __name__, url_prefix="/reports")

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@report_files.get("/<uuid:report_id>/file.<kind>")
@requires("reports.view")
def download(report_id: UUID, kind: str) -> ResponseReturnValue:
    """Write a report as a file."""
    if kind not in _TYPES:
        raise NotFound(f"file kind {kind}")
    day = today()
    report = report_by_id(report_id, actor=g.actor)
    contents = read_contents(report, on=day)
    receivers = receivers_for(report.definition, g.tenant, report.period.last)
    if report.definition.given is not None:
        content = _write_plugin_report(report, contents, receivers, kind)
        return _send(report, content, kind)
    round_ = round_of(report.definition.code, report.period, actor=g.actor, on=day)
    if kind == "xlsx":
        content = write_spreadsheet(report, contents, round_, all_evidence(report, contents))
    else:
        document = build_document(report, contents, round_, g.tenant, receivers, day)
        content = write_pdf(document) if kind == "pdf" else write_word(document)
    return _send(report, content, kind)


def _write_plugin_report(report: ReportView, contents: Contents, receivers: Sequence[TenantView], kind: str) -> bytes:
    layout = layout_of(report, contents)
    if kind == "xlsx":
        return write_plugin_spreadsheet(report, contents, layout)
    document = build_plugin_document(report, contents, layout, g.tenant, receivers, today())
    return write_pdf(document) if kind == "pdf" else write_word(document)


def _send(report: ReportView, content: bytes, kind: str) -> ResponseReturnValue:
    code = report.definition.code.replace("/", "-")
    name = f"{code}-{report.period.code}-{g.tenant.slug}.{kind}"
    return send_file(BytesIO(content), mimetype=_TYPES[kind], as_attachment=True, download_name=name)
