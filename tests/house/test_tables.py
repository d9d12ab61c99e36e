"""Rules of the house about tables: whoever adds one meets them here."""

import psycopg
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects.postgresql.base import ischema_names

from tiepdan.core.db import db
from tiepdan.operations.migrate import MIGRATIONS, alembic_config
from tiepdan.tenancy.models import Ltree

ischema_names["ltree"] = Ltree  # so that the inspector knows it

# Tables that belong to the platform and are not fenced. Everything else is a tenant's.
PLATFORM_TABLES = {
    "account", "alembic_version", "data_version", "former_slug", "host", "invitation", "platform_event", "platform_role", "plugin_choice", "plugin_epoch",
    "plugin_stop", "province", "reporting_line",
    "session", "superior", "tenant", "tenant_key", "tenant_plugin", "throttle",
}  # fmt: skip

# Indexes of tenants' tables that do not start with tenant_id, each with its reason.
OTHER_INDEXES = {
    "ix_membership_account_id": "people find their own memberships in every tenant (policy `mine`)",
    "ix_clock_next_check_at": "the sweep looks for due clocks of all tenants",
}
_ANCESTORS = {"shared_case", "shared_count", "shared_total"}  # their ancestors' indexes start with ancN_id
_BETWEEN = "peer_tenant_id"  # the receiver finds what was sent to it

# Foreign keys of tenants' tables that need no tenant_id: they lead to platform tables.
_PLATFORM_TARGETS = PLATFORM_TABLES


@pytest.fixture(scope="module")
def owner(database) -> sa.Engine:
    engine = sa.create_engine(database.superuser_url.replace("postgresql://", "postgresql+psycopg://"))
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def inspector(owner) -> sa.Inspector:
    return sa.inspect(owner)


def tables(inspector: sa.Inspector) -> dict[tuple[str | None, str], list[str]]:
    found = {}
    for schema in (None, "vault"):
        for table in inspector.get_table_names(schema=schema):
            found[schema, table] = [column["name"] for column in inspector.get_columns(table, schema=schema)]
    return found


def tenant_tables(inspector: sa.Inspector) -> list[tuple[str | None, str]]:
    return [key for key in tables(inspector) if key[1] not in PLATFORM_TABLES or key[0]]


def test_every_table_is_a_platform_table_or_carries_tenant_id(inspector):
    for key in tenant_tables(inspector):
        assert "tenant_id" in tables(inspector)[key], f"{key} is neither listed as platform table nor a tenant's"


def test_every_tenant_table_is_fenced_and_forced(inspector, superuser: psycopg.Connection):
    fenced = {
        (None if row[0] == "public" else row[0], row[1])
        for row in superuser.execute(
            "SELECT relnamespace::regnamespace::text, relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
        )
    }
    assert set(tenant_tables(inspector)) <= fenced


def test_no_policy_uses_a_sub_select_or_a_function_of_ours(superuser: psycopg.Connection):
    rows = superuser.execute(
        "SELECT tablename, policyname, coalesce(qual, '') || ' ' || coalesce(with_check, '') FROM pg_policies"
    ).fetchall()
    assert rows
    for table, policy, expression in rows:
        assert "SELECT" not in expression.upper(), (table, policy)
        calls = {word for word in expression.replace("(", " ( ").split() if word.isidentifier()}
        assert not calls & {"tiepdan", "current_user"}, (table, policy)


def test_every_tenant_key_and_unique_index_starts_with_tenant_id(inspector):
    for schema, table in tenant_tables(inspector):
        key = inspector.get_pk_constraint(table, schema=schema)["constrained_columns"]
        assert key[0] == "tenant_id", f"primary key of {table}"
        for constraint in inspector.get_unique_constraints(table, schema=schema):
            assert constraint["column_names"][0] == "tenant_id", f"{constraint['name']} of {table}"


def test_every_index_of_a_tenant_table_starts_with_tenant_id(inspector):
    for schema, table in tenant_tables(inspector):
        for index in inspector.get_indexes(table, schema=schema):
            first = index["column_names"][0]
            if table in _ANCESTORS and (first or "").startswith("anc"):
                continue
            if first == _BETWEEN or index["name"] in OTHER_INDEXES:
                continue
            assert first == "tenant_id", f"{index['name']} of {table} starts with {first}"


def test_every_foreign_key_between_tenant_tables_is_composite(inspector):
    for schema, table in tenant_tables(inspector):
        for key in inspector.get_foreign_keys(table, schema=schema):
            target = key["referred_table"]
            if target in _PLATFORM_TARGETS:
                continue
            assert key["constrained_columns"][0] == "tenant_id", f"{key['name']} of {table}"
            assert key["referred_columns"][0] == "tenant_id", f"{key['name']} of {table}"


