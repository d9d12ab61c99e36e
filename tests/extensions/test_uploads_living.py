"""Uploaded plugins among the others: breaker, safe mode, events, other processes, and what finding them costs."""

from datetime import date

import psycopg
import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from tests.declared.texts import FORM, HEAD, WHOLE
from tiepdan.core import plugins
from tiepdan.core.db import db, new_id
from tiepdan.core.plugins import collect
from tiepdan.extensions.commands import plugins_group
from tiepdan.extensions.delivery import deliver_event
from tiepdan.extensions.keeper import FAULTS_IN_A_ROW, start_everywhere, stop_everywhere
from tiepdan.extensions.models import PluginEvent
from tiepdan.extensions.notices import notices_here
from tiepdan.extensions.outbox import announce
from tiepdan.extensions.reach import where_enabled
from tiepdan.extensions.service import choose_plugin, enabled_here, forget_choice, restart_plugin, standing_of
from tiepdan.extensions.uploads import keep_version, read_file, use_version, withdraw_plugin
from tiepdan.sdk import EventName, Level, Overdue, Record
from tiepdan.tenancy.service import own_tenant, plugin_tenant, tenant_by_id

ON = date(2024, 6, 28)


@pytest.fixture
def brought(entered):
    """Upload a text, take it into use and switch it on: brought(tenant, WHOLE, level) -> full name."""

    def brought(tenant, text=WHOLE, level=None, **settings):
        with entered(tenant, "plugins.manage") as actor:
            name = use_version(keep_version(read_file("plugin.toml", text.encode()), actor=actor), actor=actor)
            choose_plugin(name, enabled=True, settings=settings, actor=actor, for_level=level)
        return name

    return brought


def asked(entered, tenant):
    with entered(tenant, "plugins.manage"):
        answers = collect("form_parts", tenant=plugin_tenant(own_tenant()), record=Record.PETITION, on=ON)
        return [answer.plugin for answer in answers], answers.failed


def test_the_breaker_stops_it_in_one_committee_only(brought, entered, three_levels, superuser: psycopg.Connection):
    name = brought(three_levels.province, WHOLE, Level.COMMUNE)
    superuser.execute(  # a setting no schema let in: every answer is a fault
        "INSERT INTO tenant_plugin (tenant_id, plugin, locked, settings) VALUES (%s, %s, true, %s)",
        [three_levels.commune.id, name, psycopg.types.json.Jsonb({"days": "five", "source": "CV 1"})],
    )
    superuser.execute("UPDATE plugin_epoch SET number = number + 1")
    for _ in range(FAULTS_IN_A_ROW):
        with entered(three_levels.commune, "plugins.manage"):
            answers = collect("deadline_rules", tenant=plugin_tenant(own_tenant()), on=ON)
            assert answers.failed == (name,)
    with entered(three_levels.commune, "plugins.manage") as actor:
        assert enabled_here() == ()
        assert standing_of(name).stop.hook == "deadline_rules"
        restart_plugin(name, actor=actor)
    assert asked(entered, three_levels.sibling) == ([name], ())


def test_the_safe_mode_stops_it_everywhere(brought, entered, three_levels, engine: sa.Engine):
    name = brought(three_levels.province, WHOLE, Level.COMMUNE)
    with engine.begin() as connection:
        assert stop_everywhere(connection, name)
    for tenant in (three_levels.commune, three_levels.sibling):
        assert asked(entered, tenant) == ([], ())
    with engine.begin() as connection:
        assert start_everywhere(connection, name)
    assert asked(entered, three_levels.commune) == ([name], ())
    assert CliRunner().invoke(plugins_group, ["disable", name]).exit_code == 2  # it wants to be told where


NOTICE = """
[[notice]]
title = {vi = "Đã tiếp", en = "Received"}
text = {vi = "Ra thông báo kết luận.", en = "Issue the notice."}
url = "/receptions/"
when = {event = {name = "reception.held"}}
"""


def test_it_hears_of_events_and_says_what_follows(brought, entered, three_levels):
    name = brought(three_levels.commune, HEAD + NOTICE)
    with entered(three_levels.commune, "home.view"):
        announce(EventName.RECEPTION_HELD, subject_id=new_id(), on=ON)
        announce(EventName.REPORT_SUBMITTED, subject_id=new_id(), on=ON)
        events = [(row.id, row.attempts) for row in db.session.scalars(sa.select(PluginEvent))]
    for event_id, attempts in events:
        with entered(three_levels.commune, "home.view"):
            deliver_event(str(event_id), attempts)
    with entered(three_levels.commune, "home.view"):
        assert [(each.plugin, each.notices[0].title) for each in notices_here()] == [(name, "Đã tiếp")]
    with entered(three_levels.sibling, "home.view"):
        announce(EventName.RECEPTION_HELD, subject_id=new_id(), on=ON)
        assert db.session.scalars(sa.select(PluginEvent)).all() == []


