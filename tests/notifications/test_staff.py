"""Staff are told what became overdue and what was raised to them: once a person and day, without a case in it."""

from datetime import date, datetime, time

import pytest

from tiepdan.core.actor import Actor
from tiepdan.core.clock import TIMEZONE
from tiepdan.core.jobs import connection, queue_named
from tiepdan.escalation.checking import check_due_clocks
from tiepdan.escalation.telling import tell_of_escalations
from tiepdan.notifications.rules import Happening
from tiepdan.petitions.service import assign_petition
from tiepdan.worker import run_in_context

LATE = date(2024, 8, 30)
BY_MAIL = {Happening.TASK_OVERDUE: ["mail"], Happening.ESCALATION_RAISED: ["mail"]}


@pytest.fixture
def look(entered):
    """look(tenant, on): look at the tenant's clocks as at the end of a day."""

    def look(tenant, on=LATE):
        with entered(tenant, "system.run"):
            return check_due_clocks(datetime.combine(on, time.max, TIMEZONE), actor=Actor.system())

    return look


def test_the_handler_of_an_overdue_petition_is_told_once(
    register, plan, look, entered, two_tenants, make_account, rows, superuser
):
    own, other = two_tenants
    plan(own, BY_MAIL)
    handler, head = make_account(own, "handler"), make_account(own, "committee_head")
    for _number in range(2):
        made = register(own, news=False)
        with entered(own, "committee_head") as actor:
            assign_petition(made.id, handler.id, actor=actor, on=made.due_on)
    register(other, news=False)
    assert look(own) > 1
    look(other)
    told = superuser.execute("SELECT account_id, event, facts FROM message WHERE tenant_id = %s", [own.id]).fetchall()
    assert told == [(handler.id, "task.overdue", {})]
    assert rows(other) == []
    assert head.id != handler.id


def test_of_what_nobody_handles_those_are_told_who_give_work(
    register, plan, look, make_tenant, make_account, superuser
):
    tenant = make_tenant()
    plan(tenant, BY_MAIL)
    head, _viewer = make_account(tenant, "committee_head"), make_account(tenant, "viewer")
    make_account(tenant, "petition_officer", confirmed=False)
    register(tenant, news=False)
    look(tenant)
    told = superuser.execute("SELECT account_id FROM message WHERE tenant_id = %s", [tenant.id]).fetchall()
    assert told == [(head.id,)]


def test_a_superior_is_told_in_its_own_committee(
    app, register, plan, look, three_levels, make_account, rows, superuser
):
    plan(three_levels.district, BY_MAIL)
    plan(three_levels.province, BY_MAIL)
    head = make_account(three_levels.district, "committee_head")
    register(three_levels.commune, news=False)
    look(three_levels.commune)
    with app.app_context():
        waiting = [job.args for job in queue_named("default").get_jobs() if job.args[0] == tell_of_escalations.name]
        connection().flushdb()
    assert three_levels.district.id in {tenant_id for _name, tenant_id, _arguments in waiting}
    for _time in range(2):
        for name, tenant_id, arguments in waiting:
            with app.app_context():
                run_in_context(name, tenant_id, arguments)
    told = superuser.execute(
        "SELECT account_id, event, facts, subject_id FROM message WHERE tenant_id = %s", [three_levels.district.id]
    ).fetchall()
    assert told == [(head.id, "escalation.raised", {}, None)]
    assert rows(three_levels.commune) == []
    assert rows(three_levels.stranger) == []
