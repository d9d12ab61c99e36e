"""Messages go at most once, whatever happens to jobs, queue, worker and plugin."""

import time
from contextlib import suppress
from datetime import timedelta

import pytest

from tests import dummy_plugin
from tests.extensions.conftest import Enable
from tests.notifications.conftest import EVERY_CITIZEN_EVENT, SMS
from tiepdan.core.errors import Conflict
from tiepdan.core.jobs import connection
from tiepdan.core.plugins import check_of
from tiepdan.core.retries import MOST_ATTEMPTS
from tiepdan.notifications import bringing, sending
from tiepdan.notifications.log import try_again
from tiepdan.sdk import Channel, Delivery, Sent
from tiepdan.worker import JobFailed, run_in_context

BY_SMS = {event: [SMS] for event in EVERY_CITIZEN_EVENT}
FINE = {"changed_setting", "changed_role", "slow"}
LANGUAGES = {"vi": "Kênh", "en": "Channel"}


@pytest.fixture
def own(make_tenant, enable: Enable, plan, register):
    """A committee with one message that waits."""
    tenant = make_tenant()
    enable(tenant)
    plan(tenant, BY_SMS)
    register(tenant)
    return tenant


@pytest.fixture
def run(app):
    def run(tenant, message_id, attempt):
        with app.app_context():
            run_in_context(sending.send_message.name, tenant.id, [str(message_id), attempt])

    return run


def only_id(superuser, tenant):
    return superuser.execute("SELECT id FROM message WHERE tenant_id = %s", [tenant.id]).fetchone()[0]


def test_a_message_is_sent_once_however_often_its_job_runs(own, run, work, sweep, rows, superuser):
    work()
    message_id = only_id(superuser, own)
    for attempt in (0, 0, 1):
        run(own, message_id, attempt)
    sweep(own)
    work()
    assert [message.key for message in dummy_plugin.brought] == [str(message_id)]
    assert rows(own) == [("petition.registered", SMS, "sent", 1, "", False)]
    receipt = superuser.execute("SELECT receipt FROM message WHERE tenant_id = %s", [own.id]).fetchone()
    assert receipt == ("A-17",)


def test_a_lost_job_is_found_by_the_sweep(own, work, sweep, rows):
    work(lose=True)
    assert dummy_plugin.brought == []
    sweep(own)
    work()
    assert [row[2] for row in rows(own)] == ["sent"]


def test_the_sweep_of_a_neighbour_sends_nothing_of_ours(own, make_tenant, work, sweep):
    work(lose=True)
    sweep(make_tenant())
    work()
    assert dummy_plugin.brought == []


def test_another_committees_job_reaches_no_message(own, make_tenant, run, work, superuser, rows):
    work(lose=True)
    run(make_tenant(), only_id(superuser, own), 0)
    assert dummy_plugin.brought == []
    assert [row[2] for row in rows(own)] == ["waiting"]


