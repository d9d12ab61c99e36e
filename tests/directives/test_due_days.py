"""The receiver's clock of an assignment: to the day the sender set, warned and told once."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.support import csrf_of
from tiepdan.core.db import db
from tiepdan.core.errors import Conflict
from tiepdan.core.scope import PlatformScope, enter
from tiepdan.deadlines.service import (
    CheckKind,
    ClockState,
    clocks_of,
    explain_clock,
    extend_clock,
    open_clocks,
    pause_clock,
    recompute_open_clocks,
)
from tiepdan.directives.jobs import follow_received_work
from tiepdan.directives.models import AssignmentSignal
from tiepdan.directives.service import (
    ASSIGNMENT_SUBJECT,
    acknowledge_assignment,
    close_assignment,
    extend_assignment,
    refuse_assignment,
    report_done,
    tenants_with_signals,
)
from tiepdan.worker import run_in_context

ON = date(2024, 6, 28)  # a Friday
# A Sunday: the day the head wrote stays, no law moves it (DEC-10). From Friday 28/6 half of the 16 days is 8 days:
# Saturday 6/7. Three working days before Sunday 14/7: Friday 12, Thursday 11, Wednesday 10/7.
SUNDAY = date(2024, 7, 14)


@pytest.fixture
def follow(app):
    """follow(tenant): run the receiver's job as the worker does."""

    def follow(tenant):
        with app.app_context():
            run_in_context(follow_received_work.name, tenant.id, [])

    return follow


@pytest.fixture
def clocks(entered):
    """clocks(tenant, assignment): the clocks a tenant has of it."""

    def clocks(tenant, assignment_id):
        with entered(tenant):
            return clocks_of(ASSIGNMENT_SUBJECT, [assignment_id])[assignment_id]

    return clocks


def test_the_receiver_has_a_clock_to_the_very_day_the_sender_wrote(issue, follow, clocks, three_levels):
    work = issue(due_on=SUNDAY)
    follow(three_levels.commune)

    (clock,) = clocks(three_levels.commune, work)
    assert (clock.event_on, clock.due_on, clock.given_on) == (ON, SUNDAY, SUNDAY)
    assert clock.warnings == (
        (date(2024, 7, 6), CheckKind.HALF_TIME),
        (date(2024, 7, 10), CheckKind.NEAR),
        (SUNDAY, CheckKind.DUE),
    )
    for other in ("district", "sibling", "province", "stranger"):
        assert clocks(getattr(three_levels, other), work) == []


def test_following_twice_makes_one_clock(app, issue, follow, clocks, three_levels):
    work = issue()
    follow(three_levels.commune)
    follow(three_levels.commune)
    assert len(clocks(three_levels.commune, work)) == 1
    with app.app_context(), enter(PlatformScope()):
        assert three_levels.commune.id not in tenants_with_signals()
        db.session.remove()


def test_a_lost_job_is_made_good_by_the_sweep(app, issue, check, clocks, three_levels):
    work = issue()
    with app.app_context(), enter(PlatformScope()):
        assert three_levels.commune.id in tenants_with_signals()
        db.session.remove()
    check(three_levels.commune)
    assert len(clocks(three_levels.commune, work)) == 1


def test_the_receivers_own_act_makes_it_good_too(issue, entered, clocks, follow, three_levels):
    work = issue()
    with entered(three_levels.commune, "committee_head") as head:
        acknowledge_assignment(work, actor=head, on=ON)
    follow(three_levels.commune)
    assert len(clocks(three_levels.commune, work)) == 1


@pytest.mark.parametrize(("done_on", "state"), [(SUNDAY, ClockState.MET), (date(2024, 7, 15), ClockState.LATE)])
def test_done_work_is_met_on_the_day_and_late_after_it(issue, follow, entered, clocks, three_levels, done_on, state):
    work = issue(due_on=SUNDAY)
    follow(three_levels.commune)
    with entered(three_levels.commune, "committee_head") as head:
        report_done(work, "Đã trả lời công dân", actor=head, on=done_on)

    (clock,) = clocks(three_levels.commune, work)
    assert (clock.state, clock.ended_on) == (state, done_on)


def test_refused_work_is_owed_no_more(issue, follow, entered, clocks, three_levels):
    work = issue()
    follow(three_levels.commune)
    with entered(three_levels.commune, "committee_head") as head:
        refuse_assignment(work, "Không thuộc thẩm quyền của xã", actor=head, on=ON)
    with entered(three_levels.district, "committee_head") as head:
        close_assignment(work, actor=head, on=ON)
    follow(three_levels.commune)
    assert [clock.state for clock in clocks(three_levels.commune, work)] == [ClockState.STOPPED]


