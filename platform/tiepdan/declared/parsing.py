"""From text to plain data: TOML and JSON that somebody else wrote, bounded in size and depth."""

import json
import math
import re
import tomllib
from datetime import date, datetime
from typing import Any

from tiepdan.declared.faults import DataFault, FaultKind, MalformedError

DEEPEST = 24
LARGEST_TOML = 400_000  # letters
LARGEST_NUMBER = 2**53  # a larger one is not the same in JSON
# Reading a key of n parts takes n² steps, so a long one is refused before.
_LONG_KEY = re.compile(
    r"""(?<![\w."'-])(?:(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){%d}""" % DEEPEST  # noqa: UP031
)


def read_toml(name: str, text: str) -> dict[str, Any]:
    """Read a TOML file. Raises MalformedError."""
    if len(text) > LARGEST_TOML:
        raise MalformedError([DataFault(FaultKind.TOO_LARGE, name, detail=f"{LARGEST_TOML // 1000} kB")])
    if _LONG_KEY.search(text):
        raise MalformedError([DataFault(FaultKind.TOO_DEEP, name)])
    try:
        found = tomllib.loads(text)
    except RecursionError:
        raise MalformedError([DataFault(FaultKind.TOO_DEEP, name)]) from None
    except ValueError as fault:  # TOMLDecodeError, or a number of thousands of digits
        raise MalformedError([_syntax(name, str(fault))]) from None
    _check_depth(name, found)
    return found


def read_json(name: str, text: str) -> Any:  # noqa: ANN401 - whatever the file holds
    """Read a JSON file. Raises MalformedError."""
    try:
        found = json.loads(text, object_pairs_hook=_distinct)
    except RecursionError:
        raise MalformedError([DataFault(FaultKind.TOO_DEEP, name)]) from None
    except ValueError as fault:
        raise MalformedError([_syntax(name, str(fault))]) from None
    _check_depth(name, found)
    return found


def is_plain(value: object) -> bool:
    """Say whether a value is one that JSON has, and exactly: no day, no endless number."""
    match value:
        case bool() | str() | None:
            return True
        case int():
            return abs(value) <= LARGEST_NUMBER
        case float():
            return math.isfinite(value)
        case dict():
            return all(is_plain(each) for each in value.values())
        case list():
            return all(is_plain(each) for each in value)
        case _:
            return False


def is_day(value: object) -> bool:
    """Say whether a value is a day without a time."""
    return isinstance(value, date) and not isinstance(value, datetime)


def _check_depth(name: str, value: object) -> None:
    level = [value]
    for _ in range(DEEPEST):
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return
    raise MalformedError([DataFault(FaultKind.TOO_DEEP, name)])


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse what JSON allows and every reader understands differently."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name comes twice in one object")
    return found


def _syntax(name: str, said: str) -> DataFault:
    line = re.search(r"line (\d+)", said)
    return DataFault(FaultKind.SYNTAX, name, line=int(line[1]) if line else None, detail=said[:200])
