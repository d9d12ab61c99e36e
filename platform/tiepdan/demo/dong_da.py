"""Registers of Đống Đa for its review of 14/5/2024: invented entries from which the named figures are counted.

95 documents of ten years; 18 classes that 5,094 people attended; 1,500 booklets a year; commendations by topic.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import cycle
from random import Random

from tiepdan.demo.filling import Entry
from tiepdan.demo.people import draw_person

FIRST_ON, REVIEW_ON = date(2014, 5, 26), date(2024, 5, 14)  # from the day of Chỉ thị 35-CT/TW to the review
REGULATION_ON, CONCLUSION_ON = date(2019, 2, 18), date(2021, 5, 18)
DOCUMENTS, CLASSES, PARTICIPANTS, BOOKLETS = 95, 18, 5_094, 1_500
STUDY_YEARS = (2022, 2023, 2024)

_KINDS = (
    ("plan", "KH"),
    ("letter", "CV"),
    ("directive", "CT"),
    ("guidance", "HD"),
    ("notice", "TB"),
    ("resolution", "NQ"),
)
_SUBJECTS = (
    "Tăng cường lãnh đạo công tác tiếp công dân, giải quyết khiếu nại, tố cáo",
    "Lịch tiếp công dân của Bí thư Quận ủy",
    "Rà soát, giải quyết dứt điểm vụ việc đông người, phức tạp, kéo dài",
    "Đối thoại trực tiếp với nhân dân tại phường",
    "Kiểm tra trách nhiệm người đứng đầu trong tiếp công dân",
    "Thi hành quyết định giải quyết khiếu nại có hiệu lực pháp luật",
    "Nâng cao chất lượng hòa giải ở cơ sở",
)
_TOPICS = (
    "Kỹ năng tiếp công dân và đối thoại",
    "Phân loại, xử lý đơn",
    "Trình tự giải quyết khiếu nại, tố cáo",
    "Trách nhiệm người đứng đầu theo Quy định 11-QĐi/TW",
    "Hòa giải ở cơ sở",
)
_MATTERS = (
    "Ranh giới đất liền kề trong ngõ", "Cơi nới ban công che ánh sáng nhà bên", "Tiếng ồn quán ăn ban đêm",
    "Thấm dột giữa hai căn hộ tập thể cũ", "Lối đi chung bị lấn chiếm", "Đỗ xe chắn cổng",
)  # fmt: skip
_CASES = (
    ("Bồi thường giải phóng mặt bằng tuyến đường", "mass", 43, "open", "in_effect"),
    ("Cải tạo khu tập thể cũ", "complex", 28, "open", "none"),
    ("Đất xen kẹt sử dụng từ trước năm 1993", "prolonged", 6, "carried_out", "done"),
    ("Chợ dân sinh di dời", "mass", 61, "ended", "done"),
    ("Tranh chấp nhà cho thuê của Nhà nước", "prolonged", 2, "policy", "in_effect"),
    ("Quyết định xử phạt xây dựng", "complex", 1, "withdrawn", "none"),
    ("Ô nhiễm mương thoát nước", "prolonged", 17, "carried_out", "done"),
)


def entries(wards: Sequence[str], on: date) -> Iterator[Entry]:
    """Yield the entries of every register. wards: their names; on: the demo's day, nothing is later."""
    random = Random("đống đa")
    yield from _documents(random)
    yield from _conferences(random)
    yield from _classes(random, wards)
    yield from _commendations(random, wards)
    yield from _study(random, wards, on)
    yield from _settled(random, wards)


def _documents(random: Random) -> Iterator[Entry]:
    of_regulation = 38
    own = [(day, "qd11") for day in _days(random, REGULATION_ON, REVIEW_ON, of_regulation)]
    own += [(day, "ct35") for day in _days(random, FIRST_ON, REVIEW_ON, DOCUMENTS - of_regulation)]
    own += [(day, "kl01") for day in _days(random, CONCLUSION_ON, REVIEW_ON, 12)]
    for number, (day, programme) in enumerate(sorted(own), start=1):
        subject = "Học tập và làm theo, chuyên đề của quận" if programme == "kl01" else random.choice(_SUBJECTS)
        yield _document(random, number, day, "QU", "district_committee", programme, subject)
    for day in _days(random, FIRST_ON, REVIEW_ON, 15):
        issuer, office = random.choice((("district_peoples_committee", "UBND"), ("district_office", "BTG")))
        yield _document(random, random.randint(10, 900), day, office, issuer, "ct35", random.choice(_SUBJECTS))


def _document(random: Random, number: int, day: date, office: str, issuer: str, programme: str, subject: str) -> Entry:
    kind, sign = random.choice(_KINDS)
    return "steering-documents", {
        "subject": subject, "number": f"{number}-{sign}/{office}", "issued_on": day.isoformat(), "kind": kind,
        "issuer": issuer, "programme": programme,
    }  # fmt: skip


