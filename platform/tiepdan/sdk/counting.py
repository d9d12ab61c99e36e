"""Counting records: what is counted is said as data, never as SQL, and always for one committee."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

type Value = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Count:
    """Which records of a committee are counted, and how.

    of: "receptions" (kỳ tiếp), "visits" (lượt), "petitions" (đơn), "matters" (vụ việc), "assignments" (giao
        việc), "notices" (thông báo kết luận), or "register:<key>" for a register of this plugin,
        "register:<plugin>/<key>" for another's.
    measure: "count", "sum:<field>" of a whole number, or "distinct:<field>".
    where: values by field, all of which must fit; a list fits any of its values. Fields of a register are those of
        its schema; those of the platform are listed in the hook reference.
    dated: False counts every record whatever its day; otherwise those whose day lies in the period asked about.
    """

    of: str
    measure: str = "count"
    where: Mapping[str, Value | Sequence[Value]] = field(default_factory=dict)
    dated: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a register, as plugins read it. values: by field, without those the schema marks as private."""

    key: str
    on: date
    values: Mapping[str, Value]


class Records(Protocol):
    """A committee's records as plugins read them: bound to that committee, counts and entries of its registers."""

    def count(self, what: Count, first: date, last: date) -> int:
        """Count what happened from first to last, both inclusive. Raises ValueError for no such record or field."""

    def entries(self, register: str, first: date, last: date, *, limit: int = 100) -> Sequence[Entry]:
        """Return entries of a register of this plugin ("<key>") by day, the newest first; at most 500."""
