"""Held and owed by the head, by the rule in force. DEC-04: only days received in person count."""

from datetime import date

import pytest

from tiepdan.receptions.rules import Duty, ReceptionForm
from tiepdan.receptions.service import (
    Substitution,
    cancel_reception,
    close_day,
    head_quota,
    open_day,
    postpone_day,
)

STAND_IN = Substitution("Trần Phó Mẫu", "Đi họp theo giấy triệu tập", "Quy chế tiếp dân, Điều 8")
JUNE = (date(2024, 6, 1), date(2024, 6, 30))


@pytest.fixture
def hold(make_reception, entered, tenant):
    """Hold receptions on days: hold(day, …, by=STAND_IN, form=…)."""

    def hold(*days, by=None, body=None, **more):
        for day in days:
            reception = make_reception(day, body=body, **more)
            with entered(body or tenant, "committee_head") as head:
                open_day(reception.days[0].id, actor=head, on=day, substitution=by)
                close_day(reception.days[0].id, actor=head, on=day)

    return hold


# Quy định 11-QĐi/TW, Điều 4 khoản 1 điểm b (PTY-03): "xã: ít nhất 02 ngày trong 01 tháng".
@pytest.mark.parametrize(("days", "missing"), [((), 2), ((3,), 1), ((3, 10), 0), ((3, 10, 17), 0)])
def test_a_commune_secretary_owes_two_days_a_month(hold, entered, tenant, days, missing):
    hold(*(date(2024, 6, day) for day in days))
    with entered(tenant, "viewer"):
        quota = head_quota(*JUNE)
    assert (quota.owed, quota.held, quota.missing) == (2, len(days), missing)
    assert quota.duties[0].rule_id == "PTY-03"


def test_extra_days_in_one_month_do_not_pay_for_the_next(hold, entered, tenant):
    hold(*(date(2024, 5, day) for day in (6, 13, 20, 27)))
    with entered(tenant, "viewer"):
        quota = head_quota(date(2024, 5, 1), date(2024, 6, 30))
    assert (quota.owed, quota.held, quota.met, quota.missing) == (4, 4, 2, 2)


# DEC-04: delegated days are shown beside and do not count.
def test_a_day_somebody_stood_in_is_shown_beside(hold, entered, tenant):
    hold(date(2024, 6, 3), by=STAND_IN)
    with entered(tenant, "viewer"):
        quota = head_quota(*JUNE)
    assert (quota.held, quota.delegated, quota.missing) == (0, 1, 2)


def test_neither_the_desk_nor_an_extraordinary_reception_counts(hold, entered, tenant):
    hold(date(2024, 6, 3), form=ReceptionForm.EXTRAORDINARY)
    hold(date(2024, 6, 4), form=ReceptionForm.REGULAR)
    with entered(tenant, "viewer"):
        assert head_quota(*JUNE).held == 0


# PTY-22: a State reception is another obligation.
def test_a_state_reception_does_not_pay_the_party_duty(hold, entered, tenant):
    hold(date(2024, 6, 3), duty=Duty.STATE)
    with entered(tenant, "viewer"):
        assert head_quota(*JUNE).held == 0


def test_two_sessions_on_a_day_are_one_day(hold, entered, tenant):
    hold(date(2024, 6, 3), date(2024, 6, 3))
    with entered(tenant, "viewer"):
        assert head_quota(*JUNE).held == 1


def test_a_planned_postponed_or_cancelled_day_does_not_count(make_reception, entered, tenant):
    first, second, _planned = (make_reception(date(2024, 6, day)) for day in (3, 10, 17))
    with entered(tenant, "committee_head") as head:
        on = date(2024, 6, 1)
        postpone_day(first.id, date(2024, 6, 3), date(2024, 7, 1), "Đi công tác đột xuất", actor=head, on=on)
        cancel_reception(second.id, "Đi công tác đột xuất", actor=head, on=on)
        assert head_quota(*JUNE).held == 0


# PTY-02: districts end on 2025-06-30. KL215: the clause is gone; nothing is owed afterwards.
@pytest.mark.parametrize(
    ("first_on", "last_on", "owed"),
    [(date(2025, 6, 1), date(2025, 6, 30), 1), (date(2025, 7, 1), date(2025, 7, 31), 0)],
)
def test_a_district_owes_nothing_after_its_end(entered, make_tenant, first_on, last_on, owed):
    district = make_tenant("district", make_tenant("province"))
    with entered(district, "viewer"):
        assert head_quota(first_on, last_on).owed == owed


# LTCD Điều 15 khoản 2 điểm d (REC-03): a commune's chairman one day a week to 2026-06-30; from 2026-07-01 two
# days a month (REC-04). Weeks that begin in June 2026: 1, 8, 15, 22, 29.
@pytest.mark.parametrize(
    ("first_on", "last_on", "owed", "rules"),
    [
        (date(2026, 6, 1), date(2026, 6, 30), 5, {"REC-03"}),
        (date(2026, 8, 1), date(2026, 8, 31), 2, {"REC-04"}),
    ],
)
def test_a_commune_chairman_owes_by_the_rule_of_the_day(entered, make_tenant, first_on, last_on, owed, rules):
    commune = make_tenant("commune", branch="state")
    with entered(commune, "viewer"):
        quota = head_quota(first_on, last_on)
    assert (quota.owed, {duty.rule_id for duty in quota.duties}) == (owed, rules)


# PTY-01: a provincial secretary owes six days in half a year (Lạng Sơn, first half of 2022: 6).
def test_a_province_held_six_of_six(hold, entered, make_tenant):
    province = make_tenant("province")
    hold(*(date(2022, month, 15) for month in range(1, 7)), body=province, on=date(2022, 1, 1))
    with entered(province, "viewer"):
        quota = head_quota(date(2022, 1, 1), date(2022, 6, 30))
    assert (quota.held, quota.owed, quota.missing) == (6, 6, 0)


def test_a_neighbours_days_are_not_ours(hold, entered, neighbour):
    hold(date(2024, 6, 3))
    with entered(neighbour, "viewer"):
        assert head_quota(*JUNE).held == 0
