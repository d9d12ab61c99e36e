"""The plan as data: what the platform makes of it, and what has effect only with its document."""

import json
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from tiepdan.sdk import DayUnit, DeadlineRule, EscalationStep, Event, EventName, Level, Overdue, Record, Span

PACKAGE = Path(str(files("tiepdan_hoan_kiem")))
PLUGIN = tomllib.loads((PACKAGE / "plugin.toml").read_text(encoding="utf-8"))
ON = date(2024, 6, 3)


@pytest.fixture
def district(live_tenants):
    live_tenants.district.enable("hoan-kiem")
    return live_tenants.district


def schema_of(register: str) -> dict:
    given = next(each for each in PLUGIN["register"] if each["key"] == register)
    return json.loads((PACKAGE / given["schema"]).read_text(encoding="utf-8"))


def test_it_is_data_only() -> None:
    code = [path for path in PACKAGE.rglob("*.py") if "\n" in path.read_text(encoding="utf-8").strip()]
    assert not code


def test_every_text_speaks_both_languages() -> None:
    def texts(value: object) -> Iterator[dict]:
        if isinstance(value, dict):
            if "vi" in value or "en" in value:
                yield value
            else:
                for each in value.values():
                    yield from texts(each)
        elif isinstance(value, list):
            for each in value:
                yield from texts(each)

    read = [PLUGIN, *(json.loads(path.read_text(encoding="utf-8")) for path in PACKAGE.glob("schemas/*.json"))]
    found = list(texts(read))
    assert len(found) > 200
    assert all(each.get("vi", "").strip() and each.get("en", "").strip() for each in found)


def test_names_are_private_and_violations_for_few() -> None:
    assert schema_of("staff")["properties"]["person"]["x-private"] is True
    assert schema_of("violations")["properties"]["person"]["x-private"] is True
    assert [each["key"] for each in PLUGIN["register"] if each.get("for_head")] == ["violations"]
    [report] = PLUGIN["report"]
    assert "violations" not in {key for section in report["sections"] for key in section.get("entries", [])}
    assert "violations" not in {block.get("entries") for page in PLUGIN["page"] for block in page["blocks"]}


def test_the_intake_form_has_few_fields_and_explains_them() -> None:
    properties = json.loads((PACKAGE / "schemas/intake.json").read_text(encoding="utf-8"))["properties"]
    assert len(properties) <= 4
    assert sum("x-help" in each for each in properties.values()) >= 3


def test_the_platform_takes_everything(district) -> None:
    assert len(district.ask("registers", on=ON)["hoan-kiem"]) == 7
    [report] = district.ask("report_definitions", on=ON)["hoan-kiem"]
    assert report.spans == (Span.YEAR, Span.YEARS)
    assert [page.key for page in district.ask("pages", on=ON)["hoan-kiem"]] == ["plan", "safety"]
    [form] = district.ask("form_parts", record=Record.VISIT, on=ON)["hoan-kiem"]
    assert form.key == "intake"
    assert "hoan-kiem" not in district.ask("form_parts", record=Record.PETITION, on=ON)


def test_the_page_of_safety_says_whom_to_call(live_tenants) -> None:
    district = live_tenants.district
    district.enable("hoan-kiem", {"police_contact": "Công an quận, trực ban 024 3000 0000"})
    _plan, safety = district.ask("pages", on=ON)["hoan-kiem"]
    assert "024 3000 0000" in safety.blocks[0].text["vi"]
    assert "024 3000 0000" in safety.blocks[0].text["en"]


OVERDUE = Overdue("decision.assignment_due", None, date(2024, 6, 2), 1, Level.DISTRICT, sealed=False)


def test_nothing_is_ordered_without_a_document(live_tenants) -> None:
    district = live_tenants.district
    district.enable("hoan-kiem", {"handling_days": 5})
    assert district.ask("escalation_routes", overdue=OVERDUE) == {}
    assert district.ask("deadline_rules", on=ON) == {}
    named = {"handling_days": 5, "handling_source": "QĐ 3-QĐ/QU", "overdue_source": "KH 9-KH/QU", "overdue_days": 2}
    district.enable("hoan-kiem", named)
    assert district.ask("escalation_routes", overdue=OVERDUE)["hoan-kiem"] == [
        EscalationStep(2, "superior", "KH 9-KH/QU")
    ]
    assert district.ask("deadline_rules", on=ON)["hoan-kiem"] == [
        DeadlineRule("petition.initial_handling", 5, DayUnit.WORKING, "QĐ 3-QĐ/QU")
    ]


def test_tasks_that_are_due_are_reminded_of_until_they_are_done(district) -> None:
    task = {"unit": "Văn phòng Quận ủy", "part": "dissemination"}
    district.add_entry(
        "hoan-kiem", "plan-tasks", {**task, "task": "Quán triệt", "due_on": "2024-05-30", "state": "done"}, ON
    )
    district.add_entry(
        "hoan-kiem", "plan-tasks", {**task, "task": "Tổng kết", "due_on": "2024-12-15", "state": "todo"}, ON
    )
    assert district.ask("home_cards", on=ON) == {}
    district.add_entry(
        "hoan-kiem", "plan-tasks", {**task, "task": "Kiểm tra", "due_on": "2024-05-31", "state": "stuck"}, ON
    )
    assert [card.key for card in district.ask("home_cards", on=ON)["hoan-kiem"]] == ["overdue-tasks"]
    december = district.ask("home_cards", on=date(2024, 12, 20))["hoan-kiem"]
    assert [card.key for card in december] == ["overdue-tasks", "yearly-review"]


@pytest.mark.parametrize(("form", "noted"), [("extraordinary", True), ("periodic", False), ("regular", False)])
def test_an_extraordinary_reception_asks_for_a_safety_note(form: str, noted: bool, district) -> None:
    event = Event("k", EventName.RECEPTION_HELD, district.tenant, ON, "r", {"form": form, "sealed": False})
    assert bool(district.ask("event_happened", event=event)) is noted
