"""What the application hangs in: the pages of escalations, the sweep's job, the hooks."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from tiepdan.core.plugins import register_slice
from tiepdan.escalation import jobs, joins, views  # noqa: F401 - jobs register themselves
from tiepdan.web.navigation import NavItem, add_to_nav


def init_app(app: Flask) -> None:
    """Register the slice."""
    app.register_blueprint(views.escalations)
    register_slice(joins, "escalation")
    add_to_nav(app, NavItem("escalations.index", "clocks.view", _l("Báo quá hạn"), "bell", 62))
