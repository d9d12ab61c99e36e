"""The figures named on 14/5/2024, counted from free records by the platform; what stands around them does not count."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
import tiepdan_dong_da as plugin

from tiepdan.sdk import Count, Figure

TEN_YEARS = (date(2014, 5, 26), date(2024, 5, 14))
FIVE_YEARS = (date(2019, 2, 18), date(2024, 5, 14))
CONCLUSION = (date(2021, 5, 18), date(2024, 5, 14))
TODAY = date(2024, 5, 31)


def figure(code: str) -> Figure:
    return next(each for report in plugin.report_definitions({}) for each in report.figures if each.code == code)


def days(random: Random, span: tuple[date, date], number: int) -> Iterator[str]:
    """Give days between two, both inclusive; the borders are among them."""
    first, last = span
    yield from (first.isoformat(), last.isoformat())
    yield from ((first + timedelta(random.randint(0, (last - first).days))).isoformat() for _ in range(number - 2))


def parts(random: Random, total: int, number: int) -> list[int]:
    """Cut a total into so many parts, none of them 0."""
    cuts = sorted(random.sample(range(1, total), number - 1))
    return [after - before for before, after in zip((0, *cuts), (*cuts, total), strict=True)]


class Book:
    """Writes entries into the committee's registers; fields that no figure looks at are filled in alike."""

    def __init__(self, live) -> None:
        self.live = live

    def __call__(self, register: str, **values: object) -> None:
        self.live.add_entry("dong-da", register, values, TODAY)

    def document(self, on: str, programme: str, kind: str = "plan", issuer: str = "district_committee") -> None:
        self(
            "steering-documents", subject="Tăng cường tiếp công dân", number="1-CV/QU", issued_on=on, kind=kind,
            issuer=issuer, programme=programme,
        )  # fmt: skip

    def taught(self, on: str, participants: int, level: str, programme: str) -> None:
        self(
            "training-classes", topic="Nghiệp vụ tiếp công dân", opened_on=on, organiser="Thanh tra quận",
            level=level, programme=programme, participants=participants,
        )  # fmt: skip

    def commended(self, on: str, kind: str, topic: str) -> None:
        self(
            "commendations", recipient="Tập thể, cá nhân", decided_on=on, recipient_kind=kind, award="certificate",
            topic=topic, level="district",
        )  # fmt: skip

    def handed_out(self, on: str, year: int, copies: int) -> None:
        self("booklets", receiver="Chi bộ", issued_on=on, study_year=str(year), copies=copies)


@pytest.fixture
def district(live_tenants):
    live_tenants.district.enable("dong-da")
    return live_tenants.district


def counted(live, wanted: Figure, span: tuple[date, date]) -> int:
    return live.count("dong-da", wanted.count, *span)


def by_value(live, wanted: Figure, span: tuple[date, date]) -> Mapping[str, int]:
    """Break a figure down by the values of its field; values of which there is nothing are left out."""
    register = next(each for each in plugin.REGISTERS if f"register:{each.key}" == wanted.count.of)
    values = register.schema["properties"][wanted.by]["enum"]
    asked = wanted.count.where.get(wanted.by, values)
    values = [value for value in values if value in asked]
    split = {value: replace(wanted.count, where={**wanted.count.where, wanted.by: value}) for value in values}
    found = {value: live.count("dong-da", count, *span) for value, count in split.items()}
    return {value: number for value, number in found.items() if number}


def test_95_documents_of_ten_years_are_the_committees_own(district, live_platform) -> None:
    random, book = Random(95), Book(district)
    of_regulation = random.randint(20, 60)
    for on in days(random, FIVE_YEARS, of_regulation):
        book.document(on, "qd11", random.choice(("plan", "letter", "directive", "report")))
    for on in days(random, TEN_YEARS, 95 - of_regulation):
        book.document(on, "ct35", random.choice(("plan", "letter", "directive", "guidance")))
    for issuer in ("ward", "district_peoples_committee", "district_office"):
        book.document("2020-03-20", "ct35", issuer=issuer)
    for on in days(random, CONCLUSION, 5):
        book.document(on, "kl01")
    book.document("2014-05-25", "ct35")
    book.document("2024-05-15", "qd11")
    neighbour = live_platform.make_tenants().district
    neighbour.enable("dong-da")
    Book(neighbour).document("2020-03-20", "ct35")

    assert counted(district, figure("VB-01"), TEN_YEARS) == 95
    assert by_value(district, figure("VB-01"), TEN_YEARS) == {"ct35": 95 - of_regulation, "qd11": of_regulation}
    assert sum(by_value(district, figure("VB-02"), TEN_YEARS).values()) == 95
    assert counted(district, figure("HT-01"), CONCLUSION) == 5
    assert counted(neighbour, figure("VB-01"), TEN_YEARS) == 1


@pytest.mark.parametrize("order", [1, 2])
def test_18_classes_taught_5094_people(order: int, district) -> None:
    random, book = Random(order), Book(district)
    levels = [random.choice(("district", "ward")) for _ in range(18)]
    for on, people, level in zip(days(random, TEN_YEARS, 18), parts(random, 5094, 18), levels, strict=True):
        book.taught(on, people, level, "qd11" if on >= "2019-02-18" else "ct35")
    book.taught("2019-03-01", 70, "city", "ct35")  # the district's people went there, it was not the district's
    book.taught("2023-03-01", 90, "district", "kl01")
    book.taught("2014-05-25", 80, "district", "ct35")
    book.taught("2024-05-15", 60, "ward", "qd11")

    assert counted(district, figure("TH-01"), TEN_YEARS) == 18
    assert counted(district, figure("TH-02"), TEN_YEARS) == 5094
    assert sum(by_value(district, figure("TH-01"), TEN_YEARS).values()) == 18


