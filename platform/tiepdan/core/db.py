"""The database as the platform uses it: one session per request or job, always bound to a scope.

The edge (a view, a job, a command) owns the transaction; services never commit.
"""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

import psycopg
import sqlalchemy as sa
import uuid_utils
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Mapped, ORMExecuteState, Session, mapped_column, registry
from sqlalchemy.pool import ConnectionPoolEntry

from tiepdan.core.errors import NotFound, ScopeError
from tiepdan.core.scope import AnyScope, PlatformScope, Scope, current_scope, tenant_scope

# Constraint names are predictable, so that migrations can drop what they once made.
_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of every table. Text is text with a CHECK, never a native ENUM (its `=` is not leakproof)."""

    # On a registry: Flask-SQLAlchemy makes a subclass, which may not inherit a bare annotation map.
    registry = registry(
        metadata=sa.MetaData(naming_convention=_NAMES),
        type_annotation_map={
            datetime: sa.DateTime(timezone=True),
            date: sa.Date(),
            str: sa.Text(),
            bytes: sa.LargeBinary(),
            UUID: sa.Uuid(),
        },
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


def new_id() -> UUID:
    """Make a UUIDv7 in Python: sorted by time, and two thousand rows cost one statement."""
    return UUID(bytes=uuid_utils.uuid7().bytes)


class TenantRow:
    """Mixin of a tenant's table: `tenant_id` leads the primary key, so it can lead every foreign key."""

    tenant_id: Mapped[int] = mapped_column(
        sa.ForeignKey("tenant.id"), primary_key=True, default=lambda: tenant_scope().tenant_id
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)


def tenant_foreign_key(column: str, table: str, **options: Any) -> sa.ForeignKeyConstraint:  # noqa: ANN401 - SQLAlchemy's own options
    """Reference a row of the same tenant: only the composite key refuses a neighbour's row."""
    return sa.ForeignKeyConstraint(["tenant_id", column], [f"{table}.tenant_id", f"{table}.id"], **options)


def one_of(column: str, words: type[StrEnum], *, nullable: bool = False) -> sa.CheckConstraint:
    """Allow only the words of an enum in a text column."""
    listed = ", ".join(f"'{word.value}'" for word in words)
    allowed = f"{column} IN ({listed})"
    return sa.CheckConstraint(f"{column} IS NULL OR {allowed}" if nullable else allowed, name=f"{column}_word")


def scope_statement(scope: AnyScope) -> str:
    """Return the SET LOCAL statements that bind a scope to the current transaction.

    SET LOCAL takes no parameters, so the text is built from an int, a checked path and a UUID only.
    """
    account = f"SET LOCAL app.account_id = '{scope.account_id or ''}'"
    if isinstance(scope, PlatformScope):
        return f"{account}; SET LOCAL app.tenant_id = ''; SET LOCAL app.tenant_path = ''"
    return f"{account}; SET LOCAL app.tenant_id = '{int(scope.tenant_id)}'; SET LOCAL app.tenant_path = '{scope.path}'"


_IDLE_SECONDS = 10.0  # a connection that was used since is taken to be alive


