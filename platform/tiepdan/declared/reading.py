"""Read a plugin written as data: all of it, or everything that is wrong with it."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from tiepdan.declared.bundle import PLUGIN_FILE, Bundle, bundle_of_text
from tiepdan.declared.collecting import Faults, Place
from tiepdan.declared.conditions import Condition, ConditionReader
from tiepdan.declared.conversion import Converter
from tiepdan.declared.faults import DataFault, FaultKind, MalformedError
from tiepdan.declared.parsing import read_json, read_toml
from tiepdan.declared.plugin import DeclaredItem, DeclaredPlugin
from tiepdan.declared.settings_words import read_settings, settings_in
from tiepdan.declared.tables import TABLES, Table
from tiepdan.sdk import Manifest

HEAD = "plugin"
MOST_ITEMS = 400  # tables of all kinds together
_NAME = re.compile(r"[a-z][a-z0-9-]{1,40}")


def read_kept(text: str) -> DeclaredPlugin:
    """Read a plugin that was kept as one text. Raises MalformedError."""
    return read_plugin(bundle_of_text(text))


def read_plugin(bundle: Bundle) -> DeclaredPlugin:
    """Read a plugin. Raises MalformedError with every fault that was found."""
    faults = Faults(bundle.files)
    tables = read_toml(PLUGIN_FILE, bundle.files[PLUGIN_FILE])
    for name, text in bundle.files.items():
        if name.endswith(".json"):
            try:
                read_json(name, text)
            except MalformedError as fault:
                faults.take(fault)
    faults.stop()  # what cannot be parsed cannot be read either
    for name, given in tables.items():
        if name != HEAD and name not in TABLES:
            index = 0 if isinstance(given, list) else None
            faults.add(name, index, "", FaultKind.UNKNOWN_TABLE, ", ".join([HEAD, *TABLES]))
    manifest, converter = _read_head(tables.get(HEAD), faults)
    written = {name: _rows(name, tables[name], faults) for name in TABLES if name in tables}
    total = sum(map(len, written.values()))
    if total > MOST_ITEMS:
        faults.found.append(DataFault(FaultKind.TOO_MANY, PLUGIN_FILE, detail=f"{total} > {MOST_ITEMS}"))
        faults.stop()
    if total == 0:
        faults.found.append(DataFault(FaultKind.NOTHING, PLUGIN_FILE))
    items = tuple(
        item
        for name, rows in written.items()
        for index, row in enumerate(rows)
        if (item := _read_item(TABLES[name], index, row, converter, faults)) is not None
    )
    faults.stop()
    assert manifest is not None
    return DeclaredPlugin(manifest, items, bundle)


def _read_head(given: Any, faults: Faults) -> tuple[Manifest | None, Converter]:  # noqa: ANN401 - as it was written
    place = Place(faults, HEAD, None)
    if given is None:
        place.fault(FaultKind.MISSING)
        return None, Converter({})
    manifest = Converter({}).record(Manifest, given, place)
    if not isinstance(manifest, Manifest):
        return None, Converter({})
    if not isinstance(manifest.name, str) or not _NAME.fullmatch(manifest.name):
        place.inside("name").fault(FaultKind.NAME)
    return manifest, Converter(read_settings(manifest.settings, place.inside("settings")))


def _rows(name: str, given: Any, faults: Faults) -> list[Any]:  # noqa: ANN401 - as it was written
    if isinstance(given, list):
        return given
    faults.add(name, None, "", FaultKind.WRONG_TYPE, f"[[{name}]]")
    return []


def _read_item(
    table: Table,
    index: int,
    row: Any,  # noqa: ANN401 - as it was written
    converter: Converter,
    faults: Faults,
) -> DeclaredItem | None:
    before = len(faults.found)
    read = partial(_read_row, table, index, converter)
    found = read(faults, row)
    if not isinstance(row, dict):
        return None
    uses = tuple(sorted(set(settings_in(row))))
    if len(faults.found) == before:  # a schema may speak of a setting too
        for name in uses:
            if name not in converter.settings:
                Place(faults, table.name, index).fault(FaultKind.SETTING, name)
    if not uses:
        return DeclaredItem(table, index, row, uses, lambda _row: found)
    return DeclaredItem(table, index, row, uses, lambda filled: _read_filled(read, faults.files, filled))


def _read_row(
    table: Table,
    index: int,
    converter: Converter,
    faults: Faults,
    row: Any,  # noqa: ANN401 - as it was written
) -> tuple[Condition, Any]:
    place = Place(faults, table.name, index)
    value = converter.record(table.value, row, place, besides=("when",))
    reader = ConditionReader(converter, table.arguments)
    when = row.get("when", {}) if isinstance(row, dict) else {}
    return reader.read(when, place.inside("when"), table.needs), value


def _read_filled(
    read: Callable[[Faults, dict[str, Any]], tuple[Condition, Any]], files: Mapping[str, str], row: dict[str, Any]
) -> tuple[Condition, Any]:
    """Read a table once more with the values of settings in it. Raises MalformedError for values that do not fit."""
    faults = Faults(files)
    found = read(faults, row)
    faults.stop()
    return found
