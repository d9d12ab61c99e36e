"""The report as a workbook: every total is a formula over the bodies it sums, with its value cached beside it."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from flask_babel import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from tiepdan.reports.contents import Contents
from tiepdan.reports.definitions import Indicator, MeasureKind
from tiepdan.reports.preparing import ReportView
from tiepdan.reports.requests import Round
from tiepdan.reports.rules import Tier
from tiepdan.reports.units import EvidenceRow, Unit
from tiepdan.reports.words import DUTY_LABELS, FORM_LABELS, PUNCTUALITY_LABELS, RECEIVER_LABELS, name_month
from tiepdan.web.format import format_date
from tiepdan.web.workbooks import begin_workbook

type Place = tuple[str, str]  # sheet, cell


class Book:
    """The workbook being written, its formats, and where each total stands."""

    def __init__(self, buffer: BytesIO) -> None:
        self.file = begin_workbook(buffer)
        add = self.file.add_format
        self.title = add({"bold": True, "font_size": 14})
        self.head = add({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#DCE6F1"})
        self.text = add({"border": 1, "text_wrap": True, "valign": "top"})
        self.number = add({"border": 1, "num_format": "#,##0"})
        self.bold_number = add({"border": 1, "num_format": "#,##0", "bold": True})
        self.bold_text = add({"border": 1, "bold": True})
        self.percent = add({"border": 1, "num_format": "0.0%"})
        self.day = add({"border": 1, "num_format": "dd/mm/yyyy"})
        self.typed = add({"border": 1, "num_format": "#,##0", "bg_color": "#FFF2CC"})
        self.totals: dict[tuple[str, str, Tier], Place] = {}

    def sheet(self, name: str, widths: Sequence[float]) -> Any:  # noqa: ANN401 - XlsxWriter has no types
        """Add a sheet. widths: of its columns."""
        sheet = self.file.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        return sheet


def write_spreadsheet(
    report: ReportView, contents: Contents, round_: Round, evidence: Sequence[tuple[Unit, Sequence[EvidenceRow]]]
) -> bytes:
    """Write a report as .xlsx: a summary, a sheet per row of the table, months, discipline, evidence."""
    buffer = BytesIO()
    book = Book(buffer)
    tiers = contents.table.tiers
    summary = book.sheet(_("Tổng hợp"), [46, 12, *([16] * len(tiers))])
    for tier in tiers:
        _tier_sheet(book, report, contents, tier)
    _summary(book, summary, report, contents)
    _months(book, report, contents)
    if round_.rows:
        _discipline(book, round_)
    _evidence(book, evidence)
    _method(book, contents)
    book.file.set_properties({"title": f"{report.definition.name} {report.period.label}", "author": contents.own.name})
    book.file.close()
    return buffer.getvalue()


def write_title(book: Book, sheet: Any, report: ReportView, contents: Contents) -> None:  # noqa: ANN401
    """Write what the report is over a sheet's first three lines."""
    sheet.write(0, 0, f"{report.definition.name}, {report.period.label}", book.title)
    sheet.write(1, 0, contents.own.name)
    cut_off = format_date(report.cut_off_on) or _("chưa chốt, số liệu theo sổ")
    sheet.write(2, 0, _("Chốt số liệu: %(day)s", day=cut_off))


def _columns(contents: Contents, tier: Tier) -> list[tuple[Indicator, str, str]]:
    """Return the number columns of a row's sheet: indicator, part ("value", "of", "short"), heading."""
    columns = []
    for indicator in contents.table.indicators:
        if contents.table.cell(indicator.code, tier) is None:
            continue
        columns.append((indicator, "value", f"{indicator.code} {indicator.label} ({indicator.unit})"))
        if indicator.measure is not MeasureKind.COUNT:
            whole = _("phải tiếp") if indicator.measure is MeasureKind.QUOTA else _("trên tổng số")
            columns.append((indicator, "of", f"{indicator.code} {whole}"))
        if indicator.measure is MeasureKind.QUOTA:
            columns.append((indicator, "short", f"{indicator.code} {_('còn thiếu')}"))
    return columns


