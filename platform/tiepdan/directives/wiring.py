"""What the application hangs in: pages, the menu entry, and the hook the slice joins."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from tiepdan.core.plugins import register_slice
from tiepdan.directives import hooks, views
from tiepdan.web.navigation import NavItem, add_to_nav


def init_app(app: Flask) -> None:
    """Register the slice."""
    app.register_blueprint(views.desk)
    register_slice(hooks, "directives")
    add_to_nav(app, NavItem("directives.index", "directives.view", _l("Giao việc"), "clipboard-list", 40))
