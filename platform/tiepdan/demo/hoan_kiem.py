"""Registers of Hoàn Kiếm for plan 120-KH/QU: invented entries; its article of 2019 names no counts."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from tiepdan.demo.filling import Entry
from tiepdan.demo.people import draw_person

_TASKS = (
    ("Phổ biến Quy định 11-QĐi/TW đến chi bộ", "dissemination", "Ban Tuyên giáo Quận ủy"),
    ("Tuyên truyền trên phương tiện thông tin đại chúng", "dissemination", "Ban Tuyên giáo Quận ủy"),
    ("Lịch tiếp dân, đối thoại của người đứng đầu cấp ủy", "reception", "Văn phòng Quận ủy"),
    ("Xử lý phản ánh, kiến nghị đúng thời hạn", "handling", "Văn phòng Quận ủy"),
    ("Phương án trật tự, an toàn buổi tiếp dân", "safety", "Công an quận"),
    ("Bồi dưỡng cán bộ tiếp dân, xử lý đơn", "staff", "Ban Tổ chức Quận ủy"),
    ("Thực hiện chế độ cho cán bộ tiếp dân", "staff", "Ban Tổ chức Quận ủy"),
    ("Kiểm tra, giám sát việc tiếp dân", "inspection", "Ủy ban Kiểm tra Quận ủy"),
    ("Sơ kết năm", "review", "Văn phòng Quận ủy"),
)
_VIOLATIONS = (
    ("Không bố trí lịch tiếp dân trong hai tháng", "reception", "criticism"),
    ("Trả lời phản ánh chậm", "late", "criticism"),
    ("Để lộ thông tin người phản ánh", "secrecy", "proposed"),
    ("Ứng xử chưa đúng mực khi tiếp dân", "conduct", "pending"),
)


def entries(wards: Sequence[str], on: date) -> Iterator[Entry]:
    """Yield the entries of every register. wards: their names; on: the demo's day."""
    random = Random("hoàn kiếm")
    yield from _tasks(on)
    yield from _dissemination(random, wards)
    yield from _people(random, wards)
    yield from _looked_at(random, wards, on)


def _tasks(on: date) -> Iterator[Entry]:
    for year in (2023, 2024):
        for place, (task, part, unit) in enumerate(_TASKS):
            due = date(year, 2 + place, 28)
            done = due < on - timedelta(40)
            state = "done" if done else "doing" if due <= on + timedelta(60) else "todo"
            more = {"done_on": (due - timedelta(3 + place)).isoformat(), "result": "Đã báo cáo"} if done else {}
            yield (
                "plan-tasks",
                {"task": task, "due_on": due.isoformat(), "unit": unit, "part": part, "state": state, **more},
            )


def _dissemination(random: Random, wards: Sequence[str]) -> Iterator[Entry]:
    for place, ward in enumerate(wards):
        members = random.randint(40, 160)
        yield "dissemination", {
            "subject": "Quy định 11-QĐi/TW và Kế hoạch 120-KH/QU", "held_on": date(2023, 9, 1 + place).isoformat(),
            "channel": "cell" if place % 2 else "committee", "level": "cell" if place % 2 else "grass_roots",
            "unit": ward, "members": members, "attendance": members - random.randint(0, 9),
        }  # fmt: skip
    for month in (2, 5):
        yield "dissemination", {
            "subject": "Tiếp dân, đối thoại trực tiếp với dân", "held_on": date(2024, month, 20).isoformat(),
            "channel": "media", "level": "district", "unit": "Cổng thông tin quận", "items": 2 + month,
        }  # fmt: skip


def _people(random: Random, wards: Sequence[str]) -> Iterator[Entry]:
    for place, ward in enumerate(wards[:8]):
        trained = place % 4 != 3
        more = {"trained_on": date(2023, 9, 5).isoformat()} if trained else {}
        yield "staff", {
            "post": f"Tiếp dân, xử lý đơn, {ward}", "since": date(2016 + place, 4, 1).isoformat(),
            "person": draw_person(random, ward).full_name, "degree": "law" if place % 2 else "other",
            "trained": trained, "allowance": "paid" if place % 3 else "not_paid", **more,
        }  # fmt: skip
    for place, ward in enumerate(wards[:9]):
        person = place % 3 == 2
        yield "commendations", {
            "recipient": f"{draw_person(random, ward).full_name}, {ward}" if person else ward,
            "decided_on": date(2023, 12, 10 + place).isoformat(), "recipient_kind": "person" if person else "collective",
            "step": "proposed" if place == 4 else "decided", "award": "Giấy khen",
        }  # fmt: skip


def _looked_at(random: Random, wards: Sequence[str], on: date) -> Iterator[Entry]:
    for place in range(9):
        day = date(2023 + place % 2, 3 + place, 15)
        state = "concluded" if day < on else "planned"
        followed = {"conclusion": "Cơ bản đúng quy định", "followed_up": place % 3 > 0} if state == "concluded" else {}
        yield "inspections", {
            "subject": "Tiếp dân, đối thoại, xử lý phản ánh", "planned_on": day.isoformat(), "unit": random.choice(wards),
            "kind": ("inspection", "supervision", "verification")[place % 3], "state": state, **followed,
        }  # fmt: skip
    for place, (summary, breach, handling) in enumerate(_VIOLATIONS):
        yield "violations", {
            "summary": summary, "found_on": date(2023, 4 + 2 * place, 12).isoformat(), "subject": "organisation",
            "unit": random.choice(wards), "breach": breach, "handling": handling,
        }  # fmt: skip
    for place, expected in enumerate(("quiet", "crowd", "quiet", "tense", "quiet", "quiet")):
        told = {"police_told": True} if expected != "quiet" else {}
        yield "safety-notes", {
            "subject": "Kỳ tiếp định kỳ của Bí thư", "on_day": date(2024, 1 + place, 20).isoformat(),
            "place": "Trụ sở tiếp công dân", "expected": expected, **told,
        }  # fmt: skip
