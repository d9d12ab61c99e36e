"""Registers of Hai Bà Trưng for letter 446/UBND-TTr: 18 wards checked off twice, invented cases."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from tiepdan.demo.filling import Entry
from tiepdan.demo.people import draw_person, official_name

_LETTERS = (
    ("446/UBND-TTr", date(2020, 4, 20), date(2020, 5, 15), 18),
    ("812/UBND-TTr", date(2024, 5, 20), date(2024, 6, 20), 15),
)
_CASES = (
    ("Bồi thường, tái định cư dự án đường vành đai 2", "prime_minister", "qd1849", "instructed", "policy", "open"),
    ("Bồi thường đất công ích ven sông", "ministry", "kh363", "settled", "dialogue", "open"),
    ("Cấp giấy chứng nhận khu tập thể cũ", "city", "kh191", "settled", "plan", "open"),
    ("Chợ dân sinh di dời, hộ kinh doanh không nhận chỗ mới", "city", "kh191", "other", "team", "open"),
    ("Tranh chấp ngõ đi chung của 14 hộ", "district", "none", "other", "waiting", "open"),
    ("Đòi lại nhà cho thuê trước năm 1991", "ministry", "kh363", "settled", "plan", "ended"),
    ("Thu hồi đất xây trường học", "city", "kh191", "settled", "dialogue", "executed"),
    ("Chung cư cũ xuống cấp, chậm cải tạo", "city_party", "none", "other", "policy", "open"),
    ("Hỗ trợ chuyển đổi nghề khi thu hồi đất", "prime_minister", "qd1849", "instructed", "plan", "withdrawn"),
    ("Ô nhiễm từ cơ sở sản xuất xen trong khu dân cư", "district", "none", "other", "team", "open"),
)
_DECISIONS = (
    ("complaint", "Quyết định giải quyết khiếu nại về bồi thường", "done"),
    ("complaint", "Quyết định giải quyết khiếu nại về xử phạt xây dựng", "done"),
    ("denunciation", "Kết luận nội dung tố cáo về thu chi của tổ dân phố", "done"),
    ("working_group", "Kết luận của Tổ công tác về dự án đường", "partly"),
    ("complaint", "Quyết định giải quyết khiếu nại về cấp giấy chứng nhận", "partly"),
    ("complaint", "Quyết định giải quyết khiếu nại về tái định cư", "stuck"),
    ("denunciation", "Kết luận nội dung tố cáo về quản lý chợ", "not_begun"),
)
_INSPECTED = ("UBND phường Bạch Mai", "UBND phường Vĩnh Tuy", "Phòng Quản lý đô thị", "UBND phường Minh Khai")


def entries(wards: Sequence[str], on: date) -> Iterator[Entry]:
    """Yield the entries of every register. wards: codes of the units below; on: the demo's day."""
    random = Random("hai bà trưng")
    for directive, sent_on, due_on, answered in _LETTERS:
        for place, ward in enumerate(sorted(wards)):
            values = {
                "directive": directive, "ward": ward, "sent_on": sent_on.isoformat(), "due_on": due_on.isoformat(),
                "answered": place < answered,
            }  # fmt: skip
            if place < answered:
                day = min(due_on + timedelta(random.randint(-9, 4)), on)
                values |= {"answered_on": day.isoformat(), "answer_number": f"{random.randint(20, 180)}/BC-UBND"}
            yield "ward-answers", values
    yield from _cases(random)
    yield from _enforced(random)
    for place, body in enumerate(_INSPECTED):
        values = {
            "body": body, "begun_on": date(2024, 2 + place, 12).isoformat(), "decision": f"{14 + place}/QĐ-TTr",
            "scope": ("both", "reception")[place % 2], "concluded": place < 3,
        }  # fmt: skip
        more = {"shortcomings": place + 1, "proposals": "Chấn chỉnh lịch tiếp, bổ sung sổ theo dõi."}
        yield "inspections", values | (more if place < 3 else {})


def _cases(random: Random) -> Iterator[Entry]:
    for place, (subject, superior, plan, criterion, review, outcome) in enumerate(_CASES):
        people = random.randint(3, 60)
        values = {
            "subject": subject, "followed_on": date(2024, 1 + place % 6, 4 + place).isoformat(), "superior": superior,
            "document_number": f"{random.randint(200, 1900)}/UBND-BTCD",
            "document_on": date(2023, 1 + place, 15).isoformat(), "plan": plan, "criterion": criterion,
            "since_on": date(2012 + place, 3, 1).isoformat(), "people_count": people,
            "people": f"{draw_person(random, 'quận Hai Bà Trưng').full_name} và {people - 1} người",
            "hotspot": place in (0, 3), "level_skipping": place in (0, 1, 8), "review": review, "outcome": outcome,
            "leader": official_name(f"phó chủ tịch {place % 3}"),
        }  # fmt: skip
        if outcome == "open":
            values["next_on"] = date(2024, 7, 2 + 2 * place).isoformat()
        yield "instructed-cases", values


def _enforced(random: Random) -> Iterator[Entry]:
    for place, (kind, document, state) in enumerate(_DECISIONS):
        effective_on = date(2023, 9, 10) + timedelta(38 * place)
        more = {
            "done": {"done_on": (effective_on + timedelta(50)).isoformat()},
            "stuck": {"obstacle": "Quỹ nhà tái định cư chưa bố trí được; đã báo cáo Thành phố."},
        }
        yield "enforcements", {
            "document": f"{document}, số {random.randint(300, 3900)}", "kind": kind,
            "effective_on": effective_on.isoformat(), "body": f"UBND phường {('Bạch Mai', 'Quỳnh Lôi')[place % 2]}",
            "due_on": (effective_on + timedelta(90)).isoformat(), "state": state, **more.get(state, {}),
        }  # fmt: skip
