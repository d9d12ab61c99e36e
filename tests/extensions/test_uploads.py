"""Plugins uploaded as data: kept in versions, seen by whom they are handed down to, and by nobody else."""

import psycopg
import pytest

from tests.declared.texts import DEADLINE, FORM, HEAD, WHOLE
from tiepdan.core.errors import Conflict, Forbidden, Invalid, NotFound
from tiepdan.core.plugins import collect, implementers
from tiepdan.declared.faults import MalformedError
from tiepdan.extensions.service import choose_plugin, enabled_here, forget_choice, standing_of, standings
from tiepdan.extensions.uploads import (
    keep_version,
    own_uploads,
    read_file,
    read_version,
    use_version,
    versions_of,
    withdraw_plugin,
)
from tiepdan.sdk import Level, Record
from tiepdan.tenancy.service import own_tenant, plugin_tenant


@pytest.fixture
def bring(entered):
    """Upload a text for a tenant and take it into use: bring(tenant, WHOLE) -> full name."""

    def bring(tenant, text=WHOLE, *, use=True):
        with entered(tenant, "plugins.manage") as actor:
            version_id = keep_version(read_file("plugin.toml", text.encode()), actor=actor)
            return use_version(version_id, actor=actor) if use else version_id

    return bring


@pytest.fixture
def choose(entered):
    def choose(tenant, name, level=None, *, enabled=True, locked=False, **settings):
        with entered(tenant, "plugins.manage") as actor:
            choose_plugin(name, enabled=enabled, settings=settings, actor=actor, for_level=level, locked=locked)

    return choose


@pytest.fixture
def names(entered):
    def names(tenant):
        with entered(tenant, "plugins.manage"):
            return [each.manifest.name for each in enabled_here()]

    return names


@pytest.fixture
def forms(entered):
    """What is asked on a petition's form of a tenant: titles by plugin."""

    def forms(tenant):
        with entered(tenant, "plugins.manage"):
            from datetime import date

            answers = collect(
                "form_parts", tenant=plugin_tenant(own_tenant()), record=Record.PETITION, on=date(2024, 6, 28)
            )
            assert answers.failed == ()
            return {answer.plugin: [form.title["vi"] for form in answer.value] for answer in answers}

    return forms


def test_a_draft_is_asked_nowhere_and_seen_by_nobody_else(bring, names, three_levels, entered):
    version_id = bring(three_levels.province, use=False)
    assert names(three_levels.province) == []
    with entered(three_levels.province, "plugins.manage"):
        assert [(each.newest, each.in_use) for each in own_uploads()] == [(1, None)]
        assert read_version(version_id)[0].number == 1
    for other in (three_levels.district, three_levels.commune, three_levels.stranger):
        with entered(other, "plugins.manage") as actor:
            assert own_uploads() == []
            with pytest.raises(NotFound):
                read_version(version_id)
            with pytest.raises(NotFound):
                use_version(version_id, actor=actor)


def test_it_is_enabled_for_the_committee_itself(bring, choose, names, forms, three_levels):
    name = bring(three_levels.commune)
    assert name == f"so-xa.t{three_levels.commune.id}"
    assert names(three_levels.commune) == []
    choose(three_levels.commune, name)
    assert names(three_levels.commune) == [name]
    assert forms(three_levels.commune) == {name: ["Địa bàn"]}
    for other in (three_levels.sibling, three_levels.district, three_levels.stranger):
        assert names(other) == []


