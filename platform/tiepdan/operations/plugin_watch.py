"""Notice edits of plugins under development, so that the demo runs what their author has just written.

Only distributions installed as editable are watched; a plugin that is installed or removed meanwhile is noticed too.
"""

import json
import time
from collections.abc import Callable, Iterator
from importlib.metadata import Distribution, entry_points
from pathlib import Path
from urllib.parse import unquote, urlsplit

GROUP = "tiepdan"
LOOK_EVERY_SECONDS = 1.0
_SOURCES = {".py", ".toml", ".json", ".po"}

type Snapshot = dict[str, dict[Path, int]]


class PluginWatch:
    """Compares the files of plugins with what they were at the last look."""

    def __init__(self, look: Callable[[], Snapshot] | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._look = look or take_snapshot
        self._clock = clock
        self._seen = self._look()
        self._next_look = clock() + LOOK_EVERY_SECONDS

    def changed(self) -> list[str]:
        """Name the plugins that were edited, added or removed since this was last asked; looks once a second."""
        if self._clock() < self._next_look:
            return []
        before, self._seen = self._seen, self._look()
        self._next_look = self._clock() + LOOK_EVERY_SECONDS
        return sorted(name for name in before.keys() | self._seen.keys() if before.get(name) != self._seen.get(name))


def take_snapshot() -> Snapshot:
    """Return when each file of each editable plugin was last written, by plugin."""
    return {name: dict(_files(folder)) for name, folder in editable_plugins().items()}


def editable_plugins() -> dict[str, Path]:
    """Return the folders of the plugins that are installed as editable, by name."""
    found = {}
    for point in entry_points(group=GROUP):
        folder = _editable_folder(point.dist) if point.dist else None
        if folder is not None:
            found[point.name] = folder
    return found


def _editable_folder(distribution: Distribution) -> Path | None:
    """Read where an editable distribution lies (PEP 610); None for a copy."""
    text = distribution.read_text("direct_url.json")
    if text is None:
        return None
    origin = json.loads(text)
    parts = urlsplit(origin.get("url", ""))
    if parts.scheme != "file" or not origin.get("dir_info", {}).get("editable"):
        return None
    return Path(unquote(parts.path))


def _files(folder: Path) -> Iterator[tuple[Path, int]]:
    for path in folder.rglob("*"):
        inner = path.relative_to(folder).parts
        if path.suffix not in _SOURCES or inner[0] in {"tests", "build"} or any(part.startswith(".") for part in inner):
            continue
        try:
            yield path, path.stat().st_mtime_ns
        except FileNotFoundError:
            continue  # an editor replaces a file by another
