"""Clocks in the database: started, stopped, extended, suspended; a neighbour sees none of it."""

from datetime import date
from uuid import uuid4

import psycopg
import pytest
import sqlalchemy as sa

from tiepdan.core.db import db, new_id
from tiepdan.core.errors import Conflict, Forbidden, Invalid, NotFound
from tiepdan.deadlines import service
from tiepdan.deadlines.clock_words import CheckKind, ClockEventKind, ClockState
from tiepdan.deadlines.law import NoRuleInForce, UnknownRule
from tiepdan.deadlines.service import NewClock
from tiepdan.extensions.service import enabled_here

RECEIVED_ON = date(2026, 11, 20)  # a Friday; 24/11 is a holiday: rules.md, section 8


def start(actor, rule_id="CMP-03", event_on=RECEIVED_ON, **options):
    options.setdefault("subject_id", new_id())
    return service.start_clock(rule_id, subject_type="petition", event_on=event_on, actor=actor, **options)


def test_a_clock_keeps_the_date_and_the_rule_it_was_decided_by(entered, make_tenant):
    with entered(make_tenant()) as actor:
        started = start(actor)
        [stored] = service.clocks_of("petition", [started.subject_id])[started.subject_id]
    assert stored == started
    assert (stored.rule_id, stored.due_on, stored.state) == ("CMP-03", date(2026, 12, 2), ClockState.OPEN)
    assert stored.name == "Thụ lý khiếu nại"


def test_the_day_of_the_event_chooses_the_version(entered, make_tenant):
    with entered(make_tenant()) as actor:
        old = start(actor, "CMP-03", date(2026, 5, 4))
        new = start(actor, "CMP-02", date(2026, 7, 1))
    assert (old.rule_id, new.rule_id) == ("CMP-02", "CMP-03")


@pytest.mark.parametrize(
    ("rule_id", "variant", "chosen", "due_on"),
    [
        ("CMP-04", None, "CMP-04", date(2026, 5, 4)),  # 30 days: 2/5, a Saturday
        ("CMP-04", "normal", "CMP-04", date(2026, 5, 4)),
        ("CMP-04", "complex", "CMP-05", date(2026, 5, 18)),  # 45 days: 17/5, a Sunday
        ("CMP-05", None, "CMP-05", date(2026, 5, 18)),
        ("CMP-08", "complex", "CMP-08", date(2026, 6, 1)),  # 60 days
    ],
)
def test_a_variant_may_lie_in_a_sister_rule(entered, make_tenant, rule_id, variant, chosen, due_on):
    with entered(make_tenant()) as actor:
        clock = start(actor, rule_id, date(2026, 4, 2), variant=variant)
    assert (clock.rule_id, clock.due_on) == (chosen, due_on)


def test_a_clock_needs_a_rule_in_force(entered, make_tenant):
    with entered(make_tenant()) as actor:
        with pytest.raises(NoRuleInForce):
            start(actor, "CMP-02", date(2010, 1, 4))
        with pytest.raises(UnknownRule):
            start(actor, "CMP-99")
        with pytest.raises(ValueError, match="sets no limit"):
            start(actor, "CMP-10")
        with pytest.raises(Invalid):
            start(actor, "CMP-03", date(2045, 12, 29))


def test_the_reference_of_a_clock_tells_nothing(entered, make_tenant):
    given = uuid4()
    with entered(make_tenant()) as actor:
        clocks = service.start_clocks(
            [NewClock("DEN-01", "petition", new_id(), RECEIVED_ON) for _ in range(3)], actor=actor
        )
        named = start(actor, "DEN-01", reference=given)
    assert named.reference == given
    assert len({clock.reference for clock in clocks}) == 3
    assert all(clock.reference.version == 4 for clock in clocks)  # an UUIDv7 would hold the time


def test_many_clocks_cost_one_statement_and_the_calendar_one(entered, make_tenant, engine, monkeypatch):
    asked, written = [], []
    send = psycopg.RawCursor.execute
    monkeypatch.setattr(psycopg.RawCursor, "execute", lambda self, *given: written.append(given) or send(self, *given))

    def listen(*arguments):
        asked.append(arguments[2])

    with entered(make_tenant()) as actor:
        enabled_here()  # what is enabled is remembered by the process
        sa.event.listen(engine, "before_cursor_execute", listen)
        try:
            service.start_clocks([NewClock("CMP-03", "petition", new_id(), RECEIVED_ON) for _ in range(5)], actor=actor)
            start(actor)
        finally:
            sa.event.remove(engine, "before_cursor_execute", listen)
    assert [statement.split()[0] for statement in asked] == ["SELECT"]
    assert len(written) == 2


