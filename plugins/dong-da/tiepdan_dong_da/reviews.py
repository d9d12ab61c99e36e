"""Reviews (sơ kết, tổng kết): of ten years of Chỉ thị 35 and five of Quy định 11, of Kết luận 01, and of each year."""

from tiepdan.sdk import Figure, ReportDefinition, Section, Span
from tiepdan_dong_da.fields import words
from tiepdan_dong_da.figures import COMMENDED, RECEIVED, SETTLED_CASES, STEERING, STUDIED, TRAINED
from tiepdan_dong_da.programmes import SOURCE_RECEPTION, SOURCE_STUDY


def _codes(*groups: tuple[Figure, ...]) -> tuple[str, ...]:
    return tuple(figure.code for group in groups for figure in group)


def _written(vi: str, en: str, text_vi: str, text_en: str) -> Section:
    """Return a section in which somebody writes."""
    return Section(words(vi, en), text=words(text_vi, text_en))


_LEADING = Section(
    words("Lãnh đạo, chỉ đạo, quán triệt", "Leadership and dissemination"),
    figures=_codes(STEERING),
    entries=("steering-documents",),
    text=words("Đánh giá việc lãnh đạo, chỉ đạo", "Assessment of the leadership"),
)
_TRAINING = Section(words("Tập huấn", "Training"), figures=_codes(TRAINED), entries=("training-classes",))
_RESULTS = Section(
    words("Tiếp công dân, giải quyết đơn thư", "Reception and petitions"),
    figures=_codes(RECEIVED, SETTLED_CASES),
    text=words("Kết quả, trách nhiệm người đứng đầu", "Results and the heads' responsibility"),
)
_COMMENDATION = Section(words("Khen thưởng", "Commendation"), figures=_codes(COMMENDED), entries=("commendations",))
_STUDY = Section(
    words("Học tập và làm theo", "Studying and following"),
    figures=_codes(STUDIED),
    text=words("Mô hình mới, cách làm sáng tạo", "New models and ways of working"),
)
_LIMITS = _written("Hạn chế, nguyên nhân", "Shortcomings", "Hạn chế và nguyên nhân", "Shortcomings and their causes")
_AHEAD = _written("Phương hướng, nhiệm vụ", "Tasks ahead", "Nhiệm vụ thời gian tới", "Tasks for the time to come")

RECEPTION_REVIEW = ReportDefinition(
    key="review-35-11",
    version=1,
    title=words(
        "Tổng kết, sơ kết nhiều năm Chỉ thị 35-CT/TW và Quy định 11-QĐi/TW",
        "Review over several years of Directive 35-CT/TW and Regulation 11-QĐi/TW",
    ),
    source=SOURCE_RECEPTION,
    figures=(*STEERING, *TRAINED, *RECEIVED, *SETTLED_CASES, *COMMENDED),
    sections=(_LEADING, _TRAINING, _RESULTS, _COMMENDATION, _LIMITS, _AHEAD),
    spans=(Span.YEARS,),
)

STUDY_REVIEW = ReportDefinition(
    key="review-01",
    version=1,
    title=words("Đánh giá thực hiện Kết luận 01-KL/TW", "Review of Conclusion 01-KL/TW"),
    source=SOURCE_STUDY,
    figures=STUDIED,
    sections=(_STUDY, _LIMITS, _AHEAD),
    spans=(Span.YEAR, Span.YEARS),
)


def yearly_review(source: str, *, to: str) -> ReportDefinition:
    """Return the yearly review; it stays with the committee unless a document orders that it be sent."""
    return ReportDefinition(
        key="yearly-review",
        version=1,
        title=words(
            "Sơ kết hằng năm Chỉ thị 35, Quy định 11, Kết luận 01",
            "Yearly review of Directive 35, Regulation 11 and Conclusion 01",
        ),
        source=source,
        figures=(*STEERING, *TRAINED, *RECEIVED, *SETTLED_CASES, *COMMENDED, *STUDIED),
        sections=(_LEADING, _TRAINING, _RESULTS, _COMMENDATION, _STUDY, _LIMITS, _AHEAD),
        spans=(Span.YEAR,),
        to=to,
    )


YEARLY_SOURCE = f"{SOURCE_RECEPTION}; {SOURCE_STUDY}"
