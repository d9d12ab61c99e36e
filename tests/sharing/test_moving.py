"""A unit that is given another superior takes what it shares along, in provisioning's own transaction."""

import psycopg
import pytest
import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.core.plugins import join
from tiepdan.sharing.models import SharedCase, SharedCount, SharedTotal
from tiepdan.tenancy.stored import provisioning


@pytest.fixture
def owner(database):
    with psycopg.connect(database.owner_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def seen(entered):
    """seen(tenant): cases, and the sums of both counts, that a tenant reads of others and itself."""

    def seen(tenant):
        with entered(tenant):
            cases = set(db.session.scalars(sa.select(SharedCase.id)))
            count, total = (
                db.session.scalar(sa.select(sa.func.coalesce(sa.func.sum(table.count), 0)))
                for table in (SharedCount, SharedTotal)
            )
            return cases, count, total

    return seen


def move(owner, *paths):
    """Move tenants as provisioning does: paths of the tenants, then whatever follows from them."""
    with provisioning(owner):
        for tenant_id, path in paths:
            owner.execute("UPDATE tenant SET path = %s::text::ltree WHERE id = %s", [path, tenant_id])
        join("tenant_paths_changed", connection=owner, paths=dict(paths))
        assert owner.execute("SELECT current_user").fetchone() == ("tiepdan_provision",)


def test_the_old_superior_loses_it_and_the_new_one_sees_it(publish, owner, seen, three_levels):
    case_id, stays = publish(three_levels.commune), publish(three_levels.sibling)
    move(owner, (three_levels.commune.id, f"{three_levels.other_district.path}.t{three_levels.commune.id}"))

    assert seen(three_levels.other_district) == ({case_id}, 1, 1)
    assert seen(three_levels.district) == ({stays}, 1, 1)
    assert seen(three_levels.province) == ({case_id, stays}, 2, 2)
    assert seen(three_levels.stranger) == (set(), 0, 0)


def test_a_district_takes_everybody_below_along(publish, owner, seen, make_tenant, three_levels):
    """To another province: an old province must not go on reading what is no longer its own."""
    cases = {publish(three_levels.commune), publish(three_levels.sibling)}
    district = f"{three_levels.stranger.path}.t{three_levels.district.id}"
    move(
        owner,
        (three_levels.district.id, district),
        (three_levels.commune.id, f"{district}.t{three_levels.commune.id}"),
        (three_levels.sibling.id, f"{district}.t{three_levels.sibling.id}"),
    )
    assert seen(three_levels.stranger) == (cases, 2, 2)
    assert seen(three_levels.province) == (set(), 0, 0)


def test_a_move_that_fails_leaves_everything_where_it_was(publish, owner, seen, three_levels):
    case_id = publish(three_levels.commune)
    path = f"{three_levels.other_district.path}.t{three_levels.commune.id}"
    with pytest.raises(RuntimeError), provisioning(owner):
        join("tenant_paths_changed", connection=owner, paths={three_levels.commune.id: path})
        raise RuntimeError
    assert seen(three_levels.district) == ({case_id}, 1, 1)
    assert seen(three_levels.other_district) == (set(), 0, 0)


def test_only_the_moved_tenants_rows_are_touched(publish, owner, seen, superuser, three_levels):
    publish(three_levels.sibling)
    before = superuser.execute(
        "SELECT xmin::text FROM shared_case WHERE tenant_id = %s", [three_levels.sibling.id]
    ).fetchall()
    move(owner, (three_levels.commune.id, f"{three_levels.other_district.path}.t{three_levels.commune.id}"))
    after = superuser.execute(
        "SELECT xmin::text FROM shared_case WHERE tenant_id = %s", [three_levels.sibling.id]
    ).fetchall()
    assert before == after
