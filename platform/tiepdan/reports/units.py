"""One body's part of a report: its own figures, and the receptions behind them. Frozen values, no database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from tiepdan.reports.definitions import Definition, Indicator, MeasureKind, Rows
from tiepdan.reports.rules import Measure, Tier, sum_measures, tier_of
from tiepdan.sdk import Branch, Level
from tiepdan.tenancy.service import TenantView


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One reception as it counts in a period: days, form, who received, numbers. Never a name or a content.

    days: held days inside the period. received_by: head, substitute or desk; a kỳ that the head and a substitute
    shared is two rows. starts: whether the kỳ itself counts here, because it began in the period.
    matters: those of this reception; the same matter may come to another one.
    """

    reception_id: str
    days: tuple[str, ...]
    duty: str
    form: str
    received_by: tuple[str, ...]
    starts: bool
    visits: int
    people: int
    matters: int
    petitions: int
    crowds: int

    def as_json(self) -> dict[str, Any]:
        """Write it for a frozen row."""
        return asdict(self)

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> "EvidenceRow":
        """Read it from a frozen row."""
        return EvidenceRow(**{**stored, "days": tuple(stored["days"]), "received_by": tuple(stored["received_by"])})

    @property
    def first_on(self) -> date:
        """Return its first day inside the period."""
        return date.fromisoformat(self.days[0])

    @property
    def last_on(self) -> date:
        """Return its last day inside the period."""
        return date.fromisoformat(self.days[-1])


@dataclass(frozen=True, slots=True)
class Unit:
    """A body inside a report: a tenant ("t230"), or one whose figures were typed by hand ("typed:…").

    parent_key: who it reports to in this report. figures: by indicator, its own, without the bodies below.
    """

    key: str
    parent_key: str | None
    name: str
    tier: Tier
    branch: Branch
    level: Level
    figures: Mapping[str, Measure]
    typed: bool = False
    note: str = ""

    @property
    def tenant_id(self) -> int | None:
        """Return the tenant it is, None for a body that is none."""
        return None if self.typed else int(self.key.removeprefix("t"))


def key_of(tenant_id: int) -> str:
    """Return the key of a tenant's part of a report."""
    return f"t{tenant_id}"


def unit_of(tenant: TenantView, figures: Mapping[str, Measure], parent_key: str | None = None) -> Unit:
    """Make a tenant's own part of a report."""
    return Unit(
        key=key_of(tenant.id),
        parent_key=parent_key,
        name=tenant.short_name,
        tier=tier_of(tenant.branch, tenant.level),
        branch=tenant.branch,
        level=tenant.level,
        figures=figures,
    )


def figures_as_json(figures: Mapping[str, Measure]) -> dict[str, Any]:
    """Write figures for a frozen row."""
    return {code: measure.as_json() for code, measure in figures.items()}


def figures_from_json(stored: Mapping[str, Any]) -> dict[str, Measure]:
    """Read figures from a frozen row."""
    return {code: Measure.from_json(measure) for code, measure in stored.items()}


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of the table: the reporting unit's own, the sum of the bodies below, and how many were summed."""

    indicator: Indicator
    tier: Tier
    own: Measure | None
    below: Measure | None
    units: int

    @property
    def total(self) -> Measure:
        """Return own and below together; 0 where nobody reported."""
        zero = Measure(0, *((None, None) if self.indicator.measure is MeasureKind.COUNT else (0, None)))
        return sum_measures(measure for measure in (self.own, self.below) if measure is not None) or zero


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of a report by indicator and row."""

    definition: Definition
    cells: Mapping[tuple[str, Tier], Cell]
    tiers: tuple[Tier, ...]

    def cell(self, indicator: str, tier: Tier) -> Cell | None:
        """Return a figure; None where the indicator has no such row or the report no such body."""
        return self.cells.get((indicator, tier))

    def value(self, indicator: str, tier: Tier) -> int:
        """Return a total; 0 where there is none."""
        cell = self.cell(indicator, tier)
        return cell.total.value if cell else 0

    def sum_of(self, indicator: str, part: Literal["own", "below", "total"]) -> Measure | None:
        """Return a figure over all rows: the unit's own, the bodies below, or both; None where nobody has it."""
        cells = [cell for (code, _tier), cell in self.cells.items() if code == indicator]
        found = (getattr(cell, part) for cell in cells if part != "total" or cell.own or cell.below)
        return sum_measures(measure for measure in found if measure is not None)

    @property
    def indicators(self) -> list[Indicator]:
        """Return the indicators that have a row here, in the definition's order."""
        present = {code for code, _tier in self.cells}
        return [indicator for indicator in self.definition.indicators if indicator.code in present]


def build_table(definition: Definition, own: Unit, below: Sequence[Unit]) -> Table:
    """Sum a report: the plain sum over the bodies of each row, as the official tables do it."""
    units = (own, *below)
    present = {unit.tier for unit in units}
    tiers = tuple(line.tier for line in definition.tiers if line.tier in present)
    cells: dict[tuple[str, Tier], Cell] = {}
    for indicator in definition.indicators:
        for tier in tiers:
            if tier not in indicator.tiers:
                continue
            parts = [unit for unit in below if unit.tier is tier and indicator.code in unit.figures]
            cells[indicator.code, tier] = Cell(
                indicator,
                tier,
                own.figures.get(indicator.code) if own.tier is tier else None,
                sum_measures(unit.figures[indicator.code] for unit in parts),
                len(parts) + (own.tier is tier),
            )
    return Table(definition, cells, tiers)


def rows_behind(rows: Iterable[EvidenceRow], wanted: Rows) -> list[EvidenceRow]:
    """Return the receptions a figure counts."""
    match wanted:
        case Rows.ALL:
            return list(rows)
        case Rows.HEAD:
            return [row for row in rows if "head" in row.received_by]
        case Rows.QUOTA:
            return [row for row in rows if "head" in row.received_by and row.form == "periodic"]
        case Rows.SUBSTITUTE:
            return [row for row in rows if "substitute" in row.received_by]
        case Rows.NONE:
            return []
