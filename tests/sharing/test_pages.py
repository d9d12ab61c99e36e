"""The superior's page over HTTP."""

from datetime import date

import pytest

from tiepdan.sdk import PetitionKind


@pytest.fixture
def head(make_account, sign_in):
    return lambda tenant: sign_in(make_account(tenant, "committee_head"))


def test_the_page_lists_counts_and_opens(publish, head, three_levels):
    case_id = publish(three_levels.commune, code="LS-ABCD2345", due_on=date(2024, 6, 1), mass=True)
    publish(three_levels.commune, kind=PetitionKind.DENUNCIATION, text="Bí mật")
    browser = head(three_levels.province)

    page = browser.get(three_levels.province.url("/below/"))
    assert page.status_code == 200
    assert "LS-ABCD2345" in page.text
    assert "Đông người" in page.text
    assert "Bí mật" not in page.text
    summary = browser.get(three_levels.province.url(f"/below/{three_levels.commune.id}/{case_id}"))
    assert summary.status_code == 200
    assert "Khiếu nại" in summary.text
    assert "Đông người" in summary.text
    months = browser.get(three_levels.province.url("/below/months"))
    assert months.status_code == 200
    assert "05/24" in months.text


@pytest.mark.parametrize(
    "query",
    [
        "unit={unit}",
        "kind=complaint",
        "status=accepted",
        "overdue=1",
        "flag=mass",
        "from=2024-05&to=2024-06",
        "kind=denunciation",
    ],
)
def test_every_filter_answers(publish, head, three_levels, query):
    publish(three_levels.commune, code="LS-ABCD2345", due_on=date(2024, 6, 1), mass=True)

    url = three_levels.province.url(f"/below/?{query.format(unit=three_levels.district.id)}")
    page = head(three_levels.province).get(url)
    assert page.status_code == 200
    assert ("LS-ABCD2345" in page.text) is ("denunciation" not in query)


@pytest.mark.parametrize("query", ["unit=x", "flag=nonsense", "from=2024-13", "cursor=abc"])
def test_a_spoilt_filter_is_explained(head, three_levels, query):
    assert head(three_levels.province).get(three_levels.province.url(f"/below/?{query}")).status_code == 422


def test_neighbours_find_nothing(publish, head, three_levels):
    case_id = publish(three_levels.commune, code="LS-ABCD2345")
    for other in (three_levels.sibling, three_levels.stranger):
        browser = head(other)
        assert "LS-ABCD2345" not in browser.get(other.url("/below/")).text
        assert browser.get(other.url(f"/below/{three_levels.commune.id}/{case_id}")).status_code == 404
        assert browser.get(other.url(f"/below/?unit={three_levels.commune.id}")).status_code == 404


def test_the_page_needs_the_right(make_account, sign_in, three_levels):
    browser = sign_in(make_account(three_levels.province, "viewer"))
    assert browser.get(three_levels.province.url("/below/")).status_code == 403
