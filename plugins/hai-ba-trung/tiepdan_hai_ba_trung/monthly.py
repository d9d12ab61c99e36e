"""The monthly report of the district inspectorate to the people's committee, over registers and platform records."""

from tiepdan.sdk import Count, Figure, ReportDefinition, Section, Span
from tiepdan_hai_ba_trung.cases import ENDED, OPEN
from tiepdan_hai_ba_trung.enforcement import DONE, NOT_DONE
from tiepdan_hai_ba_trung.letter import SOURCE
from tiepdan_hai_ba_trung.wards import GIVEN, OWING
from tiepdan_hai_ba_trung.wards import OPEN as OPEN_ANSWERS

# The letter says "every month" and names no day of it: the day is a setting.
DUE_DAY = 5

_CASES = {"vi": "vụ việc", "en": "cases"}
_DOCUMENTS = {"vi": "quyết định, kết luận", "en": "decisions"}
_PETITIONS = {"vi": "đơn", "en": "petitions"}
_ALL = Count("register:instructed-cases", dated=False)
_FOLLOWED = Count("register:instructed-cases", where={"outcome": OPEN}, dated=False)
_IN_EFFECT = Count("register:enforcements", dated=False)

_OF_CASES = (
    Figure(
        "TT-01",
        {"vi": "Vụ việc có ý kiến chỉ đạo đang theo dõi", "en": "Cases under instruction being followed"},
        _CASES,
        _FOLLOWED,
        {"vi": "Mọi vụ việc trong sổ còn đang giải quyết.", "en": "Every case of the register that is going on."},
        headline=True,
    ),
    Figure(
        "TT-02",
        {"vi": "Đưa vào theo dõi trong kỳ", "en": "Taken into the register"},
        _CASES,
        Count("register:instructed-cases"),
        {"vi": "Theo ngày đưa vào theo dõi.", "en": "By the day they were taken in."},
    ),
    Figure(
        "TT-03",
        {"vi": "Đang theo dõi, theo cấp chỉ đạo", "en": "Being followed, by who directed"},
        _CASES,
        _FOLLOWED,
        {"vi": "Như TT-01, chia theo cấp chỉ đạo.", "en": "As TT-01, by who directed them."},
        by="superior",
    ),
    Figure(
        "TT-04",
        {"vi": "Đang theo dõi, theo kế hoạch rà soát", "en": "Being followed, by plan of review"},
        _CASES,
        _FOLLOWED,
        {"vi": "KH 363/KH-TTCP, KH 191/KH-UBND, QĐ 1849/QĐ-TTg.", "en": "Plans 363, 191 and decision 1849."},
        by="plan",
    ),
    Figure(
        "TT-05",
        {"vi": "Kết quả rà soát các vụ việc đang theo dõi", "en": "Results of the review"},
        _CASES,
        _FOLLOWED,
        {"vi": "Như TT-01, chia theo kết quả rà soát.", "en": "As TT-01, by the result of the review."},
        by="review",
    ),
    Figure(
        "TT-06",
        {"vi": "Vụ việc đã kết thúc", "en": "Cases that ended"},
        _CASES,
        Count("register:instructed-cases", where={"outcome": ENDED}, dated=False),
        {"vi": "Trên tổng số vụ việc trong sổ.", "en": "Out of all cases of the register."},
        out_of=_ALL,
        headline=True,
    ),
    Figure(
        "TT-07",
        {"vi": "Cách kết thúc", "en": "How they ended"},
        _CASES,
        Count("register:instructed-cases", where={"outcome": ENDED}, dated=False),
        {"vi": "Như TT-06, chia theo kết quả.", "en": "As TT-06, by outcome."},
        by="outcome",
    ),
    Figure(
        "TT-08",
        {"vi": "Điểm nóng đang theo dõi", "en": "Hot spots being followed"},
        _CASES,
        Count("register:instructed-cases", where={"outcome": OPEN, "hotspot": True}, dated=False),
        {"vi": "Vụ việc đang giải quyết có đánh dấu điểm nóng.", "en": "Open cases marked as hot spots."},
        out_of=_FOLLOWED,
    ),
    Figure(
        "TT-09",
        {"vi": "Vượt cấp đang theo dõi", "en": "Level-skipping cases being followed"},
        _CASES,
        Count("register:instructed-cases", where={"outcome": OPEN, "level_skipping": True}, dated=False),
        {"vi": "Vụ việc đang giải quyết có đánh dấu vượt cấp.", "en": "Open cases marked as level-skipping."},
        out_of=_FOLLOWED,
    ),
    Figure(
        "TT-10",
        {"vi": "Số người trong các vụ việc đang theo dõi", "en": "People in the cases being followed"},
        {"vi": "người", "en": "people"},
        Count("register:instructed-cases", measure="sum:people_count", where={"outcome": OPEN}, dated=False),
        {"vi": "Cộng số người của từng vụ việc.", "en": "The sum of the people of each case."},
    ),
)

