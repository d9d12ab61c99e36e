"""The list: filters, pages, and how many statements it takes."""

from datetime import date

import pytest
import sqlalchemy as sa

from tiepdan.core.errors import Forbidden, Invalid
from tiepdan.identity import vault
from tiepdan.petitions.rules import PetitionStatus
from tiepdan.petitions.service import PetitionFilter, list_petitions, names_for, petition_by_code, petitions_of_visits
from tiepdan.sdk import PetitionKind

from .conftest import ON


@pytest.fixture
def find(entered):
    def find(tenant, **wanted):
        on = wanted.pop("on", ON)
        with entered(tenant, "viewer") as actor:
            return [row.id for row in list_petitions(PetitionFilter(**wanted), actor=actor, on=on).items]

    return find


def test_newest_first_and_page_by_page(register, entered, make_tenant):
    tenant = make_tenant()
    made = [register(tenant, received_on=date(2024, 6, day)).id for day in (3, 4, 4, 5)]
    seen, cursor = [], None
    while True:
        with entered(tenant, "viewer") as actor:
            page = list_petitions(PetitionFilter(), actor=actor, on=ON, cursor=cursor, size=3)
        seen += [row.id for row in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == [made[3], made[2], made[1], made[0]]


def test_filters(register, classify, find, make_tenant):
    tenant = make_tenant()
    plain = register(tenant, name="Lê Văn Tám").id
    complaint = register(tenant)
    classify(tenant, complaint, PetitionKind.COMPLAINT)
    assert find(tenant, kind=PetitionKind.COMPLAINT) == [complaint.id]
    assert find(tenant, status=PetitionStatus.REGISTERED) == [plain]
    assert find(tenant, search="le van tam") == [plain]
    assert find(tenant, search="văn tám") == []
    assert find(tenant, search=complaint.code.lower()) == [complaint.id]
    assert find(tenant, due="overdue") == []
    assert set(find(tenant, due="overdue", on=date(2024, 7, 5))) == {plain, complaint.id}
    assert set(find(tenant, due="near", on=date(2024, 7, 2))) == {plain, complaint.id}
    assert find(tenant, received_from=date(2024, 6, 21)) == []


def test_fifty_rows_with_names_take_one_list_query_and_one_vault_query(
    register, entered, make_tenant, engine, monkeypatch
):
    tenant = make_tenant()
    for number in range(6):
        register(tenant, name=f"Người Thứ {number}")
    statements: list[str] = []
    record = lambda *args: statements.append(args[2])  # noqa: E731
    asked: list[str] = []
    read = vault._read
    monkeypatch.setattr(vault, "_read", lambda table, ids: asked.append(table.name) or read(table, ids))
    with entered(tenant, "viewer") as actor:
        rows = list_petitions(PetitionFilter(), actor=actor, on=ON).items
        names_for(rows)  # once before, so that the tenant's key is in memory
        asked.clear()
        sa.event.listen(engine, "before_cursor_execute", record)
        try:
            rows = list_petitions(PetitionFilter(), actor=actor, on=ON).items
            names = names_for(rows)
        finally:
            sa.event.remove(engine, "before_cursor_execute", record)
    assert len(names) == 6
    assert [s.split()[0] for s in statements] == ["SELECT"]
    assert asked == ["person"]


def test_a_neighbour_finds_nothing(register, find, entered, two_tenants):
    own, other = two_tenants
    made = register(own, name="Phạm Thị Bốn")
    assert find(other) == []
    assert find(other, search="Phạm Thị Bốn") == []
    assert find(other, search=made.code) == []
    with entered(other, "viewer"):
        assert petition_by_code(made.code) is None
        assert petitions_of_visits([made.id]) == {made.id: []}


def test_a_broken_cursor_and_a_missing_right_are_refused(entered, make_tenant):
    with entered(make_tenant(), "viewer") as actor, pytest.raises(Invalid):
        list_petitions(PetitionFilter(), actor=actor, on=ON, cursor="abc")
    with entered(make_tenant(), "tenant_admin") as actor, pytest.raises(Forbidden):
        list_petitions(PetitionFilter(), actor=actor, on=ON)
