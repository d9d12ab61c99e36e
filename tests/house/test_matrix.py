"""Endpoint × role × tenant, generated: the permission table is the oracle."""

import re
from uuid import UUID

import pytest
from flask import Flask

from tests.support import csrf_of
from tiepdan.identity.permissions import PERMISSIONS_BY_ROLE, Role
from tiepdan.web.marks import mark_of

_NOBODY = UUID(int=0)
_SAMPLES = {"uuid": str(_NOBODY), "int": "1", "string": "x", "path": "x", "default": "x"}
# Endpoints that answer about the signed-in person, whatever the tenant.
_ANYWHERE = {"identity"}


def desk_endpoints(app: Flask) -> list[tuple[str, str, str]]:
    """Return (endpoint, method, path) of every staff page of a tenant."""
    found = []
    for rule in app.url_map.iter_rules():
        blueprint = rule.endpoint.split(".")[0]
        mark = mark_of(app.view_functions[rule.endpoint])
        if (
            mark is None
            or mark.permission is None
            or blueprint in _ANYWHERE
            or blueprint == "fleet"
            or rule.rule.startswith("/api/")
        ):
            continue
        path = re.sub(r"<(?:(\w+)(?:\([^)]*\))?:)?\w+>", lambda m: _SAMPLES.get(m[1] or "default", "x"), rule.rule)
        for method in sorted(set(rule.methods) - {"HEAD", "OPTIONS"}):
            found.append((rule.endpoint, method, path))
    return sorted(found)


def ask(browser, method: str, url: str, token: str):
    if method == "GET":
        return browser.get(url)
    return browser.open(url, method=method, data={"csrf_token": token})


@pytest.mark.parametrize("role", list(Role))
def test_every_role_in_its_own_committee_is_let_in_exactly_where_the_table_says(
    app, make_tenant, make_account, sign_in, role
):
    tenant = make_tenant()
    browser = sign_in(make_account(tenant, role.value))
    token = csrf_of(browser, tenant.url("/signin"))
    for endpoint, method, path in desk_endpoints(app):
        permission = mark_of(app.view_functions[endpoint]).permission
        status = ask(browser, method, tenant.url(path), token).status_code
        assert status < 500, (endpoint, status)
        if permission in PERMISSIONS_BY_ROLE[role]:
            assert status not in {400, 401}, (endpoint, method, role, status)
            assert status != 403 or endpoint == "members.end", (endpoint, method, role, status)
        else:
            assert status == 403, (endpoint, method, role, status)


@pytest.mark.parametrize("relation", ["province", "district", "sibling", "other_district", "stranger"])
def test_every_page_of_any_other_committee_does_not_exist(app, three_levels, make_account, sign_in, relation):
    """Own = the commune; the head of every other tenant holds each right there is, and still meets 404."""
    outsider = getattr(three_levels, relation)
    browser = sign_in(make_account(outsider, *[role.value for role in Role]))
    token = csrf_of(browser, outsider.url("/signin"))
    for endpoint, method, path in desk_endpoints(app):
        status = ask(browser, method, three_levels.commune.url(path), token).status_code
        assert status == 404, (endpoint, method, relation, status)


def test_a_child_does_not_reach_its_superiors_pages(app, three_levels, make_account, sign_in):
    browser = sign_in(make_account(three_levels.commune, *[role.value for role in Role]))
    token = csrf_of(browser, three_levels.commune.url("/signin"))
    for superior in (three_levels.district, three_levels.province):
        for endpoint, method, path in desk_endpoints(app):
            status = ask(browser, method, superior.url(path), token).status_code
            assert status == 404, (endpoint, method, status)


def test_without_signing_in_every_page_leads_to_the_sign_in(app, client, make_tenant):
    tenant = make_tenant()
    for endpoint, method, path in desk_endpoints(app):
        answer = ask(client, method, tenant.url(path), "")
        assert answer.status_code in ({302} if method == "GET" else {401}), (endpoint, method, answer.status_code)


def test_no_page_of_a_tenant_that_is_unknown(app, client):
    for _endpoint, method, path in desk_endpoints(app):
        assert ask(client, method, f"/t/no-such-tenant{path}", "").status_code == 404


def test_a_suspended_committee_is_read_only_to_its_staff(app, make_tenant, make_account, sign_in):
    tenant = make_tenant(state="suspended")
    browser = sign_in(make_account(tenant, *[role.value for role in Role]))
    assert browser.get(tenant.url("/members/")).status_code == 200
    token = csrf_of(browser, tenant.url("/signin"))
    for endpoint, method, path in desk_endpoints(app):
        if method == "POST":
            assert ask(browser, method, tenant.url(path), token).status_code == 409, endpoint
