"""Figures (chỉ tiêu) of the reviews: all counted from records, each with what it is a part of and how it is counted."""

from collections.abc import Mapping

from tiepdan.sdk import Count, Figure
from tiepdan_dong_da.commending import COLLECTIVE, INDIVIDUAL
from tiepdan_dong_da.conciliation import IN_EFFECT, SETTLED, SUCCEEDED
from tiepdan_dong_da.fields import words
from tiepdan_dong_da.programmes import DISTRICT, KL01, RECEPTION, WARD
from tiepdan_dong_da.steering import OWN, SPREADING, STUDY
from tiepdan_dong_da.study import JUDGED

type Where = Mapping[str, str | tuple[str, ...]]

_DOCUMENT = words("văn bản", "documents")
_PERSON = words("người", "people")
_CONFERENCE = words("hội nghị", "conferences")
_CASE = words("vụ việc", "cases")
_ONE = words("lượt khen", "commendations")

_OWN_DOCUMENTS = Count("register:steering-documents", where={"issuer": OWN, "programme": RECEPTION})
_OWN_CLASSES = {"programme": RECEPTION, "level": (DISTRICT, WARD)}
_CASES = Count("register:priority-cases")
_HOW_CASES = words("Theo ngày đưa vào danh sách trong kỳ.", "By the day they were listed within the period.")

RECEIVED = (
    Figure(
        "TD-01",
        words("Kỳ tiếp công dân của người đứng đầu", "Receptions held by the head"),
        words("kỳ", "receptions"),
        Count("receptions", where={"form": ("periodic", "extraordinary")}),
        words("Định kỳ và đột xuất, đã tổ chức trong kỳ.", "Periodic and extraordinary ones held in the period."),
    ),
    Figure(
        "TD-02",
        words("Lượt công dân được tiếp", "Visits received"),
        words("lượt", "visits"),
        Count("visits"),
        words("Mỗi lần đến là một lượt.", "Each coming is one visit."),
    ),
    Figure(
        "TD-03",
        words("Đơn đã nhận", "Petitions received"),
        words("đơn", "petitions"),
        Count("petitions"),
        words("Theo ngày nhận trong kỳ.", "By the day received."),
    ),
)

STEERING = (
    Figure(
        "VB-01",
        words("Văn bản lãnh đạo, chỉ đạo của Quận ủy", "Steering documents of the district committee"),
        _DOCUMENT,
        _OWN_DOCUMENTS,
        words(
            "Quận ủy, Ban Thường vụ ban hành để thực hiện Chỉ thị 35, Quy định 11.",
            "Issued by the committee or its standing committee to carry out Directive 35 and Regulation 11.",
        ),
        by="programme",
        headline=True,
    ),
    Figure(
        "VB-02",
        words("Chia theo loại văn bản", "By kind of document"),
        _DOCUMENT,
        _OWN_DOCUMENTS,
        words("Cùng những văn bản của VB-01.", "The same documents as VB-01."),
        by="kind",
    ),
    Figure(
        "HN-01",
        words("Hội nghị phổ biến, quán triệt", "Dissemination conferences"),
        _CONFERENCE,
        Count("register:conferences", where={"kind": SPREADING, "programme": RECEPTION}),
        words("Về Chỉ thị 35, Quy định 11.", "On Directive 35 and Regulation 11."),
        by="programme",
    ),
    Figure(
        "HN-02",
        words("Lượt người dự phổ biến, quán triệt", "Attendance of dissemination"),
        _PERSON,
        Count("register:conferences", "sum:attendance", {"kind": SPREADING, "programme": RECEPTION}),
        words("Cộng số người dự các hội nghị của HN-01.", "The attendance of HN-01's conferences, added up."),
    ),
)

TRAINED = (
    Figure(
        "TH-01",
        words("Lớp tập huấn", "Training classes"),
        words("lớp", "classes"),
        Count("register:training-classes", where=_OWN_CLASSES),
        words(
            "Lớp do quận, phường tổ chức về tiếp công dân, giải quyết khiếu nại, tố cáo.",
            "Classes of the district and its wards on reception, complaints and denunciations.",
        ),
        by="level",
        headline=True,
    ),
    Figure(
        "TH-02",
        words("Cán bộ dự tập huấn", "Officials trained"),
        _PERSON,
        Count("register:training-classes", "sum:participants", _OWN_CLASSES),
        words("Cộng số người dự các lớp của TH-01.", "The participants of TH-01's classes, added up."),
        headline=True,
    ),
    Figure(
        "TH-03",
        words("Kinh phí tập huấn", "Budget of the training"),
        words("triệu đồng", "million đồng"),
        Count("register:training-classes", "sum:budget", _OWN_CLASSES),
        words("Cộng kinh phí các lớp của TH-01.", "The budget of TH-01's classes, added up."),
    ),
)