def test_it_is_handed_down_to_a_level_and_to_nobody_else(bring, choose, names, forms, three_levels, entered):
    name = bring(three_levels.province)
    choose(three_levels.province, name, Level.COMMUNE)
    assert names(three_levels.commune) == names(three_levels.sibling) == [name]
    assert names(three_levels.province) == names(three_levels.district) == names(three_levels.stranger) == []
    assert forms(three_levels.commune) == {name: ["Địa bàn"]}
    with entered(three_levels.commune, "plugins.manage"):
        standing = standing_of(name)
        assert standing.installed.declared
        assert standing.verdict.decided_by == three_levels.province.id
        assert versions_of(name) == []  # it is theirs, not ours
    for other in (three_levels.district, three_levels.stranger):
        with entered(other, "plugins.manage"):
            assert name not in [standing.installed.name for standing in standings()]
            with pytest.raises(NotFound):
                standing_of(name)


def test_a_unit_below_decides_for_itself_unless_it_is_locked(bring, choose, names, three_levels):
    name = bring(three_levels.province)
    choose(three_levels.province, name, Level.COMMUNE, enabled=False)
    assert names(three_levels.commune) == []
    choose(three_levels.commune, name)
    assert names(three_levels.commune) == [name]
    assert names(three_levels.sibling) == []
    choose(three_levels.province, name, Level.COMMUNE, locked=True, days=3)
    assert names(three_levels.sibling) == [name]
    with pytest.raises(Conflict):
        choose(three_levels.commune, name, enabled=False)


def test_nobody_decides_about_a_plugin_that_was_not_handed_to_them(bring, choose, three_levels, entered):
    name = bring(three_levels.province)
    for other in (three_levels.district, three_levels.commune, three_levels.stranger):
        with pytest.raises(NotFound):
            choose(other, name)
    text = WHOLE.replace('level = "commune"\n', "")
    everywhere = bring(three_levels.province, text.replace("so-xa", "so-chung"))
    choose(three_levels.province, everywhere, Level.DISTRICT)
    with pytest.raises(Invalid):  # for districts only, so no district hands it further down
        choose(three_levels.district, everywhere, Level.COMMUNE)
    choose(three_levels.province, everywhere, Level.COMMUNE, enabled=False)
    choose(three_levels.district, everywhere, Level.COMMUNE)


def test_a_forged_choice_of_a_stranger_enables_nothing(bring, names, three_levels, superuser: psycopg.Connection):
    name = bring(three_levels.province)
    superuser.execute(
        "INSERT INTO plugin_choice (tenant_id, plugin, for_level, enabled) VALUES (%s, %s, '', true), (%s, %s, '', true)",
        [three_levels.stranger.id, name, three_levels.district.id, name],
    )
    superuser.execute("UPDATE plugin_epoch SET number = number + 1")
    assert names(three_levels.stranger) == []
    assert names(three_levels.district) == []


def test_the_database_shows_a_unit_what_is_handed_down_and_no_draft(
    bring, choose, database, three_levels, superuser: psycopg.Connection
):
    name = bring(three_levels.province)

    def seen(tenant):
        with psycopg.connect(database.app_url) as connection:
            connection.execute(f"SET LOCAL app.tenant_id = '{tenant.id}'; SET LOCAL app.tenant_path = '{tenant.path}'")
            return tuple(
                connection.execute(
                    f"SELECT count(*) FROM {table} WHERE tenant_id = %s", [three_levels.province.id]
                ).fetchone()[0]
                for table in ("uploaded_plugin", "uploaded_version")
            )

    assert seen(three_levels.province) == (1, 1)
    assert seen(three_levels.commune) == seen(three_levels.stranger) == (0, 0)
    choose(three_levels.province, name, Level.COMMUNE)
    assert seen(three_levels.commune) == (1, 0)
    assert seen(three_levels.stranger) == (0, 0)
    with psycopg.connect(database.app_url) as connection:
        tenant = three_levels.commune
        connection.execute(f"SET LOCAL app.tenant_id = '{tenant.id}'; SET LOCAL app.tenant_path = '{tenant.path}'")
        changed = connection.execute("UPDATE uploaded_plugin SET files = '{}'")
        assert changed.rowcount == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE uploaded_version SET files = '{}'")


