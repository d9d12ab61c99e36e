"""A plugin's report as a document: the same value that Word and PDF draw of the platform's reports."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _

from tiepdan.documents.letterhead import place_of
from tiepdan.reports.contents import Contents
from tiepdan.reports.document import DocumentTable, ReportDocument, Section
from tiepdan.reports.layout import Breakdown, LaidSection, Layout, Listing, say_total
from tiepdan.reports.preparing import ReportView
from tiepdan.reports.units import Unit
from tiepdan.reports.words import describe_measure
from tiepdan.sdk import Branch
from tiepdan.tenancy.service import TenantView
from tiepdan.web.format import format_date, format_document_date, format_number


def build_plugin_document(
    report: ReportView,
    contents: Contents,
    layout: Layout,
    tenant: TenantView,
    receivers: Sequence[TenantView],
    on: date,
) -> ReportDocument:
    """Write a plugin's report as a document. on: the day on the paper, when the report is not frozen yet."""
    sections = [_section(section, layout) for section in layout.sections]
    if contents.below:
        sections.append(_units(report, contents, layout))
    sections.append(_basis(report, layout))
    return ReportDocument(
        of_party=tenant.branch is Branch.PARTY,
        parent_name=receivers[0].name if receivers else "",
        body_name=tenant.name,
        number=_("Số:        -BC/…"),
        place_date=f"{place_of(tenant.name)}, {format_document_date(report.cut_off_on or on)}",
        title=_("Báo cáo"),
        subject=f"{report.definition.name}, {report.period.label}",
        sections=tuple(sections),
        recipients=(*(receiver.name for receiver in receivers), _("Lưu: Văn phòng")),
        office=_("Bí thư") if tenant.branch is Branch.PARTY else _("Thủ trưởng"),
    )


def _section(section: LaidSection, layout: Layout) -> Section:
    tables = []
    if section.lines:
        tables.append(
            DocumentTable(
                _("Số liệu"),
                (_("Chỉ tiêu"), _("Đơn vị tính"), *layout.heads),
                tuple((line.indicator.label, line.indicator.unit, *line.cells) for line in section.lines),
            )
        )
    tables += [_breakdown(breakdown) for breakdown in section.breakdowns]
    tables += [_listing(listing) for listing in section.listings]
    paragraphs = [say for listing in section.listings if (say := say_total(listing))]
    if section.heading:
        paragraphs += [f"{section.heading}:", *(section.paragraphs or ("…",))]
    return Section(section.title, tuple(paragraphs), tuple(tables))


def _breakdown(breakdown: Breakdown) -> DocumentTable:
    rows = [(name, *(format_number(value) for value in values)) for name, values in breakdown.rows]
    rows.append((_("Cộng"), *(format_number(value) for value in breakdown.totals)))
    title = f"{breakdown.indicator.label} ({breakdown.indicator.unit})"
    return DocumentTable(title, (_("Phân loại"), *breakdown.heads), tuple(rows), total=True)


def _listing(listing: Listing) -> DocumentTable:
    return DocumentTable(listing.title, listing.heads, listing.lines or (("–",) * len(listing.heads),))


def _units(report: ReportView, contents: Contents, layout: Layout) -> Section:
    """List each body's own figures; a paper has room for the headlines, or the first few."""
    shown = [line.indicator for line in (layout.headlines or layout.lines)[:5]]
    units: list[Unit] = [contents.own, *contents.below]
    rows = [
        (
            unit.name,
            *(
                describe_measure(indicator, unit.figures[indicator.code]) if indicator.code in unit.figures else "–"
                for indicator in shown
            ),
        )
        for unit in units
    ]
    table = DocumentTable(
        report.period.label.capitalize(), (_("Đơn vị"), *(indicator.label for indicator in shown)), tuple(rows)
    )
    return Section(_("Theo đơn vị"), (), (table,))


def _basis(report: ReportView, layout: Layout) -> Section:
    span = _(
        "Kỳ số liệu từ %(first)s đến hết %(last)s; chốt số liệu ngày %(cut)s. Căn cứ: %(source)s.",
        first=format_date(report.period.first),
        last=format_date(report.period.last),
        cut=format_date(report.cut_off_on) or "…",
        source=report.definition.source,
    )
    hows = (f"{line.indicator.label}: {line.indicator.how}" for line in layout.lines)
    return Section(_("Cách tính"), (span, *hows))
