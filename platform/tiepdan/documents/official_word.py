"""The layout of official documents in Word: page, head, title, paragraphs, receivers and signature."""

import re
from io import BytesIO
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from tiepdan.documents.letterhead import Letterhead

# Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I: A4; margins 20-25, 20-25, 30-35, 15-20 mm; Times New Roman, 13-14 pt.
_FONT = "Times New Roman"
_MARGINS = {"top_margin": Cm(2), "bottom_margin": Cm(2), "left_margin": Cm(3), "right_margin": Cm(1.5)}
_INDENT = Cm(1)
_LONGEST_PROPERTY = 255
# What people paste now and then, such as the line break of Word, and XML does not take.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def begin_file(letterhead: Letterhead) -> Any:  # noqa: ANN401 - python-docx has no types
    """Return a file with page, style, head and title."""
    file = docx.Document()
    page = file.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    for name, width in _MARGINS.items():
        setattr(page, name, width)
    style = file.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = Pt(6)
    title = ": ".join(part for part in (letterhead.title, letterhead.subject) if part)
    file.core_properties.title = printable(title)[:_LONGEST_PROPERTY]
    file.core_properties.author = printable(letterhead.body_name)[:_LONGEST_PROPERTY]
    file.core_properties.language = "vi-VN"
    _write_head(file, letterhead)
    if letterhead.title:
        centre = WD_ALIGN_PARAGRAPH.CENTER
        write_line(file, letterhead.title.upper(), bold=True, align=centre, after=0, before=12)
        write_line(file, letterhead.subject, bold=True, align=centre, after=12)
    else:
        write_line(file, "", after=0)
    return file


def printable(text: str) -> str:
    """Return a text that a file may hold: a space for each letter that is no text."""
    return _NOT_IN_XML.sub(" ", text)


def write_line(
    file: Any,  # noqa: ANN401 - python-docx has no types
    text: str,
    *,
    bold: bool = False,
    align: Any = None,  # noqa: ANN401
    before: int = 0,
    after: int = 6,
    indent: Any = None,  # noqa: ANN401
) -> None:
    """Write one paragraph. before, after: points."""
    paragraph = file.add_paragraph()
    paragraph.alignment = align
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    if indent is not None:
        layout.first_line_indent = indent
    paragraph.add_run(printable(text)).bold = bold


def write_paragraph(file: Any, text: str) -> None:  # noqa: ANN401 - python-docx has no types
    """Write a paragraph of the text itself: justified, its first line indented."""
    write_line(file, text, align=WD_ALIGN_PARAGRAPH.JUSTIFY, indent=_INDENT)


def finish_file(file: Any, letterhead: Letterhead, receivers_word: str) -> bytes:  # noqa: ANN401
    """Write receivers and signature, and return the file. receivers_word: "Nơi nhận:" for the reader."""
    table = file.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    paragraph = left.paragraphs[0]
    if letterhead.recipients:
        run = paragraph.add_run(receivers_word)
        run.bold, run.italic, run.font.size = True, True, Pt(12)
    for at, name in enumerate(letterhead.recipients):
        line = left.add_paragraph()
        line.paragraph_format.space_after = Pt(0)
        line.add_run(f"- {printable(name)}{'.' if at == len(letterhead.recipients) - 1 else ';'}").font.size = Pt(11)
    signature = right.paragraphs[0]
    signature.alignment = WD_ALIGN_PARAGRAPH.CENTER
    signature.add_run(printable(letterhead.office.upper())).bold = True
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def _write_head(file: Any, letterhead: Letterhead) -> None:  # noqa: ANN401 - python-docx has no types
    table = file.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    left, right = table.rows[0].cells
    left.width, right.width = Cm(7), Cm(9.5)
    lines: list[tuple[Any, str, bool, bool]] = []
    if letterhead.parent_name:
        lines.append((left, letterhead.parent_name.upper(), False, False))
    lines.append((left, letterhead.body_name.upper(), True, False))
    lines.append((left, "*" if letterhead.of_party else "_______", False, False))
    lines.append((left, letterhead.number, False, False))
    if not letterhead.title:  # an official letter says under its number what it is about (Phụ lục I, mục II.5)
        lines.append((left, f"V/v {letterhead.subject}", False, False))
    if letterhead.of_party:
        lines.append((right, "ĐẢNG CỘNG SẢN VIỆT NAM", True, False))
    else:
        lines.append((right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True, False))
        lines.append((right, "Độc lập - Tự do - Hạnh phúc", True, False))
    lines.append((right, "_______________", False, False))
    lines.append((right, letterhead.place_date, False, True))
    begun: set[int] = set()
    for cell, text, bold, italic in lines:
        paragraph = cell.add_paragraph() if id(cell) in begun else cell.paragraphs[0]
        begun.add(id(cell))
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(printable(text))
        run.bold, run.italic, run.font.size = bold, italic, Pt(13)
