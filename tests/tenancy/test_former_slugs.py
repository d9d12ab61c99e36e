"""A tenant that gets another slug: its old addresses lead on, and nobody else takes them."""

from dataclasses import replace
from datetime import date

import pytest

from tiepdan.tenancy import provisioning
from tiepdan.tenancy.faults import InvalidFiles
from tiepdan.tenancy.province_file import read_provinces

DAY = date(2024, 6, 28)
RENAMED = '\n[[override]]\nbody = "huyen-uy-dinh-lap"\nslug = "dinh-lap"\n'


def body(slug, *, was=""):
    line = f'was = "{was}"\n' if was else ""
    return f'\n[[body]]\nslug = "{slug}"\nname = "Đảng ủy mới"\nkind = "party_committee"\nunit = "province/20"\n{line}'


@pytest.fixture
def former(connection):
    def former():
        with connection.transaction():
            connection.execute("SET LOCAL ROLE tiepdan_provision")
            return connection.execute(
                "SELECT former_slug.slug, tenant.slug FROM former_slug JOIN tenant ON tenant.id = tenant_id ORDER BY 1"
            ).fetchall()

    return former


@pytest.fixture
def refused(write, connection, apply):
    """refused(text): what plan and apply say against a file; both the same, and nothing is changed."""

    def refused(text):
        with pytest.raises(InvalidFiles) as caught:
            provisioning.plan(read_provinces([write(text)]), connection, on=DAY)
        planned = [str(fault) for fault in caught.value.faults]
        assert apply(text)[0].error
        return " ".join(planned)

    return refused


def test_the_plan_shows_the_redirect_and_apply_keeps_the_former_slug(apply, write, connection, former, small):
    apply(small)
    found = provisioning.plan(read_provinces([write(small + RENAMED)]), connection, on=DAY)
    assert "  ~ dinh-lap: chuyển hướng địa chỉ cũ: /t/huyen-uy-dinh-lap → /t/dinh-lap" in list(found.lines())
    assert former() == []
    apply(small + RENAMED)
    assert former() == [("huyen-uy-dinh-lap", "dinh-lap")]
    assert apply(small + RENAMED)[0].counts == {}


def test_a_second_rename_leads_from_both(apply, former, small):
    apply(small)
    apply(small + RENAMED)
    apply(small + RENAMED.replace('"dinh-lap"', '"huyen-dinh-lap"'))
    assert former() == [("dinh-lap", "huyen-dinh-lap"), ("huyen-uy-dinh-lap", "huyen-dinh-lap")]


def test_a_tenant_may_take_its_own_former_slug_back(apply, former, small):
    apply(small)
    apply(small + RENAMED)
    apply(small)
    assert former() == [("dinh-lap", "huyen-uy-dinh-lap")]


def test_a_new_body_cannot_take_a_former_slug(apply, refused, former, head):
    apply(head + body("khoi-cu"))
    apply(head + body("khoi-moi", was="khoi-cu"))
    assert "“khoi-cu” là địa chỉ cũ của “khoi-moi”" in refused(head + body("khoi-moi") + body("khoi-cu"))
    assert former() == [("khoi-cu", "khoi-moi")]


def test_nor_one_that_is_given_up_in_the_same_file(apply, refused, former, head):
    apply(head + body("khoi-cu") + body("khoi-hai"))
    text = head + body("khoi-moi", was="khoi-cu") + body("khoi-ba", was="khoi-hai")
    assert apply(text)[0].error is None
    assert "khoi-cu" in refused(text + body("khoi-cu"))
    assert former() == [("khoi-cu", "khoi-moi"), ("khoi-hai", "khoi-ba")]


def test_nor_a_body_of_another_province(apply, write, head):
    apply(head + body("khoi-cu"))
    apply(head + body("khoi-moi", was="khoi-cu"))
    elsewhere = (head + body("khoi-cu")).replace("lang-son", "cao-bang").replace('"20"', '"04"').replace("/20", "/04")
    (outcome,) = apply(write(elsewhere, "cao-bang"))
    assert "“khoi-cu” là địa chỉ cũ" in (outcome.error or "")


@pytest.fixture
def renamed(make_tenant, superuser):
    """A tenant that was called otherwise before."""
    tenant = make_tenant()
    superuser.execute("INSERT INTO former_slug (slug, tenant_id) VALUES (%s, %s)", [f"cu-{tenant.slug}", tenant.id])
    return tenant


def test_a_former_address_leads_on_to_the_same_page(client, renamed):
    answer = client.get(f"/t/cu-{renamed.slug}/calendar/?thang=2024-06&x=%C4%91")
    assert answer.status_code == 308
    assert answer.location == f"/t/{renamed.slug}/calendar/?thang=2024-06&x=%C4%91"
    assert client.get(f"/t/cu-{renamed.slug}/").location == f"/t/{renamed.slug}/"
    assert client.head(f"/t/cu-{renamed.slug}/").status_code == 308


def test_an_address_of_somewhere_else_cannot_be_smuggled_in(client, renamed):
    answer = client.get(f"/t/cu-{renamed.slug}//evil.example/%3Fa%0d%0aX: y")
    assert answer.location == f"/t/{renamed.slug}/evil.example/%3Fa%0D%0AX:%20y"


def test_nothing_is_posted_to_a_former_address(client, renamed):
    assert client.post(f"/t/cu-{renamed.slug}/signin").status_code == 404


def test_an_unknown_slug_and_a_drafts_former_one_lead_nowhere(client, make_tenant, superuser):
    draft = make_tenant(state="draft")
    superuser.execute("INSERT INTO former_slug (slug, tenant_id) VALUES (%s, %s)", [f"cu-{draft.slug}", draft.id])
    assert client.get(f"/t/cu-{draft.slug}/").status_code == 404
    assert client.get("/t/khong-co/").status_code == 404


def test_a_process_that_remembers_the_old_slug_leads_on_too(client, make_tenant, superuser):
    tenant = make_tenant()
    assert client.get(tenant.url("/")).status_code == 200
    superuser.execute("UPDATE tenant SET slug = %s WHERE id = %s", [f"moi-{tenant.slug}", tenant.id])
    superuser.execute("INSERT INTO former_slug (slug, tenant_id) VALUES (%s, %s)", [tenant.slug, tenant.id])
    answer = client.get(tenant.url("/track"))
    assert (answer.status_code, answer.location) == (308, f"/t/moi-{tenant.slug}/track")
    assert client.get(answer.location, follow_redirects=True).status_code == 200


def test_a_former_host_of_the_domain_leads_on(app, client, settings, monkeypatch, renamed):
    domain = "tiepdan.example.vn"
    monkeypatch.setitem(app.config, "TIEPDAN", replace(settings, base_domain=domain))
    answer = client.get("/calendar/", base_url=f"http://cu-{renamed.slug}.{domain}")
    assert (answer.status_code, answer.location) == (308, f"//{renamed.slug}.{domain}/calendar/")
