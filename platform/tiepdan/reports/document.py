"""The report as a document: what it says, in order. Word and PDF draw the same value, so their figures agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from tiepdan.documents.letterhead import place_of
from tiepdan.reports.contents import Contents
from tiepdan.reports.overview import headlines, lines_of
from tiepdan.reports.preparing import ReportView
from tiepdan.reports.requests import Round
from tiepdan.reports.rules import Punctuality, Tier, sum_measures
from tiepdan.reports.units import Unit
from tiepdan.reports.words import PUNCTUALITY_LABELS, describe_measure, name_month
from tiepdan.sdk import Branch
from tiepdan.tenancy.service import TenantView
from tiepdan.web.format import format_date, format_document_date, format_number


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """A table. heads: first column is text, the others are figures. total: whether the last line is a sum."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part."""

    title: str
    paragraphs: tuple[str, ...]
    tables: tuple[DocumentTable, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """Everything the paper shows. body_name stands at the left, nation (and motto, for the State) at the right."""

    of_party: bool
    parent_name: str
    body_name: str
    number: str
    place_date: str
    title: str
    subject: str
    sections: tuple[Section, ...]
    recipients: tuple[str, ...]
    office: str


def build_document(
    report: ReportView, contents: Contents, round_: Round, tenant: TenantView, receivers: Sequence[TenantView], on: date
) -> ReportDocument:
    """Write a report as a document. on: the day on the paper, when the report is not frozen yet."""
    day = report.cut_off_on or on
    return ReportDocument(
        of_party=tenant.branch is Branch.PARTY,
        parent_name=receivers[0].name if receivers else "",
        body_name=tenant.name,
        number=_("Số:        -BC/…"),
        place_date=f"{place_of(tenant.name)}, {format_document_date(day)}",
        title=_("Báo cáo"),
        subject=f"{_('Kết quả')} {report.definition.subject} {report.period.label}",
        sections=(
            _results(report, contents),
            _quota(report, contents),
            _discipline(round_),
            _basis(report, contents),
        ),
        recipients=(*(receiver.name for receiver in receivers), _("Lưu: Văn phòng")),
        office=_("Bí thư") if tenant.branch is Branch.PARTY else _("Thủ trưởng"),
    )


def _results(report: ReportView, contents: Contents) -> Section:
    sentences: dict[Tier, list[str]] = {}
    names: dict[Tier, str] = {}
    for figure in headlines(report, contents):
        words = f"{format_number(figure.value)} {figure.indicator.unit}"
        sentences.setdefault(figure.tier, []).append(words)
        names[figure.tier] = figure.who
    parts = [
        _("%(who)s tiếp %(figures)s", who=names[tier] if not at else _lower(names[tier]), figures=", ".join(figures))
        for at, (tier, figures) in enumerate(sentences.items())
    ]
    opening = _("Trong %(period)s: ", period=report.period.label) + "; ".join(parts) + "."
    tiers = contents.table.tiers
    table = DocumentTable(
        _("Bảng 1. Kết quả theo cấp"),
        (_("Chỉ tiêu"), _("Đơn vị tính"), *(report.definition.line(tier).label for tier in tiers)),
        tuple(
            (indicator.label, indicator.unit, *(text or "–" for _tier, text in cells))
            for indicator, cells in lines_of(contents.table)
        ),
    )
    tables = [table, _by_month(report, contents)]
    senders = _by_sender(contents)
    if senders is not None:
        tables.append(senders)
    typed = [unit for unit in contents.below if unit.typed]
    paragraphs = [opening]
    if typed:
        listed = "; ".join(f"{unit.name} ({unit.note})" for unit in typed)
        paragraphs.append(_("Số liệu nhập tay của cơ quan chưa dùng hệ thống: %(bodies)s.", bodies=listed))
    return Section(_("Kết quả tiếp công dân"), tuple(paragraphs), tuple(tables))


def _by_month(report: ReportView, contents: Contents) -> DocumentTable:
    months = report.period.months
    rows = []
    for tier in contents.table.tiers:
        code = {Tier.STATE: "D11-10", Tier.JUDICIAL: "D11-11"}.get(tier, "D11-01")
        cell = contents.table.cell(code, tier)
        if cell is not None:
            by_month = cell.total.by_month
            figures = [format_number(by_month.get(month, 0)) for month in months]
            label = f"{report.definition.line(tier).label} ({cell.indicator.unit})"
            rows.append((label, *figures, format_number(cell.total.value)))
    return DocumentTable(
        _("Bảng 2. Theo tháng"), (_("Dòng"), *(name_month(month) for month in months), _("Cộng")), tuple(rows)
    )


def _by_sender(contents: Contents) -> DocumentTable | None:
    """Sum the kỳ, matters and visits of each body that reports directly, with everybody below it."""
    children = [unit for unit in contents.below if unit.parent_key == contents.own.key]
    if not children:
        return None
    codes = ("D11-01", "D11-02", "D11-03")
    heads = (_("Đơn vị gửi (cả cấp dưới)"), _("Kỳ"), _("Vụ việc"), _("Lượt"))
    rows = []
    totals = [0, 0, 0]
    for child in (contents.own, *children):
        units = [child] if child is contents.own else _with_below(child, contents.below)
        values = []
        for at, code in enumerate(codes):
            names = (code, "D11-10", "D11-11") if code == "D11-03" else (code,)
            summed = sum_measures(unit.figures[name] for unit in units for name in names if name in unit.figures)
            value = summed.value if summed else 0
            totals[at] += value
            values.append(format_number(value))
        name = _("%(name)s (tự tiếp)", name=child.name) if child is contents.own else child.name
        rows.append((name + (_(" (nhập tay)") if child.typed else ""), *values))
    rows.append((_("Cộng"), *(format_number(total) for total in totals)))
    return DocumentTable(_("Bảng 3. Theo đơn vị gửi"), heads, tuple(rows), total=True)


def _with_below(root: Unit, units: Sequence[Unit]) -> list[Unit]:
    found = [root]
    for unit in found:
        found.extend(each for each in units if each.parent_key == unit.key)
    return found


def _quota(report: ReportView, contents: Contents) -> Section:
    lines = []
    for tier in contents.table.tiers:
        cell = contents.table.cell("D11-22", tier)
        if cell is not None:
            lines.append(
                _(
                    "%(who)s: %(text)s ngày (%(units)s đơn vị).",
                    who=report.definition.line(tier).body,
                    text=describe_measure(cell.indicator, cell.total),
                    units=format_number(cell.units),
                )
            )
    note = _("Chỉ tính ngày tiếp định kỳ người đứng đầu trực tiếp tiếp; tháng này tiếp thêm không bù cho tháng khác.")
    return Section(_("Ngày tiếp định kỳ: đã tiếp / phải tiếp"), (*lines, note) if lines else (_("Không áp dụng."),))


def _discipline(round_: Round) -> Section:
    if not round_.rows:
        return Section(_("Chế độ báo cáo"), (_("Không có đơn vị nào báo cáo về đây."),))
    counts = "; ".join(
        f"{str(label).lower()}: {format_number(round_.count(word))}"
        for word, label in PUNCTUALITY_LABELS.items()
        if word is not Punctuality.WAITING or round_.count(word)
    )
    paragraphs = [_("Đơn vị gửi báo cáo: %(counts)s.", counts=counts)]
    late = [
        f"{row.unit.short_name} ({str(PUNCTUALITY_LABELS[row.punctuality]).lower()})" for row in round_.late_or_missing
    ]
    if late:
        paragraphs.append(_("Gửi muộn hoặc chưa gửi: %(units)s.", units="; ".join(late)))
    return Section(_("Chế độ báo cáo"), tuple(paragraphs))


def _basis(report: ReportView, contents: Contents) -> Section:
    paragraphs = [
        _(
            "Kỳ số liệu từ %(first)s đến hết %(last)s theo lịch; chốt số liệu ngày %(cut)s.",
            first=format_date(report.period.first),
            last=format_date(report.period.last),
            cut=format_date(report.cut_off_on) or "…",
        )
    ]
    paragraphs += [
        f"{indicator.label}: {indicator.how} ({indicator.source})" for indicator in contents.table.indicators
    ]
    return Section(_("Cách tính"), tuple(paragraphs))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