_OF_ENFORCEMENT = (
    Figure(
        "TT-11",
        {"vi": "Quyết định, kết luận có hiệu lực chưa xong", "en": "Effective decisions not done"},
        _DOCUMENTS,
        Count("register:enforcements", where={"state": NOT_DONE}, dated=False),
        {"vi": "Trên tổng số trong sổ, đến khi thực hiện xong.", "en": "Out of the register, until they are done."},
        out_of=_IN_EFFECT,
        headline=True,
    ),
    Figure(
        "TT-12",
        {"vi": "Tình trạng thực hiện", "en": "State of enforcement"},
        _DOCUMENTS,
        _IN_EFFECT,
        {"vi": "Mọi quyết định, kết luận trong sổ.", "en": "Every decision of the register."},
        by="state",
    ),
    Figure(
        "TT-13",
        {"vi": "Đã thực hiện xong trong số có hiệu lực trong kỳ", "en": "Done, of those in effect in the period"},
        _DOCUMENTS,
        Count("register:enforcements", where={"state": DONE}),
        {"vi": "Theo ngày có hiệu lực.", "en": "By the day they took effect."},
        out_of=Count("register:enforcements"),
    ),
)

_OF_INSPECTIONS = (
    Figure(
        "TT-14",
        {"vi": "Cuộc thanh tra, kiểm tra trách nhiệm", "en": "Inspections of responsibility"},
        {"vi": "cuộc", "en": "inspections"},
        Count("register:inspections"),
        {"vi": "Bắt đầu trong kỳ.", "en": "Begun in the period."},
    ),
    Figure(
        "TT-15",
        {"vi": "Hạn chế, thiếu sót nêu ra", "en": "Shortcomings named"},
        {"vi": "điểm", "en": "points"},
        Count("register:inspections", measure="sum:shortcomings"),
        {"vi": "Của các cuộc bắt đầu trong kỳ đã kết luận.", "en": "Of inspections begun in the period, concluded."},
    ),
)

_OF_WARDS = (
    Figure(
        "TT-16",
        {"vi": "Phường đã báo cáo văn bản giao trong kỳ", "en": "Wards that answered"},
        {"vi": "phường", "en": "wards"},
        Count("register:ward-answers", measure="distinct:ward", where={"answered": True}),
        {"vi": "Trên số phường được giao trong kỳ.", "en": "Out of the wards given a directive in the period."},
        out_of=Count("register:ward-answers", measure="distinct:ward"),
        headline=True,
    ),
    Figure(
        "TT-17",
        {"vi": "Phường còn nợ báo cáo, mọi kỳ", "en": "Wards that owe an answer, of all periods"},
        {"vi": "phường", "en": "wards"},
        OWING,
        {"vi": "Trên số phường đã được giao.", "en": "Out of the wards ever given a directive."},
        out_of=GIVEN,
    ),
    Figure(
        "TT-18",
        {"vi": "Còn chờ báo cáo, theo phường", "en": "Answers missing, by ward"},
        {"vi": "văn bản", "en": "directives"},
        OPEN_ANSWERS,
        {"vi": "Văn bản đã giao mà phường chưa báo cáo.", "en": "Directives given and not answered."},
        by="ward",
    ),
)

