"""The other texts that citizens are given: why they are not received, and what the head concluded."""

from datetime import date

import pytest

from tests.extensions.conftest import Enable
from tests.support import csrf_of
from tiepdan.core.errors import Invalid
from tiepdan.extensions.cautions import UnconfirmedError
from tiepdan.identity.vault import PersonDetails
from tiepdan.receptions.rules import Duty, ReceptionForm, ReceptionStatus, RefusalGround, VisitStatus, grounds_in_force
from tiepdan.receptions.service import (
    NewReception,
    NewVisit,
    Visitor,
    close_day,
    mark_received,
    open_day,
    post_reception,
    reception_by_id,
    refuse_visit,
    register_visit,
    schedule_reception,
    visit_by_id,
)

ON = date(2024, 6, 28)
SHORT, GOOD = "Không tiếp được đâu.", "Căn cứ Luật Tiếp công dân, Điều 9: vụ việc đã có quyết định cuối cùng."


@pytest.fixture
def make_reception(entered):
    def make(tenant):
        with entered(tenant, "committee_head") as head:
            new = NewReception(
                form=ReceptionForm.PERIODIC, days=(ON,), duty=Duty.PARTY, place="Trụ sở", chair_name="Lương Văn Mẫu"
            )
            reception_id = schedule_reception(new, actor=head, on=date(2024, 1, 2))
            post_reception(reception_id, actor=head, on=date(2024, 1, 2))
            day_id = reception_by_id(reception_id).days[0].id
            open_day(day_id, actor=head, on=ON)
            people = [Visitor(PersonDetails("Lò Thị Gieo Tên"))]
            visit = register_visit(day_id, NewVisit(people, "Hỏi thủ tục đất"), actor=head, on=ON)
        return reception_id, day_id, visit.id

    return make


@pytest.fixture
def head(make_account, sign_in):
    return lambda tenant: sign_in(make_account(tenant, "committee_head"))


def ground() -> RefusalGround:
    return next(iter(grounds_in_force(ON)))


def test_an_explanation_of_a_refusal_is_a_reply(make_reception, entered, two_tenants, enable: Enable):
    own, _ = two_tenants
    _reception_id, _day_id, visit_id = make_reception(own)
    enable(own, reply="blocking")
    with pytest.raises(Invalid) as fault, entered(own, "committee_head") as actor:
        refuse_visit(visit_id, ground(), SHORT, actor=actor, on=ON)
    assert set(fault.value.errors) == {"explanation"}
    enable(own, reply="warning")
    with pytest.raises(UnconfirmedError), entered(own, "committee_head") as actor:
        refuse_visit(visit_id, ground(), SHORT, actor=actor, on=ON)
    with entered(own, "committee_head") as actor:
        assert visit_by_id(visit_id).status is VisitStatus.WAITING
        refuse_visit(visit_id, ground(), SHORT, actor=actor, on=ON, confirmed=frozenset({"dummy:ground"}))


def test_the_page_of_a_refusal_says_what_is_asked(make_reception, head, two_tenants, enable: Enable):
    own, other = two_tenants
    _reception_id, _day_id, visit_id = make_reception(own)
    enable(own, reply="warning")
    browser, url = head(own), own.url(f"/receptions/visits/{visit_id}/refuse")
    page = browser.get(url)
    assert "Yêu cầu với văn bản trả lời" in page.text
    data = {"ground": ground().value, "explanation": SHORT, "csrf_token": csrf_of(browser, url)}
    asked = browser.post(url, data=data)
    assert asked.status_code == 422
    assert 'value="dummy:ground"' in asked.text
    assert SHORT in asked.text
    assert browser.post(url, data=data | {"confirmed": "dummy:ground"}).status_code == 303
    assert head(other).get(other.url(f"/receptions/visits/{visit_id}/refuse")).status_code == 404


def test_a_conclusion_notice_is_a_reply(make_reception, head, entered, two_tenants, enable: Enable, superuser):
    own, _ = two_tenants
    reception_id, day_id, visit_id = make_reception(own)
    with entered(own, "committee_head") as actor:
        mark_received(visit_id, actor=actor, on=ON)
        close_day(day_id, actor=actor, on=ON)
    enable(own, reply="warning")
    browser, url = head(own), own.url(f"/receptions/{reception_id}/conclude")
    assert "Yêu cầu với văn bản trả lời" in browser.get(url).text
    data = {
        "number": "05-TB/ĐU", "signed_on": "2024-06-28", "signer_name": "Lương Văn Mẫu", "text": SHORT,
        "csrf_token": csrf_of(browser, url),
    }  # fmt: skip
    asked = browser.post(url, data=data)
    assert asked.status_code == 422
    assert 'value="dummy:ground"' in asked.text
    with entered(own):
        assert reception_by_id(reception_id).status is ReceptionStatus.HELD
    assert browser.post(url, data=data | {"confirmed": "dummy:ground"}).status_code == 303
    actions = superuser.execute(
        "SELECT count(*) FROM event WHERE tenant_id = %s AND action = 'conclusion_notice.caution_confirmed'", [own.id]
    )
    assert actions.fetchone() == (1,)


def test_a_blocking_rule_stands_beside_the_text_of_the_notice(
    make_reception, head, entered, two_tenants, enable: Enable
):
    own, _ = two_tenants
    reception_id, day_id, visit_id = make_reception(own)
    with entered(own, "committee_head") as actor:
        mark_received(visit_id, actor=actor, on=ON)
        close_day(day_id, actor=actor, on=ON)
    enable(own, reply="blocking")
    browser, url = head(own), own.url(f"/receptions/{reception_id}/conclude")
    data = {
        "number": "05-TB/ĐU", "signed_on": "2024-06-28", "signer_name": "Lương Văn Mẫu", "text": SHORT,
        "csrf_token": csrf_of(browser, url),
    }  # fmt: skip
    refused = browser.post(url, data=data)
    assert refused.status_code == 422
    assert "Văn bản trả lời chưa đạt yêu cầu: Phải nêu căn cứ" in refused.text
    assert browser.post(url, data=data | {"text": GOOD}).status_code == 303
