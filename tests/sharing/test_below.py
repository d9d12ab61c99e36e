"""What a superior finds on its page, and what it cannot reach."""

from datetime import date

import pytest

from tiepdan.core.db import new_id
from tiepdan.core.errors import Forbidden, Invalid, NotFound
from tiepdan.sdk import PetitionKind
from tiepdan.sharing.below import (
    BelowFilter,
    look_below,
    months_below,
    open_summary,
    overdue_below,
    unit_below,
)
from tiepdan.sharing.rules import Flag

ON = date(2024, 6, 28)


@pytest.fixture
def look(entered):
    def look(tenant, cursor=None, size=50, **wanted):
        with entered(tenant, "shared.view") as actor:
            if "unit" in wanted:
                wanted["unit"] = unit_below(wanted["unit"].id)
            return look_below(BelowFilter(**wanted), actor=actor, on=ON, cursor=cursor, size=size)

    return look


def ids(answer):
    return [row.id for row in answer.page.items]


def test_a_superior_lists_everything_below_and_nothing_else(publish, look, three_levels):
    below = {publish(three_levels.commune), publish(three_levels.sibling), publish(three_levels.district)}
    own = publish(three_levels.province)
    publish(three_levels.stranger)

    answer = look(three_levels.province)
    assert set(ids(answer)) == below
    assert own not in ids(answer)
    assert answer.sum() == answer.listed == 3
    assert set(ids(look(three_levels.district))) < below
    assert ids(look(three_levels.other_district)) == []
    assert ids(look(three_levels.commune)) == []


def test_it_needs_the_right(entered, three_levels):
    with pytest.raises(Forbidden), entered(three_levels.province, "viewer") as actor:
        look_below(BelowFilter(), actor=actor, on=ON)


def test_totals_stand_by_direct_branch(publish, look, three_levels):
    publish(three_levels.commune)
    publish(three_levels.sibling, closed_on=ON)
    publish(three_levels.other_district, kind=PetitionKind.DENUNCIATION)

    answer = look(three_levels.province)
    assert answer.sum(unit_id=three_levels.district.id) == 2
    assert answer.sum(unit_id=three_levels.district.id, pending=True) == 1
    assert answer.sum(unit_id=three_levels.other_district.id, kind="denunciation") == 1
    assert answer.listed == 2

    inside = look(three_levels.province, unit=three_levels.district)
    assert inside.sum(unit_id=three_levels.commune.id) == 1
    assert inside.sum(kind="denunciation") == 0


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"kind": "complaint"}, "ac"),
        ({"kind": "denunciation"}, ""),
        ({"kind": "nonsense"}, ""),
        ({"status": "resolved"}, "bc"),
        ({"kind": "complaint", "status": "resolved"}, "c"),
        ({"overdue": True}, "a"),
        ({"overdue": True, "kind": "proposal"}, ""),
        ({"flag": Flag.MASS}, "bc"),
        ({"flag": Flag.MASS, "kind": "proposal"}, "b"),
        ({"flag": Flag.LEVEL_SKIPPING}, ""),
        ({"flag": Flag.MASS, "overdue": True}, ""),
        ({"first_month": date(2024, 4, 1)}, "bc"),
        ({"last_month": date(2024, 4, 1)}, "ab"),
        ({"first_month": date(2024, 4, 1), "last_month": date(2024, 4, 1), "kind": "proposal"}, "b"),
    ],
)
def test_filters_of_lists_and_totals_agree(publish, look, three_levels, wanted, found):
    cases = {
        "a": publish(three_levels.commune, received_on=date(2024, 1, 31), due_on=date(2024, 6, 27)),
        "b": publish(
            three_levels.sibling,
            kind=PetitionKind.PROPOSAL,
            status="resolved",
            received_on=date(2024, 4, 30),
            due_on=date(2024, 5, 1),
            closed_on=date(2024, 5, 2),
            mass=True,
            complex=True,
        ),
        "c": publish(three_levels.district, status="resolved", received_on=date(2024, 5, 1), due_on=ON, mass=True),
    }
    publish(three_levels.commune, kind=PetitionKind.DENUNCIATION, received_on=date(2024, 3, 1))

    for unit in ({}, {"unit": three_levels.district}):
        answer = look(three_levels.province, **wanted, **unit)
        assert sorted(ids(answer)) == sorted(cases[letter] for letter in found)
        assert answer.listed == len(found)


