"""A commune's cases as a page and as JSON against a bare endpoint; a province's view of its subtree."""

import re
from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode
from uuid import uuid4

from tests.bench.figures import Figure
from tests.bench.ground import Ground, count
from tests.bench.installation import BUSINESS_DAY, Database
from tests.bench.load import get, run_load
from tests.bench.rounds import alternate, paired_ratio, spread
from tests.bench.servers import serve, serve_bare
from tests.bench.staff import Browser, hire, sign_in
from tiepdan.api.keys import make_key
from tiepdan.core.actor import Actor
from tiepdan.core.db import db, transaction
from tiepdan.core.scope import Scope, enter
from tiepdan.identity.permissions import Role

CLIENTS, ROUNDS, SECONDS = 8, 7, 4.0
_LINK = re.compile(r"/petitions/([0-9a-f]{8}-[0-9a-f-]{27})\b")


def measure_lists(ground: Ground) -> list[Figure]:
    """Compare rates: the platform's page, its JSON, and the bare endpoint, all with eight clients."""
    database = ground.cases()
    commune = ground.chosen(database).commune
    environ = ground.installation.environ(database)
    folder, seconds = ground.installation.folder, ground.seconds(SECONDS)
    with serve("web", environ, folder) as web, serve_bare(environ, folder) as bare:
        officer = staff_of(ground, database, web.port, commune)
        path = f"/t/{commune.slug}/petitions/"
        names = check_page(officer.get(path))
        bare_request = get(f"/cases/{commune.tenant_id}/{commune.path}")
        page_request = get(path, Cookie=officer.cookie)
        sides: dict[str, Callable[[], float]] = {
            "bare": lambda: _rate(bare.port, bare_request, seconds),
            "html": lambda: _rate(web.port, page_request, seconds),
        }
        key = api_key(ground, database, commune)
        json_request = get(f"/t/{commune.slug}/api/v1/petitions", Authorization=f"Bearer {key}")
        sides["api"] = lambda: _rate(web.port, json_request, seconds)
        for side in sides.values():
            side()
        found = alternate(sides, ROUNDS)
    detail: dict[str, object] = {f"{side}_per_s": spread(rates) for side, rates in found.items()}
    detail |= {"cases": count(database, "petition"), "rows": 50, "names": names, "clients": CLIENTS}
    return [
        Figure("list_html", "a commune's list as a page / bare Flask + psycopg", "x", 0.25, "at least",
               paired_ratio(found, "html", "bare"), detail),
        Figure("list_api", "GET /api/v1/petitions / bare Flask + psycopg", "x", 0.4, "at least",
               paired_ratio(found, "api", "bare")),
    ]  # fmt: skip


def measure_below(ground: Ground) -> list[Figure]:
    """Compare whole requests of one client: a province's page over its subtree, a commune's list of its own."""
    database = ground.cases()
    chosen = ground.chosen(database)
    with serve("web", ground.installation.environ(database), ground.installation.folder) as web:
        officer = staff_of(ground, database, web.port, chosen.commune)
        superior = staff_of(ground, database, web.port, chosen.province)
        own = f"/t/{chosen.commune.slug}/petitions/"
        below = f"/t/{chosen.province.slug}/below/"
        filters = rare_filters(database, chosen.province.tenant_id)
        check_page(officer.get(own))
        requests = {"commune": get(own, Cookie=officer.cookie), "all": get(below, Cookie=superior.cookie)}
        for name, words in filters.items():
            requests[name] = get(f"{below}?{urlencode(words)}", Cookie=superior.cookie)
        sides = {name: _latency(web.port, request, ground.seconds(SECONDS / 2)) for name, request in requests.items()}
        for side in sides.values():
            side()
        found = alternate(sides, ROUNDS)
    ratios = {name: paired_ratio(found, name, "commune") for name in requests if name != "commune"}
    rarest = max((name for name in filters if name.startswith("rarest")), key=lambda name: ratios[name])
    detail: dict[str, object] = {f"{name}_ms": spread([v * 1000 for v in values]) for name, values in found.items()}
    detail |= {"ratios": {name: round(ratio, 3) for name, ratio in ratios.items()}, "filters": filters}
    detail["subtree"] = count(database, "shared_case", f"anc1_id = {chosen.province.tenant_id}")
    return [
        Figure("below_all", "a province's page over its subtree / a commune's list", "x", 3, "at most", ratios["all"], detail),
        Figure("below_rarest", f"the same with the rarest filter ({rarest})", "x", 3, "at most", ratios[rarest]),
    ]  # fmt: skip


def staff_of(ground: Ground, database: Database, port: int, scope: Scope) -> Browser:
    """Hire a petition officer and sign them in."""
    login = f"officer-{uuid4().hex[:12]}"
    hire(ground.app(database), scope, login, Role.PETITION_OFFICER)
    return sign_in(port, login, scope.slug)


def check_page(page: str) -> int:
    """Make sure that the page is what is to be measured: 50 cases with decrypted names. Returns how many names."""
    found = len(set(_LINK.findall(page)))
    names = len(
        re.findall(r"(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Vi|Nông|Lương|Hà|Đặng) (?:Văn|Thị|Đức|Ngọc|Minh|Thanh) \w+", page)
    )
    if found < 50 or names < 35:  # those of denunciations are sealed
        raise RuntimeError(f"the list shows {found} cases and {names} names")
    return names


def api_key(ground: Ground, database: Database, scope: Scope) -> str:
    """Make a key of the tenant, as its administrator would."""
    actor = Actor(None, "bench", frozenset(), frozenset({"keys.manage"}), scope.tenant_id)
    with ground.app(database).app_context(), enter(scope):
        try:
            with transaction():
                return make_key("đo tốc độ", expires_on=None, actor=actor, on=date.fromisoformat(BUSINESS_DAY)).secret
        finally:
            db.session.remove()


def rare_filters(database: Database, province_id: int) -> dict[str, dict[str, str]]:
    """Find the filters with the fewest cases below a province: by kind and status, and by flag; and a common one."""
    with database.as_data() as connection:
        cells = connection.execute(
            "SELECT kind, status, sum(count) FROM shared_total WHERE anc1_id = %s AND status <> ''"
            " GROUP BY kind, status HAVING sum(count) > 0 ORDER BY sum(count) LIMIT 1",
            [province_id],
        ).fetchone()
    return {
        "rarest_cell": {"kind": cells[0], "status": cells[1]},
        "rarest_flag": {"flag": "level_skipping"},
        "overdue": {"overdue": "1"},
        "kind": {"kind": "complaint"},
        "months": {"from": "2024-01", "to": "2024-06"},
    }


def _rate(port: int, request: bytes, seconds: float) -> float:
    return run_load(port, [lambda _number: request] * CLIENTS, seconds).rate


def _latency(port: int, request: bytes, seconds: float) -> Callable[[], float]:
    return lambda: run_load(port, [lambda _number: request], seconds).latency
