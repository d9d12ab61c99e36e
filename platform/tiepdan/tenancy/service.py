"""What other slices ask of tenancy: who a tenant is, who is above and below it, on which day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.core.errors import NotFound
from tiepdan.core.scope import Scope, tenant_scope
from tiepdan.sdk import Branch, Level, TenantKind
from tiepdan.sdk import Tenant as PluginTenant
from tiepdan.tenancy.models import (
    Host,
    ProvinceRow,
    ReportingLineRow,
    Superior,
    Tenant,
    TenantKey,
    TenantState,
)
from tiepdan.tenancy.regimes import Regime, regimes


@dataclass(frozen=True, slots=True)
class TenantView:
    """A tenant as others see it. `path`: labels of its superiors and itself, root first."""

    id: int
    slug: str
    name: str
    short_name: str
    kind: TenantKind
    branch: Branch
    level: Level
    regime: str
    catalogue: str
    unit_level: Level
    unit_code: str
    path: str
    superior_id: int | None
    province_id: int
    state: TenantState
    plugins_epoch: int = 0  # moves when anything about plugins is decided anywhere

    @property
    def scope(self) -> Scope:
        """Return the scope in which this tenant's rows are seen."""
        return Scope(tenant_id=self.id, slug=self.slug, path=self.path)

    @property
    def is_read_only(self) -> bool:
        """Say whether staff may only read: the tenant is suspended, read-only or gone."""
        return self.state not in (TenantState.ACTIVE, TenantState.DRAFT)

    @property
    def ancestor_ids(self) -> tuple[int, ...]:
        """Return the ids of all superiors, root first, itself not among them."""
        return tuple(int(label[1:]) for label in self.path.split(".")[:-1])


_TENANTS = Tenant.__table__
_COLUMNS: tuple[Any, ...] = (
    Tenant.id,
    Tenant.slug,
    Tenant.name,
    Tenant.short_name,
    Tenant.kind,
    Tenant.branch,
    Tenant.level,
    Tenant.regime,
    Tenant.catalogue,
    Tenant.unit_level,
    Tenant.unit_code,
    sa.cast(Tenant.path, sa.Text).label("path"),
    Tenant.superior_id,
    Tenant.province_id,
    Tenant.state,
    sa.literal_column("(SELECT number FROM plugin_epoch)").label("plugins_epoch"),
)


def find_tenant(name: str) -> TenantView | None:
    """Find a tenant by its slug or by one of its hosts; None if there is none."""
    if "." in name:
        query = sa.select(*_COLUMNS).join(Host, Host.tenant_id == Tenant.id).where(Host.name == name.lower())
    else:
        query = sa.select(*_COLUMNS).where(Tenant.slug == name)
    found = _views(query)
    return found[0] if found else None


def tenant_by_id(tenant_id: int) -> TenantView:
    """Return a tenant; raise NotFound if there is none."""
    found = _views(sa.select(*_COLUMNS).where(Tenant.id == tenant_id))
    if not found:
        raise NotFound(f"tenant {tenant_id}")
    return found[0]


def own_tenant() -> TenantView:
    """Return the tenant in scope, read once per session (a request's door has read it already)."""
    info = db.session().info
    if "own_tenant" not in info:
        info["own_tenant"] = tenant_by_id(tenant_scope().tenant_id)
    tenant: TenantView = info["own_tenant"]
    return tenant


def tenants_by_id(tenant_ids: Iterable[int]) -> dict[int, TenantView]:
    """Return tenants by id in one question; unknown ids are left out."""
    query = sa.select(*_COLUMNS).where(Tenant.id.in_(set(tenant_ids)))
    return {tenant.id: tenant for tenant in _views(query)}


