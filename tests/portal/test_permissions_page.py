"""The role × permission table as people read it."""

from pathlib import Path

from click.testing import CliRunner

from tiepdan.identity.permissions import ALL_PERMISSIONS, PERMISSIONS_BY_ROLE, Role
from tiepdan.portal.commands import DOCUMENT, docs
from tiepdan.portal.permission_table import platform_table, tenant_table, write_document
from tiepdan.portal.permission_words import GROUPS, WORDS


def test_every_permission_has_its_words_and_every_word_a_permission():
    assert set(WORDS) == ALL_PERMISSIONS
    assert {name.partition(".")[0] for name in WORDS} == set(GROUPS)


def test_the_table_says_what_the_guards_do(app):
    with app.test_request_context():
        table = tenant_table()
    held = {line.permission: line.holders for group in table.groups for line in group.lines}
    for position, role in enumerate(Role):
        granted = {permission for permission, holders in held.items() if holders[position]}
        assert granted == PERMISSIONS_BY_ROLE[role]


def test_no_role_outside_the_committees_opens_a_petition(app):
    with app.test_request_context():
        lines = [line.permission for group in platform_table().groups for line in group.lines]
    assert not [name for name in lines if name.startswith(("petitions.", "receptions.", "identities."))]


def test_the_page_is_public_on_the_platform_and_in_a_committee(client, make_tenant):
    for path in ("/about/permissions", make_tenant().url("/about/permissions")):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "Người đứng đầu" in answer.text
        assert "Thụ lý, hướng dẫn" in answer.text


def test_the_document_is_current():
    assert DOCUMENT.read_text() == write_document(), "run `tiepdan docs permissions`"


def test_the_command_writes_the_document(tmp_path: Path):
    target = tmp_path / "permissions.md"
    answer = CliRunner().invoke(docs, ["permissions", "--output", str(target)])
    assert answer.exit_code == 0
    assert target.read_text() == write_document()