_OF_PLATFORM = (
    Figure(
        "TT-19",
        {"vi": "Kỳ tiếp công dân", "en": "Receptions"},
        {"vi": "kỳ", "en": "receptions"},
        Count("receptions"),
        {"vi": "Đã tổ chức trong kỳ.", "en": "Held in the period."},
    ),
    Figure(
        "TT-20",
        {"vi": "Lượt tiếp công dân", "en": "Visits"},
        {"vi": "lượt", "en": "visits"},
        Count("visits"),
        {"vi": "Lượt đã được tiếp.", "en": "Visits received."},
    ),
    Figure(
        "TT-21",
        {"vi": "Đơn tiếp nhận", "en": "Petitions received"},
        _PETITIONS,
        Count("petitions"),
        {"vi": "Mọi loại đơn, theo ngày nhận.", "en": "Of every kind, by the day received."},
    ),
    Figure(
        "TT-22",
        {"vi": "Trong đó khiếu nại, tố cáo", "en": "Of which complaints and denunciations"},
        _PETITIONS,
        Count("petitions", where={"kind": ["complaint", "denunciation"]}),
        {"vi": "Trên số đơn tiếp nhận.", "en": "Out of the petitions received."},
        out_of=Count("petitions"),
    ),
    Figure(
        "TT-23",
        {"vi": "Vụ việc đông người chưa kết thúc", "en": "Open mass matters"},
        _CASES,
        Count("matters", where={"mass": True, "closed": False}, dated=False),
        {"vi": "Vụ việc có đánh dấu đông người.", "en": "Matters marked as mass."},
    ),
    Figure(
        "TT-24",
        {"vi": "Vụ việc kéo dài chưa kết thúc", "en": "Open prolonged matters"},
        _CASES,
        Count("matters", where={"prolonged": True, "closed": False}, dated=False),
        {"vi": "Vụ việc có đánh dấu kéo dài.", "en": "Matters marked as prolonged."},
    ),
)

FIGURES = (*_OF_CASES, *_OF_ENFORCEMENT, *_OF_INSPECTIONS, *_OF_WARDS, *_OF_PLATFORM)


def _codes(figures: tuple[Figure, ...]) -> tuple[str, ...]:
    return tuple(figure.code for figure in figures)


def monthly_report(*, due_day: int, to: str) -> ReportDefinition:
    """Return the report. due_day: of the following month; to: "" while no body is named that receives it."""
    return ReportDefinition(
        key="inspectorate-monthly",
        version=1,
        title={"vi": "Báo cáo tháng của Thanh tra quận", "en": "Monthly report of the district inspectorate"},
        source=SOURCE,
        figures=FIGURES,
        sections=(
            Section(
                {"vi": "Vụ việc đã có ý kiến chỉ đạo", "en": "Cases under instruction"},
                _codes(_OF_CASES),
            ),
            Section(
                {"vi": "Thi hành quyết định, kết luận có hiệu lực", "en": "Effective decisions"},
                _codes(_OF_ENFORCEMENT),
                entries=("enforcements",),
            ),
            Section(
                {"vi": "Thanh tra, kiểm tra trách nhiệm", "en": "Inspections of responsibility"},
                _codes(_OF_INSPECTIONS),
                entries=("inspections",),
                text={"vi": "Hạn chế, thiếu sót và biện pháp chấn chỉnh", "en": "Shortcomings and measures"},
            ),
            Section({"vi": "18 phường thực hiện", "en": "The 18 wards"}, _codes(_OF_WARDS)),
            Section({"vi": "Tiếp công dân, xử lý đơn", "en": "Reception and petitions"}, _codes(_OF_PLATFORM)),
            Section(
                {"vi": "Đề xuất", "en": "Proposals"},
                text={"vi": "Đề xuất, kiến nghị với UBND quận", "en": "Proposals to the people's committee"},
            ),
        ),
        spans=(Span.MONTH,),
        due_day=due_day,
        to=to,
    )
