"""What the seed names, counted from entries on a real platform: 18 wards, plans 363, 191, 1849, the inspectorate."""

from dataclasses import replace
from datetime import date

import pytest
import tiepdan_hai_ba_trung as plugin
from tiepdan_hai_ba_trung.monthly import FIGURES
from tiepdan_hai_ba_trung.wards import WARDS

from tiepdan.sdk import Call, Entry, Handling, Level, Overdue, Record
from tiepdan.testing import PluginTenants, ask
from tiepdan.testing.live import LiveTenant, LiveTenants

LETTER = "446/UBND-TTr"
SENT_ON = date(2020, 4, 20)
APRIL = (date(2020, 4, 1), date(2020, 4, 30))
ON = date(2024, 6, 3)


@pytest.fixture
def district(live_tenants: LiveTenants) -> LiveTenant:
    live_tenants.district.enable("hai-ba-trung")
    return live_tenants.district


def figures(district: LiveTenant, first: date, last: date) -> dict[str, tuple[int, int | None]]:
    """Count every figure of the monthly report, with what it is a part of."""
    return {
        figure.code: (
            district.count("hai-ba-trung", figure.count, first, last),
            district.count("hai-ba-trung", figure.out_of, first, last) if figure.out_of else None,
        )
        for figure in FIGURES
    }


def give_letter(district: LiveTenant, answered: int) -> None:
    """Send the letter to every ward; the first so many have answered."""
    for number, code in enumerate(WARDS):
        values = {
            "directive": LETTER, "ward": code, "sent_on": "2020-04-20", "due_on": "2020-05-05", "answered": False,
        }  # fmt: skip
        if number < answered:
            values |= {"answered": True, "answered_on": "2020-05-04", "answer_number": f"{number + 10}/BC-UBND"}
        district.add_entry("hai-ba-trung", "ward-answers", values, ON)


def a_case(number: int, **values: object) -> dict[str, object]:
    return {
        "subject": f"Vụ việc bồi thường dự án đường {number}", "followed_on": "2020-04-21", "superior": "city",
        "document_number": "1094/UBND-BTCD", "document_on": "2020-03-31", "plan": "kh191", "people_count": 12,
        "people": "Nguyễn Văn A, số 1 phố B", "review": "waiting", "outcome": "open", **values,
    }  # fmt: skip


def test_eighteen_wards_are_checked_off(district: LiveTenant) -> None:
    give_letter(district, answered=15)
    counted = figures(district, *APRIL)
    assert counted["TT-16"] == (15, 18)
    assert counted["TT-17"] == (3, 18)
    [page] = district.ask("pages", on=ON)["hai-ba-trung"]
    by_ward = [district.count("hai-ba-trung", number.count, *APRIL) for number in page.blocks[1].numbers]
    assert len(by_ward) == 18
    assert sum(by_ward) == 3


def test_cases_are_followed_by_who_directed_and_under_which_plan(district: LiveTenant) -> None:
    cases = [
        a_case(1, superior="prime_minister", plan="qd1849", hotspot=True, people_count=40, review="policy"),
        a_case(2, superior="ministry", plan="kh363", level_skipping=True, people_count=7),
        a_case(3, plan="kh191", review="dialogue"),
        a_case(4, superior="district", plan="none", followed_on="2020-03-02", people_count=1),
        a_case(5, outcome="withdrawn", followed_on="2019-11-11"),
    ]
    for values in cases:
        district.add_entry("hai-ba-trung", "instructed-cases", values, ON)
    counted = figures(district, *APRIL)
    assert {code: counted[code] for code in ("TT-01", "TT-02", "TT-06", "TT-08", "TT-09", "TT-10")} == {
        "TT-01": (4, None), "TT-02": (3, None), "TT-06": (1, 5), "TT-08": (1, 4), "TT-09": (1, 4), "TT-10": (60, None),
    }  # fmt: skip


def test_effective_decisions_stay_until_they_are_done(district: LiveTenant) -> None:
    states = ("not_begun", "partly", "stuck", "done", "done")
    for number, state in enumerate(states):
        more = {"stuck": {"obstacle": "Chưa bố trí được đất"}, "done": {"done_on": "2020-04-10"}}.get(state, {})
        values = {
            "document": f"Quyết định {number + 1}/QĐ-UBND", "kind": "complaint",
            "effective_on": f"2020-0{number + 1}-05", "body": "UBND phường Bạch Mai", "state": state, **more,
        }  # fmt: skip
        district.add_entry("hai-ba-trung", "enforcements", values, ON)
    counted = figures(district, *APRIL)
    assert counted["TT-11"] == (3, 5)
    assert counted["TT-13"] == (1, 1), "of those in effect in April"


def test_inspections_of_responsibility_are_counted_with_what_they_found(district: LiveTenant) -> None:
    for body, found in (("UBND phường Phố Huế", 3), ("Phòng Quản lý đô thị", 4)):
        values = {
            "body": body, "begun_on": "2020-04-15", "scope": "both", "concluded": True, "shortcomings": found,
        }  # fmt: skip
        district.add_entry("hai-ba-trung", "inspections", values, ON)
    counted = figures(district, *APRIL)
    assert (counted["TT-14"], counted["TT-15"]) == ((2, None), (7, None))


