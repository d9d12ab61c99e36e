"""The sweep: the same thousand due clocks among three million clocks, and among thirty thousand."""

from collections.abc import Callable

import psycopg
from flask import Flask

from tests.bench.figures import Figure
from tests.bench.ground import SWEPT_TENANTS, Ground, count
from tests.bench.installation import BUSINESS_DAY, Database
from tests.bench.rounds import alternate, paired_ratio, seconds_of, spread
from tiepdan.core.db import db
from tiepdan.core.jobs import connection
from tiepdan.core.scope import PlatformScope, Scope, enter
from tiepdan.escalation.jobs import check_clocks
from tiepdan.escalation.sweep import send_checks
from tiepdan.worker import run_in_context

PER_TENANT = 10
DUE = SWEPT_TENANTS * PER_TENANT
ROUNDS = 5

# The clocks of the youngest open petitions fall due on the business day, whatever earlier rounds did to them.
_FALL_DUE = """
WITH chosen AS (
    SELECT id, tenant_id, row_number() OVER (PARTITION BY tenant_id ORDER BY id DESC) AS place
      FROM clock WHERE tenant_id = ANY(%(tenants)s) AND state = 'open' AND subject_type = 'petition'
)
UPDATE clock SET due_on = %(day)s::date - 1, checked_on = %(day)s::date - 1, next_check_at = %(day)s::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
  FROM chosen WHERE clock.tenant_id = chosen.tenant_id AND clock.id = chosen.id AND place <= %(per_tenant)s
"""


def measure_sweep(ground: Ground) -> list[Figure]:
    """Time a whole pass: find the tenants, send their jobs, run them."""
    sides: dict[str, Callable[[], float]] = {}
    finding: dict[str, list[float]] = {}
    sizes: dict[str, object] = {}
    for name, database in {"many": ground.cases(), "few": ground.few_cases()}.items():
        app, swept = ground.app(database), ground.chosen(database).swept
        finding[name] = []
        sides[name] = _pass_over(app, database, swept, finding[name])
        sizes[f"{name}_clocks"] = count(database, "clock")
        sizes[f"{name}_open_clocks"] = count(database, "clock", "state = 'open'")
    alternate(sides, 1)
    for times in finding.values():
        times.clear()
    found = alternate(sides, ROUNDS)
    detail: dict[str, object] = {f"{name}_s": spread(times) for name, times in found.items()}
    detail |= {f"{name}_finding_s": spread(times) for name, times in finding.items()} | sizes
    detail |= {"due": DUE, "tenants": SWEPT_TENANTS}
    return [
        Figure("sweep", "1,000 due clocks among all / among 30,000", "x", 1.5, "at most",
               paired_ratio(found, "many", "few"), detail),
    ]  # fmt: skip


def _pass_over(app: Flask, database: Database, swept: tuple[Scope, ...], finding: list[float]) -> Callable[[], float]:
    def run() -> float:
        _fall_due(database, swept)
        with app.app_context():
            connection().flushdb()  # a run that was cut short left its claims
            finding.append(seconds_of(_send))
            total = finding[-1] + seconds_of(lambda: _work(swept))
        _check(database, swept)
        return total

    def _send() -> None:
        with enter(PlatformScope()):
            sent = send_checks()
            db.session.remove()
        if not {one.tenant_id for one in swept} <= set(sent):
            raise RuntimeError(f"{len(sent)} tenants were found due, expected {len(swept)}")

    return run


def _work(swept: tuple[Scope, ...]) -> None:
    """Run the jobs in this process: the queue's own cost is the same on both sides."""
    for scope in swept:
        run_in_context(check_clocks.name, scope.tenant_id, [])


def _fall_due(database: Database, swept: tuple[Scope, ...]) -> None:
    tenants = [scope.tenant_id for scope in swept]
    with psycopg.connect(database.superuser_url, autocommit=True) as superuser:
        superuser.execute("SET session_replication_role = replica")  # marks are kept for ever; not here
        for table in ("escalation_step", "clock_mark", "escalation"):
            superuser.execute(f"DELETE FROM {table} WHERE tenant_id = ANY(%s)", [tenants])
        values = {"tenants": tenants, "day": BUSINESS_DAY, "per_tenant": PER_TENANT}
        changed = superuser.execute(_FALL_DUE, values).rowcount
        if changed != DUE:
            raise RuntimeError(f"{changed} clocks fell due, expected {DUE}")
        superuser.execute("VACUUM (ANALYZE) clock, clock_mark, escalation")


def _check(database: Database, swept: tuple[Scope, ...]) -> None:
    tenants = ", ".join(str(scope.tenant_id) for scope in swept)
    today = f"next_check_at < ('{BUSINESS_DAY}'::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'"
    left = count(database, "clock", f"tenant_id IN ({tenants}) AND state = 'open' AND {today}")
    marks = count(database, "clock_mark", f"tenant_id IN ({tenants})")
    if left or marks < DUE:
        raise RuntimeError(f"after the sweep {left} clocks are still due and {marks} marks were made")
