"""A new calendar is carried into every tenant's open clocks, records locked first, and said what moved."""

import json
import threading
from datetime import date

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from tiepdan.core.db import db, forget_session
from tiepdan.core.scope import platform_scope
from tiepdan.deadlines import service
from tiepdan.deadlines.commands import clocks
from tiepdan.deadlines.models import Clock
from tiepdan.deadlines.recount_everywhere import is_carried, recount_everywhere, recount_tenants
from tiepdan.identity.vault import PersonDetails
from tiepdan.operations.calendar_step import carry_calendar, is_calendar_carried
from tiepdan.petitions.loading import lock_petition
from tiepdan.petitions.service import NewPetition, petition_by_id, register_petition
from tiepdan.tenancy.service import tenants_by_id

ON = date(2024, 6, 28)
# PTY-06, Quy định 11-QĐi/TW, Điều 6: ten working days from Thursday 20/6/2024: 21, 24–28/6, 1–4/7 → Thursday 4/7.
RECEIVED_ON, DUE_ON = date(2024, 6, 20), date(2024, 7, 4)


@pytest.fixture
def petition(entered):
    """petition(tenant): a petition whose clock was counted by another calendar, one day short."""

    def petition(tenant):
        with entered(tenant, "petition_officer") as actor:
            new = NewPetition(content="Đường hỏng", people=[PersonDetails("Hoàng Thị A")], received_on=RECEIVED_ON)
            petition_id = register_petition(new, actor=actor, on=RECEIVED_ON).id
            db.session.flush()
            db.session.execute(sa.update(Clock).values(due_on=date(2024, 7, 3), calendar_version="before"))
            return petition_id

    return petition


def due_day(entered, tenant, petition_id):
    with entered(tenant):
        return petition_by_id(petition_id).due_on, service.nearest_due("petition", petition_id)


@pytest.fixture
def everywhere(app):
    def everywhere():
        with app.app_context():
            return {one.slug: one for one in recount_everywhere(on=ON)}

    return everywhere


def test_every_tenant_is_counted_and_the_report_says_what_moved(petition, everywhere, entered, two_tenants):
    one, other = two_tenants
    first, second = petition(one), petition(other)
    done = everywhere()
    for tenant in two_tenants:
        assert (done[tenant.slug].examined, done[tenant.slug].moved, done[tenant.slug].fault) == (1, 1, "")
    assert due_day(entered, one, first) == (DUE_ON, DUE_ON)
    assert due_day(entered, other, second) == (DUE_ON, DUE_ON)
    again = everywhere()
    assert (again[one.slug].examined, again[one.slug].moved) == (0, 0)


def test_the_present_calendar_is_noted_once_all_are_counted(app, petition, everywhere, superuser, make_tenant):
    petition(make_tenant())
    superuser.execute("DELETE FROM data_version")

    def carried():
        with app.app_context(), platform_scope():
            try:
                return is_carried()
            finally:
                forget_session()

    assert not carried()
    everywhere()
    assert carried()
    superuser.execute("UPDATE data_version SET version = 'before'")
    assert not carried()


def test_a_tenant_that_fails_leaves_the_others_and_the_calendar_unnoted(
    app, petition, everywhere, entered, superuser, two_tenants
):
    broken, fine = two_tenants
    petition(broken)
    moved = petition(fine)
    superuser.execute("UPDATE clock SET event_on = '2400-01-01' WHERE tenant_id = %s", [broken.id])
    superuser.execute("DELETE FROM data_version")
    done = everywhere()
    assert done[broken.slug].fault
    assert due_day(entered, fine, moved) == (DUE_ON, DUE_ON)
    assert superuser.execute("SELECT count(*) FROM data_version").fetchone() == (0,)
    superuser.execute("UPDATE clock SET event_on = '2024-06-20' WHERE tenant_id = %s", [broken.id])


def test_only_the_named_tenant_is_counted(app, petition, entered, two_tenants):
    named, other = two_tenants
    first, second = petition(named), petition(other)
    with app.app_context():
        with platform_scope():
            tenants = list(tenants_by_id([named.id]).values())
        forget_session()
        assert [one.slug for one in recount_tenants(tenants, on=ON)] == [named.slug]
    assert due_day(entered, named, first)[1] == DUE_ON
    assert due_day(entered, other, second)[1] == date(2024, 7, 3)


