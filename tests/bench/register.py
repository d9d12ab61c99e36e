"""Registering petitions by the form, four clerks at once, against what PostgreSQL's own pgbench commits."""

import os
import re
import subprocess
from collections.abc import Callable
from statistics import median
from urllib.parse import urlencode
from uuid import uuid4

import psycopg

from tests.bench.figures import Figure
from tests.bench.ground import Ground, count
from tests.bench.installation import BUSINESS_DAY, Installation
from tests.bench.lists import staff_of
from tests.bench.load import MakeRequest, post, run_load
from tests.bench.rounds import alternate, paired_ratio, spread
from tests.bench.secrets import person_number
from tests.bench.servers import serve
from tests.bench.staff import Browser, hidden_fields
from tiepdan.core.scope import Scope
from tiepdan.embedded.postgres import BINARIES

CLIENTS, ROUNDS, SECONDS = 4, 7, 5.0
_CONTENT = "Đề nghị xem xét việc bồi thường khi thu hồi đất làm đường liên xã, hộ gia đình đã gửi đơn hai lần. " * 4
# Every registration must leave a row in each of these, and the job in the queue.
_WRITTEN = (
    "vault.person",
    "vault.text",
    "matter",
    "petition",
    "petition_step",
    "clock",
    "shared_state",
    "event",
    "form_token",
)


def measure_register(ground: Ground) -> list[Figure]:
    """Register over HTTP with session, CSRF and form token, four clerks in four communes; and pgbench -N -c 4."""
    database = ground.cases()
    clerks = ground.chosen(database).clerks
    seconds = ground.seconds(SECONDS)
    pgbench = prepare_pgbench(ground.installation, seconds)
    with serve("web", ground.installation.environ(database), ground.installation.folder) as web:
        crowd = [_form_of(staff_of(ground, database, web.port, scope), scope) for scope in clerks]
        same = [_form_of(staff_of(ground, database, web.port, clerks[0]), clerks[0]) for _ in range(CLIENTS)]
        before = {table: count(database, table) for table in _WRITTEN}
        checked = run_load(web.port, crowd, 1.0, status=303).answers + CLIENTS
        missing = {table: n for table, n in before.items() if count(database, table) - n < checked}
        if missing:
            raise RuntimeError(f"{checked} registrations left fewer rows in {', '.join(missing)}")
        sides: dict[str, Callable[[], float]] = {
            "register": lambda: run_load(web.port, crowd, seconds, status=303).rate,
            "pgbench": pgbench,
            "one_commune": lambda: run_load(web.port, same, seconds, status=303).rate,
        }
        for side in sides.values():
            side()
        found = alternate(sides, ROUNDS)
    ratio = paired_ratio(found, "register", "pgbench")
    detail: dict[str, object] = {f"{name}_per_s": spread(rates) for name, rates in found.items()}
    detail |= {
        "clients": CLIENTS,
        "pgbench": "-N -c 4, scale 10, same server",
        "petitions": count(database, "petition"),
    }
    return [
        Figure("register", "petitions registered by form, 4 clerks", "1/s", 150, "at least",
               median(found["register"]), detail),
        Figure("register_ratio", "the same / pgbench -N -c 4", "x", 0.05, "at least", ratio),
    ]  # fmt: skip


def prepare_pgbench(installation: Installation, seconds: float) -> Callable[[], float]:
    """Fill pgbench's tables on the same server; return what measures its transactions a second."""
    with_password = installation.postgres.superuser_url
    installation.drop("pgbench")
    with psycopg.connect(with_password, autocommit=True) as connection:
        connection.execute("CREATE DATABASE pgbench")
    parts = psycopg.conninfo.conninfo_to_dict(with_password)
    environ = {
        **os.environ, "PGHOST": str(parts["host"]), "PGPORT": str(parts["port"]), "PGUSER": str(parts["user"]),
        "PGPASSWORD": str(parts["password"]), "PGDATABASE": "pgbench",
    }  # fmt: skip

    def run(*words: str) -> str:
        command = [str(BINARIES / "pgbench"), *words]
        done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"pgbench failed: {done.stderr[-1000:]}")
        return done.stdout

    run("-i", "-q", "-s", "10")

    def rate() -> float:
        found = re.search(r"tps = ([0-9.]+)", run("-N", "-c", str(CLIENTS), "-T", str(round(seconds))))
        if found is None:
            raise RuntimeError("pgbench says no rate")
        return float(found[1])

    return rate


def _form_of(clerk: Browser, scope: Scope) -> MakeRequest:
    """Open the form once, then send it again and again, each time with a person and a token of its own."""
    path = f"/t/{scope.slug}/petitions/new"
    hidden = hidden_fields(clerk.get(path), "/petitions/new")
    cookie = clerk.cookie
    fields = {
        "csrf_token": hidden["csrf_token"], "origin": "desk", "received_on": BUSINESS_DAY, "people_count": "1",
        "content": _CONTENT, "kind": "complaint", "field": "land",
    }  # fmt: skip
    fixed = urlencode(fields).encode()

    def make(number: int) -> bytes:
        person = person_number(number)
        varied = {
            "_token": str(uuid4()), "people-0-full_name": person.full_name, "people-0-address": person.address,
            "people-0-id_kind": person.id_kind, "people-0-id_number": person.id_number, "people-0-phone": person.phone,
        }  # fmt: skip
        return post(path, fixed + b"&" + urlencode(varied).encode(), Cookie=cookie)

    return make
