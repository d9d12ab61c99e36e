"""What the application hangs in: pages, a menu entry where there are registers, a command."""

from collections.abc import Iterator

import click
from flask import Flask

from tiepdan.core.plugins import register_slice
from tiepdan.registers import entry_views, purging, views
from tiepdan.web.navigation import add_nav_source

_PAGES = (entry_views,)  # their endpoints belong to the blueprint of `views`


def init_app(app: Flask) -> None:
    """Register the slice."""
    app.register_blueprint(views.registers)
    register_slice(purging, "registers")
    add_nav_source(app, views.menu_links)


def commands() -> Iterator[click.Command]:
    """Yield `tiepdan registers …`."""
    from tiepdan.registers.commands import registers_group

    yield registers_group
