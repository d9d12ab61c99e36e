"""What is wrong with a plugin written as data: where, and in words of both languages."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MOST_SHOWN = 100
_LONGEST = 300  # letters of a detail, which may quote the author's own text


class FaultKind(StrEnum):
    """What is wrong."""

    SYNTAX = "syntax"
    TOO_DEEP = "too_deep"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    ARCHIVE = "archive"
    FILE_NAME = "file_name"
    NO_FILE = "no_file"
    UNKNOWN_TABLE = "unknown_table"
    UNKNOWN_KEY = "unknown_key"
    MISSING = "missing"
    WRONG_TYPE = "wrong_type"
    NOT_ONE_OF = "not_one_of"
    LANGUAGES = "languages"
    NAME = "name"
    TAKEN = "taken"
    API = "api"
    LEVEL = "level"
    SETTING = "setting"
    SETTING_TYPE = "setting_type"
    SETTINGS_WORD = "settings_word"
    NO_CONDITION = "no_condition"
    NOTHING = "nothing"
    ANSWER = "answer"
    LOOSER = "looser"
    POINTLESS = "pointless"
    SAME_VERSION = "same_version"


# Vietnamese, English; {detail} is what exactly.
WORDS: dict[FaultKind, tuple[str, str]] = {
    FaultKind.SYNTAX: ("Sai cú pháp: {detail}.", "It cannot be read: {detail}."),
    FaultKind.TOO_DEEP: ("Lồng quá nhiều lớp.", "It is nested too deep."),
    FaultKind.TOO_LARGE: ("Lớn quá mức cho phép ({detail}).", "It is larger than allowed ({detail})."),
    FaultKind.TOO_MANY: ("Nhiều quá mức cho phép ({detail}).", "There are more than allowed ({detail})."),
    FaultKind.ARCHIVE: ("Không nhận tệp nén này: {detail}.", "This archive is not accepted: {detail}."),
    FaultKind.FILE_NAME: (
        "Không nhận tệp này; chỉ nhận plugin.toml, tệp .json và README.md.",
        "This file is not accepted; only plugin.toml, .json files and README.md are.",
    ),
    FaultKind.NO_FILE: ("Không có tệp {detail}.", "There is no file {detail}."),
    FaultKind.UNKNOWN_TABLE: ("Không có bảng này. Các bảng: {detail}.", "No such table. Tables: {detail}."),
    FaultKind.UNKNOWN_KEY: ("Không có khóa này. Các khóa: {detail}.", "No such key. Keys: {detail}."),
    FaultKind.MISSING: ("Còn thiếu khóa này.", "This key is missing."),
    FaultKind.WRONG_TYPE: ("Phải là {detail}.", "It must be {detail}."),
    FaultKind.NOT_ONE_OF: ("Chỉ nhận: {detail}.", "It is one of: {detail}."),
    FaultKind.LANGUAGES: (
        'Phải có cả tiếng Việt và tiếng Anh: {{vi = "…", en = "…"}}.',
        'It speaks Vietnamese and English: {{vi = "…", en = "…"}}.',
    ),
    FaultKind.NAME: (
        "Tên gồm 2 đến 41 chữ thường không dấu, số, gạch nối, bắt đầu bằng chữ.",
        "A name has 2 to 41 small letters, digits and dashes, a letter first.",
    ),
    FaultKind.TAKEN: (
        "Đã có plugin tên {detail} cài sẵn; hãy đặt tên khác.",
        "A plugin called {detail} is installed; choose another name.",
    ),
    FaultKind.API: ("Nền tảng có SDK {detail}; hãy sửa khoảng phiên bản.", "The platform has SDK {detail}."),
    FaultKind.LEVEL: ("Plugin này không dành cho cấp nào của đơn vị: {detail}.", "It is for a level above: {detail}."),
    FaultKind.SETTING: (
        "[plugin.settings] không có thiết lập {detail}.",
        "[plugin.settings] has no setting {detail}.",
    ),
    FaultKind.SETTING_TYPE: ("Thiết lập {detail} không hợp kiểu ở đây.", "Setting {detail} is of another type."),
    FaultKind.SETTINGS_WORD: ("Thiết lập không dùng được: {detail}.", "Settings cannot use this: {detail}."),
    FaultKind.NO_CONDITION: ("Ở bảng này không có điều kiện đó. Có: {detail}.", "No such condition here: {detail}."),
    FaultKind.NOTHING: ("Tệp không đóng góp gì: cần ít nhất một bảng.", "It adds nothing: a table is needed."),
    FaultKind.ANSWER: ("Nền tảng không nhận phần này: {detail}.", "The platform refuses this: {detail}."),
    FaultKind.LOOSER: ("Hạn này dài hơn luật: {detail}.", "This limit is longer than the law's: {detail}."),
    FaultKind.POINTLESS: (
        "Luật không có thời hạn tối đa tính bằng ngày để rút ngắn: {detail}.",
        "The law sets no longest time in days that could be shortened: {detail}.",
    ),
    FaultKind.SAME_VERSION: (
        "Nội dung đã đổi nhưng version vẫn là {detail}; hãy tăng version.",
        "It changed but its version is still {detail}; raise the version.",
    ),
}


@dataclass(frozen=True, slots=True)
class DataFault:
    """One thing that is wrong. table: as "[[form]] 2"; line: None where it is not known."""

    kind: FaultKind
    file: str
    table: str = ""
    key: str = ""
    line: int | None = None
    detail: str = ""

    @property
    def place(self) -> str:
        """Return where it is: plugin.toml:12 [[form]] 2 title."""
        file = self.file if self.line is None else f"{self.file}:{self.line}"
        return " ".join(part for part in (file, self.table, self.key) if part)


class MalformedError(ValueError):
    """A plugin that cannot be read; faults: everything that was found."""

    def __init__(self, faults: Iterable[DataFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.place}: {say_fault(fault)['en']}" for fault in self.faults[:5]))


def say_fault(fault: DataFault) -> dict[str, str]:
    """Say what is wrong, keys "vi" and "en"."""
    detail = fault.detail if len(fault.detail) <= _LONGEST else f"{fault.detail[:_LONGEST]}…"
    vi, en = WORDS[fault.kind]
    return {"vi": vi.format(detail=detail), "en": en.format(detail=detail)}
