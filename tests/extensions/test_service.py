"""Deciding about plugins: inheritance over real rows, rights, settings, and the number every process looks at."""

import pytest

from tests.extensions.conftest import Enable
from tiepdan.core.errors import Conflict, Forbidden, Invalid, NotFound
from tiepdan.extensions.rules import Way
from tiepdan.extensions.service import choose_plugin, enabled_here, forget_choice, standing_of, standings
from tiepdan.sdk import Level


def enabled_names(entered, tenant):
    with entered(tenant, "plugins.manage"):
        return [each.manifest.name for each in enabled_here()]


def choose(entered, tenant, *, enabled=True, level=None, locked=False, plugin="dummy", **settings):
    with entered(tenant, "plugins.manage") as actor:
        choose_plugin(plugin, enabled=enabled, settings=settings, actor=actor, for_level=level, locked=locked)


def test_a_superior_enables_it_for_a_level_and_a_unit_may_decide_otherwise(entered, three_levels):
    choose(entered, three_levels.province, level=Level.COMMUNE, days=7)
    assert enabled_names(entered, three_levels.commune) == ["dummy"]
    assert enabled_names(entered, three_levels.district) == []
    assert enabled_names(entered, three_levels.stranger) == []
    choose(entered, three_levels.commune, enabled=False)
    assert enabled_names(entered, three_levels.commune) == []
    assert enabled_names(entered, three_levels.sibling) == ["dummy"]
    with entered(three_levels.commune, "plugins.manage") as actor:
        forget_choice("dummy", actor=actor)
    assert enabled_names(entered, three_levels.commune) == ["dummy"]


def test_a_lock_from_above_cannot_be_undone_below(entered, three_levels):
    choose(entered, three_levels.commune, enabled=False)
    choose(entered, three_levels.province, level=Level.COMMUNE, locked=True, days=9)
    with entered(three_levels.commune, "plugins.manage") as actor:
        standing = standing_of("dummy")
        assert standing.enabled
        assert (standing.verdict.way, standing.verdict.decided_by) == (Way.LOCKED, three_levels.province.id)
        assert enabled_here()[0].settings["days"] == 9
        with pytest.raises(Conflict):
            choose_plugin("dummy", enabled=False, settings={}, actor=actor)


def test_only_lower_levels_are_decided_for(entered, three_levels):
    for level in (Level.PROVINCE, Level.DISTRICT):
        with pytest.raises(Invalid):
            choose(entered, three_levels.district, level=level)
    with pytest.raises(Invalid):  # made for communes only
        choose(entered, three_levels.province, plugin="level-commune", level=Level.DISTRICT)


def test_settings_are_checked_by_the_plugins_schema_and_nothing_changes(entered, make_tenant, superuser):
    tenant = make_tenant()
    with pytest.raises(Invalid) as raised:
        choose(entered, tenant, days=0, colour="red")
    assert set(raised.value.errors) == {"days", "settings"}
    assert superuser.execute("SELECT 1 FROM plugin_choice WHERE tenant_id = %s", [tenant.id]).fetchall() == []


def test_rights_and_names_are_checked(entered, make_tenant):
    tenant = make_tenant()
    with entered(tenant, "petitions.view") as actor, pytest.raises(Forbidden):
        choose_plugin("dummy", enabled=True, settings={}, actor=actor)
    with entered(tenant, "plugins.manage") as actor, pytest.raises(NotFound):
        choose_plugin("no-such", enabled=True, settings={}, actor=actor)


def test_order_is_level_then_priority_then_name(entered, make_tenant, enable: Enable):
    tenant = make_tenant()
    for name in ("level-commune", "lang-son", "dummy"):
        enable(tenant, name)
    assert enabled_names(entered, tenant) == ["dummy", "lang-son", "level-commune"]
    with entered(tenant, "plugins.manage"):
        shown = [standing.installed.name for standing in standings() if standing.enabled]
        assert shown == ["dummy", "lang-son", "level-commune"]


def test_every_change_moves_the_number_and_is_seen_at_once(entered, make_tenant, enable: Enable, superuser):
    tenant = make_tenant()

    def epoch():
        return superuser.execute("SELECT number FROM plugin_epoch").fetchone()[0]

    first = epoch()
    assert enabled_names(entered, tenant) == []
    enable(tenant)  # another process: the province's file
    assert epoch() > first
    assert enabled_names(entered, tenant) == ["dummy"]
    superuser.execute("DELETE FROM tenant_plugin WHERE tenant_id = %s", [tenant.id])
    superuser.execute("UPDATE plugin_epoch SET number = number + 1")
    assert enabled_names(entered, tenant) == []


def test_what_is_enabled_is_asked_of_the_database_once(entered, make_tenant, enable: Enable, engine):
    import sqlalchemy as sa

    tenant = make_tenant()
    enable(tenant)
    enabled_names(entered, tenant)
    asked = []
    listen = lambda *given: asked.append(given[2])  # noqa: E731
    sa.event.listen(engine, "before_cursor_execute", listen)
    try:
        enabled_names(entered, tenant)
    finally:
        sa.event.remove(engine, "before_cursor_execute", listen)
    assert len(asked) == 1  # the tenant's own row, which the door of a request reads anyway
