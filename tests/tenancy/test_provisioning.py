"""Plan and apply: what the rows are afterwards."""

from collections import Counter
from datetime import date

import psycopg
import pytest

from tiepdan.core.crypto import unwrap_key
from tiepdan.tenancy import provisioning
from tiepdan.tenancy.faults import InvalidFiles
from tiepdan.tenancy.province_file import read_provinces
from tiepdan.tenancy.stored import read_province

DAY = date(2024, 6, 28)
TABLES = ("province", "tenant", "superior", "reporting_line", "host", "tenant_plugin", "tenant_key")


@pytest.fixture
def rows(connection):
    """Read as nobody but provisioning may: rows("SELECT …", parameter)."""

    def rows(query, *parameters):
        with connection.transaction():
            connection.execute("SET LOCAL ROLE tiepdan_provision")
            return connection.execute(query, parameters).fetchall()

    return rows


@pytest.fixture
def everything(rows):
    """All rows of the tenancy tables but the moments they were written."""

    def everything():
        kept = {table: rows(f"SELECT to_jsonb({table}) - 'applied_at' FROM {table} ORDER BY 1") for table in TABLES}
        return kept

    return everything


def test_the_demo_is_provisioned_as_its_files_say(apply, rows, repository):
    outcomes = apply(repository / "tenants/lang-son", repository / "tenants/ha-noi")
    assert [(outcome.error, outcome.counts["create"]) for outcome in outcomes] == [(None, 227), (None, 62)]
    counts = Counter(rows("SELECT province.slug, kind, level FROM tenant JOIN province ON province.id = province_id"))
    assert counts["lang-son", "party_committee", "commune"] == 200
    assert counts["ha-noi", "peoples_committee", "commune"] == 18
    assert rows("SELECT count(*) FROM superior") == [(211 + 11 + 41 + 19,)]
    assert rows("SELECT count(*) FROM reporting_line") == [(17,)]


def test_every_path_ends_at_its_tenant_and_follows_its_superiors(apply, rows, small):
    apply(small)
    for tenant_id, superior_id, path, above in rows(
        "SELECT t.id, t.superior_id, t.path::text, s.path::text"
        " FROM tenant t LEFT JOIN tenant s ON s.id = t.superior_id"
    ):
        assert path == (f"{above}.t{tenant_id}" if superior_id else f"t{tenant_id}")
    assert rows("SELECT max(nlevel(path)) FROM tenant") == [(3,)]


def test_every_tenant_gets_keys_that_the_root_key_opens(apply, rows, small):
    apply(small)
    keys = rows("SELECT id, public_key, wrapped_key, wrapped_private_key FROM tenant JOIN tenant_key ON tenant_id = id")
    assert len(keys) == 14
    assert len({public for _id, public, *_ in keys}) == 14
    opened = {unwrap_key(bytes(range(32)), tenant_id, wrapped) for tenant_id, _public, wrapped, _private in keys}
    assert {len(key) for key in opened} == {32}
    assert len(opened) == 14


def test_a_plan_changes_nothing_and_says_what_apply_then_does(write, apply, connection, everything, small):
    before = everything()
    provinces = read_provinces([write(small)])
    plan = provisioning.plan(provinces, connection, on=DAY)
    assert everything() == before
    assert plan.provinces[0].counts() == apply(small)[0].counts
    lines = list(plan.lines())
    assert lines[0] == "lang-son (Tỉnh Lạng Sơn, 2022-06-30)"
    assert "  + huyen-uy-dinh-lap: tạo: Huyện ủy Đình Lập" in lines
    assert plan.as_json()[0]["counts"]["create"] == 14


def test_applying_again_changes_nothing(apply, everything, rows, repository):
    files = [repository / "tenants/lang-son", repository / "tenants/ha-noi"]
    apply(*files)
    before, events = everything(), rows("SELECT count(*) FROM tenant")
    assert [outcome.counts for outcome in apply(*files, on=date(2025, 1, 1))] == [{}, {}]
    assert everything() == before
    assert rows("SELECT count(*) FROM tenant") == events


def test_each_apply_that_changes_something_is_journalled_once(apply, superuser_of, small):
    apply(small)
    apply(small)
    assert superuser_of("SELECT actor, action, subject_type, subject_id, detail->>'create' FROM platform_event") == [
        ("test", "tenants.applied", "province", "lang-son", "14")
    ]


@pytest.fixture
def superuser_of(own_database, servers):
    """Read what provisioning itself may not read: superuser_of("SELECT …")."""
    name = psycopg.conninfo.conninfo_to_dict(own_database)["dbname"]

    def superuser_of(query):
        with psycopg.connect(servers.superuser_url, dbname=name) as connection:
            cursor = connection.execute(query)
            return cursor.fetchall() if cursor.description else []

    return superuser_of