def test_the_command_reports_in_words_and_as_json(app, petition, two_tenants, monkeypatch):
    named, other = two_tenants
    petition(named)
    monkeypatch.setattr("tiepdan.deadlines.commands.resolve_name", lambda _name: lambda: app)
    spoken = CliRunner().invoke(clocks, ["recount", "--tenant", named.slug])
    assert spoken.exit_code == 0, spoken.output
    assert f"{named.slug}: tính lại 1 hạn, 1 hồ sơ đổi ngày" in spoken.output
    petition(other)
    answer = json.loads(CliRunner().invoke(clocks, ["recount", "--json"]).output)
    assert answer["ok"]
    assert {"slug": other.slug, "examined": 1, "moved": 1, "fault": ""} in answer["tenants"]
    unchanged = CliRunner().invoke(clocks, ["recount", "--if-changed"])
    assert "0 hạn của 0 đơn vị" in unchanged.output
    assert CliRunner().invoke(clocks, ["recount", "--tenant", "khong-co"]).exit_code == 1


def test_migrating_carries_a_changed_calendar_in(app, database, petition, entered, superuser, make_tenant, monkeypatch):
    tenant = make_tenant()
    petition_id = petition(tenant)
    superuser.execute("DELETE FROM data_version")
    monkeypatch.setattr("tiepdan.operations.calendar_step.load_settings", lambda: None)
    monkeypatch.setattr("tiepdan.operations.calendar_step.resolve_name", lambda _name: lambda _settings: app)
    lines = list(carry_calendar(database.owner_url))
    assert any(line.startswith(tenant.slug) for line in lines)
    assert due_day(entered, tenant, petition_id) == (DUE_ON, DUE_ON)
    assert is_calendar_carried(database.owner_url)
    assert list(carry_calendar(database.owner_url)) == []


def test_a_fresh_database_has_nothing_to_count(servers, make_database):
    fresh = make_database(servers, "tiepdan_fresh_calendar")
    assert is_calendar_carried(fresh.owner_url)
    assert is_calendar_carried(fresh.owner_url)


def test_the_petition_is_locked_before_its_clock(app, petition, entered, two_tenants, superuser):
    """Who holds the petition goes on to its clock; a recount that held the clock already would end in a deadlock."""
    tenant = two_tenants[0]
    petition_id = petition(tenant)
    done = []

    def recount():
        with entered(tenant):
            done.append(service.recompute_open_clocks(on=ON))

    with entered(tenant, "petition_officer"):
        lock_petition(petition_id)
        other = threading.Thread(target=recount)
        other.start()
        other.join(0.5)
        assert other.is_alive()  # it waits for the petition …
        service.stop_clocks("petition", petition_id, on=ON)  # … and holds no clock that we need
    other.join(10)
    assert [run.examined for run in done] == [0]


def test_an_extension_is_taken_over_by_the_petition(entered, make_tenant, make_account):
    """LTC Điều 30 khoản 2: 30 days, extended once by up to 30. From Thursday 20/6/2024: 20/7 is a Saturday →
    Monday 22/7; sixty days end on Monday 19/8/2024."""
    tenant = make_tenant(branch="state")
    with entered(tenant, "petition_officer", "clocks.decide") as actor:
        new = NewPetition(content="Đường hỏng", people=[PersonDetails("Hoàng Thị A")], received_on=RECEIVED_ON)
        petition_id = register_petition(new, actor=actor, on=RECEIVED_ON).id
        service.stop_clocks("petition", petition_id, on=RECEIVED_ON)
        clock = service.start_clock(
            "DEN-08", subject_type="petition", subject_id=petition_id, event_on=RECEIVED_ON, actor=actor
        )
        assert clock.due_on == date(2024, 7, 22)
        service.extend_clock(clock.id, 30, case="complex", decision="1-QĐ", on=ON, actor=actor)
        assert petition_by_id(petition_id).due_on == date(2024, 8, 19)
