"""A page that shows ten, five and two years beside each other: what was issued, taught, commended and handed out."""

from collections.abc import Sequence

from tiepdan.sdk import Block, Count, Number, Page
from tiepdan_dong_da.fields import Words, words
from tiepdan_dong_da.figures import STEERING, STUDIED, TRAINED
from tiepdan_dong_da.programmes import RECEPTION

_COUNTS = {figure.code: figure.count for figure in (*STEERING, *TRAINED, *STUDIED)}

type Measured = tuple[Words, Words, Count]

_DOCUMENTS = (
    words("Văn bản của Quận ủy", "The committee's documents"),
    words("văn bản", "documents"),
    _COUNTS["VB-01"],
)
_CLASSES = (words("Lớp tập huấn", "Training classes"), words("lớp", "classes"), _COUNTS["TH-01"])
_TRAINED = (words("Cán bộ dự tập huấn", "Officials trained"), words("người", "people"), _COUNTS["TH-02"])
_COMMENDED = (
    words("Khen thưởng", "Commendations"),
    words("lượt khen", "commendations"),
    Count("register:commendations", where={"topic": RECEPTION}),
)
_VISITS = (words("Lượt công dân được tiếp", "Visits received"), words("lượt", "visits"), Count("visits"))
_PETITIONS = (words("Đơn đã nhận", "Petitions received"), words("đơn", "petitions"), Count("petitions"))
_BOOKLETS = (words("Cuốn học tập chuyên đề", "Booklets of the topic"), words("cuốn", "copies"), _COUNTS["HT-03"])
_REGISTERED = (words("Đăng ký làm theo", "Registrations"), words("đăng ký", "registrations"), _COUNTS["HT-04"])

_REVIEWED = (_DOCUMENTS, _CLASSES, _TRAINED, _COMMENDED)


def _numbers(measured: Sequence[Measured], *, years: int, chart: bool = False) -> tuple[Number, ...]:
    return tuple(Number(label, unit, count, months=12 * years, chart=chart) for label, unit, count in measured)


TREND = Page(
    key="trend",
    title=words("Đống Đa: nhiều năm", "Đống Đa: over the years"),
    blocks=(
        Block(
            words("Mười năm (Chỉ thị 35)", "Ten years (Directive 35)"),
            text=words(
                "Đếm đến hôm nay, theo ngày của từng dòng sổ. Số liệu để in: mục Báo cáo, chọn từ năm nào đến năm nào.",
                "Counted up to today, by the day of each entry. For print: under Reports, from one year to another.",
            ),
            numbers=_numbers(_REVIEWED, years=10),
            links=(("/reports/", words("Báo cáo sơ kết, tổng kết", "Reviews")),),
        ),
        Block(words("Năm năm (Quy định 11)", "Five years (Regulation 11)"), numbers=_numbers(_REVIEWED, years=5)),
        Block(
            words("Một năm", "One year"),
            numbers=_numbers((*_REVIEWED, _BOOKLETS, _REGISTERED), years=1),
        ),
        Block(
            words("Hai năm, từng tháng", "Two years, month by month"),
            numbers=_numbers((_VISITS, _PETITIONS, _TRAINED), years=2, chart=True),
        ),
        Block(words("Văn bản mới nhất", "Newest documents"), entries="steering-documents"),
        Block(words("Lớp tập huấn mới nhất", "Newest classes"), entries="training-classes"),
    ),
)
