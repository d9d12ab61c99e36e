"""The log, the settings and the letters: in one's own committee, for those who may."""

import re

import pytest

from tests.extensions.conftest import Enable
from tests.notifications.conftest import EVERY_CITIZEN_EVENT, ON, SECRET, SMS
from tests.support import csrf_of
from tiepdan.notifications.plan import field_name
from tiepdan.notifications.rules import PRINT, Happening
from tiepdan.petitions.rules import Origin
from tiepdan.petitions.service import NewPetition, register_petition
from tiepdan.sdk import PetitionKind

BY_SMS = {event: [SMS] for event in EVERY_CITIZEN_EVENT}
BY_LETTER = {event: [PRINT] for event in EVERY_CITIZEN_EVENT}
LOG, SETTINGS, LETTERS = "/notifications/", "/notifications/settings", "/notifications/letters"


@pytest.fixture
def browse(make_account, sign_in):
    return lambda tenant, *roles: sign_in(make_account(tenant, *roles))


def test_the_log_shows_what_went_and_three_figures_to_those_who_may_see_cases(
    browse, two_tenants, enable: Enable, plan, register, work
):
    own, other = two_tenants
    enable(own)
    plan(own, BY_SMS)
    made = register(own)
    work()
    page = browse(own, "petition_officer").get(own.url(LOG)).text
    assert "Đơn đã vào sổ" in page
    assert "Đã gửi" in page
    assert "•••678" in page
    assert made.code in page
    assert "0912" not in page
    assert SECRET not in page
    page = browse(own, "tenant_admin").get(own.url(LOG)).text
    assert "Đơn đã vào sổ" in page
    assert "•••678" not in page
    assert made.code not in page
    page = browse(other, "petition_officer").get(other.url(LOG)).text
    assert made.code not in page
    assert "Chưa có tin nào" in page
    assert browse(own, "handler").get(own.url(LOG)).status_code == 403


def test_the_log_says_nothing_of_a_sealed_case(browse, make_tenant, enable: Enable, plan, register, work):
    tenant = make_tenant()
    enable(tenant)
    plan(tenant, BY_SMS)
    made = register(tenant, kind=PetitionKind.DENUNCIATION)
    work()
    page = browse(tenant, "petition_officer", "committee_head").get(tenant.url(LOG)).text
    assert "Hồ sơ giữ kín" in page
    assert made.code not in page
    assert "678" not in page


def test_the_log_goes_on_page_by_page_and_is_filtered(browse, make_tenant, enable: Enable, plan, register, superuser):
    tenant = make_tenant()
    enable(tenant)
    plan(tenant, BY_SMS)
    register(tenant)
    superuser.execute(
        "INSERT INTO message (tenant_id, id, event, channel, subject_id, person_id, occasion, sealed, language, facts, state, next_at)"
        " SELECT tenant_id, gen_random_uuid(), event, channel, subject_id, person_id, number::text, sealed, language, facts, 'sent', NULL"
        " FROM message, generate_series(1, 60) AS number WHERE tenant_id = %s",
        [tenant.id],
    )
    browser = browse(tenant, "petition_officer")
    first = browser.get(tenant.url(LOG)).text
    assert first.count("Đơn đã vào sổ") == 50
    following = re.search(r'href="([^"]+cursor=[^"]+)"', first)[1].replace("&amp;", "&")
    assert browser.get(following).text.count("Đơn đã vào sổ") == 11
    assert browser.get(tenant.url(LOG) + "?state=waiting").text.count("Đơn đã vào sổ") == 1
    assert browser.get(tenant.url(LOG) + "?state=x").status_code == 200


def test_what_is_told_is_chosen_on_a_page(browse, two_tenants, enable: Enable, superuser):
    own, other = two_tenants
    enable(own)
    browser = browse(own, "tenant_admin")
    page = browser.get(own.url(SETTINGS)).text
    assert "Kênh thử" in page
    assert "đã được thụ lý" in page
    name = field_name(Happening.PETITION_ACCEPTED)
    data = {
        "csrf_token": csrf_of(browser, own.url(SETTINGS)), name: SMS, "language": "vi", "quiet_from": "22", "quiet_until": "6",
    }  # fmt: skip
    assert browser.post(own.url(SETTINGS), data=data).status_code == 303
    stored = superuser.execute("SELECT tenant_id, channels, quiet_from, quiet_until FROM message_plan").fetchall()
    assert (own.id, {"petition.accepted": [SMS]}, 22, 6) in stored
    assert other.id not in {row[0] for row in stored}
    assert re.search(
        rf'name="{name}"[^>]*value="{SMS}"[^>]*checked|checked[^>]*name="{name}"', browser.get(own.url(SETTINGS)).text
    )


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        (field_name(Happening.TASK_OVERDUE), SMS, "Kênh này không dùng được"),
        (field_name(Happening.PETITION_RESULT), "nobody/sms", "Kênh này không dùng được"),
        ("quiet_from", "25", "Giờ từ 0 đến 23"),
        ("quiet_until", "", "Hãy ghi giờ"),
        ("language", "fr", ""),
    ],
)
def test_a_wrong_choice_is_said_and_changes_nothing(browse, make_tenant, enable: Enable, superuser, field, value, said):
    tenant = make_tenant()
    enable(tenant)
    browser = browse(tenant, "tenant_admin")
    data = {
        "csrf_token": csrf_of(browser, tenant.url(SETTINGS)),
        "language": "vi",
        "quiet_from": "21",
        "quiet_until": "7",
    }
    answer = browser.post(tenant.url(SETTINGS), data=data | {field: value})
    assert answer.status_code == 422
    assert said in answer.text
    assert superuser.execute("SELECT count(*) FROM message_plan WHERE tenant_id = %s", [tenant.id]).fetchone() == (0,)


