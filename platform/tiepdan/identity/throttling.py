"""Slow down whoever guesses: failures in a row per hashed key, and until when to wait.

An attempt is counted before it is made, and forgiven when it succeeds: whoever sends a thousand at once has spent
his free ones with the first five, because counting and judging are one statement under the row's lock.
"""

import hmac
from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.dialects.postgresql import insert

from tiepdan.core.clock import now
from tiepdan.core.db import db, independent_transaction
from tiepdan.identity.models import Throttle

FREE_FAILURES = 5
# A whole office may share one address: guesses from it count, but much later.
FREE_FAILURES_OF_ADDRESS = 50
_LONGEST_WAIT = timedelta(minutes=15)
_SHORTEST_WAIT = timedelta(seconds=1)
_MOST_DOUBLINGS = 12
_FORGET_AFTER = timedelta(hours=1)


def throttle_key(text: str) -> bytes:
    """Hash what failures are counted by, with the installation's secret: addresses are few enough to be guessed."""
    return hmac.digest(current_app.config["SECRET_KEY"].encode(), f"throttle:{text}".encode(), "sha256")


def count_attempt(keys: Sequence[bytes], *, address_key: bytes | None = None) -> timedelta | None:
    """Count an attempt as failed before it is made; return how long to wait where it may not be made, None to go on.

    Written in a transaction of its own, so that a request which fails counts. After five failures in a row (fifty
    for `address_key`) each further one doubles the wait, up to 15 minutes. What must wait is not counted: neither
    impatience nor somebody else's guessing makes the wait longer.
    """
    with independent_transaction() as connection:
        with connection.begin_nested() as counting:
            if all(_count(connection, key, address=key == address_key) for key in sorted(keys)):
                return None
            counting.rollback()
        until = connection.scalar(
            sa.select(sa.func.max(Throttle.blocked_until)).where(Throttle.key_hash.in_(list(keys)))
        )
    return max(until - now(), _SHORTEST_WAIT) if until is not None else _SHORTEST_WAIT


def forgive_attempt(key: bytes, *, address_key: bytes | None = None) -> None:
    """The attempt succeeded: its key is clear, and the address loses this one failure but keeps its others.

    Written at once, so that a page that only reads may call it.
    """
    with independent_transaction() as connection:
        connection.execute(sa.delete(Throttle).where(Throttle.key_hash == key))
        if address_key is not None:
            connection.execute(
                sa.update(Throttle)
                .where(Throttle.key_hash == address_key)
                .values(failures=sa.func.greatest(Throttle.failures - 1, 0), blocked_until=None)
            )


def drop_old_failures() -> int:
    """Delete the rows that no longer count; return how many there were. Needs the platform's scope."""
    result = db.session.execute(
        sa.delete(Throttle).where(Throttle.last_failed_at < sa.func.now() - _FORGET_AFTER).returning(Throttle.key_hash)
    )
    return len(result.all())


def _count(connection: sa.Connection, key: bytes, *, address: bool) -> bool:
    """Count one key and judge it in the same statement; say whether the attempt may be made."""
    at = sa.func.clock_timestamp()  # not now(): we may have waited for the row behind others
    failures = sa.case((Throttle.last_failed_at < at - _FORGET_AFTER, 1), else_=Throttle.failures + 1)
    beyond = failures - (FREE_FAILURES_OF_ADDRESS if address else FREE_FAILURES)
    seconds = sa.func.least(
        sa.func.power(2, sa.func.least(beyond, _MOST_DOUBLINGS)), int(_LONGEST_WAIT.total_seconds())
    )
    statement = (
        insert(Throttle)
        .values(key_hash=key, failures=1, last_failed_at=at)
        .on_conflict_do_update(
            index_elements=[Throttle.key_hash],
            set_={
                "failures": failures,
                "last_failed_at": at,
                "blocked_until": sa.case((beyond > 0, at + sa.func.make_interval(0, 0, 0, 0, 0, 0, seconds))),
            },
            where=sa.or_(Throttle.blocked_until.is_(None), Throttle.blocked_until <= at),
        )
        .returning(Throttle.failures)
    )
    return connection.scalar(statement) is not None
