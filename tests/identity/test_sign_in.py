"""Signing in, staying signed in, and not."""

import hashlib
import re

import pytest

from tests.support import PASSWORD, csrf_of


def post_sign_in(client, login, password, **more):
    token = csrf_of(client, "/signin")
    return client.post("/signin", data={"login": login, "password": password, "csrf_token": token, **more})


def test_a_member_signs_in_and_is_led_to_their_committee(client, make_tenant, make_account):
    tenant = make_tenant()
    person = make_account(tenant, "reception_officer")
    answer = post_sign_in(client, person.login, PASSWORD)
    assert answer.status_code == 303
    assert client.get(answer.location).location == tenant.url("/desk")


@pytest.mark.parametrize("password", ["sai mật khẩu", "", "x" * 300])
def test_a_wrong_password_is_refused_in_words_and_keeps_the_login(client, make_account, password):
    person = make_account()
    answer = post_sign_in(client, person.login, password)
    assert answer.status_code == 422
    assert person.login in answer.text


def test_an_unknown_login_gets_the_same_answer_as_a_wrong_password(client, make_account):
    person = make_account()
    unknown, wrong = (
        post_sign_in(client, login, "sai mật khẩu này").text for login in ("nobody@nowhere", person.login)
    )
    erase = re.compile(r'value="[^"]*"')
    assert erase.sub("", unknown) == erase.sub("", wrong)


def test_after_five_failures_even_the_right_password_waits(client, make_account, superuser):
    person = make_account()
    for _ in range(6):
        post_sign_in(client, person.login, "sai mật khẩu này")
    answer = post_sign_in(client, person.login, PASSWORD)
    assert answer.status_code == 429
    assert "đợi" in answer.text
    superuser.execute("DELETE FROM throttle")


