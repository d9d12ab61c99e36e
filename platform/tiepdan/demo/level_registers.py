"""What the plugins of the levels, of Lạng Sơn and of Hai Bà Trưng are shown with: enabled, written, begun."""

from collections.abc import Callable, Iterator
from itertools import chain
from random import Random

from tiepdan.core.db import forget_session
from tiepdan.core.scope import platform_scope
from tiepdan.demo import hai_ba_trung, levels
from tiepdan.demo.filling import DEMO_DAY, Filled, fill
from tiepdan.extensions.catalogue import installed_plugins
from tiepdan.sdk import Branch, Level
from tiepdan.tenancy.service import children, find_tenant, list_tenants

_RECEIVER = "tinh-uy-lang-son"


def make_level_registers(say: Callable[[str], None]) -> None:
    """Enable the plugins, write their registers and begin a report, as far as that is not done yet."""
    with platform_scope():
        wanted = list(chain(_lang_son(), _ha_noi()))
    forget_session()
    written = sum(fill(each) for each in wanted if each.plugin in installed_plugins())
    say(f"{written} mục ghi vào sổ của các plugin cấp tỉnh, huyện, xã")


def _lang_son() -> Iterator[Filled]:
    province, district = find_tenant(_RECEIVER), find_tenant("huyen-uy-cao-loc")
    if province is None or district is None:
        return
    communes = children(district.id)
    yield Filled(province, "level-province", levels.province(Random("tỉnh")), begun=("giao-ban", "2024-M06"))
    below = (Level.DISTRICT, Level.COMMUNE)
    yield Filled(province, "lang-son", levels.lang_son(Random("giao ban tỉnh")), below=below)
    names = [commune.short_name for commune in communes]
    yield Filled(district, "level-district", levels.district(Random("huyện"), names), begun=("urging", "2024-M06"))
    yield Filled(district, "lang-son", levels.lang_son(Random("giao ban huyện")))
    for commune in communes[:2]:
        entries = levels.commune(Random(commune.slug), commune.short_name)
        yield Filled(commune, "level-commune", entries, begun=("grass-roots", "2023"))
    for body in list_tenants(province_id=province.province_id):
        if body.level is Level.PROVINCE and body.branch is not Branch.PARTY:
            yield Filled(body, "lang-son", settings={"party_committee": _RECEIVER})


def _ha_noi() -> Iterator[Filled]:
    city, district = find_tenant("thanh-uy-ha-noi"), find_tenant("ubnd-quan-hai-ba-trung")
    if city is not None:
        yield Filled(city, "level-province")
    if district is None:
        return
    wards = children(district.id)
    entries = hai_ba_trung.entries([ward.unit_code for ward in wards], DEMO_DAY)
    yield Filled(district, "hai-ba-trung", entries, below=(Level.COMMUNE,), begun=("inspectorate-monthly", "2024-M06"))
    yield Filled(district, "level-district")
    for ward in wards[:1]:
        yield Filled(ward, "level-commune", levels.commune(Random(ward.slug), ward.short_name))
