"""Nobody reaches a neighbour's row: every address with an id is tried with every id the neighbour has."""

import re
from datetime import date
from uuid import UUID

import psycopg
import pytest
from flask import Flask

from tests.support import csrf_of
from tiepdan.demo.cases import Bodies, make_cases
from tiepdan.demo.desks import make_desk
from tiepdan.formparts.rules import Answer, Part, schema_of
from tiepdan.identity.permissions import Role
from tiepdan.identity.vault import PersonDetails
from tiepdan.notifications.plan import Plan, save_plan
from tiepdan.notifications.rules import PRINT, Happening
from tiepdan.petitions.service import NewPetition, register_petition
from tiepdan.sdk import Form, PetitionKind
from tiepdan.tenancy.service import tenant_by_id
from tiepdan.web.marks import mark_of

PLANTED = "Lộc Thị Gieo Tên"
TEXT = "Nội dung chỉ người này biết 7319"
_LINE = {"type": "string", "x-label": {"vi": "Mục", "en": "Line"}}
PART = Part(
    "leaks",
    schema_of(Form("part", 1, {"vi": "Phần", "en": "Part"}, {"type": "object", "properties": {"line": _LINE}})),
)  # of a plugin that answered once
_ID = re.compile(r"<uuid:\w+>")


@pytest.fixture
def inhabited(app: Flask, three_levels, entered):
    """A commune in which everything happened once, its district being given work."""
    commune, district = three_levels.commune, three_levels.district
    with app.app_context():
        from tiepdan.core.db import forget_session
        from tiepdan.core.scope import platform_scope

        with platform_scope():
            view, above = tenant_by_id(commune.id), tenant_by_id(district.id)
        forget_session()
        make_cases(
            [Bodies(view, ((date(2024, 5, 14), "accepted"), (date(2024, 6, 27), "registered")))], lambda _line: None
        )
        make_desk(view)
        make_desk(above, give_work_to=view)
    with entered(commune, "tenant_admin") as actor:
        save_plan(Plan({Happening.PETITION_REGISTERED: (PRINT,)}), actor=actor)
    with entered(commune, "petition_officer") as actor:
        for kind in (PetitionKind.PROPOSAL, PetitionKind.DENUNCIATION):
            register_petition(
                NewPetition(
                    content=TEXT,
                    people=[PersonDetails(PLANTED, id_number="020091000777")],
                    kind=kind,
                    answers=[Answer(PART, {"line": f"{PLANTED} trả lời: {TEXT}"})],
                    news=True,
                ),
                actor=actor,
                on=date(2024, 6, 27),
            )
    return three_levels


def ids_of(tenant_id: int, superuser: psycopg.Connection) -> dict[str, UUID]:
    """Return one id of each table in which the tenant has rows."""
    tables = superuser.execute(
        "SELECT table_schema, table_name FROM information_schema.columns WHERE column_name = 'tenant_id' AND table_schema IN ('public', 'vault')"
        " INTERSECT SELECT table_schema, table_name FROM information_schema.columns WHERE column_name = 'id' AND data_type = 'uuid'"
    ).fetchall()
    found = {}
    for schema, table in tables:
        row = superuser.execute(f"SELECT id FROM {schema}.{table} WHERE tenant_id = %s LIMIT 1", [tenant_id]).fetchone()
        if row:
            found[f"{schema}.{table}"] = row[0]
    return found


def addresses(app: Flask) -> list[tuple[str, str, str]]:
    """Return (endpoint, method, rule) of every staff page with one id in its address."""
    found = []
    for rule in app.url_map.iter_rules():
        mark = mark_of(app.view_functions[rule.endpoint])
        if (
            mark
            and mark.permission
            and len(_ID.findall(rule.rule)) == 1
            and "<" not in _ID.sub("", rule.rule)
            and not rule.rule.startswith("/api/")
        ):
            found += [(rule.endpoint, method, rule.rule) for method in set(rule.methods) - {"HEAD", "OPTIONS"}]
    return sorted(found)


@pytest.mark.parametrize("relation", ["sibling", "stranger"])
def test_no_id_of_a_neighbour_opens_anything(app, inhabited, make_account, sign_in, superuser, relation):
    """From inside one's own committee, with every role, a neighbour's ids lead to 404 and show nothing."""
    own = getattr(inhabited, relation)
    browser = sign_in(make_account(own, *[role.value for role in Role]))
    token = csrf_of(browser, own.url("/signin"))
    ids = ids_of(inhabited.commune.id, superuser)
    assert len(ids) > 12, ids.keys()
    before = superuser.execute(
        "SELECT count(*), max(at) FROM event WHERE tenant_id = %s", [inhabited.commune.id]
    ).fetchone()
    for endpoint, method, rule in addresses(app):
        for table, row_id in ids.items():
            url = own.url(_ID.sub(str(row_id), rule))
            answer = (
                browser.get(url)
                if method == "GET"
                else browser.post(url, data={"csrf_token": token, "reason": "một lý do đủ dài"})
            )
            assert answer.status_code == 404, (endpoint, method, table, relation, answer.status_code)
            assert PLANTED not in answer.text
            assert TEXT not in answer.text
    after = superuser.execute(
        "SELECT count(*), max(at) FROM event WHERE tenant_id = %s", [inhabited.commune.id]
    ).fetchone()
    assert after == before


def test_no_list_of_a_neighbour_shows_the_planted_name(app, inhabited, make_account, sign_in):
    for relation in ("district", "province", "sibling", "stranger"):
        own = getattr(inhabited, relation)
        browser = sign_in(make_account(own, *[role.value for role in Role]))
        for rule in app.url_map.iter_rules():
            mark = mark_of(app.view_functions[rule.endpoint])
            if (
                mark
                and mark.permission
                and "<" not in rule.rule
                and "GET" in rule.methods
                and not rule.rule.startswith("/api/")
            ):
                page = browser.get(own.url(rule.rule) + "?q=Gieo&search=Lộc+Thị+Gieo+Tên")
                assert TEXT not in page.text, (rule.rule, relation)
                assert PLANTED not in page.text.replace('Lộc Thị Gieo Tên"', ""), (rule.rule, relation)


def test_a_denouncer_is_named_nowhere_outside_the_vault(inhabited, superuser):
    """Search every text of every table for the planted name and content."""
    columns = superuser.execute(
        "SELECT table_schema, table_name, column_name FROM information_schema.columns"
        " WHERE table_schema IN ('public', 'vault') AND data_type IN ('text', 'jsonb', 'ARRAY', 'bytea')"
    ).fetchall()
    for schema, table, column in columns:
        for needle in (PLANTED, TEXT, "020091000777"):
            sought = "encode({0}, 'escape') LIKE %s" if column in {"ciphertext", "payload"} else "{0}::text LIKE %s"
            sought = sought.format(f'"{column}"')
            found = superuser.execute(
                f"SELECT count(*) FROM {schema}.{table} WHERE {sought}", [f"%{needle}%"]
            ).fetchone()
            assert found == (0,), (table, column, needle)
