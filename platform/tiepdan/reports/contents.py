"""What a report says: counted from today's records, kept when it is frozen, read as it was frozen."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.db import db, new_id
from tiepdan.core.scope import tenant_scope
from tiepdan.reports.definitions import Definition
from tiepdan.reports.indicators import compute_unit
from tiepdan.reports.models import ReportEntries, ReportEvidence, ReportFigure, ReportSource
from tiepdan.reports.periods import Period
from tiepdan.reports.plugin_counting import EntryList, list_period_entries
from tiepdan.reports.received import submissions_received, units_inside
from tiepdan.reports.routes import Place
from tiepdan.reports.rules import Measure, Tier
from tiepdan.reports.senders import sender_ids
from tiepdan.reports.typed import typed_units
from tiepdan.reports.units import EvidenceRow, Table, Unit, build_table, unit_of
from tiepdan.tenancy.service import own_tenant


@dataclass(frozen=True, slots=True)
class Contents:
    """What a report says: own part, the bodies below, and which submissions they came in.

    entries: of registers, that a plugin's report lists.
    """

    own: Unit
    below: tuple[Unit, ...]
    sources: tuple[tuple[int, UUID], ...]
    table: Table
    evidence: tuple[EvidenceRow, ...] | None
    entries: tuple[EntryList, ...] = ()


def live_contents(
    definition: Definition, period: Period, *, on: date, report_id: UUID | None = None, place: Place | None = None
) -> Contents:
    """Count a report from today's records, typed figures and submissions.

    report_id: whose typed figures are counted. place: the tenant in the report's tree, where it is known already.
    """
    tenant = place.tenant if place else own_tenant()
    known = place is not None and definition.given is None
    senders = [each.id for each in place.senders] if place and known else sender_ids(definition.code, period)
    computation = compute_unit(definition, period, tenant, on=on)
    received = submissions_received(definition.code, period, senders) if senders else []
    sources = tuple(submission.key for submission in received if submission.counts)
    below = (*(typed_units(report_id, definition) if report_id else ()), *units_inside(sources))
    table = build_table(definition, computation.unit, below)
    entries = list_period_entries(definition, period)
    return Contents(computation.unit, below, sources, table, computation.evidence, entries)


def store_contents(report_id: UUID, contents: Contents) -> None:
    """Freeze what a report says: figures, evidence, and which submissions were summed."""
    evidence = contents.evidence or ()
    _insert(ReportFigure, _figure_rows(report_id, contents.table))
    _insert(
        ReportEvidence,
        [
            {
                "report_id": report_id,
                "position": position,
                "reception_id": UUID(row.reception_id),
                "first_on": row.first_on,
                "row": row.as_json(),
            }
            for position, row in enumerate(evidence, start=1)
        ],
    )
    _insert(
        ReportSource,
        [
            {"report_id": report_id, "sender_id": sender_id, "submission_id": submission_id}
            for sender_id, submission_id in contents.sources
        ],
    )
    listed = [
        {"report_id": report_id, "register": each.register, "listed": each.as_json()} for each in contents.entries
    ]
    _insert(ReportEntries, listed)


def frozen_contents(report_id: UUID, definition: Definition) -> Contents:
    """Return what a report said when it was frozen. Raises RuntimeError when it does not add up any more."""
    tenant = own_tenant()
    rows = db.session.scalars(sa.select(ReportFigure).where(ReportFigure.report_id == report_id)).all()
    figures = {
        row.indicator: Measure.from_json(
            {"value": row.own, "of": row.own_of, "short": row.own_short, "by_month": row.own_by_month, **row.own_more}
        )
        for row in rows
        if row.own is not None
    }
    sources = tuple(
        (row.sender_id, row.submission_id)
        for row in db.session.execute(
            sa.select(ReportSource.sender_id, ReportSource.submission_id)
            .where(ReportSource.report_id == report_id)
            .order_by(ReportSource.sender_id)
        )
    )
    own = unit_of(tenant, figures)
    below = (*typed_units(report_id, definition), *units_inside(sources))
    table = build_table(definition, own, below)
    frozen = {(row.indicator, Tier(row.tier)): row for row in rows}
    for place, cell in table.cells.items():
        row = frozen.get(place)
        if row is None or (row.below, row.below_of) != (
            (cell.below.value, cell.below.of) if cell.below else (None, None)
        ):
            # The sources are append-only, so this cannot happen; a report that does not add up must not be shown.
            raise RuntimeError(f"report {report_id}: {place} was frozen differently from its sources")
    return Contents(own, below, sources, table, None, _frozen_entries(report_id) if definition.given else ())


def _frozen_entries(report_id: UUID) -> tuple[EntryList, ...]:
    rows = db.session.scalars(sa.select(ReportEntries.listed).where(ReportEntries.report_id == report_id))
    return tuple(EntryList.from_json(row) for row in rows)


def _figure_rows(report_id: UUID, table: Table) -> list[dict[str, object]]:
    rows = []
    for (code, tier), cell in table.cells.items():
        row: dict[str, object] = {"report_id": report_id, "indicator": code, "tier": tier.value, "units": cell.units}
        for side, measure in (("own", cell.own), ("below", cell.below)):
            row[side] = measure.value if measure else None
            row[f"{side}_of"] = measure.of if measure else None
            row[f"{side}_short"] = measure.short if measure else None
            row[f"{side}_by_month"] = dict(measure.by_month) if measure else {}
            row[f"{side}_more"] = measure.more if measure else {}
        rows.append(row)
    return rows


def _insert(
    table: type[ReportFigure | ReportEvidence | ReportSource | ReportEntries], rows: list[dict[str, object]]
) -> None:
    """Insert rows of the tenant in scope in one statement."""
    if rows:
        tenant_id = tenant_scope().tenant_id
        filled = [{"tenant_id": tenant_id, "id": new_id(), **row} for row in rows]
        db.session.connection().execute(sa.insert(table), filled)
