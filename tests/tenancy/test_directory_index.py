"""The directory's search goes through the indexes of trigrams: proven on a table as large as the country's."""

import json

import psycopg
import pytest
import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.core.scope import PlatformScope, enter
from tiepdan.tenancy.directory import find_bodies

BODIES = 10_000


@pytest.fixture
def statements(app):
    """statements(text): what a search sends to the database, as (SQL, parameters)."""

    def statements(text):
        sent = []
        with app.app_context(), enter(PlatformScope()):

            def remember(_connection, _cursor, statement, parameters, _context, _many):
                sent.append((statement, parameters))

            sa.event.listen(db.engine, "before_cursor_execute", remember)
            try:
                find_bodies(text)
            finally:
                sa.event.remove(db.engine, "before_cursor_execute", remember)
                db.session.remove()
        return [one for one in sent if "LIKE" in one[0]]

    return statements


@pytest.fixture
def country(database, make_tenant):
    """A connection in whose transaction ten thousand bodies stand; rolled back at the end."""
    province_id = make_tenant("province").province_id
    with psycopg.connect(database.superuser_url) as connection:
        connection.execute(
            """INSERT INTO tenant (slug, name, short_name, kind, branch, level, regime, catalogue, unit_level,
                                   unit_code, path, province_id, state, public_key, id)
               OVERRIDING SYSTEM VALUE
               SELECT 'dang-uy-xa-' || syllable[1 + n %% 40] || '-' || syllable[1 + n / 40 %% 40] || '-' || n,
                      'Đảng ủy xã ' || initcap(spoken[1 + n %% 40]) || ' ' || initcap(spoken[1 + n / 40 %% 40]),
                      'Xã ' || initcap(spoken[1 + n %% 40]), 'party_committee', 'party', 'commune', 'three-levels', '2022',
                      'commune', lpad(n::text, 5, '0'), ('t' || 5000000 + n)::ltree, %s, 'active', '', 5000000 + n
                 FROM generate_series(1, %s) n,
                      (SELECT array_agg(s) AS spoken, array_agg(public.unaccent(s)) AS syllable FROM unnest(
                       '{thanh,phước,long,bình,hòa,tân,phú,vĩnh,thịnh,lộc,sơn,thủy,giang,hải,đông,tây,nam,bắc,trung,xuân,
                         hạ,thu,đức,quang,minh,khánh,yên,lạc,hưng,đạo,cao,bằng,lạng,tiên,lãng,kiến,thụy,nghĩa,trạch,quế}'::text[]) s) w""",
            [province_id, BODIES],
        )
        connection.execute("ANALYZE tenant")
        yield connection
        connection.rollback()


def plan_of(connection, statement, parameters):
    (explained,) = connection.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters).fetchone()
    return explained if isinstance(explained, list) else json.loads(explained)


def scans_of_tenant(node):
    if node.get("Relation Name") == "tenant":
        yield node["Node Type"]
    if node["Node Type"] == "Bitmap Index Scan":
        yield node["Index Name"]
    for child in node.get("Plans", ()):
        yield from scans_of_tenant(child)


@pytest.mark.parametrize("text", ["Lạng Sơn", "dang uy xa khánh", "Thủy Nghĩa", "xã không đâu có"])
def test_a_search_reads_the_index_and_not_the_table(statements, country, text):
    asked = statements(text)
    assert len(asked) in {1, 2}
    indexes = ["ix_tenant_slug_trgm", "ix_tenant_folded_trgm"]
    for (statement, parameters), index in zip(asked, indexes, strict=False):
        (explained,) = plan_of(country, statement, parameters)
        scans = list(scans_of_tenant(explained["Plan"]))
        assert index in scans, (text, scans)
        assert "Seq Scan" not in scans, (text, scans)


def test_both_columns_find_a_body_however_it_is_typed(app, make_tenant):
    tenant = make_tenant(name="Đảng ủy xã Đông Hưng Trạch")
    for typed in ("đông hưng trạch", "DONG HUNG", "Dang uy xa Dong Hung Trach", tenant.slug):
        with app.app_context(), enter(PlatformScope()):
            found = [body.id for body in find_bodies(typed)]
            db.session.remove()
        assert tenant.id in found, typed
