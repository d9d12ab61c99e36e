"""Names a body had before: of its unit in earlier editions of the catalogue, and of the units it was made from."""

from collections.abc import Iterator
from datetime import date
from importlib import import_module

from tiepdan.sdk import Level
from tiepdan.tenancy.catalogue import Catalogue, UncoveredDay, Unit, catalogue
from tiepdan.tenancy.service import TenantView


def former_names(tenant: TenantView, on: date) -> frozenset[str]:
    """Return how registers may name a body: its unit now and before, alone and inside the body's name.

    "Đảng ủy xã Mới" also goes by "Xã Mới", "Xã Cũ" and "Đảng ủy xã Cũ".
    """
    units = list(_units(tenant, on))
    own = max((unit.name for unit in units if unit.name.casefold() in tenant.name.casefold()), key=len, default="")
    names: set[str] = set()
    for unit in units:
        names.add(unit.name)
        if own:
            start = tenant.name.casefold().index(own.casefold())
            names.add(tenant.name[:start] + unit.name + tenant.name[start + len(own) :])
    return frozenset(names)


def _units(tenant: TenantView, on: date) -> Iterator[Unit]:
    for edition in _editions(on):
        unit = edition.find(tenant.unit_level, tenant.unit_code)
        if unit is not None:
            yield unit
    if tenant.unit_level is Level.COMMUNE:
        yield from _merged_into(tenant.unit_code)


def _editions(on: date) -> Iterator[Catalogue]:
    """Give the editions of the catalogue up to a day, the newest first."""
    day = on
    while True:
        try:
            edition = catalogue(day)
        except UncoveredDay:
            return
        yield edition
        day = date.fromordinal(edition.valid_from.toordinal() - 1)


def _merged_into(code: str) -> Iterator[Unit]:
    """Give the communes of before 2025-07-01 that the commune of a code was made from."""
    units = import_module("vietnam_provinces")  # thousands of units: only read for a register that names its body
    try:
        ward = units.Ward.from_code(units.WardCode(int(code)))
    except ValueError:
        return
    for source in ward.get_legacy_sources():
        yield Unit(Level.COMMUNE, f"{source.code:05d}", source.name, source.division_type.value, None)
