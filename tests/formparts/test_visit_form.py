"""Fields of plugins at the reception desk: with the visit, sealed with it, even when a petition does the sealing."""

from datetime import date

import pytest

from tests.conftest import BUSINESS_DAY
from tests.formparts.conftest import make_form
from tests.support import csrf_of
from tiepdan.formparts.service import answers_of
from tiepdan.petitions.rules import Field
from tiepdan.receptions.rules import Duty, ReceptionForm
from tiepdan.receptions.service import (
    NewReception,
    disclose_visit,
    open_day,
    post_reception,
    queue_of,
    reception_by_id,
    schedule_reception,
    set_kind,
    take_petition,
    visit_by_id,
)
from tiepdan.sdk import PetitionKind, Record

SAID = "Bà Lộc Thị Gieo Tên nói"
REASON = "Mời làm việc theo kế hoạch số 3"


@pytest.fixture
def own(two_tenants, enable, asking):
    enable(two_tenants[0])
    asking.forms["visit"] = [make_form(line={}, of_complaint={"x-when": {"kind": "complaint"}})]
    return two_tenants[0]


@pytest.fixture
def desk(entered, own):
    """An opened reception of the head."""
    new = NewReception(
        form=ReceptionForm.PERIODIC, days=(BUSINESS_DAY,), duty=Duty.PARTY, place="Trụ sở", chair_name="Lương Văn Mẫu"
    )
    with entered(own, "committee_head") as head:
        made = schedule_reception(new, actor=head, on=date(2024, 1, 2))
        post_reception(made, actor=head, on=date(2024, 1, 2))
        open_day(reception_by_id(made).days[0].id, actor=head, on=BUSINESS_DAY)
        return reception_by_id(made)


@pytest.fixture
def come(desk, own, officer, entered):
    def come(**more):
        browser, page = officer(own), own.url(f"/receptions/{desk.id}")
        data = {"full_name": "Hoàng Thị Mẫu", "people_count": "1", "content": "Đề nghị cấp giấy", "kind": ""}
        data |= {"csrf_token": csrf_of(browser, page)} | more
        answer = browser.post(own.url(f"/receptions/days/{desk.days[0].id}/visits"), data=data)
        with entered(own, "receptions.view"):
            visits = queue_of(desk.days[0].id)
        return browser, answer, visits[0].id if visits else None

    return come


def test_fields_are_asked_at_the_desk_and_shown_with_the_visit(come, own, desk):
    browser, answer, visit_id = come(**{"x-asking-asked-line": "Một dòng", "x-asking-asked-of_complaint": "Bỏ"})
    assert answer.status_code == 303, answer.text
    assert "Phần asked" in browser.get(own.url(f"/receptions/{desk.id}")).text
    page = browser.get(own.url(f"/receptions/visits/{visit_id}")).text
    assert "Một dòng" in page
    assert "Mục of_complaint" not in page


def test_what_was_typed_stays_when_something_is_wrong(come):
    _browser, answer, visit_id = come(content="", **{"x-asking-asked-line": "Giữ lại"})
    assert answer.status_code == 422
    assert "Giữ lại" in answer.text
    assert visit_id is None
    for way in ("look_up", "add_row"):
        assert "Giữ lại" in come(**{way: "others", "x-asking-asked-line": "Giữ lại"})[1].text


def test_a_form_that_is_not_there_asks_nothing(come, own, desk, entered, asking, officer):
    browser = officer(own)
    with entered(own, "committee_head") as head:
        from tiepdan.receptions.service import close_day

        close_day(desk.days[0].id, actor=head, on=BUSINESS_DAY)
    asking.asked.clear()
    assert browser.get(own.url(f"/receptions/{desk.id}")).status_code == 200
    assert asking.asked == []


def test_a_petition_taken_from_a_visit_is_asked_about_too(come, own, asking, entered):
    asking.forms["petition"] = [make_form(key="more", must={}, required=["must"])]
    browser, _answer, visit_id = come(**{"x-asking-asked-line": "Của lượt"})
    url = own.url(f"/receptions/visits/{visit_id}/petition")
    data = {"kind": "", "field": "land", "csrf_token": csrf_of(browser, url)}
    assert "Phần more" in browser.get(url).text
    refused = browser.post(url, data=data)
    assert refused.status_code == 422
    assert "Mục này cần được điền." in refused.text
    assert browser.post(url, data=data | {"x-asking-more-must": "Của đơn"}).status_code == 303
    with entered(own, "receptions.view", "petitions.view"):
        petition_id = visit_by_id(visit_id).petition_id
        kept = [answers_of(Record.PETITION, petition_id), answers_of(Record.VISIT, visit_id)]
    assert [one.answer.values for [one] in kept] == [{"must": "Của đơn"}, {"line": "Của lượt"}]


def seal_itself(visit_id, actor):
    set_kind(visit_id, PetitionKind.DENUNCIATION, actor=actor, on=BUSINESS_DAY)


def seal_by_its_petition(visit_id, actor):
    take_petition(visit_id, kind=PetitionKind.DENUNCIATION, field=Field.LAND, actor=actor, on=BUSINESS_DAY)


@pytest.mark.parametrize("seal", [None, seal_itself, seal_by_its_petition])
def test_a_denouncers_answers_are_sealed_with_the_visit(come, own, entered, seal):
    browser, answer, visit_id = come(kind="" if seal else "denunciation", **{"x-asking-asked-line": SAID})
    assert answer.status_code == 303, answer.text
    if seal:
        with entered(own, "reception_officer", "petition_officer") as actor:
            seal(visit_id, actor)
    with entered(own, "receptions.view"):
        assert [one.answer for one in answers_of(Record.VISIT, visit_id)] == [None]
    assert SAID not in browser.get(own.url(f"/receptions/visits/{visit_id}")).text
    with entered(own, "identities.unseal") as actor:
        opened = disclose_visit(visit_id, actor=actor, reason=REASON)
    assert [one.answer.values for one in opened.answers] == [{"line": SAID}]
    page = own.url(f"/receptions/visits/{visit_id}")
    shown = browser.post(f"{page}/disclose", data={"csrf_token": csrf_of(browser, page), "reason": REASON})
    assert SAID in shown.text
