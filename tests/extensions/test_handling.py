"""What plugins say to classifying, taking on, sending and answering: seen, confirmed, refused; never told a name."""

from datetime import date

import pytest

from tests import dummy_plugin
from tests.extensions.conftest import Enable
from tests.support import csrf_of
from tiepdan.identity.vault import PersonDetails
from tiepdan.petitions.rules import CONDITIONS, Decision, Field, Outcome
from tiepdan.petitions.service import (
    Classification,
    MadeDecision,
    NewPetition,
    assign_petition,
    classify_petition,
    decide_petition,
    petition_by_id,
    register_petition,
)
from tiepdan.sdk import Handling, PetitionKind

ON = date(2024, 6, 24)
NAME = "Lò Thị Gieo Tên"
CONTENT = "Gia đình tôi bị THU HỒI ĐẤT từ năm 2019, lời rất kín 7319"
MET = frozenset(condition.word for condition in CONDITIONS)
REASON = "Việc này của Ban Nội chính"
MESSAGE = "Phải nêu căn cứ"
GOOD_REPLY = "Căn cứ Luật Khiếu nại, đơn được giải quyết như sau."
BAD_REPLY = "Chưa nêu gì, chỉ hẹn."
HARMLESS = {"changed_setting", "changed_role"}


@pytest.fixture
def make_petition(entered):
    """Make a petition and bring it as far as is said: make(tenant, kind, classified=…, accepted_by=account)."""

    def make(tenant, kind=PetitionKind.COMPLAINT, *, classified=True, ours=True, handler=None):
        with entered(tenant, "petition_officer", "committee_head") as actor:
            people = [PersonDetails(NAME, address="Thôn Rất Kín")]
            new = NewPetition(content=CONTENT, people=people, received_on=ON, field=Field.LAND)
            petition_id = register_petition(new, actor=actor, on=ON).id
            if classified:
                found = Classification(kind, Field.LAND, within_competence=ours, met=MET)
                classify_petition(petition_id, found, actor=actor, on=ON)
            if handler is not None:
                decide_petition(petition_id, MadeDecision(Decision.ACCEPT), actor=actor, on=ON)
                assign_petition(petition_id, handler, actor=actor, on=ON)
        return petition_id

    return make


@pytest.fixture
def officer(make_account, sign_in):
    return lambda tenant: sign_in(make_account(tenant, "petition_officer", "committee_head"))


def send(browser, url, **data):
    return browser.post(url, data={"csrf_token": csrf_of(browser, url), **data})


def speak_english(browser, url):
    browser.post("/locale", data={"locale": "en", "csrf_token": csrf_of(browser, url)})


def status_of(entered, tenant, petition_id):
    with entered(tenant):
        return petition_by_id(petition_id).status


def journal_of(superuser, tenant, action):
    rows = superuser.execute(
        "SELECT detail FROM event WHERE tenant_id = %s AND action = %s ORDER BY id", [tenant.id, action]
    )
    return [detail for (detail,) in rows]


# Hints


def test_a_hint_is_shown_where_its_words_stand_and_the_plugin_sees_none(
    make_petition, officer, two_tenants, enable: Enable
):
    own, other = two_tenants
    enable(own)
    petition_id = make_petition(own, classified=False)
    browser = officer(own)
    url = own.url(f"/petitions/{petition_id}/classify")
    text = browser.get(url).text
    assert "Trong đơn có «thu hồi đất»" in text
    assert "Nói về đất, " in text
    assert "Plugin Thử gợi ý" in text
    speak_english(browser, url)
    assert "About land" in browser.get(url).text
    assert [call for call in dummy_plugin.calls if call[1] == other.slug] == []
    assert officer(other).get(other.url(f"/petitions/{petition_id}/classify")).status_code == 404


