"""A tenant's own calendar: proposed, approved, taken back; open clocks follow, and say so."""

from datetime import date

import pytest
import sqlalchemy as sa

from tiepdan.core import plugins
from tiepdan.core.db import db, new_id
from tiepdan.core.errors import Conflict, Forbidden, Invalid, NotFound
from tiepdan.deadlines import calendar_decisions as decisions
from tiepdan.deadlines import service
from tiepdan.deadlines import tenant_calendars as calendars
from tiepdan.deadlines.calendar import DayKind
from tiepdan.deadlines.clock_words import ClockEventKind, ClockState
from tiepdan.deadlines.models import TenantCalendar
from tiepdan.deadlines.vietnam import CalendarOptions, vietnam_calendar
from tiepdan.worker import run_in_context

RECEIVED_ON = date(2026, 11, 20)
ON = date(2026, 11, 25)
BRIDGE = date(2026, 11, 23)  # a Monday; a swap for it was proposed, not decided


def start(actor, rule_id="CMP-03", event_on=RECEIVED_ON, subject_id=None):
    return service.start_clock(
        rule_id, subject_type="record", subject_id=subject_id or new_id(), event_on=event_on, actor=actor
    )


def decide(actor, day=BRIDGE, kind=DayKind.SWAP_OFF):
    override_id = decisions.propose_day(day, kind, name="Nghỉ hoán đổi", source="Thông báo 1", actor=actor)
    decisions.approve_day(override_id, on=ON, actor=actor)
    return override_id


def test_without_decisions_it_is_the_civil_services_calendar(entered, make_tenant):
    with entered(make_tenant()):
        assert service.calendar_of_tenant() == vietnam_calendar()


def test_a_proposal_counts_only_once_approved(entered, make_tenant):
    tenant = make_tenant()
    with entered(tenant, "petition_officer") as actor:
        override_id = decisions.propose_day(BRIDGE, DayKind.SWAP_OFF, name="Nghỉ", source="Thông báo 1", actor=actor)
        assert service.calendar_of_tenant().is_working(BRIDGE)
    with entered(tenant, "committee_head") as actor:
        decisions.approve_day(override_id, on=ON, actor=actor)
        assert not service.calendar_of_tenant().is_working(BRIDGE)
        with pytest.raises(Conflict):
            decisions.approve_day(override_id, on=ON, actor=actor)
    with entered(tenant):
        status = service.calendar_of_tenant().day_status(BRIDGE)
    assert (status.reason, status.source, status.provisional) == ("Nghỉ", "Thông báo 1", False)


def test_a_process_remembers_a_calendar_until_its_version_moves(app, entered, three_levels, monkeypatch):
    """What a request does: its door has read the version. The other tenant's calendar is never taken for this one's."""
    read, reads = calendars._read_decisions, []
    monkeypatch.setattr(calendars, "_read_decisions", lambda: reads.append(1) or read())
    here, there = three_levels.commune, three_levels.stranger

    def in_a_request(tenant):
        with entered(tenant):
            version = db.session.scalar(sa.select(sa.func.coalesce(sa.func.max(TenantCalendar.version), 0)))
            db.session().info["calendar_version"] = version
            return service.calendar_of_tenant().is_working(BRIDGE)

    assert [in_a_request(each) for each in (here, here, there, there)] == [True] * 4
    assert len(reads) == 2
    with entered(here, "petition_officer") as actor:
        db.session().info["calendar_version"] = 0
        assert service.calendar_of_tenant().is_working(BRIDGE)
        override_id = decide(actor)
        assert not service.calendar_of_tenant().is_working(BRIDGE), "who decides counts with it at once"
    assert [in_a_request(each) for each in (here, here, there)] == [False, False, True]
    with entered(here, "petition_officer") as actor:
        decisions.withdraw_day(override_id, on=ON, actor=actor)
    assert in_a_request(here)


