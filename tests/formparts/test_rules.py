"""What a form of a plugin may look like: everything else is refused with words for its author."""

import pytest

from tests.formparts.conftest import make_form
from tiepdan.formparts.rules import FieldKind, asked_fields, check_forms, schema_of
from tiepdan.sdk import Form

CHOICE = {"enum": ["a", "b"], "x-choices": {"a": {"vi": "A", "en": "A"}, "b": {"vi": "B", "en": "B"}}}


def test_the_order_of_the_fields_is_kept_and_each_kind_is_known():
    schema = schema_of(
        make_form(
            z={}, y={"maxLength": 900}, x={"type": "integer"}, w={"type": "number"}, v={"type": "boolean"},
            u={"format": "date"}, t=CHOICE,
        )
    )  # fmt: skip
    assert [each.name for each in schema.fields] == list("zyxwvut")
    assert [each.kind for each in schema.fields] == [
        FieldKind.LINE, FieldKind.TEXT, FieldKind.INTEGER, FieldKind.NUMBER, FieldKind.BOOLEAN, FieldKind.DATE,
        FieldKind.CHOICE,
    ]  # fmt: skip


def test_a_form_is_read_once():
    assert schema_of(make_form(a={})) is schema_of(make_form(a={}))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"pattern": "(a+)+$"}, "unknown"),
        ({"type": "array"}, "type 'array'"),
        ({"x-label": {"vi": "Chỉ tiếng Việt"}}, "x-label"),
        ({"enum": ["a"]}, "x-choices"),
        ({"enum": ["Có dấu"], "x-choices": {"Có dấu": {"vi": "x", "en": "x"}}}, "short words"),
        ({"x-when": {"later": True}}, "before it"),
        ({"x-when": {"kind": "no_such_kind"}}, "x-when kind"),
        ({"maxLength": "many"}, "maxLength"),
        ({"minimum": 3}, "unknown"),
        ({"x-step": {"vi": "Bước"}}, "x-step"),
        ({"x-width": "wide"}, "x-width is one of"),
        ({"x-width": ["half"]}, "x-width is one of"),
        ({"x-goes-up": True}, "a text stays"),
        ({"format": "date", "x-goes-up": True}, "a text stays"),
        ({"type": "boolean", "x-goes-up": "yes"}, "true or false"),
        ({"type": "integer", "multipleOf": 0}, "more than 0"),
        ({"type": "number", "multipleOf": 0.0}, "more than 0"),
        (
            {
                "enum": [f"w{n}" for n in range(1001)],
                "x-choices": {f"w{n}": {"vi": "x", "en": "x"} for n in range(1001)},
            },
            "1000 choices",
        ),
    ],
)
def test_a_field_that_no_page_can_ask_is_refused(given, said):
    with pytest.raises(ValueError, match=said):
        check_forms([make_form(a=given)])


@pytest.mark.parametrize(
    "answer",
    [
        {"not": "a list"},
        ["no form"],
        [make_form(a={}), make_form(a={})],
        [make_form(key="Hoa", a={})],
        [make_form(version=0, a={})],
        [make_form(required=["b"], a={})],
        [make_form(kind={})],
        [make_form(**{f"f{number}": {} for number in range(401)})],
        [Form("a", 1, {"vi": "A", "en": "A"}, {"type": "object", "properties": {"a": object()}})],
        [Form("a", 1, {"vi": "A"}, make_form(a={}).schema)],
    ],
    ids=range(10),
)
def test_an_answer_of_another_shape_is_refused(answer):
    with pytest.raises((TypeError, ValueError)):
        check_forms(answer)


@pytest.mark.parametrize(
    ("kind", "typed", "asked"),
    [
        ("", {}, ["yes"]),
        ("complaint", {}, ["yes", "of_complaint"]),
        ("", {"yes": "yes"}, ["yes", "then"]),
        ("", {"yes": "no", "then": "a", "deeper": "x"}, ["yes"]),
        ("", {"yes": "yes", "then": "b"}, ["yes", "then", "deeper"]),
        ("", {"then": "b"}, ["yes"]),
    ],
)
def test_a_field_is_asked_only_when_its_condition_holds(kind, typed, asked):
    schema = schema_of(
        make_form(
            yes={"type": "boolean"},
            then={**CHOICE, "x-when": {"yes": True}},
            deeper={"x-when": {"then": ["b"]}},
            of_complaint={"x-when": {"kind": ["complaint"]}},
        )
    )
    assert [each.name for each in asked_fields(schema, kind, typed)] == asked
