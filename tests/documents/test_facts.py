"""Templates and their facts: what an author may write, and how a text is filled."""

from dataclasses import replace

import pytest

from tiepdan.core.plugins import check_of
from tiepdan.documents.facts import DOTS, FACTS, OF_EVERY, fill_text, known_names
from tiepdan.documents.offering import RecordKind
from tiepdan.portal.hook_reference import write_hooks
from tiepdan.sdk import DocumentTemplate, Paper

TITLE = {"vi": "Giấy mời", "en": "Invitation"}
GOOD = DocumentTemplate("invitation", 1, TITLE, Paper.PETITION, "GIẤY MỜI", "đối thoại", ("Mời {sender_name}.",))


def check(template):
    check_of("documents")([template])


def test_a_good_template_passes():
    check(GOOD)
    check(replace(GOOD, kind=""))
    check(replace(GOOD, paper=Paper.REGISTER_ENTRY, register="classes", body=("Lớp {topic}.",)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "Giấy"},
        {"version": 0},
        {"version": True},
        {"title": {"vi": "Giấy mời"}},
        {"paper": "petition"},
        {"register": "classes"},
        {"paper": Paper.REGISTER_ENTRY},
        {"about": ""},
        {"about": "đơn {no_such_fact}"},
        {"body": ()},
        {"body": ("{topic}",)},
        {"body": ("{visited_on}",)},
        {"body": ("{code!r}",)},
        {"body": ("{code.__class__}",)},
        {"body": ("{}",)},
        {"body": ("một } lẻ",)},
        {"body": "một dòng"},
        {"body": ("x" * 5_000,)},
        {"receivers": ("",)},
        {"signer": None},
    ],
)
def test_another_one_is_a_fault_of_the_plugin(wrong):
    with pytest.raises((TypeError, ValueError)):
        check(replace(GOOD, **wrong))


def test_a_key_stands_once():
    with pytest.raises(ValueError, match="key"):
        check_of("documents")([GOOD, GOOD])


def test_a_text_is_filled_once():
    facts = {"sender_name": "Ông {code}", "code": "LS-1", "kind": "  "}
    assert fill_text("{sender_name}, {kind}, {due_on}", facts) == f"Ông {{code}}, {DOTS}, {DOTS}"


def test_a_template_of_an_entry_belongs_to_its_own_register():
    kind = RecordKind(Paper.REGISTER_ENTRY, "dummy", "classes")
    template = replace(GOOD, paper=Paper.REGISTER_ENTRY, register="classes")
    assert kind.takes("dummy", template)
    assert not kind.takes("other", template)
    assert not kind.takes("dummy", replace(template, register="books"))
    assert not kind.takes("dummy", GOOD)


def test_the_reference_lists_every_fact():
    text = write_hooks()
    for paper, facts in FACTS.items():
        assert known_names(paper) == set(facts) | set(OF_EVERY)
        for name in facts:
            assert f"| `{name}` | {paper.value} |" in text
