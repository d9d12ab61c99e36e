"""The nation as files: one tenant.toml per province, party committees at every level, before July 2025."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tiepdan.sdk import Level
from tiepdan.tenancy.catalogue import catalogue
from tiepdan.tenancy.new_file import province_slug

AS_OF = date(2025, 6, 1)  # 63 provinces, 696 districts, 10,051 communes


def write_nation(folder: Path) -> list[Path]:
    """Write the files of all provinces; return their paths, in the order of the provinces' codes."""
    units = catalogue(AS_OF)
    provinces = sorted((u for u in units.units.values() if u.level is Level.PROVINCE), key=lambda unit: unit.code)
    return [
        write_province(
            folder,
            province_slug(unit),
            unit.code,
            '[[bodies]]\nkind   = "party_committee"\nlevels = ["province", "district", "commune"]\n',
        )
        for unit in provinces
    ]


def write_province(folder: Path, slug: str, code: str, bodies: str) -> Path:
    """Write one file: the head of the province, then its bodies."""
    path = folder / slug / "tenant.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'[province]\nslug   = "{slug}"\ncode   = "{code}"\nas_of  = {AS_OF}\n\n{bodies}', encoding="utf-8")
    return path


def count_bodies(paths: Sequence[Path]) -> int:
    """Count the units of all levels in the files' provinces; each has one committee."""
    units = catalogue(AS_OF)
    codes = {line.split('"')[1] for path in paths for line in path.read_text().splitlines() if line.startswith("code")}
    found = [unit for unit in units.units.values() if unit.level is Level.PROVINCE and unit.code in codes]
    return sum(len(units.units_within(unit, level)) for unit in found for level in Level)
