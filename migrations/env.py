"""Alembic's way in. Migrations run as the owner, in one transaction each, with short timeouts."""

import os

import sqlalchemy as sa
from alembic import context

import tiepdan.app  # noqa: F401 - every slice's tables
from tiepdan.core.db import db

SCHEMAS = {None, "vault"}


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """Look at our schemas only."""
    return name in SCHEMAS if kind == "schema" else True


def run(connection: sa.Connection) -> None:
    """Run the migrations on a connection."""
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        include_schemas=True,
        include_name=include_name,
        transaction_per_migration=True,
        compare_type=True,
    )
    with context.begin_transaction():
        connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'; SET LOCAL statement_timeout = '5min'")
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    url = sa.make_url(context.config.get_main_option("sqlalchemy.url") or os.environ["DATABASE_OWNER_URL"])
    engine = sa.create_engine(url.set(drivername="postgresql+psycopg"), poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        run(connection)
