"""What the application hangs in: pages of clocks, calendar and law, their menu entries, and the commands."""

from collections.abc import Iterator

import click
from flask import Flask
from flask_babel import lazy_gettext as _l

from tiepdan.deadlines import calendar_views, decision_views, law_views, service, views  # noqa: F401 - the service brings the jobs
from tiepdan.web.navigation import NavItem, add_to_nav


def init_app(app: Flask) -> None:
    """Register the slice."""
    app.register_blueprint(views.clocks)
    app.register_blueprint(decision_views.clock_decisions)
    app.register_blueprint(calendar_views.calendar_days)
    app.register_blueprint(law_views.law_pages)
    add_to_nav(
        app,
        NavItem("clocks.index", "clocks.view", _l("Thời hạn"), "clock", 45),
        NavItem("calendar_days.index", "calendar.manage", _l("Lịch làm việc"), "calendar-off", 85),
    )


def commands() -> Iterator[click.Command]:
    """Yield `tiepdan clocks …`."""
    from tiepdan.deadlines.commands import clocks

    yield clocks
