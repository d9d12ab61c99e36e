"""A report to take away: workbook, Word and PDF, all from the same contents."""

from io import BytesIO
from uuid import UUID

from flask import g, send_file
from flask.typing import ResponseReturnValue

from tiepdan.core.clock import today
from tiepdan.core.errors import NotFound
from tiepdan.reports.document import build_document
from tiepdan.reports.drill import all_evidence
from tiepdan.reports.pdf import write_pdf
from tiepdan.reports.preparing import read_contents, report_by_id
from tiepdan.reports.requests import round_of
from tiepdan.reports.routes import receivers_of
from tiepdan.reports.spreadsheet import write_spreadsheet
from tiepdan.reports.word import write_word
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
    round_ = round_of(report.definition.code, report.period, actor=g.actor, on=day)
    if kind == "xlsx":
        content = write_spreadsheet(report, contents, round_, all_evidence(report, contents))
    else:
        receivers = receivers_of(g.tenant.id, report.definition.code, report.period.last)
        document = build_document(report, contents, round_, g.tenant, receivers, day)
        content = write_pdf(document) if kind == "pdf" else write_word(document)
    name = f"{report.definition.code}-{report.period.code}-{g.tenant.slug}.{kind}"
    return send_file(BytesIO(content), mimetype=_TYPES[kind], as_attachment=True, download_name=name)
