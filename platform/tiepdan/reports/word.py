"""The report in Word, in the layout of official documents, for the office to finish and sign."""

from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from flask_babel import gettext as _

from tiepdan.documents.official_word import begin_file, finish_file, printable, write_line, write_paragraph
from tiepdan.reports.document import DocumentTable, ReportDocument

_TEXT_WIDTH, _WIDE = Cm(16.5), Cm(5.5)
_NUMERALS = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
    "XVIII", "XIX", "XX", "XXI", "XXII", "XXIII", "XXIV",
)  # fmt: skip


def write_word(document: ReportDocument) -> bytes:
    """Draw a report document as .docx."""
    file = begin_file(document)
    for numeral, section in zip(_NUMERALS, document.sections, strict=False):
        write_line(file, f"{numeral}. {section.title}", bold=True, before=6)
        for paragraph in section.paragraphs:
            write_paragraph(file, paragraph)
        for table in section.tables:
            _table(file, table)
    return finish_file(file, document, _("Nơi nhận:"))


def _table(file: Any, table: DocumentTable) -> None:  # noqa: ANN401 - python-docx has no types
    write_line(file, table.title, bold=True, before=6, after=3)
    drawn = file.add_table(rows=1, cols=len(table.heads))
    drawn.style = "Table Grid"
    drawn.alignment = WD_TABLE_ALIGNMENT.CENTER
    _row(drawn.rows[0], table.heads, bold=True)
    _repeat_head(drawn.rows[0])
    for at, values in enumerate(table.rows):
        _row(drawn.add_row(), values, bold=table.total and at == len(table.rows) - 1)
    widths = [_WIDE, *[(_TEXT_WIDTH - _WIDE) // (len(table.heads) - 1)] * (len(table.heads) - 1)]
    for row in drawn.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    file.add_paragraph().paragraph_format.space_after = Pt(0)


def _row(row: Any, values: tuple[str, ...], *, bold: bool) -> None:  # noqa: ANN401 - python-docx has no types
    for at, (cell, value) in enumerate(zip(row.cells, values, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if at == 0 else WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(printable(value))
        run.bold, run.font.size = bold, Pt(11)


def _repeat_head(row: Any) -> None:  # noqa: ANN401 - python-docx has no types
    """Repeat the head on every page a table crosses."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx offers no other way
