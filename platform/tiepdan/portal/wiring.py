"""What the application hangs in: the pages that span slices, and `tiepdan docs`."""

from collections.abc import Iterator

import click
from flask import Flask
from flask_babel import lazy_gettext as _l

from tiepdan.portal import desk, page_views, views
from tiepdan.web.navigation import NavItem, add_nav_source, add_to_nav


def init_app(app: Flask) -> None:
    """Register the slice."""
    app.register_blueprint(views.front)
    app.register_blueprint(views.citizens)
    app.register_blueprint(desk.desk)
    app.register_blueprint(page_views.pages)
    add_to_nav(app, NavItem("desk.index", "home.view", _l("Trang đầu"), "home", 0))
    add_nav_source(app, page_views.menu_links)


def commands() -> Iterator[click.Command]:
    """Yield `tiepdan docs …`."""
    from tiepdan.portal.commands import docs

    yield docs
