"""Make a new plugin: a distribution that runs, is checked and has its test, to be changed into one's own."""

import re
import shutil
from importlib.resources import files
from pathlib import Path
from string import Template
from tempfile import mkdtemp

from tiepdan.sdk import API_VERSION, Level

ALL_LEVELS = "all"
_NAME = re.compile(r"(?=.{2,41}\Z)[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LEVEL_WORDS = {
    None: ("mọi cấp", "every level"),
    Level.PROVINCE: ("cấp tỉnh", "provinces"),
    Level.DISTRICT: ("cấp huyện", "districts"),
    Level.COMMUNE: ("cấp xã", "communes"),
}


class Unmakeable(ValueError):
    """Why no plugin can be made, in words for people."""


def make_plugin(name: str, level: Level | None, folder: Path, *, declarative: bool = False) -> Path:
    """Make the distribution `name` in a folder; nothing is written where it cannot be whole.

    level: None for a plugin of every level. declarative: a folder of data instead, to be uploaded.
    Returns the new folder. Raises Unmakeable.
    """
    if not _NAME.fullmatch(name):
        raise Unmakeable(
            f"Tên {name!r} không dùng được: 2 đến 41 ký tự, chữ thường không dấu, số, gạch nối; ví dụ my-province."
            " / Names are small letters, digits and dashes."
        )
    target = folder / name
    if target.exists():
        raise Unmakeable(f"{target} đã có; hãy chọn tên khác hoặc --to thư mục khác. / It is there already.")
    if not folder.is_dir():
        raise Unmakeable(f"Không có thư mục {folder}. / There is no such folder.")
    try:
        draft = Path(mkdtemp(prefix=".new-plugin-", dir=folder))
    except OSError as fault:
        raise Unmakeable(f"Không ghi được vào {folder}: {fault.strerror}. / It cannot be written to.") from fault
    try:
        _write(draft, name, level, declarative=declarative)
        draft.chmod(0o755)
        draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)  # it is gone where all went well
    return target


def _write(draft: Path, name: str, level: Level | None, *, declarative: bool) -> None:
    module = f"tiepdan_{name.replace('-', '_')}"
    vi, en = _LEVEL_WORDS[level]
    words = {
        "name": name,
        "module": module,
        "title": name.replace("-", " ").title(),
        "api": f">={API_VERSION},<{int(API_VERSION.partition('.')[0]) + 1}",
        "level_toml": f'level = "{level.value}"\n' if level else "",
        "level_line": f"    level=Level.{level.name},\n" if level else "",
        "level_import": "    Level,\n" if level else "",
        "level_vi": vi,
        "level_en": en,
        "tenant": level.value if level else Level.COMMUNE.value,
    }
    code = (
        ("pyproject.toml", "pyproject"),
        ("README.md", "readme"),
        (f"{module}/__init__.py", "package"),
        (f"tests/test_{module.removeprefix('tiepdan_')}.py", "test"),
    )
    data = (("plugin.toml", "declared_plugin"), ("class.json", "declared_class"), ("README.md", "declared_readme"))
    for path, template in data if declarative else code:
        text = files("tiepdan.authoring") / "templates" / "skeleton" / f"{template}.txt"
        file = draft / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(Template(text.read_text(encoding="utf-8")).substitute(words), encoding="utf-8")