def test_what_is_taken_back_is_out_of_sight_again(bring, choose, names, three_levels, entered, superuser):
    name = bring(three_levels.province)
    choose(three_levels.province, name, Level.COMMUNE)
    with entered(three_levels.province, "plugins.manage") as actor:
        forget_choice(name, actor=actor, for_level=Level.COMMUNE)
    assert names(three_levels.commune) == []
    below = superuser.execute("SELECT below FROM uploaded_plugin WHERE tenant_id = %s", [three_levels.province.id])
    assert below.fetchone() == (False,)


def test_two_committees_may_use_one_name(bring, choose, forms, three_levels):
    ours = bring(three_levels.commune)
    theirs = bring(three_levels.sibling, WHOLE.replace("Địa bàn", "Khu phố"))
    from_above = bring(three_levels.province, WHOLE.replace("Địa bàn", "Toàn tỉnh"))
    choose(three_levels.commune, ours)
    choose(three_levels.sibling, theirs)
    choose(three_levels.province, from_above, Level.COMMUNE)
    assert forms(three_levels.commune) == {ours: ["Địa bàn"], from_above: ["Toàn tỉnh"]}
    assert forms(three_levels.sibling) == {theirs: ["Khu phố"], from_above: ["Toàn tỉnh"]}


def test_a_new_version_waits_until_it_is_used_and_an_earlier_one_comes_back(
    bring, choose, forms, three_levels, entered
):
    name = bring(three_levels.commune)
    choose(three_levels.commune, name)
    changed = WHOLE.replace('"Địa bàn"', '"Địa bàn mới"').replace(
        'key = "area"\nversion = 1', 'key = "area"\nversion = 2'
    )
    second = bring(three_levels.commune, changed, use=False)
    assert forms(three_levels.commune) == {name: ["Địa bàn"]}
    with entered(three_levels.commune, "plugins.manage") as actor:
        use_version(second, actor=actor)
    assert forms(three_levels.commune) == {name: ["Địa bàn mới"]}
    with entered(three_levels.commune, "plugins.manage") as actor:
        found = versions_of(name)
        assert [(each.number, each.in_use) for each in found] == [(2, True), (1, False)]
        use_version(found[1].id, actor=actor)
    assert forms(three_levels.commune) == {name: ["Địa bàn"]}


def test_the_same_file_is_the_same_version(bring, three_levels):
    assert bring(three_levels.commune, use=False) == bring(three_levels.commune, use=False)


def test_a_changed_form_must_count_its_version_up(bring, three_levels, entered):
    bring(three_levels.commune)
    with entered(three_levels.commune, "plugins.manage"):
        with pytest.raises(MalformedError) as raised:
            read_file("x.toml", WHOLE.replace("Tên địa bàn nóng", "Tên khác").encode())
        assert [(fault.kind, fault.table, fault.key) for fault in raised.value.faults] == [
            ("same_version", "[[form]] 1", "version")
        ]
        read_file("x.toml", WHOLE.replace("after_days = 3", "after_days = 4").encode())  # a route counts no versions


def test_withdrawing_hides_it_everywhere_and_keeps_it(bring, choose, names, three_levels, entered):
    name = bring(three_levels.province)
    choose(three_levels.province, name, Level.COMMUNE, locked=True)
    with entered(three_levels.commune, "plugins.manage") as actor, pytest.raises(NotFound):
        withdraw_plugin(name, actor=actor)
    with entered(three_levels.province, "plugins.manage") as actor:
        withdraw_plugin(name, actor=actor)
        with pytest.raises(Conflict):
            withdraw_plugin(name, actor=actor)
    assert names(three_levels.commune) == []
    with entered(three_levels.province, "plugins.manage") as actor:
        assert standing_of(name).upload.withdrawn
        with pytest.raises(Conflict):
            choose_plugin(name, enabled=True, settings={}, actor=actor, for_level=Level.COMMUNE)
        use_version(versions_of(name)[0].id, actor=actor)
    assert names(three_levels.commune) == [name]


