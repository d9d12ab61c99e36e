"""The staff's first page: what waits for whom."""

import re
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from tiepdan.core.actor import Actor
from tiepdan.core.db import transaction
from tiepdan.core.scope import enter
from tiepdan.identity.memberships import appoint_administrator
from tiepdan.identity.permissions import Role
from tiepdan.identity.vault import PersonDetails
from tiepdan.portal import cards
from tiepdan.portal.cards import waiting_cards
from tiepdan.portal.ways import WAYS
from tiepdan.receptions.rules import ReceptionForm
from tiepdan.receptions.service import (
    NewReception,
    NewVisit,
    Visitor,
    open_day,
    own_duty,
    post_reception,
    reception_by_id,
    register_visit,
    schedule_reception,
)
from tiepdan.sdk import PetitionKind

DAY = date(2024, 6, 28)
POSTED_ON = date(2024, 6, 10)


def labels(entered, tenant, role, **options):
    with entered(tenant, role, **options) as actor:
        return {card.label: card.value for card in waiting_cards(actor, DAY)}


@pytest.mark.parametrize("role", list(Role))
def test_every_role_finds_a_first_page(make_tenant, make_account, sign_in, role):
    tenant = make_tenant("district")
    answer = sign_in(make_account(tenant, role.value)).get(tenant.url("/desk"))
    assert answer.status_code == 200
    assert "Không có việc nào đang chờ bạn" in answer.text


def test_the_petition_officer_sees_what_is_to_be_classified(entered, two_tenants, make_petition):
    tenant, neighbour = two_tenants
    make_petition(tenant)
    make_petition(tenant)
    make_petition(neighbour)
    assert labels(entered, tenant, "petition_officer")["Đơn mới, chờ phân loại"] == 2
    assert labels(entered, neighbour, "petition_officer")["Đơn mới, chờ phân loại"] == 1
    assert "Đơn mới, chờ phân loại" not in labels(entered, tenant, "viewer")


def test_overdue_clocks_are_counted(entered, make_tenant, make_petition):
    tenant = make_tenant()
    make_petition(tenant, kind=PetitionKind.COMPLAINT, received_on=date(2024, 5, 6))
    assert labels(entered, tenant, "committee_head")["Thời hạn đã quá"] >= 1


def test_the_desk_officer_sees_who_waits_here_and_nobody_elses(entered, two_tenants):
    tenant, neighbour = two_tenants
    with entered(tenant, "committee_head") as actor:
        new = NewReception(own_duty(), ReceptionForm.PERIODIC, [DAY], place="Trụ sở", chair_name="Lý Văn Mẫu")
        reception_id = schedule_reception(new, actor=actor, on=POSTED_ON)
        post_reception(reception_id, actor=actor, on=POSTED_ON)
        day = reception_by_id(reception_id).days[0]
    assert labels(entered, tenant, "reception_officer")["Buổi tiếp hôm nay, chưa mở"] == 1
    with entered(tenant, "reception_officer") as actor:
        open_day(day.id, actor=actor, on=DAY)
        visit = NewVisit(people=[Visitor(PersonDetails("Nông Thị Mẫu"))], content="Hỏi về đất.")
        register_visit(day.id, visit, actor=actor, on=DAY)
    assert labels(entered, tenant, "reception_officer") == {"Đang chờ tiếp": 1}
    assert labels(entered, neighbour, "reception_officer") == {}


def test_every_card_and_way_leads_somewhere(app):
    source = Path(cards.__file__).read_text()
    endpoints = set(re.findall(r'"([a-z]+\.[a-z_]+)", (?:\{|wanted)', source)) | {way.endpoint for way in WAYS}
    assert len(endpoints) >= 10
    assert endpoints <= set(app.view_functions)


def test_the_head_is_shown_whom_the_provincial_administrator_appointed(app, make_tenant, make_account, sign_in):
    tenant = make_tenant()
    with app.app_context(), enter(tenant.scope), transaction():
        appoint_administrator(f"it-{tenant.id}@test", "Triệu Thị Mẫu", actor=Actor.system("fleet.invite"))
    page = sign_in(make_account(tenant, "committee_head")).get(tenant.url("/desk")).text
    assert "Triệu Thị Mẫu" in page
    assert tenant.url("/members/") in page
    viewer = sign_in(make_account(tenant, "viewer")).get(tenant.url("/desk")).text
    assert "Triệu Thị Mẫu" not in viewer


def test_every_card_leads_to_a_page_that_opens(entered, make_tenant, make_petition, make_account, sign_in):
    tenant = make_tenant("district")
    make_petition(tenant, kind=PetitionKind.COMPLAINT, received_on=date(2024, 5, 6))
    make_petition(tenant)
    browser = sign_in(make_account(tenant, *[role.value for role in Role]))
    page = browser.get(tenant.url("/desk")).text
    addresses = re.findall(r'class="tile-value" href="([^"]+)"', page)
    assert len(addresses) >= 2
    for address in addresses:
        assert browser.get(address.replace("&amp;", "&")).status_code == 200, address


def test_the_page_costs_few_statements(engine, entered, make_tenant, make_petition):
    """One question per slice, however many petitions there are."""
    tenant = make_tenant("district")
    make_petition(tenant)
    seen: list[str] = []

    def count(_connection, _cursor, statement, *_rest):
        if statement.lstrip().upper().startswith("SELECT"):
            seen.append(statement)

    with entered(tenant, *[role.value for role in Role]) as actor:
        sa.event.listen(engine, "before_cursor_execute", count)
        try:
            waiting_cards(actor, DAY)
        finally:
            sa.event.remove(engine, "before_cursor_execute", count)
    assert len(seen) <= 14, seen


def test_a_stranger_does_not_reach_the_desk(two_tenants, make_account, sign_in):
    tenant, neighbour = two_tenants
    browser = sign_in(make_account(tenant, "committee_head"))
    assert browser.get(neighbour.url("/desk")).status_code == 404


def test_the_desk_comes_first_in_the_menu(make_tenant, make_account, sign_in):
    tenant = make_tenant()
    page = sign_in(make_account(tenant, "committee_head")).get(tenant.url("/desk")).text
    menu = page[page.index('class="sidenav"') :]
    assert menu.index(tenant.url("/desk")) < menu.index(tenant.url("/petitions"))
    assert 'aria-current="page"' in menu[: menu.index(tenant.url("/petitions"))]