def check_idle_connections(engine: sa.Engine) -> None:
    """Ping a pooled connection only when it lay idle: a ping before every request costs a round trip each."""

    @event.listens_for(engine, "checkin")
    def remember(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info["used_at"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def ping(connection: psycopg.Connection[Any], record: ConnectionPoolEntry, _proxy: object) -> None:
        if time.monotonic() - record.info.get("used_at", -math.inf) <= _IDLE_SECONDS:
            return
        try:
            connection.execute("SELECT 1")
            connection.rollback()
        except psycopg.Error as error:
            raise sa.exc.DisconnectionError from error  # the pool throws it away and gives another


@event.listens_for(Session, "after_begin")
def _bind_scope(session: Session, _transaction: object, connection: sa.Connection) -> None:
    """Bind the scope as the first statement of every transaction; no scope, no statement."""
    scope = current_scope()
    _refuse_second_tenant(session, scope)
    session.info["scope"] = scope
    _begin(connection, f"BEGIN; {scope_statement(scope)}")


def _begin(connection: sa.Connection, statements: str) -> None:
    """Begin and bind in one message: the driver's own BEGIN would cost every request a round trip more.

    libpq is asked directly; the driver sees that a transaction is open and does not begin another.
    """
    raw = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    if raw.pgconn.transaction_status != psycopg.pq.TransactionStatus.IDLE:
        connection.exec_driver_sql(statements.removeprefix("BEGIN; "))
        return
    result = raw.pgconn.exec_(statements.encode())
    if result.status != psycopg.pq.ExecStatus.COMMAND_OK:
        raise sa.exc.DBAPIError.instance(
            statements, None, psycopg.errors.error_from_result(result), psycopg.Error, connection_invalidated=True
        )


@event.listens_for(Session, "do_orm_execute")
def _check_scope_of_statement(state: ORMExecuteState) -> None:
    """Refuse a statement once the scope in force is no longer the one bound to the transaction."""
    scope = current_scope()
    _refuse_second_tenant(state.session, scope)
    bound = state.session.info.get("scope")
    if state.session.in_transaction() and bound is not None and _tenant_of(bound) != _tenant_of(scope):
        raise ScopeError("the scope changed inside a transaction; end it first")


@event.listens_for(Session, "before_flush")
def _check_scope_of_flush(session: Session, _context: object, _instances: object) -> None:
    """A flush is a statement too."""
    _refuse_second_tenant(session, current_scope())


def _tenant_of(scope: AnyScope) -> int | None:
    return scope.tenant_id if isinstance(scope, Scope) else None


def _refuse_second_tenant(session: Session, scope: AnyScope) -> None:
    """Keep a session to one tenant: its identity map would hand out the neighbour's cached rows."""
    tenant_id = _tenant_of(scope)
    if tenant_id is None:
        return
    first = session.info.setdefault("tenant_id", tenant_id)
    if first != tenant_id:
        raise ScopeError(f"this session belongs to tenant {first}; use a new one for tenant {tenant_id}")


@contextmanager
def transaction() -> Iterator[None]:
    """Commit what the block did, or roll all of it back; then send what waited for the commit."""
    session = db.session
    waiting: list[Callable[[], object]] = []
    session().info["after_commit"] = waiting
    try:
        yield
        for step in list(session().info.get("before_commit", ())):
            step()
        session.commit()
    except BaseException:
        session.rollback()
        waiting.clear()
        raise
    finally:
        session().info.pop("after_commit", None)
    for send in waiting:
        send()


def after_commit(send: Callable[[], object]) -> None:
    """Do something once the edge's transaction is committed; a rollback forgets it."""
    waiting = db.session().info.get("after_commit")
    if waiting is None:
        raise RuntimeError("after_commit() needs an open transaction() around it")
    waiting.append(send)


def before_commit(step: Callable[[], None]) -> None:
    """Do something in this session's transaction just before `transaction()` commits it."""
    db.session().info.setdefault("before_commit", []).append(step)


@contextmanager
def as_role(role: str) -> Iterator[sa.Connection]:
    """Run the block's statements as another database role the application may enter.

    Gives the connection: ORM objects are flushed before, so that none is written by the wrong role.
    """
    if role not in {"tiepdan_vault", "tiepdan_sweep", "tiepdan_provision"}:
        raise ValueError(f"unknown role {role!r}")
    session = db.session()
    connection = session.connection()
    if session.info.get("role") == role:  # already inside
        yield connection
        return
    session.flush()
    connection.exec_driver_sql(f"SET LOCAL ROLE {role}")
    session.info["role"] = role
    try:
        yield connection
    except sa.exc.DBAPIError:
        raise  # the transaction is broken: its rollback takes the role along
    except BaseException:
        connection.exec_driver_sql("RESET ROLE")
        raise
    else:
        connection.exec_driver_sql("RESET ROLE")
    finally:
        session.info.pop("role", None)


@contextmanager
def independent_transaction() -> Iterator[sa.Connection]:
    """Give a connection of its own in the same scope, committed at the end whatever becomes of the rest.

    For the journal: a refusal or a read of a sealed row stays recorded when the request rolls back.
    """
    with db.engine.begin() as connection:
        connection.exec_driver_sql(scope_statement(current_scope()))
        yield connection


@contextmanager
def refuse_foreign_rows() -> Iterator[None]:
    """Raise NotFound where a foreign key meets no row of this tenant: a neighbour's row is as absent as none."""
    try:
        yield
    except sa.exc.IntegrityError as error:
        if isinstance(error.orig, psycopg.errors.ForeignKeyViolation):
            raise NotFound(f"no such row: {error.orig.diag.constraint_name}") from error
        raise


def forget_session() -> None:
    """End the session, so that the next statement starts a new one (perhaps for another tenant)."""
    db.session.remove()