def test_settings_in_force_must_fit_a_version(bring, choose, three_levels, entered):
    name = bring(three_levels.commune)
    choose(three_levels.commune, name, days=7)
    with entered(three_levels.commune, "plugins.manage") as actor:
        version_id = keep_version(
            read_file("x.toml", WHOLE.replace("maximum = 7", "maximum = 5").encode()), actor=actor
        )
        with pytest.raises(Invalid, match="days"):
            use_version(version_id, actor=actor)


def test_only_an_administrator(three_levels, entered, bring):
    with entered(three_levels.commune, "home.view") as actor:
        plugin = read_file("x.toml", WHOLE.encode())
        with pytest.raises(Forbidden):
            keep_version(plugin, actor=actor)
    version_id = bring(three_levels.commune, use=False)
    with entered(three_levels.commune, "home.view") as actor:
        with pytest.raises(Forbidden):
            use_version(version_id, actor=actor)
        with pytest.raises(Forbidden):
            withdraw_plugin("so-xa.t1", actor=actor)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (WHOLE.replace('name = "so-xa"', 'name = "level-commune"'), ("taken", "[plugin]", "name")),
        (WHOLE.replace(">=1.0,<2", ">=7"), ("api", "[plugin]", "api")),
        (WHOLE.replace('level = "commune"', 'level = "province"'), ("level", "[plugin]", "level")),
        (WHOLE.replace("maximum = 7", "maximum = 30"), ("looser", "[[deadline]] 1", "at_most")),
        (WHOLE.replace('"party.notice"', '"no.such.duty"'), ("answer", "[[deadline]] 1", "")),
        (WHOLE.replace('to = "superior"', 'to = "everybody"'), ("answer", "[[escalation]] 1", "")),
        (
            WHOLE.replace('maxLength = 100\nx-label = {vi = "Tên', 'pattern = "(a+)+$"\nx-label = {vi = "Tên'),
            ("answer", "[[form]] 1", ""),
        ),
        (WHOLE + FORM, ("answer", "[[form]] 1", "")),  # twice the same key
        (HEAD.replace("maximum = 7", "maximum = 7\ndefault = 9") + FORM, ("settings_word", "[plugin]", "settings")),
    ],
)
def test_what_the_platform_would_refuse_is_said_at_its_table(text, fault, three_levels, entered, superuser):
    with entered(three_levels.commune, "plugins.manage"), pytest.raises(MalformedError) as raised:
        read_file("plugin.toml", text.encode())
    assert fault in [(each.kind.value, each.table, each.key) for each in raised.value.faults]
    held = superuser.execute("SELECT 1 FROM uploaded_version WHERE tenant_id = %s", [three_levels.commune.id])
    assert held.fetchall() == []


def test_a_hook_nobody_else_answers_is_asked_all_the_same(bring, choose, three_levels, entered):
    """Only the upload has it: no plugin that is registered shows the caller that the hook has any answers."""
    name = bring(three_levels.commune, HEAD + DEADLINE)
    choose(three_levels.commune, name, days=3, source="CV 1")
    with entered(three_levels.commune, "plugins.manage"):
        assert [each.manifest.name for each in implementers("deadline_rules")] == [name]


def test_the_journal_names_each_step(bring, choose, three_levels, entered, superuser: psycopg.Connection):
    name = bring(three_levels.commune)
    choose(three_levels.commune, name)
    with entered(three_levels.commune, "plugins.manage") as actor:
        withdraw_plugin(name, actor=actor)
    rows = superuser.execute(
        "SELECT action FROM event WHERE tenant_id = %s AND action LIKE 'plugin.%%' ORDER BY id",
        [three_levels.commune.id],
    )
    found = [action for (action,) in rows.fetchall()]
    assert found == ["plugin.uploaded", "plugin.version_used", "plugin.chosen", "plugin.withdrawn"]
