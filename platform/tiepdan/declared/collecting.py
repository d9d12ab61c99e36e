"""Faults gathered while one plugin is read: all of them are told at once, each with its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tiepdan.declared.bundle import LARGEST, PLUGIN_FILE
from tiepdan.declared.faults import MOST_SHOWN, DataFault, FaultKind, MalformedError
from tiepdan.declared.lines import LineFinder


@dataclass(slots=True)
class Faults:
    """The faults of one plugin.

    silent: on trial, when nobody is told of them; their lines are not looked for. room: letters of schemas in files
    that may still be read, for one file may be named by every table.
    """

    files: Mapping[str, str]
    found: list[DataFault] = field(default_factory=list)
    finder: LineFinder | None = None
    silent: bool = False
    room: int = LARGEST

    def add(self, table: str, index: int | None, key: str, kind: FaultKind, detail: str = "") -> None:
        """Take note of one. table, index: see LineFinder; key: path within the table."""
        if len(self.found) >= MOST_SHOWN:
            return
        if self.silent:
            self.found.append(DataFault(kind, PLUGIN_FILE))
            return
        self.finder = self.finder or LineFinder(self.files.get(PLUGIN_FILE, ""))
        line = self.finder.line_of(table, index, key)
        shown = f"[{table}]" if index is None else f"[[{table}]] {index + 1}"
        self.found.append(DataFault(kind, PLUGIN_FILE, shown, key, line, detail))

    def take(self, fault: MalformedError) -> None:
        """Take over what another reader found."""
        self.found += fault.faults[: MOST_SHOWN - len(self.found)]

    def stop(self) -> None:
        """Raise MalformedError if there is any fault."""
        if self.found:
            raise MalformedError(self.found)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: in which table, under which key."""

    faults: Faults
    table: str
    index: int | None
    key: str = ""

    def inside(self, part: str | int) -> "Place":
        """Return the place of a part of the value; parts of a list are counted from 1."""
        part = str(part + 1) if isinstance(part, int) else part
        return Place(self.faults, self.table, self.index, f"{self.key}.{part}" if self.key else part)

    def on_trial(self) -> "Place":
        """Return the same place for a reading that may fail: of its faults only how many there are is known."""
        return replace(self, faults=Faults(self.faults.files, silent=True, room=self.faults.room))

    def fault(self, kind: FaultKind, detail: str = "") -> None:
        """Say that something is wrong here."""
        self.faults.add(self.table, self.index, self.key, kind, detail)
