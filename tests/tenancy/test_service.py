"""What other slices ask of tenancy."""

from datetime import date

import pytest

from tiepdan.core.db import db
from tiepdan.core.errors import NotFound
from tiepdan.core.scope import platform_scope
from tiepdan.tenancy import service
from tiepdan.tenancy.models import TenantState

DAY = date(2024, 6, 28)


@pytest.fixture
def platform(app):
    with app.app_context(), platform_scope():
        yield
        db.session.remove()


def test_a_tenant_is_found_by_slug_and_by_host(platform, three_levels, superuser):
    commune = three_levels.commune
    host = f"{commune.slug}.example.vn"
    superuser.execute("INSERT INTO host (name, tenant_id) VALUES (%s, %s)", [host, commune.id])
    found = service.find_tenant(commune.slug)
    assert (found.id, found.path, found.scope) == (commune.id, commune.path, commune.scope)
    assert service.find_tenant(host.upper()) == found
    assert service.tenant_by_id(commune.id) == found
    assert service.find_tenant("nobody") is None
    assert service.find_tenant("nobody.example.vn") is None
    with pytest.raises(NotFound):
        service.tenant_by_id(0)


def test_children_and_descendants_stay_below(platform, three_levels):
    province, district = three_levels.province, three_levels.district
    assert {tenant.id for tenant in service.children(province.id)} == {district.id, three_levels.other_district.id}
    below = [tenant.id for tenant in service.descendants(province.path)]
    assert set(below) == {
        district.id, three_levels.other_district.id, three_levels.commune.id, three_levels.sibling.id
    }  # fmt: skip
    assert set(below[:2]) == {district.id, three_levels.other_district.id}
    assert service.descendants(three_levels.commune.path) == []


def test_ancestors_are_read_from_the_path(platform, three_levels):
    commune = service.tenant_by_id(three_levels.commune.id)
    assert commune.ancestor_ids == (three_levels.province.id, three_levels.district.id)


def test_the_superior_is_the_one_of_the_day(platform, three_levels, superuser):
    commune, old, new = three_levels.commune, three_levels.district, three_levels.other_district
    superuser.execute("UPDATE superior SET valid_to = '2024-02-29' WHERE tenant_id = %s", [commune.id])
    superuser.execute("INSERT INTO superior VALUES (%s, %s, '2024-03-01')", [commune.id, new.id])
    assert service.superior_of(commune.id, date(2024, 2, 29)).id == old.id
    assert service.superior_of(commune.id, date(2024, 3, 1)).id == new.id
    assert service.superior_of(three_levels.province.id, DAY) is None


def test_reporting_lines_count_on_their_days(platform, three_levels, make_tenant, superuser):
    court = make_tenant("province", branch="judicial")
    superuser.execute(
        "INSERT INTO reporting_line VALUES (%s, %s, 'qd11', '2022-01-01', '2024-06-30')",
        [court.id, three_levels.province.id],
    )
    here = three_levels.province.id
    assert [tenant.id for tenant in service.reporting_lines_to(here, "qd11", DAY)] == [court.id]
    assert [tenant.id for tenant in service.reporting_lines_from(court.id, "qd11", DAY)] == [here]
    assert service.reporting_lines_to(here, "qd11", date(2024, 7, 1)) == []
    assert service.reporting_lines_to(here, "other", DAY) == []


def test_the_list_of_a_province_is_its_own(platform, three_levels, make_tenant):
    listed = service.list_tenants(province_id=three_levels.province.province_id)
    assert len(listed) == 5
    assert listed[0].id == three_levels.province.id
    assert service.list_tenants(province_id=three_levels.province.province_id, state=TenantState.SUSPENDED) == []


def test_keys_and_regime_are_at_hand(platform, three_levels):
    commune = three_levels.commune
    assert len(service.public_key_of(commune.id)) == 32
    [(version, _key, _private)] = service.wrapped_keys(commune.id)
    assert version == 1
    assert service.regime_of(service.tenant_by_id(commune.id)).name == "three-levels"
    assert service.tenants_by_id([commune.id, 0]).keys() == {commune.id}
    with pytest.raises(NotFound):
        service.public_key_of(0)


@pytest.mark.parametrize(
    ("state", "read_only"), [("active", False), ("draft", False), ("suspended", True), ("archived", True)]
)
def test_a_suspended_tenant_is_read_only(platform, make_tenant, state, read_only):
    assert service.tenant_by_id(make_tenant(state=state).id).is_read_only is read_only


def test_the_application_may_not_change_a_tenant(app, three_levels):
    import sqlalchemy as sa

    with app.app_context(), platform_scope():
        with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
            db.session.execute(sa.text("UPDATE tenant SET state = 'active'"))
        db.session.rollback()
        db.session.remove()