@pytest.mark.parametrize(
    ("done_on", "state"),
    [
        (date(2026, 12, 2), ClockState.MET),  # on the last day
        (date(2026, 12, 3), ClockState.LATE),
        (date(2026, 11, 23), ClockState.MET),
    ],
)
def test_a_stopped_clock_was_met_or_late(entered, make_tenant, done_on, state):
    with entered(make_tenant()) as actor:
        clock = start(actor)
        [ended] = service.stop_clocks("petition", clock.subject_id, ["CMP-02"], on=done_on)
        assert service.stop_clocks("petition", clock.subject_id, on=done_on) == []
    assert (ended.id, ended.state, ended.ended_on, ended.next_check_at) == (clock.id, state, done_on, None)


def test_a_duty_that_fell_away_is_neither_met_nor_late(entered, make_tenant):
    with entered(make_tenant()) as actor:
        clock = start(actor)
        [ended] = service.stop_clocks("petition", clock.subject_id, on=date(2027, 1, 4), outcome="stopped")
    assert ended.state is ClockState.STOPPED


def test_only_the_rules_meant_are_stopped(entered, make_tenant):
    with entered(make_tenant()) as actor:
        clock = start(actor)
        start(actor, "PET-07", subject_id=clock.subject_id)
        service.stop_clocks("petition", clock.subject_id, ["CMP-03"], on=RECEIVED_ON)
        states = {
            each.rule_id: each.state for each in service.clocks_of("petition", [clock.subject_id])[clock.subject_id]
        }
    assert states == {"CMP-03": ClockState.MET, "PET-07": ClockState.OPEN}


def test_a_shortest_time_is_met_when_it_has_run(entered, make_tenant):
    with entered(make_tenant()) as actor:
        posted = start(actor, "CMP-16", date(2026, 3, 2), variant="posting")  # 15 days: 17/3, a Tuesday
        early = start(actor, "CMP-16", date(2026, 3, 2), variant="posting")
        [met] = service.stop_clocks("petition", posted.subject_id, on=date(2026, 3, 20))
        [taken_down] = service.stop_clocks("petition", early.subject_id, on=date(2026, 3, 10))
    assert (posted.shortest, posted.due_on, posted.is_overdue(date(2026, 4, 1))) == (True, date(2026, 3, 17), False)
    assert (met.state, taken_down.state) == (ClockState.MET, ClockState.LATE)


def test_a_limit_counted_backwards_is_a_clock_too(entered, make_tenant):
    with entered(make_tenant()) as actor:
        clock = start(actor, "REC-09", date(2026, 3, 9))  # DEC-01
    assert clock.due_on == date(2026, 3, 2)
    assert [kind for _day, kind in clock.warnings] == [CheckKind.NEAR, CheckKind.DUE]


def test_nearest_due_leaves_out_what_is_closed_or_stands_still(entered, make_tenant):
    with entered(make_tenant(), "petition_officer") as actor:
        settlement = start(actor, "CMP-04", date(2026, 4, 2))
        subject = settlement.subject_id
        acceptance = start(actor, "CMP-03", date(2026, 4, 2), subject_id=subject)
        assert service.nearest_due("petition", subject) == acceptance.due_on
        service.stop_clocks("petition", subject, ["CMP-03"], on=date(2026, 4, 6))
        assert service.nearest_due("petition", subject) == settlement.due_on
        service.pause_clock(settlement.id, on=date(2026, 4, 10), legal_basis="Điều 1", decision="12/QĐ", actor=actor)
        assert service.nearest_due("petition", subject) is None
        assert service.nearest_due("petition", new_id()) is None


def test_a_complaint_between_two_laws_keeps_its_date_and_is_warned_of_earlier(entered, make_tenant):
    # TRN-05. Received Thu 25/6/2026: 10 days end Sunday 5/7, so Monday 6/7; 7 working days: 26, 29, 30/6, 1, 2, 3, 6/7.
    # Received Fri 26/6/2026: 10 days: Monday 6/7; 7 working days end 7/7. Received Wed 24/6: 10 days end Sat 4/7,
    # so 6/7; 7 working days: 25, 26, 29, 30/6, 1, 2, 3/7: earlier.
    with entered(make_tenant()) as actor:
        same, later, earlier = (start(actor, "CMP-02", date(2026, 6, day)) for day in (25, 26, 24))
    assert [clock.due_on for clock in (same, later, earlier)] == [date(2026, 7, 6)] * 3
    assert (same.earlier_on, later.earlier_on) == (None, None)
    assert (earlier.earlier_on, earlier.earlier_rule_id) == (date(2026, 7, 3), "CMP-03")
    assert earlier.warnings[-1] == (date(2026, 7, 3), CheckKind.DUE)


