"""How often heads must receive citizens, and the sizes of groups, by the law of the day."""

from datetime import date

import pytest

from tiepdan.deadlines.law import crowd_threshold, reception_duty, representatives_allowed
from tiepdan.deadlines.provisions import Period, Status
from tiepdan.sdk import Branch, Level, TenantKind

PARTY, STATE, JUDICIAL = Branch.PARTY, Branch.STATE, Branch.JUDICIAL
PROVINCE, DISTRICT, COMMUNE = Level.PROVINCE, Level.DISTRICT, Level.COMMUNE

DUTIES = [
    # Three levels, before 2025-07-01.
    (PARTY, PROVINCE, date(2022, 6, 30), "PTY-01", 1, Period.MONTH),
    (PARTY, DISTRICT, date(2022, 6, 30), "PTY-02", 1, Period.MONTH),
    (PARTY, COMMUNE, date(2022, 6, 30), "PTY-03", 2, Period.MONTH),
    (STATE, PROVINCE, date(2022, 6, 30), "REC-01", 1, Period.MONTH),
    (STATE, DISTRICT, date(2022, 6, 30), "REC-02", 2, Period.MONTH),
    (STATE, COMMUNE, date(2022, 6, 30), "REC-03", 1, Period.WEEK),
    # The district's last day.
    (PARTY, DISTRICT, date(2025, 6, 30), "PTY-02", 1, Period.MONTH),
    (STATE, DISTRICT, date(2025, 6, 30), "REC-02", 2, Period.MONTH),
    # Two levels; the commune chair goes from weekly to two days a month on 2026-07-01.
    (PARTY, PROVINCE, date(2026, 11, 22), "PTY-01", 1, Period.MONTH),
    (PARTY, COMMUNE, date(2026, 11, 22), "PTY-03", 2, Period.MONTH),
    (STATE, PROVINCE, date(2026, 11, 22), "REC-01", 1, Period.MONTH),
    (STATE, COMMUNE, date(2026, 6, 30), "REC-03", 1, Period.WEEK),
    (STATE, COMMUNE, date(2026, 7, 1), "REC-04", 2, Period.MONTH),
    (JUDICIAL, PROVINCE, date(2022, 6, 30), "REC-05", 1, Period.MONTH),
]


@pytest.mark.parametrize(("branch", "level", "on", "rule_id", "days", "per"), DUTIES)
def test_a_head_receives_as_often_as_the_rule_of_the_day_says(branch, level, on, rule_id, days, per):
    duty = reception_duty(branch, level, on)
    assert duty is not None
    assert (duty.rule_id, duty.days, duty.per) == (rule_id, days, per)
    assert duty.valid_from is not None
    assert duty.valid_from <= on


@pytest.mark.parametrize("branch", [PARTY, STATE])
def test_no_duty_binds_a_district_after_its_end(branch):
    assert reception_duty(branch, DISTRICT, date(2025, 7, 1)) is None


def test_no_duty_binds_before_its_law():
    assert reception_duty(PARTY, COMMUNE, date(2019, 2, 17)) is None
    assert reception_duty(STATE, COMMUNE, date(2014, 6, 30)) is None


def test_an_agency_of_the_state_follows_the_rule_for_heads_of_other_bodies():
    duty = reception_duty(STATE, PROVINCE, date(2024, 6, 28), kind=TenantKind.AGENCY)
    assert duty is not None
    assert duty.rule_id == "REC-05"


def test_a_duty_says_how_well_its_text_is_known():
    party, state = (reception_duty(branch, COMMUNE, date(2024, 6, 28)) for branch in (PARTY, STATE))
    assert party is not None
    assert state is not None
    assert party.status is Status.SECOND_HAND
    assert party.source == "Quy định 11-QĐi/TW, Điều 4 khoản 1 điểm b; Kết luận 215-KL/TW"
    assert state.status is Status.VERIFIED


@pytest.mark.parametrize(
    ("people", "expected"),
    [(1, None), (4, None), (5, (1, 2)), (10, (1, 2)), (11, (1, 5)), (300, (1, 5))],
)
def test_a_group_sends_as_many_representatives_as_its_size_allows(people, expected):
    # Luật Tiếp công dân 42/2013/QH13, Điều 29: 5-10 people one or two, more than ten up to five.
    assert representatives_allowed(people) == expected
    assert representatives_allowed(people, date(2024, 6, 28)) == expected


def test_five_people_are_a_crowd_by_the_form_of_2025_and_by_the_law_before():
    assert crowd_threshold(date(2026, 1, 5)) == 5
    assert crowd_threshold(date(2024, 6, 28)) == 5
