"""The yearly conference of exchange and dialogue with the people, its register, its invitation, its reminder.

Source: Luật Thực hiện dân chủ ở cơ sở 10/2022/QH15, Điều 32 (FBK-04): at least once a year.
"""

from datetime import date

from tiepdan.sdk import Card, DocumentTemplate, Paper, Register

LAW = "Luật Thực hiện dân chủ ở cơ sở 10/2022/QH15, Điều 32"
IN_FORCE_FROM = date(2023, 7, 1)
URGENT_FROM_MONTH = 10

REGISTER = Register(
    key="conferences",
    version=1,
    title={"vi": "Hội nghị trao đổi, đối thoại với nhân dân", "en": "Conferences with the people"},
    entry={"vi": "hội nghị", "en": "conference"},
    summary={
        "vi": "Hội nghị mỗi năm ít nhất một lần: bao nhiêu người dự, hỏi gì, hứa gì, công khai ngày nào.",
        "en": "At least one a year: how many came, asked and were promised, and when it was made public.",
    },
    schema={
        "type": "object",
        "properties": {
            "topic": {
                "type": "string",
                "maxLength": 200,
                "x-label": {"vi": "Chủ đề", "en": "Topic"},
                "x-help": {"vi": "Ví dụ: Nông thôn mới, đất đai, vệ sinh môi trường.", "en": "Such as land, roads."},
            },
            "held_on": {"type": "string", "format": "date", "x-label": {"vi": "Ngày tổ chức", "en": "Held on"}},
            "place": {"type": "string", "maxLength": 200, "x-label": {"vi": "Nơi tổ chức", "en": "Place"}},
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
                "x-label": {"vi": "Số ý kiến, kiến nghị", "en": "Questions and proposals"},
            },
            "answered": {
                "type": "integer",
                "minimum": 0,
                "maximum": 10000,
                "x-label": {"vi": "Trả lời ngay tại hội nghị", "en": "Answered there"},
            },
            "commitments": {
                "type": "integer",
                "minimum": 0,
                "maximum": 10000,
                "x-label": {"vi": "Số việc đã hứa giải quyết", "en": "Commitments made"},
            },
            "commitments_done": {
                "type": "integer",
                "minimum": 0,
                "maximum": 10000,
                "x-label": {"vi": "Trong đó đã làm xong", "en": "Of which done"},
            },
            "published_on": {
                "type": "string",
                "format": "date",
                "x-label": {"vi": "Ngày công khai kết quả", "en": "Result made public on"},
            },
        },
        "required": ["topic", "held_on", "attended", "questions"],
    },
    title_field="topic",
    date_field="held_on",
    list_fields=("place", "attended", "questions", "commitments", "commitments_done"),
    numbered=True,
    order=20,
)

INVITATION = DocumentTemplate(
    key="conference_invitation",
    version=1,
    title={"vi": "Giấy mời hội nghị với nhân dân", "en": "Invitation to the conference"},
    paper=Paper.REGISTER_ENTRY,
    register="conferences",
    kind="GIẤY MỜI",
    about="dự hội nghị trao đổi, đối thoại với nhân dân",
    body=(
        "Thực hiện " + LAW + ", {committee} trân trọng kính mời đại diện hộ gia đình dự hội nghị.",
        "Chủ đề: {topic}.",
        "Thời gian: ngày {held_on}. Địa điểm: {place}.",
        "Ý kiến, kiến nghị có thể gửi trước đến {committee_short} hoặc nêu tại hội nghị.",
    ),
    receivers=("Như trên", "Lưu"),
)


def reminder(on: date) -> Card:
    """Return the card that asks for this year's conference, a warning from October."""
    return Card(
        key="conference",
        title={
            "vi": f"Hội nghị trao đổi, đối thoại với nhân dân năm {on.year} chưa tổ chức",
            "en": f"The conference with the people of {on.year} has not been held",
        },
        text={
            "vi": f"Mỗi năm ít nhất một lần ({LAW}). Khi đã tổ chức, ghi vào sổ hội nghị.",
            "en": "At least once a year (Law on Grass-roots Democracy 10/2022/QH15, Article 32). "
            "Once it was held, write it into the register of conferences.",
        },
        url="/registers/",
        tone="warning" if on.month >= URGENT_FROM_MONTH else "info",
    )
