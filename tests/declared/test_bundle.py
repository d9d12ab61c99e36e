"""Uploaded files: one TOML file or a ZIP of a folder; whatever else somebody sends is refused without being opened."""

import io
import stat
import struct
import zipfile

import pytest

from tests.declared.texts import WHOLE
from tiepdan.declared.bundle import LARGEST, MOST_FILES, PLUGIN_FILE, bundle_of_text, read_folder, read_upload
from tiepdan.declared.faults import MalformedError
from tiepdan.declared.reading import read_plugin


def packed(*members, method=zipfile.ZIP_DEFLATED) -> bytes:
    """Make a ZIP file of (name or ZipInfo, content)."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


def kinds(name: str, data: bytes) -> list[str]:
    with pytest.raises(MalformedError) as raised:
        read_upload(name, data)
    return [fault.kind.value for fault in raised.value.faults]


def test_one_file_and_a_folder_and_its_archive_are_the_same(tmp_path):
    (tmp_path / PLUGIN_FILE).write_text(WHOLE)
    (tmp_path / "a.json").write_text("{}")
    (tmp_path / "README.md").write_text("# Đọc")
    (tmp_path / "more.py").write_text("1 / 0")
    folder = read_folder(tmp_path)
    assert set(folder.files) == {PLUGIN_FILE, "a.json"}
    for prefix in ("", "my-plugin/", "plugins/my-plugin/"):
        archive = packed((f"{prefix}{PLUGIN_FILE}", WHOLE), (f"{prefix}a.json", "{}"), (f"{prefix}README.md", "#"))
        assert read_upload("x.zip", archive).digest == folder.digest
    assert bundle_of_text(folder.text).digest == folder.digest
    assert read_upload("plugin.toml", WHOLE.encode()).files == {PLUGIN_FILE: WHOLE}
    assert read_upload("Máy của tôi.TOML", ("\ufeff" + WHOLE.replace("\n", "\r\n")).encode()).files == {
        PLUGIN_FILE: WHOLE
    }
    assert read_plugin(folder).manifest.name == "so-xa"


def member(name: str, mode: int = stat.S_IFREG | 0o644) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("../plugin.json", "file_name"),
        ("a/../../plugin.json", "file_name"),
        ("/etc/plugin.json", "file_name"),
        ("C:/plugin.json", "file_name"),
        ("a\\b.json", "file_name"),
        ("a//b.json", "file_name"),
        ("./b.json", "file_name"),
        (".hidden.json", "file_name"),
        ("a/b/c/d/e/f/g.json", "file_name"),
        ("code.py", "file_name"),
        ("picture.svg", "file_name"),
        ("other.toml", "file_name"),
        ("x.JSON", "file_name"),
        (f"{'a' * 300}.json", "file_name"),
        ("tệp.json", "file_name"),
        (member("link.json", stat.S_IFLNK | 0o777), "archive"),
        (member("device.json", stat.S_IFCHR | 0o666), "archive"),
    ],
)
def test_members_lead_nowhere_else_and_are_of_two_kinds(name, kind):
    assert kinds("x.zip", packed((PLUGIN_FILE, WHOLE), (name, "{}"))) == [kind]


def test_every_wrong_member_is_named():
    assert kinds("x.zip", packed((PLUGIN_FILE, WHOLE), ("a.py", ""), ("b.exe", ""))) == ["file_name"] * 2


def test_a_bomb_is_not_unpacked():
    bomb = packed((PLUGIN_FILE, WHOLE), ("a.json", b" " * 50_000_000))
    assert len(bomb) < LARGEST
    assert kinds("x.zip", bomb) == ["too_large"]
    many = packed((PLUGIN_FILE, WHOLE), *((f"{n}.json", b" " * 20_000) for n in range(60)))
    assert kinds("x.zip", many) == ["too_large"]


def test_an_archive_that_lies_about_sizes_is_not_believed():
    honest = packed((PLUGIN_FILE, WHOLE), ("a.json", b" " * 5_000_000))
    true, lie = struct.pack("<L", 5_000_000), struct.pack("<L", 10)
    assert honest.count(true) == 2  # in the member's own head and in the directory
    assert kinds("x.zip", honest.replace(true, lie)) in (["archive"], ["too_large"])


def test_too_many_members():
    data = packed((PLUGIN_FILE, WHOLE), *((f"{n}.json", "{}") for n in range(MOST_FILES)))
    assert kinds("x.zip", data) == ["too_many"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_name_twice():
    assert kinds("x.zip", packed((PLUGIN_FILE, WHOLE), (PLUGIN_FILE, WHOLE))) == ["archive"]


def test_unusual_and_encrypted_archives():
    assert kinds("x.zip", packed((PLUGIN_FILE, WHOLE), method=zipfile.ZIP_LZMA)) == ["archive"]
    assert kinds("x.zip", packed((PLUGIN_FILE, WHOLE), method=zipfile.ZIP_BZIP2)) == ["archive"]
    data = bytearray(packed((PLUGIN_FILE, WHOLE)))
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    assert kinds("x.zip", bytes(data)) == ["archive"]


@pytest.mark.parametrize("cut", [10, 100, 400, -1, -30])
def test_a_broken_archive(cut):
    assert kinds("x.zip", packed((PLUGIN_FILE, WHOLE))[:cut]) == ["archive"]


def test_no_plugin_in_it():
    assert kinds("x.zip", packed(("a.json", "{}"))) == ["no_file"]
    assert kinds("x.zip", packed()) == ["no_file"]
    assert kinds("x.zip", packed(("a/plugin.toml", WHOLE), ("b/a.json", "{}"))) == ["no_file"]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("plugin.toml", b"x" * (LARGEST + 1), "too_large"),
        ("plugin.zip", b"PK" + b"x" * LARGEST, "too_large"),
        ("plugin.py", b"1", "file_name"),
        ("plugin", b"1", "file_name"),
        ("", b"", "file_name"),
        ("plugin.toml", b"\xff\xfe", "syntax"),
        ("plugin.toml", b"a = 1\0", "syntax"),
        ("plugin.zip", b"", "archive"),
        ("plugin.zip", b"not a zip", "archive"),
        ("\x1b[2J.exe", b"", "file_name"),
    ],
)
def test_other_files(name, data, kind):
    assert kinds(name, data) == [kind]


def test_what_is_printed_of_a_name_is_printable():
    with pytest.raises(MalformedError) as raised:
        read_upload("\x1b[2Jx.exe", b"")
    assert raised.value.faults[0].file == "?[2Jx.exe"


def test_an_archive_is_known_by_its_content_too():
    assert read_upload("plugin.toml", packed((PLUGIN_FILE, WHOLE))).files == {PLUGIN_FILE: WHOLE}
