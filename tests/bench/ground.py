"""What the benches stand on, made when the first of them asks: the nation's tenants, and its cases."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from flask import Flask

from tests.bench.cases import write_cases
from tests.bench.installation import Database, Installation
from tests.bench.nation import write_nation
from tests.bench.provision import apply_files
from tests.bench.secrets import encrypt_tenant
from tiepdan.app import create_app
from tiepdan.core.db import db
from tiepdan.core.scope import Scope, enter
from tiepdan.deadlines.service import calendar_of_tenant
from tiepdan.embedded.postgres import ROLES_SQL

CASES = 3_000_000
FEW_CASES = 30_000
COMMUNE_CASES = 300
# The sweep looks at ten clocks of each of a hundred communes; eighty cases leave enough of them open.
SWEPT_TENANTS, SWEPT_CASES = 100, 80


@dataclass(frozen=True, slots=True)
class Chosen:
    """The tenants that are measured, the same ones in every database.

    commune: keeps an average number of cases. clerks: four communes that register. swept: have clocks that come due.
    """

    commune: Scope
    province: Scope
    clerks: tuple[Scope, ...]
    swept: tuple[Scope, ...]


class Ground:
    """Databases by name, each made once."""

    def __init__(self, installation: Installation, scale: float, say: Callable[[str], None]) -> None:
        self.installation = installation
        self.scale = scale
        self.say = say
        self.files = write_nation(installation.folder / "files")
        self.provision_seconds: float | None = None
        self._apps: dict[str, Flask] = {}
        self._stamps = installation.folder / "ground.json"

    def seconds(self, whole: float) -> float:
        """Return how long a round lasts: shorter where the run is shrunk anyway."""
        return whole if self.scale >= 0.5 else max(1.0, whole / 3)

    def nation(self) -> Database:
        """Return the database in which the nation is provisioned, perhaps with its cases."""
        return self._provisioned("nation")

    def cases(self) -> Database:
        """Return the nation with all its cases (3 million at SCALE=1)."""
        return self._filled("nation", int(CASES * self.scale))

    def few_cases(self) -> Database:
        """Return the nation with 30,000 cases in all."""
        return self._filled("few", FEW_CASES)

    def app(self, database: Database) -> Flask:
        """Return an application of this process on a database."""
        if database.name not in self._apps:
            self._apps[database.name] = create_app(self.installation.settings(database))
        return self._apps[database.name]

    def chosen(self, database: Database) -> Chosen:
        """Choose the tenants, all of one province."""
        with database.as_data() as connection:
            rows = connection.execute(
                "SELECT id, slug, path::text, level FROM tenant WHERE province_id ="
                " (SELECT id FROM province WHERE slug = 'lang-son') ORDER BY nlevel(path), unit_code"
            ).fetchall()
        scopes = {level: [Scope(*row[:3]) for row in rows if row[3] == level] for level in ("province", "commune")}
        communes = scopes["commune"]
        return Chosen(communes[0], scopes["province"][0], tuple(communes[1:5]), tuple(communes[5 : 5 + SWEPT_TENANTS]))

    def _provisioned(self, name: str) -> Database:
        stamp = {"schema": schema_digest()}
        if self._stamped(name, stamp):
            return self.installation.database(name)
        database = self.installation.fresh_database(name)
        self.say(f"{name}: provisioning from {len(self.files)} files")
        seconds = apply_files(self.installation, database, self.files)
        if name == "nation":
            self.provision_seconds = seconds
        self._stamp(name, stamp)
        return database

    def _filled(self, name: str, total: int) -> Database:
        database = self._provisioned(name)
        stamp = {"schema": schema_digest(), "cases": total}
        if self._stamped(f"{name}.cases", stamp):
            return database
        chosen = self.chosen(database)
        fixed = {chosen.commune.tenant_id: COMMUNE_CASES} | {one.tenant_id: SWEPT_CASES for one in chosen.swept}
        began = time.monotonic()
        calendar = self._calendar(database, chosen.commune)
        self._apps.clear()
        with self.installation.hasty():
            database = self.installation.database(name)
            write_cases(database, total, fixed, calendar, lambda text: self.say(f"{name}: {text}"))
            encrypt_tenant(database, chosen.commune.tenant_id)
        self.say(f"{name}: {total:,} cases in {time.monotonic() - began:.0f} s")
        self._stamp(f"{name}.cases", stamp)
        return database

    def _calendar(self, database: Database, scope: Scope) -> str:
        with self.app(database).app_context(), enter(scope):
            version = calendar_of_tenant().version
            db.session.remove()
            db.engine.dispose()
        return version

    def _stamped(self, name: str, stamp: dict[str, object]) -> bool:
        return bool(self._read().get(name) == stamp)

    def _stamp(self, name: str, stamp: dict[str, object]) -> None:
        self._stamps.write_text(json.dumps(self._read() | {name: stamp}))

    def _read(self) -> dict[str, dict[str, object]]:
        return json.loads(self._stamps.read_text()) if self._stamps.exists() else {}


def count(database: Database, table: str, where: str = "true") -> int:
    """Count the rows of a table, whoever owns them."""
    with database.as_data() as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0])


def schema_digest() -> str:
    """Digest the migrations: a kept folder is of use only while they are the same."""
    files = sorted(ROLES_SQL.parent.rglob("*.py"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
