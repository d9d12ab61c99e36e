"""The yearly report on mediation and the conference, and the page with the same numbers."""

from tiepdan.sdk import Block, Count, Figure, Number, Page, ReportDefinition, Section, Span
from tiepdan_level_commune import conference, mediation

_MEDIATIONS = {"vi": "vụ, việc", "en": "mediations"}
_CONFERENCES = {"vi": "hội nghị", "en": "conferences"}
_PEOPLE = {"vi": "người", "en": "people"}
_QUESTIONS = {"vi": "ý kiến", "en": "questions"}
_ALL = Count("register:mediations")
_SETTLED = Count("register:mediations", where={"outcome": mediation.AGREED})
_FINISHED = Count("register:mediations", where={"outcome": [mediation.AGREED, mediation.FAILED]})
_HELD = Count("register:conferences")
_PROMISED = Count("register:conferences", measure="sum:commitments")
_KEPT = Count("register:conferences", measure="sum:commitments_done")

_OF_MEDIATION = (
    Figure(
        "HG-01",
        {"vi": "Vụ, việc đã hòa giải", "en": "Mediations"},
        _MEDIATIONS,
        _ALL,
        {"vi": "Theo ngày hòa giải ghi trong sổ.", "en": "By the day written in the register."},
        headline=True,
    ),
    Figure(
        "HG-02",
        {"vi": "Hòa giải thành", "en": "Settled"},
        _MEDIATIONS,
        _SETTLED,
        {"vi": "Trên số vụ, việc đã có kết quả.", "en": "Out of those with a result."},
        out_of=_FINISHED,
        headline=True,
    ),
    Figure(
        "HG-03",
        {"vi": "Theo kết quả", "en": "By outcome"},
        _MEDIATIONS,
        _ALL,
        {"vi": "Như HG-01, chia theo kết quả.", "en": "As HG-01, by outcome."},
        by="outcome",
    ),
    Figure(
        "HG-04",
        {"vi": "Theo loại tranh chấp", "en": "By kind of dispute"},
        _MEDIATIONS,
        _ALL,
        {"vi": "Như HG-01, chia theo loại tranh chấp.", "en": "As HG-01, by kind of dispute."},
        by="kind",
    ),
)
_OF_CONFERENCE = (
    Figure(
        "DC-01",
        {"vi": "Hội nghị trao đổi, đối thoại với nhân dân", "en": "Conferences with the people"},
        _CONFERENCES,
        _HELD,
        {"vi": f"Mỗi năm ít nhất một ({conference.LAW}).", "en": "At least one a year (Law 10/2022/QH15, Article 32)."},
        headline=True,
    ),
    Figure(
        "DC-02",
        {"vi": "Số người dự", "en": "People who came"},
        _PEOPLE,
        Count("register:conferences", measure="sum:attended"),
        {"vi": "Cộng các hội nghị trong kỳ.", "en": "The sum of the conferences."},
    ),
    Figure(
        "DC-03",
        {"vi": "Ý kiến, kiến nghị", "en": "Questions and proposals"},
        _QUESTIONS,
        Count("register:conferences", measure="sum:questions"),
        {"vi": "Cộng các hội nghị trong kỳ.", "en": "The sum of the conferences."},
    ),
    Figure(
        "DC-04",
        {"vi": "Việc đã hứa, đã làm xong", "en": "Commitments kept"},
        {"vi": "việc", "en": "commitments"},
        _KEPT,
        {"vi": "Trên số việc đã hứa.", "en": "Out of the commitments made."},
        out_of=_PROMISED,
    ),
)


def yearly_report(*, to: str) -> ReportDefinition:
    """Return the report. to: "" while no document is named that orders it to be sent."""
    return ReportDefinition(
        key="grass-roots",
        version=1,
        title={
            "vi": "Báo cáo hòa giải ở cơ sở, hội nghị với nhân dân",
            "en": "Report on mediation and the conference with the people",
        },
        source=f"{mediation.LAW}; {conference.LAW}",
        figures=(*_OF_MEDIATION, *_OF_CONFERENCE),
        sections=(
            Section(
                {"vi": "Hòa giải ở cơ sở", "en": "Mediation at the grass roots"},
                tuple(figure.code for figure in _OF_MEDIATION),
                text={"vi": "Nhận xét, khó khăn, vướng mắc", "en": "Remarks and difficulties"},
            ),
            Section(
                {"vi": "Hội nghị trao đổi, đối thoại với nhân dân", "en": "Conference with the people"},
                tuple(figure.code for figure in _OF_CONFERENCE),
                entries=("conferences",),
                text={"vi": "Việc đã hứa còn phải làm", "en": "Commitments still to keep"},
            ),
        ),
        spans=(Span.YEAR, Span.HALF_YEAR),
        to=to,
    )


PAGE = Page(
    key="grass-roots",
    title={"vi": "Hòa giải, dân chủ ở cơ sở", "en": "Mediation and democracy"},
    blocks=(
        Block(
            title={"vi": "Hòa giải ở cơ sở, 12 tháng", "en": "Mediation, 12 months"},
            numbers=(
                Number({"vi": "Vụ, việc đã hòa giải", "en": "Mediations"}, _MEDIATIONS, _ALL, chart=True),
                Number({"vi": "Hòa giải thành", "en": "Settled"}, _MEDIATIONS, _SETTLED),
                Number(
                    {"vi": "Đang hòa giải", "en": "Going on"},
                    _MEDIATIONS,
                    Count("register:mediations", where={"outcome": mediation.GOING_ON}, dated=False),
                ),
            ),
            entries="mediations",
            links=(("/registers/", {"vi": "Ghi sổ", "en": "Write into the registers"}),),
        ),
        Block(
            title={"vi": "Hội nghị với nhân dân, 12 tháng", "en": "Conferences, 12 months"},
            numbers=(
                Number({"vi": "Hội nghị", "en": "Conferences"}, _CONFERENCES, _HELD),
                Number({"vi": "Việc đã hứa", "en": "Commitments"}, {"vi": "việc", "en": "commitments"}, _PROMISED),
                Number({"vi": "Đã làm xong", "en": "Kept"}, {"vi": "việc", "en": "commitments"}, _KEPT),
            ),
            entries="conferences",
            links=(("/reports/", {"vi": "Báo cáo năm", "en": "The yearly report"}),),
        ),
    ),
)