def test_a_new_name_keeps_the_tenant(apply, rows, small):
    apply(small)
    [(before, version)] = rows("SELECT id, version FROM tenant WHERE slug = 'huyen-uy-dinh-lap'")
    renamed = small + '\n[[override]]\nbody = "huyen-uy-dinh-lap"\nname = "Huyện ủy huyện Đình Lập"\n'
    assert apply(renamed)[0].counts == {"update": 2}
    assert rows("SELECT id, name, version FROM tenant WHERE slug = 'huyen-uy-dinh-lap'") == [
        (before, "Huyện ủy huyện Đình Lập", version + 1)
    ]


@pytest.mark.parametrize("was", ["", 'was = "huyen-uy-dinh-lap"\n'])
def test_a_new_slug_keeps_the_tenant_and_everything_below(apply, rows, small, was):
    apply(small)
    [(before,)] = rows("SELECT id FROM tenant WHERE slug = 'huyen-uy-dinh-lap'")
    renamed = small + f'\n[[override]]\nbody = "huyen-uy-dinh-lap"\nslug = "dinh-lap"\n{was}'
    assert apply(renamed)[0].counts == {"rename": 1, "redirect": 1}
    assert rows("SELECT id FROM tenant WHERE slug = 'dinh-lap'") == [(before,)]
    assert rows("SELECT count(*) FROM tenant WHERE superior_id = %s", before) == [(12,)]
    assert apply(renamed)[0].counts == {}


def test_a_former_slug_that_another_body_still_has_is_left_to_it(apply, rows, small):
    apply(small)
    agency = """
[[body]]
slug = "moi"
name = "Mới"
kind = "party_committee"
unit = "province/20"
was = "huyen-uy-dinh-lap"
"""
    assert apply(small + agency)[0].counts == {"create": 1}
    assert rows("SELECT count(*) FROM tenant WHERE slug IN ('moi', 'huyen-uy-dinh-lap')") == [(2,)]


TWO_DISTRICTS = """
[[bodies]]
kind = "party_committee"
levels = ["district"]
within = ["district/183"]
"""
MOVED = '\n[[override]]\nbody = "dang-uy-xa-bac-lang"\nsuperior = "huyen-uy-cao-loc"\n'


def test_a_new_superior_keeps_the_history_and_moves_the_path(apply, rows, small):
    apply(small + TWO_DISTRICTS)
    moved = small + TWO_DISTRICTS + MOVED + "since = 2024-03-01\n"
    assert apply(moved)[0].counts == {"move": 1}
    assert rows(
        "SELECT above.slug, valid_from, valid_to FROM superior JOIN tenant own ON own.id = tenant_id"
        " JOIN tenant above ON above.id = superior.superior_id"
        " WHERE own.slug = 'dang-uy-xa-bac-lang' ORDER BY valid_from"
    ) == [
        ("huyen-uy-dinh-lap", date(2016, 1, 1), date(2024, 2, 29)),
        ("huyen-uy-cao-loc", date(2024, 3, 1), None),
    ]
    assert rows(
        "SELECT own.path::text = above.path::text || '.t' || own.id FROM tenant own JOIN tenant above"
        " ON above.id = own.superior_id WHERE own.slug = 'dang-uy-xa-bac-lang' AND above.slug = 'huyen-uy-cao-loc'"
    ) == [(True,)]
    assert apply(moved)[0].counts == {}


def test_what_a_moved_tenant_shares_follows_in_the_same_transaction(apply, superuser_of, small):
    apply(small + TWO_DISTRICTS)
    superuser_of(
        "INSERT INTO shared_total (tenant_id, path, kind, status, pending, count)"
        " SELECT id, path, 'complaint', 'accepted', false, 3 FROM tenant WHERE slug LIKE 'dang-uy-xa-%'"
    )
    apply(small + TWO_DISTRICTS + MOVED)
    assert superuser_of(
        "SELECT count(*) FROM shared_total JOIN tenant ON id = tenant_id WHERE shared_total.path <> tenant.path"
    ) == [(0,)]
    assert superuser_of(
        "SELECT sum(count) FROM shared_total WHERE anc2_id = (SELECT id FROM tenant WHERE slug = 'huyen-uy-cao-loc')"
    ) == [(3,)]


def test_moving_a_district_moves_the_paths_of_all_below(apply, rows, small):
    body = """
[[body]]
slug = "dang-uy-khoi"
name = "Đảng ủy khối"
kind = "party_committee"
unit = "province/20"
"""
    apply(small)
    apply(small + body + '\n[[override]]\nbody = "huyen-uy-dinh-lap"\nsuperior = "dang-uy-khoi"\n')
    assert rows("SELECT count(*) FROM tenant WHERE path <@ (SELECT path FROM tenant WHERE slug = 'dang-uy-khoi')") == [
        (14,)
    ]
    assert rows("SELECT max(nlevel(path)) FROM tenant") == [(4,)]


