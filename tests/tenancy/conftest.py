"""Fixtures of tenancy: files on disk, and a database of its own for each test that provisions."""

import itertools
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest

from tiepdan.tenancy import provisioning
from tiepdan.tenancy.faults import InvalidFiles
from tiepdan.tenancy.province_file import read_provinces

DAY = date(2024, 6, 28)
REPOSITORY = Path(__file__).parents[2]
_numbers = itertools.count(1)

HEAD = """\
[province]
slug  = "lang-son"
code  = "20"
as_of = 2022-06-30
"""
# The province, the district Đình Lập (189) and its 12 communes.
SMALL = (
    HEAD
    + """
[[bodies]]
kind   = "party_committee"
levels = ["province"]

[[bodies]]
kind   = "party_committee"
levels = ["district", "commune"]
within = ["district/189"]
"""
)


@pytest.fixture
def head() -> str:
    """The [province] table of Lạng Sơn, to which a test adds its lines."""
    return HEAD


@pytest.fixture
def small() -> str:
    """Fourteen party committees: province, the district Đình Lập, its twelve communes."""
    return SMALL


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


type Write = Callable[..., Path]
type Apply = Callable[..., list[provisioning.Outcome]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a tenant.toml: write(text, "lang-son") -> its path."""

    def write(text: str, name: str = "lang-son") -> Path:
        path = tmp_path / name / "tenant.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def faults(write: Write) -> Callable[[str], list[str]]:
    """The faults of a file as lines, without the folder in front."""

    def faults(text: str) -> list[str]:
        path = write(text)
        with pytest.raises(InvalidFiles) as caught:
            read_provinces([path])
        return [str(fault).removeprefix(f"{path}") for fault in caught.value.faults]

    return faults


@pytest.fixture
def own_database(servers: object, database: object) -> Iterator[str]:
    """An empty migrated database; the owner's address."""
    name = f"{database.name}_tenancy_{next(_numbers)}"
    with psycopg.connect(servers.superuser_url, autocommit=True) as superuser:
        superuser.execute("SELECT pg_advisory_lock(42)")  # the template has one copier at a time
        superuser.execute(f'CREATE DATABASE "{name}" TEMPLATE template_tiepdan OWNER tiepdan_owner')
        superuser.execute("SELECT pg_advisory_unlock(42)")
        yield database.owner_url.replace(f"/{database.name}?", f"/{name}?")
        superuser.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def connection(own_database: str) -> Iterator[psycopg.Connection]:
    """The owner's connection; nothing but the role it enters may touch the tables."""
    with psycopg.connect(own_database, autocommit=True) as connection:
        yield connection


@pytest.fixture
def apply(write: Write, connection: psycopg.Connection) -> Apply:
    """Apply texts or paths: apply(SMALL, on=DAY) -> outcomes."""

    def apply(*files: str | Path, on: date = DAY) -> list[provisioning.Outcome]:
        paths = [file if isinstance(file, Path) else write(file) for file in files]
        return provisioning.apply(read_provinces(paths), connection, root_key=bytes(range(32)), on=on, actor="test")

    return apply
