"""Events: told after the commit, at least once, whatever happens to jobs, queue and plugin; nothing sealed gets out."""

from datetime import date

import psycopg
import pytest
import redis
import sqlalchemy as sa

from tests import dummy_plugin
from tests.extensions.conftest import Enable
from tests.support import csrf_of
from tiepdan.core.db import db
from tiepdan.core.jobs import connection, queue_named
from tiepdan.core.plugin_calls import PluginBrokeTransactionError
from tiepdan.core.retries import MOST_ATTEMPTS
from tiepdan.core.scope import PlatformScope, enter
from tiepdan.escalation.jobs import check_clocks
from tiepdan.escalation.service import find_tenants_due
from tiepdan.extensions import delivery, outbox
from tiepdan.extensions.delivery import deliver_event
from tiepdan.extensions.notices import notices_here
from tiepdan.identity.vault import PersonDetails
from tiepdan.petitions.rules import CONDITIONS, Decision, Field, Origin
from tiepdan.petitions.service import (
    Classification,
    MadeDecision,
    NewPetition,
    classify_petition,
    decide_petition,
    register_petition,
    take_back_petition,
)
from tiepdan.receptions.rules import Duty, ReceptionForm
from tiepdan.receptions.service import (
    NewReception,
    close_day,
    open_day,
    post_reception,
    reception_by_id,
    schedule_reception,
)
from tiepdan.reports.periods import read_period
from tiepdan.reports.preparing import freeze_report, open_report
from tiepdan.reports.submitting import submit_report
from tiepdan.sdk import EventName, PetitionKind
from tiepdan.worker import JobFailed, run_in_context

ON = date(2024, 6, 24)
MET = frozenset(condition.word for condition in CONDITIONS)
HARMLESS = {"changed_setting", "changed_role", "slow"}  # undone, or no matter: nobody waits for an observer
SECRET = "Lò Thị Rất Kín"


@pytest.fixture(autouse=True)
def empty_queue(app):
    def empty():
        with app.app_context():
            connection().flushdb()

    empty()
    yield
    empty()


@pytest.fixture
def accept(entered):
    """accept(tenant, kind=…): register, classify and accept a petition, and return its id."""

    def accept(tenant, kind=PetitionKind.COMPLAINT):
        with entered(tenant, "petition_officer", "committee_head") as actor:
            person = PersonDetails(SECRET, address="Thôn Kín", id_number="012345678901")
            new = NewPetition(content=f"Nội dung của {SECRET}", people=[person], received_on=ON, origin=Origin.POST)
            made = register_petition(new, actor=actor, on=ON)
        with entered(tenant, "petition_officer", "committee_head") as actor:
            found = Classification(kind=kind, field=Field.LAND, within_competence=True, met=MET)
            classify_petition(made.id, found, actor=actor, on=ON)
        with entered(tenant, "petition_officer", "committee_head") as actor:
            decide_petition(made.id, MadeDecision(Decision.ACCEPT), actor=actor, on=ON)
        return made.id

    return accept


@pytest.fixture
def work(app):
    """work(): run the jobs that wait in the queue as a worker does; work(lose=True) loses them."""

    def work(*, lose=False):
        with app.app_context():
            waiting = [job.args for job in queue_named("default").get_jobs()]
            connection().flushdb()
        for name, tenant_id, arguments in waiting:
            if name == deliver_event.name and not lose:
                with app.app_context():
                    run_in_context(name, tenant_id, arguments)

    return work


@pytest.fixture
def sweep(app, superuser):
    """sweep(tenant): let time pass, and let the tenant's periodic job run if the sweep finds it."""

    def sweep(tenant):
        superuser.execute("UPDATE plugin_event SET next_at = now() WHERE next_at > now()")
        with app.app_context(), enter(PlatformScope()):
            found = find_tenants_due()
            db.session.remove()
        with app.app_context():
            if tenant.id in found:
                run_in_context(check_clocks.name, tenant.id, [])

    return sweep


def rows(superuser: psycopg.Connection, tenant) -> list[tuple]:
    return superuser.execute(
        "SELECT name, attempts, failed, delivered_at IS NOT NULL, next_at IS NOT NULL FROM plugin_event"
        " WHERE tenant_id = %s ORDER BY id",
        [tenant.id],
    ).fetchall()


def keys() -> list[str]:
    return [event.key for event in dummy_plugin.heard]


def test_without_a_listening_plugin_no_row_is_written(accept, two_tenants, enable: Enable, superuser):
    own, _other = two_tenants
    enable(own, "level-district")
    accept(own)
    assert rows(superuser, own) == []


