"""Pages over HTTP: the officer's way, what is kept on errors, and the neighbour's 404."""

import re
from uuid import uuid4

import pytest

from tests.support import csrf_of
from tiepdan.petitions.service import petition_by_code, petition_by_id

STEPS = ("classify", "decide", "notice", "assign", "result", "close", "withdraw", "take_back", "link")


def fields(browser, url):
    """Hidden fields of the main form of a page."""
    page = browser.get(url)
    assert page.status_code == 200, page.text[:500]
    form = re.search(r'<form method="post" action="[^"]*" novalidate.*?</form>', page.text, re.DOTALL)[0]
    hidden = re.findall(r"<input[^>]*>", form)
    found = {}
    for tag in hidden:
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if 'type="hidden"' in tag and name:
            found[name[1]] = value[1] if value else ""
    return found


@pytest.fixture
def typed():
    return {
        "origin": "desk", "received_on": "2024-06-27", "people-0-full_name": "Nông Thị Trang", "people-0-address": "Thôn 2",
        "people_count": "1", "content": "Xin cấp giấy chứng nhận", "kind": "", "field": "land",
    }  # fmt: skip


def test_register_and_print_the_receipt_once(officer, make_tenant, typed):
    tenant = make_tenant()
    browser = officer(tenant)
    answer = browser.post(tenant.url("/petitions/new"), data=fields(browser, tenant.url("/petitions/new")) | typed)
    assert answer.status_code == 303, answer.text
    receipt = browser.get(answer.location).text
    pin = re.search(r"Mã PIN: <strong class=\"code\">(\d{6})</strong>", receipt)
    code = re.search(r"Mã đơn: <strong class=\"code\">([^<]+)</strong>", receipt)[1]
    assert pin
    assert "data:image/svg+xml" in receipt
    assert f"/track?code={code}" in receipt
    assert pin[1] not in browser.get(answer.location).text
    assert "Nông Thị Trang" in browser.get(tenant.url("/petitions/")).text
    again = browser.post(
        f"{answer.location.removesuffix('/receipt')}/pin", data={"csrf_token": csrf_of(browser, answer.location)}
    )
    assert re.search(r"Mã PIN: <strong class=\"code\">\d{6}</strong>", browser.get(again.location).text)


def test_a_double_click_registers_once(officer, make_tenant, typed):
    tenant = make_tenant()
    browser = officer(tenant)
    data = fields(browser, tenant.url("/petitions/new")) | typed
    first = browser.post(tenant.url("/petitions/new"), data=data)
    second = browser.post(tenant.url("/petitions/new"), data=data)
    assert first.location == second.location
    assert browser.get(tenant.url("/petitions/")).text.count("Nông Thị Trang") == 1


def test_an_error_keeps_what_was_typed(officer, make_tenant, typed):
    tenant = make_tenant()
    browser = officer(tenant)
    data = fields(browser, tenant.url("/petitions/new")) | typed | {"content": "", "matter_code": "LS-khong-co"}
    answer = browser.post(tenant.url("/petitions/new"), data=data)
    assert answer.status_code == 422
    assert "Nông Thị Trang" in answer.text
    assert "Hãy ghi nội dung đơn." in answer.text


def test_another_person_is_added_without_scripts(officer, make_tenant, typed):
    tenant = make_tenant()
    browser = officer(tenant)
    data = fields(browser, tenant.url("/petitions/new")) | typed | {"add_row": "people"}
    answer = browser.post(tenant.url("/petitions/new"), data=data)
    assert 'name="people-1-full_name"' in answer.text


def test_from_classification_to_the_end(officer, make_tenant, register, entered, make_account):
    tenant = make_tenant(branch="state")
    made = register(tenant)
    browser = officer(tenant)
    handler = make_account(tenant, "handler")
    here = tenant.url(f"/petitions/{made.id}")

    def step(name, **data):
        answer = browser.post(f"{here}/{name}", data=fields(browser, f"{here}/{name}") | data)
        assert answer.status_code == 303, answer.text
        return browser.get(answer.location).text

    conditions = ["in_vietnamese", "dated", "named", "signed", "respondent_stated", "reasons_stated", "content_clear",
                  "not_guided_before", "not_sent_to_competent_body", "readable"]  # fmt: skip
    page = step("classify", kind="complaint", field="land", within_competence="yes", conditions=conditions)
    assert "Đủ điều kiện" in page
    step("decide", decision="accept", document_number="1/TB")
    step("assign", handler_id=str(handler.id), brief="")
    step("result", outcome="founded", document_number="2/QĐ", result="Chấp nhận toàn bộ")
    page = step("close", told_on="2024-06-28")
    assert "vì sao ngày này" in page
    with entered(tenant, "viewer"):
        assert petition_by_id(made.id).status == "closed"


