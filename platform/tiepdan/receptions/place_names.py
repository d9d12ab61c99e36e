"""Addresses in a register: the commune by the name it bears on the line's day, whatever name was written.

A merged commune goes on being written by its old name for years. Only what is certain is rewritten: a commune of
the body's own province that has exactly one successor; everything else stays as it was typed.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import import_module

from tiepdan.receptions.register_columns import fold
from tiepdan.sdk import Level
from tiepdan.tenancy.catalogue import Catalogue, UncoveredDay, Unit, catalogue
from tiepdan.tenancy.service import TenantView

# How the division in front of a name is shortened on paper, folded.
_SHORT = {"tt": "thi tran", "tx": "thi xa", "tp": "thanh pho", "p": "phuong", "x": "xa", "h": "huyen", "q": "quan"}
_COMMUNES = ("xa ", "phuong ", "thi tran ")
_DISTRICTS = ("huyen ", "quan ", "thi xa ", "thanh pho ")
_PACKAGE = "vietnam_provinces"  # it knows which communes of before 2025-07-01 each present one was made from


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """The communes of one province as they are on a day, and what they were before.

    present: folded names that exist. successors: present names by folded former name, alone and with its district.
    provinces: folded names of all provinces, now and before; own: those of this one.
    drop_districts: the day knows no districts any more.
    """

    present: frozenset[str] = frozenset()
    successors: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    provinces: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    drop_districts: bool = False

    def present_address(self, address: str) -> str:
        """Return the address with the present name of its commune, or as it is where that is not certain."""
        parts = [part.strip() for part in address.split(",")]
        folded = [_unfold_short(fold(part)) for part in parts]
        if any(_bare(part) in self.provinces - self.own for part in folded[-1:]):
            return address  # of another province
        communes = [place for place, part in enumerate(folded) if part.startswith(_COMMUNES)]
        if len(communes) != 1:
            return address
        at = communes[0]
        districts = [place for place, part in enumerate(folded) if place > at and part.startswith(_DISTRICTS)]
        district = folded[districts[0]] if districts else ""
        if not district and folded[at] in self.present:
            return address
        found = self.successors.get((folded[at], district), frozenset())
        if len(found) != 1:
            return address
        (name,) = found
        if fold(name) == folded[at]:
            return address
        parts[at] = name if parts[at][:1].isupper() else name[:1].lower() + name[1:]
        kept = [part for place, part in enumerate(parts) if not (self.drop_districts and place in districts[:1])]
        return ", ".join(kept)


_NOTHING = PlaceNames()


def place_names(tenant: TenantView, on: date) -> PlaceNames:
    """Return the names of a body's province on a day; without a catalogue of that day nothing is rewritten."""
    try:
        edition = catalogue(on)
    except UncoveredDay:
        return _NOTHING
    unit = edition.find(tenant.unit_level, tenant.unit_code)
    province = list(edition.ancestry(unit))[-1] if unit is not None else None
    return _of_province(province.code, edition.valid_from) if province is not None else _NOTHING


@cache
def _of_province(code: str, valid_from: date) -> PlaceNames:
    edition = catalogue(valid_from)
    province = edition.find(Level.PROVINCE, code)
    assert province is not None
    communes = edition.units_within(province, Level.COMMUNE)
    successors: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for former, district, present in (*_renamed(edition, communes), *_merged(edition, code)):
        successors[fold(former), ""].add(present)
        successors[fold(former), fold(district)].add(present)
    return PlaceNames(
        frozenset(fold(unit.name) for unit in communes),
        {key: frozenset(names) for key, names in successors.items()},
        frozenset(_bare(fold(name)) for name in _province_names(edition)),
        frozenset({_bare(fold(province.name))}),
        drop_districts=not _has_districts(edition),
    )


def _renamed(edition: Catalogue, communes: list[Unit]) -> Iterator[tuple[str, str, str]]:
    """Give (former name, its district, present name) of communes that kept their code, edition by edition."""
    for earlier in _before(edition):
        if _has_districts(edition) != _has_districts(earlier):
            return  # the great merger gave old codes to new communes
        for unit in communes:
            was = earlier.find(Level.COMMUNE, unit.code)
            above = earlier.parent(was) if was is not None else None
            if was is not None and above is not None and was.name != unit.name:
                yield was.name, above.name, unit.name


def _merged(edition: Catalogue, code: str) -> Iterator[tuple[str, str, str]]:
    """Give (former name, its district, present name) of the communes that were merged on 2025-07-01."""
    if _has_districts(edition):
        return
    units = import_module(_PACKAGE)
    districts = {each.code: each.name for each in import_module(f"{_PACKAGE}.legacy").District.iter_all()}
    for ward in units.Ward.iter_all():
        if ward.province_code == int(code):
            for source in ward.get_legacy_sources():
                yield source.name, districts[source.district_code], ward.name


def _has_districts(edition: Catalogue) -> bool:
    return any(level is Level.DISTRICT for level, _code in edition.units)


def _before(edition: Catalogue) -> Iterator[Catalogue]:
    day = edition.valid_from
    while True:
        day = date.fromordinal(day.toordinal() - 1)
        try:
            earlier = catalogue(day)
        except UncoveredDay:
            return
        yield earlier
        day = earlier.valid_from


def _province_names(edition: Catalogue) -> Iterator[str]:
    for each in (edition, *_before(edition)):
        yield from (unit.name for (level, _code), unit in each.units.items() if level is Level.PROVINCE)


def _unfold_short(folded: str) -> str:
    first, _space, rest = folded.partition(" ")
    return f"{_SHORT[first]} {rest}" if rest and first in _SHORT else folded


def _bare(folded: str) -> str:
    """Take the division off a province's name."""
    return folded.removeprefix("tinh ").removeprefix("thanh pho ")
