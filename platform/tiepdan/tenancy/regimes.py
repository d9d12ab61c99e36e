"""Regimes: which levels of units and of bodies exist on a day. The depth of the hierarchy is data."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from tiepdan.sdk import Level

_RANKS = {Level.PROVINCE: 1, Level.DISTRICT: 2, Level.COMMUNE: 3}


@dataclass(frozen=True, slots=True)
class Regime:
    """A regime of local government between two days.

    unit_levels: levels of administrative units. tenant_levels: levels of the bodies that may be tenants.
    """

    name: str
    title: str
    valid_from: date
    valid_to: date | None
    unit_levels: tuple[Level, ...]
    tenant_levels: tuple[Level, ...]
    source: str
    status: str

    def covers(self, day: date) -> bool:
        """Say whether the regime is in force on a day."""
        return self.valid_from <= day <= (self.valid_to or date.max)


@cache
def regimes() -> tuple[Regime, ...]:
    """Return all regimes, oldest first."""
    with Path(__file__).with_name("regimes.toml").open("rb") as file:
        rows = tomllib.load(file)["regime"]
    return tuple(
        Regime(
            name=row["name"],
            title=row["title"],
            valid_from=row["valid_from"],
            valid_to=row.get("valid_to"),
            unit_levels=tuple(map(Level, row["unit_levels"])),
            tenant_levels=tuple(map(Level, row["tenant_levels"])),
            source=row["source"],
            status=row["status"],
        )
        for row in rows
    )


def regime_on(day: date) -> Regime:
    """Return the regime in force on a day; raise LookupError before the first."""
    for regime in regimes():
        if regime.covers(day):
            return regime
    raise LookupError(f"no regime is known for {day}")


def rank(level: Level) -> int:
    """Return 1 for a province, 2 for a district, 3 for a commune: a superior's rank is never larger."""
    return _RANKS[level]
