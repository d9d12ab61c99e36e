"""What every page gets: menu, business day, locale, security headers, request metrics."""

import time
from typing import Any

from flask import Flask, Response, g, request

from tiepdan.core.clock import today
from tiepdan.core.telemetry import REQUEST_SECONDS, REQUESTS, log
from tiepdan.web.format import init_format
from tiepdan.web.navigation import nav_links
from tiepdan.web.remembering import init_remembering
from tiepdan.web.translating import init_translating

_CSP = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
_HEADERS = {
    "Content-Security-Policy": _CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def init_layout(app: Flask) -> None:
    """Hang layout, headers and metrics on the application."""
    init_format(app)
    init_translating(app)
    init_remembering(app)

    @app.context_processor
    def layout() -> dict[str, Any]:
        settings = app.config["TIEPDAN"]
        return {
            "nav": nav_links(app),
            "business_day": today(),
            "demo_day": settings.clock is not None,
            "locale": g.get("locale", "vi"),
            "request_id": g.get("request_id"),
        }

    @app.before_request
    def start_timer() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if app.config["SESSION_COOKIE_SECURE"]:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        if request.endpoint != "static":
            # Nobody keeps a page, nor a file: Flask's send_file would let every proxy keep a report for a year.
            response.headers["Cache-Control"] = "no-store"
            _measure(response)
        return response


def _measure(response: Response) -> None:
    endpoint = request.endpoint or "unknown"
    seconds = time.perf_counter() - g.get("started", time.perf_counter())
    # A label per word that somebody sends as a method would fill the memory.
    method = request.method if request.method in _METHODS else "OTHER"
    REQUESTS.labels(endpoint, method, response.status_code).inc()
    REQUEST_SECONDS.labels(endpoint).observe(seconds)
    if endpoint not in {"health.healthz", "health.readyz"}:
        log.info(
            "request",
            endpoint=endpoint,
            method=method,
            status=response.status_code,
            seconds=round(seconds, 4),
        )
