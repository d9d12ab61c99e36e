"""The sweep's side: what its role sees, and that each day is looked at once, in order."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from tiepdan.core.clock import TIMEZONE
from tiepdan.core.db import as_role, db, new_id
from tiepdan.core.scope import platform_scope
from tiepdan.deadlines import service
from tiepdan.deadlines.clock_dates import midnight
from tiepdan.deadlines.clock_words import CheckKind

RECEIVED_ON = date(2026, 11, 20)  # due on 2/12; half time 26/11, near 27/11


@pytest.fixture
def clock(entered, make_tenant):
    tenant = make_tenant()
    with entered(tenant) as actor:
        started = service.start_clock(
            "CMP-03", subject_type="petition", subject_id=new_id(), event_on=RECEIVED_ON, actor=actor
        )
    return tenant, started


@pytest.fixture
def as_sweep(app):
    def ask(statement, **values):
        with app.app_context(), platform_scope():
            try:
                with as_role("tiepdan_sweep") as connection:
                    return connection.execute(sa.text(statement), values).all()
            finally:
                db.session.rollback()
                db.session.remove()

    return ask


def test_the_next_look_is_the_midnight_of_the_next_warning(clock):
    _tenant, started = clock
    assert started.warnings == (
        (date(2026, 11, 26), CheckKind.HALF_TIME),
        (date(2026, 11, 27), CheckKind.NEAR),
        (date(2026, 12, 2), CheckKind.DUE),
    )
    assert started.next_check_at == datetime(2026, 11, 26, tzinfo=TIMEZONE)


def test_the_sweep_sees_open_clocks_of_all_tenants(clock, entered, make_tenant, as_sweep):
    tenant, started = clock
    with entered(make_tenant()) as actor:
        other = service.start_clock(
            "CMP-03", subject_type="petition", subject_id=new_id(), event_on=RECEIVED_ON, actor=actor
        )
        ended = service.start_clock(
            "CMP-03", subject_type="petition", subject_id=new_id(), event_on=RECEIVED_ON, actor=actor
        )
        service.stop_clocks("petition", ended.subject_id, on=RECEIVED_ON)
    seen = {row.id: row for row in as_sweep("SELECT tenant_id, id, next_check_at FROM clock")}
    assert {started.id, other.id} <= set(seen)
    assert ended.id not in seen
    assert (seen[started.id].tenant_id, seen[started.id].next_check_at) == (tenant.id, started.next_check_at)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT due_on FROM clock",
        "SELECT subject_id FROM clock",
        "SELECT state FROM clock",
        "SELECT rule_id FROM clock",
        "SELECT * FROM clock",
        "SELECT id FROM clock FOR UPDATE",
        "UPDATE clock SET next_check_at = NULL",
        "DELETE FROM clock",
        "SELECT id FROM clock_event",
        "SELECT id FROM clock_pause",
        "SELECT id FROM calendar_override",
        "SELECT tenant_id FROM tenant_calendar",
        "SELECT id FROM membership",
    ],
)
def test_the_sweep_sees_nothing_else(clock, as_sweep, statement):
    with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
        as_sweep(statement)


def test_the_sweep_is_held_by_its_own_policy_even_inside_a_tenant(clock, entered):
    tenant, _started = clock
    with entered(tenant) as actor:
        ended = service.start_clock(
            "CMP-03", subject_type="petition", subject_id=new_id(), event_on=RECEIVED_ON, actor=actor
        )
        service.stop_clocks("petition", ended.subject_id, on=RECEIVED_ON)
        with as_role("tiepdan_sweep") as connection:
            seen = {row.id for row in connection.execute(sa.text("SELECT id FROM clock"))}
    assert ended.id not in seen


def test_the_sweep_reads_the_partial_index(app, clock):
    with app.app_context(), platform_scope():
        db.session.execute(sa.text("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off"))
        with as_role("tiepdan_sweep") as connection:
            query = "SELECT tenant_id FROM clock WHERE next_check_at <= now() ORDER BY next_check_at"
            rows = connection.execute(sa.text(f"EXPLAIN {query}"))
            plan = "\n".join(row[0] for row in rows)
        db.session.remove()
    assert "ix_clock_next_check_at" in plan


def test_the_sweep_learns_which_tenants_have_something_due(app, clock):
    tenant, started = clock
    with app.app_context(), platform_scope():
        before = service.tenants_with_due_clocks(started.next_check_at - timedelta(seconds=1))
        after = service.tenants_with_due_clocks(started.next_check_at)
        db.session.remove()
    assert tenant.id not in before
    assert tenant.id in after


def test_each_day_is_looked_at_once_and_in_order(clock, entered):
    tenant, started = clock
    looks = []
    with entered(tenant):
        for day in (date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 27), date(2026, 12, 2), date(2026, 12, 3)):
            for found in service.due_clocks_for_update(midnight(day)):
                looks.append((day, [check.kind for check in found.checks]))
                service.reschedule(found)
            assert service.due_clocks_for_update(midnight(day)) == []
        left = service.clock_by_id(started.id)
    assert looks == [
        (date(2026, 11, 26), [CheckKind.HALF_TIME]),
        (date(2026, 11, 27), [CheckKind.NEAR]),
        (date(2026, 12, 2), [CheckKind.DUE]),
        (date(2026, 12, 3), [CheckKind.OVERDUE]),
    ]
    assert left.next_check_at is None


def test_missed_days_are_caught_up_at_once(clock, entered):
    tenant, _started = clock
    with entered(tenant):
        [found] = service.due_clocks_for_update(midnight(date(2026, 12, 20)))
        service.reschedule(found)
        assert service.due_clocks_for_update(midnight(date(2026, 12, 21))) == []
    assert [check.kind for check in found.checks] == ["half_time", "near", "due", "overdue"]
    assert found.checks[-1].on == date(2026, 12, 3)


def test_a_further_look_can_be_asked_for(clock, entered):
    tenant, _started = clock
    with entered(tenant):
        [found] = service.due_clocks_for_update(midnight(date(2026, 12, 3)))
        service.reschedule(found, again_on=date(2026, 12, 8))
        assert service.due_clocks_for_update(midnight(date(2026, 12, 7))) == []
        [again] = service.due_clocks_for_update(midnight(date(2026, 12, 8)))
    assert again.checks == ()


def test_a_clock_another_worker_holds_is_skipped(clock, entered, superuser, database):
    import psycopg

    tenant, started = clock
    with psycopg.connect(database.superuser_url) as other:
        other.execute("SELECT id FROM clock WHERE id = %s FOR UPDATE", [started.id])
        with entered(tenant):
            assert service.due_clocks_for_update(midnight(date(2026, 12, 3))) == []
        other.rollback()


def test_a_neighbours_due_clock_is_not_taken(clock, entered, make_tenant):
    with entered(make_tenant()):
        assert service.due_clocks_for_update(midnight(date(2026, 12, 3))) == []


def test_what_ended_or_stands_still_is_not_looked_at(entered, make_tenant):
    with entered(make_tenant(), "petition_officer") as actor:
        ended, paused = (
            service.start_clock(
                "CMP-03", subject_type="petition", subject_id=new_id(), event_on=RECEIVED_ON, actor=actor
            )
            for _ in range(2)
        )
        service.stop_clocks("petition", ended.subject_id, on=RECEIVED_ON)
        service.pause_clock(paused.id, on=RECEIVED_ON, legal_basis="Điều 9", decision="5/QĐ", actor=actor)
        assert service.due_clocks_for_update(midnight(date(2027, 1, 4))) == []


def test_an_extended_clock_is_looked_at_by_its_new_days(entered, make_tenant):
    with entered(make_tenant(), "petition_officer") as actor:
        clock = service.start_clock(
            "DEN-08", subject_type="petition", subject_id=new_id(), event_on=date(2026, 3, 2), actor=actor
        )
        [found] = service.due_clocks_for_update(midnight(date(2026, 3, 27)))
        service.reschedule(found)
        extended = service.extend_clock(
            clock.id, 30, case="complex", decision="1/QĐ", on=date(2026, 3, 27), actor=actor
        )
    assert extended.next_check_at == midnight(date(2026, 4, 2))  # half of 2/3 to 4/5
