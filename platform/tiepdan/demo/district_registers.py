"""What two districts of Hà Nội review: their plugins, their registers, and the report they begin with them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tiepdan.core.db import forget_session
from tiepdan.core.scope import platform_scope
from tiepdan.demo import dong_da, hoan_kiem
from tiepdan.demo.filling import DEMO_DAY, Entry, Filled, fill
from tiepdan.extensions.catalogue import installed_plugins
from tiepdan.reports.service import Period, read_period
from tiepdan.tenancy.service import TenantView, children, find_tenant


@dataclass(frozen=True, slots=True)
class District:
    """Whose plugin, whose entries, which report for which period."""

    slug: str
    plugin: str
    entries: Callable[[Sequence[str], date], Iterator[Entry]]
    report: str
    period: Period


DISTRICTS = (
    District("quan-uy-dong-da", "dong-da", dong_da.entries, "review-35-11", read_period("2014-2024")),
    District("quan-uy-hoan-kiem", "hoan-kiem", hoan_kiem.entries, "yearly-review", read_period("2023")),
)


def make_district_registers(say: Callable[[str], None]) -> None:
    """Enable each district's plugin, write its registers and begin its review, as far as that is not done yet."""
    for district in DISTRICTS:
        with platform_scope():
            tenant = find_tenant(district.slug)
            wards = [ward.short_name for ward in children(tenant.id)] if tenant else []
        forget_session()
        if tenant is not None and district.plugin in installed_plugins():
            written = fill_district(district, tenant, wards)
            say(f"{tenant.name}: {written} mục ghi vào sổ của plugin {district.plugin}")


def fill_district(district: District, tenant: TenantView, wards: Sequence[str]) -> int:
    """Enable the plugin unless somebody decided about it, write its registers, begin the report.

    wards: names of the units below. Returns how many entries were written.
    """
    begun = (district.report, district.period.code)
    return fill(Filled(tenant, district.plugin, district.entries(wards, DEMO_DAY), begun=begun))
