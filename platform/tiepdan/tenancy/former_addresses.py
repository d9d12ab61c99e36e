"""Former addresses: who opens one is led on to the present one."""

from urllib.parse import quote

import sqlalchemy as sa
from flask import Flask, current_app, g, redirect, request
from flask.typing import ResponseReturnValue

from tiepdan.core.db import db
from tiepdan.tenancy.addresses import forget_addresses, tenant_url
from tiepdan.tenancy.models import FormerSlug, Tenant, TenantState
from tiepdan.web.prefix import SLUG_KEY

# Permanent, yet not for ever: a tenant may take an old slug back, and a browser must not go round in a ring.
_KEPT_SECONDS = 3600
_HIDDEN = (TenantState.DRAFT.value, TenantState.DESTROYED.value)


def init_former_addresses(app: Flask) -> None:
    """Look at every request after the door has: it may name a tenant by a slug that is no longer its own."""
    app.before_request(_lead_on)


def present_slug(former: str) -> str | None:
    """Return the slug of the tenant that had this one before; None if none had it, or it is no longer shown."""
    return db.session.scalar(
        sa.select(Tenant.slug)
        .join(FormerSlug, FormerSlug.tenant_id == Tenant.id)
        .where(FormerSlug.slug == former, Tenant.state.not_in(_HIDDEN))
    )


def _lead_on() -> ResponseReturnValue | None:
    if request.method not in {"GET", "HEAD"} or "scope_manager" not in g:
        return None
    asked = _asked_slug()
    if asked is None:
        return None
    present = g.tenant.slug if g.tenant is not None else present_slug(asked)
    if present is None or present == asked:
        return None
    forget_addresses()  # renamed since this process first met it
    path = quote(request.path, safe="/:@!$&'()*+,;=-._~")
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    answer = redirect(tenant_url(present, path + query), 308)
    answer.headers["Cache-Control"] = f"max-age={_KEPT_SECONDS}"
    return answer


def _asked_slug() -> str | None:
    """Return the slug a request names, in its path or in its host; None where it names a host of a tenant's own."""
    slug: str | None = request.environ.get(SLUG_KEY)
    domain = current_app.config["TIEPDAN"].base_domain
    if slug is None and domain:
        host = request.host.partition(":")[0].lower()
        name, _dot, rest = host.partition(".")
        slug = name if rest == domain.partition(":")[0] else None
    return slug
