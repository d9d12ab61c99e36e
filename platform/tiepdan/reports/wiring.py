"""What the application hangs in: pages, menu entry, jobs and commands."""

from collections.abc import Iterator

import click
from flask import Flask
from flask_babel import lazy_gettext as _l

from tiepdan.reports import file_views, jobs, plugin_views, review_views, views
from tiepdan.web.navigation import NavItem, add_to_nav

# jobs, plugin_views: importing them registers what the worker runs and further pages of the blueprint
__all__ = ["commands", "init_app", "jobs", "plugin_views"]


def init_app(app: Flask) -> None:
    """Register the slice."""
    app.register_blueprint(views.reports)
    app.register_blueprint(review_views.rounds)
    app.register_blueprint(review_views.received)
    app.register_blueprint(file_views.report_files)
    add_to_nav(app, NavItem("reports.index", "reports.view", _l("Báo cáo"), "report-analytics", 60))


def commands() -> Iterator[click.Command]:
    """Yield `tiepdan reports …`."""
    from tiepdan.reports.commands import reports

    yield reports
