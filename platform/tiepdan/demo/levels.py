"""Registers of the plugins of each level and of Lạng Sơn: hot areas, urging, mediation, dialogues. All invented."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from tiepdan.demo.filling import Entry
from tiepdan.demo.people import draw_person, official_name

_AREAS = (
    ("Khu tái định cư cửa khẩu", "land", "hot", 64),
    ("Tuyến đường nối cao tốc", "land", "easing", 41),
    ("Mỏ đá thôn Nà Sla", "environment", "watched", 23),
    ("Bãi tập kết rác liên xã", "environment", "hot", 37),
    ("Rừng trồng giáp ranh hai xã", "land", "watched", 18),
    ("Hỗ trợ nhà ở hộ nghèo", "policy", "calm", 9),
)
_DISPUTES = (
    ("Ranh giới vườn giữa hai hộ", "land"),
    ("Lối đi chung vào ruộng", "land"),
    ("Nước thải chảy sang nhà bên", "environment"),
    ("Mâu thuẫn vợ chồng", "family"),
    ("Nợ tiền mua vật liệu", "civil"),
    ("Tiếng ồn ban đêm", "living"),
    ("Gia súc phá hoa màu", "civil"),
)
_TOPICS = (
    "Đất đai, cấp giấy chứng nhận",
    "Đường liên thôn, nước sạch",
    "Vay vốn, tiêu thụ nông sản",
    "Rừng và khoáng sản",
)
_STATES = ("new", "persistent", "settling", "calm")


def province(random: Random) -> Iterator[Entry]:
    """Yield hot areas, and the meetings of the twelve months before the demo's day."""
    for place, (area, field, state, people) in enumerate(_AREAS):
        skipping = place in (0, 3)
        yield "hot-areas", {
            "area": area, "noted_on": date(2024, 1 + place, 8).isoformat(), "field": field, "people_count": people,
            "mass": people >= 20, "prolonged": place % 2 == 0, "level_skipping": skipping, "state": state,
            "leader": official_name(f"thường trực {place % 3}"),
            "next_on": (date(2024, 6, 24) + timedelta(4 * place)).isoformat(), **({"trips": 2} if skipping else {}),
        }  # fmt: skip
    for place in range(12):
        held_on = date(2023 + (place + 6) // 12, (place + 6) % 12 + 1, 5)
        tasks = random.randint(4, 11)
        yield "meetings", {
            "subject": f"Giao ban tháng {held_on:%m/%Y}", "held_on": held_on.isoformat(), "bodies": 14,
            "chair": official_name("tinh-uy-lang-son"), "tasks": tasks, "tasks_done": max(0, tasks - place // 4),
            "conclusion": "Giao các cơ quan kiểm tra, đối thoại, báo cáo kết quả trước kỳ giao ban sau.",
        }  # fmt: skip


def district(random: Random, communes: Sequence[str]) -> Iterator[Entry]:
    """Yield the urging of communes, four a month. communes: their names."""
    matters = ("report", "assignment", "petition", "reception")
    asked = ("báo cáo tháng", "việc giao tại thông báo kết luận", "trả lời đơn đã quá hạn", "lịch tiếp dân quý tới")
    for place in range(24):
        urged_on = date(2024, 1 + place // 4, 3 + 6 * (place % 4))
        state = "answered" if place < 18 else ("waiting", "in_part", "waiting")[place % 3]
        values = {
            "commune": communes[place % len(communes)], "urged_on": urged_on.isoformat(), "matter": matters[place % 4],
            "subject": asked[place % 4], "document_number": f"{random.randint(40, 300)}-CV/HU",
            "due_on": (urged_on + timedelta(10)).isoformat(), "state": state,
        }  # fmt: skip
        if state != "waiting":
            values["answered_on"] = (urged_on + timedelta(random.randint(3, 16))).isoformat()
        yield "urgings", values


def commune(random: Random, place: str) -> Iterator[Entry]:
    """Yield mediations of eighteen months and two conferences."""
    for number in range(18):
        subject, kind = random.choice(_DISPUTES)
        outcome = random.choice(("agreed", "agreed", "agreed", "failed")) if number < 16 else "going_on"
        hamlet = random.randint(1, 8)
        values = {
            "subject": subject, "mediated_on": date(2023 + number // 12, number % 12 + 1, 11).isoformat(), "kind": kind,
            "hamlet": f"thôn {hamlet}", "group": f"Tổ hòa giải thôn {hamlet}", "outcome": outcome,
            "parties": f"{draw_person(random, place).full_name}; {draw_person(random, place).full_name}",
        }  # fmt: skip
        more = {
            "agreed": {"agreement": "Hai bên thống nhất mốc giới, cùng ký biên bản."},
            "failed": {"advice": "Đề nghị UBND xã hòa giải tranh chấp đất đai."},
        }
        yield "mediations", values | (more.get(outcome, {}))
    for year in (2022, 2023):
        yield "conferences", {
            "topic": random.choice(_TOPICS), "held_on": date(year, 11, 16).isoformat(), "place": "Nhà văn hóa trung tâm",
            "attended": random.randint(60, 140), "questions": random.randint(9, 26), "answered": 8, "commitments": 6,
            "commitments_done": 6 if year == 2022 else 4, "published_on": date(year, 11, 30).isoformat(),
        }  # fmt: skip


def lang_son(random: Random) -> Iterator[Entry]:
    """Yield dialogues and the areas where petitions pile up."""
    for place, topic in enumerate(_TOPICS):
        attended, promised = random.randint(40, 160), random.randint(3, 8)
        yield "dialogues", {
            "topic": topic, "held_on": date(2024, 2 + place, 21).isoformat(), "place": "Hội trường trung tâm văn hóa",
            "audience": ("people", "farmers")[place % 2],
            "by_head": place != 2, "attended": attended, "questions": attended // 8, "commitments": promised,
            "commitments_done": promised - place,
        }  # fmt: skip
    for place, (area, _field, _state, people) in enumerate(_AREAS[:4]):
        yield "areas", {
            "area": area, "noted_on": date(2024, 1 + place, 12).isoformat(), "petitions": people,
            "level_skipping": people // 5, "prolonged": place % 2 == 0, "mediated": place > 1, "state": _STATES[place],
        }  # fmt: skip
