"""What every door of the house keeps to: CSRF, caches, odd letters, addresses that lead elsewhere."""

import re

import pytest
from flask import Flask

from tests.support import csrf_of
from tiepdan.identity.permissions import Role
from tiepdan.web.marks import mark_of
from tiepdan.web.paging import encode_cursor

_SAMPLES = {"uuid": "00000000-0000-0000-0000-000000000000", "int": "1"}


def addresses(app: Flask, method: str) -> list[tuple[str, str, bool]]:
    """Return (endpoint, path, whether it belongs to a tenant) of every address that answers a method."""
    found = []
    for rule in app.url_map.iter_rules():
        if method in rule.methods and mark_of(app.view_functions[rule.endpoint]) is not None:
            path = re.sub(r"<(?:(\w+)(?:\([^)]*\))?:)?\w+>", lambda m: _SAMPLES.get(m[1], "x"), rule.rule)
            found.append((rule.endpoint, path, not rule.endpoint.startswith(("fleet.", "styleguide."))))
    return sorted(found)


@pytest.fixture
def desk(make_tenant, make_account, sign_in):
    """A committee and the browser of somebody who holds every role in it."""
    tenant = make_tenant()
    return tenant, sign_in(make_account(tenant, *[role.value for role in Role]))


def test_no_post_is_taken_without_its_csrf_token(app, desk):
    tenant, browser = desk
    posts = [each for each in addresses(app, "POST") if not each[1].startswith("/api/")]
    assert len(posts) > 50
    for endpoint, path, of_tenant in posts:
        for token in ({}, {"csrf_token": "forged"}):
            answer = browser.post(tenant.url(path) if of_tenant else path, data=token)
            assert answer.status_code == 400, (endpoint, answer.status_code)


def test_nobody_keeps_a_page(app, desk):
    tenant, browser = desk
    for endpoint, path, of_tenant in addresses(app, "GET"):
        answer = browser.get(tenant.url(path) if of_tenant else path)
        assert answer.headers["Cache-Control"] == "no-store", endpoint
        assert answer.headers["X-Content-Type-Options"] == "nosniff", endpoint
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], endpoint


@pytest.mark.parametrize(
    "query", [{"q": "a\x00b"}, {"unit": "9" * 30}, {"from": "\x00"}, {"action": "\x00"}, {"code": "\x00"}]
)
def test_letters_that_no_column_takes_are_a_bad_request(app, desk, query):
    tenant, browser = desk
    for endpoint, path, of_tenant in addresses(app, "GET"):
        status = browser.get(tenant.url(path) if of_tenant else path, query_string=query).status_code
        assert status < 500, (endpoint, status)


def test_odd_letters_in_a_search_are_a_bad_request(desk):
    tenant, browser = desk
    token = csrf_of(browser, tenant.url("/signin"))
    for text in ("\x00", "%", "'; DROP TABLE petition; --", "\\", "\ud7ff" * 300):
        answer = browser.post(tenant.url("/petitions/search"), data={"q": text, "csrf_token": token})
        assert answer.status_code in {200, 400}, text


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "!!!!",
        "é",
        encode_cursor("2024-06-28", "x"),
        encode_cursor("x", _SAMPLES["uuid"]),
        encode_cursor("1"),
        "bnVsbA",
    ],
)
def test_a_cursor_that_was_tampered_with_is_refused_in_words(app, desk, cursor):
    tenant, browser = desk
    for endpoint, path, of_tenant in addresses(app, "GET"):
        status = browser.get(tenant.url(path) if of_tenant else path, query_string={"cursor": cursor}).status_code
        assert status < 500, (endpoint, status)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "a\tb", "x" * 300])
def test_a_forged_host_opens_no_tenant(client, make_tenant, host):
    make_tenant()
    answer = client.get("/members/", headers={"Host": host})
    assert answer.status_code in {400, 404}


@pytest.mark.parametrize(
    "path",
    ["//evil.example/t/x/desk", "/t//evil.example/", "/t/%2e%2e/desk", "/t/x%00/desk", "/t/x%0d%0aSet-Cookie:a=b/"],
)
def test_a_crooked_address_leads_nowhere_else(client, path):
    answer = client.get(path)
    assert answer.status_code in {302, 308, 400, 404}
    assert "evil.example" not in re.sub(r"^https?://localhost", "", answer.headers.get("Location", ""))[:16]
    assert "Set-Cookie: a" not in str(answer.headers)


def test_an_invented_method_leaves_no_label_of_its_own(client):
    from prometheus_client import REGISTRY

    assert client.open("/", method="ZZZINVENTED").status_code in {400, 405}
    methods = {
        sample.labels["method"]
        for metric in REGISTRY.collect()
        if metric.name == "tiepdan_requests"
        for sample in metric.samples
    }
    assert "OTHER" in methods
    assert "ZZZINVENTED" not in methods
