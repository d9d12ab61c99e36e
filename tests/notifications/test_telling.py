"""Citizens are told if they asked and the committee tells; nothing about them lies around, and nothing of a sealed case."""

import pytest

from tests import dummy_plugin
from tests.extensions.conftest import Enable
from tests.notifications.conftest import EVERY_CITIZEN_EVENT, PHONE, SECRET, SMS
from tiepdan.core.errors import Forbidden, Invalid
from tiepdan.notifications.plan import Plan, read_plan, save_plan
from tiepdan.notifications.rules import PRINT, Happening
from tiepdan.petitions.service import assign_petition
from tiepdan.sdk import PetitionKind

BY_SMS = {event: [SMS] for event in EVERY_CITIZEN_EVENT}


def test_a_sender_who_asked_is_told_of_each_step(register, accept, plan, work, two_tenants, enable: Enable, rows):
    own, other = two_tenants
    enable(own)
    enable(other)
    plan(own, BY_SMS)
    made = register(own)
    register(other)
    accept(own, made.id)
    work()
    assert [row[:3] for row in rows(own)] == [
        ("petition.registered", SMS, "sent"),
        ("petition.accepted", SMS, "sent"),
    ]
    assert rows(other) == [], "it chose nothing"
    first, second = dummy_plugin.brought
    assert (first.channel, first.address) == ("test", "0912345678")
    assert first.key != second.key
    assert made.code in first.text
    assert first.text.isascii()
    assert SECRET not in first.text + first.subject


def test_nobody_is_told_who_did_not_ask(register, accept, plan, work, make_tenant, enable: Enable, rows):
    tenant = make_tenant()
    enable(tenant)
    plan(tenant, BY_SMS)
    made = register(tenant, news=False)
    accept(tenant, made.id)
    work()
    assert rows(tenant) == []
    assert dummy_plugin.brought == []


def test_a_sender_without_a_telephone_cannot_be_reached(register, plan, work, make_tenant, enable: Enable, rows):
    tenant = make_tenant()
    enable(tenant)
    plan(tenant, BY_SMS)
    register(tenant, phone="không có")
    work()
    assert rows(tenant) == [("petition.registered", SMS, "refused", 1, "no_address", False)]
    assert dummy_plugin.brought == []


def test_no_name_number_or_content_lies_in_rows_jobs_or_journal(
    register, plan, work, make_tenant, enable: Enable, superuser
):
    tenant = make_tenant()
    enable(tenant)
    plan(tenant, BY_SMS)
    register(tenant)
    arguments = work()
    stored = superuser.execute(
        "SELECT string_agg(m::text, ' ') || coalesce((SELECT string_agg(w::text, ' ') FROM message_wish w"
        " WHERE tenant_id = %s), '') || (SELECT string_agg(e::text, ' ') FROM event e WHERE tenant_id = %s)"
        " FROM message m WHERE tenant_id = %s",
        [tenant.id] * 3,
    ).fetchone()[0]
    for told in (SECRET, PHONE, "0912345678", "Nội dung"):
        assert told not in stored
        assert told not in str(arguments)


def test_a_denunciation_is_told_of_only_if_asked_and_says_only_that_there_is_news(
    register, accept, plan, work, make_tenant, enable: Enable, superuser
):
    tenant = make_tenant()
    enable(tenant)
    plan(tenant, BY_SMS | {Happening.PETITION_ACCEPTED: [SMS, PRINT]})
    asked = register(tenant, kind=PetitionKind.DENUNCIATION)
    register(tenant, kind=PetitionKind.DENUNCIATION, news=False)
    accept(tenant, asked.id, PetitionKind.DENUNCIATION)
    work()
    assert len(dummy_plugin.brought) == 2, "and no letter"
    assert len({message.text for message in dummy_plugin.brought}) == 1
    assert "co tin moi" in dummy_plugin.brought[0].text
    assert asked.code not in dummy_plugin.brought[0].text
    facts = superuser.execute("SELECT facts, sealed FROM message WHERE tenant_id = %s", [tenant.id]).fetchall()
    assert facts == [({}, True)] * 2
    opened = superuser.execute(
        "SELECT count(*) FROM event WHERE tenant_id = %s AND action = 'identity.unsealed'", [tenant.id]
    ).fetchone()
    assert opened == (2,), "each read of the number stands in the journal"


