"""The keys of a tenant.toml and what each may hold. tenants/README.md explains them to people."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from tiepdan.sdk import Branch, Level, TenantKind
from tiepdan.tenancy.faults import Fault, did_you_mean, listed
from tiepdan.tenancy.source_lines import KeyPath, line_of, locate_keys, written


class FileState(StrEnum):
    """States a file may give a new body; suspending is a command, not a line in a file."""

    DRAFT = "draft"
    ACTIVE = "active"


class Shape(StrEnum):
    """Shape of a value."""

    TEXT = "text"
    TEXTS = "texts"
    DAY = "day"
    FLAG = "flag"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its shape, whether it must be there, and the only words it may hold."""

    shape: Shape = Shape.TEXT
    required: bool = False
    words: tuple[str, ...] = ()


def _words(enum: type[StrEnum], *, shape: Shape = Shape.TEXT, required: bool = False) -> Key:
    return Key(shape, required, tuple(word.value for word in enum))


_TEXT, _TEXTS, _DAY = Key(), Key(Shape.TEXTS), Key(Shape.DAY)

PROVINCE = {
    "slug": Key(required=True),
    "code": Key(required=True),
    "as_of": Key(Shape.DAY, required=True),
    "regime": _TEXT,
    "since": _DAY,
    "state": _words(FileState),
}
LISTS: dict[str, dict[str, Key]] = {
    "bodies": {
        "kind": Key(required=True, words=(TenantKind.PARTY_COMMITTEE, TenantKind.PEOPLES_COMMITTEE)),
        "levels": _words(Level, shape=Shape.TEXTS, required=True),
        "within": _TEXTS,
        "except": _TEXTS,
        "since": _DAY,
        "state": _words(FileState),
    },
    "body": {
        "slug": Key(required=True),
        "name": Key(required=True),
        "short_name": _TEXT,
        "kind": _words(TenantKind, required=True),
        "branch": _words(Branch),
        "unit": Key(required=True),
        "superior": _TEXT,
        "root": Key(Shape.FLAG),
        "since": _DAY,
        "state": _words(FileState),
        "hosts": _TEXTS,
        "was": _TEXT,
    },
    "override": {
        "body": Key(required=True),
        "slug": _TEXT,
        "name": _TEXT,
        "short_name": _TEXT,
        "superior": _TEXT,
        "root": Key(Shape.FLAG),
        "since": _DAY,
        "state": _words(FileState),
        "hosts": _TEXTS,
        "was": _TEXT,
    },
    "reporting_lines": {
        "report": Key(required=True),
        "from": _TEXTS,
        "from_kinds": _words(TenantKind, shape=Shape.TEXTS),
        "from_levels": _words(Level, shape=Shape.TEXTS),
        "to": _TEXT,
        "to_kind": _words(TenantKind),
        "since": _DAY,
        "until": _DAY,
    },
    "plugins": {
        "name": Key(required=True),
        "bodies": _TEXTS,
        "kinds": _words(TenantKind, shape=Shape.TEXTS),
        "levels": _words(Level, shape=Shape.TEXTS),
        "locked": Key(Shape.FLAG),
        "settings": Key(Shape.TABLE),
    },
}