def test_a_decision_is_the_tenants_own(entered, three_levels):
    with entered(three_levels.province, "petition_officer") as actor:
        override_id = decide(actor)
    for other in (three_levels.commune, three_levels.stranger):
        with entered(other, "petition_officer") as actor:
            assert service.calendar_of_tenant().is_working(BRIDGE)
            assert decisions.list_decided_days(actor=actor) == []
            for step in (
                lambda: decisions.approve_day(override_id, on=ON, actor=actor),
                lambda: decisions.withdraw_day(override_id, on=ON, actor=actor),
                lambda: decisions.decided_day(override_id, actor=actor),
            ):
                with pytest.raises(NotFound):
                    step()


def test_a_day_is_decided_once_and_may_be_taken_back(entered, make_tenant):
    with entered(make_tenant(), "petition_officer") as actor:
        override_id = decide(actor)
        with pytest.raises(Conflict):
            decide(actor, kind=DayKind.HOLIDAY)
        decisions.withdraw_day(override_id, on=ON, actor=actor)
        assert service.calendar_of_tenant().is_working(BRIDGE)
        decide(actor, kind=DayKind.HOLIDAY)
        [left] = decisions.list_decided_days(actor=actor)
    assert left.kind is DayKind.HOLIDAY


@pytest.mark.parametrize(
    ("day", "kind", "name", "source", "field"),
    [
        (BRIDGE, DayKind.HOLIDAY, " ", "Thông báo 1", "name"),
        (BRIDGE, DayKind.HOLIDAY, "Nghỉ", "", "source"),
        (BRIDGE, DayKind.WEEKEND, "Nghỉ", "Thông báo 1", "kind"),
        (date(1990, 1, 1), DayKind.HOLIDAY, "Nghỉ", "Thông báo 1", "day"),
    ],
)
def test_a_decision_needs_reason_and_source(entered, make_tenant, day, kind, name, source, field):
    with entered(make_tenant(), "petition_officer") as actor, pytest.raises(Invalid) as fault:
        decisions.propose_day(day, kind, name=name, source=source, actor=actor)
    assert set(fault.value.errors) == {field}


def test_only_who_manages_the_calendar_decides(entered, make_tenant):
    with entered(make_tenant(), "handler") as actor:
        for step in (
            lambda: decisions.propose_day(BRIDGE, DayKind.HOLIDAY, name="x", source="y", actor=actor),
            lambda: decisions.approve_day(new_id(), on=ON, actor=actor),
            lambda: decisions.choose_options(CalendarOptions(), on=ON, actor=actor),
        ):
            with pytest.raises(Forbidden):
                step()


def test_the_effect_is_shown_before_it_happens(entered, make_tenant):
    with entered(make_tenant(), "petition_officer") as actor:
        start(actor)
        start(actor, event_on=date(2026, 10, 1))  # over before the day
        override_id = decisions.propose_day(BRIDGE, DayKind.SWAP_OFF, name="Nghỉ", source="Thông báo 1", actor=actor)
        _decided, effect = decisions.decided_day(override_id, actor=actor)
    assert (effect.earlier, effect.later) == (0, 1)


def test_open_clocks_are_counted_again_and_both_dates_written_down(entered, make_tenant, monkeypatch):
    told = []
    monkeypatch.setattr("tiepdan.deadlines.subjects.join", lambda hook, **values: told.append((hook, values)))
    tenant = make_tenant()
    with entered(tenant, "petition_officer") as actor:
        moved, untouched, ended = start(actor), start(actor, event_on=date(2026, 12, 1)), start(actor)
        service.stop_clocks("record", ended.subject_id, on=date(2026, 12, 2))
        decide(actor)
        done = service.recompute_open_clocks(on=ON, actor=actor)
        again = service.recompute_open_clocks(on=ON, actor=actor)
        after = service.clock_by_id(moved.id)
        history = service.explain_clock(moved.id, actor=actor).history
        assert service.clock_by_id(untouched.id).due_on == untouched.due_on
        closed = service.explain_clock(ended.id, actor=actor)
    assert (done, again) == (service.Recount(2, 1, more=False), service.Recount(0, 0, more=False))
    assert (moved.due_on, after.due_on) == (date(2026, 12, 2), date(2026, 12, 3))
    assert (moved.warnings[1][0], after.warnings[1][0]) == (date(2026, 11, 27), date(2026, 11, 30))
    assert [(item.kind, item.old_due_on, item.new_due_on) for item in history] == [
        (ClockEventKind.STARTED, None, date(2026, 12, 2)),
        (ClockEventKind.RECOMPUTED, date(2026, 12, 2), date(2026, 12, 3)),
    ]
    assert (closed.clock.due_on, closed.clock.state, closed.agrees) == (date(2026, 12, 2), ClockState.MET, False)
    assert told == [
        ("clocks_moving", {"subject_type": "record", "subject_ids": {moved.subject_id, untouched.subject_id}}),
        ("clocks_moved", {"subject_type": "record", "subject_ids": {moved.subject_id}}),
    ]


