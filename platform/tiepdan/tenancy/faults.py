"""What is wrong with a tenant.toml: every fault with its file, line and key, all at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from flask_babel import gettext as _


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault of one file.

    line: 1-based, 0 where the fault belongs to the file as a whole.
    key: where in the document, tables of a list counted from 1: `bodies[2].levels`; "" for the file.
    """

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.key}: {self.message}" if self.key else f"{place}: {self.message}"

    def as_json(self) -> dict[str, str | int]:
        """Return the fault for `--json`."""
        return {"file": self.file, "line": self.line, "key": self.key, "message": self.message}


class InvalidFiles(Exception):
    """Files cannot be applied; carries every fault, sorted by file and line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(map(str, self.faults)))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a sentence that offers the nearest known word, or nothing."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return " " + _("Có phải ý bạn là “%(word)s”?", word=near[0]) if near else ""


def listed(words: Sequence[str]) -> str:
    """Join words for a message."""
    return ", ".join(words)