def test_a_route_of_a_sealed_case_is_not_asked_for(brought, entered, three_levels):
    name = brought(three_levels.commune)
    with entered(three_levels.commune, "plugins.manage"):
        sealed = Overdue(None, None, ON, 9, Level.COMMUNE, sealed=True)
        assert collect("escalation_routes", tenant=plugin_tenant(own_tenant()), overdue=sealed).given == ()
        open_case = Overdue("complaint.settlement", "complaint", ON, 9, Level.COMMUNE, sealed=False)
        answers = collect("escalation_routes", tenant=plugin_tenant(own_tenant()), overdue=open_case)
        assert [answer.plugin for answer in answers] == [name]


def test_another_process_hears_of_a_new_version(app, brought, entered, three_levels):
    """What one process remembers goes by the number that every change moves, whoever made it."""
    name = brought(three_levels.commune)
    assert asked(entered, three_levels.commune) == ([name], ())
    known = dict(app.extensions["tiepdan_enabled_plugins"])
    other = brought(three_levels.commune, HEAD.replace("so-xa", "so-hai") + FORM)
    app.extensions["tiepdan_enabled_plugins"].update(known)  # as a process that was not told
    assert sorted(asked(entered, three_levels.commune)[0]) == sorted([name, other])


def test_finding_them_costs_nothing_again_and_nothing_where_there_are_none(
    brought, entered, three_levels, engine: sa.Engine
):
    brought(three_levels.province, WHOLE, Level.COMMUNE)
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    def cost(tenant):
        with entered(tenant, "plugins.manage"):
            own_tenant()
            statements.clear()
            enabled_here()
            return len(statements), sum("uploaded" in statement for statement in statements)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        first, again = cost(three_levels.commune), cost(three_levels.commune)
        nobody = cost(three_levels.stranger)
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    assert again == (0, 0)
    assert first[1] <= 2
    assert nobody[1] == 0


def test_texts_are_read_once_for_all_committees(brought, entered, three_levels, engine: sa.Engine):
    brought(three_levels.province, WHOLE.replace("QĐ 3", "QĐ 4"), Level.COMMUNE)
    fetched: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        if "uploaded_plugin.files" in statement:
            fetched.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        for tenant in (three_levels.commune, three_levels.sibling):
            with entered(tenant, "plugins.manage"):
                assert len(enabled_here()) == 1
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    assert len(fetched) <= 1


def test_nothing_of_an_upload_is_registered(brought, three_levels):
    name = brought(three_levels.commune)
    assert not plugins.manager.has_plugin(name)
    assert not plugins.manager.has_plugin("so-xa")


def test_the_operator_learns_the_names_to_stop(brought, three_levels, settings):
    name = brought(three_levels.commune)
    environ = {
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "TIEPDAN_SECRET_KEY": "kJ8-vN2_qR5wX7zB0cD3fG6hL9mP1sT4uY",
        "TIEPDAN_ROOT_KEY": "3q2+7wABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijk=",
        "TIEPDAN_ENVIRONMENT": "test",
        "TIEPDAN_ATTACHMENTS": str(settings.attachments_dir),
    }
    run = CliRunner(env=environ)
    answer = run.invoke(plugins_group, ["uploaded", three_levels.commune.slug])
    assert answer.exit_code == 0, answer.output
    assert answer.output.startswith(f"{name} ")
    assert "chưa dùng plugin" in run.invoke(plugins_group, ["uploaded", three_levels.sibling.slug]).output
    assert run.invoke(plugins_group, ["uploaded", "nowhere"]).exit_code == 2


def test_where_it_is_enabled_goes_by_what_was_handed_down(brought, entered, three_levels):
    name = brought(three_levels.province, WHOLE, Level.COMMUNE)
    with entered(three_levels.commune, "plugins.manage") as actor:
        choose_plugin(name, enabled=True, settings={}, actor=actor)

    def enabled():
        with entered(three_levels.province, "plugins.manage"):
            tenants = [
                tenant_by_id(each.id) for each in (three_levels.commune, three_levels.sibling, three_levels.district)
            ]
            return where_enabled(name, tenants)

    assert enabled() == {three_levels.commune.id, three_levels.sibling.id}
    with entered(three_levels.province, "plugins.manage") as actor:
        forget_choice(name, actor=actor, for_level=Level.COMMUNE)
    assert enabled() == frozenset()
    assert asked(entered, three_levels.commune) == ([], ())
    with entered(three_levels.province, "plugins.manage") as actor:
        choose_plugin(name, enabled=True, settings={}, actor=actor, for_level=Level.COMMUNE)
        withdraw_plugin(name, actor=actor)
    assert enabled() == frozenset()
