"""A plugin's report as a workbook: sums are formulas over what they sum, with their values cached beside them."""

from io import BytesIO
from typing import Any

from flask_babel import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from tiepdan.reports.contents import Contents
from tiepdan.reports.definitions import Indicator
from tiepdan.reports.layout import LaidSection, Layout, say_total
from tiepdan.reports.preparing import ReportView
from tiepdan.reports.spreadsheet import Book, write_title
from tiepdan.reports.units import Unit


def write_plugin_spreadsheet(report: ReportView, contents: Contents, layout: Layout) -> bytes:
    """Write a plugin's report as .xlsx: its sections, the figures of each body, how they are counted."""
    buffer = BytesIO()
    book = Book(buffer)
    units = _units_sheet_place(layout)
    summary = book.sheet(_("Tổng hợp"), [50, 16, 14, 14, 14, *([14] * len(layout.heads))])
    write_title(book, summary, report, contents)
    row = 4
    for section in layout.sections:
        row = _section(book, summary, row, section, report) + 1
    _units(book, contents, layout, units)
    _method(book, layout)
    book.file.set_properties({"title": f"{report.definition.name} {report.period.label}", "author": contents.own.name})
    book.file.close()
    return buffer.getvalue()


def _units_sheet_place(layout: Layout) -> list[tuple[Indicator, str]]:
    """Return the number columns of the sheet of bodies: a share has its two parts side by side."""
    columns: list[tuple[Indicator, str]] = []
    for line in layout.lines:
        columns.append((line.indicator, "value"))
        if line.total.of is not None:
            columns.append((line.indicator, "of"))
    return columns


def _section(book: Book, sheet: Any, row: int, section: LaidSection, report: ReportView) -> int:  # noqa: ANN401 - XlsxWriter has no types
    sheet.write(row, 0, section.title, book.title)
    row += 1
    if section.lines:
        row = _figures(book, sheet, row, section, report)
    for breakdown in section.breakdowns:
        sheet.write(row, 0, f"{breakdown.indicator.code} {breakdown.indicator.label}", book.head)
        sheet.write_row(row, 1, breakdown.heads, book.head)
        first = row + 1
        for at, (name, values) in enumerate(breakdown.rows, start=first):
            sheet.write(at, 0, name, book.text)
            sheet.write_row(at, 1, values, book.number)
        row = first + len(breakdown.rows)
        sheet.write(row, 0, _("Cộng"), book.bold_text)
        for at, total in enumerate(breakdown.totals, start=1):
            span = f"{xl_rowcol_to_cell(first, at)}:{xl_rowcol_to_cell(row - 1, at)}"
            sheet.write_formula(row, at, f"=SUM({span})", book.bold_number, total)
        row += 2
    for listing in section.listings:
        sheet.write(row, 0, listing.title, book.bold_text)
        sheet.write_row(row + 1, 0, listing.heads, book.head)
        row += 2
        for line in listing.lines:
            sheet.write_row(row, 0, line, book.text)
            row += 1
        if said := say_total(listing):
            sheet.write(row, 0, said)
            row += 1
        row += 1
    if section.heading:
        sheet.write(row, 0, section.heading, book.bold_text)
        row += 1
        for paragraph in section.paragraphs:
            sheet.write(row, 0, paragraph)
            row += 1
    return row


def _figures(book: Book, sheet: Any, row: int, section: LaidSection, report: ReportView) -> int:  # noqa: ANN401
    """One figure a line; a share is followed by its denominator and the percentage, which is a formula."""
    years = [str(year.last_year) for year in report.period.years]
    sheet.write_row(row, 0, [_("Chỉ tiêu"), _("Đơn vị tính"), *years, _("Tổng số")], book.head)
    row += 1
    for line in section.lines:
        total = line.total
        sheet.write(row, 0, f"{line.indicator.code} {line.indicator.label}", book.text)
        sheet.write(row, 1, line.indicator.unit, book.text)
        sheet.write_row(row, 2, [*(total.by_month.get(year, 0) for year in years), total.value], book.bold_number)
        row += 1
        if total.of is None:
            continue
        sheet.write(row, 0, f"   {_('trên tổng số')}", book.text)
        sheet.write(row, 1, line.indicator.unit, book.text)
        wholes = [*(total.of_by_month.get(year, 0) for year in years), total.of]
        sheet.write_row(row, 2, wholes, book.number)
        sheet.write(row + 1, 0, f"   {_('tỷ lệ')}", book.text)
        sheet.write(row + 1, 1, "%", book.text)
        parts = [*(total.by_month.get(year, 0) for year in years), total.value]
        for at, (part, whole) in enumerate(zip(parts, wholes, strict=True), start=2):
            above, below = xl_rowcol_to_cell(row - 1, at), xl_rowcol_to_cell(row, at)
            formula = f'=IF({below}=0,"",{above}/{below})'
            sheet.write_formula(row + 1, at, formula, book.percent, part / whole if whole else "")
        row += 2
    return row + 1


def _units(book: Book, contents: Contents, layout: Layout, columns: list[tuple[Indicator, str]]) -> None:
    """One body a line; the last line sums them and equals the figures of the report."""
    sheet = book.sheet(_("Theo đơn vị"), [34, 30, *([15] * len(columns))])
    heads = [
        f"{indicator.code} {indicator.label}" if part == "value" else f"{indicator.code} {_('trên tổng số')}"
        for indicator, part in columns
    ]
    sheet.write_row(0, 0, [_("Đơn vị"), _("Gửi về"), *heads], book.head)
    sheet.freeze_panes(1, 1)
    units: list[Unit] = [contents.own, *contents.below]
    names = {unit.key: unit.name for unit in units}
    for row, unit in enumerate(units, start=1):
        sheet.write(row, 0, unit.name, book.text)
        sheet.write(row, 1, names.get(unit.parent_key or "", ""), book.text)
        for at, (indicator, part) in enumerate(columns, start=2):
            measure = unit.figures.get(indicator.code)
            sheet.write(row, at, getattr(measure, part) if measure else None, book.number)
    last = len(units) + 1
    sheet.write(last, 0, _("Cộng"), book.bold_text)
    sheet.write(last, 1, "", book.bold_text)
    totals = {line.indicator.code: line.total for line in layout.lines}
    for at, (indicator, part) in enumerate(columns, start=2):
        span = f"{xl_rowcol_to_cell(1, at)}:{xl_rowcol_to_cell(len(units), at)}"
        sheet.write_formula(last, at, f"=SUM({span})", book.bold_number, getattr(totals[indicator.code], part) or 0)


def _method(book: Book, layout: Layout) -> None:
    sheet = book.sheet(_("Cách tính"), [14, 46, 70, 46])
    sheet.write_row(0, 0, [_("Mã"), _("Chỉ tiêu"), _("Cách đếm"), _("Căn cứ")], book.head)
    for row, line in enumerate(layout.lines, start=1):
        found = line.indicator
        sheet.write_row(row, 0, [found.code, found.label, found.how, found.source], book.text)
