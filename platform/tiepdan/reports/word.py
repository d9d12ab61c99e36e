"""The report in Word, in the layout of official documents, for the office to finish and sign."""

from io import BytesIO
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from flask_babel import gettext as _

from tiepdan.reports.document import DocumentTable, ReportDocument

# Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I: A4; margins 20-25, 20-25, 30-35, 15-20 mm; Times New Roman, 13-14 pt.
_FONT = "Times New Roman"
_MARGINS = {"top_margin": Cm(2), "bottom_margin": Cm(2), "left_margin": Cm(3), "right_margin": Cm(1.5)}
_TEXT_WIDTH, _WIDE = Cm(16.5), Cm(5.5)
_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


def write_word(document: ReportDocument) -> bytes:
    """Draw a report document as .docx."""
    file = docx.Document()
    page = file.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    for name, width in _MARGINS.items():
        setattr(page, name, width)
    style = file.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = Pt(6)
    file.core_properties.title = f"{document.title}: {document.subject}"
    file.core_properties.author = document.body_name
    file.core_properties.language = "vi-VN"
    _head(file, document)
    _line(file, document.title.upper(), bold=True, align=WD_ALIGN_PARAGRAPH.CENTER, after=0, before=12)
    _line(file, document.subject, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER, after=12)
    for numeral, section in zip(_NUMERALS, document.sections, strict=False):
        _line(file, f"{numeral}. {section.title}", bold=True, before=6)
        for paragraph in section.paragraphs:
            _line(file, paragraph, align=WD_ALIGN_PARAGRAPH.JUSTIFY, indent=Cm(1))
        for table in section.tables:
            _table(file, table)
    _end(file, document)
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def _head(file: Any, document: ReportDocument) -> None:  # noqa: ANN401 - python-docx has no types
    table = file.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    left, right = table.rows[0].cells
    left.width, right.width = Cm(7), Cm(9.5)
    lines: list[tuple[Any, str, bool, bool]] = []
    if document.parent_name:
        lines.append((left, document.parent_name.upper(), False, False))
    lines.append((left, document.body_name.upper(), True, False))
    lines.append((left, "*" if document.of_party else "_______", False, False))
    lines.append((left, document.number, False, False))
    if document.of_party:
        lines.append((right, "ĐẢNG CỘNG SẢN VIỆT NAM", True, False))
    else:
        lines.append((right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True, False))
        lines.append((right, "Độc lập - Tự do - Hạnh phúc", True, False))
    lines.append((right, "_______________", False, False))
    lines.append((right, document.place_date, False, True))
    begun: set[int] = set()
    for cell, text, bold, italic in lines:
        paragraph = cell.add_paragraph() if id(cell) in begun else cell.paragraphs[0]
        begun.add(id(cell))
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(text)
        run.bold, run.italic, run.font.size = bold, italic, Pt(13)


def _line(
    file: Any,  # noqa: ANN401 - python-docx has no types
    text: str,
    *,
    bold: bool = False,
    align: Any = None,  # noqa: ANN401
    before: int = 0,
    after: int = 6,
    indent: Any = None,  # noqa: ANN401
) -> None:
    paragraph = file.add_paragraph()
    paragraph.alignment = align
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    if indent is not None:
        layout.first_line_indent = indent
    paragraph.add_run(text).bold = bold


def _table(file: Any, table: DocumentTable) -> None:  # noqa: ANN401 - python-docx has no types
    _line(file, table.title, bold=True, before=6, after=3)
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
        run = paragraph.add_run(value)
        run.bold, run.font.size = bold, Pt(11)


def _repeat_head(row: Any) -> None:  # noqa: ANN401 - python-docx has no types
    """Repeat the head on every page a table crosses."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx offers no other way


def _end(file: Any, document: ReportDocument) -> None:  # noqa: ANN401 - python-docx has no types
    table = file.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    paragraph = left.paragraphs[0]
    run = paragraph.add_run(_("Nơi nhận:"))
    run.bold, run.italic, run.font.size = True, True, Pt(12)
    for at, name in enumerate(document.recipients):
        line = left.add_paragraph()
        line.paragraph_format.space_after = Pt(0)
        line.add_run(f"- {name}{'.' if at == len(document.recipients) - 1 else ';'}").font.size = Pt(11)
    signature = right.paragraphs[0]
    signature.alignment = WD_ALIGN_PARAGRAPH.CENTER
    signature.add_run(document.office.upper()).bold = True
