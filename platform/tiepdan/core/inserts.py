"""Insert rows at the price of a round trip: several tables in one statement, compiled once per shape.

SQLAlchemy builds, hashes and types a statement at each call, which costs more than PostgreSQL needs to write
the row. What is known beforehand (table and columns) is kept here as text; the values go to the driver.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, groupby, islice
from typing import Any, cast

import psycopg
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import psycopg as dialects
from sqlalchemy.orm import ORMExecuteState, Session

from tiepdan.core.db import db

_KEY = "rows_together"
_MOST_ROWS = 16  # of one table in one statement: each number of rows is a text of its own
_DIALECT: sa.Dialect = dialects.PGDialect_psycopg()  # type: ignore[no-untyped-call]

type Row = Mapping[str, object]
type _Column = tuple[str, Callable[[Any], object] | None]


@dataclass(frozen=True, slots=True)
class _Shape:
    """Rows of one table with the same columns; names in the table's order."""

    table: sa.Table
    names: tuple[str, ...]
    count: int = 1


def insert_row(table: sa.Table, row: Row) -> None:
    """Insert a row; see insert_rows."""
    insert_rows(table, [row])


def insert_rows(table: sa.Table, rows: Sequence[Row]) -> None:
    """Insert rows at once or, inside `inserted_together()`, with all others at the end of its block.

    rows: by column name; a column that is not named gets its default. Raises what SQLAlchemy raises.
    """
    session = db.session()
    waiting: list[tuple[_Shape, list[object]]] | None = session.info.get(_KEY)
    prepared = [_prepare(table, row) for row in rows]
    if waiting is not None:
        waiting += prepared
    elif prepared:
        session.flush()  # an object that waits may be what the rows refer to
        _send(session, prepared)


@contextmanager
def inserted_together() -> Iterator[None]:
    """Send the inserts of the block as one statement at its end; a block inside a block is part of it.

    Rows may refer to each other, for foreign keys are checked when all are written (many rows of one table are a
    statement of their own, and may refer only to what was inserted before). Whoever asks the session
    for something inside the block finds the rows written; a statement on its bare connection does not.
    """
    session = db.session()
    if _KEY in session.info:
        yield
        return
    session.info[_KEY] = []
    try:
        yield
        waiting = session.info.pop(_KEY)
        session.flush()
        _send(session, waiting)
    finally:
        session.info.pop(_KEY, None)


@event.listens_for(Session, "do_orm_execute")
def _write_before_asking(state: ORMExecuteState) -> None:
    _send_waiting(state.session)


@event.listens_for(Session, "before_flush")
def _write_before_flush(session: Session, _context: object, _instances: object) -> None:
    _send_waiting(session)


def _send_waiting(session: Session) -> None:
    waiting = session.info.get(_KEY)
    if waiting:
        session.info[_KEY] = []
        _send(session, waiting)


def _prepare(table: sa.Table, row: Row) -> tuple[_Shape, list[object]]:
    names, writers, defaults = _columns_of(table, frozenset(row))
    values: list[object] = []
    for name, writer in writers:
        value = row[name] if name in row else defaults[name]()
        values.append(value if writer is None or value is None else writer(value))
    return _Shape(table, names), values


@lru_cache(maxsize=1024)
def _columns_of(
    table: sa.Table, given: frozenset[str]
) -> tuple[tuple[str, ...], tuple[_Column, ...], dict[str, Callable[[], object]]]:
    """Return the columns to write: those given and those with a default of Python's."""
    unknown = given - set(table.c.keys())
    if unknown:
        raise ValueError(f"{table.name} has no column {', '.join(sorted(unknown))}")
    written = [column for column in table.c if column.name in given or column.default is not None]
    defaults = {column.name: _default_of(column) for column in written if column.name not in given}
    writers = tuple((column.name, _writer_of(column)) for column in written)
    return tuple(column.name for column in written), writers, defaults


def _default_of(column: sa.Column[Any]) -> Callable[[], object]:
    default: Any = column.default
    if default.is_callable:
        return lambda: default.arg(None)  # SQLAlchemy gave it a context to take
    return lambda: default.arg


def _writer_of(column: sa.Column[Any]) -> Callable[[Any], object] | None:
    return column.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)


def _send(session: Session, rows: Sequence[tuple[_Shape, list[object]]]) -> None:
    shapes: list[_Shape] = []
    values: list[object] = []
    connection = session.connection()
    for shape, group in groupby(rows, key=lambda row: row[0]):
        found = [row for _shape, row in group]
        if len(found) > _MOST_ROWS:
            if shapes:  # the many may refer to what came before them
                _execute(connection, _text(tuple(shapes)), values)
                shapes, values = [], []
            connection.exec_driver_sql(_text((shape,), "%s"), [tuple(row) for row in found])
            continue
        shapes.append(_Shape(shape.table, shape.names, len(found)))
        for row in found:
            values += row
    if shapes:
        _execute(connection, _text(tuple(shapes)), values)


def _execute(connection: sa.Connection, text: str, values: list[object]) -> None:
    """Execute a text with PostgreSQL's own $1, $2 …: psycopg would rewrite a long one with %s at every call."""
    raw = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    try:
        with psycopg.RawCursor(raw) as cursor:
            cursor.execute(text.encode(), values)
    except psycopg.Error as fault:
        raise sa.exc.DBAPIError.instance(None, None, fault, psycopg.Error) from fault


@lru_cache(maxsize=1024)
def _text(shapes: tuple[_Shape, ...], place: str = "") -> str:
    """Write one statement: the last insert is the main one, those before it are its WITH. place: "" for $1, $2 …."""
    numbers = count(1)
    texts = [_insert_text(shape, (place or f"${number}" for number in numbers)) for shape in shapes]
    before = ", ".join(f"w{number} AS ({text})" for number, text in enumerate(texts[:-1]))
    return f"WITH {before} {texts[-1]}" if before else texts[-1]


def _insert_text(shape: _Shape, places: Iterator[str]) -> str:
    preparer = _DIALECT.identifier_preparer
    columns = ", ".join(preparer.quote(name) for name in shape.names)
    rows = ", ".join(f"({', '.join(islice(places, len(shape.names)))})" for _row in range(shape.count))
    return f"INSERT INTO {preparer.format_table(shape.table)} ({columns}) VALUES {rows}"  # noqa: S608 - names of our tables
