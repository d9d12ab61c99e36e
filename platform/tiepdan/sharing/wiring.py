"""What the application hangs in: the superior's page."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from tiepdan.sharing import views
from tiepdan.web.navigation import NavItem, add_to_nav


def init_app(app: Flask) -> None:
    """Register the slice."""
    app.register_blueprint(views.below)
    add_to_nav(app, NavItem("below.index", "shared.view", _l("Cấp dưới"), "sitemap", 60))
