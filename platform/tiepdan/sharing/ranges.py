"""Questions as index ranges: each begins with one ancestor column (or the unit itself) and stays in order.

The path is the fence only. A list reads a page from as many ranges as it has cells to look into, so its cost
follows the page, not the size of the subtree.
"""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.core.errors import Invalid
from tiepdan.core.scope import tenant_scope
from tiepdan.sharing.models import SharedCase, SharedCount, SharedTotal
from tiepdan.sharing.rules import DEPTHS, flag_sums
from tiepdan.sharing.shapes import BelowFilter, SharedRow, Total
from tiepdan.tenancy.service import TenantView
from tiepdan.web.paging import Page, decode_cursor, encode_cursor

# Plain tables: a list is read without the mapper.
CASES = SharedCase.__table__
COUNTS = SharedCount.__table__
TOTALS = SharedTotal.__table__
COLUMNS: tuple[Any, ...] = tuple(CASES.c[field.name] for field in fields(SharedRow))


def arms_of(table: sa.FromClause, unit: TenantView | None) -> list[sa.ColumnElement[bool]]:
    """Return the conditions whose rows together are what was asked for; each leads an index."""
    scope = tenant_scope()
    path, tenant_id = (unit.path, unit.id) if unit is not None else (scope.path, scope.tenant_id)
    depth = path.count(".") + 1
    arms: list[sa.ColumnElement[bool]] = []
    if depth in DEPTHS:
        arms.append(table.c[f"anc{depth}_id"] == tenant_id)
    if unit is not None:
        arms.append(table.c.tenant_id == tenant_id)
    return arms


def add_up(wanted: BelowFilter) -> list[Total]:
    """Add up the counted cells, by the branch directly below the asked unit."""
    by_month = wanted.first_month is not None or wanted.last_month is not None
    table = COUNTS if by_month else TOTALS
    depth = (wanted.unit.path if wanted.unit else tenant_scope().path).count(".") + 1
    branch = table.c[f"anc{depth + 1}_id"] if depth + 1 in DEPTHS else sa.null()
    unit = sa.func.coalesce(branch, table.c.tenant_id).label("unit_id")
    conditions = []
    if wanted.kind:
        conditions.append(table.c.kind == wanted.kind)
    if wanted.status:
        conditions.append(table.c.status == wanted.status)
    if wanted.first_month:
        conditions.append(COUNTS.c.month >= wanted.first_month)
    if wanted.last_month:
        conditions.append(COUNTS.c.month <= wanted.last_month)
    found: list[Total] = []
    for arm in arms_of(table, wanted.unit):
        query = (
            sa.select(unit, table.c.kind, table.c.status, table.c.pending, sa.func.sum(table.c.count))
            .where(arm, *conditions)
            .group_by(unit, table.c.kind, table.c.status, table.c.pending)
            .having(sa.func.sum(table.c.count) > 0)
        )
        found += [Total(*row) for row in db.session.execute(query)]
    return found


def _fitting(wanted: BelowFilter, on: date) -> list[sa.ColumnElement[bool]]:
    """Return the conditions a case must meet, but for unit, kind, status and flag."""
    conditions = []
    if wanted.overdue:
        conditions += [
            CASES.c.closed_on.is_(None),
            CASES.c.due_on.is_not(None),
            CASES.c.due_on < on,
        ]
    if wanted.first_month:
        conditions.append(CASES.c.received_on >= wanted.first_month)
    if wanted.last_month:
        conditions.append(CASES.c.received_on < _next_month(wanted.last_month))
    return conditions


def _words(wanted: BelowFilter) -> list[sa.ColumnElement[bool]]:
    conditions = []
    if wanted.kind:
        conditions.append(CASES.c.kind == wanted.kind)
    if wanted.status:
        conditions.append(CASES.c.status == wanted.status)
    return conditions


