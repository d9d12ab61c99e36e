"""The door of every request: which tenant, who acts, with which rights. One statement."""

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask import Flask, g, request, session
from sqlalchemy import RowMapping

from tiepdan.core.actor import Actor
from tiepdan.core.clock import now
from tiepdan.core.db import before_commit, db
from tiepdan.core.scope import AnyScope, PlatformScope, Scope, enter
from tiepdan.core.telemetry import bind_log, clear_log
from tiepdan.identity.permissions import (
    PERMISSIONS_BY_PLATFORM_ROLE,
    PlatformRole,
    Role,
    permissions_of,
)
from tiepdan.identity.sessions import IDLE_LIFE, SEEN_EVERY, begin_in_tenant, hash_token, touch_session
from tiepdan.tenancy.addresses import forget_addresses, tenant_address
from tiepdan.tenancy.service import view_from_row
from tiepdan.web.idempotency import claim_form_token, read_form_token, remember_form
from tiepdan.web.prefix import SLUG_KEY

COOKIE_TOKEN = "token"  # noqa: S105 - the name of a key, not a secret


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whose session the request's cookie is."""

    session_id: UUID
    account_id: UUID
    full_name: str
    active_tenant_id: int | None
    locale: str


# Tenant, session, account, roles and the version of the calendar in one round trip. Memberships and calendar are read
# under row-level security: those of the tenant in scope, and (second policy) none of anybody else's.
_DOOR = sa.text("""
SELECT t.id, t.slug, t.name, t.short_name, t.kind, t.branch, t.level, t.state, t.path::text AS path,
       (SELECT number FROM plugin_epoch) AS plugins_epoch,
       t.regime, t.catalogue, t.unit_level, t.unit_code, t.province_id, t.superior_id,
       s.id AS session_id, s.account_id, s.active_tenant_id, s.last_seen_at, a.full_name, a.locale,
       (SELECT json_agg(json_build_array(m.role, m.confirmed_at IS NOT NULL))
          FROM membership m
         WHERE m.tenant_id = t.id AND m.account_id = s.account_id AND m.ended_at IS NULL
           AND (m.valid_until IS NULL OR m.valid_until > now())) AS roles,
       (SELECT f.location FROM form_token f WHERE f.tenant_id = t.id AND f.id = :form_token) AS form_led_to,
       coalesce((SELECT c.version FROM tenant_calendar c WHERE c.tenant_id = t.id), 0) AS calendar_version
  FROM tenant t
  LEFT JOIN session s ON s.token_hash = :token_hash AND s.ended_at IS NULL AND s.expires_at > now()
                     AND s.last_seen_at > now() - :idle
  LEFT JOIN account a ON a.id = s.account_id AND a.active
 WHERE t.id = :tenant_id
""")

_PLATFORM_DOOR = sa.text("""
SELECT s.id AS session_id, s.account_id, s.active_tenant_id, s.last_seen_at, a.full_name, a.locale,
       (SELECT json_agg(json_build_array(r.role, r.province_id))
          FROM platform_role r WHERE r.account_id = s.account_id AND r.ended_at IS NULL) AS roles
  FROM session s JOIN account a ON a.id = s.account_id AND a.active
 WHERE s.token_hash = :token_hash AND s.ended_at IS NULL AND s.expires_at > now()
   AND s.last_seen_at > now() - :idle
""")


def init_door(app: Flask) -> None:
    """Open the door before every request, and close it after."""
    app.before_request(_enter)
    app.teardown_request(_leave)


def _enter() -> None:
    clear_log()
    g.request_id = uuid4().hex
    bind_log(request_id=g.request_id)
    g.actor = g.tenant = g.signed_in_elsewhere = None
    g.memberships = False
    g.provinces = frozenset()
    g.locale = session.get("locale", "vi")
    if request.endpoint == "static" or request.path in {"/healthz", "/readyz"}:
        return
    slug = request.environ.get(SLUG_KEY)
    host = (urlsplit(f"//{request.host}").hostname or "").lower()
    _bind(PlatformScope())
    address = tenant_address(slug=slug, host=host)
    if address is None:
        if slug is not None:
            g.unknown_tenant = True
            return
        _open_platform()
    else:
        db.session.rollback()  # the next transaction is the tenant's
        _open_tenant(address)


