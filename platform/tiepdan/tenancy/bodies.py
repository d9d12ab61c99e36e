"""What a checked tenant.toml says, spelled out: one value per body, line, host and plugin."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tiepdan.sdk import Branch, Level, TenantKind
from tiepdan.tenancy.catalogue import Catalogue, Unit
from tiepdan.tenancy.regimes import Regime
from tiepdan.tenancy.source_lines import KeyPath

BRANCHES = {
    TenantKind.PARTY_COMMITTEE: Branch.PARTY,
    TenantKind.PEOPLES_COMMITTEE: Branch.STATE,
    TenantKind.AGENCY: Branch.STATE,
    TenantKind.JUDICIAL_BODY: Branch.JUDICIAL,
}


@dataclass(frozen=True, slots=True)
class PluginSetting:
    """A plugin a body has enabled, with its settings; locked: the body itself may not change them."""

    name: str
    locked: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Body:
    """One body that is to be a tenant. `superior` is a slug of the same file, None for a root.

    since: first day of the relation to the superior.
    place: the table that made it; stated: keys that a table states for this very body, with that table.
    was: slug under which the body is known so far, when the file renames it.
    """

    slug: str
    name: str
    short_name: str
    kind: TenantKind
    branch: Branch
    unit: Unit
    since: date
    state: str
    place: KeyPath
    stated: dict[str, KeyPath] = field(default_factory=dict)
    of_group: bool = False
    superior: str | None = None
    root: bool = False
    was: str | None = None
    hosts: tuple[str, ...] = ()
    plugins: tuple[PluginSetting, ...] = ()

    @property
    def level(self) -> Level:
        """Return the level of the body: that of its unit."""
        return self.unit.level

    def place_of(self, key: str) -> KeyPath:
        """Return where in the file a key of this body stands."""
        return (*self.stated.get(key, self.place), key)


@dataclass(frozen=True, slots=True)
class ReportingLine:
    """Figures of one report that go from one body to another, over branches, between two days."""

    sender: str
    receiver: str
    report: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Province:
    """A province as its file describes it; bodies stand after their superiors."""

    file: str
    slug: str
    unit: Unit
    as_of: date
    regime: Regime
    catalogue: Catalogue
    bodies: tuple[Body, ...]
    reporting_lines: tuple[ReportingLine, ...]
    lines: Mapping[KeyPath, int]
