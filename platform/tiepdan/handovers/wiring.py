"""What the application hangs in: the pages of handovers."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from tiepdan.handovers import jobs, views  # noqa: F401 - jobs register themselves
from tiepdan.web.navigation import NavItem, add_to_nav


def init_app(app: Flask) -> None:
    """Register the slice."""
    app.register_blueprint(views.handovers)
    add_to_nav(app, NavItem("handovers.index", "handovers.view", _l("Chuyển đơn"), "arrows-exchange", 45))