def _bind(scope: AnyScope) -> None:
    previous = g.pop("scope_manager", None)
    if previous is not None:
        previous.__exit__(None, None, None)
    manager = enter(scope)
    manager.__enter__()
    g.scope_manager = manager


def _leave(_error: BaseException | None) -> None:
    manager = g.pop("scope_manager", None)
    if manager is not None:
        db.session.remove()
        manager.__exit__(None, None, None)
    clear_log()


def _token_hash() -> bytes:
    return hash_token(session.get(COOKIE_TOKEN, ""))


def _open_tenant(scope: Scope) -> None:
    _bind(scope)
    form_token = read_form_token()
    query = {
        "tenant_id": scope.tenant_id,
        "token_hash": _token_hash(),
        "idle": IDLE_LIFE,
        "form_token": form_token,
    }
    row = db.session.connection().execute(_DOOR, query).mappings().one()
    if row["path"] != scope.path:  # moved by provisioning since this process first met it
        forget_addresses()
        db.session.remove()
        scope = Scope(scope.tenant_id, scope.slug, row["path"])
        _bind(scope)
        row = db.session.connection().execute(_DOOR, query).mappings().one()
    remember_form(form_token, row["form_led_to"])
    g.tenant = view_from_row(row)
    db.session().info.update(own_tenant=g.tenant, calendar_version=row["calendar_version"])
    bind_log(tenant=row["slug"])
    signed_in = _signed_in(row)
    if signed_in is not None:
        _admit(signed_in, row, scope)
    if request.method == "POST":
        before_commit(claim_form_token)


def _admit(signed_in: SignedIn, row: RowMapping, scope: Scope) -> None:
    """Give the actor of this tenant, unless the session is at work in another one."""
    _bind(Scope(scope.tenant_id, scope.slug, scope.path, signed_in.account_id))
    roles = [(Role(role), confirmed) for role, confirmed in row["roles"] or ()]
    g.memberships = bool(roles)
    if not roles or signed_in.active_tenant_id not in {None, scope.tenant_id}:
        g.signed_in_elsewhere = signed_in
        return
    if signed_in.active_tenant_id is None:
        begin_in_tenant(signed_in.session_id, scope.tenant_id, account_id=signed_in.account_id)
    g.signed_in = signed_in
    permissions = frozenset().union(*(permissions_of(role, confirmed=confirmed) for role, confirmed in roles))
    g.actor = Actor(
        account_id=signed_in.account_id,
        name=signed_in.full_name,
        roles=frozenset(role.value for role, _ in roles),
        permissions=permissions,
        tenant_id=scope.tenant_id,
    )


def _open_platform() -> None:
    row = db.session.execute(_PLATFORM_DOOR, {"token_hash": _token_hash(), "idle": IDLE_LIFE}).mappings().first()
    signed_in = _signed_in(row) if row is not None else None
    if row is None or signed_in is None:
        return
    _bind(PlatformScope(signed_in.account_id))
    g.signed_in = signed_in
    roles = [(PlatformRole(role), province) for role, province in row["roles"] or ()]
    g.provinces = frozenset(province for _, province in roles if province)
    g.actor = Actor(
        account_id=signed_in.account_id,
        name=signed_in.full_name,
        roles=frozenset(role.value for role, _ in roles),
        permissions=frozenset({"password.change"}).union(*(PERMISSIONS_BY_PLATFORM_ROLE[role] for role, _ in roles)),
    )


def _signed_in(row: RowMapping) -> SignedIn | None:
    if row["session_id"] is None or row["full_name"] is None:
        return None
    if now() - row["last_seen_at"] > SEEN_EVERY:
        touch_session(row["session_id"])
    bind_log(account_id=str(row["account_id"]))
    g.locale = session.get("locale") or row["locale"]
    return SignedIn(row["session_id"], row["account_id"], row["full_name"], row["active_tenant_id"], row["locale"])
