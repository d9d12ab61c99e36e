"""Who sends whom a report: along a reporting line where there is one, otherwise to the superior.

A body with a line for the report sends along it only: otherwise a district's people's committee would be counted
at the provincial people's committee and at the provincial party committee again.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.tenancy.models import ReportingLineRow, Superior, TenantState
from tiepdan.tenancy.service import (
    TenantView,
    reporting_lines_from,
    superior_of,
    tenant_by_id,
    tenants_by_id,
)

_GONE = frozenset({TenantState.ARCHIVED, TenantState.DESTROYED})


def receivers_of(tenant_id: int, report: str, on: date) -> list[TenantView]:
    """Return to whom a tenant sends a report on a day; a root has nobody."""
    along_lines = reporting_lines_from(tenant_id, report, on)
    if along_lines:
        return along_lines
    superior = superior_of(tenant_id, on)
    return [superior] if superior is not None else []


def senders_to(tenant_id: int, report: str, on: date) -> list[TenantView]:
    """Return who sends a tenant a report on a day, by branch, level and unit code.

    Only their submissions are read: the database lets any tenant address any other.
    """
    return list(_senders_of({tenant_id}, report, on)[tenant_id])


@dataclass(frozen=True, slots=True)
class Place:
    """A tenant in a report's tree: who reports to it, and to whom it reports."""

    tenant: TenantView
    senders: tuple[TenantView, ...]
    receiver_ids: tuple[int, ...]


def tree_of(root_id: int, report: str, on: date) -> list[Place]:
    """Return a tenant and everybody who reports to it on a day, superiors first; a few statements per level."""
    senders: dict[int, tuple[TenantView, ...]] = {}
    tenants = {root_id: tenant_by_id(root_id)}
    level = {root_id}
    while level:
        found = _senders_of(level, report, on)
        senders |= found
        below = {tenant.id: tenant for group in found.values() for tenant in group if tenant.id not in tenants}
        tenants |= below
        level = set(below)
    receivers: dict[int, set[int]] = {tenant_id: set() for tenant_id in tenants}
    for receiver_id, group in senders.items():
        for tenant in group:
            receivers[tenant.id].add(receiver_id)
    # A line may lead out of the tree; whoever has one is sent along all of them.
    for sender_id, receiver_id in _lines_from(tenants, report, on):
        receivers[sender_id].add(receiver_id)
    return [Place(tenant, senders[tenant.id], tuple(sorted(receivers[tenant.id]))) for tenant in tenants.values()]


def _senders_of(tenant_ids: Collection[int], report: str, on: date) -> dict[int, tuple[TenantView, ...]]:
    below = db.session.execute(
        sa.select(Superior.superior_id, Superior.tenant_id).where(
            Superior.superior_id.in_(tenant_ids),
            Superior.valid_from <= on,
            sa.or_(Superior.valid_to.is_(None), Superior.valid_to >= on),
        )
    ).all()
    elsewhere = {sender for sender, _receiver in _lines_from({row.tenant_id for row in below}, report, on)}
    pairs = [(row.superior_id, row.tenant_id) for row in below if row.tenant_id not in elsewhere]
    lines = db.session.execute(
        sa.select(ReportingLineRow.to_tenant_id, ReportingLineRow.from_tenant_id).where(
            ReportingLineRow.to_tenant_id.in_(tenant_ids),
            ReportingLineRow.report == report,
            ReportingLineRow.valid_from <= on,
            sa.or_(ReportingLineRow.valid_to.is_(None), ReportingLineRow.valid_to >= on),
        )
    )
    pairs += [(row.to_tenant_id, row.from_tenant_id) for row in lines]
    tenants = tenants_by_id({sender for _receiver, sender in pairs}) if pairs else {}
    found: dict[int, list[TenantView]] = {tenant_id: [] for tenant_id in tenant_ids}
    for receiver_id, sender_id in pairs:
        if tenants[sender_id].state not in _GONE:
            found[receiver_id].append(tenants[sender_id])
    order = {"party": 0, "state": 1, "judicial": 2}
    for group in found.values():
        group.sort(key=lambda each: (order[each.branch], each.level != "province", each.unit_code, each.id))
    return {tenant_id: tuple(group) for tenant_id, group in found.items()}


def _lines_from(tenant_ids: Collection[int], report: str, on: date) -> list[tuple[int, int]]:
    if not tenant_ids:
        return []
    rows = db.session.execute(
        sa.select(ReportingLineRow.from_tenant_id, ReportingLineRow.to_tenant_id).where(
            ReportingLineRow.from_tenant_id.in_(tenant_ids),
            ReportingLineRow.report == report,
            ReportingLineRow.valid_from <= on,
            sa.or_(ReportingLineRow.valid_to.is_(None), ReportingLineRow.valid_to >= on),
        )
    )
    return [(row.from_tenant_id, row.to_tenant_id) for row in rows]
