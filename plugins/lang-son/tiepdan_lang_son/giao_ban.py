"""The meeting on Quy định 11-QĐi/TW (giao ban): one report of party committees, administrative and judicial bodies.

What each body counts of itself is summed by level and branch where the reports arrive: kỳ of the secretaries of
province, districts and communes; visits to administrative and judicial bodies.
"""

from tiepdan.sdk import Block, Branch, Count, Figure, Level, Number, Page, ReportDefinition, Section, Span, Tenant
from tiepdan_lang_son.dialogues import OPEN

# Quy định 11-QĐi/TW, Điều 3 khoản 8: monthly, quarterly, six and nine months, yearly (PTY-12); no day is fixed there.
SOURCE = "Quy định 11-QĐi/TW, Điều 3 khoản 8"
DUE_DAY = 5

_RECEPTIONS = {"vi": "kỳ", "en": "receptions"}
_VISITS = {"vi": "lượt", "en": "visits"}
_MATTERS = {"vi": "vụ việc", "en": "matters"}
_NOTICES = {"vi": "thông báo", "en": "notices"}
_TASKS = {"vi": "việc", "en": "tasks"}
_DIALOGUES = {"vi": "cuộc", "en": "dialogues"}
_AREAS = {"vi": "địa bàn", "en": "areas"}

BY_HEAD = {"received_by": "head", "form": ["periodic", "extraordinary"]}
HELD = Count("receptions", where=BY_HEAD)
MATTERS = Count("visits", measure="distinct:matter", where=BY_HEAD)
VISITS_OF_HEAD = Count("visits", where=BY_HEAD)
VISITS = Count("visits")
DIALOGUES = Count("register:dialogues")
AREAS = Count("register:areas", where={"state": OPEN}, dated=False)


def _open_matters(flag: str) -> Count:
    return Count("matters", where={flag: True, "closed": False}, dated=False)


_OF_RECEPTION = (
    Figure(
        "LS-01",
        {"vi": "Kỳ tiếp của người đứng đầu", "en": "Receptions of the head"},
        _RECEPTIONS,
        HELD,
        {"vi": "Kỳ định kỳ, đột xuất người đứng đầu trực tiếp tiếp.", "en": "Periodic or not, held in person."},
        headline=True,
    ),
    Figure(
        "LS-02",
        {"vi": "Vụ việc người đứng đầu tiếp", "en": "Matters received by the head"},
        _MATTERS,
        MATTERS,
        {"vi": "Một vụ việc đến nhiều lượt tính một lần.", "en": "A matter of several visits counts once."},
    ),
    Figure(
        "LS-03",
        {"vi": "Lượt công dân người đứng đầu tiếp", "en": "Visits received by the head"},
        _VISITS,
        VISITS_OF_HEAD,
        {"vi": "Mỗi lần đến của một người hoặc một đoàn.", "en": "Each time a person or group came."},
        headline=True,
    ),
    Figure(
        "LS-04",
        {"vi": "Lượt công dân đơn vị tiếp", "en": "Visits to the body"},
        _VISITS,
        VISITS,
        {"vi": "Mọi lượt: thường xuyên, định kỳ, đột xuất.", "en": "All visits, also those at the daily desk."},
        headline=True,
    ),
    Figure(
        "LS-05",
        {"vi": "Kỳ tiếp đã ra thông báo kết luận", "en": "Receptions with a conclusion notice"},
        _NOTICES,
        Count("notices", measure="distinct:reception", where={"of_reception": True}),
        {"vi": "Theo ngày ký thông báo.", "en": "By the day the notice was signed."},
    ),
    Figure(
        "LS-06",
        {"vi": "Việc giao sau tiếp dân đã xong", "en": "Tasks after receptions done"},
        _TASKS,
        Count("assignments", where={"done": True}),
        {"vi": "Trên số việc giao trong kỳ.", "en": "Out of the tasks given in the period."},
        out_of=Count("assignments"),
    ),
    Figure(
        "LS-07",
        {"vi": "Việc đã báo kết quả cho công dân", "en": "Tasks of which the citizen was told"},
        _TASKS,
        Count("assignments", where={"told": True}),
        {"vi": "Trên số việc giao trong kỳ.", "en": "Out of the tasks given in the period."},
        out_of=Count("assignments"),
    ),
)
_OF_DIALOGUE = (
    Figure(
        "LS-08",
        {"vi": "Cuộc đối thoại", "en": "Dialogues"},
        _DIALOGUES,
        DIALOGUES,
        {"vi": "Theo ngày đối thoại.", "en": "By the day of the dialogue."},
        headline=True,
    ),
    Figure(
        "LS-09",
        {"vi": "Trong đó người đứng đầu trực tiếp đối thoại", "en": "Of which by the head in person"},
        _DIALOGUES,
        Count("register:dialogues", where={"by_head": True}),
        {"vi": "Trên số cuộc đối thoại.", "en": "Out of the dialogues."},
        out_of=DIALOGUES,
    ),
    Figure(
        "LS-10",
        {"vi": "Số người dự đối thoại", "en": "People at the dialogues"},
        {"vi": "người", "en": "people"},
        Count("register:dialogues", measure="sum:attended"),
        {"vi": "Cộng các cuộc đối thoại.", "en": "The sum of the dialogues."},
    ),
    Figure(
        "LS-11",
        {"vi": "Việc đã hứa, đã làm xong", "en": "Commitments kept"},
        _TASKS,
        Count("register:dialogues", measure="sum:commitments_done"),
        {"vi": "Trên số việc đã hứa.", "en": "Out of the commitments made."},
        out_of=Count("register:dialogues", measure="sum:commitments"),
    ),
)
_OF_AREAS = (
    Figure(
        "LS-12",
        {"vi": "Vụ việc kéo dài chưa kết thúc", "en": "Open prolonged matters"},
        _MATTERS,
        _open_matters("prolonged"),
        {"vi": "Có đánh dấu kéo dài.", "en": "Marked as prolonged."},
    ),
    Figure(
        "LS-13",
        {"vi": "Vụ việc vượt cấp chưa kết thúc", "en": "Open level-skipping matters"},
        _MATTERS,
        _open_matters("level_skipping"),
        {"vi": "Có đánh dấu vượt cấp.", "en": "Marked as level-skipping."},
    ),
    Figure(
        "LS-14",
        {"vi": "Địa bàn nhiều đơn, đơn vượt cấp, kéo dài", "en": "Areas with many petitions"},
        _AREAS,
        AREAS,
        {"vi": "Chưa ổn định.", "en": "Not calm yet."},
        headline=True,
    ),
    Figure(
        "LS-15",
        {"vi": "Địa bàn theo tình trạng", "en": "Areas by state"},
        _AREAS,
        Count("register:areas", dated=False),
        {"vi": "Mọi địa bàn trong danh sách.", "en": "Every area of the list."},
        by="state",
    ),
    Figure(
        "LS-16",
        {"vi": "Đơn vượt cấp ở các địa bàn", "en": "Level-skipping petitions of the areas"},
        {"vi": "đơn", "en": "petitions"},
        Count("register:areas", measure="sum:level_skipping", where={"state": OPEN}, dated=False),
        {"vi": "Trên số đơn ở các địa bàn chưa ổn định.", "en": "Out of the petitions of areas not calm yet."},
        out_of=Count("register:areas", measure="sum:petitions", where={"state": OPEN}, dated=False),
    ),
)


