"""From the cells of one row to a line of the register, with every fault of the row at once. No database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from tiepdan.identity.vault import PersonDetails, normal_id
from tiepdan.receptions.register_columns import HEADINGS, Column, RegisterMapping, fold
from tiepdan.receptions.registers import RegisterEntry
from tiepdan.receptions.rules import Duty, ReceivedBy, ReceptionForm
from tiepdan.sdk import PetitionKind

_TEXT_DAY = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})")
_FIRST_DAY = date(1900, 1, 1)
_EXCEL_EPOCH = date(1899, 12, 30).toordinal()
_SERIALS = range(20_000, 80_000)  # 1954 to 2119: a date that lost its format
_NOTHING = {"", "-", "–", "0", "khong"}
_YES = {"x", "co", "1", "dung", "true"}

_KINDS = {
    "khieu nai": PetitionKind.COMPLAINT,
    "kn": PetitionKind.COMPLAINT,
    "to cao": PetitionKind.DENUNCIATION,
    "tc": PetitionKind.DENUNCIATION,
    "kien nghi": PetitionKind.PROPOSAL,
    "phan anh": PetitionKind.FEEDBACK,
    # One column of the book, two kinds here (DEC-09): what only says both is taken for the first.
    "kien nghi phan anh": PetitionKind.PROPOSAL,
    "knpa": PetitionKind.PROPOSAL,
}
_FORMS = {
    "dinh ky": ReceptionForm.PERIODIC,
    "tiep dinh ky": ReceptionForm.PERIODIC,
    "dot xuat": ReceptionForm.EXTRAORDINARY,
    "tiep dot xuat": ReceptionForm.EXTRAORDINARY,
    "thuong xuyen": ReceptionForm.REGULAR,
    "tiep thuong xuyen": ReceptionForm.REGULAR,
}
_DUTIES = {"dang": Duty.PARTY, "nha nuoc": Duty.STATE, "chinh quyen": Duty.STATE}
# How the column Chủ trì begins; what follows is the official's name. Longer words first.
_CHAIRS = (
    ("nguoi duoc uy quyen", ReceivedBy.SUBSTITUTE),
    ("uy quyen", ReceivedBy.SUBSTITUTE),
    ("tiep thay", ReceivedBy.SUBSTITUTE),
    ("pho ", ReceivedBy.SUBSTITUTE),
    ("nguoi dung dau", ReceivedBy.HEAD),
    ("can bo tiep cong dan", ReceivedBy.DESK),
    ("can bo tiep dan", ReceivedBy.DESK),
    ("can bo", ReceivedBy.DESK),
    ("cong chuc tiep cong dan", ReceivedBy.DESK),
    ("bi thu", ReceivedBy.HEAD),
    ("chu tich", ReceivedBy.HEAD),
    ("thu truong", ReceivedBy.HEAD),
    ("chanh an", ReceivedBy.HEAD),
    ("vien truong", ReceivedBy.HEAD),
    ("cuc truong", ReceivedBy.HEAD),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row. column: the cell to mark; None for the row as a whole."""

    column: Column | None
    message: str


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of the workbook: a line, or its faults."""

    row: int
    entry: RegisterEntry | None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """What is known before the first row: the book, the mapping, whose register it is, the business day.

    duties: those the body can have. names: folded names of the body, former ones too.
    """

    book: str
    mapping: RegisterMapping
    duties: frozenset[Duty]
    names: frozenset[str]
    on: date

    def read(self, row: int, cells: Mapping[Column, object]) -> ReadRow:
        """Read one row."""
        reading = _Reading(self, cells)
        entry = reading.entry()
        return ReadRow(row, None if reading.faults else entry, tuple(reading.faults))


class _Reading:
    """One row being read; faults gather."""

    def __init__(self, reader: Reader, cells: Mapping[Column, object]) -> None:
        self.reader = reader
        self.cells = cells
        self.faults: list[Fault] = []

    def entry(self) -> RegisterEntry | None:
        number = self.number()
        day_on = self.day()
        form = self.word(Column.FORM, _FORMS)
        duty = self.word(Column.DUTY, _DUTIES)
        chair, chair_name = self.chair(form)
        people = self.people()
        people_count = self.people_count(len(people))
        kind = self.kind()
        content = self.text(Column.CONTENT)
        session = self.session(form, day_on)
        self.body()
        self.contradictions(people, content, duty)
        if self.faults or number is None or day_on is None or form is None or duty is None or chair is None:
            return None
        return RegisterEntry(
            book=self.reader.book,
            year=day_on.year,
            number=number,
            day_on=day_on,
            session=session,
            duty=duty,
            form=form,
            chair=chair,
            chair_name=chair_name,
            people=people,
            people_count=people_count,
            content=content,
            kind=kind,
            settled_by=self.text(Column.SETTLED_BY),
            within_competence=self.within_competence(),
            guided_document=self.text(Column.GUIDED),
            transferred_document=self.text(Column.TRANSFERRED),
            result=self.text(Column.RESULT),
            note=self.text(Column.NOTE),
            matter=self.text(Column.MATTER),
        )

    def fault(self, column: Column | None, message: str) -> None:
        self.faults.append(Fault(column, message))

    def text(self, column: Column) -> str:
        value = self.cells.get(column)
        if value is None or value == "":
            return self.reader.mapping.defaults.get(column, "")
        if isinstance(value, float) and value.is_integer():
            value = int(value)  # Excel keeps 12 as 12.0
        return str(value).strip()

    def mapped(self, column: Column) -> str:
        text = fold(self.text(column))
        return fold(self.reader.mapping.values.get(column, {}).get(text, text))

    def missing(self, column: Column) -> None:
        self.fault(column, _("Thiếu %(column)s.", column=HEADINGS[column].split(" (")[0].lower()))

    def number(self) -> int | None:
        text = self.text(Column.NUMBER)
        if not text:
            self.missing(Column.NUMBER)
        elif text.isdecimal() and 0 < int(text) < 2**31:
            return int(text)
        else:
            self.fault(Column.NUMBER, _("STT phải là số nguyên dương, không phải “%(text)s”.", text=text[:20]))
        return None

    def day(self) -> date | None:
        value = self.cells.get(Column.DAY)
        day = read_day(value)
        if day is None:
            text = self.text(Column.DAY)
            if not text:
                self.missing(Column.DAY)
            else:
                self.fault(Column.DAY, _("Không hiểu ngày “%(text)s”; hãy ghi ngày/tháng/năm.", text=text[:20]))
        elif day > self.reader.on:
            self.fault(Column.DAY, _("Ngày tiếp ở sau hôm nay."))
        elif day < _FIRST_DAY:
            self.fault(Column.DAY, _("Ngày tiếp quá xa."))
        return day

    def word[W](self, column: Column, words: Mapping[str, W]) -> W | None:
        text = self.mapped(column)
        if not text:
            self.missing(column)
        elif text in words:
            return words[text]
        else:
            known = ", ".join(dict.fromkeys(_SPOKEN[column]))
            written = self.text(column)[:40]
            self.fault(column, _("Không hiểu “%(text)s”; hãy ghi một trong: %(known)s.", text=written, known=known))
        return None

    def chair(self, form: ReceptionForm | None) -> tuple[ReceivedBy | None, str]:
        """Read who received: "Người đứng đầu: Nguyễn Văn A", "Bí thư Nguyễn Văn A", "Ủy quyền: …"."""
        written = self.text(Column.CHAIR)
        mapped = self.reader.mapping.values.get(Column.CHAIR, {}).get(fold(written))
        text = mapped or written
        if not text:
            if form is ReceptionForm.REGULAR:
                return ReceivedBy.DESK, ""
            self.missing(Column.CHAIR)
            return None, ""
        folded = fold(text) + " "
        for word, chair in _CHAIRS:
            if folded.startswith(word):
                if (form is ReceptionForm.REGULAR) != (chair is ReceivedBy.DESK) and form is not None:
                    self.fault(
                        Column.CHAIR,
                        _("Tiếp thường xuyên do cán bộ tiếp; định kỳ, đột xuất do người đứng đầu hoặc tiếp thay."),
                    )
                name = text.partition(":")[2].strip() or (text if ":" not in text else "")
                return chair, name
        self.fault(
            Column.CHAIR,
            _("Không rõ ai chủ trì “%(text)s”; hãy ghi “Người đứng đầu: …”, “Ủy quyền: …” hoặc “Cán bộ tiếp dân: …”.",
              text=text[:40]),
        )  # fmt: skip
        return None, ""

    def people(self) -> list[PersonDetails]:
        """Read column 3 and 4: people apart by ";" or a new line, each "name, address"."""
        written = [part.strip() for part in re.split(r"[;\n]", self.text(Column.PERSON)) if part.strip(" ;,-–")]
        numbers = [part.strip() for part in re.split(r"[;\n]", self.text(Column.IDENTITY)) if part.strip()]
        if len(numbers) > max(1, len(written)):
            self.fault(Column.IDENTITY, _("Có nhiều số giấy tờ hơn số người ghi tên."))
        people = []
        for at, text in enumerate(written):
            name, _comma, address = text.partition(",")
            number = numbers[at] if at < len(numbers) else ""
            people.append(
                PersonDetails(
                    name.strip(), address.strip(), _id_kind(number) if number else "", number, phone="", birth_year=None
                )
            )
            if not name.strip() or fold(name).replace(" ", "").isdecimal():
                self.fault(Column.PERSON, _("“%(text)s” không phải họ tên.", text=name.strip()[:40]))
        for number in numbers:
            if not 6 <= len(normal_id(number)) <= 12:
                self.fault(Column.IDENTITY, _("Số giấy tờ có từ 6 đến 12 ký tự."))
        return people

    def people_count(self, named: int) -> int:
        text = self.text(Column.PEOPLE)
        if not text or (not named and fold(text) in _NOTHING):
            return max(1, named)
        if not text.isdecimal() or int(text) < 1:
            self.fault(Column.PEOPLE, _("Số người phải là số nguyên dương, không phải “%(text)s”.", text=text[:20]))
            return 1
        if int(text) < named:
            self.fault(Column.PEOPLE, _("Số người ít hơn số người ghi tên (%(named)d).", named=named))
        return int(text)

    def kind(self) -> PetitionKind | None:
        text = self.mapped(Column.KIND)
        return self.word(Column.KIND, _KINDS) if text and text not in _NOTHING else None

    def within_competence(self) -> bool | None:
        text = fold(self.text(Column.COMPETENT))
        if text in _YES:
            return True
        return False if text in _NOTHING - {""} else None

    def session(self, form: ReceptionForm | None, day_on: date | None) -> str:
        text = self.text(Column.SESSION)
        if text:
            return text
        if form is ReceptionForm.REGULAR and day_on is not None:
            return day_on.isoformat()  # the desk is open every day: a day is its own session
        self.missing(Column.SESSION)
        return ""

    def body(self) -> None:
        """Refuse a line of another body; a former name of this one is accepted."""
        text = self.text(Column.BODY)
        if text and fold(text) not in self.reader.names:
            self.fault(Column.BODY, _("Dòng này của “%(body)s”, không phải của đơn vị đang nhập.", body=text[:60]))

    def contradictions(self, people: list[PersonDetails], content: str, duty: Duty | None) -> None:
        said = [column for column in (Column.CONTENT, Column.IDENTITY, Column.KIND) if self.text(column)]
        if not people and said and fold(self.text(said[0])) not in _NOTHING:
            self.fault(Column.PERSON, _("Có nội dung hoặc giấy tờ nhưng thiếu họ tên."))
        if people and not content:
            self.missing(Column.CONTENT)
        competent = fold(self.text(Column.COMPETENT))
        if competent and competent not in _YES | _NOTHING:
            self.fault(Column.COMPETENT, _("Cột này chỉ ghi “x” hoặc để trống."))
        if competent in _YES and self.text(Column.GUIDED):
            self.fault(Column.GUIDED, _("Vừa thuộc thẩm quyền vừa hướng dẫn sang cơ quan khác."))
        if duty is not None and duty not in self.reader.duties:
            self.fault(Column.DUTY, _("Cơ quan này không có trách nhiệm tiếp dân của Đảng."))


_SPOKEN: dict[Column, tuple[str, ...]] = {
    Column.FORM: ("định kỳ", "đột xuất", "thường xuyên"),
    Column.DUTY: ("đảng", "nhà nước"),
    Column.KIND: ("khiếu nại", "tố cáo", "kiến nghị", "phản ánh"),
}


def read_day(value: object) -> date | None:
    """Read a day from an Excel date, its bare serial number, or dd/mm/yyyy text; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return date.fromordinal(_EXCEL_EPOCH + int(value)) if int(value) in _SERIALS else None
    found = _TEXT_DAY.fullmatch(str(value).strip()) if value is not None else None
    if found is None:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def _id_kind(number: str) -> str:
    """A citizen's number is 9 or 12 digits; anything with a letter is a passport."""
    return "citizen_id" if normal_id(number).isdecimal() else "passport"