def test_a_new_day_ends_the_clock_and_starts_another_from_the_day_it_was_set(
    issue, follow, entered, clocks, three_levels
):
    work = issue(due_on=SUNDAY)
    follow(three_levels.commune)
    later, set_on = date(2024, 8, 1), date(2024, 7, 16)
    with entered(three_levels.district, "committee_head") as head:
        extend_assignment(work, later, "Phải đo đạc lại", actor=head, on=set_on)
    follow(three_levels.commune)

    old, new = clocks(three_levels.commune, work)
    assert old.state is ClockState.STOPPED
    assert (new.state, new.event_on, new.due_on) == (ClockState.OPEN, set_on, later)


def test_work_without_a_day_has_no_clock(issue, follow, clocks, three_levels):
    work = issue(due_on=None)
    follow(three_levels.commune)
    assert clocks(three_levels.commune, work) == []


def test_a_day_beyond_every_calendar_still_has_a_clock(issue, follow, clocks, three_levels):
    work = issue(due_on=date(2199, 1, 1))
    follow(three_levels.commune)
    (clock,) = clocks(three_levels.commune, work)
    assert clock.warnings == ((date(2199, 1, 1), CheckKind.DUE),)


def test_a_body_that_assigns_to_itself_has_the_clock_at_once(issue, clocks, three_levels):
    work = issue(to=three_levels.district)
    assert len(clocks(three_levels.district, work)) == 1


def test_only_the_sender_changes_the_day(issue, follow, entered, clocks, three_levels):
    work = issue()
    follow(three_levels.commune)
    (clock,) = clocks(three_levels.commune, work)
    with entered(three_levels.commune, "committee_head") as head:
        with pytest.raises(Conflict):
            extend_clock(clock.id, 5, decision="1-QĐ", on=ON, actor=head)
        with pytest.raises(Conflict):
            pause_clock(clock.id, on=ON, legal_basis="Điều 11a", decision="1-QĐ", actor=head)


def test_why_this_date_says_that_a_person_set_it_and_a_new_calendar_moves_nothing(
    issue, follow, entered, clocks, superuser, three_levels
):
    issue(due_on=SUNDAY)
    follow(three_levels.commune)
    superuser.execute("UPDATE clock SET calendar_version = 'old' WHERE tenant_id = %s", [three_levels.commune.id])
    with entered(three_levels.commune, "committee_head") as head:
        assert recompute_open_clocks(on=ON).moved == 0
        (clock,) = open_clocks(on=ON, actor=head).items
        told = explain_clock(clock.id, actor=head)
    assert told.limit is None
    assert told.agrees
    assert [step.day for step in told.steps] == [ON, SUNDAY]
    assert told.rule.id == "DEC-10"


def test_the_pages_show_the_clock_and_lead_to_the_work(issue, follow, clocks, make_account, sign_in, three_levels):
    work = issue(due_on=SUNDAY)
    commune = three_levels.commune
    follow(commune)
    (clock,) = clocks(commune, work)
    browser = sign_in(make_account(commune, "committee_head"))
    assert f"/clocks/{clock.id}" in browser.get(commune.url(f"/directives/{work}")).text
    listed = browser.get(commune.url("/clocks/")).text
    assert f"/directives/{work}" in listed
    page = browser.get(commune.url(f"/clocks/{clock.id}"))
    assert page.status_code == 200
    assert "do nơi giao việc ấn định" in page.text
    token = csrf_of(browser, commune.url("/signin"))
    refused = browser.post(
        commune.url(f"/clocks/{clock.id}/pause"),
        data={"on": "2024-06-28", "legal_basis": "Điều 11a", "decision": "1-QĐ", "csrf_token": token},
    )
    assert refused.status_code == 422


def test_a_signal_about_work_that_is_not_ours_does_no_harm(issue, entered, follow, clocks, three_levels):
    """A sender may name whom it likes; the named body finds no assignment behind it and goes on."""
    work = issue()
    with entered(three_levels.district) as _:
        db.session.add(AssignmentSignal(peer_tenant_id=three_levels.stranger.id, assignment_id=work))
    follow(three_levels.stranger)
    assert clocks(three_levels.stranger, work) == []
    with entered(three_levels.district):
        left = db.session.scalars(sa.select(AssignmentSignal.peer_tenant_id)).all()
    assert left == [three_levels.commune.id]


def test_nobody_but_the_receiver_takes_a_signal_away(issue, entered, three_levels):
    issue()
    for other in ("sibling", "stranger", "province"):
        with entered(getattr(three_levels, other)):
            assert db.session.execute(sa.delete(AssignmentSignal)).rowcount == 0
