"""A plugin that was written as data, as the platform meets any plugin: a manifest and a function per hook."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from types import ModuleType
from typing import Any

from tiepdan.declared.bundle import PLUGIN_FILE, Bundle
from tiepdan.declared.conditions import Condition
from tiepdan.declared.faults import DataFault, FaultKind
from tiepdan.declared.lines import LineFinder
from tiepdan.declared.settings_words import is_set, put_settings
from tiepdan.declared.tables import TABLES, Table
from tiepdan.sdk import Manifest, hookimpl

_REMEMBERED = 64  # values of one table for different settings

type Settings = Mapping[str, object]


@dataclass(slots=True, eq=False)
class DeclaredItem:
    """One table. uses: settings it speaks of; read: from the table with their values in it."""

    table: Table
    index: int
    row: dict[str, Any]
    uses: tuple[str, ...]
    read: Callable[[dict[str, Any]], tuple[Condition, Any]]
    _known: dict[tuple[object, ...], tuple[Condition, Any]] = field(default_factory=dict)

    def filled(self, settings: Settings) -> tuple[Condition, Any] | None:
        """Return when it holds and what it is; None while a setting it speaks of has no value.

        Raises MalformedError for a value that does not fit.
        """
        if not all(is_set(settings, name) for name in self.uses):
            return None
        values = tuple((type(settings[name]), settings[name]) for name in self.uses)
        found = self._known.get(values)
        if found is None:
            found = self.read(put_settings(self.row, settings) if self.uses else self.row)
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[values] = found
        return found


@dataclass(frozen=True)
class DeclaredPlugin:
    """A plugin read from data. items: in the order of the file; bundle: the texts it was read from."""

    manifest: Manifest
    items: tuple[DeclaredItem, ...]
    bundle: Bundle

    @cached_property
    def tables(self) -> dict[str, int]:
        """Return how many tables of each kind there are."""
        counted = {name: sum(item.table.name == name for item in self.items) for name in TABLES}
        return {name: count for name, count in counted.items() if count}

    @cached_property
    def functions(self) -> dict[str, Callable[..., list[Any]]]:
        """Return a function for every hook the plugin has data for, with the arguments the hook wants to be asked."""
        return {
            TABLES[name].hook: _as_hook(TABLES[name], [item for item in self.items if item.table.name == name])
            for name in self.tables
        }

    def fault_of(self, item: DeclaredItem, key: str, kind: FaultKind, detail: str) -> DataFault:
        """Say that something is wrong with a table that could be read."""
        line = LineFinder(self.bundle.files[PLUGIN_FILE]).line_of(item.table.name, item.index, key)
        return DataFault(kind, PLUGIN_FILE, f"[[{item.table.name}]] {item.index + 1}", key, line, detail)

    def fault_of_head(self, key: str, kind: FaultKind, detail: str) -> DataFault:
        """Say that something is wrong with what the plugin says of itself."""
        line = LineFinder(self.bundle.files[PLUGIN_FILE]).line_of("plugin", None, key)
        return DataFault(kind, PLUGIN_FILE, "[plugin]", key, line, detail)

    def items_of(self, hook: str) -> list[DeclaredItem]:
        """Return the tables that answer a hook."""
        return [item for item in self.items if item.table.hook == hook]

    @cached_property
    def module(self) -> ModuleType:
        """Return what an entry point of a plugin in Python would lead to."""
        module = ModuleType(f"declared_{self.manifest.name.replace('-', '_')}", "A plugin written as data.")
        vars(module).update(PLUGIN=self.manifest, **{name: hookimpl(each) for name, each in self.functions.items()})
        return module


def answer_of(items: Sequence[DeclaredItem], arguments: Mapping[str, Any], settings: Settings) -> list[Any]:
    """Return the values of the tables whose conditions hold."""
    found = []
    for item in items:
        filled = item.filled(settings)
        if filled is not None and filled[0].holds(arguments, settings):
            found.append(filled[1])
    return found


def _as_hook(table: Table, items: Sequence[DeclaredItem]) -> Callable[..., list[Any]]:
    """Return a function whose parameters say what it wants to know; pluggy reads them."""
    answer = partial(answer_of, items)
    match tuple(table.arguments):
        case ("tenant",):
            return lambda tenant, settings: answer({"tenant": tenant}, settings)
        case ("tenant", "on"):
            return lambda tenant, on, settings: answer({"tenant": tenant, "on": on}, settings)
        case ("tenant", "on", "records"):
            return lambda tenant, on, records, settings: answer(
                {"tenant": tenant, "on": on, "records": records}, settings
            )
        case ("tenant", "record", "on"):
            return lambda tenant, record, on, settings: answer({"tenant": tenant, "record": record, "on": on}, settings)
        case ("tenant", "overdue"):
            return lambda tenant, overdue, settings: answer({"tenant": tenant, "overdue": overdue}, settings)
        case ("tenant", "handling", "on"):
            return lambda tenant, handling, on, settings: answer(
                {"tenant": tenant, "handling": handling, "on": on}, settings
            )
        case ("event",):
            return lambda event, settings: answer({"event": event}, settings)
        case other:
            raise AssertionError(f"{table.hook} with {other}: nobody said how to ask it")