def _tier_sheet(book: Book, report: ReportView, contents: Contents, tier: Tier) -> None:
    """One body a line; the last line sums them."""
    columns = _columns(contents, tier)
    name = report.definition.line(tier).label
    sheet = book.sheet(name, [34, 30, *([15] * len(columns))])
    sheet.write_row(0, 0, [_("Đơn vị"), _("Gửi về"), *(heading for _indicator, _part, heading in columns)], book.head)
    sheet.freeze_panes(1, 1)
    by_key = {unit.key: unit.name for unit in (contents.own, *contents.below)}
    units = [unit for unit in (contents.own, *contents.below) if unit.tier is tier]
    for row, unit in enumerate(units, start=1):
        name_cell = f"{unit.name} ({_('nhập tay')})" if unit.typed else unit.name
        sheet.write(row, 0, name_cell, book.text)
        sheet.write(row, 1, by_key.get(unit.parent_key or "", ""), book.text)
        if unit.typed:
            sheet.write_comment(row, 0, unit.note)
        for at, (indicator, part, _heading) in enumerate(columns, start=2):
            measure = unit.figures.get(indicator.code)
            value = getattr(measure, part) if measure else None
            sheet.write(row, at, value, book.typed if unit.typed else book.number)
    last = len(units) + 1
    sheet.write(last, 0, _("Cộng"), book.bold_text)
    sheet.write(last, 1, "", book.bold_text)
    for at, (indicator, part, _heading) in enumerate(columns, start=2):
        cell = contents.table.cell(indicator.code, tier)
        assert cell is not None
        span = f"{xl_rowcol_to_cell(1, at)}:{xl_rowcol_to_cell(len(units), at)}"
        sheet.write_formula(last, at, f"=SUM({span})", book.bold_number, getattr(cell.total, part) or 0)
        place = xl_rowcol_to_cell(last, at, row_abs=True, col_abs=True)
        book.totals[indicator.code, part, tier] = (name, place)
    if units:
        sheet.autofilter(0, 0, len(units), len(columns) + 1)


def _summary(book: Book, sheet: Any, report: ReportView, contents: Contents) -> None:  # noqa: ANN401
    write_title(book, sheet, report, contents)
    tiers = contents.table.tiers
    labels = [report.definition.line(tier).label for tier in tiers]
    sheet.write_row(4, 0, [_("Chỉ tiêu"), _("Đơn vị tính"), *labels], book.head)
    sheet.freeze_panes(5, 1)
    row = 5
    for indicator in contents.table.indicators:
        for part, label, unit in _parts(indicator):
            sheet.write(row, 0, label, book.text)
            sheet.write(row, 1, unit, book.text)
            for at, tier in enumerate(tiers, start=2):
                _summary_cell(book, sheet, (row, at), contents, (indicator, part, tier))
            row += 1


def _parts(indicator: Indicator) -> list[tuple[str, str, str]]:
    """Return the lines of an indicator in the summary: part, label, unit."""
    name = f"{indicator.code} {indicator.label}"
    lines = [("value", name, indicator.unit)]
    if indicator.measure is MeasureKind.SHARE:
        lines.append(("of", f"   {_('trên tổng số')}", indicator.unit))
        lines.append(("percent", f"   {_('tỷ lệ')}", "%"))
    if indicator.measure is MeasureKind.QUOTA:
        lines.append(("of", f"   {_('phải tiếp')}", indicator.unit))
        lines.append(("short", f"   {_('còn thiếu (từng tháng)')}", indicator.unit))
    return lines


def _summary_cell(
    book: Book,
    sheet: Any,  # noqa: ANN401 - XlsxWriter has no types
    where: tuple[int, int],
    contents: Contents,
    what: tuple[Indicator, str, Tier],
) -> None:
    indicator, part, tier = what
    cell = contents.table.cell(indicator.code, tier)
    if cell is None:
        sheet.write(*where, "–", book.text)
        return
    if part == "percent":
        above = [xl_rowcol_to_cell(where[0] - back, where[1]) for back in (2, 1)]
        share = cell.total.value / cell.total.of if cell.total.of else ""
        sheet.write_formula(*where, f'=IF({above[1]}=0,"",{above[0]}/{above[1]})', book.percent, share)
        return
    name, place = book.totals[indicator.code, part, tier]
    value = getattr(cell.total, part) or 0
    sheet.write_formula(*where, f"='{name}'!{place}", book.bold_number if part == "value" else book.number, value)


