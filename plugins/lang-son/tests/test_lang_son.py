"""The meeting, dialogues and areas; the province's own limits: nothing without a document, and only what was set."""

from dataclasses import replace
from datetime import date

import pytest
import tiepdan_lang_son as plugin
from tiepdan_lang_son.persistence import PERSISTENCE

from tiepdan.sdk import (
    Branch,
    DayUnit,
    DeadlineRule,
    EscalationStep,
    Event,
    EventName,
    Level,
    Overdue,
    PetitionKind,
    Record,
    ShareLevel,
    Tenant,
    TenantKind,
)
from tiepdan.testing import ask
from tiepdan.testing.live import LiveTenant, LiveTenants

COMMUNE = Tenant("dang-uy-xa", "Đảng ủy xã", TenantKind.PARTY_COMMITTEE, Branch.PARTY, Level.COMMUNE, "06190")
ON = date(2024, 6, 28)


JUNE = (date(2022, 1, 1), date(2022, 6, 30))


@pytest.fixture
def district(live_tenants: LiveTenants) -> LiveTenant:
    live_tenants.district.enable("lang-son")
    return live_tenants.district


def test_nothing_is_ordered_without_a_document() -> None:
    assert ask("deadline_rules", plugin, tenant=COMMUNE, on=ON, settings={"notice_days": 5}) == []


def test_what_is_set_is_ordered_with_its_source() -> None:
    settings = {"notice_days": 5, "source": "CV 12-CV/TU"}
    ordered = ask("deadline_rules", plugin, tenant=COMMUNE, on=ON, settings=settings)
    assert ordered == [DeadlineRule("party.notice", 5, DayUnit.WORKING, "CV 12-CV/TU")]


def test_dialogues_and_areas_are_counted_for_the_meeting(district: LiveTenant) -> None:
    for month, by_head, attended, promised, kept in ((2, True, 60, 5, 4), (5, True, 90, 3, 3), (6, False, 30, 2, 0)):
        values = {
            "topic": "Đất rừng", "held_on": f"2022-0{month}-10", "audience": "farmers", "by_head": by_head,
            "attended": attended, "questions": 9, "commitments": promised, "commitments_done": kept,
        }  # fmt: skip
        district.add_entry("lang-son", "dialogues", values, ON)
    for area, state, petitions, skipping in (
        ("thôn 1", "persistent", 20, 6),
        ("khu 2", "new", 9, 1),
        ("3", "calm", 8, 8),
    ):
        values = {
            "area": area, "noted_on": "2022-03-01", "petitions": petitions, "level_skipping": skipping, "state": state,
        }  # fmt: skip
        district.add_entry("lang-son", "areas", values, ON)
    [report] = district.ask("report_definitions", on=ON)["lang-son"]
    counted = {
        figure.code: (
            district.count("lang-son", figure.count, *JUNE),
            district.count("lang-son", figure.out_of, *JUNE) if figure.out_of else None,
        )
        for figure in report.figures
        if figure.code >= "LS-08"
    }
    assert {code: counted[code] for code in ("LS-08", "LS-09", "LS-10", "LS-11", "LS-14", "LS-16")} == {
        "LS-08": (3, None), "LS-09": (2, 3), "LS-10": (180, None), "LS-11": (7, 10), "LS-14": (2, None),
        "LS-16": (7, 29),
    }  # fmt: skip


def test_the_platform_takes_report_page_and_invitation(district: LiveTenant, live_tenants: LiveTenants) -> None:
    assert district.ask("pages", on=ON)
    assert district.ask("documents")
    assert live_tenants.neighbour.ask("registers", on=ON) == {}


@pytest.mark.parametrize(
    ("branch", "level", "named", "to"),
    [
        (Branch.PARTY, Level.COMMUNE, "", "superior"),
        (Branch.PARTY, Level.DISTRICT, "", "superior"),
        (Branch.PARTY, Level.PROVINCE, "", ""),
        (Branch.STATE, Level.PROVINCE, "tinh-uy-lang-son", "body:tinh-uy-lang-son"),
        (Branch.JUDICIAL, Level.PROVINCE, "tinh-uy-lang-son", "body:tinh-uy-lang-son"),
        (Branch.JUDICIAL, Level.PROVINCE, "", ""),
    ],
)
def test_to_whom_the_report_goes(branch: Branch, level: Level, named: str, to: str) -> None:
    settings = {"party_committee": named} if named else {}
    tenant = replace(COMMUNE, branch=branch, level=level)
    [report] = ask("report_definitions", plugin, tenant=tenant, on=ON, settings=settings)
    assert report.to == to


def test_both_languages_name_every_setting() -> None:
    for name, schema in plugin.PLUGIN.settings["properties"].items():
        assert set(schema["x-label"]) == {"vi", "en"}, name


