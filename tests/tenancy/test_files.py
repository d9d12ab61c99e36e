"""The shipped files, and what a file may say."""

import re
import tomllib
from collections import Counter
from datetime import date

from tiepdan.sdk import Level
from tiepdan.tenancy.catalogue import catalogue
from tiepdan.tenancy.new_file import write_tenant_file
from tiepdan.tenancy.province_file import read_provinces
from tiepdan.tenancy.regimes import regime_on


def counted(province):
    return Counter((body.kind.value, body.level.value) for body in province.bodies)


def test_lang_son_has_212_party_committees_and_its_other_bodies(repository):
    [province] = read_provinces([repository / "tenants/lang-son"])
    assert counted(province) == {
        ("party_committee", "province"): 1,
        ("party_committee", "district"): 11,
        ("party_committee", "commune"): 200,
        ("peoples_committee", "province"): 1,
        ("peoples_committee", "district"): 11,
        ("judicial_body", "province"): 3,
    }


def test_courts_and_peoples_committees_of_lang_son_report_to_the_provincial_party_committee(repository):
    [province] = read_provinces([repository / "tenants/lang-son"])
    kinds = {body.slug: body.kind.value for body in province.bodies}
    assert {line.receiver for line in province.reporting_lines} == {"tinh-uy-lang-son"}
    assert Counter(kinds[line.sender] for line in province.reporting_lines) == {
        "peoples_committee": 12,
        "judicial_body": 3,
    }


def test_ha_noi_has_three_districts_with_their_wards(repository):
    [province] = read_provinces([repository / "tenants/ha-noi"])
    below = Counter(body.superior for body in province.bodies)
    assert below == {
        None: 2,
        "thanh-uy-ha-noi": 2,
        "ubnd-thanh-pho-ha-noi": 1,
        "quan-uy-hoan-kiem": 18,
        "quan-uy-dong-da": 21,
        "ubnd-quan-hai-ba-trung": 18,
    }


def test_the_shipped_lang_son_is_what_new_writes(repository):
    day = date(2022, 6, 30)
    units = catalogue(day)
    text = write_tenant_file("lang-son", units, regime_on(day), units.find(Level.PROVINCE, "20"), day)
    assert (repository / "tenants/lang-son/tenant.toml").read_text() == text


def test_new_writes_a_sound_file_for_every_province_of_both_regimes(write):
    for day in (date(2022, 6, 30), date(2025, 3, 1), date(2026, 1, 1)):
        units = catalogue(day)
        for (level, code), unit in units.units.items():
            if level is Level.PROVINCE:
                [province] = read_provinces([write(write_tenant_file("x", units, regime_on(day), unit, day), code)])
                assert len(province.bodies) > len(units.units_within(unit, Level.COMMUNE))


def test_every_example_of_the_readme_is_toml_with_known_keys(repository, write, faults):
    text = (repository / "tenants/README.md").read_text()
    examples = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    assert len(examples) == 6
    for example in examples:
        assert tomllib.loads(example)
    for line in faults("\n".join(examples)):
        assert "Không có khóa" not in line
        assert "kiểu" not in line


def test_the_implied_superior_is_the_same_committee_of_the_unit_above(small, write):
    [province] = read_provinces([write(small)])
    superiors = {body.slug: body.superior for body in province.bodies}
    assert superiors["tinh-uy-lang-son"] is None
    assert superiors["huyen-uy-dinh-lap"] == "tinh-uy-lang-son"
    assert Counter(superiors.values())["huyen-uy-dinh-lap"] == 12


def test_the_implied_superior_skips_a_level_that_is_no_tenant(head, write):
    [province] = read_provinces(
        [write(head + '[[bodies]]\nkind = "party_committee"\nlevels = ["province", "commune"]\n')]
    )
    assert {body.superior for body in province.bodies if body.level is Level.COMMUNE} == {"tinh-uy-lang-son"}


def test_agencies_stand_under_the_leading_committee_of_their_branch(small, write):
    text = (
        small
        + """
[[bodies]]
kind = "peoples_committee"
levels = ["province"]
[[body]]
slug = "so-tu-phap-lang-son"
name = "Sở Tư pháp tỉnh Lạng Sơn"
kind = "agency"
unit = "province/20"
[[body]]
slug = "ban-noi-chinh-lang-son"
name = "Ban Nội chính Tỉnh ủy Lạng Sơn"
kind = "agency"
branch = "party"
unit = "province/20"
[[body]]
slug = "dang-uy-cong-an-lang-son"
name = "Đảng ủy Công an tỉnh Lạng Sơn"
kind = "party_committee"
unit = "province/20"
"""
    )
    [province] = read_provinces([write(text)])
    superiors = {body.slug: body.superior for body in province.bodies}
    assert superiors["so-tu-phap-lang-son"] == "ubnd-tinh-lang-son"
    assert superiors["ban-noi-chinh-lang-son"] == "tinh-uy-lang-son"
    assert superiors["dang-uy-cong-an-lang-son"] == "tinh-uy-lang-son"
    assert superiors["tinh-uy-lang-son"] is None


def test_bodies_stand_after_their_superiors(repository):
    for province in read_provinces([repository / "tenants/lang-son", repository / "tenants/ha-noi"]):
        seen = {None}
        for body in province.bodies:
            assert body.superior in seen
            seen.add(body.slug)


def test_overrides_lie_on_top_of_a_group(small, write):
    text = (
        small
        + """
[[override]]
body  = "huyen-uy-dinh-lap"
slug  = "dinh-lap"
name  = "Huyện ủy huyện Đình Lập"
hosts = ["DinhLap.langson.example.vn"]
state = "draft"
since = 2020-01-01
[[plugins]]
name = "level-commune"
levels = ["commune"]
settings = { days_per_month = 4 }
[[plugins]]
name = "level-commune"
bodies = ["dang-uy-xa-bac-lang"]
locked = true
"""
    )
    [province] = read_provinces([write(text)])
    bodies = {body.slug: body for body in province.bodies}
    district = bodies["dinh-lap"]
    assert (district.name, district.state, district.since) == ("Huyện ủy huyện Đình Lập", "draft", date(2020, 1, 1))
    assert district.hosts == ("dinhlap.langson.example.vn",)
    assert district.was == "huyen-uy-dinh-lap"
    assert bodies["dang-uy-thi-tran-dinh-lap"].superior == "dinh-lap"
    assert not district.plugins
    assert [(plugin.locked, dict(plugin.settings)) for plugin in bodies["dang-uy-xa-bac-lang"].plugins] == [(True, {})]
    assert [dict(plugin.settings) for plugin in bodies["dang-uy-xa-lam-ca"].plugins] == [{"days_per_month": 4}]


def test_two_levels_have_no_districts(write):
    text = """
[province]
slug = "lang-son"
code = "20"
as_of = 2026-01-01
[[bodies]]
kind = "party_committee"
levels = ["province", "commune"]
"""
    [province] = read_provinces([write(text)])
    assert province.regime.name == "two-levels"
    assert {body.superior for body in province.bodies} == {None, "tinh-uy-lang-son"}
