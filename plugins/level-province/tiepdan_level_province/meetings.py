"""The monthly meeting (giao ban): its register, the pack of figures, the page with the same.

Party: Quy định 11-QĐi/TW, Điều 3 khoản 3 and 8 (PTY-11, PTY-12). State: the standing bodies at the provincial seat meet
monthly, Nghị định 154, Điều 30 khoản 3, in force from 2026-07-01 (REC-25); before that day a State body names its own
document.
"""

from datetime import date

from tiepdan.sdk import (
    Block,
    Branch,
    Count,
    Figure,
    Number,
    Page,
    Register,
    ReportDefinition,
    Section,
    Span,
    Tenant,
)
from tiepdan_level_province.hot_areas import HOT, OPEN_AREAS

SOURCE_OF_PARTY = "Quy định 11-QĐi/TW, Điều 3 khoản 3, khoản 8"
SOURCE_OF_STATE = "Nghị định 154/2026/NĐ-CP, Điều 30 khoản 3"
STATE_FROM = date(2026, 7, 1)
DUE_DAY = 5

REGISTER = Register(
    key="meetings",
    version=1,
    title={"vi": "Kỳ giao ban", "en": "Meetings"},
    entry={"vi": "kỳ giao ban", "en": "meeting"},
    summary={
        "vi": "Giao ban tiếp công dân: thành phần, kết luận, số việc giao và đã xong.",
        "en": "Meetings on citizen reception: who came, what was concluded, tasks given and done.",
    },
    schema={
        "type": "object",
        "properties": {
            "subject": {
                "type": "string",
                "maxLength": 200,
                "x-label": {"vi": "Kỳ giao ban", "en": "Meeting"},
                "x-help": {"vi": "Ví dụ: Giao ban tháng 6/2024.", "en": "Such as June 2024."},
            },
            "held_on": {"type": "string", "format": "date", "x-label": {"vi": "Ngày họp", "en": "Held on"}},
            "chair": {"type": "string", "maxLength": 120, "x-label": {"vi": "Chủ trì", "en": "Chair"}},
            "bodies": {
                "type": "integer",
                "minimum": 0,
                "maximum": 1000,
                "x-label": {"vi": "Số cơ quan dự", "en": "Bodies that came"},
            },
            "conclusion": {
                "type": "string",
                "maxLength": 4000,
                "x-label": {"vi": "Kết luận", "en": "Conclusion"},
                "x-help": {"vi": "Không ghi tên công dân.", "en": "Without names of citizens."},
            },
            "tasks": {
                "type": "integer",
                "minimum": 0,
                "maximum": 1000,
                "x-label": {"vi": "Số việc giao", "en": "Tasks given"},
            },
            "tasks_done": {
                "type": "integer",
                "minimum": 0,
                "maximum": 1000,
                "x-label": {"vi": "Số việc đã xong", "en": "Tasks done"},
            },
        },
        "required": ["subject", "held_on", "tasks"],
    },
    title_field="subject",
    date_field="held_on",
    list_fields=("chair", "bodies", "tasks", "tasks_done"),
    numbered=True,
    order=20,
)

_RECEPTIONS = {"vi": "kỳ", "en": "receptions"}
_VISITS = {"vi": "lượt", "en": "visits"}
_PETITIONS = {"vi": "đơn", "en": "petitions"}
_MATTERS = {"vi": "vụ việc", "en": "matters"}
_AREAS = {"vi": "địa bàn", "en": "areas"}
_TASKS = {"vi": "việc", "en": "tasks"}


def _open_matters(flag: str) -> Count:
    return Count("matters", where={flag: True, "closed": False}, dated=False)