def test_a_neighbour_counts_nothing_of_it(district: LiveTenant, live_tenants: LiveTenants) -> None:
    give_letter(district, answered=1)
    live_tenants.neighbour.enable("hai-ba-trung")
    assert "registers" not in live_tenants.neighbour.ask("registers", on=ON)
    with pytest.raises(ValueError, match="no such register"):
        live_tenants.neighbour.count("hai-ba-trung", FIGURES[0].count, *APRIL)


def test_the_platform_takes_the_report(district: LiveTenant) -> None:
    [report] = district.ask("report_definitions", on=ON)["hai-ba-trung"]
    assert (report.to, report.due_day) == ("", 5)


def test_the_report_goes_where_the_setting_says(plugin_tenants: PluginTenants) -> None:
    asked = {"tenant": plugin_tenants.district, "on": ON}
    [report] = ask("report_definitions", plugin, **asked, settings={"report_to": "ubnd-quan", "report_due_day": 8})
    assert (report.to, report.due_day) == ("body:ubnd-quan", 8)
    [own] = ask("report_definitions", plugin, **asked, settings={"report_to": plugin_tenants.district.slug})
    assert own.to == "", "nobody sends a report to itself"
    assert ask("report_definitions", plugin, tenant=plugin_tenants.commune, on=ON) == []


@pytest.mark.parametrize("hook", ["registers", "pages", "documents"])
def test_a_ward_keeps_no_register_of_the_district(plugin_tenants: PluginTenants, hook: str) -> None:
    day = {} if hook == "documents" else {"on": ON}
    assert ask(hook, plugin, tenant=plugin_tenants.commune, **day) == []
    assert ask(hook, plugin, tenant=plugin_tenants.district, **day)


def test_the_inspectorate_is_told_only_where_it_is_configured(plugin_tenants: PluginTenants) -> None:
    overdue = Overdue("complaint.settlement", None, date(2020, 5, 4), 1, Level.COMMUNE, sealed=False)
    asked = {"tenant": plugin_tenants.commune, "overdue": overdue}
    assert ask("escalation_routes", plugin, **asked) == []
    settings = {"inspectorate": "thanh-tra-quan", "overdue_days": 3}
    [step] = ask("escalation_routes", plugin, **asked, settings=settings)
    assert (step.after_days, step.to) == (3, "body:thanh-tra-quan")
    assert LETTER in step.source
    itself = replace(plugin_tenants.commune, slug="thanh-tra-quan")
    assert ask("escalation_routes", plugin, tenant=itself, overdue=overdue, settings=settings) == []


@pytest.mark.parametrize(
    ("handling", "warned"),
    [
        (Handling("transfer", None, "land", 5, sealed=False, to="ubnd-quan"), True),
        (Handling("transfer", None, "land", 4, sealed=False, to="ubnd-quan"), False),
        (Handling("accept", None, "land", 40, sealed=False), False),
        (Handling("transfer", None, "", 40, sealed=True, to="ubnd-quan"), False),
    ],
)
def test_a_crowd_is_not_sent_away_without_a_second_thought(
    plugin_tenants: PluginTenants, handling: Handling, warned: bool
) -> None:
    asked = {"tenant": plugin_tenants.commune, "on": ON}
    found = ask("competence_objections", plugin, **asked, handling=handling)
    assert [objection.blocking for objection in found] == ([False] if warned else [])


def test_a_reply_is_reminded_of_its_basis_and_never_refused(plugin_tenants: PluginTenants) -> None:
    rules = ask("reply_checks", plugin, tenant=plugin_tenants.commune)
    assert {rule.key for rule in rules} == {"legal_basis", "settled_for_good"}
    assert not any(rule.blocking for rule in rules)
    assert all(LETTER in rule.source for rule in rules)


def test_hints_and_the_form_are_valid(plugin_tenants: PluginTenants) -> None:
    assert ask("classification_hints", plugin, tenant=plugin_tenants.commune)
    asked = {"tenant": plugin_tenants.commune, "on": ON}
    assert len(ask("form_parts", plugin, **asked, record=Record.PETITION)) == 1
    assert ask("form_parts", plugin, **asked, record=Record.VISIT) == []


class Few:
    """Records of two wards: one answered, one did not; and another directive."""

    def entries(self, register: str, *_days: date, **_limit: int) -> list[Entry]:
        rows = [
            {"directive": LETTER, "ward": "00286", "answered": True, "answered_on": "2020-05-04"},
            {"directive": LETTER, "ward": "00289", "answered": False, "due_on": "2020-05-05"},
            {"directive": "9/UBND-TTr", "ward": "00292", "answered": False},
        ]
        return [Entry(register, SENT_ON, row) for row in rows]


def test_the_command_prints_each_ward(plugin_tenants: PluginTenants) -> None:
    [command] = ask("commands", plugin)
    lines = command.run(Call(plugin_tenants.district, Few(), {}, (LETTER,)))
    assert len(lines) == 18 + 1
    assert "Bạch Mai: đã báo cáo 2020-05-04" in lines
    assert "Quỳnh Mai: chưa báo cáo, hạn 2020-05-05" in lines
    assert lines[-1] == "446/UBND-TTr: 1/2 phường đã báo cáo"
    with pytest.raises(ValueError, match="số văn bản"):
        command.run(Call(plugin_tenants.district, Few(), {}, ()))


def test_every_ward_of_the_catalogue_is_there() -> None:
    assert len(WARDS) == len(set(WARDS.values())) == 18
