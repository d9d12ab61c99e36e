"""The plugin pages: an administrator sees why, decides, and keeps what was typed; nobody else comes in."""

import psycopg
import pytest

from tests.extensions.conftest import Enable
from tests.support import csrf_of
from tiepdan.core.plugin_loading import InstalledPlugin, Problem
from tiepdan.extensions.catalogue import installed_plugins, remember_installed


@pytest.fixture
def admin(three_levels, make_account, sign_in):
    return sign_in(make_account(three_levels.province, "tenant_admin"))


def post(client, tenant, path, **data):
    token = csrf_of(client, tenant.url("/plugins/dummy"))
    return client.post(tenant.url(path), data={"csrf_token": token, **data})


def test_the_list_says_what_is_on_and_who_decided(admin, three_levels, enable: Enable):
    enable(three_levels.province, locked=True)
    page = admin.get(three_levels.province.url("/plugins/"))
    assert page.status_code == 200
    for words in ("Thử", "Đang bật", "tệp cấu hình của tỉnh (khóa)", "Thời hạn chặt hơn luật"):
        assert words in page.text


def test_an_administrator_enables_and_locks_it_below(admin, three_levels, superuser: psycopg.Connection):
    answer = post(
        admin,
        three_levels.province,
        "/plugins/dummy/below/commune",
        when="on_locked",
        set_days="4",
        set_behaviour="good",
    )
    assert answer.status_code == 303, answer.text
    row = superuser.execute(
        "SELECT for_level, enabled, locked, settings FROM plugin_choice WHERE tenant_id = %s",
        [three_levels.province.id],
    ).fetchone()
    assert row[:3] == ("commune", True, True)
    assert row[3]["days"] == 4
    page = admin.get(three_levels.province.url("/plugins/dummy"))
    assert "Bật và khóa" in page.text
    events = superuser.execute("SELECT action FROM event WHERE tenant_id = %s", [three_levels.province.id]).fetchall()
    assert ("plugin.chosen",) in events


def test_wrong_settings_keep_what_was_typed(admin, three_levels, superuser: psycopg.Connection):
    answer = post(admin, three_levels.province, "/plugins/dummy", when="on", set_days="99", set_behaviour="good")
    assert answer.status_code == 422
    assert "Lớn nhất là 60." in answer.text
    assert 'value="99"' in answer.text
    held = superuser.execute("SELECT 1 FROM plugin_choice WHERE tenant_id = %s", [three_levels.province.id]).fetchall()
    assert held == []


def test_a_locked_choice_offers_no_form(three_levels, make_account, sign_in, enable: Enable):
    enable(three_levels.commune, locked=True)
    client = sign_in(make_account(three_levels.commune, "tenant_admin"))
    page = client.get(three_levels.commune.url("/plugins/dummy"))
    assert "Cấp trên đã khóa" in page.text
    assert 'name="when"' not in page.text


def test_nobody_else_comes_in(three_levels, make_account, sign_in):
    client = sign_in(make_account(three_levels.province, "petition_officer"))
    assert client.get(three_levels.province.url("/plugins/")).status_code == 403
    other = sign_in(make_account(three_levels.stranger, "tenant_admin"))
    assert other.get(three_levels.province.url("/plugins/dummy")).status_code == 404


def test_an_unknown_plugin_does_not_exist(admin, three_levels):
    assert admin.get(three_levels.province.url("/plugins/no-such")).status_code == 404


def test_a_plugin_that_was_not_loaded_says_why(app, admin, three_levels):
    with app.app_context():
        found = tuple(installed_plugins().values())
        broken = InstalledPlugin("broken", "2.0", "", None, (), Problem.API, ">=9 / 1.0")
        remember_installed((*found, broken))
    page = admin.get(three_levels.province.url("/plugins/"))
    assert "Không nạp được" in page.text
    page = admin.get(three_levels.province.url("/plugins/broken"))
    assert "Plugin cần phiên bản SDK khác." in page.text
    assert "&gt;=9 / 1.0" in page.text
