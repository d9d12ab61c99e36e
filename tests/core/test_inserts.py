"""Rows written together: in one statement, for one tenant, with SQLAlchemy's own defaults and faults."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask

from tests.conftest import TenantHandle
from tiepdan.core.db import db, forget_session, new_id, transaction
from tiepdan.core.inserts import insert_row, insert_rows, inserted_together
from tiepdan.core.scope import enter
from tiepdan.petitions.models import MATTERS
from tiepdan.web.idempotency import FormToken

TOKENS = cast("sa.Table", FormToken.__table__)


@pytest.fixture
def within(app: Flask) -> Callable[[TenantHandle], Any]:
    @contextmanager
    def within(tenant: TenantHandle) -> Iterator[None]:
        with app.app_context(), enter(tenant.scope):
            try:
                with transaction():
                    yield
            finally:
                forget_session()

    return within


@contextmanager
def statements() -> Iterator[list[int]]:
    """Collect a mark for each statement the writer sends."""
    seen: list[int] = []
    send = psycopg.RawCursor.execute

    def count(self: Any, *arguments: Any, **options: Any) -> Any:
        seen.append(1)
        return send(self, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(psycopg.RawCursor, "execute", count)
        yield seen


def matter(code: str) -> dict[str, object]:
    return {"id": new_id(), "code": code, "field": "land", "opened_on": "2024-06-28"}


def codes(tenant: TenantHandle, superuser: psycopg.Connection) -> set[str]:
    rows = superuser.execute("SELECT code FROM matter WHERE tenant_id = %s", [tenant.id])
    return {row[0] for row in rows}


def test_rows_of_several_tables_go_in_one_statement(
    within: Any, two_tenants: tuple[TenantHandle, TenantHandle], superuser: psycopg.Connection
) -> None:
    own, other = two_tenants
    with within(own), statements() as sent:
        with inserted_together():
            insert_rows(MATTERS, [matter("A"), matter("B")])
            insert_row(TOKENS, {"location": "/somewhere"})
            assert sent == []
        assert sent == [1]
    assert codes(own, superuser) == {"A", "B"}
    assert codes(other, superuser) == set()


def test_defaults_come_from_the_model(
    within: Any, two_tenants: tuple[TenantHandle, TenantHandle], superuser: psycopg.Connection
) -> None:
    own, _ = two_tenants
    with within(own):
        insert_row(MATTERS, {"code": "C", "field": "land", "opened_on": "2024-06-28"})
    row = superuser.execute("SELECT id, mass, version FROM matter WHERE tenant_id = %s", [own.id]).fetchone()
    assert row is not None
    assert row[0].version == 7
    assert row[1:] == (False, 1)


def test_a_row_of_another_tenant_is_refused(within: Any, two_tenants: tuple[TenantHandle, TenantHandle]) -> None:
    own, other = two_tenants
    with pytest.raises(sa.exc.ProgrammingError, match="row-level security"), within(own):
        insert_row(MATTERS, matter("D") | {"tenant_id": other.id})


def test_whoever_asks_the_session_finds_what_was_written(
    within: Any, two_tenants: tuple[TenantHandle, TenantHandle]
) -> None:
    own, _ = two_tenants
    with within(own), inserted_together():
        insert_row(MATTERS, matter("E"))
        assert db.session.scalar(sa.select(sa.func.count()).select_from(MATTERS)) == 1
        insert_row(MATTERS, matter("F"))
        with inserted_together():
            insert_row(MATTERS, matter("G"))
        assert db.session.scalar(sa.select(sa.func.count()).select_from(MATTERS)) == 3


def test_more_rows_than_one_statement_takes(
    within: Any, two_tenants: tuple[TenantHandle, TenantHandle], superuser: psycopg.Connection
) -> None:
    own, _ = two_tenants
    with within(own), inserted_together():
        insert_rows(MATTERS, [matter(str(number)) for number in range(40)])
        insert_row(TOKENS, {"location": "/x"})
    assert len(codes(own, superuser)) == 40


def test_many_rows_come_after_what_was_inserted_before_them(
    within: Any, two_tenants: tuple[TenantHandle, TenantHandle], superuser: psycopg.Connection
) -> None:
    own, _ = two_tenants
    with within(own), inserted_together():
        insert_row(TOKENS, {"location": "/before"})
        insert_rows(MATTERS, [matter(str(number)) for number in range(40)])
        insert_row(TOKENS, {"location": "/after"})
    order = superuser.execute(
        "SELECT location, cmin::text::int FROM form_token WHERE tenant_id = %(own)s"
        " UNION SELECT 'many', min(cmin::text::int) FROM matter WHERE tenant_id = %(own)s ORDER BY 2",
        {"own": own.id},
    ).fetchall()
    assert [location for location, _command in order] == ["/before", "many", "/after"]


def test_what_waits_is_forgotten_when_the_block_fails(
    within: Any, two_tenants: tuple[TenantHandle, TenantHandle], superuser: psycopg.Connection
) -> None:
    own, _ = two_tenants
    with pytest.raises(ZeroDivisionError), within(own), inserted_together():
        insert_row(MATTERS, matter("H"))
        raise ZeroDivisionError
    with within(own):
        insert_row(MATTERS, matter("I"))
    assert codes(own, superuser) == {"I"}


def test_a_duplicate_is_an_integrity_error_and_rolls_all_back(
    within: Any, two_tenants: tuple[TenantHandle, TenantHandle], superuser: psycopg.Connection
) -> None:
    own, _ = two_tenants
    twice = matter("J")
    with pytest.raises(sa.exc.IntegrityError), within(own), inserted_together():
        insert_row(TOKENS, {"location": "/x"})
        insert_rows(MATTERS, [twice, twice])
    assert codes(own, superuser) == set()


def test_a_column_that_is_not_there_is_named(within: Any, two_tenants: tuple[TenantHandle, TenantHandle]) -> None:
    own, _ = two_tenants
    with pytest.raises(ValueError, match="matter has no column colour"), within(own):
        insert_row(MATTERS, matter("K") | {"colour": "red"})
