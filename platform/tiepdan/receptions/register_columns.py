"""The columns of a reception register (sổ tiếp công dân) as a workbook, and how a differing one is mapped.

The 13 columns are those of Mẫu 03/TCD (Nghị định 154/2026/NĐ-CP; older registers have the same ones), plus Kỳ,
Chủ trì, Hình thức and Trách nhiệm, which say to which reception a line belongs, and Vụ việc where it is kept.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from tiepdan.core.diacritics import strip_marks
from tiepdan.core.errors import Invalid


class Column(StrEnum):
    """A column, in the order of the book."""

    NUMBER = "stt"
    DAY = "day"
    PERSON = "person"
    IDENTITY = "identity"
    CONTENT = "content"
    KIND = "kind"
    PEOPLE = "people_count"
    SETTLED_BY = "settled_by"
    COMPETENT = "within_competence"
    GUIDED = "guided"
    TRANSFERRED = "transferred"
    RESULT = "result"
    NOTE = "note"
    SESSION = "session"
    CHAIR = "chair"
    FORM = "form"
    DUTY = "duty"
    MATTER = "matter"
    BODY = "body"


HEADINGS: dict[Column, str] = {
    Column.NUMBER: "STT",
    Column.DAY: "Ngày tiếp",
    Column.PERSON: "Họ tên, địa chỉ",
    Column.IDENTITY: "CCCD/hộ chiếu",
    Column.CONTENT: "Nội dung",
    Column.KIND: "Loại (khiếu nại/tố cáo/kiến nghị, phản ánh)",
    Column.PEOPLE: "Số người cùng nội dung",
    Column.SETTLED_BY: "Cơ quan đã giải quyết",
    Column.COMPETENT: "Thuộc thẩm quyền",
    Column.GUIDED: "Hướng dẫn đến cơ quan có thẩm quyền (số VB)",
    Column.TRANSFERRED: "Cơ quan thụ lý (số VB chuyển)",
    Column.RESULT: "Theo dõi kết quả",
    Column.NOTE: "Ghi chú",
    Column.SESSION: "Kỳ",
    Column.CHAIR: "Chủ trì",
    Column.FORM: "Hình thức",
    Column.DUTY: "Trách nhiệm",
    Column.MATTER: "Vụ việc",
    Column.BODY: "Đơn vị",
}
OPTIONAL = frozenset({Column.MATTER, Column.BODY})
# Column 18 is kept by many registers; the name of the body only by those that several bodies share.
WRITTEN = tuple(column for column in Column if column is not Column.BODY)

# Other headings met on paper. Folded: no marks, no case, no punctuation.
_SYNONYMS: dict[Column, tuple[str, ...]] = {
    Column.NUMBER: ("so tt", "so thu tu", "tt"),
    Column.DAY: ("ngay", "ngay thang", "ngay tiep cong dan", "ngay tiep dan"),
    Column.PERSON: ("ho ten", "ho va ten", "ho va ten dia chi", "ho ten dia chi cong dan", "ho ten dia chi cmnd"),
    Column.IDENTITY: ("cccd ho chieu", "cccd", "cmnd cccd", "so cccd", "cmnd ho chieu", "so dinh danh"),
    Column.CONTENT: ("noi dung vu viec", "noi dung trinh bay", "tom tat noi dung"),
    Column.KIND: ("loai", "loai don", "phan loai", "loai vu viec"),
    Column.PEOPLE: ("so nguoi", "so nguoi co cung noi dung"),
    Column.SETTLED_BY: ("co quan da giai quyet vu viec",),
    Column.COMPETENT: ("thuoc tham quyen x",),
    Column.GUIDED: ("huong dan", "tra lai don va huong dan", "huong dan den co quan co tham quyen"),
    Column.TRANSFERRED: ("co quan thu ly", "chuyen don den co quan to chuc don vi co tham quyen", "chuyen don"),
    Column.RESULT: ("theo doi ket qua giai quyet", "ket qua"),
    Column.SESSION: ("ky tiep", "so ky"),
    Column.CHAIR: ("nguoi tiep", "chu tri tiep", "nguoi chu tri"),
    Column.FORM: ("hinh thuc tiep",),
    Column.DUTY: ("trach nhiem tiep", "nhiem vu"),
    Column.MATTER: ("ten vu viec", "ma vu viec"),
    Column.BODY: ("co quan", "ten don vi"),
}


def fold(text: object) -> str:
    """Fold a heading or a word for comparison: no marks, no case, only letters and digits."""
    kept = "".join(c if c.isalnum() else " " for c in strip_marks(str(text).casefold()))
    return " ".join(kept.split())


@dataclass(frozen=True, slots=True)
class RegisterMapping:
    """How a differing workbook is read.

    headings: other names of columns. values: other words, by column ("form": {"ĐK": "định kỳ"}).
    defaults: what stands in a column the workbook does not have. header_row: 1 is the first; None to look for it.
    """

    book: str = ""
    sheet: str = ""
    header_row: int | None = None
    headings: Mapping[Column, str] = field(default_factory=dict)
    values: Mapping[Column, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[Column, str] = field(default_factory=dict)


PLAIN = RegisterMapping()


def read_mapping(path: Path) -> RegisterMapping:
    """Read a mapping file (TOML); raise Invalid with every fault by key."""
    try:
        stored = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Invalid(_("Không đọc được tệp ánh xạ %(name)s: %(fault)s", name=path.name, fault=error)) from error
    errors: dict[str, str] = {}
    unknown = set(stored) - {"book", "sheet", "header_row", "columns", "values", "defaults"}
    errors |= {key: str(_("Khóa không có trong định dạng.")) for key in unknown}
    headings = _by_column(stored.get("columns", {}), "columns", errors, str)
    defaults = _by_column(stored.get("defaults", {}), "defaults", errors, str)
    values = _by_column(stored.get("values", {}), "values", errors, dict)
    row = stored.get("header_row")
    if row is not None and (not isinstance(row, int) or row < 1):
        errors["header_row"] = str(_("Phải là số dòng, từ 1."))
    for key in ("book", "sheet"):
        if not isinstance(stored.get(key, ""), str):
            errors[key] = str(_("Phải là chữ."))
    if errors:
        raise Invalid(_("Tệp ánh xạ %(name)s chưa đúng.", name=path.name), errors)
    folded = {column: {fold(word): str(meaning) for word, meaning in words.items()} for column, words in values.items()}
    return RegisterMapping(stored.get("book", ""), stored.get("sheet", ""), row, headings, folded, defaults)


def _by_column(stored: object, table: str, errors: dict[str, str], kind: type) -> dict[Column, Any]:
    if not isinstance(stored, dict):
        errors[table] = str(_("Phải là một bảng."))
        return {}
    found: dict[Column, Any] = {}
    for name, value in stored.items():
        try:
            column = Column(name)
        except ValueError:
            known = ", ".join(column.value for column in Column)
            errors[f"{table}.{name}"] = str(_("Không có cột này; các cột là %(known)s.", known=known))
            continue
        if isinstance(value, kind):
            found[column] = value
        else:
            errors[f"{table}.{name}"] = str(_("Giá trị không đúng kiểu."))
    return found


def match_headings(cells: Sequence[object], mapping: RegisterMapping) -> dict[Column, int]:
    """Say which column stands where in a row of headings; columns that are not there are left out."""
    wanted: dict[str, Column] = {}
    for column, heading in HEADINGS.items():
        for name in (heading, *_SYNONYMS.get(column, ())):
            wanted[fold(name)] = column
        wanted[fold(heading.split("(")[0])] = column
    for column, heading in mapping.headings.items():
        wanted = {name: known for name, known in wanted.items() if known is not column}
        wanted[fold(heading)] = column
    places: dict[Column, int] = {}
    for at, cell in enumerate(cells):
        found = wanted.get(fold(cell)) if cell is not None else None
        if found is not None:
            places.setdefault(found, at)
    return places


def missing_columns(places: Iterable[Column], mapping: RegisterMapping) -> list[Column]:
    """Return the columns that are neither in the workbook nor given by the mapping."""
    there = set(places) | set(mapping.defaults) | OPTIONAL
    return [column for column in Column if column not in there]
