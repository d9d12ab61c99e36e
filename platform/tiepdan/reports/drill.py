"""Open a figure: the bodies it sums, level by level, down to the evidence of each reception."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.core.errors import NotFound
from tiepdan.core.scope import tenant_scope
from tiepdan.reports.contents import Contents
from tiepdan.reports.definitions import Indicator, Rows
from tiepdan.reports.models import ReportEvidence, ReportSubmissionUnit
from tiepdan.reports.preparing import ReportView
from tiepdan.reports.rules import Measure, Tier, sum_measures
from tiepdan.reports.units import EvidenceRow, Unit, rows_behind
from tiepdan.web.paging import Page, page_by_place


@dataclass(frozen=True, slots=True)
class Part:
    """One line under a figure: a body, with what it and everybody below it adds to the figure.

    counts_itself: it has the figure of its own, so it opens evidence. opens: bodies below it add to the figure.
    """

    unit: Unit
    measure: Measure
    units: int
    counts_itself: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A figure opened at one body: the way there, and the lines. The lines add up to the total."""

    trail: tuple[Unit, ...]
    parts: tuple[Part, ...]
    total: Measure | None


def open_figure(contents: Contents, indicator: Indicator, tier: Tier | None, under: str | None) -> Opened:
    """Open a figure of a report, or its share under one body.

    tier: the row of the table; None for all of them, as plugins' reports sum them.
    under: key of a body below; None opens the whole figure. Raises NotFound for a body that is not in the report.
    """
    units = [contents.own, *contents.below]
    by_key = {unit.key: unit for unit in units}
    focus = by_key.get(under) if under else contents.own
    if focus is None:
        raise NotFound(f"unit {under}")
    lines = []
    children = [unit for unit in contents.below if unit.parent_key == focus.key]
    if _counts(focus, indicator, tier):
        lines.append(Part(focus, focus.figures[indicator.code], 1, counts_itself=True, opens=False))
    for child in children:
        inside = [unit for unit in _subtree(child, contents.below) if _counts(unit, indicator, tier)]
        measure = sum_measures(unit.figures[indicator.code] for unit in inside)
        if measure is not None:
            itself = _counts(child, indicator, tier)
            lines.append(Part(child, measure, len(inside), itself, len(inside) > itself))
    return Opened(_trail(focus, by_key, contents.own), tuple(lines), sum_measures(part.measure for part in lines))


def unit_named(contents: Contents, key: str) -> Unit:
    """Return a body of a report; raise NotFound."""
    for unit in (contents.own, *contents.below):
        if unit.key == key:
            return unit
    raise NotFound(f"unit {key}")


def evidence_of(view: ReportView, contents: Contents, unit: Unit) -> list[EvidenceRow]:
    """Return the receptions behind a body's figures: frozen, or a draft's own as they are today."""
    if unit.key == contents.own.key:
        if contents.evidence is not None:
            return list(contents.evidence)
        rows = db.session.scalars(
            sa.select(ReportEvidence.row).where(ReportEvidence.report_id == view.id).order_by(ReportEvidence.position)
        )
        return [EvidenceRow.from_json(row) for row in rows]
    return evidence_received(contents.sources, unit.key)


def evidence_received(submissions: Sequence[tuple[int, UUID]], unit_key: str) -> list[EvidenceRow]:
    """Return the frozen receptions of a body inside received submissions."""
    table = ReportSubmissionUnit
    stored = db.session.scalar(
        sa.select(table.evidence)
        .where(
            table.peer_tenant_id == tenant_scope().tenant_id,
            sa.tuple_(table.tenant_id, table.submission_id).in_(list(submissions)),
            table.unit_key == unit_key,
        )
        .limit(1)
    )
    return [EvidenceRow.from_json(row) for row in stored or ()]


def page_evidence(rows: Iterable[EvidenceRow], wanted: Rows, cursor: str | None) -> Page[EvidenceRow]:
    """Return one page of the receptions a figure counts. Frozen rows do not move, so a place is a key."""
    return page_by_place(rows_behind(rows, wanted), cursor)


def all_evidence(view: ReportView, contents: Contents) -> list[tuple[Unit, list[EvidenceRow]]]:
    """Return the receptions of every body, for the workbook."""
    by_key: dict[str, list[EvidenceRow]] = {}
    if contents.sources:
        table = ReportSubmissionUnit
        rows = db.session.execute(
            sa.select(table.unit_key, table.evidence).where(
                table.peer_tenant_id == tenant_scope().tenant_id,
                sa.tuple_(table.tenant_id, table.submission_id).in_(list(contents.sources)),
            )
        )
        by_key = {key: [EvidenceRow.from_json(row) for row in stored] for key, stored in rows}
    by_key[contents.own.key] = evidence_of(view, contents, contents.own)
    return [(unit, by_key.get(unit.key, [])) for unit in (contents.own, *contents.below)]


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that would be counted differently today."""

    indicator: Indicator
    tier: Tier
    frozen: Measure
    today: Measure


def differences(frozen: Contents, today: Contents) -> list[Difference]:
    """Compare a frozen report with what the records and submissions say today; the frozen one stays."""
    found = []
    for place, cell in today.table.cells.items():
        before = frozen.table.cells.get(place)
        zero = Measure(0, 0 if cell.total.of is not None else None)
        was = before.total if before else zero
        if (was.value, was.of) != (cell.total.value, cell.total.of):
            found.append(Difference(cell.indicator, cell.tier, was, cell.total))
    return found


def _counts(unit: Unit, indicator: Indicator, tier: Tier | None) -> bool:
    return tier in (None, unit.tier) and indicator.code in unit.figures


def _subtree(root: Unit, units: Sequence[Unit]) -> list[Unit]:
    """Return a body and everybody below it."""
    children: dict[str | None, list[Unit]] = {}
    for unit in units:
        children.setdefault(unit.parent_key, []).append(unit)
    found, waiting = [], [root]
    while waiting:
        unit = waiting.pop()
        found.append(unit)
        waiting.extend(children.pop(unit.key, ()))
    return found


def _trail(focus: Unit, by_key: dict[str, Unit], own: Unit) -> tuple[Unit, ...]:
    """Return the bodies from the reporting one down to the focus."""
    trail = [focus]
    while trail[-1].key != own.key and len(trail) <= len(by_key):
        above = by_key.get(trail[-1].parent_key or "")
        if above is None:
            break
        trail.append(above)
    return tuple(reversed(trail))
