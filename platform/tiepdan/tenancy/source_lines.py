"""On which line of a TOML file a table or key stands, for messages. Python's tomllib does not say."""

import re
from collections import Counter
from collections.abc import Mapping

type KeyPath = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\"-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*(\"[^\"]+\"|[A-Za-z0-9_-]+)\s*=")


def locate_keys(text: str) -> dict[KeyPath, int]:
    """Map `("bodies", 2, "levels")` to its line, counting lines and tables of a list from 1.

    Reads lines, not TOML: a key inside a multi-line string may mislead a message, never a decision.
    """
    lines: dict[KeyPath, int] = {}
    seen: Counter[str] = Counter()
    table: KeyPath = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            name = header[2].strip('"')
            if header[1] == "[[":
                seen[name] += 1
                lines.setdefault((name,), number)
                table = (name, seen[name])
            else:
                table = tuple(name.split("."))
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, key[1].strip('"')), number)
    return lines


def line_of(lines: Mapping[KeyPath, int], path: KeyPath) -> int:
    """Return the line of a key, or of the nearest table around it; 0 if nothing is known."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return 0


def written(path: KeyPath) -> str:
    """Write a path as people read it: `bodies[2].levels`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