def test_a_move_without_a_day_counts_from_the_day_of_applying(apply, rows, small):
    apply(small + TWO_DISTRICTS)
    apply(small + TWO_DISTRICTS + MOVED, on=DAY)
    apply(small + TWO_DISTRICTS, on=DAY)  # changed their mind the same day
    assert rows("SELECT count(*) FROM superior JOIN tenant ON id = tenant_id WHERE slug = 'dang-uy-xa-bac-lang'") == [
        (2,)
    ]


def test_a_move_before_the_present_superior_began_is_refused(apply, write, connection, everything, small):
    apply(small + TWO_DISTRICTS)
    apply(small + TWO_DISTRICTS + MOVED + "since = 2024-03-01\n")
    before = everything()
    back = (
        small
        + TWO_DISTRICTS
        + '\n[[override]]\nbody = "dang-uy-xa-bac-lang"\nsuperior = "huyen-uy-dinh-lap"\nsince = 2024-02-01\n'
    )
    with pytest.raises(InvalidFiles, match=r"since: .*2024-03-01"):
        provisioning.plan(read_provinces([write(back)]), connection, on=DAY)
    assert "2024-03-01" in apply(back)[0].error
    assert everything() == before


def test_the_database_refuses_two_superiors_on_one_day(apply, rows, small, superuser_of):
    apply(small)
    with pytest.raises(psycopg.errors.ExclusionViolation):
        superuser_of("INSERT INTO superior SELECT tenant_id, superior_id, valid_from + 1, NULL FROM superior LIMIT 1")


def test_a_fault_in_one_file_changes_nothing_in_any(write, everything, small, apply):
    before = everything()
    with pytest.raises(InvalidFiles):
        apply(small, write(small.replace('"20"', '"01"').replace("lang-son", "ha-noi"), "ha-noi"))
    assert everything() == before


def test_a_province_that_fails_leaves_the_others_and_a_second_run_takes_it_up(
    apply, rows, small, write, repository, superuser_of
):
    superuser_of("ALTER TABLE tenant ADD CONSTRAINT stop CHECK (slug <> 'huyen-uy-dinh-lap')")
    files = [write(small), repository / "tenants/ha-noi"]
    failed, done = apply(*files)
    assert failed.error
    assert not failed.counts
    assert done.counts["create"] == 62
    assert rows("SELECT slug FROM province") == [("ha-noi",)]
    superuser_of("ALTER TABLE tenant DROP CONSTRAINT stop")
    assert [outcome.counts.get("create", 0) for outcome in apply(*files)] == [14, 0]


def test_slugs_and_hosts_of_another_province_are_refused_by_name(apply, everything, small, write, connection):
    host = '\n[[override]]\nbody = "tinh-uy-lang-son"\nhosts = ["langson.example.vn"]\n'
    apply(small + host)
    before = everything()
    other = write((small + host).replace('slug  = "lang-son"', 'slug = "khac"'), "other")
    with pytest.raises(InvalidFiles) as caught:
        provisioning.plan(read_provinces([other]), connection, on=DAY)
    told = [str(fault) for fault in caught.value.faults]
    assert len(told) == 15
    assert any("Slug “huyen-uy-dinh-lap” đã thuộc tỉnh “lang-son”" in line for line in told)
    assert any("override[1].hosts: Tên máy chủ “langson.example.vn” đã thuộc tỉnh “lang-son”" in line for line in told)
    assert everything() == before


def test_a_body_does_not_change_its_kind(apply, small):
    court = '\n[[body]]\nslug = "x"\nname = "X"\nkind = "judicial_body"\nunit = "province/20"\n'
    apply(small + court)
    assert (
        "loại và nhánh không đổi được"
        in apply(small + court.replace("judicial_body", "agency") + "root = true\n")[0].error
    )


def test_hosts_come_move_and_go(apply, rows, small):
    def hosts(*names):
        return "".join(f'\n[[override]]\nbody = "{slug}"\nhosts = ["{host}"]\n' for slug, host in names)

    held = "SELECT host.name, slug FROM host JOIN tenant ON id = tenant_id ORDER BY 1"
    apply(small + hosts(("tinh-uy-lang-son", "A.example.vn"), ("huyen-uy-dinh-lap", "b.example.vn")))
    assert rows(held) == [("a.example.vn", "tinh-uy-lang-son"), ("b.example.vn", "huyen-uy-dinh-lap")]
    outcome = apply(small + hosts(("huyen-uy-dinh-lap", "a.example.vn")))[0]
    assert outcome.counts == {"move_host": 1, "remove_host": 1}
    assert rows(held) == [("a.example.vn", "huyen-uy-dinh-lap")]