def test_an_event_is_told_once_after_the_commit(accept, work, two_tenants, enable: Enable, superuser):
    own, other = two_tenants
    enable(own)
    accept(own)
    accept(other)
    assert dummy_plugin.heard == []
    work()
    assert [event.name for event in dummy_plugin.heard] == [EventName.PETITION_ACCEPTED, EventName.PETITION_DECIDED]
    event = dummy_plugin.heard[0]
    assert (event.tenant.slug, event.on) == (own.slug, ON)
    assert dict(event.facts) == {
        "decision": "accepted", "kind": "complaint", "field": "land", "origin": "post", "sealed": False,
    }  # fmt: skip
    assert dummy_plugin.heard[0].record == dummy_plugin.heard[1].record
    assert all(row[1:] == (1, "", True, False) for row in rows(superuser, own))
    assert rows(superuser, other) == []
    with pytest.raises(TypeError):
        event.facts["kind"] = "x"


def test_a_step_that_rolls_back_tells_nothing(entered, work, make_tenant, enable: Enable, superuser):
    tenant = make_tenant()
    enable(tenant)
    with pytest.raises(ZeroDivisionError), entered(tenant):
        outbox.announce(EventName.REPORT_SUBMITTED, subject_id=outbox.new_id(), on=ON)
        raise ZeroDivisionError
    work()
    assert (rows(superuser, tenant), dummy_plugin.heard) == ([], [])


@pytest.mark.parametrize("behaviour", dummy_plugin.BEHAVIOURS)
def test_a_failing_observer_changes_nothing(behaviour, accept, work, entered, make_tenant, enable: Enable, superuser):
    tenant = make_tenant()
    enable(tenant, behaviour="good")
    petition_id = accept(tenant)
    enable(tenant, behaviour=behaviour)
    work()
    status = superuser.execute("SELECT status FROM petition WHERE id = %s", [petition_id]).fetchone()
    assert status == ("accepted",)
    assert superuser.execute("SELECT count(*) FROM tenant_plugin WHERE tenant_id = %s", [tenant.id]).fetchone() == (1,)
    for row in rows(superuser, tenant):
        assert row[1] == 1
        assert row[3] is (behaviour in HARMLESS)
        assert bool(row[2]) is not row[3]
    stored = superuser.execute("SELECT plugin_event::text FROM plugin_event WHERE tenant_id = %s", [tenant.id])
    assert SECRET not in str(stored.fetchall())


def test_a_slow_observer_has_its_own_budget(accept, work, make_tenant, enable: Enable, superuser, monkeypatch):
    tenant = make_tenant()
    enable(tenant)
    accept(tenant)
    enable(tenant, behaviour="slow")
    monkeypatch.setattr(delivery, "BUDGET", delivery.timedelta(milliseconds=100))
    work()
    assert {row[2] for row in rows(superuser, tenant)} == {"slow"}


def test_what_failed_is_told_again_with_the_same_key(accept, work, sweep, make_tenant, enable: Enable, superuser):
    tenant = make_tenant()
    enable(tenant)
    accept(tenant)
    enable(tenant, behaviour="exception")
    work()
    enable(tenant)
    sweep(tenant)
    work()
    assert len(keys()) == 4
    assert sorted(keys()[:2]) == sorted(keys()[2:])
    assert all(row[1:] == (2, "", True, False) for row in rows(superuser, tenant))
    sweep(tenant)
    work()
    assert len(keys()) == 4


def test_a_lost_job_is_told_later_exactly_once(accept, work, sweep, make_tenant, enable: Enable, superuser):
    tenant = make_tenant()
    enable(tenant)
    accept(tenant)
    work(lose=True)
    assert keys() == []
    sweep(tenant)
    sweep(tenant)  # a second job for the same attempt calls nobody
    work()
    assert len(keys()) == len(set(keys())) == 2
    assert all(row[3] for row in rows(superuser, tenant))


@pytest.mark.parametrize(
    ("fault", "named"),
    [(MemoryError(), "lost"), (PluginBrokeTransactionError("dummy", "event_happened"), "transaction")],
)
def test_a_worker_killed_in_the_call_counts_as_an_attempt(
    fault, named, accept, work, sweep, make_tenant, enable: Enable, superuser, monkeypatch
):
    tenant = make_tenant()
    enable(tenant)
    accept(tenant)

    def killed(*_arguments: object, **_more: object) -> None:
        raise fault

    with monkeypatch.context() as broken:
        broken.setattr(delivery, "tell", killed)
        with pytest.raises(JobFailed):
            work()
    assert rows(superuser, tenant)[0][1:] == (1, named, False, True)
    sweep(tenant)
    work()
    assert len(keys()) == len(set(keys())) == 2


def test_a_queue_that_is_down_loses_nothing(accept, work, sweep, make_tenant, enable: Enable, monkeypatch, capsys):
    tenant = make_tenant()
    enable(tenant)

    def down(*_arguments: object, **_more: object) -> None:
        raise redis.ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr("tiepdan.core.jobs.connection", down)
        accept(tenant)
    work()
    assert keys() == []
    sweep(tenant)
    work()
    assert len(set(keys())) == len(keys()) == 2