def _conferences(random: Random) -> Iterator[Entry]:
    held = [
        (FIRST_ON + timedelta(60), "dissemination", "ct35"),
        (REGULATION_ON + timedelta(70), "dissemination", "qd11"),
    ]
    held += [(date(year, 3, 12), "dissemination", "ct35" if year < 2019 else "qd11") for year in range(2015, 2024, 2)]
    held += [(date(year, 2, 22), "study", "kl01") for year in STUDY_YEARS]
    held += [(REVIEW_ON, "final_review", "ct35"), (REVIEW_ON, "interim_review", "qd11")]
    subjects = {
        "dissemination": "Quán triệt {}", "study": "Học tập chuyên đề {}", "final_review": "Tổng kết 10 năm {}",
        "interim_review": "Sơ kết 5 năm {}",
    }  # fmt: skip
    names = {"ct35": "Chỉ thị 35-CT/TW", "qd11": "Quy định 11-QĐi/TW", "kl01": "Kết luận 01-KL/TW"}
    for day, kind, programme in held:
        yield "conferences", {
            "subject": subjects[kind].format(names[programme]), "held_on": day.isoformat(), "kind": kind,
            "programme": programme, "place": "Hội trường Quận ủy", "starts_at": "8 giờ 00",
            "chaired_by": "Thường trực Quận ủy", "form": "both" if day.year > 2020 else "in_person",
            "attendance": random.randint(120, 640),
        }  # fmt: skip


def _classes(random: Random, wards: Sequence[str]) -> Iterator[Entry]:
    sizes = _parts(random, PARTICIPANTS, CLASSES)
    for place, (day, people) in enumerate(
        zip(_days(random, FIRST_ON + timedelta(60), REVIEW_ON, CLASSES), sizes, strict=True)
    ):
        level = "ward" if place % 5 == 4 else "district"
        yield "training-classes", {
            "topic": _TOPICS[place % len(_TOPICS)], "opened_on": day.isoformat(),
            "organiser": random.choice(wards) if level == "ward" else "Trung tâm Chính trị quận", "level": level,
            "programme": "qd11" if day >= REGULATION_ON else "ct35", "participants": people,
            "budget": max(3, people // 9),
        }  # fmt: skip
    yield "training-classes", {
        "topic": "Bồi dưỡng nghiệp vụ của thành phố", "opened_on": "2022-10-11", "organiser": "Thanh tra thành phố",
        "level": "city", "programme": "ct35", "participants": 35,
    }  # fmt: skip


def _commendations(random: Random, wards: Sequence[str]) -> Iterator[Entry]:
    given = {("ct35", "collective"): 12, ("ct35", "individual"): 15, ("qd11", "collective"): 9,
             ("qd11", "individual"): 11, ("kl01", "collective"): 10, ("kl01", "individual"): 8}  # fmt: skip
    number = 0
    for (topic, kind), count in given.items():
        for _ in range(count):
            number += 1
            ward = random.choice(wards)
            whom = ward if kind == "collective" else f"{draw_person(random, ward).full_name}, {ward}"
            yield "commendations", {
                "recipient": whom, "decided_on": (REVIEW_ON - timedelta(random.randint(1, 9))).isoformat(),
                "decision": f"{200 + number}-QĐ/QU", "recipient_kind": kind, "award": "certificate", "topic": topic,
                "level": "district", "merit": "Có thành tích xuất sắc",
            }  # fmt: skip


def _study(random: Random, wards: Sequence[str], on: date) -> Iterator[Entry]:
    for year in STUDY_YEARS:
        for ward, copies in zip(wards, _parts(random, BOOKLETS, len(wards)), strict=True):
            yield "booklets", {
                "receiver": ward, "issued_on": date(year, 2, random.randint(1, 28)).isoformat(),
                "study_year": str(year), "copies": copies, "topic": "Chuyên đề của Đảng bộ quận",
            }  # fmt: skip
    for year in (2023, 2024):
        for place, ward in enumerate(wards if year == on.year else wards[:9]):
            official = place % 3 == 2
            judged = random.choice(("excellent", "done", "done", "partly")) if year < on.year else "pending"
            person = {"person": f"{draw_person(random, ward).full_name}, Bí thư chi bộ"} if official else {}
            yield "registrations", {
                "unit": f"Chi bộ {place + 1}, {ward}", "registered_on": date(year, 1, 8 + place % 20).isoformat(),
                "study_year": str(year), "by": "official" if official else "cell", **person,
                "pledge": "Nêu gương trong tiếp dân, trả lời dân đúng hạn", "appraisal": judged,
            }  # fmt: skip


def _settled(random: Random, wards: Sequence[str]) -> Iterator[Entry]:
    for matter, day in zip(cycle(_MATTERS), _days(random, date(2022, 1, 4), REVIEW_ON, 12), strict=False):
        yield "mediations", {
            "matter": matter, "mediated_on": day.isoformat(), "place": random.choice(wards), "field": "neighbours",
            "people": random.randint(2, 6), "result": random.choice(("succeeded", "succeeded", "succeeded", "failed")),
        }  # fmt: skip
    for place, (matter, criterion, people, outcome, enforcement) in enumerate(_CASES):
        yield "priority-cases", {
            "matter": matter, "listed_on": date(2021 + place % 3, 3 + place, 5).isoformat(), "criterion": criterion,
            "people": people, "place": wards[place % len(wards)], "leader": "Phó Bí thư Thường trực",
            "since": date(2012 + place, 6, 1).isoformat(), "level_skipping": people > 40, "outcome": outcome,
            "enforcement": enforcement, "next_on": "2024-07-15",
        }  # fmt: skip


def _days(random: Random, first: date, last: date, number: int) -> list[date]:
    """Draw days between two, both inclusive, in order."""
    return sorted(first + timedelta(random.randint(0, (last - first).days)) for _ in range(number))


def _parts(random: Random, total: int, number: int) -> list[int]:
    """Cut a total into so many parts that differ, but not wildly."""
    shares = [random.uniform(2, 4) for _ in range(number)]
    sizes = [int(total * share / sum(shares)) for share in shares]
    rest = total - sum(sizes)
    return [size + (place < rest) for place, size in enumerate(sizes)]
