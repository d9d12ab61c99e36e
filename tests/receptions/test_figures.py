"""Figures: kỳ, days, visits, people, matters, petitions and crowds kept apart."""

from datetime import date

import pytest

from tiepdan.petitions.rules import Field
from tiepdan.petitions.service import open_matter
from tiepdan.receptions.rules import Duty, ReceivedBy, ReceptionForm, RefusalGround, VisitStatus
from tiepdan.receptions.service import (
    ReceptionFilter,
    Substitution,
    close_day,
    count_by_month,
    count_receptions,
    form_01,
    mark_left,
    mark_received,
    open_day,
    queue_of,
    reception_evidence,
    refuse_visit,
)

STAND_IN = Substitution("Trần Phó Mẫu", "Đi họp theo giấy triệu tập", "Quy chế tiếp dân, Điều 8")
JUNE = (date(2024, 6, 1), date(2024, 6, 30))
HEAD = ReceptionFilter(received_by=frozenset({ReceivedBy.HEAD}))


@pytest.fixture
def matter(entered, tenant):
    with entered(tenant, "petitions.register") as actor:
        return open_matter(Field.LAND, actor=actor, on=date(2024, 6, 1)).id


@pytest.fixture
def finish(entered, tenant):
    """Receive everybody who waits and close the days."""

    def finish(*receptions):
        with entered(tenant, "committee_head") as head:
            for reception in receptions:
                for day in reception.days:
                    for visit in queue_of(day.id):
                        if visit.status is VisitStatus.WAITING:
                            mark_received(visit.id, actor=head, on=day.day_on)
                    close_day(day.id, actor=head, on=day.day_on)

    return finish


@pytest.fixture
def june(make_reception, come, finish, entered, tenant, matter):
    """A June: the head twice (once nobody comes), a substitute, and the desk.

    head 3/6: a visit of 1 on the matter, a group of 6 without matter; somebody refused, somebody who left.
    head 10/6: nobody. substitute 17/6: a visit on the matter. desk 4/6: the matter again, and two others.
    """
    head, empty, desk = (
        make_reception(date(2024, 6, 3), opened=True),
        make_reception(date(2024, 6, 10)),
        make_reception(date(2024, 6, 4), form=ReceptionForm.REGULAR),
    )
    delegated = make_reception(date(2024, 6, 17))
    come(head, matter_id=matter)
    come(head, name="Đại Diện Một", people_count=6)
    refused, left = come(head, name="Người Say"), come(head, name="Người Về")
    with entered(tenant, "committee_head") as actor:
        refuse_visit(
            refused.id, RefusalGround.ARTICLE_9_1, "Đã giải thích trực tiếp.", actor=actor, on=date(2024, 6, 3)
        )
        mark_left(left.id, actor=actor, on=date(2024, 6, 3))
        open_day(delegated.days[0].id, actor=actor, on=date(2024, 6, 17), substitution=STAND_IN)
    come(delegated, matter_id=matter)
    come(desk, matter_id=matter)
    come(desk, name="Người Hai", people_count=2)
    come(desk, name="Người Ba")
    finish(head, empty, delegated, desk)


def test_what_the_law_keeps_apart_is_counted_apart(june, entered, tenant):
    with entered(tenant, "viewer"):
        found = count_receptions(*JUNE)
    assert (found.receptions, found.empty_receptions, found.days) == (4, 1, 4)
    assert (found.visits, found.people, found.refused) == (6, 12, 1)
    assert (found.matters, found.petitions) == (4, 0)
    assert (found.crowds, found.crowd_people) == (1, 6)


def test_only_what_the_head_received(june, entered, tenant):
    with entered(tenant, "viewer"):
        found = count_receptions(*JUNE, only=HEAD)
    assert (found.receptions, found.empty_receptions, found.visits, found.people, found.matters) == (2, 1, 2, 7, 2)


def test_forms_and_duties_are_kept_apart(june, entered, tenant):
    with entered(tenant, "viewer"):
        regular = count_receptions(*JUNE, only=ReceptionFilter(forms=frozenset({ReceptionForm.REGULAR})))
        state = count_receptions(*JUNE, only=ReceptionFilter(duty=Duty.STATE))
    assert (regular.receptions, regular.visits) == (1, 3)
    assert (state.receptions, state.visits) == (0, 0)


