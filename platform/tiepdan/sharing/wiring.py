"""What the application hangs in: the superior's page, and the hook the slice joins."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from tiepdan.core.plugins import register_slice
from tiepdan.sharing import joins, views
from tiepdan.web.navigation import NavItem, add_to_nav

# Here and not in init_app: `tiepdan tenants apply` moves tenants without an application.
register_slice(joins, "sharing")


def init_app(app: Flask) -> None:
    """Register the slice."""
    app.register_blueprint(views.below)
    add_to_nav(app, NavItem("below.index", "shared.view", _l("Cấp dưới"), "sitemap", 60))