def test_no_hint_where_the_words_do_not_stand(make_petition, officer, two_tenants, enable: Enable, entered):
    own, _ = two_tenants
    enable(own)
    with entered(own, "petition_officer") as actor:
        new = NewPetition(content="Thu hồi chứng nhận; đất đai", people=[], received_on=ON)
        petition_id = register_petition(new, actor=actor, on=ON).id
    text = officer(own).get(own.url(f"/petitions/{petition_id}/classify")).text
    assert "Gợi ý từ nội dung đơn" not in text


def test_a_sealed_petition_has_no_hints_and_nobody_is_asked(make_petition, officer, two_tenants, enable: Enable):
    own, _ = two_tenants
    enable(own)
    petition_id = make_petition(own, PetitionKind.DENUNCIATION)
    dummy_plugin.calls.clear()
    text = officer(own).get(own.url(f"/petitions/{petition_id}/classify")).text
    assert "Gợi ý" not in text
    assert NAME not in text
    assert "7319" not in text
    assert ("classification_hints", own.slug) not in dummy_plugin.calls


@pytest.mark.parametrize("behaviour", dummy_plugin.BEHAVIOURS)
def test_a_failing_plugin_hides_no_form(behaviour, make_petition, officer, two_tenants, enable: Enable):
    own, _ = two_tenants
    petition_id = make_petition(own, classified=False)
    enable(own, behaviour=behaviour)
    answer = officer(own).get(own.url(f"/petitions/{petition_id}/classify"))
    assert answer.status_code == 200
    assert ("Thử gặp lỗi nên gợi ý của nó không hiện" in answer.text) is (behaviour not in HARMLESS)


# Competence


@pytest.mark.parametrize(
    ("data", "decision"),
    [
        ({"decision": "accept"}, "Thụ lý"),
        ({"decision": "transfer", "reason": "Không thuộc", "body": "Thanh tra", "document_number": "12/CV"}, "Chuyển"),
    ],
)
def test_an_objection_that_blocks_refuses_the_step_and_keeps_what_was_typed(
    data, decision, make_petition, officer, two_tenants, enable: Enable, entered, superuser
):
    own, _ = two_tenants
    enable(own, objection="blocking")
    petition_id = make_petition(own, ours=data["decision"] == "accept")
    url = own.url(f"/petitions/{petition_id}/decide")
    answer = send(officer(own), url, notified_on="2024-06-24", **data)
    assert answer.status_code == 422
    assert REASON in answer.text
    assert "Quy chế 12-QC/HU" in answer.text
    assert decision in answer.text
    assert data.get("body", "2024-06-24") in answer.text
    assert status_of(entered, own, petition_id) == "classified"
    assert journal_of(superuser, own, "petition.accepted") == []


def test_a_warning_is_confirmed_point_by_point_and_journalled(
    make_petition, officer, two_tenants, enable: Enable, entered, superuser, make_account, sign_in
):
    own, _ = two_tenants
    enable(own, objection="warning")
    petition_id = make_petition(own)
    browser, url = officer(own), own.url(f"/petitions/{petition_id}/decide")
    assert 'name="confirmed"' not in browser.get(url).text
    asked = send(browser, url, decision="accept")
    assert asked.status_code == 422
    assert REASON in asked.text
    code = asked.text.split('name="confirmed" type="checkbox" value="')[1].split('"')[0]
    assert status_of(entered, own, petition_id) == "classified"
    assert send(browser, url, decision="accept", confirmed="dummy:another").status_code == 422
    assert send(browser, url, decision="accept", confirmed=code).status_code == 303
    assert status_of(entered, own, petition_id) == "accepted"
    [detail] = journal_of(superuser, own, "petition.caution_confirmed")
    assert detail == {"plugin": "dummy", "code": code, "source": "Quy chế 12-QC/HU"}
    assert "xác nhận dù plugin cảnh báo" in sign_in(make_account(own, "inspector")).get(own.url("/journal/")).text


def test_a_confirmation_travels_along_while_something_else_is_wrong(
    make_petition, officer, two_tenants, enable: Enable
):
    own, _ = two_tenants
    enable(own, objection="warning")
    petition_id = make_petition(own)
    url = own.url(f"/petitions/{petition_id}/decide")
    answer = send(officer(own), url, decision="accept", notified_on="2030-01-01", confirmed="dummy:abc")
    assert answer.status_code == 422
    assert '<input type="hidden" name="confirmed" value="dummy:abc">' in answer.text


