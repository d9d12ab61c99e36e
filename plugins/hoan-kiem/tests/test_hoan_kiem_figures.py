"""The yearly review, counted from free records: violations and commendations are named by their numbers."""

from collections import Counter
from datetime import date
from random import Random

import pytest

from tiepdan.sdk import Count

TODAY = date(2024, 6, 3)
YEAR = (date(2023, 1, 1), date(2023, 12, 31))


def days(random: Random, number: int, year: int = 2023) -> list[str]:
    """Give days of a year; its first and last are among them."""
    some = [date(year, random.randint(1, 12), random.randint(1, 28)) for _ in range(number - 2)]
    return [day.isoformat() for day in (date(year, 1, 1), date(year, 12, 31), *some)]


@pytest.fixture
def district(live_tenants):
    live_tenants.district.enable("hoan-kiem")
    return live_tenants.district


@pytest.fixture
def write(district):
    def write(register: str, **values: object) -> None:
        district.add_entry("hoan-kiem", register, values, TODAY)

    return write


@pytest.fixture
def figure(district):
    """Count a figure of the year's review: figure(code), figure(code, out_of=True), figure(code, state="done")."""
    [report] = district.ask("report_definitions", on=TODAY)["hoan-kiem"]
    by_code = {each.code: each for each in report.figures}

    def figure(code: str, *, out_of: bool = False, **value: str) -> int:
        wanted = by_code[code].out_of if out_of else by_code[code].count
        where = {**wanted.where, **value}
        return district.count("hoan-kiem", Count(wanted.of, wanted.measure, where, wanted.dated), *YEAR)

    return figure


def test_the_review_names_violations_and_how_they_were_handled(write, figure) -> None:
    random, handled = Random(11), Counter()
    for on in days(random, 9):
        handling = random.choice(("pending", "criticism", "discipline", "proposed"))
        handled[handling] += 1
        subject = random.choice(("organisation", "person"))
        person = {"person": "Nguyễn Văn Mẫu, phó trưởng phòng"} if subject == "person" else {}
        write(
            "violations",
            summary="Chậm tiếp dân",
            found_on=on,
            subject=subject,
            breach="late",
            handling=handling,
            **person,
        )
    write(
        "violations",
        summary="Năm trước",
        found_on="2022-12-31",
        subject="organisation",
        breach="late",
        handling="criticism",
    )
    write(
        "violations",
        summary="Năm sau",
        found_on="2024-01-01",
        subject="organisation",
        breach="late",
        handling="criticism",
    )
    assert figure("VP-01") == 9
    assert {handling: figure("VP-01", handling=handling) for handling in handled} == handled
    assert figure("VP-02", breach="late") == 9
    assert figure("VP-02", breach="secrecy") == 0


def test_the_review_names_who_was_commended_or_proposed(write, figure) -> None:
    random = Random(12)
    for kind, step, number in (("collective", "decided", 4), ("collective", "proposed", 2), ("person", "decided", 7)):
        for on in days(random, number):
            write("commendations", recipient="Đảng ủy phường", decided_on=on, recipient_kind=kind, step=step)
    write("commendations", recipient="Năm sau", decided_on="2024-01-01", recipient_kind="person", step="decided")
    assert (figure("KHT-01"), figure("KHT-01", step="decided"), figure("KHT-01", step="proposed")) == (6, 4, 2)
    assert (figure("KHT-02"), figure("KHT-02", step="proposed")) == (7, 0)


def test_tasks_are_counted_by_the_day_they_were_due(write, figure) -> None:
    random = Random(13)
    states = ["done"] * 8 + ["doing", "todo", "stuck"]
    parts = ("dissemination", "reception", "handling", "safety", "staff", "inspection", "review")
    made: Counter[str] = Counter()
    for on, state in zip(days(random, len(states)), states, strict=True):
        part = random.choice(parts)
        made[part] += 1
        write("plan-tasks", task="Việc của kế hoạch", due_on=on, unit="Ban Tuyên giáo", part=part, state=state)
    write("plan-tasks", task="Việc năm sau", due_on="2024-01-01", unit="Ban Tuyên giáo", part="review", state="done")
    assert (figure("KH-02"), figure("KH-02", out_of=True)) == (8, 11)
    assert {part: figure("KH-01", part=part) for part in made} == made


def test_dissemination_reaches_cells_and_the_media(write, figure) -> None:
    for unit, members, attendance in (("Chi bộ 1", 30, 28), ("Chi bộ 2", 25, 25), ("Chi bộ 1", 30, 22)):
        write(
            "dissemination", subject="Quy định 11-QĐi/TW", held_on="2023-04-05", channel="cell", level="cell",
            unit=unit, members=members, attendance=attendance,
        )  # fmt: skip
    write(
        "dissemination", subject="Kế hoạch 120-KH/QU", held_on="2023-03-01", channel="committee", level="district",
        unit="Quận ủy", members=45, attendance=44,
    )  # fmt: skip
    write("dissemination", subject="Tin", held_on="2023-03-02", channel="media", level="district", unit="Đài", items=6)
    assert figure("PB-01") == 5
    assert figure("PB-02") == 28 + 25 + 22 + 44
    assert figure("PB-03") == 3
    assert figure("PB-04") == 6


def test_staff_is_counted_whatever_the_period(write, figure) -> None:
    for since, trained, allowance in (
        ("2018-02-01", True, "paid"), ("2021-09-01", True, "not_paid"), ("2024-03-01", False, "none"),
        ("2023-05-01", True, "paid"),
    ):  # fmt: skip
        write("staff", post="Tiếp dân", since=since, person="Trần Thị Mẫu", trained=trained, allowance=allowance)
    assert (figure("CB-01"), figure("CB-01", out_of=True)) == (3, 4)
    assert (figure("CB-02"), figure("CB-02", out_of=True)) == (2, 3)


def test_inspections_and_safe_receptions_are_shares(write, figure) -> None:
    for kind, state in (("inspection", "concluded"), ("supervision", "planned"), ("verification", "concluded")):
        write("inspections", subject="Tiếp dân", planned_on="2023-10-01", kind=kind, unit="Phường", state=state)
    for expected, told in (("quiet", None), ("crowd", True), ("tense", True), ("crowd", False)):
        said = {} if told is None else {"police_told": told}
        write("safety-notes", subject="Kỳ tiếp", on_day="2023-07-20", expected=expected, **said)
    assert (figure("KT-01", kind="inspection"), figure("KT-02"), figure("KT-02", out_of=True)) == (1, 2, 3)
    assert (figure("AT-01"), figure("AT-01", out_of=True)) == (2, 4)


def test_another_committee_counts_its_own(write, figure, live_platform) -> None:
    neighbour = live_platform.make_tenants().district
    neighbour.enable("hoan-kiem")
    write("commendations", recipient="Chi bộ", decided_on="2023-02-03", recipient_kind="collective", step="decided")
    assert figure("KHT-01") == 1
    commended = Count("register:commendations", where={"recipient_kind": "collective"})
    assert neighbour.count("hoan-kiem", commended, *YEAR) == 0
