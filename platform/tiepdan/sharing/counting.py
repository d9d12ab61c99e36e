"""Counts move at the end of the transaction, in one order for everybody, so that two clerks never wait in a ring.

A petition that changes three times in one step, or ten thousand that are imported in one, touch each
bucket once. A savepoint that is rolled back takes its movements along.
"""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Session, SessionTransaction

from tiepdan.core.db import db
from tiepdan.core.scope import tenant_scope
from tiepdan.sharing.models import SharedCount, SharedTotal
from tiepdan.sharing.rules import Bucket

_KEY = "sharing_movements"


@dataclass(frozen=True, slots=True)
class _Movement:
    bucket: Bucket
    change: int
    within: tuple[SessionTransaction, ...]  # the savepoints it stands in


def move_count(before: Bucket | None, after: Bucket | None) -> None:
    """Count a case no longer in one bucket but in another; None is outside."""
    if before == after:
        return
    session = db.session()
    within = _open_transactions(session)
    movements: list[_Movement] = session.info.setdefault(_KEY, [])
    if before is not None:
        movements.append(_Movement(before, -1, within))
    if after is not None:
        movements.append(_Movement(after, 1, within))


def _open_transactions(session: Session) -> tuple[SessionTransaction, ...]:
    found = []
    current = session.get_nested_transaction() or session.get_transaction()
    while current is not None:
        found.append(current)
        current = current.parent
    return tuple(found)


@event.listens_for(Session, "after_soft_rollback")
def _forget_movements(session: Session, previous: SessionTransaction) -> None:
    movements = session.info.get(_KEY)
    if movements:
        session.info[_KEY] = [movement for movement in movements if previous not in movement.within]


@event.listens_for(Session, "before_commit")
def _write_movements(session: Session) -> None:
    if session.in_nested_transaction():
        return
    movements: list[_Movement] = session.info.pop(_KEY, [])
    by_bucket: Counter[Bucket] = Counter()
    by_total: Counter[tuple[str, str, bool]] = Counter()
    for movement in movements:
        bucket = movement.bucket
        by_bucket[bucket] += movement.change
        by_total[bucket.kind, bucket.status, bucket.pending] += movement.change
    scope = tenant_scope() if movements else None
    if scope is None:
        return
    own = {"tenant_id": scope.tenant_id, "path": scope.path}
    moved = [(bucket, change) for bucket, change in by_bucket.items() if change]
    if len(moved) == 1:
        bucket, change = moved[0]
        session.connection().execute(_ADD_ONE, own | asdict(bucket) | {"count": change})
        return
    _add(
        session,
        _ADD_TO_COUNT,
        [
            own
            | {"month": b.month, "kind": b.kind, "status": b.status, "field": b.field, "pending": b.pending}
            | {"count": change}
            for b, change in sorted(by_bucket.items())
            if change
        ],
    )
    _add(
        session,
        _ADD_TO_TOTAL,
        [
            own | {"kind": kind, "status": status, "pending": pending, "count": change}
            for (kind, status, pending), change in sorted(by_total.items())
            if change
        ],
    )


def _upsert(table: sa.Table) -> Insert:
    """Build the statement once: SQLAlchemy caches it, while one with its rows written out is compiled each time."""
    statement = insert(table)
    changed = {
        "count": table.c.count + statement.excluded.count,
        # A unit that moved in the hierarchy takes the rows it touches along.
        "path": statement.excluded.path,
    }
    return statement.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=changed)


# The usual case, a petition that is new, in one round trip. Reading from the first insert makes it the first:
# everybody locks counts before totals.
_ADD_ONE = sa.text("""
WITH counted AS (
    INSERT INTO shared_count AS c (tenant_id, month, kind, status, field, pending, count, path)
    VALUES (:tenant_id, :month, :kind, :status, :field, :pending, :count, :path)
    ON CONFLICT (tenant_id, month, kind, status, field, pending)
        DO UPDATE SET count = c.count + excluded.count, path = excluded.path
    RETURNING c.tenant_id, c.kind, c.status, c.pending, c.path)
INSERT INTO shared_total AS t (tenant_id, kind, status, pending, count, path)
SELECT tenant_id, kind, status, pending, :count, path FROM counted
ON CONFLICT (tenant_id, kind, status, pending) DO UPDATE SET count = t.count + excluded.count, path = excluded.path
""")
_ADD_TO_COUNT = _upsert(cast("sa.Table", SharedCount.__table__))
_ADD_TO_TOTAL = _upsert(cast("sa.Table", SharedTotal.__table__))


def _add(session: Session, statement: Insert, rows: list[dict[str, object]]) -> None:
    if rows:
        session.connection().execute(statement, rows if len(rows) > 1 else rows[0])