def report_of(tenant: Tenant, *, party_committee: str) -> ReportDefinition:
    """Return the report of a body: a party committee's goes to its superior, another's to the committee named.

    party_committee: slug of the provincial party committee; "" keeps the reports of other bodies with them.
    """
    if tenant.branch is Branch.PARTY:
        to = "" if tenant.level is Level.PROVINCE else "superior"
    else:
        to = f"body:{party_committee}" if party_committee else ""
    return ReportDefinition(
        key="giao-ban",
        version=1,
        title={"vi": "Báo cáo giao ban Quy định 11-QĐi/TW", "en": "Report for the meeting on Regulation 11-QĐi/TW"},
        source=SOURCE,
        figures=(*_OF_RECEPTION, *_OF_DIALOGUE, *_OF_AREAS),
        sections=(
            Section(
                {"vi": "Tiếp công dân", "en": "Reception"},
                tuple(figure.code for figure in _OF_RECEPTION),
                text={"vi": "Kết quả chỉ đạo sau mỗi kỳ tiếp", "en": "What followed the receptions"},
            ),
            Section(
                {"vi": "Đối thoại với Nhân dân", "en": "Dialogues with the people"},
                tuple(figure.code for figure in _OF_DIALOGUE),
                entries=("dialogues",),
            ),
            Section(
                {"vi": "Đơn kéo dài, vượt cấp, địa bàn phức tạp", "en": "Prolonged, level-skipping, hot areas"},
                tuple(figure.code for figure in _OF_AREAS),
                text={"vi": "Dự báo, việc cần chỉ đạo", "en": "What may come, what has to be ordered"},
            ),
            Section(
                {"vi": "Hạn chế, phương hướng", "en": "Shortcomings and directions"},
                text={"vi": "Hạn chế, nguyên nhân, nhiệm vụ thời gian tới", "en": "Shortcomings, causes, next tasks"},
            ),
        ),
        spans=(Span.HALF_YEAR, Span.MONTH, Span.QUARTER, Span.NINE_MONTHS, Span.YEAR),
        due_day=DUE_DAY,
        to=to,
    )


PAGE = Page(
    key="giao-ban",
    title={"vi": "Giao ban Quy định 11", "en": "Meeting on Regulation 11"},
    blocks=(
        Block(
            title={"vi": "Sáu tháng gần nhất", "en": "The last six months"},
            numbers=(
                Number(
                    {"vi": "Kỳ tiếp của người đứng đầu", "en": "Receptions of the head"}, _RECEPTIONS, HELD, months=6
                ),
                Number({"vi": "Vụ việc", "en": "Matters"}, _MATTERS, MATTERS, months=6),
                Number({"vi": "Lượt công dân", "en": "Visits"}, _VISITS, VISITS, months=6, chart=True),
                Number({"vi": "Cuộc đối thoại", "en": "Dialogues"}, _DIALOGUES, DIALOGUES, months=6),
            ),
            links=(
                ("/reports/", {"vi": "Báo cáo giao ban", "en": "The report for the meeting"}),
                ("/registers/", {"vi": "Sổ đối thoại, địa bàn", "en": "Registers of dialogues and areas"}),
            ),
        ),
        Block(
            title={"vi": "Kéo dài, vượt cấp", "en": "Prolonged, level-skipping"},
            numbers=(
                Number({"vi": "Vụ việc kéo dài", "en": "Prolonged matters"}, _MATTERS, _open_matters("prolonged")),
                Number(
                    {"vi": "Vụ việc vượt cấp", "en": "Level-skipping matters"},
                    _MATTERS,
                    _open_matters("level_skipping"),
                ),
                Number({"vi": "Địa bàn chưa ổn định", "en": "Areas not calm yet"}, _AREAS, AREAS),
            ),
        ),
        Block(title={"vi": "Đối thoại gần đây", "en": "Latest dialogues"}, entries="dialogues"),
    ),
)
