"""What a plugin may not give as a report: each fault is said to its author, and the page of reports works without it."""

from dataclasses import replace
from datetime import date

import pytest

from tests.extensions.conftest import dummy  # noqa: F401 - a fixture
from tests.reports.plugin_fixtures import ON, enable, plugin, switch  # noqa: F401 - fixtures
from tests.reports.reporting import CLASSES, FIGURES, FOR_HEAD, NAME, figure, report, words
from tiepdan.reports.plugin_definitions import check_definitions, definitions_here
from tiepdan.sdk import Count, Section

SECTION = Section(words("Phần"), ("A",))


def of(*figures, sections=(SECTION,), **changes):
    return [report(figures=figures, sections=sections, **changes)]


def a(count=None, **more):
    return figure("A", count or Count("petitions"), **more)


SHAPES = [
    ({"a": 1}, "a list of ReportDefinition"),
    ([1], "a list of ReportDefinition"),
    ([report(str(at)) for at in range(21)], "at most 20 of ReportDefinition"),
    ([report(), report()], "a key of its own"),
    ([report("Báo cáo")], "small letters"),
    ([report(version=0)], "version"),
    ([report(version=True)], "version"),
    ([report(title={"vi": "Chỉ tiếng Việt"})], "title"),
    ([report(source=" ")], "source"),
    ([report(to="body:")], "to is"),
    ([report(to="everybody")], "to is"),
    ([report(spans=())], "spans"),
    ([report(spans=("year",))], "spans"),
    ([report(first_day=29)], "first_day"),
    ([report(first_day=0)], "first_day"),
    ([report(due_day=31)], "due_day"),
    ([report(figures=[1])], "figures"),
    (of(*(figure(f"A{at}", Count("petitions")) for at in range(201))), "at most 200"),
    (of(a(), a()), "a code of its own"),
    (of(replace(a(), code="có dấu")), "a code such as"),
    (of(replace(a(), unit={"vi": "đơn"})), "unit"),
    (of(replace(a(), how={})), "how"),
    (of(a(Count("people"))), "of 'people'"),
    (of(a(out_of=Count("petitions", where={"kind": "x"}))), "none of"),
    (of(replace(a(), count="petitions")), "a Count"),
    (of(replace(a(), headline="yes")), "headline"),
    (of(a(by="kind")), "only entries of a register"),
    (of(a(Count("register:classes", "distinct:place"), by="kind")), "do not add up"),
    (of(a(), sections=()), "sections"),
    (of(a(), sections=(Section(words("Phần"), ("A", "B")),)), "no figure of the report"),
    (of(a(), sections=(SECTION, SECTION)), "stands in one section"),
    (of(a(), sections=(Section(words("Phần")),)), "stands in no section"),
    (of(a(), sections=(Section({"vi": "Phần"}, ("A",)),)), "title of a section"),
    (of(a(), sections=(Section(words("Phần"), ("A",), text={"en": "x"}),)), "text of a section"),
    (of(a(), sections=(Section(words("Phần"), ("A",), ("no such/",)),)), "register:<key>"),
    (of(a(), sections=(Section(words("Phần"), ("A",), tuple("abcdef")),)), "at most 5"),
    (of(a(), sections=(Section(words("Phần"), "A"),)), "are words"),
]


@pytest.mark.parametrize(("answer", "said"), SHAPES, ids=[said for _answer, said in SHAPES])
def test_a_wrong_shape_is_said_to_the_author(answer, said):
    with pytest.raises((TypeError, ValueError), match=said):
        check_definitions(answer)


def test_a_report_as_it_should_be_passes():
    check_definitions([report(), report("another", figures=FIGURES[:1], sections=(Section(words("x"), ("DT-01",)),))])


@pytest.mark.parametrize(
    "answer",
    [
        of(a(Count("register:lessons"))),
        of(a(Count("register:dummy/book"))),
        of(a(Count("register:classes", where={"colour": "red"}))),
        of(a(Count("register:classes", where={"kind": "gossip"}))),
        of(a(Count("register:classes", where={"trainer": "x"}))),
        of(a(Count("register:classes", "sum:place"))),
        of(a(Count("register:classes"), by="place")),
        of(a(Count("register:classes"), by="colour")),
        of(a(), sections=(Section(words("Phần"), ("A",), ("lessons",)),)),
        of(a(), sections=(Section(words("Phần"), ("A",), ("secrets",)),)),
    ],
)
def test_registers_that_are_not_there_are_a_fault_of_the_plugin(plugin, switch, two_tenants, entered, answer):  # noqa: F811
    switch(two_tenants[0])
    plugin.books, plugin.given = [CLASSES, FOR_HEAD], answer
    with entered(two_tenants[0]):
        found = definitions_here(ON)
    assert (found.items, found.failed) == ((), (NAME,))


def test_a_register_for_the_head_may_be_counted(plugin, switch, two_tenants, entered):  # noqa: F811
    switch(two_tenants[0])
    plugin.books, plugin.given = [FOR_HEAD], of(a(Count("register:secrets")))
    with entered(two_tenants[0]):
        assert [each.code for each in definitions_here(ON).items] == [f"{NAME}/training"]


def test_only_the_committee_that_enabled_it_is_asked(plugin, switch, two_tenants, entered):  # noqa: F811
    switch(two_tenants[0])
    with entered(two_tenants[1]):
        assert definitions_here(date(2024, 6, 28)).items == ()