def names_by_id(tenant_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of tenants by id, and nothing else of them: for lists."""
    names = sa.select(_TENANTS.c.id, _TENANTS.c.name).where(_TENANTS.c.id.in_(set(tenant_ids)))
    return {row.id: row.name for row in db.session.execute(names)}


def names_below(tenant_id: int) -> list[tuple[int, str, str]]:
    """Return (id, name, short name) of the tenants directly below, by unit code: for lists."""
    names = sa.select(_TENANTS.c.id, _TENANTS.c.name, _TENANTS.c.short_name).where(_TENANTS.c.superior_id == tenant_id)
    ordered = names.order_by(_TENANTS.c.unit_code, _TENANTS.c.id)
    return [(row.id, row.name, row.short_name) for row in db.session.execute(ordered)]


def children(tenant_id: int) -> list[TenantView]:
    """Return the tenants directly below, by name of level, then unit code."""
    return _views(sa.select(*_COLUMNS).where(Tenant.superior_id == tenant_id).order_by(Tenant.unit_code, Tenant.id))


def descendants(path: str) -> list[TenantView]:
    """Return all tenants below a path, the one it ends at not among them; superiors come first."""
    below = Tenant.path.op("<@", is_comparison=True)(sa.bindparam("path", path, type_=Tenant.path.type))
    return _views(
        sa.select(*_COLUMNS)
        .where(below, Tenant.id != int(path.rpartition(".")[2].removeprefix("t")))
        .order_by(sa.func.nlevel(Tenant.path), Tenant.unit_code, Tenant.id)
    )


def list_tenants(*, province_id: int | None = None, state: TenantState | None = None) -> list[TenantView]:
    """Return tenants of a province (or all), superiors first."""
    query = sa.select(*_COLUMNS).order_by(
        Tenant.province_id, Tenant.branch, sa.func.nlevel(Tenant.path), Tenant.unit_code, Tenant.id
    )
    if province_id is not None:
        query = query.where(Tenant.province_id == province_id)
    if state is not None:
        query = query.where(Tenant.state == state.value)
    return _views(query)


def superior_of(tenant_id: int, on: date) -> TenantView | None:
    """Return who was directly above a tenant on a day; None for a root."""
    query = (
        sa.select(*_COLUMNS)
        .join(Superior, Superior.superior_id == Tenant.id)
        .where(Superior.tenant_id == tenant_id, _in_force(Superior, on))
    )
    found = _views(query)
    return found[0] if found else None


def reporting_lines_to(tenant_id: int, report: str, on: date) -> list[TenantView]:
    """Return the tenants that send a tenant the figures of a report on a day."""
    query = (
        sa.select(*_COLUMNS)
        .join(ReportingLineRow, ReportingLineRow.from_tenant_id == Tenant.id)
        .where(
            ReportingLineRow.to_tenant_id == tenant_id,
            ReportingLineRow.report == report,
            _in_force(ReportingLineRow, on),
        )
        .order_by(Tenant.unit_code, Tenant.id)
    )
    return _views(query)


def reporting_lines_from(tenant_id: int, report: str, on: date) -> list[TenantView]:
    """Return the tenants to which a tenant sends the figures of a report on a day."""
    query = (
        sa.select(*_COLUMNS)
        .join(ReportingLineRow, ReportingLineRow.to_tenant_id == Tenant.id)
        .where(
            ReportingLineRow.from_tenant_id == tenant_id,
            ReportingLineRow.report == report,
            _in_force(ReportingLineRow, on),
        )
        .order_by(Tenant.unit_code, Tenant.id)
    )
    return _views(query)


def plugin_tenant(tenant: TenantView) -> PluginTenant:
    """Return a tenant as plugins see it."""
    return PluginTenant(tenant.slug, tenant.name, tenant.kind, tenant.branch, tenant.level, tenant.unit_code)


def public_key_of(tenant_id: int) -> bytes:
    """Return the key to which anyone may seal for a tenant; raise NotFound if there is no such tenant."""
    key = db.session.scalar(sa.select(Tenant.public_key).where(Tenant.id == tenant_id))
    if key is None:
        raise NotFound(f"tenant {tenant_id}")
    return key


def wrapped_keys(tenant_id: int) -> list[tuple[int, bytes, bytes]]:
    """Return (version, wrapped data key, wrapped private key) of a tenant, newest first."""
    rows = db.session.execute(
        sa.select(TenantKey.version, TenantKey.wrapped_key, TenantKey.wrapped_private_key)
        .where(TenantKey.tenant_id == tenant_id)
        .order_by(TenantKey.version.desc())
    )
    return [(version, key, private) for version, key, private in rows]


def province_slug(province_id: int) -> str:
    """Return the slug of a province, such as "lang-son"; raise NotFound if there is none."""
    slug = db.session.scalar(sa.select(ProvinceRow.slug).where(ProvinceRow.id == province_id))
    if slug is None:
        raise NotFound(f"province {province_id}")
    return slug


def regime_of(tenant: TenantView) -> Regime:
    """Return the regime a tenant belongs to."""
    return next(regime for regime in regimes() if regime.name == tenant.regime)


def _in_force(table: type[Superior] | type[ReportingLineRow], on: date) -> sa.ColumnElement[bool]:
    return sa.and_(table.valid_from <= on, sa.or_(table.valid_to.is_(None), table.valid_to >= on))


def view_from_row(row: sa.RowMapping) -> TenantView:
    """Build the view from a row that has its columns (`identity.door` reads them in its own statement)."""
    return TenantView(
        id=row["id"],
        slug=row["slug"],
        name=row["name"],
        short_name=row["short_name"],
        kind=TenantKind(row["kind"]),
        branch=Branch(row["branch"]),
        level=Level(row["level"]),
        regime=row["regime"],
        catalogue=row["catalogue"],
        unit_level=Level(row["unit_level"]),
        unit_code=row["unit_code"],
        path=row["path"],
        superior_id=row["superior_id"],
        province_id=row["province_id"],
        state=TenantState(row["state"]),
        plugins_epoch=row["plugins_epoch"],
    )


def _views(query: sa.Select[*tuple[Any, ...]]) -> list[TenantView]:
    return [view_from_row(row) for row in db.session.execute(query).mappings()]