def test_a_case_that_is_sealed_later_is_told_of_no_more(
    register, classify, accept, plan, work, make_tenant, enable: Enable, rows, superuser
):
    tenant = make_tenant()
    enable(tenant)
    plan(tenant, BY_SMS)
    made = register(tenant)
    accept(tenant, made.id, PetitionKind.DENUNCIATION)
    work()
    assert dummy_plugin.brought == []
    assert [row[2] for row in rows(tenant)] == ["withdrawn"]
    kept = superuser.execute("SELECT facts FROM message WHERE tenant_id = %s", [tenant.id]).fetchone()
    assert kept == ({},)


def test_the_handler_of_new_work_is_told_by_mail_and_by_it_alone(
    register, plan, entered, make_tenant, make_account, rows, superuser
):
    tenant = make_tenant()
    plan(tenant, {Happening.TASK_ASSIGNED: ["mail"]})
    made = register(tenant, news=False)
    handler = make_account(tenant, "handler")
    with entered(tenant, "committee_head") as actor:
        assign_petition(made.id, handler.id, actor=actor, on=made.due_on)
    assert [row[:3] for row in rows(tenant)] == [("task.assigned", "mail", "waiting")]
    about = superuser.execute("SELECT account_id, facts, subject_id FROM message WHERE tenant_id = %s", [tenant.id])
    assert about.fetchone() == (handler.id, {}, None)


def test_a_plan_is_kept_and_is_each_committees_own(plan, entered, two_tenants, enable: Enable):
    own, other = two_tenants
    enable(own)
    plan(own, {Happening.PETITION_RESULT: [SMS, PRINT], Happening.TASK_OVERDUE: ["mail"]})
    with entered(own, "viewer"):
        assert read_plan().channels == {
            Happening.PETITION_RESULT: (SMS, PRINT), Happening.TASK_OVERDUE: ("mail",),
        }  # fmt: skip
    with entered(other, "viewer"):
        assert read_plan() == Plan()


@pytest.mark.parametrize(
    "channels",
    [
        {Happening.PETITION_RESULT: ["mail"]},  # nobody asks citizens for a mail address
        {Happening.TASK_OVERDUE: [SMS]},  # nor staff for a telephone
        {Happening.TASK_OVERDUE: [PRINT]},
        {Happening.PETITION_RESULT: ["nobody/sms"]},
    ],
)
def test_a_channel_that_does_not_suit_is_refused(entered, make_tenant, enable: Enable, channels):
    tenant = make_tenant()
    enable(tenant)
    with entered(tenant, "tenant_admin") as actor, pytest.raises(Invalid):
        save_plan(Plan(channels), actor=actor)
    with entered(tenant, "viewer") as actor, pytest.raises(Forbidden):
        save_plan(Plan(), actor=actor)


def test_a_channel_too_short_for_the_texts_is_refused(entered, make_tenant, enable: Enable):
    tenant = make_tenant()
    enable(tenant, longest=70)
    with entered(tenant, "tenant_admin") as actor, pytest.raises(Invalid):
        save_plan(Plan(BY_SMS), actor=actor)


def test_a_channel_that_is_gone_stays_chosen(plan, entered, make_tenant, enable: Enable, superuser):
    tenant = make_tenant()
    enable(tenant)
    plan(tenant, BY_SMS)
    superuser.execute("DELETE FROM tenant_plugin WHERE tenant_id = %s", [tenant.id])
    superuser.execute("UPDATE plugin_epoch SET number = number + 1")
    plan(tenant, BY_SMS)
    with entered(tenant, "viewer"):
        assert read_plan().channels[Happening.PETITION_RESULT] == (SMS,)