@pytest.mark.parametrize(
    ("first_on", "last_on", "visits"),
    [
        (date(2024, 6, 3), date(2024, 6, 3), 2),
        (date(2024, 6, 4), date(2024, 6, 4), 3),
        (date(2024, 5, 1), date(2024, 6, 2), 0),
        (date(2024, 6, 18), date(2024, 7, 31), 0),
    ],
)
def test_both_ends_of_a_period_are_in_it(june, entered, tenant, first_on, last_on, visits):
    with entered(tenant, "viewer"):
        assert count_receptions(first_on, last_on).visits == visits


# Thông tư 06/2025/TT-TTCP, form 01/TCD: "số vụ việc tiếp thường xuyên" leaves out what the head received too, and
# the day nobody came (10/6) is a day announced.
def test_form_01_enters_a_matter_once_under_the_head(june, entered, tenant):
    with entered(tenant, "viewer"):
        form = form_01(*JUNE)
    assert form == {
        1: 6, 2: 12, 3: 4, 4: 1,
        5: 3, 6: 4, 7: 2, 8: 0, 9: 0,
        10: 2, 11: 2, 12: 7, 13: 2, 14: 1, 15: 6,
        16: 1, 17: 1, 18: 1, 19: 0, 20: 0, 21: 0,
    }  # fmt: skip


# reports.md 2.1: columns 1-4 equal the sums; 9 <= 6, 15 <= 12, 21 <= 18, 8 <= 5, 14 <= 11, 20 <= 17.
def test_form_01_adds_up(june, entered, tenant):
    with entered(tenant, "viewer"):
        form = form_01(*JUNE)
    assert all(form[n] == form[n + 4] + form[n + 10] + form[n + 16] for n in (1, 2, 3, 4))
    assert all(form[a] <= form[b] for a, b in ((9, 6), (15, 12), (21, 18), (8, 5), (14, 11), (20, 17)))


def test_evidence_sums_to_the_figures_and_names_nobody(june, entered, tenant):
    with entered(tenant, "viewer"):
        rows, found = reception_evidence(*JUNE), count_receptions(*JUNE)
    assert len(rows) == found.receptions
    assert sum(row.visits for row in rows) == found.visits
    assert sum(row.people for row in rows) == found.people
    assert sum(row.crowds for row in rows) == found.crowds
    assert [row.days[0].day for row in rows] == [3, 4, 10, 17]
    assert "Phó" not in str(rows)


def test_evidence_of_the_heads_receptions(june, entered, tenant):
    with entered(tenant, "viewer"):
        rows, found = reception_evidence(*JUNE, only=HEAD), count_receptions(*JUNE, only=HEAD)
    assert (len(rows), sum(row.visits for row in rows)) == (found.receptions, found.visits)


def test_months_for_a_chart(june, entered, tenant):
    with entered(tenant, "viewer"):
        assert count_by_month(date(2024, 5, 1), date(2024, 7, 31)) == {(2024, 6): (4, 6)}


def test_a_reception_of_two_days_is_one_ky_of_its_first_month(make_reception, finish, entered, tenant):
    reception = make_reception(date(2024, 5, 31), date(2024, 6, 3))
    finish(reception)
    with entered(tenant, "viewer"):
        may, june = count_receptions(date(2024, 5, 1), date(2024, 5, 31)), count_receptions(*JUNE)
        both = count_receptions(date(2024, 5, 1), date(2024, 6, 30))
    assert (may.receptions, may.days, june.receptions, june.days) == (1, 1, 0, 1)
    assert (both.receptions, both.days) == (1, 2)


def test_a_neighbour_counts_nothing(june, entered, neighbour):
    with entered(neighbour, "viewer"):
        assert count_receptions(*JUNE).visits == 0
        assert reception_evidence(*JUNE) == []
        assert sum(form_01(*JUNE).values()) == 0
        assert count_by_month(*JUNE) == {}
