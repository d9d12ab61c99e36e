"""The district's 18 wards, and the register in which each directive is checked off ward by ward."""

from tiepdan.sdk import Block, Count, DocumentTemplate, Number, Page, Paper, Register
from tiepdan_hai_ba_trung.letter import SOURCE

# By the code each unit has in the official catalogue: a name may change, and three codes of 2019 have gone.
WARDS = {
    "00241": "Nguyễn Du",
    "00244": "Bạch Đằng",
    "00247": "Phạm Đình Hổ",
    "00256": "Lê Đại Hành",
    "00259": "Đồng Nhân",
    "00262": "Phố Huế",
    "00265": "Đống Mác",
    "00268": "Thanh Lương",
    "00271": "Thanh Nhàn",
    "00274": "Cầu Dền",
    "00277": "Bách Khoa",
    "00280": "Đồng Tâm",
    "00283": "Vĩnh Tuy",
    "00286": "Bạch Mai",
    "00289": "Quỳnh Mai",
    "00292": "Quỳnh Lôi",
    "00295": "Minh Khai",
    "00298": "Trương Định",
}
WARD_CHOICES = {code: {"vi": f"Phường {name}", "en": f"{name} ward"} for code, name in WARDS.items()}

ANSWERS = Register(
    key="ward-answers",
    version=1,
    title={"vi": "Phường thực hiện văn bản chỉ đạo", "en": "Wards' answers to directives"},
    entry={"vi": "việc giao một phường", "en": "directive to a ward"},
    summary={
        "vi": "Mỗi văn bản giao cho mỗi phường là một dòng; phường báo cáo thì ghi ngày và số văn bản.",
        "en": "One line for each directive and ward; when the ward answers, its day and document are written in.",
    },
    schema={
        "type": "object",
        "properties": {
            "directive": {
                "type": "string",
                "maxLength": 100,
                "x-label": {"vi": "Văn bản chỉ đạo", "en": "Directive"},
                "x-help": {"vi": "Ví dụ 446/UBND-TTr.", "en": "Such as 446/UBND-TTr."},
            },
            "ward": {
                "type": "string",
                "enum": list(WARDS),
                "x-label": {"vi": "Phường", "en": "Ward"},
                "x-choices": WARD_CHOICES,
            },
            "sent_on": {"type": "string", "format": "date", "x-label": {"vi": "Ngày giao", "en": "Sent on"}},
            "due_on": {"type": "string", "format": "date", "x-label": {"vi": "Hạn báo cáo", "en": "Answer due on"}},
            "answered": {"type": "boolean", "x-label": {"vi": "Phường đã báo cáo", "en": "The ward has answered"}},
            "answered_on": {
                "type": "string",
                "format": "date",
                "x-label": {"vi": "Ngày phường báo cáo", "en": "Answered on"},
                "x-when": {"answered": True},
            },
            "answer_number": {
                "type": "string",
                "maxLength": 60,
                "x-label": {"vi": "Số văn bản báo cáo", "en": "Number of the answer"},
                "x-when": {"answered": True},
            },
            "note": {
                "type": "string",
                "maxLength": 1000,
                "x-label": {"vi": "Kết quả, kiến nghị của phường", "en": "Result and proposals of the ward"},
                "x-help": {"vi": "Không ghi tên công dân.", "en": "Without names of citizens."},
            },
        },
        "required": ["directive", "ward", "sent_on", "answered", "answered_on"],
    },
    title_field="directive",
    date_field="sent_on",
    list_fields=("ward", "due_on", "answered", "answered_on"),
    numbered=True,
    order=40,
)

GIVEN = Count("register:ward-answers", measure="distinct:ward", dated=False)
OWING = Count("register:ward-answers", measure="distinct:ward", where={"answered": False}, dated=False)
OPEN = Count("register:ward-answers", where={"answered": False}, dated=False)
_WARDS_UNIT = {"vi": "phường", "en": "wards"}
_LINES_UNIT = {"vi": "văn bản", "en": "directives"}

PAGE = Page(
    key="wards",
    title={"vi": "18 phường", "en": "The 18 wards"},
    blocks=(
        Block(
            title={"vi": "Thực hiện văn bản chỉ đạo", "en": "Answers to directives"},
            text={
                "vi": "Chủ tịch UBND 18 phường thực hiện và báo cáo (CV 446/UBND-TTr ngày 20/4/2020). Ghi từng phường "
                "vào sổ khi giao, đánh dấu khi phường báo cáo.",
                "en": "The chairs of the 18 wards act and answer (CV 446/UBND-TTr of 20/4/2020). Each ward is written "
                "down when the directive goes out, and checked off when it answers.",
            },
            numbers=(
                Number({"vi": "Phường được giao", "en": "Wards given a directive"}, _WARDS_UNIT, GIVEN),
                Number({"vi": "Phường còn nợ báo cáo", "en": "Wards that owe an answer"}, _WARDS_UNIT, OWING),
                Number({"vi": "Còn chờ báo cáo", "en": "Answers missing"}, _LINES_UNIT, OPEN),
            ),
            links=(
                ("/registers/", {"vi": "Mở các sổ", "en": "Open the registers"}),
                ("/reports/", {"vi": "Báo cáo tháng", "en": "The monthly report"}),
            ),
        ),
        Block(
            title={"vi": "Còn chờ từng phường", "en": "Missing, ward by ward"},
            numbers=tuple(
                Number(
                    words,
                    _LINES_UNIT,
                    Count("register:ward-answers", where={"ward": code, "answered": False}, dated=False),
                )
                for code, words in WARD_CHOICES.items()
            ),
        ),
        Block(title={"vi": "Mới giao", "en": "Newest"}, entries="ward-answers"),
    ),
)

REMINDER = DocumentTemplate(
    key="ward_reminder",
    version=1,
    title={"vi": "Công văn đôn đốc phường", "en": "Letter that urges a ward"},
    paper=Paper.REGISTER_ENTRY,
    register="ward-answers",
    kind="",
    about="đôn đốc báo cáo kết quả thực hiện văn bản {directive}",
    body=(
        "Kính gửi: Chủ tịch Ủy ban nhân dân {ward}",
        "Ngày {sent_on}, Ủy ban nhân dân quận giao {ward} thực hiện văn bản số {directive}, hạn báo cáo: {due_on}.",
        "Đến nay Ủy ban nhân dân quận chưa nhận được báo cáo.",
        "Thực hiện " + SOURCE + ", đề nghị đồng chí Chủ tịch chỉ đạo thực hiện ngay.",
        "Báo cáo bằng văn bản nêu rõ kết quả, khó khăn, vướng mắc và kiến nghị.",
    ),
    receivers=("Như trên", "Thanh tra quận", "Lưu: VT"),
)