_OF_RECEPTION = (
    Figure(
        "GB-01",
        {"vi": "Kỳ tiếp công dân", "en": "Receptions"},
        _RECEPTIONS,
        Count("receptions"),
        {"vi": "Đã tổ chức trong kỳ.", "en": "Held in the period."},
        headline=True,
    ),
    Figure(
        "GB-02",
        {"vi": "Trong đó người đứng đầu tiếp", "en": "Of which by the head"},
        _RECEPTIONS,
        Count("receptions", where={"received_by": "head"}),
        {"vi": "Người đứng đầu trực tiếp tiếp.", "en": "Received by the head in person."},
        out_of=Count("receptions"),
    ),
    Figure(
        "GB-03",
        {"vi": "Lượt tiếp công dân", "en": "Visits"},
        _VISITS,
        Count("visits"),
        {"vi": "Lượt đã được tiếp.", "en": "Visits received."},
        headline=True,
    ),
    Figure(
        "GB-04",
        {"vi": "Đoàn đông người", "en": "Crowds"},
        _VISITS,
        Count("visits", where={"crowd": True}),
        {"vi": "Trên số lượt tiếp.", "en": "Out of the visits."},
        out_of=Count("visits"),
    ),
    Figure(
        "GB-05",
        {"vi": "Đơn tiếp nhận", "en": "Petitions received"},
        _PETITIONS,
        Count("petitions"),
        {"vi": "Theo ngày nhận.", "en": "By the day received."},
    ),
    Figure(
        "GB-06",
        {"vi": "Việc đã giao quá hạn", "en": "Assignments overdue"},
        _TASKS,
        Count("assignments", where={"overdue": True}),
        {"vi": "Trên số việc giao trong kỳ.", "en": "Out of what was given in the period."},
        out_of=Count("assignments"),
    ),
)
_OF_HEAT = (
    Figure(
        "GB-07",
        {"vi": "Vụ việc đông người chưa kết thúc", "en": "Open mass matters"},
        _MATTERS,
        _open_matters("mass"),
        {"vi": "Có đánh dấu đông người.", "en": "Marked as mass."},
    ),
    Figure(
        "GB-08",
        {"vi": "Vụ việc kéo dài chưa kết thúc", "en": "Open prolonged matters"},
        _MATTERS,
        _open_matters("prolonged"),
        {"vi": "Có đánh dấu kéo dài.", "en": "Marked as prolonged."},
    ),
    Figure(
        "GB-09",
        {"vi": "Vụ việc vượt cấp chưa kết thúc", "en": "Open level-skipping matters"},
        _MATTERS,
        _open_matters("level_skipping"),
        {"vi": "Có đánh dấu vượt cấp.", "en": "Marked as level-skipping."},
    ),
    Figure(
        "GB-10",
        {"vi": "Địa bàn đang theo dõi", "en": "Areas being watched"},
        _AREAS,
        OPEN_AREAS,
        {"vi": "Chưa ổn định.", "en": "Not calm yet."},
        headline=True,
    ),
    Figure(
        "GB-11",
        {"vi": "Địa bàn theo tình trạng", "en": "Areas by state"},
        _AREAS,
        Count("register:hot-areas", dated=False),
        {"vi": "Mọi địa bàn trong sổ.", "en": "Every area of the register."},
        by="state",
    ),
    Figure(
        "GB-12",
        {"vi": "Địa bàn theo lĩnh vực", "en": "Areas by field"},
        _AREAS,
        OPEN_AREAS,
        {"vi": "Như GB-10, chia theo lĩnh vực.", "en": "As GB-10, by field."},
        by="field",
    ),
)
_OF_MEETINGS = (
    Figure(
        "GB-13",
        {"vi": "Việc giao tại giao ban đã xong", "en": "Tasks of the meetings done"},
        _TASKS,
        Count("register:meetings", measure="sum:tasks_done"),
        {"vi": "Trên số việc giao tại các kỳ giao ban.", "en": "Out of the tasks given at the meetings."},
        out_of=Count("register:meetings", measure="sum:tasks"),
    ),
)


