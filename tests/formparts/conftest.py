"""A plugin whose forms a test chooses, and an officer's browser."""

import re
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from tiepdan.core.plugin_loading import InstalledPlugin
from tiepdan.core.plugins import manager
from tiepdan.extensions.catalogue import installed_plugins, remember_installed
from tiepdan.sdk import Form, Manifest, Record, hookimpl

WORDS = {"vi": "Câu hỏi", "en": "Question"}
MANIFEST = Manifest("asking", {"vi": "Hay hỏi", "en": "Asking"}, {"vi": "Hỏi.", "en": "Asks."}, api=">=1.0,<2")


class Asking:
    """Answers with whatever the test puts into `forms`, by record."""

    PLUGIN = MANIFEST

    def __init__(self):
        self.forms = {record: [] for record in Record}
        self.asked = []

    @hookimpl
    def form_parts(self, tenant, record):
        self.asked.append((tenant.slug, record))
        return self.forms[record]


def make_form(key="asked", version=1, required=(), **properties):
    """A form of short lines unless a property says otherwise."""
    schema = {
        "type": "object",
        "properties": {
            name: {"type": "string", "x-label": {"vi": f"Mục {name}", "en": f"Item {name}"}, **given}
            for name, given in properties.items()
        },
        "required": list(required),
    }
    return Form(key, version, {"vi": f"Phần {key}", "en": f"Part {key}"}, schema)


@pytest.fixture
def asking(app):
    plugin = Asking()
    manager.register(plugin, "asking")
    with app.app_context():
        before = installed_plugins()
        remember_installed((*before.values(), InstalledPlugin("asking", "1.0", "", MANIFEST, ("form_parts",))))
    yield plugin
    manager.unregister(name="asking")
    with app.app_context():
        remember_installed(tuple(before.values()))


@pytest.fixture
def enable(superuser):
    def enable(tenant, plugin="asking"):
        superuser.execute(
            "INSERT INTO tenant_plugin (tenant_id, plugin, locked, settings) VALUES (%s, %s, false, '{}')",
            [tenant.id, plugin],
        )
        superuser.execute("UPDATE plugin_epoch SET number = number + 1")

    return enable


@pytest.fixture
def disable(superuser):
    def disable(tenant, plugin="asking"):
        superuser.execute("DELETE FROM tenant_plugin WHERE tenant_id = %s AND plugin = %s", [tenant.id, plugin])
        superuser.execute("UPDATE plugin_epoch SET number = number + 1")

    return disable


@pytest.fixture
def officer(make_account, sign_in):
    """A browser signed in as petition and reception officer of a tenant."""
    return lambda tenant: sign_in(make_account(tenant, "petition_officer", "reception_officer"))


@pytest.fixture
def typed():
    return {
        "origin": "post", "received_on": "2024-06-27", "people-0-full_name": "Nông Thị Trang",
        "people_count": "1", "content": "Xin cấp giấy chứng nhận", "kind": "", "field": "land",
    }  # fmt: skip


@pytest.fixture
def send(typed):
    """Register a petition over the page: send(browser, tenant, kind="complaint", **{"x-…": "…"})."""

    def send(browser, tenant, **more):
        page = browser.get(tenant.url("/petitions/new"))
        assert page.status_code == 200, page.text[:800]
        form = page.text[page.text.index('<form method="post" action="/t/') :]
        hidden = {name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', form)[1] for name in ("csrf_token", "_token")}
        answer = browser.post(tenant.url("/petitions/new"), data=typed | hidden | more)
        return (
            SimpleNamespace(
                page=page.text,
                status=answer.status_code,
                text=answer.text,
                record=answer.location.removesuffix("/receipt"),
            )
            if answer.location
            else SimpleNamespace(page=page.text, status=answer.status_code, text=answer.text, record="")
        )

    return send


@pytest.fixture
def counted(engine):
    """Collect the statements of a block."""

    @contextmanager
    def counted():
        statements = []

        def note(_connection, _cursor, statement, *_rest):
            statements.append(statement)

        sa.event.listen(engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            sa.event.remove(engine, "before_cursor_execute", note)

    return counted
