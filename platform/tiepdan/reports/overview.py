"""What the first screen of a report shows: the figures a newspaper reader looks for, charts and quotas."""

from dataclasses import dataclass

from flask_babel import gettext as _

from tiepdan.reports.contents import Contents
from tiepdan.reports.definitions import Indicator, MeasureKind
from tiepdan.reports.preparing import ReportView
from tiepdan.reports.rules import Measure, Tier
from tiepdan.reports.units import Table
from tiepdan.reports.words import describe_measure, name_month
from tiepdan.web.charts import BarChart, Quota, Series, measure_quota, plot_bars


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure in large type. who: whose; what: the unit counted; tier: which row it opens."""

    indicator: Indicator
    tier: Tier
    who: str
    value: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of one or more figures by month."""

    key: str
    title: str
    plot: BarChart


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """Held and owed of one row. held: days that count, month by month; extra: days beyond a month's duty."""

    who: str
    tier: Tier
    measure: Measure
    meter: Quota

    @property
    def extra(self) -> int:
        """Return the days held beyond what a month asked for: they pay for no other month."""
        return self.measure.value - self.meter.held


@dataclass(frozen=True, slots=True)
class Overview:
    """The first screen."""

    headlines: tuple[Headline, ...]
    charts: tuple[Chart, ...]
    quotas: tuple[QuotaLine, ...]
    lines: tuple[tuple[Indicator, tuple[tuple[Tier, str], ...]], ...]
    tiers: tuple[tuple[Tier, str], ...]


def build_overview(report: ReportView, contents: Contents) -> Overview:
    """Arrange a report's figures for the first screen."""
    return Overview(
        headlines=tuple(headlines(report, contents)),
        charts=tuple(_charts(report, contents)),
        quotas=tuple(_quotas(report, contents)),
        lines=tuple(lines_of(contents.table)),
        tiers=tuple((tier, report.definition.line(tier).label) for tier in contents.table.tiers),
    )


def headlines(report: ReportView, contents: Contents) -> list[Headline]:
    """Return the figures as reports print them: everything of the highest row, then one for each row below."""
    table = contents.table
    found = []
    shown_rows: set[Tier] = set()
    for tier in table.tiers:
        party = tier not in (Tier.STATE, Tier.JUDICIAL)
        first_party = party and not shown_rows
        for indicator in report.definition.indicators:
            if not indicator.headline or table.cell(indicator.code, tier) is None:
                continue
            if party and not first_party and tier in shown_rows:
                continue
            shown_rows.add(tier)
            found.append(
                Headline(indicator, tier, report.definition.line(tier).body, table.value(indicator.code, tier))
            )
    return found


def _charts(report: ReportView, contents: Contents) -> list[Chart]:
    sets = (
        ("receptions", _("Kỳ tiếp của người đứng đầu theo tháng"), ("D11-01",)),
        ("visits", _("Lượt tiếp công dân theo tháng"), ("D11-03", "D11-10", "D11-11")),
    )
    months = report.period.months
    charts = []
    for key, title, codes in sets:
        rows = []
        for tier in contents.table.tiers:
            for code in codes:
                cell = contents.table.cell(code, tier)
                if cell is not None:
                    by_month = cell.total.by_month
                    values = tuple(by_month.get(month, 0) for month in months)
                    rows.append(Series(report.definition.line(tier).label, values))
        if rows and any(value for row in rows for value in row.values):
            charts.append(Chart(key, title, plot_bars([name_month(month) for month in months], rows)))
    return charts


def _quotas(report: ReportView, contents: Contents) -> list[QuotaLine]:
    found = []
    for (_code, tier), cell in contents.table.cells.items():
        total = cell.total
        if cell.indicator.measure is MeasureKind.QUOTA and total.of:
            held = total.of - (total.short or 0)
            found.append(QuotaLine(report.definition.line(tier).body, tier, total, measure_quota(held, total.of)))
    return found


def lines_of(table: Table) -> list[tuple[Indicator, tuple[tuple[Tier, str], ...]]]:
    """Write a table's figures line by line: an empty text where an indicator has no such row."""
    lines = []
    for indicator in table.indicators:
        cells = []
        for tier in table.tiers:
            cell = table.cell(indicator.code, tier)
            cells.append((tier, describe_measure(indicator, cell.total) if cell else ""))
        lines.append((indicator, tuple(cells)))
    return lines
