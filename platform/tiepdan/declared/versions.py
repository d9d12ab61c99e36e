"""What was changed without saying so: a form, register, report or document keeps its key and counts its versions."""

from dataclasses import replace
from typing import Any

from tiepdan.declared.faults import DataFault, FaultKind
from tiepdan.declared.plugin import DeclaredItem, DeclaredPlugin


def unraised_versions(plugin: DeclaredPlugin, before: DeclaredPlugin) -> list[DataFault]:
    """Return the tables that say something else than before under the same version, or an earlier one."""
    held = {(item.table.name, item.row["key"]): item for item in before.items if _counts(item)}
    faults = []
    for item in plugin.items:
        other = held.get((item.table.name, item.row["key"])) if _counts(item) else None
        if other is None:
            continue
        version, old = item.row["version"], other.row["version"]
        if version < old or (version == old and _content(item) != _content(other)):
            faults.append(plugin.fault_of(item, "version", FaultKind.SAME_VERSION, str(old)))
    return faults


def _counts(item: DeclaredItem) -> bool:
    return "key" in item.row and type(item.row.get("version")) is int


def _content(item: DeclaredItem) -> Any:  # noqa: ANN401 - a value of the SDK, or a table
    """Return what a table says; where settings are in it, its text. When it holds is no part of that."""
    if item.uses:
        return {key: value for key, value in item.row.items() if key not in ("when", "version")}
    return replace(item.read(item.row)[1], version=0)
