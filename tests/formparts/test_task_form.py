"""Fields of plugins on given work: kept by who answers, carried sealed to the other body, a third body's never."""

import pytest

from tests.formparts.conftest import make_form
from tests.formparts.test_petition_form import PLANTED, assert_named_nowhere
from tests.formparts.test_rules import CHOICE
from tests.support import csrf_of
from tiepdan.directives.service import assignment_by_id
from tiepdan.formparts.service import answers_of
from tiepdan.sdk import Record


@pytest.fixture
def heads(make_account, sign_in):
    return lambda tenant: sign_in(make_account(tenant, "committee_head"))


@pytest.fixture
def give(three_levels, heads):
    """Give work from the district: give(to, **fields of plugins) -> answer of the page."""

    def give(to=None, **more):
        browser, url = heads(three_levels.district), three_levels.district.url("/directives/new")
        data = {"receiver": (to or three_levels.commune).id, "title": "Kiểm tra", "csrf_token": csrf_of(browser, url)}
        return browser.get(url).text, browser.post(url, data=data | more)

    return give


def work_id(answer):
    assert answer.status_code == 303, answer.text
    return answer.location.rsplit("/", 1)[1]


def test_what_is_answered_goes_with_the_work(give, heads, three_levels, asking, enable, entered, superuser):
    enable(three_levels.district)  # the receiver does not have the plugin, and reads it all the same
    asking.forms["task"] = [make_form(plan={}, one=CHOICE, required=["plan"])]
    page, refused = give()
    assert "Phần asked" in page
    assert refused.status_code == 422
    assert "Mục này cần được điền." in refused.text
    made = work_id(give(**{"x-asking-asked-plan": f"KH 363, {PLANTED}", "x-asking-asked-one": "b"})[1])
    for tenant in (three_levels.district, three_levels.commune):
        shown = heads(tenant).get(tenant.url(f"/directives/{made}"))
        assert "Phần asked" in shown.text
        assert f"KH 363, {PLANTED}" in shown.text
    with entered(three_levels.district, "directives.view"):
        assert [one.answer.values["one"] for one in assignment_by_id(made).answers] == ["b"]
    with entered(three_levels.commune, "directives.view"):
        assert answers_of(Record.TASK, made) == []  # the rows stay with who answered
    third = three_levels.sibling
    assert heads(third).get(third.url(f"/directives/{made}")).status_code == 404
    assert_named_nowhere(superuser)


def test_the_result_is_answered_by_who_did_the_work_and_read_by_who_gave_it(
    give, heads, three_levels, asking, enable, superuser
):
    made = work_id(give()[1])
    enable(three_levels.commune)
    asking.forms["task_answer"] = [make_form(paper={}, days={"type": "integer"})]
    receiver, page = heads(three_levels.commune), three_levels.commune.url(f"/directives/{made}")
    assert "Phần asked" in receiver.get(f"{page}/done").text
    assert "Phần asked" not in receiver.get(f"{page}/report").text
    data = {"csrf_token": csrf_of(receiver, f"{page}/done"), "note": "Đã trả lời", "x-asking-asked-days": "nhiều"}
    wrong = receiver.post(f"{page}/done", data=data)
    assert wrong.status_code == 422
    assert "Đã trả lời" in wrong.text
    data |= {"x-asking-asked-days": "1433", "x-asking-asked-paper": f"CV 5 gửi {PLANTED}"}
    assert receiver.post(f"{page}/done", data=data).status_code == 303
    for tenant in (three_levels.district, three_levels.commune):
        text = heads(tenant).get(tenant.url(f"/directives/{made}")).text
        assert f"CV 5 gửi {PLANTED}" in text
        assert "1.433" in text
    assert_named_nowhere(superuser)


def test_a_body_that_gives_itself_work_keeps_both_answers_apart(give, heads, three_levels, asking, enable):
    own = three_levels.district
    enable(own)
    asking.forms["task"] = [make_form(line={})]
    asking.forms["task_answer"] = [make_form(line={})]
    made = work_id(give(own, **{"x-asking-asked-line": "Khi giao"})[1])
    browser, page = heads(own), own.url(f"/directives/{made}")
    data = {"csrf_token": csrf_of(browser, f"{page}/done"), "note": "Xong", "x-asking-asked-line": "Khi xong"}
    assert browser.post(f"{page}/done", data=data).status_code == 303
    text = browser.get(page).text
    assert "Khi giao" in text
    assert "Khi xong" in text


@pytest.mark.parametrize("given", [{"x-when": {"kind": "complaint"}}, {"type": "boolean", "x-goes-up": True}])
def test_what_only_fits_a_petition_is_a_fault_here(given, heads, three_levels, asking, enable):
    enable(three_levels.district)
    asking.forms["task"] = [make_form(line=given)]
    page = heads(three_levels.district).get(three_levels.district.url("/directives/new")).text
    assert "Phần asked" not in page
    assert "asking gặp lỗi" in page
