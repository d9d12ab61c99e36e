"""Work that is late: told to who gave it first, then up the ladder, each once."""

from datetime import date, datetime, time

import pytest

from tiepdan.core.actor import Actor
from tiepdan.core.clock import TIMEZONE
from tiepdan.deadlines.service import clocks_of
from tiepdan.directives.service import (
    ASSIGNMENT_SUBJECT,
    NewAssignment,
    extend_assignment,
    follow_signals,
    issue_assignment,
    report_done,
)
from tiepdan.escalation.checking import check_due_clocks
from tiepdan.escalation.service import list_escalations

ON = date(2024, 6, 3)
DUE_ON = date(2024, 6, 20)  # a Thursday
# The ladder: rung 1 on the first day late, Friday 21/6; rung 2 after ten working days: 21, 24–28/6, 1–4/7 → Thursday
# 4/7/2024.
FIRST_LATE, SECOND_RUNG = date(2024, 6, 21), date(2024, 7, 4)


@pytest.fixture
def give(entered):
    def give(sender, receiver, due_on=DUE_ON):
        with entered(sender, "committee_head") as head:
            return issue_assignment(NewAssignment(receiver.id, "Trả lời công dân", due_on=due_on), actor=head, on=ON)

    return give


@pytest.fixture
def look(entered):
    """look(tenant, day): what the sweep's job does on that day."""

    def look(tenant, day):
        with entered(tenant):
            follow_signals(actor=Actor.system(), on=day)
            check_due_clocks(datetime.combine(day, time(23), TIMEZONE), actor=Actor.system())

    return look


@pytest.fixture
def told(entered):
    def told(tenant):
        with entered(tenant, "shared.view") as actor:
            return list(list_escalations(received=True, actor=actor).items)

    return told


def test_the_issuer_is_told_once_on_the_first_day_late(give, look, told, three_levels):
    work = give(three_levels.district, three_levels.commune)
    look(three_levels.commune, DUE_ON)
    assert told(three_levels.district) == []
    for _run in range(3):
        look(three_levels.commune, FIRST_LATE)

    (escalation,) = told(three_levels.district)
    assert (escalation.case_id, escalation.due_on, escalation.rung) == (work, DUE_ON, 1)
    assert escalation.given_work
    for other in ("province", "sibling", "other_district", "stranger"):
        assert told(getattr(three_levels, other)) == []


def test_work_a_body_gave_itself_is_nobody_elses_business(give, look, told, three_levels):
    give(three_levels.commune, three_levels.commune)
    look(three_levels.commune, SECOND_RUNG)
    assert told(three_levels.district) == []


def test_an_issuer_of_another_branch_is_told_first_then_the_own_superior(
    give, look, told, make_tenant, superuser, three_levels
):
    """The party committee of a unit asks the people's committee of the same unit, which has superiors of its own."""
    above = make_tenant("district", branch="state")
    receiver = make_tenant("commune", above, branch="state")
    issuer = three_levels.commune
    superuser.execute(
        "UPDATE tenant SET province_id = %s, unit_code = (SELECT unit_code FROM tenant WHERE id = %s) WHERE id = %s",
        [issuer.province_id, issuer.id, receiver.id],
    )
    work = give(issuer, receiver)
    look(receiver, FIRST_LATE)
    assert [one.case_id for one in told(issuer)] == [work]
    assert told(above) == []
    look(receiver, SECOND_RUNG)
    assert [(one.rung, one.sealed) for one in told(above)] == [(2, True)]
    assert len(told(issuer)) == 1
    assert told(three_levels.district) == []  # the issuer's superior has nothing to do with it


def test_after_ten_working_days_the_next_above_learns_a_reference_only(give, look, told, three_levels):
    give(three_levels.province, three_levels.commune)
    look(three_levels.commune, FIRST_LATE)
    assert len(told(three_levels.province)) == 1
    assert told(three_levels.district) == []
    look(three_levels.commune, SECOND_RUNG)

    (second,) = told(three_levels.district)
    assert second.rung == 2
    assert second.sealed
    assert second.case_id is None
    assert len(told(three_levels.province)) == 1


def test_a_new_day_gives_time_and_its_own_lateness_is_told_again(give, look, told, entered, three_levels):
    work = give(three_levels.district, three_levels.commune)
    look(three_levels.commune, FIRST_LATE)
    with entered(three_levels.district, "committee_head") as head:
        extend_assignment(work, date(2024, 6, 27), "Phải đo đạc lại", actor=head, on=FIRST_LATE)
    look(three_levels.commune, date(2024, 6, 27))
    assert len(told(three_levels.district)) == 1
    look(three_levels.commune, date(2024, 6, 28))
    assert [one.due_on for one in told(three_levels.district)] == [date(2024, 6, 27), DUE_ON]


def test_work_done_in_time_is_told_to_nobody(give, look, told, entered, three_levels):
    work = give(three_levels.district, three_levels.commune)
    look(three_levels.commune, ON)
    with entered(three_levels.commune, "committee_head") as head:
        report_done(work, "Đã trả lời", actor=head, on=DUE_ON)
    look(three_levels.commune, SECOND_RUNG)
    assert told(three_levels.district) == []
    with entered(three_levels.commune):
        assert [clock.state for clock in clocks_of(ASSIGNMENT_SUBJECT, [work])[work]] == ["met"]


def test_the_issuers_page_leads_to_the_work(give, look, told, make_account, sign_in, three_levels):
    district = three_levels.district
    work = give(district, three_levels.commune)
    look(three_levels.commune, FIRST_LATE)
    (escalation,) = told(district)
    browser = sign_in(make_account(district, "committee_head"))
    page = browser.get(district.url(f"/escalations/{escalation.sender_id}/{escalation.id}"))
    assert f"/directives/{work}" in page.text
