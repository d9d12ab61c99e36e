"""Administrative units (đơn vị hành chính) as they were on a day.

Editions with dates are listed in tenants/_catalogue/editions.toml; an edition is read from a CSV beside it
or from the package vietnam-provinces, once, and only when a day asks for it.
"""

import csv
import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from flask_babel import gettext as _

from tiepdan.sdk import Level

CODE_WIDTHS = {Level.PROVINCE: 2, Level.DISTRICT: 3, Level.COMMUNE: 5}


class UncoveredDay(LookupError):
    """No edition of the catalogue covers the day; the message says which days are covered."""


class Unit(NamedTuple):
    """One administrative unit. Codes collide across levels, so the key is (level, code)."""

    level: Level
    code: str
    name: str
    division_type: str
    parent_code: str | None

    @property
    def bare_name(self) -> str:
        """Return the name without its division word: "Huyện Cao Lộc" is "Cao Lộc"."""
        return self.name[len(self.division_word) :].strip()

    @property
    def division_word(self) -> str:
        """Return the division as it stands in front of the name: "thành phố", not "thành phố trung ương"."""
        return self.division_type.removesuffix(" trung ương")

    @property
    def reference(self) -> str:
        """Return how tenant.toml names the unit, for example `district/183`."""
        return f"{self.level.value}/{self.code}"


@dataclass(frozen=True, eq=False)  # an edition is itself: comparing ten thousand units helps nobody
class Catalogue:
    """One edition: all units of the country on the days it covers."""

    edition: str
    valid_from: date
    valid_to: date | None
    units: dict[tuple[Level, str], Unit]

    def find(self, level: Level, code: str) -> Unit | None:
        """Return the unit of a level by its code, padded or not; None if there is no such unit."""
        return self.units.get((level, code.zfill(CODE_WIDTHS[level])))

    def parent(self, unit: Unit) -> Unit | None:
        """Return the unit directly above; None for a province."""
        if unit.parent_code is None:
            return None
        above = Level.DISTRICT if self._has_districts and unit.level is Level.COMMUNE else Level.PROVINCE
        return self.units[above, unit.parent_code]

    def ancestry(self, unit: Unit) -> Iterator[Unit]:
        """Give the unit itself, then each unit above it."""
        current: Unit | None = unit
        while current is not None:
            yield current
            current = self.parent(current)

    def units_within(self, unit: Unit, level: Level) -> list[Unit]:
        """List the units of a level inside a unit (the unit itself if it is of that level), by code."""
        found = [unit]
        while found and found[0].level is not level:
            found = [child for above in found for child in self._children.get((above.level, above.code), ())]
        return found

    @cached_property
    def _has_districts(self) -> bool:
        return any(level is Level.DISTRICT for level, _code in self.units)

    @cached_property
    def _children(self) -> dict[tuple[Level, str], list[Unit]]:
        children: dict[tuple[Level, str], list[Unit]] = {}
        for unit in self.units.values():
            above = self.parent(unit)
            if above is not None:
                children.setdefault((above.level, above.code), []).append(unit)
        for units in children.values():
            units.sort(key=lambda child: child.code)
        return children


def catalogue(as_of: date) -> Catalogue:
    """Return the edition that covers a day; raise UncoveredDay if none does."""
    folder = catalogue_folder()
    for index, edition in enumerate(_editions(folder)):
        if edition["valid_from"] <= as_of <= edition.get("valid_to", date.max):
            return _load_edition(folder, index)
    first = _editions(folder)[0]["valid_from"]
    raise UncoveredDay(
        _(
            "Không có danh mục đơn vị hành chính cho ngày %(day)s; danh mục có từ ngày %(first)s. "
            "Hãy chọn ngày khác hoặc bổ sung danh mục vào tenants/_catalogue.",
            day=as_of.isoformat(),
            first=first.isoformat(),
        )
    )


def catalogue_folder() -> Path:
    """Find tenants/_catalogue: under TIEPDAN_TENANTS, beside the source tree, or in the working folder."""
    named = os.environ.get("TIEPDAN_TENANTS")
    places = [Path(named)] if named else [Path(__file__).parents[3] / "tenants", Path.cwd() / "tenants"]
    for place in places:
        if (place / "_catalogue" / "editions.toml").is_file():
            return place / "_catalogue"
    raise FileNotFoundError(
        f"tenants/_catalogue/editions.toml not found in {', '.join(map(str, places))}; set TIEPDAN_TENANTS"
    )


@cache
def _editions(folder: Path) -> list[dict[str, Any]]:
    with (folder / "editions.toml").open("rb") as file:
        editions: list[dict[str, Any]] = tomllib.load(file)["edition"]
    return editions


@cache
def _load_edition(folder: Path, index: int) -> Catalogue:
    edition = _editions(folder)[index]
    rows = _csv_rows(folder / edition["file"]) if "file" in edition else _package_rows(edition["package"])
    units = {(level, code): Unit(level, code, name, division, parent) for level, code, name, division, parent in rows}
    return Catalogue(edition["name"], edition["valid_from"], edition.get("valid_to"), units)


type _Row = tuple[Level, str, str, str, str | None]


def _csv_rows(path: Path) -> Iterator[_Row]:
    above = {Level.DISTRICT: 2, Level.COMMUNE: 3}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            level = Level(row["level"])
            parent = row["parent_code"].zfill(above[level]) if row["parent_code"] else None
            yield level, row["code"].zfill(CODE_WIDTHS[level]), row["name"], row["division_type"], parent


def _package_rows(package: str) -> Iterator[_Row]:
    module = import_module(package)
    for province in module.Province.iter_all():
        yield Level.PROVINCE, f"{province.code:02d}", province.name, province.division_type.value, None
    districts = module.District.iter_all() if hasattr(module, "District") else ()
    for district in districts:
        yield (
            Level.DISTRICT,
            f"{district.code:03d}",
            district.name,
            district.division_type.value,
            f"{district.province_code:02d}",
        )
    for ward in module.Ward.iter_all():
        parent = f"{ward.district_code:03d}" if hasattr(ward, "district_code") else f"{ward.province_code:02d}"
        yield Level.COMMUNE, f"{ward.code:05d}", ward.name, ward.division_type.value, parent
