"""The province's own limits: nothing without a document, and only what was set."""

from dataclasses import replace
from datetime import date

import pytest
import tiepdan_lang_son as plugin

from tiepdan.sdk import (
    Branch,
    DayUnit,
    DeadlineRule,
    EscalationStep,
    Event,
    EventName,
    Level,
    Overdue,
    Tenant,
    TenantKind,
)

COMMUNE = Tenant("dang-uy-xa", "Đảng ủy xã", TenantKind.PARTY_COMMITTEE, Branch.PARTY, Level.COMMUNE, "06190")
ON = date(2024, 6, 28)


def test_nothing_is_ordered_without_a_document() -> None:
    assert plugin.deadline_rules(COMMUNE, ON, {"notice_days": 5}) == []


def test_what_is_set_is_ordered_with_its_source() -> None:
    ordered = plugin.deadline_rules(COMMUNE, ON, {"notice_days": 5, "source": "CV 12-CV/TU"})
    assert ordered == [DeadlineRule("party.notice", 5, DayUnit.WORKING, "CV 12-CV/TU")]


def test_both_languages_name_every_setting() -> None:
    for name, schema in plugin.PLUGIN.settings["properties"].items():
        assert set(schema["x-label"]) == {"vi", "en"}, name


OVERDUE = Overdue("complaint.settlement", None, date(2024, 6, 24), 4, Level.COMMUNE, sealed=False)


def test_the_provinces_office_is_told_only_with_a_document_and_of_communes() -> None:
    settings = {"overdue_body": "van-phong-tinh-uy", "overdue_days": 5}
    assert plugin.escalation_routes(COMMUNE, OVERDUE, settings) == []
    settings["source"] = "KH 5-KH/TU"
    told = [EscalationStep(5, "body:van-phong-tinh-uy", "KH 5-KH/TU")]
    assert plugin.escalation_routes(COMMUNE, OVERDUE, settings) == told
    district = replace(COMMUNE, level=Level.DISTRICT)
    assert plugin.escalation_routes(district, OVERDUE, settings) == []


@pytest.mark.parametrize(
    ("name", "form", "reminded"),
    [
        (EventName.RECEPTION_HELD, "periodic", True),
        (EventName.RECEPTION_HELD, "regular", False),
        (EventName.PETITION_ACCEPTED, None, False),
    ],
)
def test_the_conclusion_notice_is_reminded_of_after_a_reception_of_the_head(
    name: EventName, form: str | None, reminded: bool
) -> None:
    event = Event("k", name, COMMUNE, ON, "r", {"form": form, "sealed": False})
    assert bool(plugin.event_happened(event, {})) is reminded
