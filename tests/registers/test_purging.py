"""Purging: only of a plugin that is off, of one committee, journalled with a number, and nothing stays behind."""

import pytest
from click.testing import CliRunner

from tiepdan.core.errors import Conflict, Forbidden
from tiepdan.registers.commands import purge_command
from tiepdan.registers.purging import purge_plugin


def count_rows(superuser, tenant):
    tables = ("register_entry", "register_word", "register_number", "vault.text")
    return [
        superuser.execute(f"SELECT count(*) FROM {table} WHERE tenant_id = %s", [tenant.id]).fetchone()[0]
        for table in tables
    ]


@pytest.fixture
def filled(own, other, add, enable, disable):
    enable(other)
    for tenant in (own, other):
        add(tenant, trainer="Cô Mẫu")
        add(tenant)
    disable(own)
    return own


def test_everything_of_one_committee_goes(filled, other, entered, superuser, enable, add):
    before = count_rows(superuser, other)
    with entered(filled, "tenant_admin") as actor:
        assert purge_plugin("keeping", actor=actor) == 2
    assert count_rows(superuser, filled) == [0, 0, 0, 0]
    assert count_rows(superuser, other) == before
    events = superuser.execute(
        "SELECT detail FROM event WHERE tenant_id = %s AND action = 'plugin_register.purged'", [filled.id]
    ).fetchall()
    assert events == [({"plugin": "keeping", "entries": 2},)]
    enable(filled)
    assert add(filled).number == "1/2024"


def test_a_plugin_that_is_on_is_not_purged(own, add, entered, superuser):
    add(own)
    with entered(own, "tenant_admin") as actor, pytest.raises(Conflict):
        purge_plugin("keeping", actor=actor)
    assert count_rows(superuser, own)[0] == 1


def test_a_plugin_that_its_faults_stopped_is_not_purged(own, add, entered, superuser):
    add(own)
    superuser.execute(
        "INSERT INTO plugin_stop (id, plugin, tenant_id) VALUES (gen_random_uuid(), 'keeping', %s)", [own.id]
    )
    superuser.execute("UPDATE plugin_epoch SET number = number + 1")
    with entered(own, "tenant_admin") as actor, pytest.raises(Conflict):
        purge_plugin("keeping", actor=actor)


def test_a_plugin_that_is_gone_can_be_purged(own, add, entered, superuser):
    add(own)
    superuser.execute("UPDATE register_entry SET plugin = 'gone-since' WHERE tenant_id = %s", [own.id])
    superuser.execute("UPDATE register_word SET plugin = 'gone-since' WHERE tenant_id = %s", [own.id])
    with entered(own, "tenant_admin") as actor:
        assert purge_plugin("gone-since", actor=actor) == 1


def test_who_does_not_manage_plugins_purges_nothing(filled, entered, superuser):
    with entered(filled, "committee_head") as actor, pytest.raises(Forbidden):
        purge_plugin("keeping", actor=actor)
    assert count_rows(superuser, filled)[0] == 2


@pytest.fixture
def run(app, monkeypatch):
    monkeypatch.setattr("tiepdan.registers.commands.resolve_name", lambda _name: lambda: app)
    return lambda *arguments: CliRunner().invoke(purge_command, arguments)


def test_the_operator_types_the_name_twice(filled, run, superuser):
    answer = run(filled.slug, "keeping", "--confirm", "another")
    assert answer.exit_code == 1
    assert count_rows(superuser, filled)[0] == 2
    answer = run("no-such-tenant", "keeping", "--confirm", "keeping")
    assert answer.exit_code == 1
    answer = run(filled.slug, "keeping", "--confirm", "keeping")
    assert answer.exit_code == 0, answer.output
    assert "đã xóa 2 mục" in answer.output
    assert count_rows(superuser, filled)[0] == 0
