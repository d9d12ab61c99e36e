"""Bring a database to the newest schema."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from alembic import command
from alembic.config import Config

from tiepdan.operations.revision import MIGRATIONS

# Any number will do as long as it is always the same: two deployments must not migrate at once.
MIGRATION_LOCK = 7_301_000_215


def alembic_config(owner_url: str | None = None) -> Config:
    """Configure alembic without an ini file; env.py reads `sqlalchemy.url`."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.set_main_option("prepend_sys_path", str(MIGRATIONS))  # versions import `rls`
    if owner_url is not None:
        # alembic's options are a ConfigParser: a per cent sign of a quoted password starts a variable there.
        config.set_main_option("sqlalchemy.url", sqlalchemy_url(owner_url).replace("%", "%%"))
    return config


def sqlalchemy_url(url: str) -> str:
    """Name the driver in a plain PostgreSQL address."""
    return "postgresql+psycopg://" + url.split("://", 1)[1]


def upgrade(owner_url: str, revision: str = "head") -> None:
    """Run the migrations that are still missing, one deployment at a time.

    owner_url: plain address of the owner's role (postgresql://…).
    """
    with _alone(owner_url):
        command.upgrade(alembic_config(owner_url), revision)


@contextmanager
def _alone(owner_url: str) -> Iterator[None]:
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        yield  # the lock goes with the connection
