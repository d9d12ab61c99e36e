"""The servers of a bench: PostgreSQL and Valkey as the demo runs them, in one folder, and databases in them."""

import base64
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import psycopg

from tiepdan.config import Settings, load_settings
from tiepdan.embedded import EmbeddedPostgres, EmbeddedValkey, create_roles_and_database
from tiepdan.embedded.postgres import FAST
from tiepdan.operations import metrics
from tiepdan.operations.migrate import upgrade

ROOT_KEY = bytes(range(1, 33))
BUSINESS_DAY = "2024-06-28"
_PASSWORDS = {"tiepdan_owner": "owner of the bench", "tiepdan_app": "application of the bench"}


@dataclass(frozen=True, slots=True)
class Database:
    """A migrated database, with an address for each role that signs in."""

    name: str
    owner_url: str
    app_url: str
    superuser_url: str

    @contextmanager
    def as_data(self) -> Iterator[psycopg.Connection]:
        """Connect as the owner and become tiepdan_data, which row-level security does not hold."""
        with psycopg.connect(self.owner_url, autocommit=True) as connection:
            connection.execute("SET ROLE tiepdan_data")
            yield connection


class Installation:
    """PostgreSQL and Valkey below one folder, fsync on, and the environment of the platform's processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.postgres = EmbeddedPostgres(folder / "postgres", durable=True)
        self.valkey = EmbeddedValkey(folder / "valkey", durable=True)

    def start(self) -> None:
        """Start both servers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.postgres.start()
        self.valkey.start()

    def stop(self) -> None:
        """Stop both servers."""
        self.valkey.stop()
        self.postgres.stop()

    @contextmanager
    def hasty(self) -> Iterator[None]:
        """Run PostgreSQL without durability for the block: seeding only. Nothing may be measured inside."""
        self.postgres.stop()
        haste = FAST | {"maintenance_work_mem": "512MB", "max_parallel_maintenance_workers": "2", "work_mem": "64MB"}
        durable, self.postgres = self.postgres, EmbeddedPostgres(self.folder / "postgres", settings=haste)
        self.postgres.start()
        try:
            yield
        finally:
            with psycopg.connect(self.postgres.superuser_url, autocommit=True) as connection:
                connection.execute("CHECKPOINT")
            self.postgres.stop()
            self.postgres = durable.start()

    def version(self) -> str:
        """Return the version of PostgreSQL."""
        with psycopg.connect(self.postgres.superuser_url) as connection:
            return str(connection.execute("SHOW server_version").fetchone()[0])

    def database(self, name: str) -> Database:
        """Name a database."""
        return Database(
            name,
            self.postgres.url(name, "tiepdan_owner", _PASSWORDS["tiepdan_owner"]),
            self.postgres.url(name, "tiepdan_app", _PASSWORDS["tiepdan_app"]),
            self.postgres.superuser_url.replace("/postgres?", f"/{name}?"),
        )

    def fresh_database(self, name: str) -> Database:
        """Make a database anew, migrated and empty."""
        self.drop(name)
        create_roles_and_database(self.postgres.superuser_url, name, _PASSWORDS)
        made = self.database(name)
        upgrade(made.owner_url)
        return made

    def drop(self, name: str) -> None:
        """Forget a database."""
        with psycopg.connect(self.postgres.superuser_url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def environ(self, database: Database) -> dict[str, str]:
        """Return the environment of the platform's processes: that of `make demo`."""
        numbers = self.folder / "metrics"
        metrics.empty_folder(numbers)
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("TIEPDAN_")},
            "DATABASE_URL": database.app_url,
            "DATABASE_OWNER_URL": database.owner_url,
            # One queue per database: the tenants of both have the same numbers.
            "REDIS_URL": self.valkey.database_url(crc32(database.name.encode()) % 64),
            "TIEPDAN_SECRET_KEY": "Speed-is-measured-with-this-0123456789abcdef",
            "TIEPDAN_ROOT_KEY": base64.b64encode(ROOT_KEY).decode(),
            "TIEPDAN_ENVIRONMENT": "demo",
            "TIEPDAN_CLOCK": BUSINESS_DAY,
            "TIEPDAN_ATTACHMENTS": str(self.folder / "attachments"),
            "TIEPDAN_METRICS_PORT": "0",
            metrics.FOLDER_VARIABLE: str(numbers),
        }

    def settings(self, database: Database) -> Settings:
        """Return the same as settings, for an application inside the bench."""
        return load_settings(self.environ(database))
