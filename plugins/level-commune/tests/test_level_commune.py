"""The yearly conference, mediation at the grass roots: reminded of, written down, counted by outcome."""

from datetime import date

import pytest
import tiepdan_level_commune as plugin
from tiepdan_level_commune.mediation import ON_PETITION
from tiepdan_level_commune.yearly import yearly_report

from tiepdan.sdk import Branch, Count, Entry, Event, EventName, Level, Record, Tenant, TenantKind
from tiepdan.testing import PluginTenants, ask
from tiepdan.testing.live import LiveTenant, LiveTenants

COMMUNE = Tenant("ubnd-xa", "UBND xã", TenantKind.PEOPLES_COMMITTEE, Branch.STATE, Level.COMMUNE, "06190")
ON = date(2024, 6, 3)
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


class Conferences:
    """Records in which so many conferences were held this year."""

    def __init__(self, held: int) -> None:
        self.held = held

    def count(self, what: Count, first: date, last: date) -> int:
        assert what == Count("register:conferences")
        assert (first.month, first.day) == (1, 1) < (last.month, last.day)
        return self.held

    def entries(self, register: str, *_days: date, **_limit: int) -> list[Entry]:
        raise NotImplementedError


@pytest.fixture
def commune(live_tenants: LiveTenants) -> LiveTenant:
    live_tenants.commune.enable("level-commune")
    return live_tenants.commune


@pytest.mark.parametrize(
    ("on", "held_in", "held", "tone"),
    [
        (date(2023, 6, 30), None, 0, None),  # the day before Law 10/2022/QH15 is in force
        (date(2023, 7, 1), None, 0, "info"),
        (date(2024, 9, 30), 2023, 0, "info"),
        (date(2024, 10, 1), 2023, 0, "warning"),
        (date(2024, 10, 1), 2024, 0, None),
        (date(2024, 10, 1), None, 1, None),  # it is in the register
        (date(2025, 1, 2), 2024, 0, "info"),
    ],
)
def test_the_conference_is_reminded_of(on: date, held_in: int | None, held: int, tone: str | None) -> None:
    settings = {} if held_in is None else {"conference_held_in": held_in}
    cards = ask("home_cards", plugin, tenant=COMMUNE, on=on, records=Conferences(held), settings=settings)
    assert [card.tone for card in cards] == ([tone] if tone else [])


def test_a_conference_in_the_register_ends_the_reminder(commune: LiveTenant) -> None:
    assert len(commune.ask("home_cards", on=ON)["level-commune"]) == 1
    values = {"topic": "Đường liên thôn, rác thải", "held_on": "2024-04-12", "attended": 84, "questions": 17}
    commune.add_entry("level-commune", "conferences", values, ON)
    assert commune.ask("home_cards", on=ON) == {}


def test_the_yearly_report_counts_mediations_by_outcome(commune: LiveTenant) -> None:
    outcomes = {"agreed": 5, "failed": 2, "going_on": 1}
    for outcome, times in outcomes.items():
        for number in range(times):
            values = {
                "subject": f"Ranh giới vườn {number + 1}", "mediated_on": f"2024-0{number + 1}-10", "kind": "land",
                "hamlet": "thôn 3", "group": "Tổ hòa giải thôn 3", "outcome": outcome, "parties": "Nguyễn Văn A",
            }  # fmt: skip
            commune.add_entry("level-commune", "mediations", values, ON)
    earlier = {
        "subject": "Lối đi", "mediated_on": "2023-12-31", "kind": "land", "hamlet": "thôn 1", "outcome": "agreed",
    }  # fmt: skip
    commune.add_entry("level-commune", "mediations", earlier, ON)
    figures = {figure.code: figure for figure in yearly_report(to="").figures}
    assert commune.count("level-commune", figures["HG-01"].count, *YEAR) == 8
    assert commune.count("level-commune", figures["HG-02"].count, *YEAR) == 5
    assert commune.count("level-commune", figures["HG-02"].out_of, *YEAR) == 7
    for outcome, times in outcomes.items():
        assert commune.count("level-commune", Count("register:mediations", where={"outcome": outcome}), *YEAR) == times


