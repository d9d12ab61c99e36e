"""A plugin that fails, in every way, in every hook: the step goes on as if it were not there."""

from datetime import date

import psycopg
import pytest
import sqlalchemy as sa

from tests import dummy_plugin
from tests.extensions.conftest import Enable
from tests.support import csrf_of
from tiepdan.core.db import db, new_id
from tiepdan.core.plugins import hook_kinds
from tiepdan.core.scope import current_scope
from tiepdan.deadlines.service import start_clock
from tiepdan.extensions.keeper import FAULTS_IN_A_ROW
from tiepdan.extensions.service import enabled_here, restart_plugin, standing_of

RECEIVED_ON = date(2024, 6, 3)  # a Monday; ten working days after it end on Monday 17 June, five on Monday 10 June
LAW, ORDERED = date(2024, 6, 17), date(2024, 6, 10)


def start(actor):
    return start_clock("PTY-06", subject_type="petition", subject_id=new_id(), event_on=RECEIVED_ON, actor=actor)


def test_the_dummy_implements_every_hook_there_is_for_plugins():
    offered = {name for name, kind in hook_kinds().items() if kind != "join"}
    assert offered == {name for name in offered if hasattr(dummy_plugin, name)}


@pytest.mark.parametrize("behaviour", dummy_plugin.BEHAVIOURS)
def test_a_failing_plugin_changes_nothing(behaviour, entered, two_tenants, enable: Enable, superuser):
    own, other = two_tenants
    enable(own, behaviour=behaviour)
    with entered(own, "system.run") as actor:
        scope = current_scope()
        clock = start(actor)
        assert current_scope() == scope
        bound = db.session.execute(
            sa.text("SELECT current_setting('app.tenant_id'), current_setting('app.tenant_path'), current_user")
        ).one()
        assert tuple(bound) == (str(own.id), own.path, "tiepdan_app")
    harmless = behaviour in {"changed_setting", "changed_role"}  # undone, and the answer itself was right
    assert clock.due_on == (ORDERED if harmless else LAW)
    assert superuser.execute("SELECT count(*) FROM clock WHERE tenant_id = %s", [own.id]).fetchone() == (1,)
    assert superuser.execute("SELECT count(*) FROM tenant_plugin WHERE tenant_id = %s", [own.id]).fetchone() == (1,)
    with entered(other, "system.run") as actor:
        assert start(actor).due_on == LAW


@pytest.mark.parametrize("behaviour", dummy_plugin.BEHAVIOURS)
def test_the_first_page_stands_up_to_every_fault(
    behaviour, two_tenants, enable: Enable, make_account, sign_in, caplog, capsys
):
    own, _ = two_tenants
    enable(own, behaviour=behaviour)
    client = sign_in(make_account(own, "petition_officer"))
    answer = client.get(own.url("/desk"))
    assert answer.status_code == 200
    assert "Kín" not in answer.text + caplog.text + "".join(capsys.readouterr())
    if behaviour not in {"changed_setting", "changed_role"}:
        assert "dummy gặp lỗi" in answer.text


@pytest.mark.parametrize("behaviour", dummy_plugin.BEHAVIOURS)
def test_a_petition_is_registered_whatever_a_plugin_does(
    behaviour, two_tenants, enable: Enable, make_account, sign_in, superuser: psycopg.Connection, caplog, capsys
):
    """With its fields while it answers, without them while it fails; nothing typed is lost silently."""
    own, _ = two_tenants
    enable(own, behaviour=behaviour)
    client = sign_in(make_account(own, "petition_officer"))
    url = own.url("/petitions/new")
    page = client.get(url)
    assert page.status_code == 200
    harmless = behaviour in {"changed_setting", "changed_role"}
    assert ("Câu hỏi thử" in page.text) is harmless
    assert ("dummy gặp lỗi" in page.text) is not harmless
    typed = {
        "origin": "post", "received_on": "2024-06-27", "people-0-full_name": "Nông Thị Trang", "people_count": "1",
        "content": "Xin cấp giấy chứng nhận", "kind": "", "field": "land", "csrf_token": csrf_of(client, url),
    }  # fmt: skip
    lost = client.post(url, data=typed | {"x-dummy-asked-line": "Đã gõ"})
    assert lost.status_code == (303 if harmless else 422)
    assert client.post(url, data=typed).status_code == 303
    kept = superuser.execute("SELECT count(*) FROM petition WHERE tenant_id = %s", [own.id]).fetchone()
    assert kept == (2 if harmless else 1,)
    answers = superuser.execute("SELECT count(*) FROM form_answer WHERE tenant_id = %s", [own.id]).fetchone()
    assert answers == (int(harmless),)
    assert "Kín" not in page.text + lost.text + caplog.text + "".join(capsys.readouterr())


def test_a_plugin_is_asked_only_where_it_is_enabled(entered, two_tenants, enable: Enable):
    own, _other = two_tenants
    enable(own)
    for tenant in two_tenants:
        with entered(tenant, "system.run") as actor:
            start(actor)
    assert dummy_plugin.calls == [("deadline_rules", own.slug)]


def test_faults_in_a_row_stop_it_in_this_tenant_only(
    entered, two_tenants, enable: Enable, superuser: psycopg.Connection
):
    own, other = two_tenants
    for tenant in two_tenants:
        enable(tenant, behaviour="exception")
    for _ in range(FAULTS_IN_A_ROW + 2):
        with entered(own, "system.run") as actor:
            start(actor)
    assert len(dummy_plugin.calls) == FAULTS_IN_A_ROW
    with entered(own, "plugins.manage") as actor:
        stop = standing_of("dummy").stop
        assert stop is not None
        assert (stop.hook, stop.fault, stop.everywhere) == ("deadline_rules", "ZeroDivisionError", False)
        restart_plugin("dummy", actor=actor)
    with entered(own, "system.run"):
        assert [each.manifest.name for each in enabled_here()] == ["dummy"]
    with entered(other, "system.run") as actor:
        assert standing_of("dummy").stop is None
    events = superuser.execute("SELECT action FROM event WHERE tenant_id = %s ORDER BY id", [own.id]).fetchall()
    assert [event[0] for event in events if event[0].startswith("plugin.")] == ["plugin.stopped", "plugin.restarted"]
    assert not superuser.execute("SELECT 1 FROM event WHERE tenant_id = %s", [other.id]).fetchall()


def test_one_good_answer_forgets_the_faults(entered, make_tenant, enable: Enable):
    tenant = make_tenant()
    for behaviour in (["exception"] * (FAULTS_IN_A_ROW - 1) + ["good"]) * 2:
        enable(tenant, behaviour=behaviour)
        with entered(tenant, "system.run") as actor:
            start(actor)
    with entered(tenant, "system.run"):
        assert standing_of("dummy").stop is None
