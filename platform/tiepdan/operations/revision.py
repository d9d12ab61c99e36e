"""Where a database's schema stands, and where this code wants it, without starting the migration machinery."""

import psycopg

from tiepdan.embedded.postgres import ROLES_SQL

MIGRATIONS = ROLES_SQL.parent


def head_revision() -> str:
    """Return the newest revision this code knows: the head file, which two parallel migrations would both change."""
    return (MIGRATIONS / "HEAD").read_text().strip()


def current_revision(connection: psycopg.Connection) -> str | None:
    """Return the revision a database is at; None if it was never migrated or may not be read."""
    try:
        with connection.transaction():
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except (psycopg.errors.UndefinedTable, psycopg.errors.InsufficientPrivilege):
        return None
    return row[0] if row else None
