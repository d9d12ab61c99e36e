"""Where tenants live: the slug or host of a request, and the address of a tenant's page."""

import sqlalchemy as sa
from flask import current_app

from tiepdan.core.db import db
from tiepdan.core.scope import Scope
from tiepdan.tenancy.models import Host, Tenant


def tenant_address(*, slug: str | None, host: str) -> Scope | None:
    """Find the tenant a request is for: by the slug in its path, otherwise by its host; None without one.

    Remembered per process: slug and id never change. The path may, by provisioning; the door compares it with
    the tenant's row on every request.
    """
    base_domain = current_app.config["TIEPDAN"].base_domain
    if slug is None and base_domain and host.endswith(f".{base_domain.partition(':')[0]}"):
        slug = host.partition(".")[0]
    known: dict[str, Scope] = current_app.extensions.setdefault("tiepdan_addresses", {})
    key = f"slug:{slug}" if slug is not None else f"host:{host}"
    found = known.get(key)
    if found is None:
        found = _look_up(slug, host)
        if found is not None:
            known[key] = found
    return found


def tenant_url(slug: str, path: str = "/") -> str:
    """Return the address of a page of a tenant, by host or by path prefix, as the installation does it."""
    base_domain = current_app.config["TIEPDAN"].base_domain
    return f"//{slug}.{base_domain}{path}" if base_domain else f"/t/{slug}{path}"


def forget_addresses() -> None:
    """Drop what this process remembers about addresses."""
    current_app.extensions.pop("tiepdan_addresses", None)


def _look_up(slug: str | None, host: str) -> Scope | None:
    query = sa.select(Tenant.id, Tenant.slug, sa.cast(Tenant.path, sa.Text).label("path"))
    if slug is not None:
        query = query.where(Tenant.slug == slug)
    else:
        query = query.join(Host, Host.tenant_id == Tenant.id).where(Host.name == host)
    row = db.session.execute(query).first()
    return Scope(row.id, row.slug, row.path) if row is not None else None