def count_cases(wanted: BelowFilter, *, on: date, at_most: int | None = None) -> int:
    """Count the summaries that fit. at_most: stop counting there, so that a page never counts a whole province."""
    conditions = [*_fitting(wanted, on), *_words(wanted)]
    if wanted.flag is not None:
        conditions += [CASES.c.flags.in_(flag_sums(wanted.flag)), CASES.c.flags != 0]
    found = 0
    for arm in arms_of(CASES, wanted.unit):
        rows = sa.select(sa.literal(1)).where(arm, *conditions)
        if at_most is not None:
            rows = rows.limit(at_most - found)
        found += db.session.scalar(sa.select(sa.func.count()).select_from(rows.subquery())) or 0
    return found


def list_cases(
    wanted: BelowFilter, cells: Sequence[tuple[str, str]], *, on: date, cursor: str | None, size: int
) -> Page[SharedRow]:
    """Read one page of the summaries that fit; `cells` are the (kind, status) pairs that have any."""
    conditions = _fitting(wanted, on)
    key: Any = CASES.c.due_on if wanted.overdue else CASES.c.received_on.desc()
    conditions += _after(cursor, by_due=wanted.overdue)
    by_cell: sa.TableValuedAlias | None = None
    if wanted.overdue:
        conditions += _words(wanted) + _flagged(wanted)
    elif wanted.flag is not None:
        by_cell = (
            sa.func.unnest(sa.literal(flag_sums(wanted.flag), sa.ARRAY(sa.SmallInteger)))
            .table_valued(sa.column("flags", sa.SmallInteger))
            .render_derived(name="cell")
        )
        conditions += [*_words(wanted), CASES.c.flags == by_cell.c.flags, CASES.c.flags != 0]
    elif wanted.kind or wanted.status:
        # The cells that have a case are known from the totals: one ordered index range for each.
        kinds, statuses = [kind for kind, _ in cells], [status for _, status in cells]
        by_cell = (
            sa.func.unnest(sa.literal(kinds, sa.ARRAY(sa.Text)), sa.literal(statuses, sa.ARRAY(sa.Text)))
            .table_valued("kind", "status")
            .render_derived(name="cell")
        )
        conditions += [CASES.c.kind == by_cell.c.kind, CASES.c.status == by_cell.c.status]
    parts = []
    for arm in arms_of(CASES, wanted.unit):
        rows = sa.select(*COLUMNS).where(arm, *conditions).order_by(key, CASES.c.id).limit(size + 1)
        if by_cell is None:
            parts.append(sa.select(rows.subquery()))
        else:
            lateral = rows.correlate(by_cell).lateral()
            parts.append(sa.select(lateral).select_from(by_cell.join(lateral, sa.true())))
    if not parts:
        return Page([], None)
    merged = sa.union_all(*parts).subquery()
    order = merged.c.due_on if wanted.overdue else merged.c.received_on.desc()
    found = db.session.execute(sa.select(merged).order_by(order, merged.c.id).limit(size + 1)).all()
    items = [row_of(row) for row in found]
    if len(items) <= size:
        return Page(items, None)
    last = items[size - 1]
    day = last.due_on if wanted.overdue else last.received_on
    return Page(items[:size], encode_cursor(str(day), str(last.id)))


def _flagged(wanted: BelowFilter) -> list[sa.ColumnElement[bool]]:
    return [CASES.c.flags.in_(flag_sums(wanted.flag))] if wanted.flag is not None else []


def _after(cursor: str | None, *, by_due: bool) -> list[sa.ColumnElement[bool]]:
    values = decode_cursor(cursor, 2)
    if values is None:
        return []
    try:
        day, last_id = date.fromisoformat(values[0]), UUID(values[1])
    except ValueError as error:
        raise Invalid("cursor") from error
    if by_due:
        return [CASES.c.due_on >= day, sa.or_(CASES.c.due_on > day, CASES.c.id > last_id)]
    return [CASES.c.received_on <= day, sa.or_(CASES.c.received_on < day, CASES.c.id > last_id)]


def _next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def row_of(row: Any) -> SharedRow:  # noqa: ANN401 - a row of COLUMNS
    """Take the value of a row of COLUMNS."""
    return SharedRow(*row)
