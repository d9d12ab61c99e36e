"""Urging in the months of the reports, and a shorter notice only with its document."""

from datetime import date

import pytest
import tiepdan_level_district as plugin

from tiepdan.sdk import Branch, DayUnit, DeadlineRule, EscalationStep, Level, Overdue, Record, Tenant, TenantKind

DISTRICT = Tenant("huyen-uy", "Huyện ủy", TenantKind.PARTY_COMMITTEE, Branch.PARTY, Level.DISTRICT, "183")


@pytest.mark.parametrize(
    ("on", "shown"),
    [(date(2024, 6, 9), False), (date(2024, 6, 10), True), (date(2024, 7, 10), False), (date(2024, 12, 31), True)],
)
def test_the_communes_are_urged_in_june_and_december(on: date, shown: bool) -> None:
    assert bool(plugin.home_cards(DISTRICT, on, {"urge_from_day": 10})) is shown


def test_a_shorter_notice_needs_its_document() -> None:
    on = date(2024, 6, 28)
    assert plugin.deadline_rules(DISTRICT, on, {"notice_days": 7}) == []
    ordered = plugin.deadline_rules(DISTRICT, on, {"notice_days": 7, "notice_source": "QĐ 3-QĐ/HU"})
    assert ordered == [DeadlineRule("party.notice", 7, DayUnit.WORKING, "QĐ 3-QĐ/HU")]


def test_the_instruction_is_asked_of_a_petition_only() -> None:
    assert plugin.form_parts(Record.PETITION) == [plugin.INSTRUCTION]
    assert plugin.form_parts(Record.VISIT) == []


def test_an_instruction_names_its_document_day_and_issuer() -> None:
    properties = plugin.INSTRUCTION.schema["properties"]
    asked = {name for name, given in properties.items() if given.get("x-when") == {"instructed": True}}
    assert asked == {"document_number", "document_on", "issuer"} == set(plugin.INSTRUCTION.schema["required"])


def test_a_second_body_needs_its_document() -> None:
    overdue = Overdue("complaint.settlement", None, date(2024, 6, 24), 1, Level.DISTRICT, sealed=False)
    settings = {"second_body": "thanh-tra-huyen"}
    assert plugin.escalation_routes(DISTRICT, overdue, settings) == []
    settings["second_body_source"] = "QĐ 3-QĐ/HU"
    told = [EscalationStep(1, "body:thanh-tra-huyen", "QĐ 3-QĐ/HU")]
    assert plugin.escalation_routes(DISTRICT, overdue, settings) == told
