"""What the application hangs in: pages, a menu entry, and what is done when a case is sealed."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from tiepdan.core.plugins import register_slice
from tiepdan.notifications import hooks
from tiepdan.notifications.log import VIEW
from tiepdan.notifications.views import notifications
from tiepdan.web.navigation import NavItem, add_to_nav


def init_app(app: Flask) -> None:
    """Register the slice."""
    app.register_blueprint(notifications)
    register_slice(hooks, "notifications")
    add_to_nav(app, NavItem("notifications.index", VIEW, _l("Tin báo"), "send", 91))
