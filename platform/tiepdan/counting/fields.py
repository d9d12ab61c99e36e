"""What of the platform's own records can be counted: the words of `sdk.Count`, checked and documented from here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tiepdan.directives.rules import AssignmentState, Side
from tiepdan.petitions.queries import NoticeShown
from tiepdan.petitions.rules import Field, Origin, Outcome, PetitionStatus
from tiepdan.receptions.rules import Duty, ReceivedBy, ReceptionForm
from tiepdan.sdk import PetitionKind

type Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SourceField:
    """A field that `where` may name. values: its words; empty for yes or no. about: what it says, "vi" and "en"."""

    about: Words
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of record. dated: the day that says to which period a record belongs; measures: beside "count"."""

    title: Words
    dated: Words
    fields: Mapping[str, SourceField]
    measures: Mapping[str, Words]


def _words(kinds: type[StrEnum], *more: str) -> tuple[str, ...]:
    return (*(kind.value for kind in kinds), *more)


_KIND = SourceField(
    {"vi": 'loại đơn; "unknown" khi chưa phân loại', "en": 'kind; "unknown" before classification'},
    _words(PetitionKind, "unknown"),
)
_FIELD = SourceField({"vi": "lĩnh vực", "en": "field"}, _words(Field))
_FORM = SourceField({"vi": "hình thức tiếp", "en": "form of the reception"}, _words(ReceptionForm))
_DUTY = SourceField({"vi": "trách nhiệm của Đảng hay Nhà nước", "en": "duty of the party or the State"}, _words(Duty))
_RECEIVED_BY = SourceField({"vi": "ai tiếp", "en": "who received"}, _words(ReceivedBy))
_CLOSED = SourceField({"vi": "đã kết thúc", "en": "ended"})
_DAYS: Words = {"vi": "số ngày khác nhau", "en": "different days"}
_PEOPLE: Words = {"vi": "số người", "en": "people"}
_MATTERS: Words = {"vi": "số vụ việc khác nhau", "en": "different matters"}
_RECEPTIONS: Words = {"vi": "số kỳ tiếp khác nhau", "en": "different receptions"}

SOURCES: Mapping[str, Source] = {
    "receptions": Source(
        {"vi": "Kỳ tiếp công dân đã tổ chức", "en": "Receptions held"},
        {"vi": "ngày đầu đã tiếp", "en": "first day held"},
        {"form": _FORM, "duty": _DUTY, "received_by": _RECEIVED_BY},
        {"distinct:day": _DAYS},
    ),
    "visits": Source(
        {"vi": "Lượt công dân đã được tiếp", "en": "Visits received"},
        {"vi": "ngày đến", "en": "day of the visit"},
        {
            "form": _FORM,
            "duty": _DUTY,
            "received_by": _RECEIVED_BY,
            "kind": _KIND,
            "crowd": SourceField({"vi": "đoàn đông người", "en": "crowd group"}),
        },
        {
            "sum:people": _PEOPLE,
            "distinct:matter": {
                "vi": "số vụ việc khác nhau; lượt không ghi vụ việc tính là một",
                "en": "different matters; a visit that names none is one",
            },
            "distinct:petition": {"vi": "số đơn nhận tại buổi tiếp", "en": "petitions taken at them"},
            "distinct:reception": _RECEPTIONS,
            "distinct:day": _DAYS,
        },
    ),
    "petitions": Source(
        {"vi": "Đơn đã tiếp nhận", "en": "Petitions received"},
        {"vi": "ngày nhận", "en": "day received"},
        {
            "kind": _KIND,
            "field": _FIELD,
            "status": SourceField({"vi": "tình trạng khi đếm", "en": "status when counted"}, _words(PetitionStatus)),
            "origin": SourceField({"vi": "nguồn đơn", "en": "how it came"}, _words(Origin)),
            "outcome": SourceField({"vi": "kết quả", "en": "how it ended"}, _words(Outcome)),
            "closed": _CLOSED,
            "notice": SourceField(
                {
                    "vi": "thông báo cho người gửi: đã đến hạn (due), đúng hạn (on_time)",
                    "en": "notice to the sender: fallen due, given in time",
                },
                _words(NoticeShown),
            ),
        },
        {"sum:people": _PEOPLE, "distinct:matter": _MATTERS},
    ),
    "matters": Source(
        {"vi": "Vụ việc", "en": "Matters"},
        {"vi": "ngày mở", "en": "day opened"},
        {
            "field": _FIELD,
            "mass": SourceField({"vi": "đông người", "en": "mass"}),
            "complex": SourceField({"vi": "phức tạp", "en": "complex"}),
            "prolonged": SourceField({"vi": "kéo dài", "en": "prolonged"}),
            "level_skipping": SourceField({"vi": "vượt cấp", "en": "level-skipping"}),
            "closed": _CLOSED,
        },
        {},
    ),
    "assignments": Source(
        {"vi": "Việc giao cho cơ quan, đơn vị", "en": "Assignments"},
        {"vi": "ngày giao", "en": "day issued"},
        {
            "side": SourceField(
                {
                    "vi": "đơn vị là bên giao (sender) hay bên được giao (receiver); không nêu thì là bên giao",
                    "en": "the committee gave it (sender) or was given it (receiver); sender unless named",
                },
                _words(Side),
            ),
            "state": SourceField({"vi": "tình trạng", "en": "state"}, _words(AssignmentState)),
            "done": SourceField({"vi": "đã làm xong", "en": "done"}),
            "overdue": SourceField({"vi": "chưa xong và đã quá hạn", "en": "open and past its day"}),
            "told": SourceField({"vi": "đã báo kết quả cho công dân", "en": "the citizen was told"}),
        },
        {},
    ),
    "notices": Source(
        {"vi": "Thông báo kết luận đã ban hành", "en": "Conclusion notices"},
        {"vi": "ngày ký", "en": "day signed"},
        {"of_reception": SourceField({"vi": "sau một kỳ tiếp", "en": "follows a reception"})},
        {"distinct:reception": _RECEPTIONS},
    ),
}


def describe_sources() -> Iterable[str]:
    """Yield the lines of the hook reference about what `sdk.Count` can count."""
    yield from ("## Count: đếm được gì / what can be counted", "")
    yield "Ngoài `count`; sổ của plugin (`register:…`) được đếm theo các trường của chính sổ đó. Việc đã làm hay"
    yield "quá hạn được xét ở ngày chốt của báo cáo; trên trang là hôm nay."
    yield ""
    yield "*Besides `count`; a register (`register:…`) is counted by its own fields. What is done or overdue is judged"
    yield "on the cut-off of a report; on a page, today.*"
    yield ""
    for name, source in SOURCES.items():
        yield from (f"### {name}", "", f"{source.title['vi']} / *{source.title['en']}*.", "")
        yield f"- Tính theo {source.dated['vi']} / *by the {source.dated['en']}*."
        for measure, words in source.measures.items():
            yield f"- measure `{measure}`: {words['vi']} / *{words['en']}*"
        for field, each in source.fields.items():
            values = ", ".join(f'"{value}"' for value in each.values) or "`True`, `False`"
            yield f"- where `{field}`: {each.about['vi']} / *{each.about['en']}*: {values}"
        yield ""
