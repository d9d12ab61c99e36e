"""Due clocks become warnings and escalations, each step once, whatever happens to the jobs."""

import threading
from datetime import date, datetime, time
from uuid import uuid4

import pytest
import sqlalchemy as sa

from tiepdan.core.actor import Actor
from tiepdan.core.clock import TIMEZONE
from tiepdan.core.db import db
from tiepdan.core.errors import NotFound
from tiepdan.deadlines.service import calendar_of_tenant, clocks_of, stop_clocks
from tiepdan.escalation.checking import check_due_clocks
from tiepdan.escalation.models import ClockMark, Escalation, EscalationStep
from tiepdan.escalation.rules import ladder_in_force, ladders
from tiepdan.escalation.service import list_escalations, open_escalation
from tiepdan.sdk import PetitionKind
from tiepdan.worker import JobFailed

DUE_ON = date(2024, 6, 24)


@pytest.fixture
def told(entered):
    """told(tenant): the escalations a tenant received, oldest first."""

    def told(tenant):
        with entered(tenant, "shared.view") as actor:
            return list(reversed(list_escalations(received=True, actor=actor).items))

    return told


@pytest.fixture
def check_on(entered):
    """check_on(tenant, day): look at the tenant's clocks as on that day."""

    def check_on(tenant, day, limit=200):
        with entered(tenant):
            evening = datetime.combine(day, time(23), TIMEZONE)
            return check_due_clocks(evening, actor=Actor.system(), limit=limit)

    return check_on


def marks(entered, tenant):
    with entered(tenant):
        return sorted(db.session.scalars(sa.select(ClockMark.step)))


def test_an_overdue_clock_is_told_to_the_direct_superior_only(make_petition, check, told, three_levels):
    petition_id = make_petition(three_levels.commune)
    check(three_levels.commune)

    (escalation,) = told(three_levels.district)
    assert escalation.case_id == petition_id
    assert escalation.due_on == DUE_ON
    assert escalation.rung == 1
    assert not escalation.sealed
    for other in (three_levels.province, three_levels.sibling, three_levels.stranger):
        assert told(other) == []


def test_running_twice_tells_once(make_petition, check, told, three_levels):
    make_petition(three_levels.commune)
    for _run in range(3):
        check(three_levels.commune)

    assert len(told(three_levels.district)) == 1


def test_a_clock_found_again_after_a_lost_reschedule_tells_nothing_twice(
    make_petition, check, told, three_levels, superuser
):
    make_petition(three_levels.commune)
    check(three_levels.commune)
    superuser.execute(
        "UPDATE clock SET next_check_at = '2024-01-01', checked_on = NULL WHERE tenant_id = %s",
        [three_levels.commune.id],
    )
    check(three_levels.commune)

    assert len(told(three_levels.district)) == 1


def test_a_run_killed_in_the_middle_leaves_nothing_and_the_next_does_all(
    make_petition, check, told, entered, three_levels, monkeypatch
):
    make_petition(three_levels.commune)
    with monkeypatch.context() as broken:
        broken.setattr("tiepdan.escalation.checking.reschedule", lambda *_a, **_k: 1 / 0)
        with pytest.raises(JobFailed, match="ZeroDivisionError"):
            check(three_levels.commune)
    assert told(three_levels.district) == []
    assert marks(entered, three_levels.commune) == []

    check(three_levels.commune)
    assert len(told(three_levels.district)) == 1


def test_two_workers_at_once_tell_once(app, make_petition, check, told, three_levels):
    for _number in range(4):
        make_petition(three_levels.commune)
    start = threading.Barrier(2)
    faults = []

    def work():
        start.wait()
        try:
            check(three_levels.commune)
        except Exception as fault:  # noqa: BLE001 - shown below
            faults.append(fault)

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    check(three_levels.commune)  # what one of them skipped because the other held it

    assert faults == []
    assert len(told(three_levels.district)) == 4


def test_warnings_come_in_order_each_once(make_petition, entered, check_on, three_levels):
    make_petition(three_levels.commune, received_on=date(2024, 6, 10))

    for day in (date(2024, 6, 17), date(2024, 6, 19), date(2024, 6, 19), date(2024, 6, 24)):
        check_on(three_levels.commune, day)

    kinds = [step.split()[0] for step in marks(entered, three_levels.commune)]
    assert sorted(kinds) == ["due", "half_time", "near"]


def test_a_missed_week_is_caught_up(make_petition, entered, check_on, told, three_levels):
    make_petition(three_levels.commune)
    check_on(three_levels.commune, date(2024, 6, 28))

    assert [step.split()[0] for step in marks(entered, three_levels.commune)] == ["due", "half_time", "near", "rung"]
    assert len(told(three_levels.district)) == 1


def test_the_ladder_climbs_to_the_next_superior(make_petition, check_on, told, three_levels):
    make_petition(three_levels.commune)

    check_on(three_levels.commune, date(2024, 6, 24))
    assert told(three_levels.district) == []
    check_on(three_levels.commune, date(2024, 6, 25))
    assert len(told(three_levels.district)) == 1
    # Ten working days after 24/6: 25..28/6, 1..5/7, 8/7.
    check_on(three_levels.commune, date(2024, 7, 7))
    assert told(three_levels.province) == []
    check_on(three_levels.commune, date(2024, 7, 8))
    assert [escalation.rung for escalation in told(three_levels.province)] == [2]
    assert len(told(three_levels.district)) == 1
    check_on(three_levels.commune, date(2024, 12, 31))  # there is no third superior
    assert len(told(three_levels.province)) == 1


