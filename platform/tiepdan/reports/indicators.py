"""Indicator code → how it is counted from a tenant's records. The words and clauses are in the definition.

Each function counts for the tenant in scope from what `records` read once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from tiepdan.reports.definitions import Definition, Rows
from tiepdan.reports.periods import Period
from tiepdan.reports.plugin_counting import count_figures
from tiepdan.reports.records import Records, read_records
from tiepdan.reports.rules import Measure, tier_of
from tiepdan.reports.units import EvidenceRow, Unit, rows_behind, unit_of
from tiepdan.tenancy.service import TenantView

type Counter = Callable[[Records], Measure]


@dataclass(frozen=True, slots=True)
class Computation:
    """A tenant's own part of a report, as its records say it now, with the receptions behind it."""

    unit: Unit
    evidence: tuple[EvidenceRow, ...]


def compute_unit(definition: Definition, period: Period, tenant: TenantView, *, on: date) -> Computation:
    """Count every indicator of a tenant's row from its records.

    on: the cut-off: what was done is judged as it stood on that day.
    """
    if definition.given is not None:
        return Computation(unit_of(tenant, count_figures(definition.given, period, on=on)), ())
    tier = tier_of(tenant.branch, tenant.level)
    records = read_records(tenant, period, on=on)
    figures = {
        indicator.code: COUNTERS[indicator.code](records)
        for indicator in definition.indicators
        if tier in indicator.tiers
    }
    return Computation(unit_of(tenant, figures), records.receptions)


def _by_month(days: Iterable[str]) -> dict[str, int]:
    months: dict[str, int] = {}
    for day in days:
        months[day[:7]] = months.get(day[:7], 0) + 1
    return months


def _count_receptions(records: Records, rows: Rows) -> Measure:
    """Count kỳ: each in the month of its first day, once."""
    first_days = [row.days[0] for row in rows_behind(records.receptions, rows) if row.starts]
    return Measure(len(first_days), by_month=_by_month(first_days))


def _quota(records: Records) -> Measure:
    """Compare days held in person with the days owed, month by month.

    Source: Quy định 11-QĐi/TW, Điều 4 khoản 1 (PTY-01 to PTY-03); decision DEC-04.
    """
    quota = records.quota
    if quota is None:
        return Measure(0, 0, 0)
    held = {f"{period.first_on:%Y-%m}": period.held for period in quota.periods}
    return Measure(quota.held, quota.owed, quota.missing, held)


COUNTERS: dict[str, Counter] = {
    "D11-01": lambda records: _count_receptions(records, Rows.HEAD),
    "D11-01.days": lambda records: Measure(records.figures.days, by_month=records.days_by_month),
    "D11-01.delegated": lambda records: _count_receptions(records, Rows.SUBSTITUTE),
    "D11-02": lambda records: Measure(records.figures.matters),
    "D11-03": lambda records: records.visits,
    "D11-04": lambda records: Measure(records.petitions),
    "D11-05": lambda records: Measure(records.notices_on_time, records.notices_due),
    "D11-06": lambda records: Measure(records.conclusions),
    "D11-07": lambda records: Measure(records.assignments_done, records.assignments),
    "D11-07.overdue": lambda records: Measure(records.assignments_overdue),
    "D11-08": lambda records: Measure(records.matters_told, records.matters_of_work),
    "D11-10": lambda records: records.visits,
    "D11-11": lambda records: records.visits,
    "D11-22": _quota,
}