def _months(book: Book, report: ReportView, contents: Contents) -> None:
    months = report.period.months
    sheet = book.sheet(_("Theo tháng"), [46, 20, *([8] * len(months)), 10])
    sheet.write_row(0, 0, [_("Chỉ tiêu"), _("Dòng"), *(name_month(month) for month in months), _("Cộng")], book.head)
    row = 1
    for (_code, tier), cell in contents.table.cells.items():
        by_month = cell.total.by_month
        if not by_month:
            continue
        sheet.write(row, 0, f"{cell.indicator.code} {cell.indicator.label}", book.text)
        sheet.write(row, 1, report.definition.line(tier).label, book.text)
        values = [by_month.get(month, 0) for month in months]
        for at, value in enumerate(values, start=2):
            sheet.write(row, at, value, book.number)
        span = f"{xl_rowcol_to_cell(row, 2)}:{xl_rowcol_to_cell(row, 1 + len(months))}"
        sheet.write_formula(row, 2 + len(months), f"=SUM({span})", book.bold_number, sum(values))
        row += 1


def _discipline(book: Book, round_: Round) -> None:
    sheet = book.sheet(_("Chế độ báo cáo"), [40, 14, 14, 26])
    sheet.write_row(0, 0, [_("Đơn vị"), _("Hạn gửi"), _("Ngày gửi"), _("Tình trạng")], book.head)
    for row, line in enumerate(round_.rows, start=1):
        sheet.write(row, 0, line.unit.short_name, book.text)
        sheet.write_datetime(row, 1, line.due_on, book.day)
        if line.first_sent_on is not None:
            sheet.write_datetime(row, 2, line.first_sent_on, book.day)
        else:
            sheet.write(row, 2, "", book.text)
        sheet.write(row, 3, str(PUNCTUALITY_LABELS[line.punctuality]), book.text)


def _evidence(book: Book, evidence: Sequence[tuple[Unit, Sequence[EvidenceRow]]]) -> None:
    heads = [
        _("Đơn vị"), _("Ngày đầu"), _("Ngày cuối"), _("Hình thức"), _("Trách nhiệm"), _("Ai tiếp"),
        _("Số ngày"), _("Lượt"), _("Số người"), _("Vụ việc"), _("Đơn"), _("Đoàn đông người"),
    ]  # fmt: skip
    sheet = book.sheet(_("Chứng cứ"), [34, 12, 12, 14, 12, 18, *([10] * 6)])
    sheet.write_row(0, 0, heads, book.head)
    sheet.freeze_panes(1, 1)
    row = 0
    for unit, receptions in evidence:
        for reception in receptions:
            row += 1
            who = ", ".join(str(RECEIVER_LABELS[word]) for word in reception.received_by)
            sheet.write(row, 0, unit.name, book.text)
            sheet.write_datetime(row, 1, reception.first_on, book.day)
            sheet.write_datetime(row, 2, reception.last_on, book.day)
            sheet.write_row(
                row, 3, [str(FORM_LABELS[reception.form]), str(DUTY_LABELS[reception.duty]), who], book.text
            )
            numbers = [
                len(reception.days), reception.visits, reception.people,
                reception.matters, reception.petitions, reception.crowds,
            ]  # fmt: skip
            sheet.write_row(row, 6, numbers, book.number)
    if row:
        sheet.autofilter(0, 0, row, len(heads) - 1)


def _method(book: Book, contents: Contents) -> None:
    sheet = book.sheet(_("Cách tính"), [12, 46, 70, 46])
    sheet.write_row(0, 0, [_("Mã"), _("Chỉ tiêu"), _("Cách đếm"), _("Căn cứ")], book.head)
    for row, indicator in enumerate(contents.table.indicators, start=1):
        sheet.write_row(row, 0, [indicator.code, indicator.label, indicator.how, indicator.source], book.text)
