"""The dummy plugin, loaded beside the installed ones for the tests of this folder."""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from flask import Flask

from tests import dummy_plugin
from tests.conftest import TenantHandle
from tiepdan.core.plugin_loading import InstalledPlugin
from tiepdan.core.plugins import manager
from tiepdan.extensions.catalogue import installed_plugins, remember_installed

type Enable = Callable[..., None]


@pytest.fixture(autouse=True)
def dummy(app: Flask) -> Iterator[None]:
    manager.register(dummy_plugin, "dummy")
    with app.app_context():
        before = installed_plugins()
        found = InstalledPlugin("dummy", "1.0", "", dummy_plugin.PLUGIN, ("deadline_rules", "home_cards"))
        remember_installed((*before.values(), found))
    dummy_plugin.calls.clear()
    dummy_plugin.heard.clear()
    dummy_plugin.asked_about.clear()
    dummy_plugin.handlings.clear()
    dummy_plugin.brought.clear()
    yield
    manager.unregister(name="dummy")
    with app.app_context():
        remember_installed(tuple(before.values()))


@pytest.fixture
def enable(superuser: psycopg.Connection) -> Enable:
    """Enable a plugin as the province's file does: enable(tenant, "dummy", behaviour="slow")."""

    def enable(tenant: TenantHandle, plugin: str = "dummy", *, locked: bool = False, **settings: object) -> None:
        superuser.execute(
            "INSERT INTO tenant_plugin (tenant_id, plugin, locked, settings) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (tenant_id, plugin) DO UPDATE SET settings = excluded.settings, locked = excluded.locked",
            [tenant.id, plugin, locked, psycopg.types.json.Jsonb(settings)],
        )
        superuser.execute("UPDATE plugin_epoch SET number = number + 1")

    return enable
