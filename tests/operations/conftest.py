"""Fixtures for the operator's commands."""

import base64
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOT_KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture
def good_environ(tmp_path: Path) -> dict[str, str]:
    """An environment that production starts with."""
    return {
        "DATABASE_URL": "postgresql://tiepdan_app:8uZq4vTt1w@db/tiepdan",
        "DATABASE_OWNER_URL": "postgresql://tiepdan_owner:Lw0pX2fKq9@db/tiepdan",
        "REDIS_URL": "redis://queue:6379/0",
        "TIEPDAN_SECRET_KEY": secrets.token_urlsafe(48),
        "TIEPDAN_ROOT_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "TIEPDAN_ATTACHMENTS": str(tmp_path / "attachments"),
    }


@pytest.fixture
def scratch_database(servers, database) -> Iterator[Callable[[str, str], str]]:
    """A migrated database that a test may damage; gives the address for a role."""
    name = f"scratch_{os.getpid()}_{secrets.token_hex(4)}"
    with psycopg.connect(servers.superuser_url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(42)")
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template_tiepdan OWNER tiepdan_owner')
        connection.execute(f"ALTER DATABASE \"{name}\" SET timezone TO 'UTC'")

    def url(role: str) -> str:
        known = {"postgres": database.superuser_url, "owner": database.owner_url, "app": database.app_url}
        return known[role].replace(f"/{database.name}?", f"/{name}?")

    yield url
    with psycopg.connect(servers.superuser_url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def doctor_environ(scratch_database, settings, tmp_path: Path) -> dict[str, str]:
    """What `tiepdan doctor` reads, for a healthy installation."""
    return {
        "DATABASE_URL": scratch_database("app"),
        "DATABASE_OWNER_URL": scratch_database("owner"),
        "REDIS_URL": settings.redis_url,
        "TIEPDAN_SECRET_KEY": secrets.token_urlsafe(48),
        "TIEPDAN_ROOT_KEY": ROOT_KEY,
        "TIEPDAN_ATTACHMENTS": str(tmp_path / "attachments"),
        "TIEPDAN_ENVIRONMENT": "test",
        "TIEPDAN_CLOCK": "2024-06-28",
    }
