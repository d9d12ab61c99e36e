"""Keys: shown once, hashed, revoked, expired."""

import re
from datetime import date, timedelta

import pytest

from tests.support import csrf_of
from tiepdan.api.keys import actor_of_key, list_keys, revoke_key
from tiepdan.core.errors import Conflict, Forbidden, Invalid, NotFound

from .conftest import ON


def test_only_the_hash_is_kept(new_key, make_tenant, superuser):
    made = new_key(make_tenant())
    rows = superuser.execute("SELECT api_key::text FROM api_key WHERE id = %s", [made.id]).fetchall()
    assert made.secret not in str(rows)


def test_a_revoked_key_stops_at_once(new_key, read, entered, make_tenant):
    tenant = make_tenant()
    made = new_key(tenant)
    assert read(tenant, made.secret).status_code == 200
    with entered(tenant, "tenant_admin") as actor:
        revoke_key(made.id, actor=actor)
    assert read(tenant, made.secret).status_code == 401
    with entered(tenant, "tenant_admin") as actor, pytest.raises(Conflict):
        revoke_key(made.id, actor=actor)


def test_a_key_ends_with_its_day(new_key, entered, make_tenant):
    tenant = make_tenant()
    made = new_key(tenant, expires_on=ON + timedelta(days=3))
    with entered(tenant):
        assert actor_of_key(made.secret, ON + timedelta(days=3)) is not None
        assert actor_of_key(made.secret, ON + timedelta(days=4)) is None


@pytest.mark.parametrize("values", [{"label": " "}, {"expires_on": ON}, {"expires_on": date(2030, 1, 1)}])
def test_a_key_needs_a_name_and_a_sensible_end(new_key, make_tenant, values):
    with pytest.raises(Invalid):
        new_key(make_tenant(), **values)


def test_keys_are_the_administrators_and_the_tenants_own(new_key, entered, two_tenants):
    own, other = two_tenants
    made = new_key(own)
    with entered(own, "committee_head") as actor, pytest.raises(Forbidden):
        list_keys(actor=actor)
    with entered(other, "tenant_admin") as actor:
        assert list_keys(actor=actor) == []
        with pytest.raises(NotFound):
            revoke_key(made.id, actor=actor)
    with entered(other):
        assert actor_of_key(made.secret, ON) is None


def test_the_page_shows_a_new_key_once_and_revokes_it(make_tenant, make_account, sign_in, client):
    tenant = make_tenant()
    browser = sign_in(make_account(tenant, "tenant_admin"))
    token = csrf_of(browser, tenant.url("/keys/"))
    page = browser.post(tenant.url("/keys/"), data={"csrf_token": token, "label": "Cổng của tỉnh"}).text
    secret = re.search(r'id="new-key">([^<]+)<', page)[1]
    bearer = {"Authorization": f"Bearer {secret}"}
    assert client.get(tenant.url("/api/v1/petitions"), headers=bearer).status_code == 200
    listed = browser.get(tenant.url("/keys/")).text
    assert "Cổng của tỉnh" in listed
    assert secret not in listed
    key_id = re.search(r"/keys/([0-9a-f-]{36})/revoke", listed)[1]
    assert browser.post(tenant.url(f"/keys/{key_id}/revoke"), data={"csrf_token": token}).status_code == 303
    assert client.get(tenant.url("/api/v1/petitions"), headers=bearer).status_code == 401


def test_a_neighbours_key_is_404_and_others_are_refused(new_key, two_tenants, make_account, sign_in):
    own, other = two_tenants
    made = new_key(own)
    browser = sign_in(make_account(other, "tenant_admin"))
    token = csrf_of(browser, other.url("/keys/"))
    assert browser.post(other.url(f"/keys/{made.id}/revoke"), data={"csrf_token": token}).status_code == 404
    head = sign_in(make_account(own, "committee_head"))
    assert head.get(own.url("/keys/")).status_code == 403
