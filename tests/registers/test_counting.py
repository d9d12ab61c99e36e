"""Counts over entries: in the database, of one committee, never of what is private or struck."""

from datetime import date

import pytest

from tests.registers.conftest import ON, make_register, make_schema, words
from tiepdan.registers.counting import NO_VALUE, check_count, count_entries
from tiepdan.registers.entries import strike_entry
from tiepdan.registers.service import find_register

JUNE = {"first": date(2024, 6, 1), "last": date(2024, 6, 30)}


@pytest.fixture
def filled(own, other, add, enable, entered):
    enable(other)
    add(other, people=1_000, kind="law")
    add(own, people=40, kind="law", done=True, opened_on="2024-06-01", fee=1.5)
    add(own, people=55, kind="law", done=False, opened_on="2024-06-30", topic="Khiếu nại")
    add(own, people=40, kind="skill", opened_on="2024-07-01")
    add(own, opened_on="2023-06-15")
    struck = add(own, people=9, kind="law")
    with entered(own, "petition_officer") as actor:
        strike_entry(struck.id, "Ghi hai lần", actor=actor, on=ON)
    return own


@pytest.fixture
def count(filled, entered):
    def count(**asked):
        with entered(filled, "petition_officer"):
            return count_entries("keeping", "classes", **asked)

    return count


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({}, 4),
        (JUNE, 2),
        ({"first": date(2024, 1, 1)}, 3),
        ({"measure": "sum:people"}, 135),
        ({"measure": "sum:people", **JUNE}, 95),
        ({"measure": "sum:people", "where": {"kind": "none"}}, 0),
        ({"measure": "distinct:people"}, 2),
        ({"measure": "distinct:topic"}, 2),
        ({"where": {"kind": "law"}}, 2),
        ({"where": {"kind": ["law", "skill"]}}, 3),
        ({"where": {"kind": "law", "done": True}}, 1),
        ({"where": {"done": False}}, 1),
        ({"where": {"done": [True, False]}}, 2),
        ({"where": {"people": 40}}, 2),
        ({"where": {"people": 40.0}}, 2),
        ({"where": {"people": (40, 55)}}, 3),
        ({"where": {"fee": 1.5}}, 1),
        ({"where": {"topic": "Khiếu nại"}}, 1),
        ({"where": {"topic": "' OR 1=1 --"}}, 0),
        ({"where": {"opened_on": "2024-06-30"}}, 1),
        ({"by": "kind"}, {"law": 2, "skill": 1, NO_VALUE: 1}),
        ({"by": "kind", "measure": "sum:people"}, {"law": 95, "skill": 40, NO_VALUE: 0}),
        ({"by": "kind", **JUNE}, {"law": 2, "skill": 0}),
    ],
)
def test_what_is_counted(count, asked, number):
    assert count(**asked) == number


@pytest.mark.parametrize(
    "asked",
    [
        {"measure": "sum:topic"}, {"measure": "sum:fee"}, {"measure": "sum:trainer"}, {"measure": "sum:"},
        {"measure": "distinct:trainer"}, {"measure": "distinct:no_such"}, {"measure": "average:people"},
        {"measure": "count:people"}, {"where": {"trainer": "x"}}, {"where": {"no_such": 1}}, {"where": {"done": "yes"}},
        {"where": {"people": "40"}}, {"where": {"people": True}}, {"where": {"kind": 1}}, {"where": {"kind": []}},
        {"where": {"opened_on": "2024-02-31"}}, {"by": "people"}, {"by": "trainer"}, {"by": "no_such"},
    ],
)  # fmt: skip
def test_what_cannot_be_counted_is_refused(count, asked):
    with pytest.raises(ValueError, match=r".+"):
        count(**asked)


def test_a_definition_is_checked_more_strictly_than_a_count(filled, entered):
    with entered(filled, "petition_officer"):
        register = find_register("keeping", "classes", on=ON)
        check_count(register, "sum:people", {"kind": ["law"], "done": True}, "kind")
        with pytest.raises(ValueError, match="never 'lwa'"):
            check_count(register, "count", {"kind": "lwa"})
        with pytest.raises(ValueError, match="trainer"):
            check_count(register, "distinct:trainer", {})


def test_a_register_that_is_not_enabled_here_is_not_counted(filled, entered, disable):
    disable(filled)
    with entered(filled, "petition_officer"), pytest.raises(ValueError, match="no such register"):
        count_entries("keeping", "classes")


def test_a_field_that_was_of_another_kind_once_does_not_break_a_sum(own, keeping, add, entered):
    keeping.books = [make_register(schema=make_schema(people={"type": "string", "x-label": words("Số người")}))]
    add(own, people="khoảng bốn mươi")
    keeping.books = [make_register(version=2)]
    add(own, people=7)
    with entered(own, "petition_officer"):
        assert count_entries("keeping", "classes", measure="sum:people") == 7


def test_a_value_that_a_choice_had_once_still_counts(own, keeping, add, entered):
    add(own, kind="law")
    keeping.books = [make_register(version=2, schema=make_schema(kind={
        "type": "string", "enum": ["skill"], "x-label": words("Loại"), "x-choices": {"skill": words("Kỹ năng")},
    }))]  # fmt: skip
    with entered(own, "petition_officer"):
        assert count_entries("keeping", "classes", where={"kind": "law"}) == 1
        assert count_entries("keeping", "classes", by="kind") == {"law": 1, "skill": 0}