@dataclass(slots=True)
class Document:
    """A tenant.toml as read: tables whose keys and shapes are right, and what was wrong with the rest.

    `tables` yields only entries without a fault, so what follows need not check shapes again.
    """

    file: str
    province: dict[str, Any] = field(default_factory=dict)
    lists: dict[str, list[tuple[int, dict[str, Any]]]] = field(default_factory=dict)
    lines: dict[KeyPath, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, path: KeyPath, message: str) -> None:
        """Note a fault at a key."""
        self.faults.append(Fault(self.file, line_of(self.lines, path), written(path), message))

    def tables(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """Give the sound tables of a list with their number in the file, from 1."""
        yield from self.lists.get(name, ())


def read_document(path: Path) -> Document:
    """Read a file and check keys and shapes; faults are in the document, nothing is raised."""
    document = Document(str(path))
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        document.fault((), _("Không đọc được tệp: không có tệp này; xem lại đường dẫn."))
        return document
    except OSError as error:
        document.fault((), _("Không đọc được tệp: %(reason)s.", reason=error.strerror or str(error)))
        return document
    except UnicodeDecodeError as error:
        document.fault((), _("Tệp không phải UTF-8 (byte thứ %(byte)s); hãy lưu lại bằng UTF-8.", byte=error.start + 1))
        return document
    return check_document(document, text)


def check_document(document: Document, text: str) -> Document:
    """Parse the text of a file into a document."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        document.faults.append(_syntax_fault(document.file, text, str(error)))
        return document
    document.lines = locate_keys(text)
    for name, value in raw.items():
        if name == "province":
            if isinstance(value, dict) and _check_table(document, (name,), value, PROVINCE):
                document.province = value
            elif not isinstance(value, dict):
                document.fault((name,), _("“province” phải là một bảng: viết [province]."))
        elif name in LISTS:
            document.lists[name] = _check_list(document, name, value)
        else:
            known = ["province", *LISTS]
            document.fault(
                (name,),
                _("Không có bảng “%(name)s”; các bảng là %(known)s.", name=name, known=listed(known))
                + did_you_mean(name, known),
            )
    if "province" not in raw:
        document.fault((), _("Thiếu bảng [province] với slug, code và as_of."))
    return document


def _check_list(document: Document, name: str, value: object) -> list[tuple[int, dict[str, Any]]]:
    if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
        document.fault((name,), _("“%(name)s” là danh sách bảng: viết [[%(name)s]].", name=name))
        return []
    numbered = list(enumerate(value, start=1))
    return [(number, table) for number, table in numbered if _check_table(document, (name, number), table, LISTS[name])]


def _check_table(document: Document, path: KeyPath, table: dict[str, Any], keys: dict[str, Key]) -> bool:
    before = len(document.faults)
    for name, value in table.items():
        if name not in keys:
            document.fault(
                (*path, name),
                _(
                    "Không có khóa “%(name)s” ở đây; các khóa là %(known)s.",
                    name=name,
                    known=listed(list(keys)),
                )
                + did_you_mean(name, keys),
            )
        elif message := _mismatch(keys[name], value):
            document.fault((*path, name), message)
    for name, key in keys.items():
        if key.required and name not in table:
            document.fault(path, _("Thiếu khóa “%(name)s”.", name=name))
    return len(document.faults) == before


def _mismatch(key: Key, value: object) -> str:
    """Say what is wrong with a value, or nothing."""
    expected = {
        Shape.TEXT: _('chữ trong dấu nháy, ví dụ "20"'),
        Shape.TEXTS: _('danh sách chữ, ví dụ ["province", "commune"]'),
        Shape.DAY: _("ngày không có dấu nháy, ví dụ 2022-06-30"),
        Shape.FLAG: _("true hoặc false"),
        Shape.TABLE: _("bảng, ví dụ { limit = 5 }"),
    }[key.shape]
    fits = {
        Shape.TEXT: isinstance(value, str) and bool(value.strip()),
        Shape.TEXTS: isinstance(value, list) and bool(value) and all(isinstance(word, str) for word in value),
        Shape.DAY: isinstance(value, date) and not isinstance(value, datetime),
        Shape.FLAG: isinstance(value, bool),
        Shape.TABLE: isinstance(value, dict),
    }[key.shape]
    if not fits:
        return str(_("Giá trị %(value)r không đúng kiểu; cần %(expected)s.", value=value, expected=expected))
    for word in value if isinstance(value, list) else [value]:
        if key.words and word not in key.words:
            known = listed(list(key.words))
            message = _("“%(word)s” không dùng được ở đây; chọn %(known)s.", word=word, known=known)
            return f"{message}{did_you_mean(str(word), key.words)}"
    return ""


def _syntax_fault(file: str, text: str, message: str) -> Fault:
    place = re.search(r"\(at line (\d+), column (\d+)\)", message)
    line, column = (int(place[1]), int(place[2])) if place else (len(text.splitlines()), 0)
    reason = re.sub(r"\s*\(at .*\)$", "", message)
    return Fault(
        file,
        line,
        "",
        _("Không đúng cú pháp TOML ở cột %(column)s: %(reason)s.", column=column, reason=reason),
    )
