"""A plugin's limits against the law's, counted by hand on the calendar."""

from datetime import date

import pytest

from tiepdan.authoring.samples import close_days, sample_settings, sample_tenants, untried_settings
from tiepdan.authoring.tighten_only import can_tighten, find_loosened
from tiepdan.sdk import DayUnit, DeadlineRule, Level, Manifest, TenantKind


@pytest.mark.parametrize(
    ("duty", "start", "due_on"),
    [
        # PTY-06, ten working days: 4, 5, 6, 7, 10, 11, 12, 13, 14, 17 June 2024.
        ("party.notice", date(2024, 6, 3), date(2024, 6, 17)),
        ("party.notice", date(2019, 2, 17), None),  # in force from 2019-02-18
        # CMP-02, ten calendar days, until 2026-06-30; the 10th is a Friday.
        ("complaint.acceptance", date(2026, 6, 30), date(2026, 7, 10)),
        # CMP-03, seven working days: 2, 3, 6, 7, 8, 9, 10 July 2026.
        ("complaint.acceptance", date(2026, 7, 1), date(2026, 7, 10)),
    ],
)
def test_the_laws_own_date(duty: str, start: date, due_on: date | None):
    found = find_loosened(DeadlineRule(duty, 300, DayUnit.CALENDAR, "x"), start, Level.COMMUNE)
    assert (found.law_due_on if found else None) == due_on


def test_two_working_days_around_tet_end_later_than_ten_calendar_days():
    """Tết 2019: off from 2 to 10 February. Ten calendar days from 1 February end on Monday 11, the first day worked."""
    start = date(2019, 2, 1)
    found = find_loosened(DeadlineRule("complaint.acceptance", 2, DayUnit.WORKING, "x"), start, Level.COMMUNE)
    assert found is not None
    assert (found.due_on, found.law_due_on) == (date(2019, 2, 12), date(2019, 2, 11))
    assert start in close_days()
    within = DeadlineRule("complaint.acceptance", 10, DayUnit.CALENDAR, "x")
    assert find_loosened(within, start, Level.COMMUNE) is None


@pytest.mark.parametrize(
    ("duty", "can"),
    [
        ("party.notice", True),
        ("complaint.dialogue.notice", False),  # counted back from the day of the dialogue
        ("calendar.holidays", False),
        ("no.such.duty", False),
    ],
)
def test_only_a_longest_time_can_be_shortened(duty: str, can: bool):
    assert can_tighten(duty) is can


def test_ten_years_and_every_weekday_and_every_day_around_tet():
    days = close_days()
    assert (days[0], days[-1].year) == (date(2019, 1, 1), 2028)
    assert {day.weekday() for day in days} == set(range(7))
    assert all(date(year, 2, day) in days for year in range(2019, 2029) for day in range(1, 21))


def test_settings_are_tried_at_their_ends_and_only_where_the_schema_allows_them():
    manifest = Manifest(
        "x",
        {},
        {},
        "",
        settings={
            "type": "object",
            "properties": {
                "days": {"type": "integer", "minimum": 2, "maximum": 9, "default": 4},
                "name": {"type": "string", "maxLength": 3},
                "on": {"type": "boolean"},
                "slug": {"type": "string", "pattern": "^[a-z]+$", "examples": ["abc"]},
            },
        },
    )
    tried = sample_settings(manifest)
    assert {each["days"] for each in tried} == {2, 4, 9}
    assert {each.get("on") for each in tried} == {None, False, True}
    assert {each.get("slug") for each in tried} == {None, "abc"}
    assert untried_settings(manifest, tried) == []
    assert {"days": 4} in tried
    assert all(len(str(each.get("name", ""))) <= 3 for each in tried)


def test_committees_of_every_kind_at_the_plugins_level():
    assert {tenant.level for tenant in sample_tenants(Level.DISTRICT)} == {Level.DISTRICT}
    assert {(tenant.level, tenant.kind) for tenant in sample_tenants(None)} == {
        (level, kind) for level in Level for kind in TenantKind
    }
