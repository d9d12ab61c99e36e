"""Write the tenant.toml a province starts from: its committees, court, procuracy and enforcement body."""

from datetime import date

from tiepdan.sdk import Level, TenantKind
from tiepdan.tenancy.catalogue import Catalogue, Unit
from tiepdan.tenancy.expansion import LEVEL_NAMES
from tiepdan.tenancy.names import committee_slug, fold
from tiepdan.tenancy.regimes import Regime

_COURTS_UNTIL_2025 = (
    ("tand", "Tòa án nhân dân", "TAND"),
    ("vksnd", "Viện kiểm sát nhân dân", "VKSND"),
    ("cuc-thads", "Cục Thi hành án dân sự", "Cục THADS"),
)
_COURTS = (*_COURTS_UNTIL_2025[:2], ("thads", "Thi hành án dân sự", "THADS"))


def province_slug(unit: Unit) -> str:
    """Return the slug a province's file usually has: its folded bare name."""
    return fold(unit.bare_name)


def write_tenant_file(slug: str, units: Catalogue, regime: Regime, unit: Unit, as_of: date) -> str:
    """Return the text of a tenant.toml for a province: a proposal that a person reads and changes.

    Party committees stand at every level, people's committees at the two highest: the file grows downwards
    when communes' people's committees join.
    """
    levels = [level.value for level in regime.tenant_levels]
    counts = [
        f"{len(units.units_within(unit, level))} đơn vị cấp {LEVEL_NAMES[level]}" for level in regime.tenant_levels[1:]
    ]
    lower = regime.tenant_levels[-1].value
    until_2025 = Level.DISTRICT in regime.tenant_levels
    text = f"""\
# {unit.name} ({", ".join(counts)}). Cách viết: tenants/README.md
# Xem trước: tiepdan tenants plan tenants/{slug}/tenant.toml

[province]
slug   = "{slug}"
code   = "{unit.code}"
as_of  = {as_of.isoformat()}  # đơn vị hành chính như trong danh mục ngày này
regime = "{regime.name}"

# Cấp ủy của mọi đơn vị
[[bodies]]
kind   = "party_committee"
levels = {_toml_list(levels)}

# Ủy ban nhân dân{f'; thêm "{lower}" khi cấp xã tham gia' if until_2025 else ""}
[[bodies]]
kind   = "peoples_committee"
levels = {_toml_list(levels[:2])}

# Cơ quan tư pháp cấp tỉnh
"""
    place = unit.name[0].lower() + unit.name[1:]
    slugs = []
    for prefix, name, short_name in _COURTS_UNTIL_2025 if until_2025 else _COURTS:
        slugs.append(f"{prefix}-{fold(place)}")
        text += f"""\
[[body]]
slug       = "{slugs[-1]}"
name       = "{name} {place}"
short_name = "{short_name} {place}"
kind       = "judicial_body"
unit       = "{unit.reference}"

"""
    return (
        text
        + f"""\
# Báo cáo thực hiện Quy định 11-QĐi/TW: cơ quan hành chính và tư pháp gửi số lượt tiếp cho cấp ủy tỉnh
[[reporting_lines]]
report     = "qd11"
from_kinds = ["peoples_committee", "judicial_body"]
to         = "{committee_slug(units, TenantKind.PARTY_COMMITTEE, unit)}"
"""
    )


def _toml_list(words: list[str]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"
