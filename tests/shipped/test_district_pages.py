"""The pages of the two districts' plugins, opened by who works there and by who only looks."""

import re

import pytest

from tests.support import csrf_of
from tiepdan.core.db import forget_session
from tiepdan.core.scope import platform_scope
from tiepdan.demo import hoan_kiem
from tiepdan.demo.district_registers import DEMO_DAY, DISTRICTS, fill_district
from tiepdan.tenancy.service import find_tenant

DONG_DA, HOAN_KIEM = DISTRICTS
WARDS = [f"Đảng ủy phường {number}" for number in range(1, 4)]
DONG_DA_PAGES = [
    ("/registers/", "Văn bản lãnh đạo, chỉ đạo"),
    ("/registers/dong-da/steering-documents/", "Chỉ thị 35-CT/TW"),
    ("/registers/dong-da/registrations/", "Hoàn thành"),
    ("/registers/dong-da/priority-cases/", "Chợ dân sinh di dời"),
    ("/registers/dong-da/training-classes/new", "Số người dự"),
    ("/pages/dong-da/trend", "Mười năm (Chỉ thị 35)"),
]
HOAN_KIEM_PAGES = [
    ("/registers/", "Nhiệm vụ Kế hoạch 120-KH/QU"),
    ("/registers/hoan-kiem/plan-tasks/", "Đang làm"),
    ("/registers/hoan-kiem/violations/", "Để lộ thông tin"),
    ("/registers/hoan-kiem/dissemination/new", "Sinh hoạt chi bộ"),
    ("/pages/hoan-kiem/plan", "Tiến độ 12 tháng"),
    ("/pages/hoan-kiem/safety", "113"),
]


@pytest.fixture
def open_district(app, make_tenant, make_account, sign_in):
    """A district with its registers, and the browser of somebody with a role there."""

    def open_district(district, role):
        tenant = make_tenant("district")
        with app.app_context():
            with platform_scope():
                view = find_tenant(tenant.slug)
            forget_session()
            fill_district(district, view, WARDS)
        return tenant, sign_in(make_account(tenant, role))

    return open_district


@pytest.mark.parametrize(("district", "pages"), [(DONG_DA, DONG_DA_PAGES), (HOAN_KIEM, HOAN_KIEM_PAGES)])
def test_every_page_opens_for_who_keeps_registers(district, pages, open_district):
    tenant, browser = open_district(district, "committee_head")
    for path, said in pages:
        answer = browser.get(tenant.url(path))
        assert answer.status_code == 200, path
        assert said in answer.text, path
        assert "plugin gặp lỗi" not in answer.text, path


def test_what_is_for_the_head_does_not_exist_for_a_viewer(open_district):
    for district, path in ((DONG_DA, "dong-da/priority-cases"), (HOAN_KIEM, "hoan-kiem/violations")):
        tenant, browser = open_district(district, "viewer")
        assert browser.get(tenant.url(f"/registers/{path}/")).status_code == 404
        assert path not in browser.get(tenant.url("/registers/")).text


def test_a_name_in_the_staff_register_is_never_listed(open_district):
    tenant, browser = open_district(HOAN_KIEM, "viewer")
    page = browser.get(tenant.url("/registers/hoan-kiem/staff/")).text
    names = [values["person"] for register, values in hoan_kiem.entries(WARDS, DEMO_DAY) if register == "staff"]
    assert names
    assert "Tiếp dân, xử lý đơn" in page
    assert not any(name in page for name in names)


def test_the_decision_of_commendation_is_printed(open_district):
    tenant, browser = open_district(DONG_DA, "committee_head")
    page = browser.get(tenant.url("/registers/dong-da/commendations/")).text
    entry = re.search(r"/registers/entries/([0-9a-f-]{36})", page)[1]
    token = csrf_of(browser, tenant.url(f"/registers/entries/{entry}"))
    printed = browser.post(
        tenant.url(f"/documents/entry/{entry}/dong-da/commending_decision.pdf"), data={"csrf_token": token}
    )
    assert printed.status_code == 200, printed.text
    assert printed.data.startswith(b"%PDF")


@pytest.mark.parametrize(("district", "said"), [(DONG_DA, "VB-01"), (HOAN_KIEM, "VP-01")])
def test_the_review_is_shown_in_both_languages(district, said, open_district):
    tenant, browser = open_district(district, "committee_head")
    listed = browser.get(tenant.url("/reports/")).text
    report = re.search(rf"{re.escape(tenant.url('/reports/'))}([0-9a-f-]{{36}})", listed)[1]
    for language in ("vi", "en"):
        page = browser.get(tenant.url(f"/reports/{report}"), headers={"Accept-Language": language})
        assert page.status_code == 200
        assert said in page.text
