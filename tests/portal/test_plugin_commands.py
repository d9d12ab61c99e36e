"""`tiepdan <plugin> <command>`: for a committee that enabled the plugin, and for no other."""

import json

import click
import pytest
from click.testing import CliRunner

from tests import dummy_plugin
from tests.extensions.conftest import Enable, dummy, enable  # noqa: F401 - fixtures
from tiepdan.app import command_groups
from tiepdan.cli import main
from tiepdan.core.plugin_loading import InstalledPlugin
from tiepdan.core.plugins import check_of
from tiepdan.extensions import commands as plugin_commands
from tiepdan.extensions.commands import plugins_group
from tiepdan.extensions.offered_commands import NAME_TAKEN, ask_for_commands
from tiepdan.portal import plugin_commands as running
from tiepdan.portal.plugin_commands import PlatformGroup
from tiepdan.sdk import Command

DUMMY = InstalledPlugin("dummy", "1.0", "", dummy_plugin.PLUGIN, ("commands",))
HARMLESS = {"changed_setting", "changed_role", "slow"}  # undone; nobody waits for a command but who called it


@pytest.fixture(autouse=True)
def loaded(monkeypatch):
    """The dummy is found where installed plugins are."""
    monkeypatch.setattr(running, "load_allowed", lambda: (DUMMY,))
    monkeypatch.setattr(plugin_commands, "load_plugins", lambda: (DUMMY,))


@pytest.fixture
def run(app):
    """run("dummy", "say", …): as at a terminal."""
    group = PlatformGroup("tiepdan", make_app=lambda: app)
    group.add_command(plugins_group)
    return lambda *words: CliRunner().invoke(group, list(words))


def journal(superuser, tenant) -> list[dict]:
    rows = superuser.execute(
        "SELECT detail FROM event WHERE tenant_id = %s AND action = 'plugin.command_called'", [tenant.id]
    )
    return [detail for (detail,) in rows]


def test_a_command_reads_its_own_committee(run, two_tenants, enable: Enable, make_petition, superuser):  # noqa: F811
    own, other = two_tenants
    enable(own)
    enable(other)
    make_petition(own)
    make_petition(other)
    make_petition(other)
    answer = run("dummy", "say", "--tenant", own.slug, "Nguyễn", "Kín")
    assert answer.exit_code == 0, answer.output
    assert answer.output == f"{own.slug}: Nguyễn Kín 1\n"
    assert run("dummy", "say", "--tenant", other.slug).output == f"{other.slug}:  2\n"
    assert journal(superuser, own) == [{"plugin": "dummy", "command": "say"}], "never what was typed"


def test_wrong_arguments_are_said_with_code_2(run, make_tenant, enable: Enable):  # noqa: F811
    tenant = make_tenant()
    enable(tenant)
    answer = run("dummy", "say", "--tenant", tenant.slug, "sai")
    assert answer.exit_code == 2
    assert "Hãy nói điều đúng." in answer.output


def test_it_is_refused_where_the_plugin_is_not_enabled(run, two_tenants, enable: Enable, superuser):  # noqa: F811
    own, other = two_tenants
    enable(own)
    answer = run("dummy", "say", "--tenant", other.slug)
    assert answer.exit_code == 2
    assert "không bật ở đơn vị này" in answer.output
    assert journal(superuser, other) == []
    assert "Không có đơn vị" in run("dummy", "say", "--tenant", "no-such").output
    assert run("dummy", "say").exit_code == 2


@pytest.mark.parametrize("behaviour", dummy_plugin.BEHAVIOURS)
def test_a_command_that_fails_says_so_and_changes_nothing(run, two_tenants, enable: Enable, superuser, behaviour):  # noqa: F811
    own, other = two_tenants
    enable(own, behaviour=behaviour)
    enable(other)
    answer = run("dummy", "say", "--tenant", own.slug)
    assert answer.exit_code == (0 if behaviour in HARMLESS else 1), answer.output
    assert "Nguyễn Văn Kín" not in answer.output
    assert superuser.execute("SELECT count(*) FROM tenant_plugin WHERE tenant_id = %s", [own.id]).fetchone() == (1,)
    assert run("dummy", "say", "--tenant", other.slug).exit_code == 0


def test_the_help_lists_plugins_and_their_commands(run):
    assert "dummy" in run("--help").output
    shown = run("dummy", "--help").output
    assert "Nói lại / Say it again" in shown
    assert run("no-such-plugin").exit_code == 2


@pytest.mark.parametrize("behaviour", dummy_plugin.BEHAVIOURS)
def test_a_plugin_that_cannot_say_its_commands_has_none(run, monkeypatch, behaviour):
    monkeypatch.setitem(dummy_plugin.command_behaviour, "behaviour", behaviour)
    offered = ask_for_commands([DUMMY], ())
    if behaviour == "other_tenant":  # what it reads outside a transaction concerns nobody
        assert offered.by_plugin.keys() | offered.refused.keys() == {"dummy"}
        return
    assert offered.by_plugin == {}
    assert run("dummy", "say").exit_code == 2
    listed = run("plugins", "list")
    assert listed.exit_code == 0
    assert "dummy" in listed.output
    assert f"KHÔNG CÓ LỆNH: {offered.refused['dummy']}" in listed.output


def test_a_plugin_of_the_name_of_a_command_gets_none(run, app):
    assert ask_for_commands([DUMMY], {"dummy"}).refused == {"dummy": NAME_TAKEN}
    group = PlatformGroup("tiepdan", make_app=lambda: app)
    group.add_command(click.Command("dummy", callback=lambda: click.echo("của nền tảng")))
    group.add_command(plugins_group)
    assert CliRunner().invoke(group, ["dummy"]).output == "của nền tảng\n"
    assert "trùng tên lệnh" in CliRunner().invoke(group, ["plugins", "list"]).output


def test_the_list_in_json_says_it_too(run, monkeypatch):
    monkeypatch.setitem(dummy_plugin.command_behaviour, "behaviour", "exception")
    [found] = json.loads(run("plugins", "list", "--json").stdout)
    assert found["commands_refused"] == "ZeroDivisionError"


def test_a_plugin_that_was_not_loaded_is_not_asked():
    refused = InstalledPlugin("dummy", "1.0", "", None, problem="not_allowed")
    assert ask_for_commands([refused], ()).by_plugin == {}


def test_the_platforms_commands_are_found_without_asking_plugins(monkeypatch):
    def fail():
        raise AssertionError("nobody asked for a plugin")

    monkeypatch.setattr(running, "load_allowed", fail)
    for command in command_groups():
        assert main.get_command(click.Context(main), command.name) is not None


@pytest.mark.parametrize(
    "commands",
    [
        [Command("Tên", {"vi": "a", "en": "b"}, print)],
        [Command("a", {"vi": "a"}, print)],
        [Command("a", {"vi": "a", "en": "b"}, "print")],
        [Command("a", {"vi": "a", "en": "b"}, print)] * 2,
        [Command(f"a{number}", {"vi": "a", "en": "b"}, print) for number in range(21)],
        "say",
    ],
)
def test_what_is_no_command_is_the_plugins_fault(commands):
    with pytest.raises((TypeError, ValueError)):
        check_of("commands")(commands)
