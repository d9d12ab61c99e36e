"""Fields of plugins on a conclusion notice: kept and sealed with it, opened with it, a neighbour's never."""

from datetime import date

import pytest

from tests.conftest import BUSINESS_DAY
from tests.formparts.conftest import make_form
from tests.formparts.test_petition_form import PLANTED, REASON, assert_named_nowhere
from tests.support import csrf_of
from tiepdan.core.errors import NotFound
from tiepdan.directives.service import disclose_notice, notice_by_id
from tiepdan.identity.vault import PersonDetails
from tiepdan.receptions.rules import Duty, ReceptionForm
from tiepdan.receptions.service import (
    NewReception,
    NewVisit,
    Visitor,
    close_day,
    mark_received,
    open_day,
    post_reception,
    reception_by_id,
    register_visit,
    schedule_reception,
    set_kind,
)
from tiepdan.sdk import PetitionKind


@pytest.fixture
def own(two_tenants, enable, asking):
    enable(two_tenants[0])
    asking.forms["conclusion"] = [make_form(line={}, must={}, required=["must"])]
    return two_tenants[0]


@pytest.fixture
def held(entered, own):
    """A reception that was held, and a visit at it."""
    new = NewReception(
        form=ReceptionForm.PERIODIC, days=(BUSINESS_DAY,), duty=Duty.PARTY, place="Trụ sở", chair_name="Lương Văn Mẫu"
    )
    with entered(own, "committee_head", "reception_officer") as head:
        made = schedule_reception(new, actor=head, on=date(2024, 1, 2))
        post_reception(made, actor=head, on=date(2024, 1, 2))
        day = reception_by_id(made).days[0].id
        open_day(day, actor=head, on=BUSINESS_DAY)
        visitor = Visitor(PersonDetails("Hoàng Thị Mẫu"))
        visit = register_visit(day, NewVisit(people=(visitor,), content="Đề nghị"), actor=head, on=BUSINESS_DAY).id
        mark_received(visit, actor=head, on=BUSINESS_DAY)
        close_day(day, actor=head, on=BUSINESS_DAY)
        return made, visit


@pytest.fixture
def conclude(own, held, make_account, sign_in):
    def conclude(**more):
        browser = sign_in(make_account(own, "committee_head"))
        url = own.url(f"/receptions/{held[0]}/conclude")
        data = {"number": "5-TB/ĐU", "signed_on": "2024-06-28", "signer_name": "Lương Văn Mẫu", "text": "Giao kiểm tra"}
        return browser, browser.post(url, data=data | {"csrf_token": csrf_of(browser, url)} | more)

    return conclude


ANSWERED = {"x-asking-asked-line": f"Bà {PLANTED}", "x-asking-asked-must": "Đủ"}


def notice_id(answer):
    assert answer.status_code == 303, answer.text
    return answer.location.rsplit("/", 1)[1]


def test_fields_are_asked_checked_kept_and_shown(conclude, own, two_tenants, entered, superuser):
    _browser, refused = conclude()
    assert refused.status_code == 422
    assert "Phần asked" in refused.text
    assert "Mục này cần được điền." in refused.text
    browser, made = conclude(**ANSWERED)
    page = browser.get(made.location).text
    assert f"Bà {PLANTED}" in page
    assert "Phần asked" in page
    with entered(two_tenants[1], "directives.view"), pytest.raises(NotFound):
        notice_by_id(notice_id(made))
    assert_named_nowhere(superuser)


@pytest.mark.parametrize("when", ["before", "after"])
def test_they_are_sealed_with_the_notice_and_opened_with_it(conclude, own, held, entered, when):
    def denounce():
        with entered(own, "reception_officer") as actor:
            set_kind(held[1], PetitionKind.DENUNCIATION, actor=actor, on=BUSINESS_DAY)

    if when == "before":
        denounce()
    browser, made = conclude(**ANSWERED)
    if when == "after":
        denounce()
    with entered(own, "directives.view"):
        assert [one.answer for one in notice_by_id(notice_id(made)).answers] == [None]
    url = made.location
    assert PLANTED not in browser.get(url).text
    with entered(own, "identities.unseal", "directives.view") as actor:
        opened = disclose_notice(notice_id(made), actor=actor, reason=REASON)
    assert [one.answer.values["line"] for one in opened.answers] == [f"Bà {PLANTED}"]
    shown = browser.post(f"{url}/disclose", data={"csrf_token": csrf_of(browser, url), "reason": REASON})
    assert f"Bà {PLANTED}" in shown.text
