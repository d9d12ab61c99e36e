"""The files of a plugin written as data: of a folder, of one TOML file, or of a ZIP of the folder.

An uploaded file is somebody else's. It is bounded before it is opened and while it is read: bytes, members, nesting;
names lead nowhere else, and what is not TOML, JSON or a README is refused.
"""

import json
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from tiepdan.declared.faults import DataFault, FaultKind, MalformedError

PLUGIN_FILE = "plugin.toml"
LARGEST = 1_000_000  # bytes, packed and unpacked
MOST_FILES = 64
_NAME = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]{0,60}/){0,4}[A-Za-z0-9_][A-Za-z0-9_.-]{0,60}")
_README = re.compile(r"(?i:readme)\.md")
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


@dataclass(frozen=True, slots=True)
class Bundle:
    """The texts of a plugin by name within its folder; `plugin.toml` is among them."""

    files: Mapping[str, str]

    @property
    def digest(self) -> str:
        """Return the SHA-256 of names and texts."""
        return sha256(self.text.encode()).hexdigest()

    @property
    def text(self) -> str:
        """Return all files as one text, to be kept."""
        return json.dumps(dict(sorted(self.files.items())), ensure_ascii=False)


def bundle_of_text(text: str) -> Bundle:
    """Return what was kept as one text."""
    return Bundle(json.loads(text))


def read_folder(folder: Path) -> Bundle:
    """Read the TOML and JSON files of a folder; others are no part of the plugin. Raises MalformedError, OSError."""
    found: dict[str, bytes] = {}
    for path in [*sorted(folder.rglob("*.json")), folder / PLUGIN_FILE]:
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.is_symlink():
            found[name] = path.read_bytes()
    return _checked(found)


def read_upload(name: str, data: bytes) -> Bundle:
    """Read one uploaded file, named as it came: a TOML file, or a ZIP of a folder. Raises MalformedError."""
    if len(data) > LARGEST:
        raise MalformedError([DataFault(FaultKind.TOO_LARGE, _shown(name), detail=f"{LARGEST // 1000} kB")])
    if name.lower().endswith(".zip") or data[:4] == b"PK\x03\x04":
        return _checked(_unpack(_shown(name), data))
    if not name.lower().endswith(".toml"):
        raise MalformedError([DataFault(FaultKind.FILE_NAME, _shown(name))])
    return _checked({PLUGIN_FILE: data})


def _unpack(shown: str, data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _members(shown, archive)
    except (
        zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError,
        UnicodeError, ValueError, OSError, IndexError,
    ) as fault:  # fmt: skip
        if isinstance(fault, MalformedError):
            raise
        detail = "không phải tệp ZIP lành lặn / not a sound ZIP file"
        raise MalformedError([DataFault(FaultKind.ARCHIVE, shown, detail=detail)]) from fault


def _members(shown: str, archive: zipfile.ZipFile) -> dict[str, bytes]:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MOST_FILES:
        raise MalformedError([DataFault(FaultKind.TOO_MANY, shown, detail=f"{MOST_FILES} tệp / files")])
    if sum(member.file_size for member in members) > LARGEST:
        raise MalformedError([DataFault(FaultKind.TOO_LARGE, shown, detail=f"{LARGEST // 1000} kB")])
    faults = [fault for member in members if (fault := _member_fault(member)) is not None]
    names = [member.filename for member in members]
    faults += [
        DataFault(FaultKind.ARCHIVE, _shown(name), detail="hai tệp cùng tên / the same name twice")
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    if faults:
        raise MalformedError(faults)
    folder = _folder_of(names)
    found, room = {}, LARGEST
    for member in members:
        with archive.open(member) as file:
            found[member.filename.removeprefix(folder)] = text = file.read(room + 1)
        room -= len(text)
        if room < 0:  # the archive lied about a size
            raise MalformedError([DataFault(FaultKind.TOO_LARGE, shown, detail=f"{LARGEST // 1000} kB")])
    return {name: text for name, text in found.items() if not _README.fullmatch(name)}


def _member_fault(member: zipfile.ZipInfo) -> DataFault | None:
    name, mode = member.filename, member.external_attr >> 16
    shown = _shown(name)
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return DataFault(FaultKind.ARCHIVE, shown, detail="liên kết hoặc thiết bị / a link or a device")
    if member.flag_bits & 0x1:
        return DataFault(FaultKind.ARCHIVE, shown, detail="có mật khẩu / it is encrypted")
    if member.compress_type not in _METHODS:
        return DataFault(FaultKind.ARCHIVE, shown, detail="cách nén lạ / an unusual compression")
    last = name.rpartition("/")[2]
    fits = _NAME.fullmatch(name) and ".." not in name.split("/")
    if not fits or not (last == PLUGIN_FILE or last.endswith(".json") or _README.fullmatch(last)):
        return DataFault(FaultKind.FILE_NAME, shown)
    return None


def _folder_of(names: list[str]) -> str:
    """Return the folder that plugin.toml lies in, if everything does; "" otherwise."""
    found = [name.removesuffix(PLUGIN_FILE) for name in names if name.rpartition("/")[2] == PLUGIN_FILE]
    folder = min(found, key=len, default="")
    return folder if all(name.startswith(folder) for name in names) else ""


def _checked(found: Mapping[str, bytes]) -> Bundle:
    faults, texts = [], {}
    if PLUGIN_FILE not in found:
        faults.append(DataFault(FaultKind.NO_FILE, PLUGIN_FILE, detail=PLUGIN_FILE))
    if len(found) > MOST_FILES:
        faults.append(DataFault(FaultKind.TOO_MANY, PLUGIN_FILE, detail=f"{MOST_FILES} tệp / files"))
    if sum(map(len, found.values())) > LARGEST:
        faults.append(DataFault(FaultKind.TOO_LARGE, PLUGIN_FILE, detail=f"{LARGEST // 1000} kB"))
    for name, data in found.items():
        try:
            texts[name] = data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeError:
            texts[name] = "\0"
        if "\0" in texts[name]:
            faults.append(DataFault(FaultKind.SYNTAX, name, detail="không phải UTF-8 / not UTF-8"))
    if faults:
        raise MalformedError(faults)
    return Bundle(texts)


def _shown(name: str) -> str:
    """Return a name as it may be printed."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:120]
