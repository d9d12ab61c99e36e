"""The monthly report on urging the communes and on what the district itself received.

Source: Quy định 11-QĐi/TW, Điều 3 khoản 8: the head of a party committee reports monthly, quarterly, for six and nine
months and the year (PTY-12); khoản 3: works with the secretaries below (PTY-11). No text fixes the day (PTY-12), so it
is a setting.
"""

from tiepdan.sdk import Branch, Count, Figure, ReportDefinition, Section, Span
from tiepdan_level_district.urging import ALL, ANSWERED, COMMUNES_OPEN, STILL_OPEN

SOURCE_OF_PARTY = "Quy định 11-QĐi/TW, Điều 3 khoản 3, khoản 8"
DUE_DAY = 5

_TIMES = {"vi": "lần", "en": "times"}
_COMMUNES = {"vi": "đơn vị", "en": "bodies"}
_MATTERS = {"vi": "vụ việc", "en": "matters"}

_OF_URGING = (
    Figure(
        "DD-01",
        {"vi": "Lần đôn đốc", "en": "Urgings"},
        _TIMES,
        ALL,
        {"vi": "Theo ngày đôn đốc.", "en": "By the day of urging."},
        headline=True,
    ),
    Figure(
        "DD-02",
        {"vi": "Đơn vị được đôn đốc", "en": "Bodies urged"},
        _COMMUNES,
        Count("register:urgings", measure="distinct:commune"),
        {"vi": "Mỗi đơn vị tính một lần.", "en": "Each body once."},
    ),
    Figure(
        "DD-03",
        {"vi": "Theo việc đôn đốc", "en": "By what it was about"},
        _TIMES,
        ALL,
        {"vi": "Như DD-01, chia theo việc.", "en": "As DD-01, by what it was about."},
        by="matter",
    ),
    Figure(
        "DD-04",
        {"vi": "Đã trả lời đủ", "en": "Answered in full"},
        _TIMES,
        Count("register:urgings", where={"state": ANSWERED}),
        {"vi": "Trên số lần đôn đốc trong kỳ.", "en": "Out of the urgings of the period."},
        out_of=ALL,
        headline=True,
    ),
    Figure(
        "DD-05",
        {"vi": "Còn chờ trả lời, mọi kỳ", "en": "Still open, of all periods"},
        _TIMES,
        STILL_OPEN,
        {"vi": "Kể cả đôn đốc ở kỳ trước.", "en": "Those of earlier periods too."},
    ),
    Figure(
        "DD-06",
        {"vi": "Đơn vị còn nợ trả lời", "en": "Bodies that owe an answer"},
        _COMMUNES,
        COMMUNES_OPEN,
        {"vi": "Mỗi đơn vị tính một lần.", "en": "Each body once."},
        headline=True,
    ),
)
_OF_ITSELF = (
    Figure(
        "DD-07",
        {"vi": "Kỳ tiếp công dân", "en": "Receptions"},
        {"vi": "kỳ", "en": "receptions"},
        Count("receptions"),
        {"vi": "Đã tổ chức trong kỳ.", "en": "Held in the period."},
    ),
    Figure(
        "DD-08",
        {"vi": "Lượt tiếp công dân", "en": "Visits"},
        {"vi": "lượt", "en": "visits"},
        Count("visits"),
        {"vi": "Lượt đã được tiếp.", "en": "Visits received."},
    ),
    Figure(
        "DD-09",
        {"vi": "Đơn tiếp nhận", "en": "Petitions received"},
        {"vi": "đơn", "en": "petitions"},
        Count("petitions"),
        {"vi": "Theo ngày nhận.", "en": "By the day received."},
    ),
    Figure(
        "DD-10",
        {"vi": "Việc đã giao quá hạn", "en": "Assignments overdue"},
        {"vi": "việc", "en": "assignments"},
        Count("assignments", where={"overdue": True}),
        {"vi": "Trên số việc giao trong kỳ.", "en": "Out of what was given in the period."},
        out_of=Count("assignments"),
    ),
    Figure(
        "DD-11",
        {"vi": "Vụ việc đông người chưa kết thúc", "en": "Open mass matters"},
        _MATTERS,
        Count("matters", where={"mass": True, "closed": False}, dated=False),
        {"vi": "Có đánh dấu đông người.", "en": "Marked as mass."},
    ),
    Figure(
        "DD-12",
        {"vi": "Vụ việc kéo dài chưa kết thúc", "en": "Open prolonged matters"},
        _MATTERS,
        Count("matters", where={"prolonged": True, "closed": False}, dated=False),
        {"vi": "Có đánh dấu kéo dài.", "en": "Marked as prolonged."},
    ),
    Figure(
        "DD-13",
        {"vi": "Vụ việc vượt cấp chưa kết thúc", "en": "Open level-skipping matters"},
        _MATTERS,
        Count("matters", where={"level_skipping": True, "closed": False}, dated=False),
        {"vi": "Có đánh dấu vượt cấp.", "en": "Marked as level-skipping."},
    ),
)


def monthly_report(branch: Branch, *, source: str, due_day: int) -> ReportDefinition | None:
    """Return the report of a district; None for a body of the State that names no document which orders it.

    source: the document that orders it to be sent up; "" keeps the report here.
    """
    if not source and branch is not Branch.PARTY:
        return None
    return ReportDefinition(
        key="urging",
        version=1,
        title={"vi": "Báo cáo tổng hợp, đôn đốc cấp xã", "en": "Report on urging the communes"},
        source=source or SOURCE_OF_PARTY,
        figures=(*_OF_URGING, *_OF_ITSELF),
        sections=(
            Section(
                {"vi": "Đôn đốc cấp xã", "en": "Urging the communes"},
                tuple(figure.code for figure in _OF_URGING),
                entries=("urgings",),
                text={"vi": "Đơn vị chậm, lý do, trách nhiệm", "en": "Who is late, why, who is responsible"},
            ),
            Section(
                {"vi": "Kết quả của cấp huyện", "en": "The district's own results"},
                tuple(figure.code for figure in _OF_ITSELF),
                text={"vi": "Đề xuất, kiến nghị", "en": "Proposals"},
            ),
        ),
        spans=(Span.MONTH, Span.QUARTER, Span.HALF_YEAR, Span.NINE_MONTHS, Span.YEAR),
        due_day=due_day,
        to="superior" if source else "",
    )