def test_each_topic_is_commended_for_separately_collectives_and_individuals(district) -> None:
    random, book = Random(3), Book(district)
    given = {("collective", "ct35"): 5, ("collective", "qd11"): 4, ("collective", "kl01"): 6,
             ("individual", "ct35"): 7, ("individual", "qd11"): 3, ("individual", "kl01"): 2}  # fmt: skip
    for (kind, topic), number in given.items():
        for on in days(random, (date(2024, 5, 2), date(2024, 5, 14)), number):
            book.commended(on, kind, topic)
    book.commended("2013-05-14", "collective", "ct35")

    assert by_value(district, figure("KT-01"), TEN_YEARS) == {"ct35": 12, "qd11": 7}
    assert by_value(district, figure("KT-02"), TEN_YEARS) == {"ct35": 5, "qd11": 4}
    assert by_value(district, figure("KT-03"), TEN_YEARS) == {"ct35": 7, "qd11": 3}
    assert by_value(district, figure("KT-04"), CONCLUSION) == {"collective": 6, "individual": 2}


def test_1500_booklets_are_handed_out_each_year(district) -> None:
    random, book = Random(4), Book(district)
    for year in (2022, 2023, 2024):
        spans = days(random, (date(year, 1, 4), date(year, 5, 30)), 12)
        for on, copies in zip(spans, parts(random, 1500, 12), strict=True):
            book.handed_out(on, year, copies)

    for year in (2022, 2023, 2024):
        assert counted(district, figure("HT-03"), (date(year, 1, 1), date(year, 12, 31))) == 1500
    both = (date(2023, 1, 1), date(2024, 12, 31))
    assert by_value(district, figure("HT-03"), both) == {"2023": 1500, "2024": 1500}


def test_registrations_are_appraised_at_the_years_end(district) -> None:
    book = Book(district)
    for number, (by, appraisal) in enumerate(
        [("cell", "done"), ("cell", "excellent"), ("official", "pending"), ("official", None), ("official", "partly")]
    ):
        person = {"person": "Phạm Thị Mẫu, chuyên viên"} if by == "official" else {}
        judged = {"appraisal": appraisal} if appraisal else {}
        book(
            "registrations", unit=f"Chi bộ {number}", registered_on="2024-02-05", study_year="2024", by=by,
            pledge="Nêu gương trong tiếp dân", **person, **judged,
        )  # fmt: skip
    year = (date(2024, 1, 1), date(2024, 12, 31))
    appraised = figure("HT-05")
    assert by_value(district, figure("HT-04"), year) == {"cell": 2, "official": 3}
    assert counted(district, appraised, year) == 3
    assert isinstance(appraised.out_of, Count)
    assert district.count("dong-da", appraised.out_of, *year) == 5
    [card] = district.ask("home_cards", on=date(2024, 12, 1))["dong-da"]
    assert "2 of 5" in card.text["en"]


def test_what_comes_first_is_counted_until_it_is_settled_and_carried_out(district) -> None:
    book = Book(district)
    for criterion, outcome, enforcement in (
        ("mass", "carried_out", "done"), ("prolonged", "open", "in_effect"), ("complex", "withdrawn", "none"),
        ("prolonged", "policy", "done"),
    ):  # fmt: skip
        book(
            "priority-cases", matter="Giải phóng mặt bằng", listed_on="2023-09-04", criterion=criterion,
            outcome=outcome, enforcement=enforcement,
        )  # fmt: skip
    for result in ("succeeded", "failed", "succeeded"):
        book(
            "mediations", matter="Ranh giới thửa đất", mediated_on="2023-10-02", place="Phường Láng Hạ", field="land",
            result=result,
        )  # fmt: skip
    assert by_value(district, figure("VV-01"), TEN_YEARS) == {"mass": 1, "complex": 1, "prolonged": 2}
    for code, part, whole in (("VV-02", 2, 4), ("VV-03", 2, 3), ("HG-01", 2, 3)):
        wanted = figure(code)
        assert (counted(district, wanted, TEN_YEARS), district.count("dong-da", wanted.out_of, *TEN_YEARS)) == (
            part,
            whole,
        )


def test_dissemination_is_counted_by_programme(district) -> None:
    book = Book(district)
    for kind, programme, attendance in (
        ("dissemination", "ct35", 210), ("dissemination", "qd11", 340), ("final_review", "ct35", 180),
        ("study", "kl01", 900),
    ):  # fmt: skip
        book(
            "conferences", subject="Hội nghị", held_on="2021-06-15", kind=kind, programme=programme, form="both",
            attendance=attendance,
        )  # fmt: skip
    assert by_value(district, figure("HN-01"), TEN_YEARS) == {"ct35": 1, "qd11": 1}
    assert counted(district, figure("HN-02"), TEN_YEARS) == 550
    assert by_value(district, figure("HT-02"), CONCLUSION) == {"both": 1}
