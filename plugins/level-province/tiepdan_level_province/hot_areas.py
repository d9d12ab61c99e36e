"""Hot areas (địa bàn nóng): where people come in crowds, for long, or over the heads of those competent."""

from collections.abc import Sequence
from datetime import date

from tiepdan.sdk import Card, Count, Records, Register

CALM = "calm"
STATES = {
    "watched": {"vi": "Cần theo dõi", "en": "To be watched"},
    "hot": {"vi": "Điểm nóng", "en": "Hot"},
    "easing": {"vi": "Đang dịu", "en": "Easing"},
    CALM: {"vi": "Đã ổn định", "en": "Calm again"},
}
OPEN = [state for state in STATES if state != CALM]
FIELDS = {
    "land": {"vi": "Đất đai, bồi thường, giải phóng mặt bằng", "en": "Land and compensation"},
    "policy": {"vi": "Chế độ, chính sách", "en": "Policies and benefits"},
    "environment": {"vi": "Môi trường", "en": "Environment"},
    "corruption": {"vi": "Tham nhũng, tiêu cực", "en": "Corruption"},
    "other": {"vi": "Lĩnh vực khác", "en": "Other fields"},
}

REGISTER = Register(
    key="hot-areas",
    version=1,
    title={"vi": "Địa bàn nóng", "en": "Hot areas"},
    entry={"vi": "địa bàn", "en": "area"},
    summary={
        "vi": "Địa bàn nhiều đơn, đơn vượt cấp, đông người, kéo dài: tình trạng, người phụ trách, ngày xem lại.",
        "en": "Areas with many petitions, level-skipping, crowds or long disputes: state, leader, next date.",
    },
    schema={
        "type": "object",
        "properties": {
            "area": {
                "type": "string",
                "maxLength": 150,
                "x-label": {"vi": "Địa bàn", "en": "Area"},
                "x-help": {"vi": "Thôn, xã, dự án; không ghi tên công dân.", "en": "Without names of citizens."},
            },
            "noted_on": {"type": "string", "format": "date", "x-label": {"vi": "Ngày ghi nhận", "en": "Noted on"}},
            "field": {
                "type": "string",
                "enum": list(FIELDS),
                "x-label": {"vi": "Lĩnh vực", "en": "Field"},
                "x-choices": FIELDS,
            },
            "people_count": {
                "type": "integer",
                "minimum": 1,
                "maximum": 1000000,
                "x-label": {"vi": "Số người", "en": "Number of people"},
            },
            "mass": {"type": "boolean", "x-label": {"vi": "Đông người", "en": "Mass"}},
            "prolonged": {"type": "boolean", "x-label": {"vi": "Kéo dài", "en": "Prolonged"}},
            "level_skipping": {"type": "boolean", "x-label": {"vi": "Vượt cấp", "en": "Level-skipping"}},
            "trips": {
                "type": "integer",
                "minimum": 1,
                "maximum": 10000,
                "x-label": {
                    "vi": "Số lần lên tỉnh, Trung ương",
                    "en": "Times they went to the province or the capital",
                },
                "x-when": {"level_skipping": True},
            },
            "state": {
                "type": "string",
                "enum": list(STATES),
                "x-label": {"vi": "Tình trạng", "en": "State"},
                "x-choices": STATES,
            },
            "measures": {
                "type": "string",
                "maxLength": 2000,
                "x-label": {"vi": "Đã làm, sẽ làm", "en": "What was and will be done"},
                "x-help": {"vi": "Không ghi tên công dân.", "en": "Without names of citizens."},
            },
            "leader": {
                "type": "string",
                "maxLength": 120,
                "x-label": {"vi": "Lãnh đạo phụ trách", "en": "Leader in charge"},
            },
            "next_on": {"type": "string", "format": "date", "x-label": {"vi": "Ngày xem lại", "en": "Next date"}},
        },
        "required": ["area", "noted_on", "field", "state"],
    },
    title_field="area",
    date_field="noted_on",
    list_fields=("field", "people_count", "state", "leader", "next_on"),
    numbered=True,
    for_head=True,
    order=10,
)

OPEN_AREAS = Count("register:hot-areas", where={"state": OPEN}, dated=False)
HOT = Count("register:hot-areas", where={"state": "hot"}, dated=False)

_FIRST = date(2014, 7, 1)
_MOST = 500


def due_for_review(records: Records, on: date) -> Sequence[Card]:
    """Return a card when areas are due to be looked at again."""
    due = sum(
        entry.values["state"] in OPEN and str(entry.values.get("next_on", "9999")) <= on.isoformat()
        for entry in records.entries("hot-areas", _FIRST, on, limit=_MOST)
    )
    if not due:
        return []
    return [
        Card(
            key="hot-areas",
            title={"vi": f"{due} địa bàn đến ngày xem lại", "en": f"{due} areas are due for review"},
            text={
                "vi": "Cập nhật tình trạng, việc đã làm và ngày xem lại tiếp theo trước kỳ giao ban.",
                "en": "Bring state, measures and the next date up to date before the meeting.",
            },
            url="/registers/",
            tone="warning",
        )
    ]
