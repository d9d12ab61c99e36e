"""The SQL that fences a table: row-level security, forced, and the grants of each database role.

Policies are plain comparisons with a setting: no sub-select (a Citus cluster refuses it), no function of ours.
A missing setting is NULL, so it shows no rows.
"""

import sqlalchemy as sa
from alembic import op

OWN = "tenant_id = nullif(current_setting('app.tenant_id', true), '')::int"
PEER = "peer_tenant_id = nullif(current_setting('app.tenant_id', true), '')::int"
OWN_PATH = "path = nullif(current_setting('app.tenant_path', true), '')::ltree"
BELOW = "path <@ nullif(current_setting('app.tenant_path', true), '')::ltree"
MINE = "account_id = nullif(current_setting('app.account_id', true), '')::uuid"


class Ltree(sa.types.UserDefinedType[str]):
    """PostgreSQL's ltree in a column of a migration."""

    cache_ok = True

    def get_col_spec(self, **_options: object) -> str:
        return "ltree"


def fence(table: str, *, grants: str = "SELECT, INSERT, UPDATE, DELETE", check: str = OWN) -> None:
    """Show and take only the rows of the tenant in scope."""
    _force(table)
    op.execute(f"CREATE POLICY own ON {table} USING ({OWN}) WITH CHECK ({check})")
    op.execute(f"GRANT {grants} ON {table} TO tiepdan_app")
    op.execute(f"GRANT ALL ON {table} TO tiepdan_data")


def fence_journal(table: str) -> None:
    """Fence a table that only grows."""
    fence(table, grants="SELECT, INSERT")
    freeze(table)


def freeze(table: str) -> None:
    """Refuse UPDATE, DELETE and TRUNCATE to everyone, owner and backfill role included."""
    op.execute("""
        CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
        END $$
    """)
    op.execute(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def fence_vault(table: str) -> None:
    """Fence a table of the vault: only its own role comes near, and a sealed row must be named to be read."""
    _force(table)
    unsealed = "(NOT sealed OR id = nullif(current_setting('app.unseal_id', true), '')::uuid)"
    op.execute(f"CREATE POLICY own_read ON {table} FOR SELECT USING ({OWN} AND {unsealed})")
    op.execute(f"CREATE POLICY own_insert ON {table} FOR INSERT WITH CHECK ({OWN})")
    op.execute(f"CREATE POLICY own_update ON {table} FOR UPDATE USING ({OWN}) WITH CHECK ({OWN})")
    op.execute(f"CREATE POLICY own_delete ON {table} FOR DELETE USING ({OWN})")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO tiepdan_vault")
    op.execute(f"GRANT ALL ON {table} TO tiepdan_data")


def fence_between(table: str, *, grants: str = "SELECT, INSERT") -> None:
    """Fence a table between two tenants: the sender writes, both read."""
    _force(table)
    op.execute(f"CREATE POLICY own ON {table} USING ({OWN}) WITH CHECK ({OWN})")
    op.execute(f"CREATE POLICY peer ON {table} FOR SELECT USING ({PEER})")
    op.execute(f"GRANT {grants} ON {table} TO tiepdan_app")
    op.execute(f"GRANT ALL ON {table} TO tiepdan_data")


def fence_steps(table: str) -> None:
    """Fence the history of a thing between two tenants: both read it, each adds rows as its own side only.

    `tenant_id` is the thing's sender on every row, so that the foreign key to the thing carries it.
    """
    _force(table)
    op.execute(f"CREATE POLICY own ON {table} FOR SELECT USING ({OWN})")
    op.execute(f"CREATE POLICY peer ON {table} FOR SELECT USING ({PEER})")
    op.execute(f"CREATE POLICY own_insert ON {table} FOR INSERT WITH CHECK ({OWN} AND side = 'sender')")
    op.execute(f"CREATE POLICY peer_insert ON {table} FOR INSERT WITH CHECK ({PEER} AND side = 'receiver')")
    op.execute(f"GRANT SELECT, INSERT ON {table} TO tiepdan_app")
    op.execute(f"GRANT ALL ON {table} TO tiepdan_data")


def fence_shared(table: str) -> None:
    """Fence a table that ancestors read: the owner writes under its own path, superiors only look."""
    fence(table, check=f"{OWN} AND {OWN_PATH}")
    op.execute(f"CREATE POLICY below ON {table} FOR SELECT USING ({BELOW})")


def open_own_rows(table: str) -> None:
    """Let a person find their own rows in every tenant (second, select-only policy)."""
    op.execute(f"CREATE POLICY mine ON {table} FOR SELECT USING ({MINE})")


def platform(table: str, *, app: str = "SELECT", provision: str = "") -> None:
    """Grant a platform table: what the application may, and what provisioning may."""
    op.execute(f"GRANT {app} ON {table} TO tiepdan_app")
    if provision:
        op.execute(f"GRANT {provision} ON {table} TO tiepdan_provision")
    op.execute(f"GRANT ALL ON {table} TO tiepdan_data")


def _force(table: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