def test_a_stale_form_is_told_what_changed(officer, make_tenant, register, classify):
    tenant = make_tenant()
    made = register(tenant)
    browser = officer(tenant)
    url = tenant.url(f"/petitions/{made.id}/classify")
    data = fields(browser, url)
    classify(tenant, made)
    answer = browser.post(url, data=data | {"kind": "proposal", "field": "land", "within_competence": "yes"})
    assert answer.status_code == 422
    assert "đã thay đổi" in answer.text


def test_a_missing_paper_is_said_beside_its_field(officer, make_tenant, register, classify):
    tenant = make_tenant()
    made = register(tenant)
    classify(tenant, made, within_competence=False)
    browser = officer(tenant)
    url = tenant.url(f"/petitions/{made.id}/decide")
    answer = browser.post(url, data=fields(browser, url) | {"decision": "transfer", "reason": "không thuộc thẩm quyền"})
    assert answer.status_code == 422
    assert "Hãy ghi cơ quan nhận." in answer.text
    assert "không thuộc thẩm quyền" in answer.text


def test_search_by_name_is_a_post_and_finds(officer, make_tenant, register):
    tenant = make_tenant()
    register(tenant, name="Vi Văn Tìm")
    register(tenant, name="Người Khác")
    browser = officer(tenant)
    token = csrf_of(browser, tenant.url("/petitions/"))
    page = browser.post(tenant.url("/petitions/search"), data={"csrf_token": token, "q": "vi van tim"}).text
    assert "Vi Văn Tìm" in page
    assert "Người Khác" not in page


def test_opening_identity_asks_for_a_reason(officer, make_tenant, register, classify):
    from tiepdan.sdk import PetitionKind

    tenant = make_tenant()
    made = register(tenant, name="Lộc Thị Kín")
    classify(tenant, made, PetitionKind.DENUNCIATION)
    browser = officer(tenant)
    here = tenant.url(f"/petitions/{made.id}")
    token = csrf_of(browser, here)
    refused = browser.post(f"{here}/disclose", data={"csrf_token": token, "reason": "xem"})
    assert refused.status_code == 422
    assert "Lộc Thị Kín" not in refused.text
    opened = browser.post(f"{here}/disclose", data={"csrf_token": token, "reason": "Mời làm việc theo kế hoạch số 3"})
    assert "Lộc Thị Kín" in opened.text


def test_empty_lists_say_what_to_do(officer, make_tenant):
    tenant = make_tenant()
    browser = officer(tenant)
    assert "Chưa có đơn nào" in browser.get(tenant.url("/petitions/")).text
    assert "Chưa có vụ việc nào" in browser.get(tenant.url("/matters/")).text


@pytest.mark.parametrize("step", ["", "/receipt", *(f"/{step}" for step in STEPS)])
def test_a_neighbours_petition_is_404_on_every_page(officer, register, two_tenants, step):
    own, other = two_tenants
    made = register(own)
    assert officer(other).get(other.url(f"/petitions/{made.id}{step}")).status_code == 404


def test_a_neighbours_petition_is_404_on_every_post(officer, register, two_tenants):
    own, other = two_tenants
    made = register(own)
    browser = officer(other, "petition_officer", "committee_head", "handler")
    token = csrf_of(browser, other.url("/petitions/"))
    for step in (*STEPS, "pin", "disclose", "brief"):
        answer = browser.post(
            other.url(f"/petitions/{made.id}/{step}"), data={"csrf_token": token, "_token": str(uuid4())}
        )
        assert answer.status_code == 404, step
    assert browser.get(other.url(f"/matters/{made.matter_id}")).status_code == 404
    assert (
        browser.post(
            other.url(f"/matters/{made.matter_id}/mark"),
            data={"csrf_token": token, "mark": "mass", "holds": "yes", "reason": "đông người"},
        ).status_code
        == 404
    )


def test_matter_page_marks_with_a_reason(officer, make_tenant, register, entered):
    tenant = make_tenant()
    made = register(tenant)
    browser = officer(tenant)
    url = tenant.url(f"/matters/{made.matter_id}")
    answer = browser.post(
        f"{url}/mark", data=fields(browser, url) | {"mark": "mass", "holds": "yes", "reason": "30 hộ dân"}
    )
    assert answer.status_code == 303, answer.text
    page = browser.get(url).text
    assert "30 hộ dân" in page
    with entered(tenant, "viewer"):
        assert petition_by_code(made.code)
