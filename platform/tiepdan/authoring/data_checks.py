"""The quality list of a plugin written as data: the same list, as far as it applies."""

import tomllib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from tiepdan.authoring.distribution_checks import check_readme
from tiepdan.authoring.drafts import AuthoringDesk
from tiepdan.authoring.examination import examine_module
from tiepdan.authoring.manifest_checks import say_problem
from tiepdan.authoring.quality import Finding, judge_faults
from tiepdan.core.plugin_loading import InstalledPlugin, Unfit, check_manifest
from tiepdan.declared.bundle import PLUGIN_FILE, read_folder, read_upload
from tiepdan.declared.faults import DataFault, FaultKind, MalformedError, say_fault
from tiepdan.declared.reading import read_plugin

_CHECKS = {
    FaultKind.LOOSER: "tighten_only",
    FaultKind.POINTLESS: "tighten_only",
    FaultKind.ANSWER: "answers",
    FaultKind.LANGUAGES: "languages",
    FaultKind.SETTING: "settings",
    FaultKind.SETTING_TYPE: "settings",
    FaultKind.SETTINGS_WORD: "settings",
}


def check_data(path: Path, *, name: str | None = None, readme: bool = True) -> list[Finding]:
    """Check a folder, or a file as it would be uploaded. name: of the entry point, for a distribution."""
    findings = check_readme(path) if readme and path.is_dir() else []
    try:
        plugin = read_plugin(read_folder(path) if path.is_dir() else read_upload(path.name, path.read_bytes()))
    except MalformedError as malformed:
        return findings + _say_faults(malformed.faults)
    except OSError as fault:
        return [*findings, Finding("data", False, f"Không đọc được {path}.", f"{path} cannot be read: {fault}.")]
    try:
        manifest = check_manifest(plugin.module, name or plugin.manifest.name)
    except Unfit as unfit:
        found = InstalledPlugin(plugin.manifest.name, "0", "", None, (), unfit.problem, unfit.detail, declared=True)
        return [*findings, say_problem(found, unfit.problem)]
    said = ", ".join(f"[[{table}]] {count}" for table, count in plugin.tables.items())
    findings.append(Finding("data", True, said, said))
    faults = AuthoringDesk().examine(plugin)
    if faults:
        return findings + _say_faults(faults)
    hooks = tuple(sorted(plugin.functions))
    installed = InstalledPlugin(manifest.name, "0", plugin.bundle.digest, manifest, hooks, declared=True)
    return findings + examine_module(plugin.module, installed)


def check_package_data(path: Path, package: Path) -> list[Finding]:
    """Look whether a distribution takes its data along. package: the folder of it in which plugin.toml lies."""
    project: dict[str, Any] = tomllib.loads((path / "pyproject.toml").read_text(encoding="utf-8"))
    setuptools = project.get("tool", {}).get("setuptools", {})
    patterns = [pattern for each in setuptools.get("package-data", {}).values() for pattern in each]
    files = [PLUGIN_FILE, *sorted(file.relative_to(package).as_posix() for file in package.rglob("*.json"))]
    faults = [
        (
            f"[tool.setuptools.package-data] thiếu {file}: gói cài ra sẽ không có tệp này.",
            f"[tool.setuptools.package-data] lacks {file}: what is installed would not have it.",
        )
        for file in (files if setuptools else ())
        if not any(PurePosixPath(file).full_match(pattern) for pattern in patterns)
    ]
    return judge_faults("package_data", faults, ("gói mang theo dữ liệu", "the data is in the package"))


def _say_faults(faults: Iterable[DataFault]) -> list[Finding]:
    found = []
    for fault in faults:
        words = say_fault(fault)
        check = _CHECKS.get(fault.kind, "data")
        found.append(Finding(check, False, f"{fault.place}: {words['vi']}", f"{fault.place}: {words['en']}"))
    return found
