"""What the plugin declares: both languages everywhere, figures over its own fields, orders only with their document."""

from datetime import date
from itertools import chain

import pytest
import tiepdan_dong_da as plugin

from tiepdan.sdk import Count, DayUnit, DeadlineRule, EscalationStep, Level, Overdue, Paper, Record, Span
from tiepdan.testing import PluginTenants, ask

OVERDUE = Overdue("complaint.settlement", None, date(2024, 6, 24), 4, Level.DISTRICT, sealed=False)


class Registered:
    """Records that hold so many registrations, of which so many are appraised."""

    def __init__(self, made: int, judged: int) -> None:
        self.made, self.judged = made, judged

    def count(self, what: Count, first: date, last: date) -> int:
        assert (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31))
        return self.judged if what.where else self.made


def test_the_platform_takes_its_registers_forms_and_papers(plugin_tenants: PluginTenants, frozen_day: date) -> None:
    here = {"tenant": plugin_tenants.district, "on": frozen_day}
    assert len(ask("registers", plugin, **here)) == 8
    assert len(ask("report_definitions", plugin, **here)) == 3
    assert len(ask("pages", plugin, **here)) == 1
    assert len(ask("documents", plugin, tenant=plugin_tenants.district)) == 2
    assert ask("form_parts", plugin, **here, record=Record.PETITION) == [plugin.PRIORITY]
    assert ask("form_parts", plugin, **here, record=Record.VISIT) == []


def test_figures_and_sections_name_what_exists() -> None:
    fields = {each.key: each.schema["properties"] for each in plugin.REGISTERS}
    for report in plugin.report_definitions({}):
        codes = [figure.code for figure in report.figures]
        assert len(set(codes)) == len(codes)
        shown = list(chain.from_iterable(section.figures for section in report.sections))
        assert sorted(shown) == sorted(codes), report.key
        assert {key for section in report.sections for key in section.entries} <= set(fields)
        for figure in report.figures:
            for count in (figure.count, *([figure.out_of] if figure.out_of else [])):
                if count.of.startswith("register:"):
                    known = fields[count.of.removeprefix("register:")]
                    assert set(count.where) <= set(known), figure.code
            if figure.by:
                assert "enum" in fields[figure.count.of.removeprefix("register:")][figure.by], figure.code


def test_a_figure_with_a_private_or_restricted_field_lists_no_entries() -> None:
    restricted = {each.key for each in plugin.REGISTERS if each.for_head}
    listed = {key for report in plugin.report_definitions({}) for part in report.sections for key in part.entries}
    assert restricted == {"priority-cases"}
    assert not restricted & listed
    assert not restricted & {block.entries for page in plugin.pages() for block in page.blocks}


def test_the_review_spans_as_many_years_as_its_writer_says() -> None:
    spans = {report.key: report.spans for report in plugin.report_definitions({})}
    assert spans == {
        "review-35-11": (Span.YEARS,), "review-01": (Span.YEAR, Span.YEARS), "yearly-review": (Span.YEAR,),
    }  # fmt: skip


def test_the_yearly_review_goes_up_only_where_a_document_orders_it() -> None:
    assert [report.to for report in plugin.report_definitions({})] == ["", "", ""]
    *_others, yearly = plugin.report_definitions({"review_source": "Kế hoạch của Thành ủy"})
    assert (yearly.to, yearly.source) == ("superior", "Kế hoạch của Thành ủy")


@pytest.mark.parametrize(
    ("on", "made", "judged", "said"),
    [
        (date(2024, 10, 31), 40, 10, False),
        (date(2024, 11, 1), 40, 10, True),
        (date(2024, 12, 31), 40, 40, False),
        (date(2024, 12, 31), 0, 0, False),
    ],
)
def test_appraising_is_reminded_of_at_the_end_of_the_year(
    on: date, made: int, judged: int, said: bool, plugin_tenants: PluginTenants
) -> None:
    cards = ask("home_cards", plugin, tenant=plugin_tenants.district, on=on, records=Registered(made, judged))
    assert bool(cards) is said
    if said:
        assert "30 trên 40" in cards[0].text["vi"]
        assert "30 of 40" in cards[0].text["en"]


def test_a_shorter_limit_needs_its_document() -> None:
    assert plugin.deadline_rules({"handling_days": 5}) == []
    ordered = plugin.deadline_rules({"handling_days": 5, "handling_source": "QĐ 3-QĐ/QU"})
    assert ordered == [DeadlineRule("petition.initial_handling", 5, DayUnit.WORKING, "QĐ 3-QĐ/QU")]


def test_a_body_urges_only_where_a_document_gives_it_this_task(plugin_tenants: PluginTenants) -> None:
    district = plugin_tenants.district
    settings = {"overdue_body": "ban-noi-chinh"}
    assert plugin.escalation_routes(district, OVERDUE, settings) == []
    settings["overdue_source"] = "QĐ 3-QĐ/QU"
    assert plugin.escalation_routes(district, OVERDUE, settings) == [
        EscalationStep(1, "body:ban-noi-chinh", "QĐ 3-QĐ/QU")
    ]
    assert plugin.escalation_routes(district, OVERDUE, settings | {"overdue_body": district.slug}) == []


def test_an_officials_name_is_private_and_a_cell_has_none() -> None:
    registrations = next(each for each in plugin.REGISTERS if each.key == "registrations")
    person = registrations.schema["properties"]["person"]
    assert person["x-private"] is True
    assert person["x-when"] == {"by": "official"}


def test_papers_are_made_of_fields_that_everybody_may_see() -> None:
    fields = {each.key: each.schema["properties"] for each in plugin.REGISTERS}
    for template in plugin.documents():
        assert template.paper is Paper.REGISTER_ENTRY
        text = " ".join((template.about, *template.body))
        named = {part.partition("}")[0] for part in text.split("{")[1:]}
        known = fields[template.register]
        assert named <= set(known), template.key
        assert not any(known[name].get("x-private") for name in named)
