"""Dialogues between heads of committees and the people, and the areas where petitions pile up or skip a level."""

from tiepdan.sdk import DocumentTemplate, Paper, Register

AUDIENCES = {
    "people": {"vi": "Nhân dân trên địa bàn", "en": "People of the area"},
    "women": {"vi": "Phụ nữ", "en": "Women"},
    "youth": {"vi": "Thanh niên", "en": "Young people"},
    "farmers": {"vi": "Nông dân", "en": "Farmers"},
    "business": {"vi": "Doanh nghiệp, hợp tác xã", "en": "Enterprises and cooperatives"},
    "households": {"vi": "Hộ dân trong một vụ việc", "en": "Households of one matter"},
    "other": {"vi": "Đối tượng khác", "en": "Others"},
}
CALM = "calm"
STATES = {
    "new": {"vi": "Mới phát sinh", "en": "New"},
    "persistent": {"vi": "Kéo dài", "en": "Prolonged"},
    "settling": {"vi": "Đang giải quyết, hòa giải, vận động", "en": "Being settled or mediated"},
    CALM: {"vi": "Đã ổn định", "en": "Calm again"},
}
OPEN = [state for state in STATES if state != CALM]

DIALOGUES = Register(
    key="dialogues",
    version=1,
    title={"vi": "Sổ đối thoại với Nhân dân", "en": "Dialogues with the people"},
    entry={"vi": "cuộc đối thoại", "en": "dialogue"},
    summary={
        "vi": "Đối thoại giữa người đứng đầu cấp ủy, chính quyền với Nhân dân; việc đã hứa và đã làm.",
        "en": "Dialogues of heads of committees and governments with the people; what was promised and kept.",
    },
    schema={
        "type": "object",
        "properties": {
            "topic": {"type": "string", "maxLength": 200, "x-label": {"vi": "Chủ đề", "en": "Topic"}},
            "held_on": {"type": "string", "format": "date", "x-label": {"vi": "Ngày đối thoại", "en": "Held on"}},
            "place": {"type": "string", "maxLength": 200, "x-label": {"vi": "Địa điểm", "en": "Place"}},
            "audience": {
                "type": "string",
                "enum": list(AUDIENCES),
                "x-label": {"vi": "Đối tượng", "en": "With whom"},
                "x-choices": AUDIENCES,
            },
            "by_head": {
                "type": "boolean",
                "x-label": {"vi": "Người đứng đầu trực tiếp đối thoại", "en": "The head took part in person"},
            },
            "attended": {
                "type": "integer",
                "minimum": 0,
                "maximum": 100000,
                "x-label": {"vi": "Số người dự", "en": "People who came"},
            },
            "questions": {
                "type": "integer",
                "minimum": 0,
                "maximum": 10000,
                "x-label": {"vi": "Số ý kiến", "en": "Questions"},
            },
            "commitments": {
                "type": "integer",
                "minimum": 0,
                "maximum": 10000,
                "x-label": {"vi": "Số việc đã hứa", "en": "Commitments made"},
            },
            "commitments_done": {
                "type": "integer",
                "minimum": 0,
                "maximum": 10000,
                "x-label": {"vi": "Trong đó đã làm xong", "en": "Of which kept"},
            },
            "conclusion": {
                "type": "string",
                "maxLength": 4000,
                "x-label": {"vi": "Kết luận", "en": "Conclusion"},
                "x-help": {"vi": "Không ghi tên công dân.", "en": "Without names of citizens."},
            },
        },
        "required": ["topic", "held_on", "audience", "by_head", "attended", "questions"],
    },
    title_field="topic",
    date_field="held_on",
    list_fields=("audience", "attended", "questions", "commitments", "commitments_done"),
    numbered=True,
    order=10,
)

AREAS = Register(
    key="areas",
    version=1,
    title={"vi": "Địa bàn nhiều đơn, đơn vượt cấp, kéo dài", "en": "Areas with many petitions"},
    entry={"vi": "địa bàn", "en": "area"},
    summary={
        "vi": "Địa bàn phát sinh nhiều đơn thư hoặc đơn thư vượt cấp, kéo dài, cần tuyên truyền, hòa giải, vận động.",
        "en": "Areas with many petitions, or prolonged ones that skip a level: for explanation and mediation.",
    },
    schema={
        "type": "object",
        "properties": {
            "area": {
                "type": "string",
                "maxLength": 150,
                "x-label": {"vi": "Địa bàn", "en": "Area"},
                "x-help": {"vi": "Không ghi tên công dân.", "en": "Without names of citizens."},
            },
            "noted_on": {"type": "string", "format": "date", "x-label": {"vi": "Ngày ghi nhận", "en": "Noted on"}},
            "petitions": {
                "type": "integer",
                "minimum": 0,
                "maximum": 100000,
                "x-label": {"vi": "Số đơn", "en": "Petitions"},
            },
            "level_skipping": {
                "type": "integer",
                "minimum": 0,
                "maximum": 100000,
                "x-label": {"vi": "Trong đó vượt cấp", "en": "Of which level-skipping"},
            },
            "prolonged": {"type": "boolean", "x-label": {"vi": "Kéo dài", "en": "Prolonged"}},
            "mediated": {"type": "boolean", "x-label": {"vi": "Đã hòa giải, vận động", "en": "Mediated"}},
            "state": {
                "type": "string",
                "enum": list(STATES),
                "x-label": {"vi": "Tình trạng", "en": "State"},
                "x-choices": STATES,
            },
            "measures": {
                "type": "string",
                "maxLength": 2000,
                "x-label": {"vi": "Đã chỉ đạo, đã làm", "en": "What was ordered and done"},
                "x-help": {"vi": "Không ghi tên công dân.", "en": "Without names of citizens."},
            },
        },
        "required": ["area", "noted_on", "petitions", "state"],
    },
    title_field="area",
    date_field="noted_on",
    list_fields=("petitions", "level_skipping", "prolonged", "mediated", "state"),
    numbered=True,
    for_head=True,
    order=20,
)

INVITATION = DocumentTemplate(
    key="dialogue_invitation",
    version=1,
    title={"vi": "Giấy mời đối thoại", "en": "Invitation to a dialogue"},
    paper=Paper.REGISTER_ENTRY,
    register="dialogues",
    kind="GIẤY MỜI",
    about="dự đối thoại với Nhân dân",
    body=(
        "Thực hiện Quy định số 11-QĐi/TW của Bộ Chính trị, {committee} trân trọng kính mời dự đối thoại.",
        "Chủ đề: {topic}.",
        "Đối tượng: {audience}.",
        "Thời gian: ngày {held_on}. Địa điểm: {place}.",
    ),
    receivers=("Như trên", "Lưu"),
)