def test_pages_follow_each_other_without_gap_or_repeat(publish, look, three_levels):
    everything = set()
    for number in range(9):
        unit = [three_levels.commune, three_levels.sibling, three_levels.district][number % 3]
        day = date(2024, 5, 1 + number // 3)  # several on one day, from several units
        everything.add(publish(unit, received_on=day, due_on=day, mass=number % 2 == 0))

    for wanted in (
        {},
        {"kind": "complaint"},
        {"overdue": True},
        {"flag": Flag.MASS},
        {"unit": three_levels.district},
    ):
        seen, cursor = [], None
        while True:
            answer = look(three_levels.province, cursor=cursor, size=2, **wanted)
            seen += ids(answer)
            cursor = answer.page.next_cursor
            if cursor is None:
                break
        assert len(seen) == len(set(seen)) == answer.listed
        if "flag" not in wanted:
            assert set(seen) == everything


def test_a_spoilt_cursor_is_refused(look, three_levels):
    with pytest.raises(Invalid):
        look(three_levels.province, cursor="WyJ4IiwgInkiXQ")


def test_a_unit_that_is_not_below_does_not_exist(look, three_levels):
    for unit in (three_levels.stranger, three_levels.district, three_levels.province):
        with pytest.raises(NotFound):
            look(three_levels.district, unit=unit)


def test_a_summary_opens_for_superiors_only(publish, entered, three_levels):
    case_id = publish(three_levels.commune, code="LS-ABCD2345")
    for superior in (three_levels.district, three_levels.province):
        with entered(superior, "shared.view") as actor:
            case, unit = open_summary(three_levels.commune.id, case_id, actor=actor)
            assert (case.code, unit.id, case.text) == ("LS-ABCD2345", three_levels.commune.id, None)
    for other in (three_levels.commune, three_levels.sibling, three_levels.stranger):
        with pytest.raises(NotFound), entered(other, "shared.view") as actor:
            open_summary(three_levels.commune.id, case_id, actor=actor)
    with pytest.raises(NotFound), entered(three_levels.province, "shared.view") as actor:
        open_summary(three_levels.commune.id, new_id(), actor=actor)


def test_overdue_below_is_counted_for_a_day(publish, entered, three_levels):
    publish(three_levels.commune, due_on=date(2024, 6, 27))
    publish(three_levels.commune, due_on=ON)
    publish(three_levels.sibling, due_on=date(2024, 6, 1), closed_on=date(2024, 6, 2))

    with entered(three_levels.province):
        assert overdue_below(ON) == 1
        assert overdue_below(date(2024, 7, 1)) == 2
    with entered(three_levels.other_district):
        assert overdue_below(date(2024, 7, 1)) == 0


def test_months_are_counted_by_kind(publish, entered, three_levels):
    publish(three_levels.commune, received_on=date(2024, 5, 30))
    publish(three_levels.sibling, received_on=date(2024, 5, 1))
    publish(three_levels.sibling, received_on=date(2024, 6, 1), kind=PetitionKind.DENUNCIATION)
    publish(three_levels.sibling, received_on=date(2024, 1, 1))

    with entered(three_levels.province, "shared.view") as actor:
        assert months_below(date(2024, 2, 1), actor=actor) == {
            (date(2024, 5, 1), "complaint"): 2,
            (date(2024, 6, 1), "denunciation"): 1,
        }