def test_a_failed_sign_in_is_journalled_without_what_was_typed(client, superuser):
    post_sign_in(client, "mat-khau-go-nham@x", "Hn7-bi-mat-cua-toi")
    superuser.execute("DELETE FROM throttle")
    row = superuser.execute(
        "SELECT * FROM platform_event WHERE action = 'sign_in.failed' ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert "mat-khau-go-nham" not in str(row)
    assert "bi-mat" not in str(row)


def test_what_was_typed_as_login_cannot_be_guessed_from_the_journal(client, superuser):
    """People type their password into the wrong field: a plain hash of it would be tried out in an afternoon."""
    typed = "mat-khau-o-nham-cho"
    post_sign_in(client, typed, "cũng sai như thế")
    superuser.execute("DELETE FROM throttle")
    subject, address = superuser.execute(
        "SELECT subject_id, address FROM platform_event WHERE action = 'sign_in.failed' ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert subject not in hashlib.sha256(f"login:{typed}".encode()).hexdigest()
    assert address == "127.0.0.1"  # from where somebody tried


def test_a_post_without_csrf_token_changes_nothing(client, make_account):
    person = make_account()
    answer = client.post("/signin", data={"login": person.login, "password": PASSWORD})
    assert answer.status_code == 400


def test_signing_out_ends_the_session_on_the_server(make_tenant, make_account, sign_in, app):
    tenant = make_tenant()
    browser = sign_in(make_account(tenant, "committee_head"))
    assert browser.get(tenant.url("/members/")).status_code == 200
    cookie = browser.get_cookie("tiepdan").value
    token = csrf_of(browser, tenant.url("/members/"))
    assert browser.post("/signout", data={"csrf_token": token}).status_code == 303
    thief = app.test_client()
    thief.set_cookie("tiepdan", cookie)
    assert thief.get(tenant.url("/members/")).status_code == 302


def test_an_expired_or_idle_session_is_no_session(make_tenant, make_account, sign_in, superuser):
    tenant = make_tenant()
    for column, value in (("expires_at", "now()"), ("last_seen_at", "now() - interval '3 hours'")):
        person = make_account(tenant, "committee_head")
        browser = sign_in(person)
        superuser.execute(f"UPDATE session SET {column} = {value} WHERE account_id = %s", [person.id])
        assert browser.get(tenant.url("/members/")).status_code == 302


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_next_never_leads_to_another_site(client, make_tenant, make_account, target):
    person = make_account(make_tenant(), "viewer")
    answer = post_sign_in(client, person.login, PASSWORD, next=target)
    assert answer.location == "/switch"


def test_changing_the_password_ends_the_other_sessions(make_tenant, make_account, sign_in):
    tenant = make_tenant()
    person = make_account(tenant, "viewer")
    here, elsewhere = sign_in(person), sign_in(person)
    token = csrf_of(here, "/password")
    answer = here.post("/password", data={"old": PASSWORD, "password": "một cụm từ hoàn toàn mới", "csrf_token": token})
    assert answer.status_code == 303
    assert here.get("/password").status_code == 200
    assert elsewhere.get("/password").status_code == 302


def test_guessing_the_old_password_waits_like_signing_in(two_tenants, make_account, sign_in, superuser):
    person, other = make_account(two_tenants[0], "viewer"), make_account(two_tenants[1], "viewer")
    browser, neighbour = sign_in(person), sign_in(other)

    def change(client, old):
        token = csrf_of(client, "/password")
        return client.post("/password", data={"old": old, "password": "một cụm từ hoàn toàn mới", "csrf_token": token})

    answers = [change(browser, f"đoán lần {number}").status_code for number in range(6)]
    assert answers == [422] * 6
    waiting = change(browser, PASSWORD)
    assert waiting.status_code == 429
    assert "đợi" in waiting.text
    assert change(neighbour, PASSWORD).status_code == 303
    actions = superuser.execute(
        "SELECT action, count(*) FROM platform_event WHERE subject_id = %s AND action LIKE 'password.%%' GROUP BY 1 ORDER BY 1",
        [str(person.id)],
    ).fetchall()
    assert actions == [("password.failed", 6), ("password.throttled", 1)]
    superuser.execute("UPDATE throttle SET blocked_until = now()")
    assert change(browser, PASSWORD).status_code == 303


@pytest.mark.parametrize("password", ["ngắn", "aaaaaaaaaaaaaaaaaaa", "Người thử"])
def test_a_guessable_new_password_is_refused(make_tenant, make_account, sign_in, password):
    browser = sign_in(make_account(make_tenant(), "viewer"))
    token = csrf_of(browser, "/password")
    answer = browser.post("/password", data={"old": PASSWORD, "password": password, "csrf_token": token})
    assert answer.status_code == 422


def test_a_person_with_two_committees_chooses_and_the_switch_is_journalled(
    app, two_tenants, make_account, sign_in, entered, superuser
):
    first, second = two_tenants
    person = make_account(first, "viewer")
    from tiepdan.core.actor import Actor
    from tiepdan.identity.memberships import grant_role
    from tiepdan.identity.permissions import Role

    with entered(second, "committee_head"):
        grant_role(person.id, Role.COMMITTEE_HEAD, actor=Actor.system(), confirmed=True)
    browser = sign_in(person)
    page = browser.get("/switch")
    assert page.status_code == 200
    token = csrf_of(browser, "/switch")
    browser.post("/switch", data={"tenant": first.id, "csrf_token": token})
    answer = browser.get(second.url("/members/"))
    assert answer.status_code == 302
    assert "/switch" in answer.location
    browser.post("/switch", data={"tenant": second.id, "csrf_token": csrf_of(browser, "/switch")})
    assert browser.get(second.url("/members/")).status_code == 200
    switched = superuser.execute(
        "SELECT subject_id FROM platform_event WHERE action = 'tenant.switched' AND account_id = %s ORDER BY id",
        [person.id],
    ).fetchall()
    assert [row[0] for row in switched] == [str(first.id), str(second.id)]


def test_the_first_committee_a_session_works_in_is_its_only_one_until_the_switch(
    two_tenants, make_account, sign_in, entered, superuser
):
    from tiepdan.core.actor import Actor
    from tiepdan.identity.memberships import grant_role
    from tiepdan.identity.permissions import Role

    first, second = two_tenants
    person = make_account(first, "committee_head")
    with entered(second, "committee_head"):
        grant_role(person.id, Role.COMMITTEE_HEAD, actor=Actor.system(), confirmed=True)
    browser = sign_in(person)
    assert browser.get(first.url("/members/")).status_code == 200
    assert "/switch" in browser.get(second.url("/members/")).location
    assert browser.get(first.url("/members/")).status_code == 200
    switched = superuser.execute(
        "SELECT subject_id FROM platform_event WHERE action = 'tenant.switched' AND account_id = %s", [person.id]
    ).fetchall()
    assert switched == [(str(first.id),)]


def test_nobody_switches_into_a_committee_that_is_not_theirs(two_tenants, make_account, sign_in):
    own, foreign = two_tenants
    browser = sign_in(make_account(own, "committee_head"))
    token = csrf_of(browser, own.url("/members/"))
    assert browser.post("/switch", data={"tenant": foreign.id, "csrf_token": token}).status_code == 404
