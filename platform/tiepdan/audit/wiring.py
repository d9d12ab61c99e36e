"""What the application hangs in: the journal's page."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from tiepdan.audit import views
from tiepdan.web.navigation import NavItem, add_to_nav


def init_app(app: Flask) -> None:
    """Register the slice."""
    app.register_blueprint(views.journal)
    add_to_nav(app, NavItem("journal.index", "journal.read", _l("Nhật ký"), "history", 95))
