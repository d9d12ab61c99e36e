"""What a superior asks about the units below it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.errors import NotFound
from tiepdan.core.scope import tenant_scope
from tiepdan.sharing.ranges import CASES, COLUMNS, COUNTS, add_up, arms_of, count_cases, list_cases, row_of
from tiepdan.sharing.shapes import BelowFilter, SharedRow, Total
from tiepdan.tenancy.service import TenantView, tenants_by_id
from tiepdan.web.paging import PAGE_SIZE, Page

__all__ = [
    "MOST_COUNTED",
    "PERMISSION",
    "Below",
    "BelowFilter",
    "SharedRow",
    "Total",
    "listed_cases",
    "look_below",
    "months_below",
    "open_summary",
    "overdue_below",
    "unit_below",
]

PERMISSION = "shared.view"
MOST_COUNTED = 1_000  # what no total knows is counted row by row; a page says "more than" from here on


@dataclass(frozen=True, slots=True)
class Below:
    """An answer: the totals of the cells that fit, one page of summaries, and how many summaries fit.

    listed: exact, but for overdue and flags, where counting stops at MOST_COUNTED.
    """

    totals: Sequence[Total]
    page: Page[SharedRow]
    listed: int

    def sum(self, *, kind: str | None = None, pending: bool | None = None, unit_id: int | None = None) -> int:
        """Add up the totals that fit."""
        return sum(
            total.count
            for total in self.totals
            if (kind is None or total.kind == kind)
            and (pending is None or total.pending is pending)
            and (unit_id is None or total.unit_id == unit_id)
        )

    def by_unit(self) -> dict[int, tuple[int, int]]:
        """Return (all, pending) of each direct branch that has any."""
        sums: dict[int, tuple[int, int]] = {}
        for total in self.totals:
            counted, pending = sums.get(total.unit_id, (0, 0))
            sums[total.unit_id] = (counted + total.count, pending + total.count * total.pending)
        return sums


def look_below(
    wanted: BelowFilter, *, actor: Actor, on: date, cursor: str | None = None, size: int = PAGE_SIZE
) -> Below:
    """Count and list the cases of all units below. Raises Forbidden, or NotFound for a unit that is not below."""
    actor.require(PERMISSION)
    _check_unit(wanted.unit)
    totals = add_up(wanted)
    cells = sorted({(total.kind, total.status) for total in totals if total.status})
    page = list_cases(wanted, cells, on=on, cursor=cursor, size=size)
    if wanted.overdue or wanted.flag is not None:
        listed = count_cases(wanted, on=on, at_most=MOST_COUNTED)
    else:
        listed = sum(total.count for total in totals if total.status)
    return Below(totals, page, listed)


def overdue_below(on: date, unit: TenantView | None = None, *, at_most: int | None = None) -> int:
    """Count the open cases below whose nearest deadline has passed on a day. For the head's page.

    at_most: stop counting there.
    """
    _check_unit(unit)
    return count_cases(BelowFilter(unit=unit, overdue=True), on=on, at_most=at_most)


def months_below(first_month: date, *, actor: Actor, unit: TenantView | None = None) -> dict[tuple[date, str], int]:
    """Count the cases received below, by (first day of month, kind), from a month on."""
    actor.require(PERMISSION)
    _check_unit(unit)
    counted: dict[tuple[date, str], int] = {}
    for arm in arms_of(COUNTS, unit):
        query = (
            sa.select(COUNTS.c.month, COUNTS.c.kind, sa.func.sum(COUNTS.c.count))
            .where(arm, COUNTS.c.month >= first_month)
            .group_by(COUNTS.c.month, COUNTS.c.kind)
        )
        for month, kind, count in db.session.execute(query):
            counted[month, kind] = counted.get((month, kind), 0) + count
    return {key: count for key, count in counted.items() if count}


def open_summary(tenant_id: int, case_id: UUID, *, actor: Actor) -> tuple[SharedRow, TenantView]:
    """Return one case of a unit below, and the unit; NotFound for anything else."""
    actor.require(PERMISSION)
    for arm in arms_of(CASES, None):
        found = db.session.execute(
            sa.select(*COLUMNS).where(arm, CASES.c.tenant_id == tenant_id, CASES.c.id == case_id)
        ).one_or_none()
        if found is not None:
            return row_of(found), tenants_by_id([tenant_id])[tenant_id]
    raise NotFound(f"shared case {tenant_id}/{case_id}")


def listed_cases(case_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the kind of those of our own cases superiors see a summary of; of others nothing but a number goes up."""
    if not case_ids:
        return {}
    own = CASES.c.tenant_id == tenant_scope().tenant_id
    found = db.session.execute(sa.select(CASES.c.id, CASES.c.kind).where(own, CASES.c.id.in_(case_ids)))
    return {row.id: row.kind for row in found}


def unit_below(tenant_id: int) -> TenantView:
    """Return a unit below the tenant in scope; NotFound for any other."""
    unit = tenants_by_id([tenant_id]).get(tenant_id)
    if unit is None or not unit.path.startswith(tenant_scope().path + "."):
        raise NotFound(f"unit {tenant_id} below {tenant_scope().tenant_id}")
    return unit


def _check_unit(unit: TenantView | None) -> None:
    if unit is not None:
        unit_below(unit.id)
