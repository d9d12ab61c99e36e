"""The public directory: found by name without diacritics, or through province, district and commune."""

import pytest
from flask import Flask

from tiepdan.core.scope import PlatformScope, enter
from tiepdan.tenancy.directory import FOUND_AT_MOST, bodies_below, bodies_of_province, find_bodies, listed_body


@pytest.fixture
def platform(app: Flask):
    with app.app_context(), enter(PlatformScope()):
        yield


def test_a_body_is_found_without_diacritics_whatever_the_order_of_words(client, make_tenant):
    tenant = make_tenant("district", name="Huyện ủy Đình Lập Quế")
    for text in ("dinh lap que", "Đình Lập Quế", "QUE DINH", "huyen-uy dinh lap que"):
        page = client.get("/", query_string={"q": text}).text
        assert "Huyện ủy Đình Lập Quế" in page
        assert f'href="/t/{tenant.slug}/"' in page


def test_a_search_without_result_says_what_to_do(client):
    page = client.get("/?q=zzz-khong-co").text
    assert "Không tìm thấy" in page
    assert "Chọn từ tỉnh, thành phố" in page


@pytest.mark.parametrize("text", ["%", "_", "'; --", "…", "\\", "%%%%"])
def test_signs_find_nothing_rather_than_everything(client, make_tenant, text):
    make_tenant()
    answer = client.get("/", query_string={"q": text})
    assert answer.status_code == 200
    assert "Không tìm thấy" in answer.text


def test_a_search_shows_a_limited_number_and_says_that_there_are_more(client, make_tenant):
    for _ in range(FOUND_AT_MOST + 1):
        make_tenant("commune", name="Đảng ủy xã Vạn Thủy Quý")
    page = client.get("/?q=van+thuy+quy").text
    assert page.count('<li class="place">') == FOUND_AT_MOST
    assert "thu hẹp" in page


def test_the_way_leads_from_province_over_district_to_commune(client, three_levels, platform):
    province = listed_body(three_levels.province.slug)
    assert [body.slug for body in bodies_of_province(province.province_slug)] == [three_levels.province.slug]
    districts = {body.slug: body.bodies_below for body in bodies_below(three_levels.province.id)}
    assert districts == {three_levels.district.slug: 2, three_levels.other_district.slug: 0}
    page = client.get("/", query_string={"body": three_levels.district.slug}).text
    assert three_levels.commune.url() in page
    assert three_levels.sibling.url() in page
    assert three_levels.stranger.url() not in page


def test_the_front_page_lists_provinces_and_no_bodies(client, three_levels, platform):
    page = client.get("/").text
    assert f"province={listed_body(three_levels.province.slug).province_slug}" in page
    assert three_levels.commune.slug not in page


def test_a_body_that_is_not_in_use_is_not_listed(make_tenant, platform):
    for state in ("draft", "archived", "destroyed"):
        tenant = make_tenant("commune", state=state, name=f"Đảng ủy xã Ẩn Mình {state}")
        assert listed_body(tenant.slug) is None
        assert find_bodies(f"an minh {state}") == []


def test_a_suspended_body_is_listed_without_a_link(client, make_tenant):
    tenant = make_tenant("commune", state="suspended", name="Đảng ủy xã Tạm Nghỉ Hẳn")
    page = client.get("/?q=tam+nghi+han").text
    assert "Tạm ngừng trên hệ thống" in page
    assert f'href="/t/{tenant.slug}/"' not in page


@pytest.mark.parametrize("query", ["body=no-such-body", "province=no-such-province"])
def test_an_unknown_place_is_not_found(client, query):
    assert client.get(f"/?{query}").status_code == 404
