"""The vault of identities and texts."""

import pytest
import sqlalchemy as sa

from tiepdan.core.crypto import Undecipherable, decrypt, encrypt
from tiepdan.core.db import db
from tiepdan.core.errors import Forbidden, Invalid, NotFound
from tiepdan.identity.keys import keyring, open_for_us, seal_for
from tiepdan.identity.vault import (
    PersonDetails,
    find_people,
    fold_name,
    read_people,
    read_texts,
    seal_people,
    seal_texts,
    store_person,
    store_text,
    unseal_person,
    unseal_text,
)

AN = PersonDetails("Nguyễn Văn Ẩn", "thôn Nà Pàn", "citizen_id", "020 091 000 123", "0912345678", 1991)
REASON = "Xác minh theo Quyết định 15/QĐ-UBND"


def test_a_person_comes_back_as_they_were_stored(make_tenant, entered):
    with entered(make_tenant()):
        person = store_person(AN)
        assert read_people([person])[person] == AN


def test_nothing_readable_lies_in_the_table(make_tenant, entered, superuser):
    with entered(make_tenant()):
        person, text = store_person(AN), store_text("Khiếu nại thu hồi đất ở Nà Pàn")
    for table, row_id in (("person", person), ("text", text)):
        raw = bytes(superuser.execute(f"SELECT ciphertext FROM vault.{table} WHERE id = %s", [row_id]).fetchone()[0])
        assert "Nguyễn".encode() not in raw
        assert "Nà Pàn".encode() not in raw


@pytest.mark.parametrize(
    "search", [{"id_number": "020091000123"}, {"full_name": "nguyen van  AN"}, {"full_name": "Nguyễn Văn Ẩn"}]
)
def test_a_returning_visitor_is_found_in_their_own_committee_only(two_tenants, entered, search):
    own, foreign = two_tenants
    with entered(own):
        person = store_person(AN)
    with entered(own):
        assert [found for found, _ in find_people(**search)] == [person]
    with entered(foreign):
        assert find_people(**search) == []
        assert read_people([person])[person] is None


def test_the_same_person_hashes_differently_in_two_committees(two_tenants, entered, superuser):
    people = []
    for tenant in two_tenants:
        with entered(tenant):
            people.append(store_person(AN))
    hashes = superuser.execute(
        "SELECT DISTINCT identity_hash FROM vault.person WHERE id = ANY(%s)", [people]
    ).fetchall()
    assert len(hashes) == 2


def test_a_sealed_person_is_neither_read_nor_found(make_tenant, entered):
    with entered(make_tenant()):
        person, text = store_person(AN), store_text("tố cáo")
        seal_people([person])
        seal_texts([text])
        assert read_people([person])[person] is None
        assert read_texts([text])[text] is None
        assert find_people(id_number=AN.id_number) == []


def test_unsealing_needs_the_right_and_a_reason_and_is_journalled_first(make_tenant, entered, superuser):
    tenant = make_tenant()
    with entered(tenant):
        person, text = store_person(AN, sealed=True), store_text("nội dung tố cáo", sealed=True)
    with entered(tenant, "viewer") as viewer, pytest.raises(Forbidden):
        unseal_person(person, actor=viewer, reason=REASON)
    with entered(tenant, "inspector") as inspector:
        with pytest.raises(Invalid):
            unseal_person(person, actor=inspector, reason="xem")
        assert unseal_person(person, actor=inspector, reason=REASON) == AN
        assert unseal_text(text, actor=inspector, reason=REASON) == "nội dung tố cáo"
    events = superuser.execute(
        "SELECT subject_id, detail::text FROM event WHERE tenant_id = %s AND action = 'identity.unsealed' ORDER BY id",
        [tenant.id],
    ).fetchall()
    assert [row[0] for row in events] == [person, text]
    assert "Xác minh" not in str(events)


def test_a_read_stays_journalled_when_the_request_rolls_back(make_tenant, entered, superuser):
    tenant = make_tenant()
    with entered(tenant):
        person = store_person(AN, sealed=True)

    def read_and_fail():
        with entered(tenant, "inspector") as inspector:
            unseal_person(person, actor=inspector, reason=REASON)
            raise RuntimeError("lost connection")

    with pytest.raises(RuntimeError):
        read_and_fail()
    assert superuser.execute(
        "SELECT count(*) FROM event WHERE tenant_id = %s AND action = 'identity.unsealed'", [tenant.id]
    ).fetchone() == (1,)


def test_another_committees_sealed_person_does_not_exist(two_tenants, entered):
    own, foreign = two_tenants
    with entered(foreign):
        person = store_person(AN, sealed=True)
    with entered(own, "inspector") as inspector, pytest.raises(NotFound):
        unseal_person(person, actor=inspector, reason=REASON)


def test_the_application_role_alone_cannot_open_the_vault(make_tenant, entered):
    with entered(make_tenant()), pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
        db.session.execute(sa.text("SELECT * FROM vault.person"))


def test_the_application_puts_rows_into_the_vault_and_does_nothing_else_there(superuser):
    held = superuser.execute(
        """SELECT DISTINCT privilege_type FROM information_schema.table_privileges
            WHERE grantee = 'tiepdan_app' AND table_schema = 'vault'"""
    ).fetchall()
    assert held == [("INSERT",)]


def test_a_ciphertext_opens_only_at_its_place(make_tenant, entered):
    with entered(make_tenant()):
        key = keyring().data
    blob = encrypt(key, b"x", "1/vault.person/ciphertext/a", version=7)
    assert decrypt(key, blob, "1/vault.person/ciphertext/a") == b"x"
    for place in ("2/vault.person/ciphertext/a", "1/vault.person/ciphertext/b", "1/vault.text/ciphertext/a"):
        with pytest.raises(Undecipherable):
            decrypt(key, blob, place)
    with pytest.raises(Undecipherable):
        decrypt(key, blob[:1] + b"\x00\x01" + blob[3:], "1/vault.person/ciphertext/a")


def test_a_payload_sealed_for_a_committee_opens_there_and_nowhere_else(two_tenants, entered):
    sender, receiver = two_tenants
    with entered(sender):
        blob = seal_for(receiver.id, "bản sao".encode(), "handover/1")
        with pytest.raises(Undecipherable):
            open_for_us(blob, "handover/1")
    with entered(receiver):
        assert open_for_us(blob, "handover/1").decode() == "bản sao"
        with pytest.raises(Undecipherable):
            open_for_us(blob, "handover/2")


@pytest.mark.parametrize(
    ("name", "folded"), [("Đỗ  Thị Hoà", "do thi hoa"), ("ĐỖ THỊ HÒA", "do thi hoa"), ("Lương Thị Kỷ", "luong thi ky")]
)
def test_names_are_folded(name, folded):
    assert fold_name(name) == folded
