"""A plugin whose registers a test chooses, people who may and may not keep them, and the dummy plugin."""

import re
from datetime import date

import pytest

from tests import dummy_plugin
from tiepdan.core.plugin_loading import InstalledPlugin
from tiepdan.core.plugins import manager
from tiepdan.extensions.catalogue import installed_plugins, remember_installed
from tiepdan.registers.service import registers_here
from tiepdan.sdk import Manifest, Register, hookimpl

ON = date(2024, 6, 28)
MANIFEST = Manifest("keeping", {"vi": "Giữ sổ", "en": "Keeping"}, {"vi": "Có sổ.", "en": "Keeps."}, api=">=1.0,<2")
TITLE = {"vi": "Lớp tập huấn", "en": "Training classes"}
ENTRY = {"vi": "lớp tập huấn", "en": "training class"}
SUMMARY = {"vi": "Mỗi lớp một mục.", "en": "One entry a class."}


def words(text):
    return {"vi": text, "en": f"{text} (en)"}


def make_schema(required=("topic", "opened_on"), **more):
    properties = {
        "topic": {"type": "string", "x-label": words("Chủ đề")},
        "opened_on": {"type": "string", "format": "date", "x-label": words("Ngày khai giảng")},
        "people": {"type": "integer", "minimum": 0, "x-label": words("Số người")},
        "kind": {
            "type": "string", "enum": ["law", "skill"], "x-label": words("Loại"),
            "x-choices": {"law": words("Pháp luật"), "skill": words("Kỹ năng")},
        },
        "done": {"type": "boolean", "x-label": words("Đã xong")},
        "result": {"type": "string", "maxLength": 2000, "x-label": words("Kết quả"), "x-when": {"done": True}},
        "fee": {"type": "number", "x-label": words("Kinh phí")},
        "trainer": {"type": "string", "x-label": words("Giảng viên"), "x-private": True},
    }  # fmt: skip
    properties.update(more)
    kept = {name: given for name, given in properties.items() if given is not None}
    return {"type": "object", "properties": kept, "required": list(required)}


def make_register(key="classes", **changes):
    given = {
        "version": 1, "title": TITLE, "entry": ENTRY, "summary": SUMMARY, "schema": make_schema(),
        "title_field": "topic", "date_field": "opened_on", "list_fields": ("people", "kind"), "numbered": True,
    }  # fmt: skip
    return Register(key, **{**given, **changes})


class Keeping:
    """Answers with whatever the test puts into `registers`."""

    PLUGIN = MANIFEST

    def __init__(self):
        self.books = [make_register()]
        self.asked = []

    @hookimpl
    def registers(self, tenant):
        self.asked.append(tenant.slug)
        return self.books


@pytest.fixture
def keeping(app):
    plugin = Keeping()
    manager.register(plugin, "keeping")
    manager.register(dummy_plugin, "dummy")
    with app.app_context():
        before = installed_plugins()
        dummy = InstalledPlugin("dummy", "1.0", "", dummy_plugin.PLUGIN, ("registers",))
        remember_installed((*before.values(), InstalledPlugin("keeping", "1.0", "", MANIFEST, ("registers",)), dummy))
    yield plugin
    manager.unregister(name="keeping")
    manager.unregister(name="dummy")
    with app.app_context():
        remember_installed(tuple(before.values()))


@pytest.fixture
def enable(superuser):
    def enable(tenant, plugin="keeping", **settings):
        import psycopg

        superuser.execute(
            "INSERT INTO tenant_plugin (tenant_id, plugin, locked, settings) VALUES (%s, %s, false, %s)"
            " ON CONFLICT (tenant_id, plugin) DO UPDATE SET settings = excluded.settings",
            [tenant.id, plugin, psycopg.types.json.Jsonb(settings)],
        )
        superuser.execute("UPDATE plugin_epoch SET number = number + 1")

    return enable


@pytest.fixture
def disable(superuser):
    def disable(tenant, plugin="keeping"):
        superuser.execute("DELETE FROM tenant_plugin WHERE tenant_id = %s AND plugin = %s", [tenant.id, plugin])
        superuser.execute("UPDATE plugin_epoch SET number = number + 1")

    return disable


@pytest.fixture
def own(two_tenants, keeping, enable):
    enable(two_tenants[0])
    return two_tenants[0]


@pytest.fixture
def other(two_tenants):
    return two_tenants[1]


@pytest.fixture
def officer(make_account, sign_in):
    """A browser signed in with roles, petition officer unless others are named."""
    return lambda tenant, *roles: sign_in(make_account(tenant, *(roles or ("petition_officer",))))


@pytest.fixture
def send(keeping):
    """Send the form of a page: send(browser, tenant.url("/registers/…/new"), topic="…"); fields by their own names."""

    def send(browser, url, plugin="keeping", key="classes", **typed):
        page = browser.get(url)
        assert page.status_code == 200, page.text[:1500]
        form = page.text[page.text.index(f'action="{url}"') :]
        hidden = {name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', form)[1] for name in ("csrf_token", "_token")}
        found = re.search(r'name="version"[^>]*value="(\d*)"', form)
        if found:
            hidden["version"] = found[1]
        own = {"reason", "version"}
        sent = {name if name in own else f"x-{plugin}-{key}-{name}": value for name, value in typed.items()}
        return browser.post(url, data=hidden | sent)

    return send


@pytest.fixture
def add(entered):
    """Enter something: add(tenant, topic="…", opened_on="2024-06-01")."""
    from tiepdan.registers.entries import add_entry

    def add(tenant, plugin="keeping", key="classes", **values):
        values = {"topic": "Luật Tiếp công dân", "opened_on": "2024-06-03", **values}
        with entered(tenant, "petition_officer") as actor:
            return add_entry(plugin, key, {k: v for k, v in values.items() if v is not None}, actor=actor, on=ON)

    return add


@pytest.fixture
def here(entered):
    def here(tenant):
        with entered(tenant, "petition_officer"):
            return registers_here(ON)

    return here
