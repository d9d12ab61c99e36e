"""The application, put together: the only module that knows every slice."""

from collections.abc import Iterator

import click
import sqlalchemy as sa
from flask import Flask, g
from flask_babel import Babel
from werkzeug.middleware.proxy_fix import ProxyFix

from tiepdan import health
from tiepdan.api import wiring as api
from tiepdan.audit import wiring as audit
from tiepdan.authoring import wiring as authoring
from tiepdan.authoring.commands import authoring_commands
from tiepdan.config import Settings, load_settings
from tiepdan.core.db import check_idle_connections, db
from tiepdan.core.telemetry import configure_logging, configure_sentry
from tiepdan.deadlines import wiring as deadlines
from tiepdan.directives import wiring as directives
from tiepdan.documents import wiring as documents
from tiepdan.escalation import wiring as escalation
from tiepdan.extensions import wiring as extensions
from tiepdan.formparts import wiring as formparts
from tiepdan.handovers import wiring as handovers
from tiepdan.identity import wiring as identity
from tiepdan.identity.door import init_door
from tiepdan.notifications import wiring as notifications
from tiepdan.operations.commands import operation_commands
from tiepdan.operations.roles import refuse_unsafe_role
from tiepdan.petitions import wiring as petitions
from tiepdan.portal import wiring as portal
from tiepdan.receptions import wiring as receptions
from tiepdan.registers import wiring as registers
from tiepdan.reports import wiring as reports
from tiepdan.sharing import wiring as sharing
from tiepdan.tenancy import wiring as tenancy
from tiepdan.tenancy.own_hosts import init_own_hosts
from tiepdan.web.blueprints import csrf
from tiepdan.web.errors import init_errors
from tiepdan.web.layout import init_layout
from tiepdan.web.prefix import TenantPrefix
from tiepdan.web.styleguide import init_styleguide

SLICES = (
    tenancy,
    identity,
    audit,
    extensions,
    formparts,
    deadlines,
    notifications,
    registers,
    sharing,
    petitions,
    directives,
    receptions,
    handovers,
    escalation,
    documents,
    reports,
    api,
    portal,
    authoring,
    health,
)


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application from its settings; raises ConfigError when they are not fit to start with."""
    settings = settings or load_settings()
    app = Flask("tiepdan", static_folder="web/static", static_url_path="/static", template_folder="web/templates")
    app.config.from_mapping(_flask_settings(settings))
    configure_logging(settings.log_level)
    configure_sentry(settings.sentry_dsn, settings.environment)
    db.init_app(app)
    csrf.init_app(app)
    Babel(app, locale_selector=lambda: g.get("locale", "vi"), timezone_selector=lambda: "Asia/Ho_Chi_Minh")
    init_errors(app)
    init_own_hosts(app)
    init_door(app)
    init_layout(app)
    init_styleguide(app)
    for slice_ in SLICES:
        slice_.init_app(app)
    app.wsgi_app = TenantPrefix(app.wsgi_app)  # type: ignore[method-assign]  # Flask's documented way
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    with app.app_context():
        check_idle_connections(db.engine)
        refuse_unsafe_role(db.engine)
    return app


def _flask_settings(settings: Settings) -> dict[str, object]:
    return {
        "TIEPDAN": settings,
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": sa.make_url(settings.database_url).set(drivername="postgresql+psycopg"),
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "hide_parameters": True,  # the message of a fault may be kept by the queue; it must quote no value
            "pool_size": 8,
            "max_overflow": 8,
            "connect_args": {
                "options": "-c lock_timeout=5s -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s",
                "application_name": "tiepdan",
            },
        },
        "SESSION_COOKIE_NAME": "tiepdan",
        "SESSION_COOKIE_PATH": "/",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.environment == "production",
        "SESSION_COOKIE_DOMAIN": settings.base_domain,
        "WTF_CSRF_CHECK_DEFAULT": False,  # the armed blueprints call protect()
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session; a form left open over lunch still works
        "MAX_CONTENT_LENGTH": 32 * 1024 * 1024,
        "BABEL_DEFAULT_LOCALE": "vi",
        "BABEL_TRANSLATION_DIRECTORIES": "translations",
        "TEMPLATES_AUTO_RELOAD": False,
        "SEND_FILE_MAX_AGE_DEFAULT": 365 * 24 * 3600,  # addresses of assets carry a hash of their content
    }


def command_groups() -> Iterator[click.Command]:
    """Yield the commands of every slice for `tiepdan …`."""
    yield from operation_commands()
    yield from authoring_commands()
    for slice_ in SLICES:
        yield from getattr(slice_, "commands", tuple)()
