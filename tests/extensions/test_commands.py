"""`tiepdan plugins …`: without the application, so that it works when the site does not."""

import json
import tomllib

import pytest
from click.testing import CliRunner

from tests.extensions.conftest import Enable
from tiepdan.extensions.commands import plugins_group
from tiepdan.extensions.service import enabled_here, standing_of


@pytest.fixture
def run(settings, monkeypatch: pytest.MonkeyPatch):
    environ = {
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "TIEPDAN_SECRET_KEY": "kJ8-vN2_qR5wX7zB0cD3fG6hL9mP1sT4uY",
        "TIEPDAN_ROOT_KEY": "3q2-7wABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijk=".replace("-", "+"),
        "TIEPDAN_ENVIRONMENT": "test",
        "TIEPDAN_ATTACHMENTS": str(settings.attachments_dir),
    }

    def run(*words: str, **more: str):
        return CliRunner(env={**environ, **more}).invoke(plugins_group, list(words))

    return run


def test_the_safe_mode_stops_it_everywhere_and_takes_it_back(run, entered, two_tenants, enable: Enable):
    for tenant in two_tenants:
        enable(tenant)
    answer = run("disable", "dummy", "--everywhere")
    assert answer.exit_code == 0, answer.output
    assert "đã dừng ở mọi nơi" in answer.output
    assert "từ trước" in run("disable", "dummy", "--everywhere").output
    for tenant in two_tenants:
        with entered(tenant, "system.run"):
            assert enabled_here() == ()
            assert standing_of("dummy").stop.everywhere
    assert run("enable", "dummy", "--everywhere").exit_code == 0
    for tenant in two_tenants:
        with entered(tenant, "system.run"):
            assert len(enabled_here()) == 1
    assert run("enable", "dummy", "--everywhere").exit_code == 1


def test_a_name_nobody_has_is_stopped_with_a_warning(run):
    """A typing error must not look like safety; but what is broken may be missing here, so the stop counts."""
    answer = run("disable", "lang-sonn", "--everywhere")
    assert answer.exit_code == 0
    assert "không cài plugin lang-sonn" in answer.output
    assert "không cài" not in run("disable", "lang-son", "--everywhere").output
    assert "không cài" not in run("disable", "my-book.t17", "--everywhere").output
    for name in ("lang-sonn", "lang-son", "my-book.t17"):
        assert run("enable", name, "--everywhere").exit_code == 0


def test_disable_wants_to_be_told_where(run):
    answer = run("disable", "dummy")
    assert answer.exit_code == 2
    assert "--everywhere" in answer.output


def test_the_list_in_json(run):
    answer = run("list", "--json")
    found = {plugin["name"]: plugin for plugin in json.loads(answer.output)}
    assert found["level-commune"]["level"] == "commune"
    assert len(found["lang-son"]["sha256"]) == 64


def test_lines_for_the_allow_list(run):
    answer = run("allow", "lang-son", "level-commune")
    rows = tomllib.loads(answer.output)["plugin"]
    assert [row["name"] for row in rows] == ["lang-son", "level-commune"]
    assert run("allow").exit_code == 2
    assert "no-such" in run("allow", "no-such").output


def test_without_a_database_it_says_what_to_do(run):
    answer = run("disable", "dummy", "--everywhere", DATABASE_URL="postgresql://tiepdan_app:x@127.0.0.1:1/none")
    assert answer.exit_code == 2
    assert "tiepdan doctor" in answer.output


def test_a_missing_setting_is_named(run):
    answer = run("disable", "dummy", "--everywhere", DATABASE_URL="")
    assert answer.exit_code == 2
    assert "DATABASE_URL" in answer.output