def meeting_pack(tenant: Tenant, on: date, *, source: str, due_day: int) -> ReportDefinition | None:
    """Return the pack; None for a body of the State on a day when no law and no document of its own orders it.

    source: the document that orders it to be sent up; "" keeps the pack here.
    """
    ordered = source or (SOURCE_OF_PARTY if tenant.branch is Branch.PARTY else "")
    if not ordered and tenant.branch is Branch.STATE and on >= STATE_FROM:
        ordered = SOURCE_OF_STATE
    if not ordered:
        return None
    return ReportDefinition(
        key="giao-ban",
        version=1,
        title={"vi": "Tài liệu giao ban tiếp công dân", "en": "Meeting pack on citizen reception"},
        source=ordered,
        figures=(*_OF_RECEPTION, *_OF_HEAT, *_OF_MEETINGS),
        sections=(
            Section({"vi": "Tiếp công dân", "en": "Reception"}, tuple(figure.code for figure in _OF_RECEPTION)),
            Section(
                {"vi": "Địa bàn nóng, vụ việc đông người, kéo dài, vượt cấp", "en": "Hot areas and matters"},
                tuple(figure.code for figure in _OF_HEAT),
                text={"vi": "Nhận định, dự báo", "en": "What it looks like, and what may come"},
            ),
            Section(
                {"vi": "Việc giao tại giao ban", "en": "Tasks of the meetings"},
                tuple(figure.code for figure in _OF_MEETINGS),
                entries=("meetings",),
                text={"vi": "Việc trình giao ban cho ý kiến", "en": "What the meeting is asked to decide"},
            ),
        ),
        spans=(Span.MONTH, Span.QUARTER, Span.HALF_YEAR, Span.NINE_MONTHS, Span.YEAR),
        due_day=due_day,
        to="superior" if source else "",
    )


PAGE = Page(
    key="giao-ban",
    title={"vi": "Giao ban", "en": "Meeting pack"},
    blocks=(
        Block(
            title={"vi": "Tiếp công dân, 12 tháng", "en": "Reception, 12 months"},
            numbers=(
                Number({"vi": "Kỳ tiếp", "en": "Receptions"}, _RECEPTIONS, Count("receptions"), chart=True),
                Number({"vi": "Lượt tiếp", "en": "Visits"}, _VISITS, Count("visits"), chart=True),
                Number(
                    {"vi": "Đoàn đông người", "en": "Crowds"},
                    _VISITS,
                    Count("visits", where={"crowd": True}),
                    chart=True,
                ),
                Number({"vi": "Đơn tiếp nhận", "en": "Petitions"}, _PETITIONS, Count("petitions"), chart=True),
            ),
        ),
        Block(
            title={"vi": "Đông người, kéo dài, vượt cấp chưa kết thúc", "en": "Open mass, prolonged, level-skipping"},
            numbers=(
                Number({"vi": "Đông người", "en": "Mass"}, _MATTERS, _open_matters("mass")),
                Number({"vi": "Kéo dài", "en": "Prolonged"}, _MATTERS, _open_matters("prolonged")),
                Number({"vi": "Vượt cấp", "en": "Level-skipping"}, _MATTERS, _open_matters("level_skipping")),
                Number({"vi": "Địa bàn đang theo dõi", "en": "Areas being watched"}, _AREAS, OPEN_AREAS),
                Number({"vi": "Trong đó điểm nóng", "en": "Of which hot"}, _AREAS, HOT),
            ),
            links=(
                ("/below/", {"vi": "Số liệu cấp dưới", "en": "Figures of the units below"}),
                ("/matters/", {"vi": "Vụ việc của đơn vị", "en": "Our own matters"}),
            ),
        ),
        Block(
            title={"vi": "Các kỳ giao ban", "en": "Meetings"},
            entries="meetings",
            links=(("/reports/", {"vi": "Tài liệu giao ban", "en": "The meeting pack"}),),
        ),
    ),
)
