"""The fleet as its administrators see it: tenants and their administrators, never a petition."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.actor import Actor
from tiepdan.core.db import db, forget_session
from tiepdan.core.errors import NotFound
from tiepdan.core.scope import enter
from tiepdan.identity.memberships import appoint_administrator
from tiepdan.identity.permissions import PlatformRole
from tiepdan.tenancy.models import ProvinceRow, Tenant
from tiepdan.tenancy.service import TenantView, find_tenant


@dataclass(frozen=True, slots=True)
class ProvinceFleet:
    """A province with the number of its tenants by level and state."""

    id: int
    name: str
    tenants: int
    suspended: int


def list_provinces(*, actor: Actor, provinces: Collection[int]) -> Sequence[ProvinceFleet]:
    """Return the provinces the actor looks after: an operator all, an administrator their own."""
    actor.require("fleet.view")
    query = (
        sa.select(
            ProvinceRow.id,
            ProvinceRow.name,
            sa.func.count(Tenant.id).label("tenants"),
            sa.func.count(Tenant.id).filter(Tenant.state != "active").label("suspended"),
        )
        .join(Tenant, Tenant.province_id == ProvinceRow.id)
        .group_by(ProvinceRow.id)
        .order_by(ProvinceRow.name)
    )
    if PlatformRole.PLATFORM_OPERATOR not in actor.roles:
        query = query.where(ProvinceRow.id.in_(provinces))
    return [ProvinceFleet(row.id, row.name, row.tenants, row.suspended) for row in db.session.execute(query)]


def fleet_tenant(slug: str, *, actor: Actor, provinces: Collection[int]) -> TenantView:
    """Return a tenant the actor looks after; another province's does not exist."""
    actor.require("fleet.view")
    tenant = find_tenant(slug)
    if tenant is None:
        raise NotFound(f"tenant {slug}")
    if PlatformRole.PLATFORM_OPERATOR not in actor.roles and tenant.province_id not in provinces:
        raise NotFound(f"tenant {slug}")
    return tenant


def appoint_in(tenant: TenantView, login: str, full_name: str, *, actor: Actor) -> tuple[UUID, str | None]:
    """Appoint an administrator in a tenant, in a session and transaction of that tenant's own."""
    scope = tenant.scope
    forget_session()
    try:
        with enter(scope):
            outcome = appoint_administrator(login, full_name, actor=actor)
            db.session.commit()
    finally:
        forget_session()
    return outcome


def search_tenants(text: str, *, actor: Actor, provinces: Collection[int], limit: int = 100) -> Sequence[Tenant]:
    """Find tenants the actor looks after by a part of their name, without regard to marks."""
    actor.require("fleet.view")
    query = sa.select(Tenant).order_by(Tenant.path).limit(limit)
    if text.strip():
        query = query.where(sa.func.unaccent(Tenant.name).ilike(sa.func.unaccent(f"%{text.strip()}%")))
    if PlatformRole.PLATFORM_OPERATOR not in actor.roles:
        query = query.where(Tenant.province_id.in_(provinces))
    return db.session.scalars(query).all()
