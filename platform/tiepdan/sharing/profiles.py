"""Share profiles: how much of a case goes up, as dated data per kind and level."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from tiepdan.sdk import Level, PetitionKind

UNKNOWN_KIND = "unknown"


class Show(StrEnum):
    """How much superiors see, least first."""

    NONE = "none"
    COUNTS = "counts"
    SUMMARY = "summary"
    SUMMARY_TEXT = "summary+text"

    @property
    def lists_cases(self) -> bool:
        """Say whether a row per case goes up."""
        return self in (Show.SUMMARY, Show.SUMMARY_TEXT)


# Whatever a file says, these never go up as rows: their text and dates point at a person.
SEALED_KINDS = frozenset({PetitionKind.DENUNCIATION.value, UNKNOWN_KIND})


@dataclass(frozen=True, slots=True)
class ShareProfile:
    """One row of the data. levels: empty for every level; valid_to: None while in force."""

    kind: str
    show: Show
    levels: frozenset[Level]
    valid_from: date
    valid_to: date | None
    source: str

    def fits(self, kind: str, level: Level | None, on: date) -> bool:
        """Say whether the row speaks of this kind, level and day."""
        return (
            self.kind == kind
            and (not self.levels or level in self.levels)
            and self.valid_from <= on
            and (self.valid_to is None or on <= self.valid_to)
        )


@cache
def share_profiles() -> tuple[ShareProfile, ...]:
    """Read the platform's profiles; raise ValueError for a row that would let a sealed kind out."""
    text = (files("tiepdan.sharing") / "profiles.toml").read_text(encoding="utf-8")
    return tuple(_profile(row) for row in tomllib.loads(text)["profile"])


@cache
def levels_matter() -> bool:
    """Say whether any row of the data names a level; if not, nobody need ask for a unit's."""
    return any(profile.levels for profile in share_profiles())


def choose_show(kind: str, level: Level | None, on: date, profiles: Sequence[ShareProfile] | None = None) -> Show:
    """Return how much of a case goes up; where no row fits, its count only.

    level: None where no row names a level (`levels_matter`).
    on: day the petition was received, so that a later change of the data leaves old cases alone.
    """
    profile = choose_profile(kind, level, on, profiles)
    return profile.show if profile is not None else Show.COUNTS


def choose_profile(
    kind: str, level: Level | None, on: date, profiles: Sequence[ShareProfile] | None = None
) -> ShareProfile | None:
    """Return the row that says how much of a case goes up; None where no row fits. Arguments as for choose_show."""
    fitting = [p for p in (share_profiles() if profiles is None else profiles) if p.fits(kind, level, on)]
    return max(fitting, key=lambda profile: (bool(profile.levels), profile.valid_from)) if fitting else None


def _profile(row: dict[str, object]) -> ShareProfile:
    profile = ShareProfile(
        kind=str(row["kind"]),
        show=Show(str(row["show"])),
        levels=frozenset(Level(word) for word in row.get("levels", ())),  # type: ignore[attr-defined]  # a TOML list
        valid_from=row["valid_from"],  # type: ignore[arg-type]  # TOML dates are dates
        valid_to=row.get("valid_to"),  # type: ignore[arg-type]
        source=str(row["source"]),
    )
    if profile.kind in SEALED_KINDS and profile.show.lists_cases:
        raise ValueError(f"profiles.toml: {profile.kind} may not go up as {profile.show}")
    return profile