def test_it_is_given_up_visibly_and_can_be_tried_again(
    app, accept, work, make_tenant, enable: Enable, superuser, make_account, sign_in
):
    tenant = make_tenant()
    enable(tenant)
    accept(tenant)
    work(lose=True)
    enable(tenant, behaviour="wrong_type")
    event_id = superuser.execute("SELECT id FROM plugin_event WHERE tenant_id = %s", [tenant.id]).fetchone()[0]
    for attempt in range(MOST_ATTEMPTS + 1):
        superuser.execute("UPDATE plugin_stop SET ended_at = now() WHERE tenant_id = %s", [tenant.id])
        superuser.execute("UPDATE plugin_epoch SET number = number + 1")
        with app.app_context():
            run_in_context(deliver_event.name, tenant.id, [str(event_id), attempt])
    assert len(keys()) == MOST_ATTEMPTS
    admin = sign_in(make_account(tenant, "tenant_admin"))
    page = admin.get(tenant.url("/plugins/dummy"))
    assert "Sự kiện chưa giao được" in page.text
    assert "TypeError" in page.text
    enable(tenant)
    token = csrf_of(admin, tenant.url("/plugins/dummy"))
    answer = admin.post(tenant.url("/plugins/dummy/events/again"), data={"csrf_token": token})
    assert answer.status_code == 303, answer.text[-1500:]
    work()
    assert keys().count(str(event_id)) == MOST_ATTEMPTS + 1
    assert "Sự kiện chưa giao được" not in admin.get(tenant.url("/plugins/dummy")).text


def test_a_plugin_that_is_switched_off_hears_when_it_is_on_again(
    accept, work, sweep, make_tenant, enable: Enable, superuser
):
    tenant = make_tenant()
    enable(tenant)
    accept(tenant)
    superuser.execute("DELETE FROM tenant_plugin WHERE tenant_id = %s", [tenant.id])
    superuser.execute("UPDATE plugin_epoch SET number = number + 1")
    work()
    assert {row[1:] for row in rows(superuser, tenant)} == {(0, "switched_off", False, True)}
    enable(tenant)
    sweep(tenant)
    work()
    assert len(keys()) == 2


def test_nothing_of_a_sealed_case_is_told(accept, work, make_tenant, enable: Enable, superuser):
    tenant = make_tenant()
    enable(tenant)
    petition_id = accept(tenant, PetitionKind.DENUNCIATION)
    work()
    assert len(dummy_plugin.heard) == 2
    for event in dummy_plugin.heard:
        assert dict(event.facts) == {"sealed": True}
    assert len({event.record for event in dummy_plugin.heard}) == 2
    stored = str(
        superuser.execute("SELECT plugin_event::text FROM plugin_event WHERE tenant_id = %s", [tenant.id]).fetchall()
    )
    for secret in (SECRET, "Thôn Kín", "012345678901", "denunciation", "land", str(petition_id)):
        assert secret not in stored + repr(dummy_plugin.heard)


def test_a_case_that_becomes_a_denunciation_is_covered(entered, work, make_tenant, enable: Enable, superuser):
    tenant = make_tenant()
    enable(tenant)
    with entered(tenant, "petition_officer", "committee_head") as actor:
        new = NewPetition(content="x", people=[PersonDetails(SECRET)], received_on=ON, origin=Origin.POST)
        made = register_petition(new, actor=actor, on=ON)
        found = Classification(kind=PetitionKind.PROPOSAL, field=Field.LAND, within_competence=False, met=MET)
        classify_petition(made.id, found, actor=actor, on=ON)
        papers = MadeDecision(Decision.TRANSFER, reason="x", body="y", document_number="1")
        decide_petition(made.id, papers, actor=actor, on=ON)
    work()
    record = dummy_plugin.heard[0].record
    with entered(tenant, "petition_officer", "committee_head") as actor:
        take_back_petition(made.id, reason="Nhầm", actor=actor, on=ON)
        found = Classification(kind=PetitionKind.DENUNCIATION, field=Field.LAND, within_competence=True, met=MET)
        classify_petition(made.id, found, actor=actor, on=ON)
    kept = superuser.execute(
        "SELECT record, facts, notices FROM plugin_event WHERE tenant_id = %s", [tenant.id]
    ).fetchall()
    assert len({row[0] for row in kept}) == len(kept) == 2
    assert [row[1:] for row in kept] == [({"sealed": True}, None)] * 2
    assert record not in str(kept)


def test_words_are_no_facts(entered, make_tenant, enable: Enable):
    tenant = make_tenant()
    enable(tenant)
    with pytest.raises(ValueError, match="no code"), entered(tenant):
        outbox.announce(EventName.REPORT_SUBMITTED, subject_id=outbox.new_id(), on=ON, facts={"who": SECRET})