def test_of_two_rules_on_one_duty_the_earlier_day_is_warned_of(entered, make_tenant):
    with entered(make_tenant()) as actor:
        clock = start(actor, "CMP-15", date(2026, 3, 2))  # 7 working days: 11/3; the law's 7 days: 9/3
    assert (clock.due_on, clock.earlier_on, clock.earlier_rule_id) == (date(2026, 3, 11), date(2026, 3, 9), "CMP-14")


def test_an_extension_counts_from_the_same_event(entered, make_tenant):
    with entered(make_tenant(), "petition_officer") as actor:
        clock = start(actor, "DEN-08", date(2026, 3, 2))
        assert clock.due_on == date(2026, 4, 1)
        extended = service.extend_clock(
            clock.id, 30, case="complex", decision="3/QĐ", on=date(2026, 3, 20), actor=actor
        )
        assert extended.due_on == date(2026, 5, 4)  # 60 days: 1/5, a holiday, then a weekend
        [_started, happened] = service.explain_clock(clock.id, actor=actor).history
    assert (happened.kind, happened.old_due_on, happened.new_due_on, happened.note) == (
        ClockEventKind.EXTENDED, date(2026, 4, 1), date(2026, 5, 4), "30 · 3/QĐ",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rule_id", "extensions"),
    [
        ("DEN-08", [("complex", 31)]),  # longer than one extension may be
        ("DEN-08", [("complex", 30), ("complex", 1)]),  # complex: once
        ("DEN-08", [("especially_complex", 30), ("especially_complex", 30), ("especially_complex", 1)]),  # twice
        ("DEN-08", [("normal", 10)]),  # not for an ordinary case
        ("CMP-04", [("complex", 15)]),  # no extension in the law of complaints
        ("DEN-08", [("complex", 0)]),
    ],
)
def test_an_extension_past_the_budget_is_refused(entered, make_tenant, rule_id, extensions):
    with entered(make_tenant(), "petition_officer") as actor:
        clock = start(actor, rule_id, date(2026, 3, 2))
        *granted, refused = extensions
        for case, days in granted:
            service.extend_clock(clock.id, days, case=case, decision="3/QĐ", on=date(2026, 3, 20), actor=actor)
        before = service.clock_by_id(clock.id)
        with pytest.raises(Invalid) as fault:
            service.extend_clock(
                clock.id, refused[1], case=refused[0], decision="4/QĐ", on=date(2026, 3, 20), actor=actor
            )
        assert "days" in fault.value.errors
        assert service.clock_by_id(clock.id) == before


def test_what_is_overdue_is_not_extended_or_suspended(entered, make_tenant):
    with entered(make_tenant(), "petition_officer") as actor:
        clock = start(actor, "DEN-08", date(2026, 3, 2))
        with pytest.raises(Conflict):
            service.extend_clock(clock.id, 30, case="complex", decision="3/QĐ", on=date(2026, 4, 2), actor=actor)
        with pytest.raises(Conflict):
            service.pause_clock(clock.id, on=date(2026, 4, 2), legal_basis="Điều 1", decision="3/QĐ", actor=actor)


def test_a_suspension_stops_the_count_and_gives_the_rest_back(entered, make_tenant):
    with entered(make_tenant(), "petition_officer") as actor:
        clock = start(actor)  # 23, 25, 26, 27, 30/11, 1, 2/12
        paused = service.pause_clock(
            clock.id,
            on=date(2026, 11, 26),
            legal_basis="Nghị định 155/2026/NĐ-CP, Điều 9",
            decision="5/QĐ",
            actor=actor,
        )
        assert (paused.due_on, paused.suspended, paused.next_check_at) == (None, True, None)
        assert service.explain_clock(clock.id, actor=actor).remaining == 4  # three of seven were counted
        resumed = service.resume_clock(clock.id, on=date(2026, 12, 7), actor=actor)
        told = service.explain_clock(clock.id, actor=actor)
    assert resumed.due_on == date(2026, 12, 11)  # 8, 9, 10, 11/12
    assert told.agrees
    assert {step.source for step in told.steps if step.kind == "paused"} == {"Nghị định 155/2026/NĐ-CP, Điều 9"}
    assert [item.kind for item in told.history] == ["started", "paused", "resumed"]


