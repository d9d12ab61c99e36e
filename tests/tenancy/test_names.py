"""Names of committees and their slugs."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiepdan.sdk import Level, TenantKind
from tiepdan.tenancy.catalogue import catalogue
from tiepdan.tenancy.names import UNIT_COMMITTEES, committee_name, committee_short_name, committee_slug, fold, is_slug

PARTY, STATE = UNIT_COMMITTEES


@pytest.mark.parametrize(
    ("level", "code", "party", "state"),
    [
        (Level.PROVINCE, "20", "Tỉnh ủy Lạng Sơn", "Ủy ban nhân dân tỉnh Lạng Sơn"),
        (Level.PROVINCE, "01", "Thành ủy Hà Nội", "Ủy ban nhân dân thành phố Hà Nội"),
        (Level.DISTRICT, "178", "Thành ủy Lạng Sơn", "Ủy ban nhân dân thành phố Lạng Sơn"),
        (Level.DISTRICT, "183", "Huyện ủy Cao Lộc", "Ủy ban nhân dân huyện Cao Lộc"),
        (Level.DISTRICT, "002", "Quận ủy Hoàn Kiếm", "Ủy ban nhân dân quận Hoàn Kiếm"),
        (Level.DISTRICT, "269", "Thị ủy Sơn Tây", "Ủy ban nhân dân thị xã Sơn Tây"),
        (Level.DISTRICT, "760", "Quận ủy Quận 1", "Ủy ban nhân dân Quận 1"),
        (Level.COMMUNE, "05980", "Đảng ủy phường Đông Kinh", "Ủy ban nhân dân phường Đông Kinh"),
    ],
)
def test_committees_are_called_as_people_call_them(level, code, party, state):
    unit = catalogue(date(2022, 6, 30)).find(level, code)
    assert (committee_name(PARTY, unit), committee_name(STATE, unit)) == (party, state)
    assert committee_short_name(STATE, unit).startswith("UBND ")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Đảng ủy phường Đông Kinh", "dang-uy-phuong-dong-kinh"),
        ("Huyện M'Đrắk", "huyen-mdrak"),
        ("Bà Rịa - Vũng Tàu", "ba-ria-vung-tau"),
        ("Ủy ban  Nhân dân", "uy-ban-nhan-dan"),
        ("Hoà Bình", "hoa-binh"),
    ],
)
def test_a_slug_is_the_folded_name(text, slug):
    assert fold(text) == slug


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậéèẻẽẹíýĂÂĐÊÔƠƯ -'1234567890", max_size=40))
def test_folding_gives_a_slug_and_folding_again_changes_nothing(text):
    folded = fold(text)
    assert folded == "" or is_slug(folded)
    assert fold(folded) == folded


@pytest.mark.parametrize("day", [date(2022, 6, 30), date(2025, 3, 1), date(2026, 1, 1)])
def test_no_two_committees_of_the_country_share_a_slug(day):
    units = catalogue(day)
    slugs = [committee_slug(units, kind, unit) for kind in UNIT_COMMITTEES for unit in units.units.values()]
    assert len(set(slugs)) == len(slugs)
    assert all(map(is_slug, slugs))


def test_only_committees_whose_names_collide_carry_their_code():
    units = catalogue(date(2022, 6, 30))

    def slug(kind: TenantKind, level: Level, code: str) -> str:
        return committee_slug(units, kind, units.find(level, code))

    assert slug(PARTY, Level.PROVINCE, "20") == "tinh-uy-lang-son"
    assert slug(PARTY, Level.DISTRICT, "178") == "thanh-uy-lang-son"
    assert slug(STATE, Level.DISTRICT, "007") == "ubnd-quan-hai-ba-trung"
    assert slug(PARTY, Level.COMMUNE, "05986") == "dang-uy-xa-hoang-dong-05986"


@pytest.mark.parametrize("text", ["", "Lang-Son", "lạng-sơn", "-a", "a--b", "a_b", "a" * 64])
def test_what_is_no_slug_is_refused(text):
    assert not is_slug(text)
