"""What can be seen of a plugin's folder without running any of it: metadata, README, tests."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from tiepdan.authoring.quality import Finding, Words, judge_faults
from tiepdan.core.plugin_loading import GROUP

_README = re.compile(r"readme(\.(md|rst|txt))?", re.IGNORECASE)
_SHORTEST_README = 80  # characters; less says nothing


@dataclass(frozen=True, slots=True)
class Distribution:
    """A plugin's folder. name: of its entry point; package: the folder of what it imports."""

    path: Path
    name: str
    module: str

    @property
    def package(self) -> Path:
        """Return the folder of the package; it may not exist."""
        return self.path / self.module.partition(".")[0]


def read_distribution(path: Path) -> tuple[Distribution | None, list[Finding]]:
    """Read pyproject.toml. Returns None with the faults where no plugin can be found by it."""
    file = path / "pyproject.toml"
    try:
        project: Any = tomllib.loads(file.read_text(encoding="utf-8")).get("project")
    except (OSError, UnicodeDecodeError):
        return None, [Finding("metadata", False, f"Không đọc được {file}.", f"{file} cannot be read.")]
    except tomllib.TOMLDecodeError as fault:
        return None, [Finding("metadata", False, f"pyproject.toml sai cú pháp: {fault}.", f"not TOML: {fault}.")]
    if not isinstance(project, dict):
        return None, [Finding("metadata", False, "Thiếu bảng [project].", "There is no table [project].")]
    fine = ("đủ tên, phiên bản, giấy phép, phiên bản Python", "name, version, licence and Python are there")
    findings = judge_faults("metadata", _metadata_faults(project), fine)
    points = _entry_points(project)
    faults = list(_entry_point_faults(path, points))
    findings += judge_faults(
        "entry_point", faults, ("một điểm vào, gói có thật", "one entry point, its package exists")
    )
    if faults:
        return None, findings
    [(name, module)] = points.items()
    return Distribution(path, name, module), findings


def check_companions(path: Path) -> list[Finding]:
    """Look for what must lie beside the package: a README and tests."""
    findings = check_readme(path)
    tests = [file for file in path.glob("tests/**/test_*.py") if "def test_" in file.read_text(encoding="utf-8")]
    missing = ("Thiếu kiểm thử: thêm tests/test_….py.", "There are no tests: add tests/test_….py.")
    return findings + judge_faults("tests", [] if tests else [missing], ("có kiểm thử", "there are tests"))


def check_readme(path: Path) -> list[Finding]:
    """Look for a README that says something."""
    readme = next((each for each in sorted(path.iterdir()) if _README.fullmatch(each.name)), None)
    faults: list[Words] = []
    if readme is None or len(readme.read_text(encoding="utf-8", errors="replace").strip()) < _SHORTEST_README:
        faults.append(
            (
                "Thiếu README.md nói plugin làm gì, thiết lập gì (tiếng Việt trước).",
                "There is no README.md that says what the plugin does and which settings it has.",
            )
        )
    return judge_faults("readme", faults, ("có README", "there is a README"))


def _metadata_faults(project: dict[str, Any]) -> Iterator[Words]:
    for key in ("name", "version", "description", "license", "requires-python"):
        if not project.get(key):
            yield f"[project] thiếu {key}.", f"[project] lacks {key}."
    try:
        Version(str(project.get("version", "0")))
    except InvalidVersion:
        yield "version phải theo dạng 1.0.0.", "version must read like 1.0.0."
    try:
        SpecifierSet(str(project.get("requires-python", "")))
    except InvalidSpecifier:
        yield 'requires-python phải theo dạng ">=3.13".', 'requires-python must read like ">=3.13".'
    if "tiepdan" not in _required(project):
        yield 'dependencies thiếu "tiepdan".', 'dependencies lack "tiepdan".'


def _required(project: dict[str, Any]) -> Iterator[str]:
    for each in project.get("dependencies") or ():
        try:
            yield Requirement(str(each)).name.lower()
        except InvalidRequirement:
            continue


def _entry_points(project: dict[str, Any]) -> dict[str, str]:
    groups: Any = project.get("entry-points")
    points: Any = groups.get(GROUP) if isinstance(groups, dict) else None
    return {str(name): str(module) for name, module in points.items()} if isinstance(points, dict) else {}


def _entry_point_faults(path: Path, points: dict[str, str]) -> Iterator[Words]:
    if len(points) != 1:
        yield (
            f'[project.entry-points.{GROUP}] phải có đúng một dòng, ví dụ: my-province = "tiepdan_my_province".',
            f'[project.entry-points.{GROUP}] must hold one line, such as my-province = "tiepdan_my_province".',
        )
        return
    [module] = points.values()
    top = module.partition(".")[0]
    if ":" in module or not (path / top / "__init__.py").is_file():
        yield f"Không có gói {top}/ mà điểm vào nêu.", f"The entry point names a package {top}/ that is not there."
    elif top.startswith("tiepdan_") is False:
        yield f"Gói nên tên tiepdan_…, không phải {top}.", f"The package should be called tiepdan_…, not {top}."
