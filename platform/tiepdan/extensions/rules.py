"""Whose decision about a plugin holds for a committee. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tiepdan.sdk import Level


class Way(StrEnum):
    """How a decision came to a committee, the strongest first."""

    FILE_LOCKED = "file_locked"
    LOCKED = "locked"
    OWN = "own"
    FILE = "file"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Choice:
    """A stored decision. for_level: None for the decider itself. from_file: it stands in the province's tenant.toml."""

    tenant_id: int
    plugin: str
    enabled: bool
    settings: Mapping[str, object]
    for_level: Level | None = None
    locked: bool = False
    from_file: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What holds for a committee, whose decision it is and how it came."""

    plugin: str
    enabled: bool
    settings: Mapping[str, object]
    decided_by: int
    way: Way

    @property
    def is_fixed(self) -> bool:
        """Say whether the committee itself cannot decide otherwise."""
        return self.way in (Way.FILE_LOCKED, Way.LOCKED)


def judge(
    choices: Iterable[Choice], *, tenant_id: int, superior_ids: tuple[int, ...], level: Level
) -> dict[str, Verdict]:
    """Return the verdict on every plugin somebody decided about.

    A lock of the highest superior is stronger than any below it; after the locks the committee's own decision
    holds, then the province's file, then what the nearest superior proposed.

    superior_ids: all superiors, root first.
    """
    found: dict[str, tuple[tuple[int, int], Verdict]] = {}
    for choice in choices:
        ranked = _rank(choice, tenant_id, superior_ids, level)
        if ranked is None:
            continue
        way, rank = ranked
        if choice.plugin not in found or rank < found[choice.plugin][0]:
            verdict = Verdict(choice.plugin, choice.enabled, choice.settings, choice.tenant_id, way)
            found[choice.plugin] = (rank, verdict)
    return {plugin: verdict for plugin, (_rank, verdict) in sorted(found.items())}


def _rank(
    choice: Choice, tenant_id: int, superior_ids: tuple[int, ...], level: Level
) -> tuple[Way, tuple[int, int]] | None:
    ways = list(Way)
    if choice.tenant_id == tenant_id and choice.for_level is None:
        if choice.from_file:
            way = Way.FILE_LOCKED if choice.locked else Way.FILE
        else:
            way = Way.OWN
        return way, (ways.index(way), 0)
    if choice.tenant_id not in superior_ids or choice.for_level is not level:
        return None
    place = superior_ids.index(choice.tenant_id)
    if choice.locked:
        return Way.LOCKED, (ways.index(Way.LOCKED), place)
    return Way.DEFAULT, (ways.index(Way.DEFAULT), -place)
