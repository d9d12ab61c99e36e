"""What the application hangs in: the pages of handovers, and the hook the slice joins."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from tiepdan.core.plugins import register_slice
from tiepdan.handovers import jobs, joins, views  # noqa: F401 - jobs register themselves
from tiepdan.web.navigation import NavItem, add_to_nav


def init_app(app: Flask) -> None:
    """Register the slice."""
    app.register_blueprint(views.handovers)
    register_slice(joins, "handovers")
    add_to_nav(app, NavItem("handovers.index", "handovers.view", _l("Chuyển đơn"), "arrows-exchange", 45))