def test_a_failing_channel_is_said_and_its_choice_kept(browse, make_tenant, enable: Enable, plan):
    tenant = make_tenant()
    enable(tenant)
    plan(tenant, BY_SMS)
    enable(tenant, behaviour="exception")
    browser = browse(tenant, "tenant_admin")
    page = browser.get(tenant.url(SETTINGS))
    assert "dummy gặp lỗi" in page.text
    assert f'value="{SMS}"' in page.text
    assert "dummy gặp lỗi" in browser.get(tenant.url(LOG)).text


def test_mails_that_wait_for_a_server_are_said(browse, make_tenant):
    tenant = make_tenant()
    assert "TIEPDAN_SMTP_URL" in browse(tenant, "tenant_admin").get(tenant.url(LOG)).text


def test_a_letter_is_printed_and_marked(browse, two_tenants, plan, register, rows):
    own, other = two_tenants
    plan(own, BY_LETTER)
    made = register(own, name="Hoàng Thị Mẫu")
    browser, stranger = browse(own, "petition_officer"), browse(other, "petition_officer")
    page = browser.get(own.url(LETTERS)).text
    assert "Hoàng Thị Mẫu" in page
    assert "Hoàng Thị Mẫu" not in stranger.get(other.url(LETTERS)).text
    path = re.search(rf'href="{own.url("")}(/notifications/letters/[0-9a-f-]+)"', page)[1]
    letter = browser.get(own.url(path)).text
    assert "Kính gửi: Hoàng Thị Mẫu" in letter
    assert "Thôn Kín" in letter
    assert made.code in letter
    token = {"csrf_token": csrf_of(stranger, other.url(LOG))}
    assert stranger.get(other.url(path)).status_code == 404
    assert stranger.post(other.url(f"{path}/printed"), data=token).status_code == 404
    token = {"csrf_token": csrf_of(browser, own.url(LOG))}
    assert browser.post(own.url(f"{path}/printed"), data=token).status_code == 303
    assert browser.post(own.url(f"{path}/printed"), data=token).status_code == 409
    assert "Không có thư nào chờ in" in browser.get(own.url(LETTERS)).text
    assert [row[1:3] for row in rows(own)] == [("print", "sent")]


def test_a_letter_about_a_case_that_was_sealed_does_not_exist(browse, make_tenant, plan, register, classify, superuser):
    tenant = make_tenant()
    plan(tenant, BY_LETTER)
    made = register(tenant)
    letter_id = superuser.execute("SELECT id FROM message WHERE tenant_id = %s", [tenant.id]).fetchone()[0]
    classify(tenant, made.id, PetitionKind.DENUNCIATION)
    browser = browse(tenant, "petition_officer", "committee_head")
    assert browser.get(tenant.url(f"{LETTERS}/{letter_id}")).status_code == 404
    assert SECRET not in browser.get(tenant.url(LETTERS)).text


def test_the_intake_form_asks_whether_the_sender_wants_news(browse, make_tenant, plan, rows):
    tenant = make_tenant()
    plan(tenant, BY_LETTER)
    browser = browse(tenant, "petition_officer")
    page = browser.get(tenant.url("/petitions/new")).text
    assert "Nhắn tin cho người gửi khi có tin mới" in page
    assert not re.search(r'name="news"[^>]*checked', page)
    data = {
        "csrf_token": csrf_of(browser, tenant.url("/petitions/new")), "origin": "post", "received_on": "2024-06-27",
        "people-0-full_name": "Hoàng Thị Mẫu", "people_count": "1", "content": "Đề nghị", "kind": "", "field": "other",
    }  # fmt: skip
    assert browser.post(tenant.url("/petitions/new"), data=data).status_code == 303
    assert rows(tenant) == []
    assert browser.post(tenant.url("/petitions/new"), data=data | {"news": "y"}).status_code == 303
    assert [row[:3] for row in rows(tenant)] == [("petition.registered", "print", "waiting")]


def test_a_sender_may_change_their_mind(browse, two_tenants, plan, register, accept, rows):
    own, other = two_tenants
    plan(own, BY_LETTER)
    made = register(own)
    browser, stranger = browse(own, "petition_officer"), browse(other, "petition_officer")
    path = f"/petitions/{made.id}/news"
    assert re.search(r'name="news"[^>]*checked|checked[^>]*name="news"', browser.get(own.url(path)).text)
    token = {"csrf_token": csrf_of(stranger, other.url(LOG))}
    assert stranger.get(other.url(path)).status_code == 404
    assert stranger.post(other.url(path), data=token).status_code == 404
    token = {"csrf_token": csrf_of(browser, own.url(LOG))}
    assert browser.post(own.url(path), data=token).status_code == 303
    assert [row[2] for row in rows(own)] == ["withdrawn"]
    accept(own, made.id)
    assert len(rows(own)) == 1, "nothing more is told"
    assert browser.post(own.url(path), data=token | {"news": "y"}).status_code == 303
    assert re.search(r'name="news"[^>]*checked|checked[^>]*name="news"', browser.get(own.url(path)).text)
    assert browse(own, "viewer").get(own.url(path)).status_code == 403


def test_a_petition_without_a_name_can_be_told_to_nobody(browse, make_tenant, entered):
    tenant = make_tenant()
    with entered(tenant, "petition_officer") as actor:
        made = register_petition(NewPetition(content="Đơn nặc danh", origin=Origin.POST, news=True), actor=actor, on=ON)
    browser = browse(tenant, "petition_officer")
    token = {"csrf_token": csrf_of(browser, tenant.url(LOG)), "news": "y"}
    answer = browser.post(tenant.url(f"/petitions/{made.id}/news"), data=token)
    assert answer.status_code == 422
    assert "không ghi tên người gửi" in answer.text