OVERDUE = Overdue("complaint.settlement", None, date(2024, 6, 24), 4, Level.COMMUNE, sealed=False)


def routes(overdue: Overdue, settings: dict[str, object], level: Level = Level.COMMUNE) -> list[EscalationStep]:
    tenant = replace(COMMUNE, level=level)
    return ask("escalation_routes", plugin, tenant=tenant, overdue=overdue, settings=settings)


def test_the_provinces_office_is_told_only_with_a_document_and_of_communes() -> None:
    settings: dict[str, object] = {"overdue_body": "van-phong-tinh-uy", "overdue_days": 5}
    assert routes(OVERDUE, settings) == []
    settings["source"] = "KH 5-KH/TU"
    assert routes(OVERDUE, settings) == [EscalationStep(5, "body:van-phong-tinh-uy", "KH 5-KH/TU")]
    assert routes(OVERDUE, settings, Level.DISTRICT) == []


@pytest.mark.parametrize("said", ["persistence.prolonged", "persistence.level_skipping"])
@pytest.mark.parametrize("level", [Level.COMMUNE, Level.DISTRICT])
def test_what_is_prolonged_or_skips_a_level_is_told_sooner(said: str, level: Level) -> None:
    settings = {"overdue_body": "van-phong-tinh-uy", "source": "KH 5-KH/TU", "persistent_days": 2}
    told = [EscalationStep(2, "body:van-phong-tinh-uy", "KH 5-KH/TU")]
    assert routes(replace(OVERDUE, answers={said: True}), settings, level) == told
    assert routes(replace(OVERDUE, answers={said: False}), settings, Level.DISTRICT) == []


def test_prolonged_and_level_skipping_are_asked_of_a_petition() -> None:
    asked = {"tenant": COMMUNE, "on": ON}
    assert ask("form_parts", plugin, **asked, record=Record.PETITION) == [PERSISTENCE]
    assert ask("form_parts", plugin, **asked, record=Record.VISIT) == []


def test_less_is_shared_only_where_a_document_orders_it() -> None:
    asked = {"tenant": COMMUNE, "on": ON}
    assert ask("share_profiles", plugin, **asked, settings={"share_counts_only": True}) == []
    assert ask("share_profiles", plugin, **asked, settings={"source": "QC 1-QC/TU"}) == []
    rules = ask("share_profiles", plugin, **asked, settings={"share_counts_only": True, "source": "QC 1-QC/TU"})
    assert {rule.kind for rule in rules} == {*PetitionKind, None}
    assert {(rule.at_most, rule.source) for rule in rules} == {(ShareLevel.COUNTS, "QC 1-QC/TU")}


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
    assert bool(ask("event_happened", plugin, event=event)) is reminded


def test_limits_may_be_for_communes_from_a_day_and_warn_earlier() -> None:
    settings = {
        "source": "CV 12-CV/TU", "notice_days": 8, "complaint_notice_days": 5, "communes_only": True, "warn_days": 4,
        "in_force_year": 2025,
    }  # fmt: skip
    given = {"levels": (Level.COMMUNE,), "warn_before": (4,), "valid_from": date(2025, 1, 1)}
    assert ask("deadline_rules", plugin, tenant=COMMUNE, on=ON, settings=settings) == [
        DeadlineRule("party.notice", 8, DayUnit.WORKING, "CV 12-CV/TU", **given),
        DeadlineRule("party.notice", 5, DayUnit.WORKING, "CV 12-CV/TU", kinds=(PetitionKind.COMPLAINT,), **given),
    ]


def test_a_hot_spot_is_an_emergency_and_long_overdue_work_is_taken_over() -> None:
    settings: dict[str, object] = {"hot_to": "superior+1", "takeover_days": 30}
    hot = replace(OVERDUE, answers={"persistence.hot": True})
    assert ask("escalation_routes", plugin, tenant=COMMUNE, overdue=hot, settings=settings) == []
    settings["source"] = "KH 5-KH/TU"
    taken = EscalationStep(30, "superior", "KH 5-KH/TU", takes_over=True)
    assert ask("escalation_routes", plugin, tenant=COMMUNE, overdue=OVERDUE, settings=settings) == [taken]
    named = EscalationStep(1, "superior+1", "KH 5-KH/TU", emergency="Điểm nóng")
    assert ask("escalation_routes", plugin, tenant=COMMUNE, overdue=hot, settings=settings) == [named, taken]


def test_the_provinces_words_tell_its_office_at_once() -> None:
    settings = {"source": "KH 5-KH/TU", "overdue_body": "van-phong-tinh-uy", "hot_words": "tụ tập, cưỡng chế ,"}
    told = EscalationStep(1, "body:van-phong-tinh-uy", "KH 5-KH/TU", if_words=("tụ tập", "cưỡng chế"))
    assert told in ask("escalation_routes", plugin, tenant=COMMUNE, overdue=OVERDUE, settings=settings)
