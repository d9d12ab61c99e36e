"""Units as they were on a day."""

import time
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from tiepdan.sdk import Level
from tiepdan.tenancy import catalogue as module
from tiepdan.tenancy.catalogue import UncoveredDay, catalogue
from tiepdan.tenancy.regimes import rank, regime_on, regimes

Y2022, Y2025, NOW = date(2022, 6, 30), date(2025, 6, 30), date(2025, 7, 1)


@pytest.mark.parametrize(
    ("day", "counts"),
    [(date(2022, 1, 1), (63, 705, 10_598)), (date(2024, 12, 31), (63, 705, 10_598)),
     (date(2025, 1, 1), (63, 696, 10_051)), (Y2025, (63, 696, 10_051)), (NOW, (34, 0, 3_321))],
)  # fmt: skip
def test_the_nation_has_its_published_numbers(day, counts):
    levels = Counter(level for level, _code in catalogue(day).units)
    assert tuple(levels[level] for level in Level) == counts


@pytest.mark.parametrize(
    ("day", "province", "districts", "communes"),
    [(Y2022, "20", 11, 200), (Y2025, "20", 11, 194)],
)
def test_lang_son_has_its_published_numbers(day, province, districts, communes):
    units = catalogue(day)
    lang_son = units.find(Level.PROVINCE, province)
    assert len(units.units_within(lang_son, Level.DISTRICT)) == districts
    assert len(units.units_within(lang_son, Level.COMMUNE)) == communes


@pytest.mark.parametrize(("code", "wards"), [("2", 18), ("007", 18), ("006", 21)])
def test_districts_of_ha_noi_have_their_wards(code, wards):
    units = catalogue(Y2022)
    assert len(units.units_within(units.find(Level.DISTRICT, code), Level.COMMUNE)) == wards


def test_a_code_means_another_unit_at_another_level():
    units = catalogue(Y2022)
    assert [units.find(level, "1").name for level in Level] == ["Thành phố Hà Nội", "Quận Ba Đình", "Phường Phúc Xá"]
    assert [units.find(level, "1").code for level in Level] == ["01", "001", "00001"]


def test_a_ward_knows_everything_above_it():
    units = catalogue(Y2022)
    names = [unit.name for unit in units.ancestry(units.find(Level.COMMUNE, "00001"))]
    assert names == ["Phường Phúc Xá", "Quận Ba Đình", "Thành phố Hà Nội"]
    now = catalogue(NOW)
    assert [unit.level for unit in now.ancestry(now.find(Level.COMMUNE, "00004"))] == [Level.COMMUNE, Level.PROVINCE]


@pytest.mark.parametrize("day", [Y2022, Y2025, NOW])
def test_every_unit_hangs_under_a_province_and_starts_with_its_division(day):
    units = catalogue(day)
    for unit in units.units.values():
        assert list(units.ancestry(unit))[-1].level is Level.PROVINCE
        assert unit.name.lower().startswith(unit.division_word)
        assert unit.bare_name


def test_a_day_before_the_catalogue_is_refused_with_the_first_day():
    with pytest.raises(UncoveredDay, match="2022-01-01"):
        catalogue(date(2021, 12, 31))


@pytest.mark.parametrize("day", [Y2022, NOW])
def test_an_edition_loads_fast_and_once(day):
    module._load_edition.cache_clear()
    started = time.perf_counter()
    first = catalogue(day)
    assert time.perf_counter() - started < 1
    assert catalogue(day) is first


def test_the_district_level_ends_with_june_2025():
    assert Level.DISTRICT in regime_on(Y2025).tenant_levels
    assert regime_on(NOW).tenant_levels == (Level.PROVINCE, Level.COMMUNE)


def test_regimes_follow_each_other_without_a_gap_and_name_their_source():
    known = regimes()
    for earlier, later in pairwise(known):
        assert (later.valid_from - earlier.valid_to).days == 1
    assert known[-1].valid_to is None
    assert all(regime.source and regime.status for regime in known)
    assert rank(Level.PROVINCE) < rank(Level.DISTRICT) < rank(Level.COMMUNE)
    with pytest.raises(LookupError):
        regime_on(date(1990, 1, 1))
