"""Provisioning: the nation from its files, and one commune more."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import psycopg

from tests.bench.figures import Figure
from tests.bench.installation import ROOT_KEY, Database, Installation
from tests.bench.nation import AS_OF, count_bodies, write_province
from tests.bench.rounds import alternate, paired_ratio, seconds_of, spread
from tiepdan.tenancy import provisioning
from tiepdan.tenancy.province_file import read_provinces

# What django-tenants 4.0 needs for one tenant of nine small tables, measured on the same kind of machine.
SCHEMA_PER_TENANT_SECONDS = 0.25
ROUNDS = 21


def apply_files(installation: Installation, database: Database, paths: Sequence[Path]) -> float:
    """Run `tiepdan tenants apply FILES` as an administrator would; return its seconds, start-up included."""
    command = [sys.executable, "-c", "from tiepdan.cli import main; main()", "tenants", "apply", "--yes"]
    command += map(str, paths)

    def run() -> None:
        done = subprocess.run(command, env=installation.environ(database), capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"tenants apply failed: {done.stderr[-2000:]}")

    seconds = seconds_of(run)
    with database.as_data() as connection:
        stored = connection.execute("SELECT count(*) FROM tenant").fetchone()[0]
    if stored != (bodies := count_bodies(paths)):
        raise RuntimeError(f"{bodies} bodies in the files, {stored} in the database")
    return seconds


def judge_nation(seconds: float, paths: Sequence[Path]) -> list[Figure]:
    """Judge how long all provinces took, from files into an empty, migrated database, by the whole command."""
    bodies = count_bodies(paths)
    rate = bodies / seconds * SCHEMA_PER_TENANT_SECONDS
    detail: dict[str, object] = {"bodies": bodies, "provinces": len(paths), "command": "tiepdan tenants apply"}
    return [
        Figure("provision", "the nation from files, whole command", "s", 20, "at most", seconds, detail),
        Figure("provision_rate", "tenants in the 0.25 s a schema needs for one", "tenants", 100, "at least", rate),
    ]


def measure_one_more(installation: Installation, nation: Database) -> list[Figure]:
    """Add one commune to a database that holds the nation, and to an empty one, by files of the same kind."""
    empty = installation.fresh_database("empty")
    numbers = iter(range(1, 10_000))
    with nation.as_data() as data:
        held = data.execute("SELECT count(*) FROM tenant").fetchone()[0]
    with (
        psycopg.connect(nation.owner_url, autocommit=True) as full,
        psycopg.connect(empty.owner_url, autocommit=True) as bare,
    ):

        def add_to(database: Database, connection: psycopg.Connection) -> Callable[[], float]:
            def add() -> float:
                _forget_additions(database)
                path = _one_commune(installation.folder / "files", next(numbers))
                return seconds_of(lambda: _apply(path, connection))

            return add

        sides = {"nation": add_to(nation, full), "empty": add_to(empty, bare)}
        alternate(sides, 3)
        found = alternate(sides, ROUNDS)
    _forget_additions(nation)
    detail: dict[str, object] = {f"{side}_ms": spread([value * 1000 for value in all_]) for side, all_ in found.items()}
    detail["tenants"] = held
    ratio = paired_ratio(found, "nation", "empty")
    return [Figure("one_more", "one commune more: nation stored / nothing stored", "x", 1.5, "at most", ratio, detail)]


def _apply(path: Path, connection: psycopg.Connection) -> None:
    outcomes = provisioning.apply(read_provinces([path]), connection, root_key=ROOT_KEY, on=AS_OF, actor="bench")
    if outcomes[0].error or outcomes[0].counts.get("create") != 1:
        raise RuntimeError(f"one commune was not added: {outcomes[0]}")


def _one_commune(folder: Path, number: int) -> Path:
    body = f"""\
[[body]]
slug = "them-mot-xa-{number}"
name = "Đảng ủy xã thêm {number}"
kind = "party_committee"
unit = "commune/06214"
root = true
"""
    return write_province(folder, f"them-{number}", "20", body)


def _forget_additions(database: Database) -> None:
    """Take the communes that were added away again."""
    with database.as_data() as connection:
        gone = "(SELECT id FROM tenant WHERE slug LIKE 'them-mot-xa-%')"
        connection.execute(f"DELETE FROM tenant_key WHERE tenant_id IN {gone}")
        connection.execute("DELETE FROM tenant WHERE slug LIKE 'them-mot-xa-%'")
        connection.execute("DELETE FROM province WHERE slug LIKE 'them-%'")