def test_counting_again_goes_by_batches(entered, make_tenant):
    with entered(make_tenant(), "petition_officer") as actor:
        for _ in range(5):
            start(actor)
        decide(actor)
        runs = []
        while not runs or runs[-1].more:
            runs.append(service.recompute_open_clocks(on=ON, actor=actor, batch=2))
    assert [(run.examined, run.moved) for run in runs] == [(2, 2), (2, 2), (1, 1)]


def test_a_new_law_does_not_touch_a_clock_when_the_calendar_changes(entered, make_tenant):
    with entered(make_tenant(), "petition_officer") as actor:
        clock = start(actor, "CMP-02", date(2026, 6, 30))  # 10 days; since 1/7 it would be 7 working days
        decide(actor, day=date(2026, 7, 10), kind=DayKind.HOLIDAY)
        service.recompute_open_clocks(on=ON, actor=actor)
        after = service.clock_by_id(clock.id)
    assert (clock.due_on, after.rule_id, after.due_on) == (date(2026, 7, 10), "CMP-02", date(2026, 7, 13))


def test_a_worked_saturday_is_a_choice_of_the_tenant(entered, make_tenant):
    # rules.md, section 8: Sat 22/8/2026 is worked for Mon 31/8.
    received_on = date(2026, 8, 21)
    with entered(make_tenant(), "petition_officer") as actor:
        clock = start(actor, "DEN-01", received_on)
        decisions.choose_options(CalendarOptions(worked_saturdays=False), on=ON, actor=actor)
        service.recompute_open_clocks(on=ON, actor=actor)
        after = service.clock_by_id(clock.id)
        assert decisions.calendar_options() == CalendarOptions(worked_saturdays=False)
    assert (clock.due_on, after.due_on) == (date(2026, 9, 3), date(2026, 9, 4))


def test_an_approved_year_is_no_longer_provisional(entered, make_tenant):
    with entered(make_tenant(), "petition_officer") as actor:
        clock = start(actor, event_on=date(2027, 2, 1))
        assert clock.provisional
        decisions.choose_options(CalendarOptions(approved_years=frozenset({2027})), on=ON, actor=actor)
        service.recompute_open_clocks(on=ON, actor=actor)
        assert not service.clock_by_id(clock.id).provisional
        for wrong in (
            CalendarOptions(approved_years=frozenset({2025})),
            CalendarOptions(accepted_proposals=frozenset({"nothing"})),
        ):
            with pytest.raises(Invalid):
                decisions.choose_options(wrong, on=ON, actor=actor)


def test_the_hook_is_specified():
    assert hasattr(plugins.manager.hook, "clocks_moved")


def test_the_worker_counts_again_after_an_approval(app, entered, make_tenant):
    tenant = make_tenant()
    with entered(tenant, "petition_officer") as actor:
        clock = start(actor)
        decide(actor)
    for _ in range(2):  # a job may run twice
        with app.app_context():
            run_in_context("tiepdan.deadlines.jobs.recount_clocks", tenant.id, [ON.isoformat()])
    with entered(tenant) as actor:
        kinds = [item.kind for item in service.explain_clock(clock.id).history]
        assert service.clock_by_id(clock.id).due_on == date(2026, 12, 3)
    assert kinds == [ClockEventKind.STARTED, ClockEventKind.RECOMPUTED]