def test_a_worker_killed_between_sending_and_writing_leaves_it_unknown(own, work, sweep, rows, monkeypatch):
    def die(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(sending, "_conclude", die)
    with pytest.raises(KeyboardInterrupt):
        work()
    assert len(dummy_plugin.brought) == 1
    assert rows(own) == [("petition.registered", SMS, "sending", 1, "", True)]
    monkeypatch.undo()
    for _time in range(2):
        sweep(own)
        work()
    assert len(dummy_plugin.brought) == 1, "it may have gone, so it is not sent again"
    assert rows(own) == [("petition.registered", SMS, "unknown", 1, "lost", False)]


@pytest.mark.parametrize(
    ("outcome", "row"),
    [
        ("sent", ("sent", 1, "", False)),
        ("refused", ("refused", 1, "refused", False)),
        ("unknown", ("unknown", 1, "no_answer", False)),
        ("later", ("waiting", 1, "later", True)),
    ],
)
def test_what_a_channel_says_counts(own, enable: Enable, work, rows, outcome, row):
    enable(own, outcome=outcome)
    work()
    assert rows(own) == [("petition.registered", SMS, *row)]


def test_it_is_tried_eight_times_with_the_same_key_and_then_given_up(own, enable: Enable, work, sweep, rows, entered):
    enable(own, outcome="later")
    work()
    for _time in range(MOST_ATTEMPTS + 2):
        sweep(own)
        work()
    assert len(dummy_plugin.brought) == MOST_ATTEMPTS
    assert len({message.key for message in dummy_plugin.brought}) == 1
    assert rows(own) == [("petition.registered", SMS, "undelivered", MOST_ATTEMPTS, "later", False)]
    enable(own, outcome="sent")
    with entered(own, "tenant_admin") as actor:
        try_again(actor=actor)
    work()
    assert [row[2] for row in rows(own)] == ["sent"]
    with entered(own, "tenant_admin") as actor, pytest.raises(Conflict):
        try_again(actor=actor)


@pytest.mark.parametrize("behaviour", dummy_plugin.BEHAVIOURS)
def test_a_plugin_that_fails_costs_nobody_anything_but_the_wait(
    own, enable: Enable, app, work, rows, behaviour, monkeypatch
):
    whole = dummy_plugin._behave

    def only_when_it_delivers(settings, good, wrong):
        return whole(settings, good, wrong) if isinstance(good, Delivery) else good

    monkeypatch.setattr(dummy_plugin, "_behave", only_when_it_delivers)
    enable(own, behaviour=behaviour)
    with suppress(JobFailed):  # it ended the job's own transaction: the job fails, what is written stands
        work()
    [row] = rows(own)
    assert row[2:4] == (("sent", 1) if behaviour in FINE else ("waiting", 1)), row
    with app.app_context():
        connection().flushdb()


def test_an_answer_that_comes_after_its_time_is_unknown(own, work, rows, monkeypatch):
    def slow(_settings, good, _wrong):
        if isinstance(good, Delivery):
            time.sleep(0.2)
        return good

    monkeypatch.setattr(bringing, "BUDGET", timedelta(milliseconds=100))
    monkeypatch.setattr(dummy_plugin, "_behave", slow)
    work()
    assert rows(own) == [("petition.registered", SMS, "unknown", 1, "slow", False)]


@pytest.mark.parametrize("behaviour", ["exception", "wrong_values", "wrong_type", "huge"])
def test_a_channel_that_does_not_show_itself_lets_messages_wait(own, enable: Enable, work, rows, behaviour):
    enable(own, behaviour=behaviour)
    work()
    assert rows(own) == [("petition.registered", SMS, "waiting", 0, "no_channel", True)]


def test_a_plugin_that_is_switched_off_lets_messages_wait(own, work, sweep, rows, superuser, enable: Enable):
    superuser.execute("DELETE FROM tenant_plugin WHERE tenant_id = %s", [own.id])
    superuser.execute("UPDATE plugin_epoch SET number = number + 1")
    work()
    assert rows(own) == [("petition.registered", SMS, "waiting", 0, "no_channel", True)]
    enable(own)
    sweep(own)
    work()
    assert [row[2] for row in rows(own)] == ["sent"]


def test_at_night_a_telephone_message_waits_for_the_morning(own, work, sweep, rows, noon, superuser):
    day = noon[0]
    noon[0] = day.replace(hour=22, minute=0)
    work()
    assert rows(own) == [("petition.registered", SMS, "waiting", 0, "quiet_hours", True)]
    waits_until = superuser.execute("SELECT next_at FROM message WHERE tenant_id = %s", [own.id]).fetchone()[0]
    assert waits_until.astimezone(day.tzinfo).hour == 7
    assert dummy_plugin.brought == []
    noon[0] = day
    sweep(own)
    work()
    assert [row[2:4] for row in rows(own)] == [("sent", 1)]


def test_news_of_last_week_is_not_sent(own, work, rows, superuser):
    superuser.execute("UPDATE message SET made_at = now() - interval '8 days' WHERE tenant_id = %s", [own.id])
    work()
    assert rows(own) == [("petition.registered", SMS, "undelivered", 0, "too_old", False)]


@pytest.mark.parametrize("receipt", ["x-0912345678", "Đã gửi cho bà Kín", "x" * 81])
def test_a_receipt_that_quotes_the_number_or_words_is_not_kept(own, work, superuser, monkeypatch, receipt):
    said = Delivery(Sent.SENT, receipt)
    monkeypatch.setattr(dummy_plugin, "_behave", lambda _s, good, _w: said if isinstance(good, Delivery) else good)
    work()
    kept = superuser.execute("SELECT state, receipt FROM message WHERE tenant_id = %s", [own.id]).fetchone()
    assert kept == ("sent", "")


@pytest.mark.parametrize(
    "answer",
    [
        "sms",
        [Channel("Tin nhắn", LANGUAGES, "phone")],
        [Channel("sms", {"vi": "Kênh"}, "phone")],
        [Channel("sms", LANGUAGES, "pigeon")],
        [Channel("sms", LANGUAGES, "phone", 0)],
        [Channel("sms", LANGUAGES, "phone")] * 2,
    ],
)
def test_what_is_no_channel_is_the_plugins_fault(answer):
    with pytest.raises((TypeError, ValueError)):
        check_of("channels")(answer)


@pytest.mark.parametrize("answer", ["sent", {"outcome": "sent"}, Delivery("gone")])
def test_what_is_no_delivery_is_the_plugins_fault(answer):
    with pytest.raises((TypeError, ValueError)):
        check_of("deliver_message")(answer)
