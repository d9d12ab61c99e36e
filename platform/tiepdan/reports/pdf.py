"""The report as PDF: the same document as Word, drawn by templates/reports/report.typ."""

from tiepdan.documents.official_pdf import draw_pdf
from tiepdan.reports.document import ReportDocument


def write_pdf(document: ReportDocument) -> bytes:
    """Draw a report document as PDF."""
    return draw_pdf("reports/templates/reports/report.typ", document)