def test_the_yearly_report_sums_the_conferences(commune: LiveTenant) -> None:
    for month, attended, promised, kept in ((3, 80, 6, 5), (9, 120, 4, 1)):
        values = {
            "topic": "Đất đai", "held_on": f"2024-0{month}-15", "attended": attended, "questions": attended // 10,
            "commitments": promised, "commitments_done": kept,
        }  # fmt: skip
        commune.add_entry("level-commune", "conferences", values, ON)
    figures = {figure.code: figure for figure in yearly_report(to="").figures}
    counted = {code: commune.count("level-commune", figures[code].count, *YEAR) for code in figures if code[:2] == "DC"}
    assert counted == {"DC-01": 2, "DC-02": 200, "DC-03": 20, "DC-04": 6}
    assert commune.count("level-commune", figures["DC-04"].out_of, *YEAR) == 10


def test_the_parties_can_be_neither_counted_nor_listed(commune: LiveTenant) -> None:
    with pytest.raises(ValueError, match="parties"):
        commune.count("level-commune", Count("register:mediations", measure="distinct:parties"), *YEAR)


def test_the_report_goes_up_once_a_document_orders_it(commune: LiveTenant) -> None:
    [report] = commune.ask("report_definitions", on=ON)["level-commune"]
    assert report.to == ""
    settings = {"report_source": "CV 12/UBND-TP"}
    [report] = ask("report_definitions", plugin, tenant=COMMUNE, on=ON, settings=settings)
    assert report.to == "superior"


def test_pages_papers_and_hints_are_taken(commune: LiveTenant, plugin_tenants: PluginTenants) -> None:
    assert commune.ask("pages", on=ON)
    assert {template.key for template in commune.ask("documents")["level-commune"]} == {
        "mediation_minutes",
        "conference_invitation",
    }
    assert len(ask("classification_hints", plugin, tenant=plugin_tenants.commune)) == 2


def test_mediation_is_asked_of_a_petition_only() -> None:
    asked = {"tenant": COMMUNE, "on": ON}
    assert ask("form_parts", plugin, **asked, record=Record.PETITION) == [ON_PETITION]
    assert ask("form_parts", plugin, **asked, record=Record.VISIT) == []


def test_day_and_result_are_asked_once_it_was_mediated() -> None:
    properties = ON_PETITION.schema["properties"]
    asked = {name for name, given in properties.items() if given.get("x-when") == {"mediated": True}}
    assert asked == {"mediated_on", "result"} == set(ON_PETITION.schema["required"])
    assert set(properties["result"]["x-choices"]) == set(properties["result"]["enum"])


@pytest.mark.parametrize(("name", "said"), [(EventName.TASK_OVERDUE, True), (EventName.REPORT_SUBMITTED, False)])
def test_an_explanation_is_asked_for_on_the_first_day_overdue(name: EventName, said: bool) -> None:
    event = Event("k", name, COMMUNE, date(2024, 6, 25), "r", {"sealed": True})
    notices = ask("event_happened", plugin, event=event)
    assert [notice.url for notice in notices] == (["/clocks/?filter=overdue"] if said else [])


def test_a_conclusion_notice_says_how_the_reception_went() -> None:
    (form,) = plugin.form_parts(Record.CONCLUSION)
    assert form.key == "reception"
    assert plugin.form_parts(Record.TASK) == []


def test_whether_a_dispute_was_mediated_goes_up_and_when_stays() -> None:
    (form,) = plugin.form_parts(Record.PETITION)
    up = {name for name, given in form.schema["properties"].items() if given.get("x-goes-up")}
    assert up == {"mediated", "result"}
