"""Following a case by code and PIN: what is shown, what never is, and how guessing is slowed down."""

import itertools
import re
from datetime import date

import psycopg
import pytest

from tests.support import csrf_of
from tiepdan.identity.vault import PersonDetails
from tiepdan.petitions.codes import new_code
from tiepdan.receptions.service import NewVisit, Visitor, open_desk, reception_by_id, register_visit
from tiepdan.sdk import PetitionKind

DAY = date(2024, 6, 28)
_addresses = (f"10.{a}.{b}.1" for a, b in itertools.product(range(1, 250), range(1, 250)))


@pytest.fixture
def look(client):
    """Ask like a visitor at an address of their own: look(tenant, code, pin)."""
    address = next(_addresses)

    def look(tenant, code, pin, address=address):
        path = tenant.url("/track")
        token = csrf_of(client, path)
        return client.post(
            path,
            data={"code": code, "pin": pin, "csrf_token": token},
            environ_overrides={"REMOTE_ADDR": address},
        )

    return look


def wrong(pin: str) -> str:
    return f"{(int(pin) + 1) % 1_000_000:06d}"


def complaints(page: str) -> list[str]:
    summary = re.search(r'<div class="error-summary".*?</ul>', page, re.DOTALL)
    return re.findall(r"<li>(.*?)</li>", summary[0]) if summary else []


def test_code_and_pin_show_the_day_the_step_and_the_date(look, two_tenants, make_petition):
    tenant, _ = two_tenants
    made = make_petition(tenant, kind=PetitionKind.COMPLAINT)
    page = look(tenant, made.code, made.pin)
    assert page.status_code == 200
    assert made.code in page.text
    assert "28/06/2024" in page.text
    assert "Xem xét, phân loại đơn" in page.text
    assert f"{made.due_on:%d/%m/%Y}" in page.text


def test_a_code_is_read_as_people_type_it(look, two_tenants, make_petition):
    tenant, _ = two_tenants
    made = make_petition(tenant)
    assert look(tenant, made.code.lower().replace("-", " "), f" {made.pin} ").status_code == 200


def test_the_receipts_qr_fills_in_the_code_and_nothing_else(client, two_tenants, make_petition):
    tenant, _ = two_tenants
    made = make_petition(tenant)
    page = client.get(tenant.url(f"/track?code={made.code}")).text
    assert f'value="{made.code}"' in page
    assert made.pin not in page


def test_the_page_of_a_sealed_petition_is_the_page_of_any_other(look, two_tenants, make_petition):
    """Nothing on it, not even the words around it, tells that it is a denunciation."""
    tenant, _ = two_tenants
    texts = []
    for kind in (PetitionKind.COMPLAINT, PetitionKind.DENUNCIATION):
        made = make_petition(tenant, kind=kind, person="Nông Văn Kín", content="Ông X nhận tiền.")
        page = look(tenant, made.code, made.pin).text
        for secret in ("Nông Văn Kín", "nhận tiền", "Tố cáo", "Khiếu nại", "kín"):
            assert secret not in page
        main = re.search(r"<main.*?</main>", page, re.DOTALL)[0]
        texts.append(main.replace(made.code, "CODE").replace(f"{made.due_on:%d/%m/%Y}", "DUE"))
    assert texts[0] == texts[1]


def test_a_visit_is_followed_by_its_own_receipt(look, entered, two_tenants):
    tenant, neighbour = two_tenants
    with entered(tenant, "reception_officer") as actor:
        day = reception_by_id(open_desk(actor=actor, on=DAY)).days[0]
        visit = NewVisit(people=[Visitor(PersonDetails("Nông Thị Kín"))], content="Hỏi về đất.")
        made = register_visit(day.id, visit, actor=actor, on=DAY)
    page = look(tenant, made.code, made.pin)
    assert page.status_code == 200
    assert "Nông Thị Kín" not in page.text
    assert look(tenant, made.code, wrong(made.pin)).status_code == 422
    assert look(neighbour, made.code, made.pin).status_code == 422


def test_a_wrong_pin_and_an_unknown_code_get_the_same_answer(look, two_tenants, make_petition):
    tenant, _ = two_tenants
    made = make_petition(tenant)
    wrong_pin = look(tenant, made.code, wrong(made.pin))
    unknown = look(tenant, new_code("LS"), made.pin)
    assert wrong_pin.status_code == unknown.status_code == 422
    assert complaints(wrong_pin.text) == complaints(unknown.text) != []


def test_a_mistyped_code_is_told_so_and_costs_no_try(look, two_tenants, make_petition):
    tenant, _ = two_tenants
    made = make_petition(tenant)
    last = "7" if made.code[-1] != "7" else "8"
    for _turn in range(8):
        answer = look(tenant, made.code[:-1] + last, made.pin)
        assert answer.status_code == 422
    assert "chữ gõ nhầm" in answer.text
    assert look(tenant, made.code, made.pin).status_code == 200


def test_another_committee_does_not_know_the_code(look, two_tenants, make_petition):
    tenant, neighbour = two_tenants
    made = make_petition(tenant)
    answer = look(neighbour, made.code, made.pin)
    assert answer.status_code == 422
    assert "28/06/2024" not in re.search(r"<main.*?</main>", answer.text, re.DOTALL)[0]


def test_guessing_a_pin_is_slowed_down_even_from_many_addresses(look, two_tenants, make_petition):
    tenant, _ = two_tenants
    made = make_petition(tenant)
    statuses = [look(tenant, made.code, wrong(made.pin), next(_addresses)).status_code for _ in range(8)]
    assert statuses[:5] == [422] * 5
    assert statuses[-1] == 429
    assert look(tenant, made.code, made.pin, next(_addresses)).status_code == 429


def test_trying_many_codes_from_one_address_is_slowed_down(look, two_tenants):
    tenant, _ = two_tenants
    assert [look(tenant, new_code("LS"), "123456").status_code for _ in range(8)][-1] == 429


def test_neither_code_nor_address_is_stored_with_the_failures(look, two_tenants, superuser: psycopg.Connection):
    tenant, _ = two_tenants
    before = {bytes(row[0]) for row in superuser.execute("SELECT key_hash FROM throttle").fetchall()}
    look(tenant, new_code("LS"), "123456")
    after = {bytes(row[0]) for row in superuser.execute("SELECT key_hash FROM throttle").fetchall()}
    assert len(after - before) == 2
    assert all(len(key) == 32 for key in after - before)


def test_empty_fields_keep_what_was_typed(look, two_tenants, make_petition):
    tenant, _ = two_tenants
    made = make_petition(tenant)
    answer = look(tenant, made.code, "")
    assert answer.status_code == 422
    assert f'value="{made.code}"' in answer.text


def test_without_the_token_of_the_form_nothing_is_tracked(client, two_tenants, make_petition):
    tenant, _ = two_tenants
    made = make_petition(tenant)
    assert client.post(tenant.url("/track"), data={"code": made.code, "pin": made.pin}).status_code == 400


def test_there_is_no_tracking_without_a_committee(client):
    assert client.get("/track").status_code == 404


def test_a_suspended_committee_tracks_nothing(client, make_tenant):
    assert client.get(make_tenant(state="suspended").url("/track")).status_code == 503
