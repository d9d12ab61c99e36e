"""An installation that knows its domain answers nowhere else, and prints no other host."""

from dataclasses import replace

import pytest

from tests.support import PASSWORD, csrf_of
from tiepdan.tenancy.own_hosts import init_own_hosts, is_own_host

DOMAIN = "tiepdan.example.vn"


@pytest.fixture
def at_home(app, settings, monkeypatch):
    """The application as one that was told its domain."""
    monkeypatch.setitem(app.config, "TIEPDAN", replace(settings, base_domain=DOMAIN))


@pytest.fixture
def own_host(two_tenants, superuser):
    """A host of the first tenant's own."""
    host = f"tiepdan-{two_tenants[0].id}.langson.example"
    superuser.execute("INSERT INTO host (name, tenant_id) VALUES (%s, %s)", [host, two_tenants[0].id])
    return host


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:80", f"{DOMAIN}.evil.example", f"evil{DOMAIN}", f"{DOMAIN}:8443", "127.0.0.1"],
)
@pytest.mark.parametrize("path", ["/signin", "/", "/t/x/", "/static/tiepdan.css"])
def test_a_foreign_host_is_a_bad_request(client, at_home, host, path):
    answer = client.get(path, headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text


@pytest.mark.parametrize("host", [DOMAIN, DOMAIN.upper(), f"{DOMAIN}:443", f"some.{DOMAIN}"])
def test_the_own_domain_is_answered(client, at_home, host):
    assert client.get("/signin", headers={"Host": host}).status_code == 200


def test_a_tenants_own_host_is_answered(client, at_home, own_host, two_tenants):
    assert client.get("/", headers={"Host": own_host}).status_code == 200
    assert client.get("/", headers={"Host": own_host.replace("langson", "caobang")}).status_code == 400


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_come_by_any_address(client, at_home, path):
    assert client.get(path, headers={"Host": "10.0.3.7:8000"}).status_code == 200


def test_without_a_domain_every_host_is_answered(client):
    assert client.get("/signin", headers={"Host": "127.0.0.1:54321"}).status_code == 200


def test_a_port_of_the_domain_is_the_only_unusual_one(app):
    assert is_own_host("tiepdan.localhost:8000", "tiepdan.localhost:8000")
    assert not is_own_host("tiepdan.localhost:8001", "tiepdan.localhost:8000")
    assert not is_own_host("tiepdan.localhost:port", "tiepdan.localhost:8000")


def test_an_invitation_carries_the_own_domain_and_a_forged_host_gets_none(app, at_home, make_tenant, make_account):
    tenant = make_tenant()
    client = app.test_client()
    home = {"base_url": f"http://{tenant.slug}.{DOMAIN}"}
    page = client.get("/signin", **home).text
    assert page
    person = make_account(tenant, "tenant_admin")
    token = _csrf(client, "/signin", home)
    signed_in = client.post("/signin", data={"login": person.login, "password": PASSWORD, "csrf_token": token}, **home)
    assert signed_in.status_code == 303
    invited = {"login": f"moi.{tenant.id}@x", "full_name": "Người mới", "roles": ["viewer"]}
    invited["csrf_token"] = _csrf(client, "/members/invite", home)
    forged = client.post("/members/invite", data=invited, base_url=home["base_url"], headers={"Host": "evil.example"})
    assert forged.status_code == 400
    answer = client.post("/members/invite", data=invited, **home)
    assert f"http://{tenant.slug}.{DOMAIN}/invitation/" in answer.text


def _csrf(client, path, home):
    class There:
        def get(self, path):
            return client.get(path, **home)

    return csrf_of(There(), path)


def test_start_up_in_production_says_that_the_domain_is_missing(app, settings, monkeypatch):
    said = []
    monkeypatch.setattr("tiepdan.tenancy.own_hosts.log.warning", said.append)
    monkeypatch.setattr(app, "before_request", lambda _check: None)
    for environment, base_domain, words in (("production", None, 1), ("production", DOMAIN, 0), ("demo", None, 0)):
        said.clear()
        changed = replace(settings, environment=environment, base_domain=base_domain)
        monkeypatch.setitem(app.config, "TIEPDAN", changed)
        init_own_hosts(app)
        assert len(said) == words
        assert all("TIEPDAN_BASE_DOMAIN" in word for word in said)
