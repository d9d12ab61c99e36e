"""The yearly conference: reminded of until it was held, urgently from October."""

from datetime import date

import pytest
import tiepdan_level_commune as plugin

from tiepdan.sdk import Branch, Event, EventName, Level, Record, Tenant, TenantKind

COMMUNE = Tenant("ubnd-xa", "UBND xã", TenantKind.PEOPLES_COMMITTEE, Branch.STATE, Level.COMMUNE, "06190")


@pytest.mark.parametrize(
    ("on", "held_in", "tone"),
    [
        (date(2023, 6, 30), None, None),  # the day before Law 10/2022/QH15 is in force
        (date(2023, 7, 1), None, "info"),
        (date(2024, 9, 30), 2023, "info"),
        (date(2024, 10, 1), 2023, "warning"),
        (date(2024, 10, 1), 2024, None),
        (date(2025, 1, 1), 2024, "info"),
    ],
)
def test_the_conference_is_reminded_of(on: date, held_in: int | None, tone: str | None) -> None:
    settings = {} if held_in is None else {"conference_held_in": held_in}
    assert [card.tone for card in plugin.home_cards(COMMUNE, on, settings)] == ([tone] if tone else [])


def test_mediation_is_asked_of_a_petition_only() -> None:
    assert plugin.form_parts(Record.PETITION) == [plugin.MEDIATION]
    assert plugin.form_parts(Record.VISIT) == []


def test_day_and_result_are_asked_once_it_was_mediated() -> None:
    properties = plugin.MEDIATION.schema["properties"]
    asked = {name for name, given in properties.items() if given.get("x-when") == {"mediated": True}}
    assert asked == {"mediated_on", "result"} == set(plugin.MEDIATION.schema["required"])
    assert set(properties["result"]["x-choices"]) == set(properties["result"]["enum"])


@pytest.mark.parametrize(("name", "said"), [(EventName.TASK_OVERDUE, True), (EventName.REPORT_SUBMITTED, False)])
def test_an_explanation_is_asked_for_on_the_first_day_overdue(name: EventName, said: bool) -> None:
    event = Event("k", name, COMMUNE, date(2024, 6, 25), "r", {"sealed": True})
    assert [notice.url for notice in plugin.event_happened(event, {})] == (["/clocks/?filter=overdue"] if said else [])
