"""Fields of plugins on a report: asked when its figures are frozen, and frozen with them."""

from datetime import date

import pytest

from tests.formparts.conftest import make_form
from tests.formparts.test_petition_form import PLANTED, assert_named_nowhere
from tests.support import csrf_of
from tiepdan.formparts.service import answers_of
from tiepdan.reports.periods import read_period
from tiepdan.reports.service import open_report, report_by_id
from tiepdan.sdk import Record

ON = date(2024, 6, 28)


@pytest.fixture
def own(two_tenants, enable, asking):
    enable(two_tenants[0])
    asking.forms["report"] = [make_form(view={"maxLength": 2000}, must={}, required=["must"])]
    return two_tenants[0]


@pytest.fixture
def draft(own, entered):
    with entered(own, "reports.prepare", "reports.view") as actor:
        return open_report("qd11", read_period("2024-H1"), actor=actor, on=ON).id


@pytest.fixture
def browser(own, make_account, sign_in):
    return sign_in(make_account(own, "petition_officer"))


def freeze(browser, url, **more):
    return browser.post(f"{url}/freeze", data={"csrf_token": csrf_of(browser, url), "cut_off_on": "2024-06-28"} | more)


def test_they_are_frozen_with_the_figures(own, draft, browser, entered, superuser, two_tenants, asking):
    url = own.url(f"/reports/{draft}")
    assert "Phần asked" in browser.get(url).text
    refused = freeze(browser, url, **{"x-asking-asked-view": "Giữ lại"})
    assert refused.status_code == 422
    assert "Giữ lại" in refused.text
    with entered(own, "reports.view") as actor:
        assert report_by_id(draft, actor=actor).is_draft
        assert answers_of(Record.REPORT, draft) == []
    assert freeze(browser, url, **{"x-asking-asked-view": PLANTED, "x-asking-asked-must": "Có"}).status_code == 303
    asking.forms["report"] = []
    page = browser.get(url).text
    assert PLANTED in page
    assert "Mục must" in page
    with entered(two_tenants[1], "reports.view"):
        assert answers_of(Record.REPORT, draft) == []
    assert_named_nowhere(superuser)


def test_a_neighbour_is_asked_nothing(own, asking, two_tenants, entered, make_account, sign_in):
    other = two_tenants[1]
    with entered(other, "reports.prepare", "reports.view") as actor:
        report = open_report("qd11", read_period("2024-H1"), actor=actor, on=ON).id
    page = sign_in(make_account(other, "petition_officer")).get(other.url(f"/reports/{report}"))
    assert page.status_code == 200
    assert "Phần asked" not in page.text
    assert asking.asked == []