@pytest.mark.parametrize("behaviour", dummy_plugin.BEHAVIOURS)
def test_a_check_that_did_not_run_did_not_pass(behaviour, make_petition, officer, two_tenants, enable: Enable, entered):
    own, _ = two_tenants
    petition_id = make_petition(own)
    enable(own, behaviour=behaviour, objection="warning")
    answer = send(officer(own), own.url(f"/petitions/{petition_id}/decide"), decision="accept")
    assert answer.status_code == 422
    assert ("Plugin Thử không trả lời được nên chưa kiểm tra được thẩm quyền" in answer.text) is (
        behaviour not in HARMLESS
    )
    assert status_of(entered, own, petition_id) == "classified"


def test_a_handover_passes_the_same_door(make_petition, officer, three_levels, enable: Enable, entered, superuser):
    own, receiver = three_levels.commune, three_levels.district
    petition_id = make_petition(own, ours=False)
    enable(own, objection="blocking")
    browser, url = officer(own), own.url(f"/handovers/send/{petition_id}")
    data = {
        "receiver": str(receiver.id), "basis": "competence", "document_number": "15/CV",
        "reason": "Thuộc thẩm quyền cấp huyện",
    }  # fmt: skip
    page = browser.get(url).text
    data["basis"] = page.split("<option")[1].split('value="')[1].split('"')[0]
    refused = send(browser, url, **data)
    assert refused.status_code == 422
    assert REASON in refused.text
    assert "Thuộc thẩm quyền cấp huyện" in refused.text
    assert superuser.execute("SELECT count(*) FROM handover WHERE tenant_id = %s", [own.id]).fetchone() == (0,)
    enable(own, objection="warning")
    asked = send(browser, url, **data)
    code = asked.text.split('name="confirmed" type="checkbox" value="')[1].split('"')[0]
    assert send(browser, url, **data, confirmed=code).status_code == 303
    assert status_of(entered, own, petition_id) == "transferred"
    assert {handling.to for handling in dummy_plugin.handlings} == {receiver.slug}


def test_a_plugin_learns_what_a_step_is_about_and_of_a_sealed_one_nothing(
    make_petition, officer, two_tenants, enable: Enable, caplog, capsys, superuser
):
    own, _ = two_tenants
    enable(own)
    for kind in (PetitionKind.COMPLAINT, PetitionKind.DENUNCIATION):
        petition_id = make_petition(own, kind)
        assert send(officer(own), own.url(f"/petitions/{petition_id}/decide"), decision="accept").status_code == 303
    assert dummy_plugin.handlings == [
        Handling("accept", PetitionKind.COMPLAINT, "land", 1, sealed=False),
        Handling("accept", None, "", 0, sealed=True),
    ]
    told = caplog.text + "".join(capsys.readouterr()) + str(dummy_plugin.handlings)
    journal = superuser.execute("SELECT string_agg(detail::text, ' ') FROM event WHERE tenant_id = %s", [own.id])
    told += str(journal.fetchone())
    assert NAME not in told
    assert "7319" not in told


def test_who_speaks_english_reads_the_objection_in_english(make_petition, officer, two_tenants, enable: Enable):
    own, _ = two_tenants
    enable(own, objection="warning")
    petition_id = make_petition(own)
    browser, url = officer(own), own.url(f"/petitions/{petition_id}/decide")
    speak_english(browser, url)
    assert "A matter of the internal affairs commission" in send(browser, url, decision="accept").text


# Replies


@pytest.fixture
def result(make_petition, make_account, sign_in):
    """A petition being settled, its handler's browser and the page on which the result is written."""

    def result(tenant):
        account = make_account(tenant, "petition_officer", "committee_head")
        petition_id = make_petition(tenant, handler=account.id)
        return petition_id, sign_in(account), tenant.url(f"/petitions/{petition_id}/result")

    return result


