"""Row-level security against a filter written by hand: the same queries, the same rows, one connection each."""

import random

import psycopg

from tests.bench.figures import Figure
from tests.bench.installation import BUSINESS_DAY, Database
from tests.bench.rounds import alternate, paired_ratio, seconds_of, spread

_LIST = (
    "SELECT id, code, register_number, received_on, kind, field, status, due_on, handler_id, people_count, lead_person_id"
    " FROM petition {where} ORDER BY received_on DESC, id DESC LIMIT 50"
)
_TOTALS = "SELECT kind, status, count(*) FROM petition {where} GROUP BY kind, status"
_OVERDUE = f"SELECT count(*) FROM petition {{where}} {{and_}} due_on < '{BUSINESS_DAY}'"
ROUNDS, TIMES = 15, 60


def measure_fence(database: Database) -> list[Figure]:
    """Ask as the application under row-level security, and as tiepdan_data with WHERE tenant_id = …"""
    with database.as_data() as connection:
        found = connection.execute(
            "SELECT tenant_id, count(*) FROM petition GROUP BY tenant_id HAVING count(*) BETWEEN 50 AND 1000 ORDER BY 1"
        ).fetchall()
    if not found:
        raise RuntimeError("no tenant holds between 50 and 1,000 cases")
    tenants = random.Random(20).sample([tenant_id for tenant_id, _ in found], min(60, len(found)))
    figures, detail = {}, {}
    with psycopg.connect(database.app_url) as fenced, psycopg.connect(database.owner_url) as free:
        free.execute("SET ROLE tiepdan_data")
        free.commit()
        for name, query in {"list": _LIST, "totals": _TOTALS, "overdue": _OVERDUE}.items():
            by_policy = query.format(where="", and_="WHERE")
            by_hand = query.format(where="WHERE tenant_id = %(tenant)s", and_="AND")
            if _rows(fenced, by_policy, tenants[0]) != _rows(free, by_hand, tenants[0]):
                raise RuntimeError(f"{name}: the two sides see different rows")
            sides = {
                "policy": lambda sql=by_policy: seconds_of(lambda: _ask(fenced, sql, tenants)),
                "hand": lambda sql=by_hand: seconds_of(lambda: _ask(free, sql, tenants)),
            }
            alternate(sides, 2)
            measured = alternate(sides, ROUNDS)
            figures[name] = paired_ratio(measured, "policy", "hand")
            detail[name] = {
                side: [round(v / TIMES * 1000, 4) for v in spread(values)] for side, values in measured.items()
            }
    worst = max(figures.values())
    return [Figure("fence", "row-level security / filter by hand, the worst of three queries", "x", 1.10, "at most", worst, {
        "ratios": {name: round(value, 3) for name, value in figures.items()}, "ms_a_query": detail, "tenants": len(tenants)})]  # fmt: skip


def _ask(connection: psycopg.Connection, query: str, tenants: list[int]) -> None:
    for number in range(TIMES):
        _rows(connection, query, tenants[number % len(tenants)])


def _rows(connection: psycopg.Connection, query: str, tenant: int) -> list[tuple[object, ...]]:
    """Ask in a transaction that binds the tenant, on both sides: only the filter differs."""
    with connection.transaction():
        connection.execute(f"SET LOCAL app.tenant_id = '{tenant}'; SET LOCAL app.tenant_path = 't{tenant}'")
        return sorted(
            connection.execute(query, {"tenant": tenant} if "%(tenant)s" in query else None).fetchall(), key=str
        )
