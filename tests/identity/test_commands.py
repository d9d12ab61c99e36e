"""`tiepdan accounts …`: the first people of an installation."""

import re

import pytest
from click.testing import CliRunner

from tests.support import csrf_of
from tiepdan.identity import commands


@pytest.fixture
def run(app, monkeypatch):
    monkeypatch.setattr(commands, "resolve_name", lambda _name: lambda: app)
    return lambda *words: CliRunner().invoke(commands.accounts, list(words))


def accept(client, output: str) -> None:
    address = re.search(r"/invitation/\S+", output)[0]
    client.post(address, data={"password": "cụm từ rất dài của tôi", "csrf_token": csrf_of(client, address)})


def test_the_first_operator_begins_by_a_link_and_sees_every_province(run, client, make_tenant):
    make_tenant("province")
    answer = run("operator", "van.hanh.dau.tien", "Người vận hành")
    assert answer.exit_code == 0, answer.output
    accept(client, answer.output)
    assert client.get("/platform/").status_code == 200


def test_a_province_administrator_is_invited_for_one_province(run, client, make_tenant, superuser):
    own, foreign = make_tenant("province"), make_tenant("province")
    slug = superuser.execute("SELECT slug FROM province WHERE id = %s", [own.province_id]).fetchone()[0]
    answer = run("province-admin", f"cntt.{own.id}", "Quản trị tỉnh", "--province", slug)
    assert answer.exit_code == 0, answer.output
    accept(client, answer.output)
    assert client.get(f"/platform/tenants/{own.slug}").status_code == 200
    assert client.get(f"/platform/tenants/{foreign.slug}").status_code == 404


def test_a_forgotten_password_gets_a_new_link(run, client, make_tenant, make_account):
    tenant = make_tenant()
    person = make_account(tenant, "viewer")
    answer = run("reset", person.login)
    accept(client, answer.output)
    assert client.get(tenant.url("/desk")).status_code == 200


@pytest.mark.parametrize(
    "words",
    [
        ("operator", "Chữ Hoa", "Tên"),
        ("province-admin", "ai.do", "Tên", "--province", "khong-co"),
        ("reset", "khong-co-ai"),
    ],
)
def test_wrong_words_are_explained_and_change_nothing(run, superuser, words):
    before = superuser.execute("SELECT count(*) FROM account").fetchone()
    answer = run(*words)
    assert answer.exit_code == 1
    assert "Traceback" not in answer.output
    assert superuser.execute("SELECT count(*) FROM account").fetchone() == before
