"""The tenant's keys in memory: unwrapped by the root key once per process and version."""

from collections import OrderedDict
from dataclasses import dataclass

import sqlalchemy as sa
from flask import current_app

from tiepdan.core.crypto import derive_key, open_sealed, seal, unwrap_key
from tiepdan.core.db import db
from tiepdan.core.errors import NotFound
from tiepdan.core.scope import tenant_scope
from tiepdan.tenancy.models import Tenant, TenantKey

_CAPACITY = 2_000  # tenants whose keys one process remembers


@dataclass(frozen=True, slots=True)
class TenantKeyring:
    """data encrypts rows; search makes keyed hashes; private opens what was sealed to the tenant."""

    tenant_id: int
    version: int
    data: bytes
    search: bytes
    private: bytes


def keyring() -> TenantKeyring:
    """Return the keys of the tenant in scope."""
    tenant_id = tenant_scope().tenant_id
    cache: OrderedDict[int, TenantKeyring] = current_app.extensions.setdefault("tiepdan_keyrings", OrderedDict())
    found = cache.get(tenant_id)
    if found is None:
        found = _load(tenant_id)
        cache[tenant_id] = found
        if len(cache) > _CAPACITY:
            cache.popitem(last=False)
    return found


def seal_for(tenant_id: int, payload: bytes, place: str) -> bytes:
    """Seal a payload to another tenant's public key; only that tenant's private key opens it.

    place: what the payload belongs to, for example "handover/<id>"; it must be the same when opening.
    """
    public = db.session.scalar(sa.select(Tenant.public_key).where(Tenant.id == tenant_id))
    if public is None:
        raise NotFound(f"tenant {tenant_id}")
    return seal(public, payload, f"{tenant_id}/{place}")


def open_for_us(blob: bytes, place: str) -> bytes:
    """Open a payload that was sealed to the tenant in scope."""
    keys = keyring()
    return open_sealed(keys.private, blob, f"{keys.tenant_id}/{place}")


def _load(tenant_id: int) -> TenantKeyring:
    row = db.session.scalar(sa.select(TenantKey).where(TenantKey.tenant_id == tenant_id))
    if row is None:
        raise NotFound(f"key of tenant {tenant_id}")
    root = current_app.config["TIEPDAN"].root_key
    data = unwrap_key(root, tenant_id, row.wrapped_key)
    return TenantKeyring(
        tenant_id=tenant_id,
        version=row.version,
        data=data,
        search=derive_key(data, "search 1"),
        private=unwrap_key(root, tenant_id, row.wrapped_private_key, "private"),
    )
