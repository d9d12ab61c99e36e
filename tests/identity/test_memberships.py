"""Appointments, and who has to confirm them."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime, time, timedelta

import pytest

from tests.support import csrf_of
from tiepdan.core.actor import Actor
from tiepdan.core.clock import TIMEZONE
from tiepdan.core.errors import Conflict, Forbidden, Invalid, NotFound
from tiepdan.identity.memberships import (
    appoint_administrator,
    confirm_membership,
    end_membership,
    invite_member,
    limit_membership,
    list_members,
    pending_members,
)
from tiepdan.identity.permissions import CASE_PERMISSIONS, PERMISSIONS_BY_ROLE, Role


def member_of(tenant, account_id, entered):
    with entered(tenant, "members.view") as actor:
        return next(m for m in list_members(actor=actor) if m.account_id == account_id)


def test_an_appointee_from_the_platform_holds_no_case_right_until_the_head_confirms(
    make_tenant, make_account, entered, sign_in, superuser
):
    tenant = make_tenant()
    head = make_account(tenant, "committee_head")
    with entered(tenant, "fleet.invite") as actor:
        account_id, _token = appoint_administrator("it.appointee@x", "Người được chỉ định", actor=actor)
    with entered(tenant, "members.manage") as actor:
        invite_member("it.appointee@x", "", [Role.PETITION_OFFICER], actor=actor)
    waiting = [m for m in [member_of(tenant, account_id, entered)] if not m.confirmed]
    assert waiting
    # The head is shown the appointment, confirms, and only then the rights count.
    with entered(tenant, "committee_head", account=head.id) as actor:
        pending = pending_members(actor=actor)
        assert {m.role for m in pending} == {Role.TENANT_ADMIN, Role.PETITION_OFFICER}
        for member in pending:
            confirm_membership(member.id, actor=actor)
    assert member_of(tenant, account_id, entered).confirmed
    superuser.execute("DELETE FROM throttle")


def test_an_unconfirmed_role_opens_no_case_page(make_tenant, make_account, sign_in):
    tenant = make_tenant()
    browser = sign_in(make_account(tenant, "tenant_admin", "committee_head", confirmed=False))
    assert browser.get(tenant.url("/members/")).status_code == 200
    token = csrf_of(browser, tenant.url("/members/"))
    unknown = "00000000-0000-0000-0000-000000000000"
    assert browser.post(tenant.url(f"/members/{unknown}/confirm"), data={"csrf_token": token}).status_code == 403


def test_the_first_head_needs_nobody_above(make_tenant, entered):
    tenant = make_tenant()
    with entered(tenant, "members.manage") as actor:
        first, _ = invite_member("bi.thu.1@x", "Bí thư", [Role.COMMITTEE_HEAD], actor=actor)
    assert member_of(tenant, first, entered).confirmed


def test_an_unconfirmed_administrator_cannot_replace_the_head(make_tenant, make_account, entered):
    tenant = make_tenant()
    head = make_account(tenant, "committee_head")
    with entered(tenant, "members.manage", "members.view") as actor:
        theirs = next(m for m in list_members(actor=actor) if m.account_id == head.id)
        with pytest.raises(Forbidden):
            end_membership(theirs.id, actor=actor)
        second, _ = invite_member("ke.ke.vi@x", "Người khác", [Role.COMMITTEE_HEAD], actor=actor)
    assert not member_of(tenant, second, entered).confirmed


def test_nobody_confirms_themselves(make_tenant, make_account, entered):
    tenant = make_tenant()
    person = make_account(tenant, "committee_head", confirmed=False)
    membership = member_of(tenant, person.id, entered)
    with entered(tenant, "members.confirm", account=person.id) as actor, pytest.raises(Forbidden):
        confirm_membership(membership.id, actor=actor)


def test_a_membership_of_another_committee_does_not_exist(two_tenants, make_account, entered):
    own, foreign = two_tenants
    person = make_account(foreign, "viewer", confirmed=False)
    membership = member_of(foreign, person.id, entered)
    for act in (confirm_membership, end_membership):
        with entered(own, "committee_head", "tenant_admin") as actor, pytest.raises(NotFound):
            act(membership.id, actor=actor)


def test_the_same_role_twice_is_refused(make_tenant, make_account, entered):
    tenant = make_tenant()
    person = make_account(tenant, "viewer")
    with entered(tenant, "members.manage") as actor, pytest.raises(Conflict):
        invite_member(person.login, "", [Role.VIEWER], actor=actor)


def test_the_same_role_given_by_two_administrators_at_once_is_refused_in_words(make_tenant, make_account, entered):
    tenant, person = make_tenant(), make_account()

    def give():
        with pytest.raises(Conflict), entered(tenant, "members.manage") as actor:
            invite_member(person.login, "", [Role.VIEWER], actor=actor)

    with ThreadPoolExecutor(1) as other:
        with entered(tenant, "members.manage") as actor:
            invite_member(person.login, "", [Role.VIEWER], actor=actor)
            giving = other.submit(give)
            assert wait([giving], 0.5).not_done  # until we commit
        giving.result(5)
    with entered(tenant, "members.view") as actor:
        assert [member.role for member in list_members(actor=actor)] == [Role.VIEWER]


def test_the_same_new_login_invited_by_two_at_once_is_refused_in_words(two_tenants, entered):
    login = f"cung.luc.{two_tenants[0].id}@x"

    def invite():
        with pytest.raises(Conflict), entered(two_tenants[1], "members.manage") as actor:
            invite_member(login, "Người mới", [Role.VIEWER], actor=actor)

    with ThreadPoolExecutor(1) as other:
        with entered(two_tenants[0], "members.manage") as actor:
            invite_member(login, "Người mới", [Role.VIEWER], actor=actor)
            inviting = other.submit(invite)
            assert wait([inviting], 0.5).not_done
        inviting.result(5)


def tomorrow():
    return datetime.now(TIMEZONE).date() + timedelta(days=1)


def test_a_role_with_a_limit_ends_after_its_last_day_and_may_be_given_again(
    make_tenant, make_account, entered, sign_in, superuser
):
    tenant, person = make_tenant(), make_account()
    with entered(tenant, "members.manage", "members.confirm") as actor:
        invite_member(person.login, "", [Role.COMMITTEE_HEAD], actor=actor, until=tomorrow())
    limited = member_of(tenant, person.id, entered)
    assert limited.until == tomorrow()
    midnight = datetime.combine(tomorrow(), time.min, TIMEZONE) + timedelta(days=1)
    assert limited.valid_until == midnight
    browser = sign_in(person)
    assert browser.get(tenant.url("/members/")).status_code == 200
    superuser.execute("UPDATE membership SET valid_until = now() WHERE id = %s", [limited.id])
    assert browser.get(tenant.url("/members/")).status_code == 404
    with entered(tenant, "members.manage") as actor:  # its place is free again, and it is no live head
        with pytest.raises(NotFound):
            limit_membership(limited.id, None, actor=actor)
        invite_member(person.login, "", [Role.COMMITTEE_HEAD], actor=actor)
    assert member_of(tenant, person.id, entered).id != limited.id


def test_a_limit_is_changed_and_journalled(make_tenant, make_account, entered, superuser):
    tenant = make_tenant()
    membership = member_of(tenant, make_account(tenant, "viewer").id, entered)
    with entered(tenant, "members.manage") as administrator:
        limit_membership(membership.id, tomorrow(), actor=administrator)
        with pytest.raises(Conflict):  # a head confirmed it with its limit
            limit_membership(membership.id, tomorrow() + timedelta(days=1), actor=administrator)
        with pytest.raises(Invalid):
            limit_membership(membership.id, tomorrow() - timedelta(days=2), actor=administrator)
    with entered(tenant, "members.confirm") as head:
        limit_membership(membership.id, None, actor=head)
    assert member_of(tenant, membership.account_id, entered).until is None
    details = superuser.execute(
        "SELECT detail FROM event WHERE tenant_id = %s AND action = 'membership.changed' ORDER BY id", [tenant.id]
    ).fetchall()
    assert [detail["until"] for (detail,) in details] == [tomorrow().isoformat(), None]


def test_nobody_changes_their_own_limit_nor_an_administrator_the_heads(make_tenant, make_account, entered):
    tenant = make_tenant()
    person = make_account(tenant, "committee_head")
    membership = member_of(tenant, person.id, entered)
    with entered(tenant, "members.confirm", "members.succession", account=person.id) as actor, pytest.raises(Conflict):
        limit_membership(membership.id, tomorrow(), actor=actor)
    for right in ("members.manage", "members.view"):
        with entered(tenant, right) as actor, pytest.raises(Forbidden):
            limit_membership(membership.id, tomorrow(), actor=actor)


def test_a_limit_is_set_and_seen_on_the_pages_of_its_own_committee(two_tenants, make_account, sign_in, entered):
    own, other = two_tenants
    browser = sign_in(make_account(own, "tenant_admin"))
    person = make_account()
    token = csrf_of(browser, own.url("/members/"))
    typed = {"login": person.login, "roles": ["viewer"], "csrf_token": token}
    late = browser.post(own.url("/members/invite"), data={**typed, "until": "2020-01-01"})
    assert late.status_code == 422
    assert "Ngày hết hạn không thể trước hôm nay" in late.text
    assert browser.post(own.url("/members/invite"), data={**typed, "until": tomorrow().isoformat()}).status_code == 303
    assert f"{tomorrow():%d/%m/%Y}" in browser.get(own.url("/members/")).text
    membership = member_of(own, person.id, entered)
    page = f"/members/{membership.id}/limit"
    assert page in browser.get(own.url("/members/")).text
    assert tomorrow().isoformat() in browser.get(own.url(page)).text
    assert browser.post(own.url(page), data={"until": "", "csrf_token": token}).status_code == 303
    assert member_of(own, person.id, entered).until is None
    stranger = sign_in(make_account(other, "tenant_admin"))
    assert stranger.get(other.url(page)).status_code == 404
    token = csrf_of(stranger, other.url("/members/"))
    assert stranger.post(other.url(page), data={"until": "", "csrf_token": token}).status_code == 404


def test_an_invitation_works_once(client, make_tenant, entered):
    tenant = make_tenant()
    with entered(tenant, "members.manage") as actor:
        _account, token = invite_member("moi.den@x", "Người mới", [Role.COMMITTEE_HEAD], actor=actor)
    address = f"/invitation/{token}"
    answer = client.post(address, data={"password": "cụm từ của người mới", "csrf_token": csrf_of(client, address)})
    assert answer.status_code == 303
    assert client.get(tenant.url("/members/")).status_code == 200
    assert client.get(address).status_code == 404


def test_administrators_hold_no_right_over_cases_and_platform_roles_none_at_all():
    from tiepdan.identity.permissions import PERMISSIONS_BY_PLATFORM_ROLE

    # A key of the API reads the list of petitions: it waits for the head's confirmation, too.
    assert PERMISSIONS_BY_ROLE[Role.TENANT_ADMIN] & CASE_PERMISSIONS == {
        "members.succession",
        "keys.manage",
        "journal.read",
        "plugins.purge",
    }
    for permissions in PERMISSIONS_BY_PLATFORM_ROLE.values():
        assert not permissions & CASE_PERMISSIONS


def test_a_provincial_administrator_sees_their_own_province_only(app, make_tenant, make_account, sign_in):
    from tiepdan.core.db import db
    from tiepdan.core.scope import platform_scope
    from tiepdan.identity.accounts import grant_platform_role
    from tiepdan.identity.permissions import PlatformRole

    own, foreign = make_tenant("province"), make_tenant("province")
    person = make_account()
    with app.app_context(), platform_scope():
        grant_platform_role(person.id, PlatformRole.PROVINCE_ADMIN, province_id=own.province_id)
        db.session.commit()
    browser = sign_in(person)
    assert browser.get("/platform/").status_code == 200
    assert browser.get(f"/platform/tenants/{own.slug}").status_code == 200
    assert browser.get(f"/platform/tenants/{foreign.slug}").status_code == 404
    token = csrf_of(browser, f"/platform/tenants/{own.slug}")
    data = {"login": f"first.admin.{own.id}@x", "full_name": "Quản trị", "csrf_token": token}
    assert browser.post(f"/platform/tenants/{foreign.slug}/administrator", data=data).status_code == 404
    answer = browser.post(f"/platform/tenants/{own.slug}/administrator", data=data)
    assert "/invitation/" in answer.text
    assert browser.get(own.url("/members/")).status_code == 404


def test_an_administrator_who_waits_for_the_head_makes_no_key(make_tenant, make_account, sign_in):
    tenant = make_tenant()
    browser = sign_in(make_account(tenant, "tenant_admin", confirmed=False))
    assert browser.get(tenant.url("/members/")).status_code == 200
    assert browser.get(tenant.url("/keys/")).status_code == 403
    token = csrf_of(browser, tenant.url("/signin"))
    assert browser.post(tenant.url("/keys/"), data={"label": "x", "csrf_token": token}).status_code == 403


def test_ones_own_role_elsewhere_is_no_role_here(app, two_tenants, make_account, entered):
    """The second policy of the table shows people their own memberships of every committee."""
    from tiepdan.core.db import db, transaction
    from tiepdan.core.scope import Scope, enter
    from tiepdan.identity.memberships import grant_role, handlers

    here, elsewhere = two_tenants
    person = make_account(elsewhere, "committee_head", "handler")
    with entered(elsewhere, "members.view") as actor:
        theirs = list_members(actor=actor)
    with app.app_context(), enter(Scope(here.id, here.slug, here.path, person.id)), transaction():
        actor = Actor(person.id, "Người thử", frozenset(), frozenset({"members.view", "members.manage"}), here.id)
        assert list_members(actor=actor) == []
        assert handlers() == []
        for member in theirs:
            with pytest.raises(NotFound):
                end_membership(member.id, actor=actor)
        grant_role(person.id, Role.HANDLER, actor=actor, confirmed=True)  # not "the same role twice"
        # ... and the committee here still has to get its first head
        first, _token = invite_member("bi.thu.dau.tien@x", "Bí thư", [Role.COMMITTEE_HEAD], actor=actor)
        assert next(m for m in list_members(actor=actor) if m.account_id == first).confirmed
        db.session.rollback()


def test_nobody_names_themselves_head(make_tenant, make_account, entered):
    tenant = make_tenant()
    person = make_account(tenant, "tenant_admin")
    with entered(tenant, "tenant_admin", account=person.id) as actor, pytest.raises(Conflict):
        invite_member(person.login, "", [Role.COMMITTEE_HEAD], actor=actor)