def test_notices_stand_on_the_first_page_until_seen(accept, work, two_tenants, enable: Enable, make_account, sign_in):
    own, other = two_tenants
    for tenant in two_tenants:
        enable(tenant)
    accept(own)
    work()
    clerk, stranger = (sign_in(make_account(tenant, "petition_officer")) for tenant in two_tenants)
    page = clerk.get(own.url("/desk")).text
    assert "Đã nghe petition.accepted" in page
    assert "Đã nghe" not in stranger.get(other.url("/desk")).text
    token = csrf_of(clerk, own.url("/desk"))
    event_id = next(event.key for event in dummy_plugin.heard if event.name is EventName.PETITION_ACCEPTED)
    url = f"/plugins/notices/{event_id}/dismiss"
    assert stranger.post(other.url(url), data={"csrf_token": csrf_of(stranger, other.url("/desk"))}).status_code == 404
    assert clerk.post(own.url(url), data={"csrf_token": token}).status_code == 303
    page = clerk.get(own.url("/desk")).text
    assert "Đã nghe petition.accepted" not in page
    assert "Đã nghe petition.decided" in page


def test_the_sweep_sees_for_whom_something_waits_and_nothing_else(app, accept, make_tenant, enable: Enable):
    tenant = make_tenant()
    enable(tenant)
    accept(tenant)
    from tiepdan.core.db import as_role, transaction

    for column in ("plugin", "facts", "id"):
        with app.app_context(), enter(PlatformScope()):
            with (
                pytest.raises(sa.exc.ProgrammingError, match="permission denied"),
                transaction(),
                as_role("tiepdan_sweep") as sweeping,
            ):
                sweeping.execute(sa.text(f"SELECT {column} FROM plugin_event"))
            db.session.remove()


def test_old_events_are_dropped(app, accept, work, make_tenant, enable: Enable, superuser):
    tenant = make_tenant()
    enable(tenant)
    accept(tenant)
    work()
    superuser.execute(
        "UPDATE plugin_event SET made_at = now() - interval '31 days' WHERE tenant_id = %s AND name = %s",
        [tenant.id, EventName.PETITION_DECIDED.value],
    )
    with app.app_context():
        run_in_context(check_clocks.name, tenant.id, [])
    assert [row[0] for row in rows(superuser, tenant)] == [EventName.PETITION_ACCEPTED]


def test_a_reception_that_was_held_is_told(entered, work, make_tenant, enable: Enable):
    tenant = make_tenant()
    enable(tenant)
    enable(tenant, "lang-son")
    with entered(tenant, "committee_head") as head:
        new = NewReception(Duty.PARTY, ReceptionForm.PERIODIC, [ON], place="Trụ sở", chair_name=SECRET)
        reception_id = schedule_reception(new, actor=head, on=date(2024, 1, 2))
        post_reception(reception_id, actor=head, on=date(2024, 1, 2))
        day_id = reception_by_id(reception_id).days[0].id
        open_day(day_id, actor=head, on=ON)
        close_day(day_id, actor=head, on=ON)
    work()
    [event] = dummy_plugin.heard
    assert (event.name, event.on) == (EventName.RECEPTION_HELD, ON)
    assert dict(event.facts) == {"form": "periodic", "received_by": "head", "visits": 0, "sealed": False}
    assert str(day_id) != event.record
    with entered(tenant):
        assert {(about.plugin, about.notices[0].title) for about in notices_here()} == {
            ("dummy", "Đã nghe reception.held"), ("lang-son", "Ra thông báo kết luận của kỳ tiếp"),
        }  # fmt: skip


def test_a_report_that_was_sent_is_told(entered, work, three_levels, enable: Enable):
    enable(three_levels.district)
    with entered(three_levels.district, "reports.view", "reports.prepare", "reports.submit") as actor:
        report = open_report("qd11", read_period("2024-H1"), actor=actor, on=ON)
        freeze_report(report.id, actor=actor, on=ON)
        submit_report(report.id, actor=actor, on=ON)
    work()
    [event] = dummy_plugin.heard
    assert (event.name, event.on) == (EventName.REPORT_SUBMITTED, ON)
    assert dict(event.facts) == {
        "definition": "qd11", "period_kind": "half_year", "period_from": "2024-01-01", "edition": 1, "receivers": 1,
        "sealed": False,
    }  # fmt: skip


def test_another_committee_reads_no_events(accept, entered, two_tenants, enable: Enable):
    own, other = two_tenants
    enable(own)
    accept(own)
    with entered(own):
        assert db.session.scalar(sa.text("SELECT count(*) FROM plugin_event")) == 2
    with entered(other):
        assert db.session.scalar(sa.text("SELECT count(*) FROM plugin_event")) == 0
