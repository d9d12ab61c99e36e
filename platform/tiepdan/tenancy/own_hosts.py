"""Answer only where the installation lives: a forged Host would otherwise stand in every link and QR code we print.

TIEPDAN_BASE_DOMAIN names the domain; beside it and its subdomains only the tenants' own hosts (table `host`) are ours.
"""

from urllib.parse import urlsplit

from flask import Flask, current_app, request

from tiepdan.core.db import forget_session
from tiepdan.core.scope import platform_scope
from tiepdan.core.telemetry import log
from tiepdan.tenancy.addresses import tenant_address

# Probes come by the address of the pod; what they are told builds no link.
_FOR_MACHINES = frozenset({"/healthz", "/readyz"})
_USUAL_PORTS = frozenset({None, 80, 443})


def init_own_hosts(app: Flask) -> None:
    """Check every request's host, before anything else looks at it; say at start-up when nothing names ours."""
    settings = app.config["TIEPDAN"]
    if settings.environment == "production" and settings.base_domain is None:
        log.warning("TIEPDAN_BASE_DOMAIN is not set: links and QR codes carry whatever host a request names")
    app.before_request(_refuse_foreign_host)


def _refuse_foreign_host() -> tuple[str, int, dict[str, str]] | None:
    base_domain: str | None = current_app.config["TIEPDAN"].base_domain
    if base_domain is None or request.path in _FOR_MACHINES or is_own_host(request.host, base_domain):
        return None
    # No page: every address on it would lead to the host that is not ours.
    return "400 Bad Request\n", 400, {"Content-Type": "text/plain; charset=utf-8"}


def is_own_host(netloc: str, base_domain: str) -> bool:
    """Say whether a host, with its port where it names one, is this installation's."""
    asked, base = urlsplit(f"//{netloc}"), urlsplit(f"//{base_domain}")
    try:
        port_is_ours = asked.port in _USUAL_PORTS or asked.port == base.port
    except ValueError:
        return False
    host, domain = (asked.hostname or "").lower(), base.hostname or ""
    return port_is_ours and (host == domain or host.endswith(f".{domain}") or _is_a_tenants(host))


def _is_a_tenants(host: str) -> bool:
    with platform_scope():
        try:
            return tenant_address(slug=None, host=host) is not None
        finally:
            forget_session()