def data_of(text, **more):
    return {"outcome": Outcome.FOUNDED.value, "document_number": "45/QĐ", "result": text, **more}


def test_what_is_asked_of_a_reply_stands_beside_the_form(result, two_tenants, enable: Enable):
    own, _ = two_tenants
    _petition_id, browser, url = result(own)
    enable(own, reply="blocking")
    text = browser.get(url).text
    assert "Yêu cầu với văn bản trả lời" in text
    for words in (MESSAGE, "Phải có một trong: căn cứ.", "Không được có: mật.", "Ít nhất 20 ký tự.", "CV 446"):
        assert words in text
    speak_english(browser, url)
    assert "Name the legal ground" in browser.get(url).text


@pytest.mark.parametrize("text", [BAD_REPLY, "Căn cứ đủ, nhưng đây là tin mật của đơn vị.", "Căn cứ luật."])
def test_a_reply_that_breaks_a_blocking_rule_is_refused(text, result, two_tenants, enable: Enable, entered):
    own, _ = two_tenants
    petition_id, browser, url = result(own)
    enable(own, reply="blocking")
    answer = send(browser, url, **data_of(text))
    assert answer.status_code == 422
    assert f"Văn bản trả lời chưa đạt yêu cầu: {MESSAGE} (CV 446; Thử)" in answer.text
    assert text in answer.text
    assert status_of(entered, own, petition_id) == "in_progress"
    assert send(browser, url, **data_of(GOOD_REPLY)).status_code == 303


def test_a_reply_that_breaks_another_rule_is_confirmed(result, two_tenants, enable: Enable, entered, superuser):
    own, _ = two_tenants
    petition_id, browser, url = result(own)
    enable(own, reply="warning")
    asked = send(browser, url, **data_of(BAD_REPLY))
    assert asked.status_code == 422
    assert 'value="dummy:ground"' in asked.text
    assert send(browser, url, **data_of(BAD_REPLY, confirmed="dummy:ground")).status_code == 303
    assert status_of(entered, own, petition_id) == "resolved"
    assert journal_of(superuser, own, "petition.caution_confirmed") == [
        {"plugin": "dummy", "code": "dummy:ground", "source": "CV 446"}
    ]


@pytest.mark.parametrize("behaviour", dummy_plugin.BEHAVIOURS)
def test_no_reply_passes_a_plugin_that_does_not_answer(behaviour, result, two_tenants, enable: Enable, entered):
    own, _ = two_tenants
    petition_id, browser, url = result(own)
    enable(own, reply="blocking", behaviour=behaviour)
    answer = send(browser, url, **data_of(GOOD_REPLY))
    if behaviour in HARMLESS:
        assert answer.status_code == 303
    else:
        assert answer.status_code == 422
        assert "Plugin Thử không trả lời được nên chưa kiểm tra được văn bản trả lời" in answer.text
        assert GOOD_REPLY in answer.text
        assert status_of(entered, own, petition_id) == "in_progress"


def test_guidance_is_a_reply_and_a_filing_note_is_none(make_petition, officer, two_tenants, enable: Enable):
    own, _ = two_tenants
    enable(own, reply="blocking")
    petition_id = make_petition(own, ours=False)
    browser, url = officer(own), own.url(f"/petitions/{petition_id}/decide")
    assert MESSAGE in send(browser, url, decision="guide", reason=BAD_REPLY).text
    assert send(browser, url, decision="guide", reason=GOOD_REPLY).status_code == 303


def test_rules_of_a_neighbour_ask_nothing_here(result, two_tenants, enable: Enable):
    own, other = two_tenants
    _petition_id, browser, url = result(own)
    enable(other, reply="blocking", objection="blocking")
    assert "Yêu cầu với văn bản trả lời" not in browser.get(url).text
    assert send(browser, url, **data_of(BAD_REPLY)).status_code == 303
    assert dummy_plugin.calls == []