def test_a_clock_that_was_met_is_left_alone(make_petition, check, told, entered, three_levels):
    petition_id = make_petition(three_levels.commune)
    with entered(three_levels.commune):
        stop_clocks("petition", petition_id, on=date(2024, 6, 20))
    check(three_levels.commune)

    assert told(three_levels.district) == []


def test_a_body_without_superior_tells_nobody(make_petition, check, entered, three_levels):
    make_petition(three_levels.province)
    check(three_levels.province)

    with entered(three_levels.province, "clocks.view") as actor:
        assert list_escalations(received=False, actor=actor).items == []


def test_batches_are_bounded(make_petition, check_on, told, three_levels):
    for _number in range(3):
        make_petition(three_levels.commune)

    assert check_on(three_levels.commune, date(2024, 6, 28), limit=2) == 2
    assert check_on(three_levels.commune, date(2024, 6, 28), limit=2) == 1
    assert check_on(three_levels.commune, date(2024, 6, 28), limit=2) == 0
    assert len(told(three_levels.district)) == 3


@pytest.mark.parametrize("kind", [PetitionKind.DENUNCIATION, None])
def test_a_sealed_case_is_a_random_reference(make_petition, check, told, entered, three_levels, superuser, kind):
    petition_id = make_petition(three_levels.commune, kind)
    check(three_levels.commune)

    escalations = told(three_levels.district)
    assert escalations
    with entered(three_levels.commune):
        clocks = clocks_of("petition", [petition_id])[petition_id]
    for escalation in escalations:
        assert escalation.sealed
        assert escalation.case_id is escalation.rule_name is escalation.due_on is None
        assert escalation.reference.version == 4  # a UUIDv7 would tell when the case came
    row = superuser.execute(
        "SELECT e::text FROM escalation e WHERE peer_tenant_id = %s", [three_levels.district.id]
    ).fetchone()[0]
    for secret in (petition_id, *(clock.id for clock in clocks)):
        assert str(secret) not in row


def test_a_case_that_becomes_a_denunciation_is_covered_in_what_was_told(
    make_petition, check, told, entered, three_levels
):
    from tiepdan.petitions.rules import Field
    from tiepdan.petitions.service import Classification, classify_petition

    petition_id = make_petition(three_levels.commune)
    check(three_levels.commune)
    assert told(three_levels.district)[0].case_id == petition_id

    with entered(three_levels.commune, "petition_officer") as actor:
        found = Classification(PetitionKind.DENUNCIATION, Field.LAND, within_competence=True)
        classify_petition(petition_id, found, actor=actor, on=date(2024, 6, 28))

    (escalation,) = told(three_levels.district)
    assert escalation.sealed
    assert escalation.case_id is escalation.rule_name is escalation.due_on is None


def test_marks_stay_private(make_petition, check, entered, three_levels):
    make_petition(three_levels.commune)
    check(three_levels.commune)

    assert marks(entered, three_levels.commune)
    assert marks(entered, three_levels.district) == []


def test_a_stranger_finds_no_escalation(make_petition, check, told, entered, three_levels):
    make_petition(three_levels.commune)
    check(three_levels.commune)
    (escalation,) = told(three_levels.district)

    for other in (three_levels.province, three_levels.sibling, three_levels.stranger):
        with pytest.raises(NotFound), entered(other, "committee_head") as actor:
            open_escalation(escalation.sender_id, escalation.id, actor=actor)


def test_a_superior_cannot_be_told_in_anothers_name(make_petition, check, told, entered, three_levels):
    with pytest.raises(sa.exc.ProgrammingError, match="row-level security"), entered(three_levels.sibling):
        db.session.execute(
            sa.insert(Escalation).values(
                tenant_id=three_levels.commune.id,
                peer_tenant_id=three_levels.district.id,
                rung=1,
                raised_on=DUE_ON,
                sealed=True,
                reference=uuid4(),
            )
        )


@pytest.mark.parametrize(
    ("who", "side", "word"),
    [
        ("sibling", "receiver", "acknowledged"),
        ("commune", "receiver", "acknowledged"),
        ("district", "sender", "explained"),
    ],
)
def test_the_database_refuses_a_step_of_somebody_else(
    make_petition, check, told, entered, three_levels, who, side, word
):
    make_petition(three_levels.commune)
    check(three_levels.commune)
    (escalation,) = told(three_levels.district)
    writer = getattr(three_levels, who)

    with pytest.raises((sa.exc.ProgrammingError, sa.exc.IntegrityError)), entered(writer):
        db.session.execute(
            sa.insert(EscalationStep).values(
                tenant_id=three_levels.commune.id,
                peer_tenant_id=writer.id if who == "sibling" else three_levels.district.id,
                escalation_id=escalation.id,
                side=side,
                word=word,
                taken_on=DUE_ON,
            )
        )


def test_the_ladder_is_dated_data(entered, three_levels):
    assert ladder_in_force(date(2010, 1, 1)) is None
    ladder = ladder_in_force(date(2024, 6, 24))
    assert ladder is ladders()[-1]
    assert ladder.source
    with entered(three_levels.commune):
        days = [rung.day(DUE_ON, calendar_of_tenant()) for rung in ladder.rungs]
    # One calendar day; ten working days; thirty working days: 25/6..28/6 (4), four weeks of July (24), 1, 2/8 … 5/8.
    assert days[:2] == [date(2024, 6, 25), date(2024, 7, 8)]
    assert days == sorted(days)