def test_no_native_enum(superuser: psycopg.Connection):
    assert superuser.execute("SELECT typname FROM pg_type WHERE typtype = 'e'").fetchall() == []


def test_the_shared_path_has_no_gist_index(superuser: psycopg.Connection):
    rows = superuser.execute("SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'shared_%'").fetchall()
    assert not [definition for (definition,) in rows if "gist" in definition]


def test_no_trigger_counts_or_copies(superuser: psycopg.Connection):
    """Totals are the service's: a trigger would not distribute. Only the journal's lock is one."""
    rows = superuser.execute(
        "SELECT tgrelid::regclass::text, tgfoid::regproc::text FROM pg_trigger WHERE NOT tgisinternal"
    ).fetchall()
    assert {function for _, function in rows} <= {"refuse_change"}


def test_models_and_migrations_agree(owner, app):
    def include_name(name: str | None, kind: str, _parents: object) -> bool:
        return name in {None, "vault"} if kind == "schema" else True

    with owner.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_schemas": True, "include_name": include_name})
        differences = compare_metadata(context, db.metadata)
    assert differences == []


def test_head_file_names_the_newest_migration():
    """Two parallel migrations collide in git here, not in production."""
    newest = ScriptDirectory.from_config(alembic_config()).get_current_head()
    assert (MIGRATIONS / "HEAD").read_text().strip() == newest


def test_migrations_go_down_and_up_again(servers, make_database):
    owner_url = make_database(servers, "tiepdan_down_and_up").owner_url
    config = alembic_config(owner_url)
    command.downgrade(config, "base")
    command.upgrade(config, "head")


@pytest.mark.parametrize("statement", ["UPDATE event SET action = 'x'", "DELETE FROM event", "TRUNCATE event"])
def test_the_journal_refuses_change_even_to_the_superuser(superuser, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        superuser.execute(statement)


def test_the_application_role_may_change_no_journal_and_no_schema(database):
    with psycopg.connect(database.app_url, autocommit=True) as connection:
        for statement in ("UPDATE event SET action = 'x'", "DELETE FROM platform_event", "CREATE TABLE x (y int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM vault.person")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("INSERT INTO host (name, tenant_id) VALUES ('x', 1)")


def test_provision_role_reads_no_tenant_table(database, inspector):
    with psycopg.connect(database.owner_url, autocommit=True) as connection:
        connection.execute("SET ROLE tiepdan_provision")
        for schema, table in tenant_tables(inspector):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"SELECT 1 FROM {schema or 'public'}.{table}")


@pytest.mark.parametrize("role", ["tiepdan_data", "tiepdan_provision", "tiepdan_owner", "pg_read_all_data"])
def test_the_application_enters_no_role_that_sees_more(database, role):
    with psycopg.connect(database.app_url, autocommit=True) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(f"SET ROLE {role}")
        for step in ("tiepdan_vault", "tiepdan_sweep"):  # nor by a detour over the roles it may enter
            connection.execute(f"SET ROLE {step}")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"SET ROLE {role}")
            connection.execute("RESET ROLE")


def test_the_sweep_sees_when_a_clock_is_due_and_nothing_else(database, inspector):
    with psycopg.connect(database.app_url, autocommit=True) as connection:
        connection.execute("SET ROLE tiepdan_sweep")
        connection.execute("SELECT tenant_id, id, next_check_at FROM clock")
        for statement in (
            "SELECT subject_id FROM clock",
            "SELECT * FROM clock",
            "UPDATE clock SET next_check_at = now()",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
        connection.execute("SELECT peer_tenant_id FROM assignment_signal")  # for whom a signal waits, nothing of it
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT assignment_id FROM assignment_signal")
        connection.execute("SELECT tenant_id, next_at FROM plugin_event")  # whose events wait, nothing of them
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT facts FROM plugin_event")
        connection.execute("SELECT tenant_id, next_at FROM message")  # whose messages wait, nothing of them
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT person_id FROM message")
        for schema, table in tenant_tables(inspector):
            if table not in {"clock", "assignment_signal", "plugin_event", "message"}:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(f"SELECT 1 FROM {schema or 'public'}.{table}")


def test_the_vaults_role_reads_the_vault_of_the_tenant_in_scope_only(database, inspector, make_tenant):
    with psycopg.connect(database.app_url) as connection:
        connection.execute("SET ROLE tiepdan_vault")
        for schema, table in tenant_tables(inspector):
            if schema != "vault":
                with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                    connection.execute(f"SELECT 1 FROM {schema or 'public'}.{table}")
        assert connection.execute("SELECT count(*) FROM vault.person").fetchone() == (0,)
        connection.execute(f"SET LOCAL app.tenant_id = '{make_tenant().id}'")
        assert connection.execute("SELECT count(*) FROM vault.text").fetchone() == (0,)
