"""The words of sharing, and what is counted where. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import IntFlag
from uuid import UUID

from tiepdan.sdk import PetitionKind
from tiepdan.sharing.profiles import UNKNOWN_KIND, Show

DEPTHS = (1, 2, 3, 4)  # superiors a unit may have; a path is at most one label longer


class Flag(IntFlag):
    """Marks of a case that superiors look for (đông người, phức tạp, kéo dài, vượt cấp)."""

    MASS = 1
    COMPLEX = 2
    PROLONGED = 4
    LEVEL_SKIPPING = 8


def flags_in(flags: int) -> list[Flag]:
    """Return the flags that a stored number stands for."""
    return [flag for flag in Flag if flags & flag]


def flag_sums(flag: Flag) -> list[int]:
    """Return every combination of flags that contains one, as stored numbers."""
    return [number for number in range(1, 16) if number & flag]


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """What a slice above tells about one of its cases; the share profile decides what of it goes up.

    kind: None until the petition is classified.
    status, field: words of the slice that tells.
    due_on: nearest open deadline; closed_on: set once nothing is left to do.
    text: a summary written for superiors, without names; kept only where the profile says so.
    code: the code people know the case by.
    sealed: it was once a denunciation; whatever it is called now, superiors learn no more of it than a number.
    """

    case_id: UUID
    kind: PetitionKind | None
    status: str
    field: str
    received_on: date
    due_on: date | None = None
    closed_on: date | None = None
    mass: bool = False
    complex: bool = False
    prolonged: bool = False
    level_skipping: bool = False
    people_count: int = 1
    text: str | None = None
    code: str = ""
    sealed: bool = False

    @property
    def kind_word(self) -> str:
        """Return the kind as it is stored: "unknown" until classified."""
        return self.kind.value if self.kind is not None else UNKNOWN_KIND

    @property
    def flags(self) -> Flag:
        """Return the flags as one number."""
        return Flag(
            Flag.MASS * self.mass
            | Flag.COMPLEX * self.complex
            | Flag.PROLONGED * self.prolonged
            | Flag.LEVEL_SKIPPING * self.level_skipping
        )


@dataclass(frozen=True, slots=True, order=True)
class Bucket:
    """Where a case is counted. Equal cases share a bucket; the order is the order of locking.

    month: first day of the month of receipt.
    """

    month: date
    kind: str
    status: str
    field: str
    pending: bool


def bucket_of(summary: CaseSummary, show: Show) -> Bucket | None:
    """Return where a case is counted, or None where it is not.

    A kind that goes up as counts only is counted by unit and month and by nothing else: a cell
    of status and field with a single case in it would describe a person.
    """
    if show is Show.NONE:
        return None
    month = summary.received_on.replace(day=1)
    if not show.lists_cases:
        return Bucket(month, summary.kind_word, "", "", pending=False)
    return Bucket(month, summary.kind_word, summary.status, summary.field, pending=summary.closed_on is None)
