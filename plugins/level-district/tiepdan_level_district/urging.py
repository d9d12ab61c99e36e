"""Urging the communes (đôn đốc): a register, the letter, what is late, the page."""

from collections.abc import Sequence
from datetime import date

from tiepdan.sdk import Block, Call, Command, Count, DocumentTemplate, Number, Page, Paper, Register

WAITING, ANSWERED = "waiting", "answered"
STATES = {
    WAITING: {"vi": "Chưa trả lời", "en": "No answer"},
    "in_part": {"vi": "Trả lời chưa đủ", "en": "Answered in part"},
    ANSWERED: {"vi": "Đã trả lời", "en": "Answered"},
}
OPEN = [state for state in STATES if state != ANSWERED]
MATTERS = {
    "report": {"vi": "Gửi báo cáo", "en": "Send a report"},
    "assignment": {"vi": "Làm việc đã giao", "en": "Do what was assigned"},
    "petition": {"vi": "Giải quyết đơn", "en": "Settle a petition"},
    "reception": {"vi": "Tiếp công dân, đối thoại", "en": "Receive citizens, hold a dialogue"},
    "other": {"vi": "Việc khác", "en": "Others"},
}

REGISTER = Register(
    key="urgings",
    version=1,
    title={"vi": "Sổ đôn đốc cấp xã", "en": "Urging of communes"},
    entry={"vi": "lần đôn đốc", "en": "urging"},
    summary={
        "vi": "Mỗi lần đôn đốc một xã là một dòng: việc gì, hạn nào, xã trả lời ngày nào.",
        "en": "One line for each time a commune is urged: about what, until when, answered on which day.",
    },
    schema={
        "type": "object",
        "properties": {
            "commune": {
                "type": "string",
                "maxLength": 150,
                "x-label": {"vi": "Đơn vị được đôn đốc", "en": "Who is urged"},
                "x-help": {"vi": "Viết như tên đơn vị: Đảng ủy xã Bình Trung.", "en": "As its name is written."},
            },
            "urged_on": {"type": "string", "format": "date", "x-label": {"vi": "Ngày đôn đốc", "en": "Urged on"}},
            "matter": {
                "type": "string",
                "enum": list(MATTERS),
                "x-label": {"vi": "Việc đôn đốc", "en": "About"},
                "x-choices": MATTERS,
            },
            "subject": {
                "type": "string",
                "maxLength": 300,
                "x-label": {"vi": "Nội dung", "en": "What is asked"},
                "x-help": {"vi": "Không ghi tên công dân.", "en": "Without names of citizens."},
            },
            "document_number": {
                "type": "string",
                "maxLength": 60,
                "x-label": {"vi": "Số công văn đôn đốc", "en": "Number of the letter"},
            },
            "due_on": {"type": "string", "format": "date", "x-label": {"vi": "Hạn trả lời", "en": "Answer due on"}},
            "state": {
                "type": "string",
                "enum": list(STATES),
                "x-label": {"vi": "Kết quả", "en": "Result"},
                "x-choices": STATES,
            },
            "answered_on": {
                "type": "string",
                "format": "date",
                "x-label": {"vi": "Ngày trả lời", "en": "Answered on"},
                "x-when": {"state": ["in_part", ANSWERED]},
            },
        },
        "required": ["commune", "urged_on", "matter", "due_on", "state", "answered_on"],
    },
    title_field="commune",
    date_field="urged_on",
    list_fields=("matter", "subject", "due_on", "state"),
    numbered=True,
)

LETTER = DocumentTemplate(
    key="urging_letter",
    version=1,
    title={"vi": "Công văn đôn đốc", "en": "Letter that urges"},
    paper=Paper.REGISTER_ENTRY,
    register="urgings",
    kind="",
    about="đôn đốc {subject}",
    body=(
        "Kính gửi: {commune}",
        "{committee} đề nghị {commune} khẩn trương thực hiện: {subject}.",
        "Kết quả báo cáo bằng văn bản về {committee_short} trước ngày {due_on}; quá hạn, nêu rõ lý do và trách nhiệm.",
    ),
    receivers=("Như trên", "Lưu"),
)

_TIMES = {"vi": "lần", "en": "times"}
_COMMUNES = {"vi": "đơn vị", "en": "bodies"}
ALL = Count("register:urgings")
STILL_OPEN = Count("register:urgings", where={"state": OPEN}, dated=False)
COMMUNES_OPEN = Count("register:urgings", measure="distinct:commune", where={"state": OPEN}, dated=False)

PAGE = Page(
    key="urging",
    title={"vi": "Đôn đốc cấp xã", "en": "Urging the communes"},
    blocks=(
        Block(
            title={"vi": "Còn chờ trả lời", "en": "Still waiting"},
            numbers=(
                Number({"vi": "Đơn vị còn nợ", "en": "Bodies that owe an answer"}, _COMMUNES, COMMUNES_OPEN),
                Number({"vi": "Lần đôn đốc chưa trả lời đủ", "en": "Urgings still open"}, _TIMES, STILL_OPEN),
                Number({"vi": "Đã đôn đốc, 12 tháng", "en": "Urged, 12 months"}, _TIMES, ALL, chart=True),
            ),
            links=(
                ("/registers/", {"vi": "Ghi sổ đôn đốc", "en": "Write into the register"}),
                ("/below/", {"vi": "Số liệu cấp dưới", "en": "Figures of the units below"}),
            ),
        ),
        Block(title={"vi": "Mới đôn đốc", "en": "Newest"}, entries="urgings"),
    ),
)

_FIRST = date(2014, 7, 1)
_MOST = 500
_WRONG = "Nêu ngày xét hạn, ví dụ: tiepdan level-district late --tenant SLUG 2024-06-28"


def print_late(call: Call) -> Sequence[str]:
    """Return a line for each urging without a full answer whose day has passed, the oldest due first.

    Its one argument is the day to judge by, YYYY-MM-DD. Raises ValueError for any other.
    """
    try:
        [day] = (date.fromisoformat(argument) for argument in call.arguments)
    except ValueError:
        raise ValueError(_WRONG) from None
    late = [
        entry.values
        for entry in call.records.entries("urgings", _FIRST, day, limit=_MOST)
        if entry.values["state"] in OPEN and str(entry.values["due_on"]) < day.isoformat()
    ]
    late.sort(key=lambda values: (str(values["due_on"]), str(values["commune"])))
    lines = [
        f"{values['due_on']}  {values['commune']}: {values.get('subject') or MATTERS[str(values['matter'])]['vi']}"
        for values in late
    ]
    return [*lines, f"{len(late)} việc quá hạn trả lời tính đến {day:%d/%m/%Y}"]


COMMANDS = (
    Command(
        "late",
        {"vi": "In các xã quá hạn trả lời đôn đốc", "en": "Print communes whose answers are late"},
        run=print_late,
    ),
)
