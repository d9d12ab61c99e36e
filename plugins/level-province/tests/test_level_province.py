"""Hot areas and the meeting pack, counted from entries; the province's own rules only with their document."""

from dataclasses import replace
from datetime import date

import pytest
import tiepdan_level_province as plugin
from tiepdan_level_province.hot_areas import HOT, OPEN_AREAS
from tiepdan_level_province.meetings import PAGE, meeting_pack

from tiepdan.sdk import (
    Branch,
    DayUnit,
    DeadlineRule,
    EscalationStep,
    Handling,
    Level,
    Overdue,
    PetitionKind,
    ShareLevel,
    Tenant,
    TenantKind,
)
from tiepdan.testing import ask
from tiepdan.testing.live import LiveTenant, LiveTenants

PARTY = Tenant("tinh-uy", "Tỉnh ủy", TenantKind.PARTY_COMMITTEE, Branch.PARTY, Level.PROVINCE, "20")
STATE = Tenant("ubnd-tinh", "UBND tỉnh", TenantKind.PEOPLES_COMMITTEE, Branch.STATE, Level.PROVINCE, "20")
ON = date(2024, 6, 3)
JUNE = (date(2024, 6, 1), date(2024, 6, 30))


@pytest.fixture
def province(live_tenants: LiveTenants) -> LiveTenant:
    live_tenants.province.enable("level-province")
    return live_tenants.province


def an_area(name: str, **values: object) -> dict[str, object]:
    return {"area": name, "noted_on": "2024-03-01", "field": "land", "state": "watched", **values}


def test_areas_are_counted_by_state_and_field(province: LiveTenant) -> None:
    for values in (
        an_area("Dự án khu công nghiệp", state="hot", people_count=120, mass=True),
        an_area("Bãi rác thôn 5", field="environment"),
        an_area("Khu tái định cư", state="easing", level_skipping=True, trips=3),
        an_area("Chợ cũ", state="calm"),
    ):
        province.add_entry("level-province", "hot-areas", values, ON)
    assert province.count("level-province", OPEN_AREAS, *JUNE) == 3
    assert province.count("level-province", HOT, *JUNE) == 1


def test_an_area_due_for_review_is_on_the_first_page(province: LiveTenant) -> None:
    province.add_entry("level-province", "hot-areas", an_area("Bãi rác", next_on="2024-06-04"), ON)
    province.add_entry("level-province", "hot-areas", an_area("Chợ cũ", next_on="2024-05-01", state="calm"), ON)
    assert province.ask("home_cards", on=ON) == {}
    [card] = province.ask("home_cards", on=date(2024, 6, 4))["level-province"]
    assert card.title["vi"].startswith("1 địa bàn")


def test_the_pack_sums_what_the_meetings_gave_out(province: LiveTenant) -> None:
    for day, tasks, done in (("2024-06-05", 7, 6), ("2024-06-28", 4, 0), ("2024-05-06", 9, 9)):
        values = {"subject": "Giao ban", "held_on": day, "tasks": tasks, "tasks_done": done}
        province.add_entry("level-province", "meetings", values, ON)
    pack = meeting_pack(PARTY, ON, source="", due_day=5)
    assert pack is not None
    [tasks] = [figure for figure in pack.figures if figure.code == "GB-13"]
    assert province.count("level-province", tasks.count, *JUNE) == 6
    assert province.count("level-province", tasks.out_of, *JUNE) == 11


def test_the_platform_takes_pack_and_page_and_a_neighbour_sees_nothing(
    province: LiveTenant, live_tenants: LiveTenants
) -> None:
    province.add_entry("level-province", "hot-areas", an_area("Khu tái định cư"), ON)
    assert province.ask("report_definitions", on=ON)
    assert province.ask("pages", on=ON)
    assert sum(number.chart for number in PAGE.blocks[0].numbers) == 4
    assert live_tenants.neighbour.ask("registers", on=ON) == {}
    with pytest.raises(ValueError, match="no such register"):
        live_tenants.neighbour.count("level-province", OPEN_AREAS, *JUNE)


@pytest.mark.parametrize(
    ("tenant", "on", "source", "ordered"),
    [
        (PARTY, ON, "", "Quy định 11-QĐi/TW, Điều 3 khoản 3, khoản 8"),
        (STATE, date(2026, 6, 30), "", None),
        (STATE, date(2026, 7, 1), "", "Nghị định 154/2026/NĐ-CP, Điều 30 khoản 3"),
        (STATE, ON, "QC 9/UBND", "QC 9/UBND"),
    ],
)
def test_what_orders_the_pack(tenant: Tenant, on: date, source: str, ordered: str | None) -> None:
    settings = {"report_source": source} if source else {}
    packs = ask("report_definitions", plugin, tenant=tenant, on=on, settings=settings)
    assert [(pack.source, pack.to) for pack in packs] == ([(ordered, "superior" if source else "")] if ordered else [])


def test_every_rule_needs_its_document() -> None:
    overdue = Overdue("complaint.settlement", None, date(2024, 6, 24), 4, Level.PROVINCE, sealed=False)
    settings = {"handling_days": 5, "overdue_body": "ban-noi-chinh", "share_counts_only": True}
    assert ask("deadline_rules", plugin, tenant=PARTY, on=ON, settings=settings) == []
    assert ask("escalation_routes", plugin, tenant=PARTY, overdue=overdue, settings=settings) == []
    assert ask("share_profiles", plugin, tenant=PARTY, on=ON, settings=settings) == []
    settings |= dict.fromkeys(("limit_source", "overdue_source", "share_source"), "KH 5-KH/TU")
    assert ask("deadline_rules", plugin, tenant=PARTY, on=ON, settings=settings) == [
        DeadlineRule("petition.initial_handling", 5, DayUnit.WORKING, "KH 5-KH/TU")
    ]
    told = [EscalationStep(1, "body:ban-noi-chinh", "KH 5-KH/TU")]
    assert ask("escalation_routes", plugin, tenant=PARTY, overdue=overdue, settings=settings) == told
    itself = replace(PARTY, slug="ban-noi-chinh")
    assert ask("escalation_routes", plugin, tenant=itself, overdue=overdue, settings=settings) == []
    rules = ask("share_profiles", plugin, tenant=PARTY, on=ON, settings=settings)
    assert {rule.kind for rule in rules} == {*PetitionKind, None}
    assert {rule.at_most for rule in rules} == {ShareLevel.COUNTS}
    rules = ask("share_profiles", plugin, tenant=PARTY, on=ON, settings={"share_source": "KH 5-KH/TU"})
    assert {rule.at_most for rule in rules} == {ShareLevel.SUMMARY}


@pytest.mark.parametrize(
    ("step", "field", "source", "warned"),
    [
        ("accept", "judicial", "TT 05/2021/TT-TTCP", True),
        ("accept", "judicial", "", False),
        ("accept", "land", "TT 05/2021/TT-TTCP", False),
        ("transfer", "judicial", "TT 05/2021/TT-TTCP", False),
    ],
)
def test_a_matter_of_the_judiciary_is_looked_at_twice(step: str, field: str, source: str, warned: bool) -> None:
    handling = Handling(step, PetitionKind.PROPOSAL, field, 1, sealed=False)
    settings = {"judicial_source": source} if source else {}
    found = ask("competence_objections", plugin, tenant=PARTY, handling=handling, on=ON, settings=settings)
    assert [objection.blocking for objection in found] == ([False] if warned else [])