SETTLED_CASES = (
    Figure(
        "HG-01",
        words("Vụ hòa giải thành ở cơ sở", "Matters settled by mediation"),
        words("vụ", "matters"),
        Count("register:mediations", where={"result": SUCCEEDED}),
        words("Trên tổng số vụ hòa giải trong kỳ.", "Out of all matters mediated in the period."),
        out_of=Count("register:mediations"),
    ),
    Figure(
        "VV-01",
        words("Vụ việc đông người, phức tạp, kéo dài", "Crowded, complex and prolonged cases"),
        _CASE,
        _CASES,
        _HOW_CASES,
        by="criterion",
    ),
    Figure(
        "VV-02",
        words("Trong đó đã giải quyết dứt điểm", "Of these settled for good"),
        _CASE,
        Count("register:priority-cases", where={"outcome": SETTLED}),
        words(
            "Đã thi hành xong, công dân rút đơn hoặc đã thông báo chấm dứt xem xét.",
            "Carried out, withdrawn, or with notice that the review ended.",
        ),
        out_of=_CASES,
    ),
    Figure(
        "VV-03",
        words("Quyết định, kết luận có hiệu lực đã thi hành xong", "Decisions in effect that were carried out"),
        _CASE,
        Count("register:priority-cases", where={"enforcement": "done"}),
        words("Trên số vụ đã có quyết định, kết luận có hiệu lực.", "Out of the cases with a decision in effect."),
        out_of=Count("register:priority-cases", where={"enforcement": (IN_EFFECT, "done")}),
    ),
)


def _commended(code: str, vi: str, en: str, where: Where, by: str, *, headline: bool = False) -> Figure:
    count = Count("register:commendations", where=where)
    how = words("Mỗi tập thể, cá nhân và chuyên đề một lần.", "Once for each receiver and topic.")
    return Figure(code, words(vi, en), _ONE, count, how, by=by, headline=headline)


COMMENDED = (
    _commended("KT-01", "Khen thưởng", "Commendations", {"topic": RECEPTION}, "topic", headline=True),
    _commended(
        "KT-02",
        "Tập thể được khen, theo chuyên đề",
        "Collectives commended, by topic",
        {"topic": RECEPTION, "recipient_kind": COLLECTIVE},
        "topic",
    ),
    _commended(
        "KT-03",
        "Cá nhân được khen, theo chuyên đề",
        "Individuals commended, by topic",
        {"topic": RECEPTION, "recipient_kind": INDIVIDUAL},
        "topic",
    ),
)

STUDIED = (
    Figure(
        "HT-01",
        words("Văn bản của Quận ủy thực hiện Kết luận 01", "Documents of the committee on Conclusion 01"),
        _DOCUMENT,
        Count("register:steering-documents", where={"issuer": OWN, "programme": KL01}),
        words("Theo ngày ban hành.", "By the day issued."),
        by="kind",
    ),
    Figure(
        "HT-02",
        words("Hội nghị học tập chuyên đề", "Study conferences"),
        _CONFERENCE,
        Count("register:conferences", where={"kind": STUDY, "programme": KL01}),
        words("Chia theo hình thức tổ chức.", "By the form in which they were held."),
        by="form",
    ),
    Figure(
        "HT-03",
        words("Cuốn học tập chuyên đề đã cấp phát", "Booklets handed out"),
        words("cuốn", "copies"),
        Count("register:booklets", "sum:copies"),
        words("Cộng số cuốn cấp phát trong kỳ, chia theo chuyên đề năm.", "Copies handed out, by the year's topic."),
        by="study_year",
        headline=True,
    ),
    Figure(
        "HT-04",
        words("Đăng ký học tập và làm theo", "Registrations"),
        words("đăng ký", "registrations"),
        Count("register:registrations"),
        words("Của chi bộ, tập thể và của cá nhân.", "Of cells and collectives, and of officials."),
        by="by",
        headline=True,
    ),
    Figure(
        "HT-05",
        words("Đăng ký đã được đánh giá cuối năm", "Registrations appraised at the year's end"),
        words("đăng ký", "registrations"),
        Count("register:registrations", where={"appraisal": JUDGED}),
        words("Trên tổng số đăng ký trong kỳ.", "Out of all registrations of the period."),
        out_of=Count("register:registrations"),
    ),
    _commended(
        "KT-04", "Khen thưởng về Kết luận 01", "Commendations on Conclusion 01", {"topic": KL01}, "recipient_kind"
    ),
)
