"""Which line of a TOML file a table or key stands on, as far as that is seen without reading it again."""

import re
from bisect import bisect_right
from functools import cached_property

_HEADER = re.compile(r"^[ \t]*(\[{1,2})[ \t]*([A-Za-z0-9_.-]+)[ \t]*\]{1,2}", re.MULTILINE)


class LineFinder:
    """Finds lines in one text. A table written inline has no line of its own."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self._text))]

    @cached_property
    def _headers(self) -> list[tuple[str, str, int]]:
        return [(found[1], found[2], found.start()) for found in _HEADER.finditer(self._text)]

    def line_of(self, table: str, index: int | None, key: str) -> int | None:
        """Return the line of a key of a table, or of the table. index: of a table that comes repeatedly, from 0."""
        place = self._table(table, index)
        if place is None:
            return None
        start, end = place
        return self._line(self._key(table, key.split("."), start, end) if key else start)

    def _table(self, table: str, index: int | None) -> tuple[int, int] | None:
        brackets = "[" if index is None else "[["
        own = [number for number, (kind, name, _) in enumerate(self._headers) if (kind, name) == (brackets, table)]
        wanted = index or 0
        if wanted >= len(own):
            return None
        first = own[wanted]
        # Tables inside it, such as [form.title], belong to it.
        rest = self._headers[first + 1 :]
        end = next(
            (at for kind, name, at in rest if not name.startswith(f"{table}.") or (kind, name) == ("[[", table)),
            len(self._text),
        )
        return self._headers[first][2], end

    def _key(self, table: str, parts: list[str], start: int, end: int) -> int:
        """Return where the deepest part of a key that can be seen stands."""
        at = start
        for depth, part in enumerate(parts):
            name = re.escape(part)
            header = re.escape(".".join([table, *parts[: depth + 1]]))
            pattern = (
                rf"""^[ \t]*(?:\[{{1,2}}{header}\]|(?:{name}|"{name}"|'{name}')[ \t]*[=.])|[{{,][ \t]*{name}[ \t]*="""
            )
            found = re.compile(pattern, re.MULTILINE).search(self._text, at, end)
            if found is None:
                break
            at = found.start()
        return at

    def _line(self, at: int) -> int:
        return bisect_right(self._starts, at)
