"""What the application hangs in: plugins are loaded, their keeper is set, pages and commands are there."""

from collections.abc import Iterator

import click
from flask import Flask
from flask_babel import lazy_gettext as _l

from tiepdan.core.plugin_loading import load_plugins, read_allowed
from tiepdan.core.plugins import set_keeper
from tiepdan.extensions import upload_views
from tiepdan.extensions.catalogue import remember_installed
from tiepdan.extensions.keeper import PluginKeeper
from tiepdan.extensions.views import PERMISSION, plugins
from tiepdan.web.navigation import NavItem, add_to_nav

_PAGES = (upload_views,)  # their endpoints belong to the blueprint of `views`


def init_app(app: Flask) -> None:
    """Load the plugins the operator allows and register the pages."""
    settings = app.config["TIEPDAN"]
    allowed = None
    if settings.environment == "production":
        allowed = read_allowed(settings.plugins_allowed) if settings.plugins_allowed else frozenset()
    with app.app_context():
        remember_installed(load_plugins(allowed))
    set_keeper(PluginKeeper())
    app.register_blueprint(plugins)
    add_to_nav(app, NavItem("plugins.index", PERMISSION, _l("Plugin"), "plug", 93))


def commands() -> Iterator[click.Command]:
    """Yield `tiepdan plugins …`."""
    from tiepdan.extensions.commands import plugins_group

    yield plugins_group