def test_a_suspension_needs_basis_and_decision_and_happens_once(entered, make_tenant):
    with entered(make_tenant(), "petition_officer") as actor:
        clock = start(actor)
        with pytest.raises(Invalid) as fault:
            service.pause_clock(clock.id, on=RECEIVED_ON, legal_basis=" ", decision="", actor=actor)
        assert set(fault.value.errors) == {"legal_basis", "decision"}
        with pytest.raises(Conflict):
            service.resume_clock(clock.id, on=RECEIVED_ON, actor=actor)
        service.pause_clock(clock.id, on=date(2026, 11, 23), legal_basis="Điều 9", decision="5/QĐ", actor=actor)
        with pytest.raises(Conflict):
            service.pause_clock(clock.id, on=date(2026, 11, 24), legal_basis="Điều 9", decision="6/QĐ", actor=actor)
        with pytest.raises(Invalid):
            service.resume_clock(clock.id, on=date(2026, 11, 20), actor=actor)


def test_a_clock_ended_while_suspended_is_judged_by_what_was_left(entered, make_tenant):
    with entered(make_tenant(), "petition_officer") as actor:
        clock = start(actor)
        service.pause_clock(clock.id, on=date(2026, 11, 26), legal_basis="Điều 9", decision="5/QĐ", actor=actor)
        [ended] = service.stop_clocks("petition", clock.subject_id, on=date(2027, 3, 1))
        assert service.explain_clock(clock.id, actor=actor).agrees
    assert ended.state is ClockState.MET
    assert ended.due_on > date(2027, 3, 1)


def test_only_who_decides_may_extend_or_suspend(entered, make_tenant):
    with entered(make_tenant(), "handler") as actor:
        clock = start(actor)
        for step in (
            lambda: service.extend_clock(clock.id, 1, decision="1/QĐ", on=RECEIVED_ON, actor=actor),
            lambda: service.pause_clock(clock.id, on=RECEIVED_ON, legal_basis="x", decision="y", actor=actor),
            lambda: service.resume_clock(clock.id, on=RECEIVED_ON, actor=actor),
        ):
            with pytest.raises(Forbidden):
                step()


def test_another_tenants_clock_does_not_exist(entered, two_tenants):
    own, other = two_tenants
    with entered(own) as actor:
        clock = start(actor)
    with entered(other, "petition_officer") as actor:
        assert service.clocks_of("petition", [clock.subject_id]) == {clock.subject_id: []}
        assert service.clock_by_id(clock.id) is None
        assert service.nearest_due("petition", clock.subject_id) is None
        assert service.stop_clocks("petition", clock.subject_id, on=RECEIVED_ON) == []
        assert service.open_clocks(on=RECEIVED_ON, actor=actor).items == []
        for step in (
            lambda: service.explain_clock(clock.id, actor=actor),
            lambda: service.extend_clock(clock.id, 1, decision="1/QĐ", on=RECEIVED_ON, actor=actor),
            lambda: service.pause_clock(clock.id, on=RECEIVED_ON, legal_basis="x", decision="y", actor=actor),
            lambda: service.resume_clock(clock.id, on=RECEIVED_ON, actor=actor),
        ):
            with pytest.raises(NotFound):
                step()


def test_what_happened_to_a_clock_cannot_be_changed(entered, make_tenant):
    with pytest.raises(sa.exc.ProgrammingError, match="permission denied"), entered(make_tenant()) as actor:
        start(actor)
        db.session.execute(sa.text("UPDATE clock_event SET note = 'x'"))


def test_the_list_is_paged_by_due_date(entered, make_tenant):
    on = date(2026, 12, 1)
    with entered(make_tenant(), "viewer", "petition_officer") as actor:
        near = start(actor)  # due on 2/12
        overdue = start(actor, event_on=date(2026, 11, 9))
        far = start(actor, "CMP-04")
        still = start(actor, "CMP-04")
        service.pause_clock(still.id, on=date(2026, 11, 26), legal_basis="Điều 9", decision="5/QĐ", actor=actor)
        ended = start(actor)
        service.stop_clocks("petition", ended.subject_id, on=on)
        first = service.open_clocks(on=on, actor=actor, limit=2)
        second = service.open_clocks(on=on, actor=actor, limit=2, cursor=first.next_cursor)
        listed = {
            which: [clock.id for clock in service.open_clocks(which, on=on, actor=actor).items]
            for which in service.ClockFilter
        }
        counts = service.count_open_clocks(on=on, actor=actor)
        with pytest.raises(Invalid):
            service.open_clocks(on=on, actor=actor, cursor="bm9wZQ")
    assert [clock.id for clock in (*first.items, *second.items)] == [overdue.id, near.id, far.id]
    assert second.next_cursor is None
    assert listed == {
        "all": [overdue.id, near.id, far.id],
        "overdue": [overdue.id],
        "near": [near.id],
        "suspended": [still.id],
    }
    assert counts == service.ClockCounts(all=3, overdue=1, near=1, suspended=1)