def test_plugins_are_enabled_changed_and_disabled(apply, rows, small):
    plugin = '\n[[plugins]]\nname = "level-commune"\nlevels = ["commune"]\nsettings = { days = 2 }\n'
    held = "SELECT plugin, locked, settings->>'days', count(*) FROM tenant_plugin GROUP BY 1, 2, 3"
    apply(small + plugin)
    assert rows(held) == [("level-commune", False, "2", 12)]
    assert apply(small + plugin.replace("2", "4") + "locked = true\n")[0].counts == {"change_plugin": 12}
    assert rows(held) == [("level-commune", True, "4", 12)]
    assert apply(small)[0].counts == {"disable_plugin": 12}
    assert rows(held) == []


def test_a_reporting_line_that_leaves_the_file_ends_and_may_begin_again(apply, rows, small):
    line = '\n[[reporting_lines]]\nreport = "qd11"\nfrom = ["huyen-uy-dinh-lap"]\nto = "tinh-uy-lang-son"\n'
    periods = "SELECT valid_from, valid_to FROM reporting_line ORDER BY 1"
    apply(small + line)
    assert rows(periods) == [(date(2016, 1, 1), None)]
    assert apply(small, on=date(2024, 3, 1))[0].counts == {"close_line": 1}
    assert rows(periods) == [(date(2016, 1, 1), date(2024, 2, 29))]
    assert apply(small, on=date(2024, 3, 1))[0].counts == {}
    apply(small + line + "since = 2024-06-01\n")
    assert rows(periods) == [(date(2016, 1, 1), date(2024, 2, 29)), (date(2024, 6, 1), None)]
    apply(small + line + "since = 2024-06-01\nuntil = 2024-12-31\n")
    assert rows(periods)[1] == (date(2024, 6, 1), date(2024, 12, 31))
    assert apply(small + line + "since = 2024-06-01\nuntil = 2024-12-31\n")[0].counts == {}


def test_a_body_that_leaves_the_file_stays_and_is_named(apply, write, connection, rows, small, head):
    apply(small)
    only = head + '\n[[bodies]]\nkind = "party_committee"\nlevels = ["province"]\n'
    plan = provisioning.plan(read_provinces([write(only)]), connection, on=DAY)
    assert plan.is_empty
    assert len(plan.provinces[0].notes) == 13
    apply(only)
    assert rows("SELECT count(*) FROM tenant") == [(14,)]


def test_a_draft_is_opened_by_the_file_and_a_suspended_tenant_is_not(apply, rows, small, connection):
    apply(small.replace("as_of = 2022-06-30", 'as_of = 2022-06-30\nstate = "draft"'))
    assert rows("SELECT DISTINCT state FROM tenant") == [("draft",)]
    assert apply(small)[0].counts == {"activate": 14}
    provisioning.set_state(connection, "huyen-uy-dinh-lap", state="suspended", allowed=["active"], actor="test")
    assert apply(small)[0].counts == {}
    assert rows("SELECT state FROM tenant WHERE slug = 'huyen-uy-dinh-lap'") == [("suspended",)]


def test_suspending_is_journalled_once_and_only_from_an_allowed_state(apply, small, connection, superuser_of):
    apply(small)
    step = {"state": "suspended", "allowed": ["active"], "actor": "test"}
    assert provisioning.set_state(connection, "tinh-uy-lang-son", **step)
    assert not provisioning.set_state(connection, "tinh-uy-lang-son", **step)
    with pytest.raises(LookupError):
        provisioning.set_state(connection, "nobody", **step)
    with pytest.raises(ValueError, match="suspended"):
        provisioning.set_state(connection, "tinh-uy-lang-son", state="active", allowed=["draft"], actor="test")
    assert superuser_of("SELECT subject_id FROM platform_event WHERE action = 'tenant.suspended'") == [
        ("tinh-uy-lang-son",)
    ]


@pytest.mark.parametrize("table", ["account", "membership", "event"])
def test_the_provisioning_role_sees_nothing_but_tenancy(rows, table):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        rows(f"SELECT 1 FROM {table}")


def test_a_tenant_is_rows_never_ddl(apply, superuser_of, small):
    objects = "SELECT count(*) FROM pg_class"
    before = superuser_of(objects)
    apply(small)
    assert superuser_of(objects) == before


def test_what_is_read_of_a_province_is_its_own(apply, connection, small, repository):
    apply(small, repository / "tenants/ha-noi")
    with connection.transaction():
        connection.execute("SET LOCAL ROLE tiepdan_provision")
        assert len(read_province(connection, "lang-son").tenants) == 14
        assert read_province(connection, "nowhere").id is None
