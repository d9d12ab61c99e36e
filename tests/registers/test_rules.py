"""What a register may look like; what is refused is a fault of the plugin and is said to its author."""

import pytest

from tests.registers.conftest import make_register, make_schema, words
from tiepdan.registers.rules import MOST_FIELDS, MOST_REGISTERS, check_registers, read_register

LINE = {"type": "string", "x-label": words("Mục")}


def test_a_good_register_is_read_with_its_fields():
    register = make_register()
    check_registers([register])
    found = read_register("keeping", register)
    assert [each.name for each in found.listed_fields] == ["people", "kind"]
    assert [each.name for each in found.choice_fields] == ["kind", "done"]
    assert "trainer" not in {each.name for each in found.public_fields}
    with pytest.raises(ValueError, match="trainer"):
        found.field("trainer")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"key": "Bad Key"}, "key"),
        ({"key": "with_underscore"}, "dashes"),
        ({"version": 0}, "version"),
        ({"title": {"vi": "Chỉ tiếng Việt"}}, "title"),
        ({"entry": {}}, "entry"),
        ({"summary": {"vi": "a" * 700, "en": "b"}}, "summary"),
        ({"title_field": "no_such"}, "title_field"),
        ({"title_field": "opened_on"}, "title_field"),
        ({"title_field": "result"}, "title_field"),
        ({"schema": make_schema(required=["opened_on"])}, "title_field"),
        ({"schema": make_schema(required=["topic"])}, "date_field"),
        ({"schema": make_schema(topic={**LINE, "x-private": True})}, "title_field"),
        ({"date_field": "topic"}, "date_field"),
        ({"list_fields": ("trainer",)}, "list_fields"),
        ({"list_fields": ("no_such",)}, "list_fields"),
        ({"list_fields": ("people", "people")}, "once"),
        ({"list_fields": ("people", "kind", "done", "fee", "topic", "opened_on")}, "at most 5"),
        ({"schema": make_schema(odd={**LINE, "pattern": "(a+)+$"})}, "unknown"),
        ({"schema": make_schema(odd={**LINE, "x-private": "yes"})}, "x-private"),
        ({"schema": make_schema(odd={**LINE, "x-when": {"kind": "complaint"}})}, "x-when"),
        ({"schema": make_schema(**{f"f{n}": LINE for n in range(MOST_FIELDS)})}, "fields"),
    ],
)
def test_what_cannot_be_kept_is_refused(changes, said):
    changes = dict(changes)
    key = changes.pop("key", "classes")
    with pytest.raises(ValueError, match=said):
        check_registers([make_register(key, **changes)])


@pytest.mark.parametrize(
    "answer", [{"not": "a list"}, ["text"], [make_register(numbered=1)], [make_register(order="1")]]
)
def test_what_is_no_register_is_refused(answer):
    with pytest.raises(TypeError):
        check_registers(answer)


def test_there_are_not_too_many_and_none_twice():
    with pytest.raises(ValueError, match="key of its own"):
        check_registers([make_register(), make_register()])
    with pytest.raises(ValueError, match="at most"):
        check_registers([make_register(f"k{n}") for n in range(MOST_REGISTERS + 1)])


def test_a_field_called_kind_is_the_registers_own_and_conditions_hold_for_it():
    schema = make_schema(of_law={**LINE, "x-when": {"kind": "law"}})
    check_registers([make_register(schema=schema)])


def test_private_fields_belong_to_registers_only():
    from tiepdan.formparts.rules import schema_of
    from tiepdan.sdk import Form

    form = Form("part", 1, words("Phần"), {"type": "object", "properties": {"x": {**LINE, "x-private": True}}})
    with pytest.raises(ValueError, match="x-private"):
        schema_of(form)
