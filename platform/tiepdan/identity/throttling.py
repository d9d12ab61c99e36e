"""Slow down whoever guesses: failures in a row per hashed key, and until when to wait."""

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
_FORGET_AFTER = timedelta(hours=1)


def throttle_key(text: str) -> bytes:
    """Hash what failures are counted by, with the installation's secret: addresses are few enough to be guessed."""
    return hmac.digest(current_app.config["SECRET_KEY"].encode(), f"throttle:{text}".encode(), "sha256")


def waiting_time(keys: Sequence[bytes]) -> timedelta | None:
    """Return how long the holder of any of these keys must wait; None if not at all."""
    until = db.session.scalar(sa.select(sa.func.max(Throttle.blocked_until)).where(Throttle.key_hash.in_(list(keys))))
    return until - now() if until is not None and until > now() else None


def count_failures(keys: Sequence[bytes], *, address_key: bytes | None = None) -> None:
    """Count in a transaction of its own, under the row's lock, so that parallel guesses all count.

    After five failures in a row (fifty for `address_key`) each further one doubles the wait, up to 15 minutes.
    """
    stale = sa.func.now() - _FORGET_AFTER
    with independent_transaction() as connection:
        for key in sorted(keys):
            count = sa.case((Throttle.last_failed_at < stale, 1), else_=Throttle.failures + 1)
            failures: int = connection.execute(
                insert(Throttle)
                .values(key_hash=key, failures=1)
                .on_conflict_do_update(
                    index_elements=[Throttle.key_hash],
                    set_={"failures": count, "last_failed_at": sa.func.now()},
                )
                .returning(Throttle.failures)
            ).scalar_one()
            beyond = failures - (FREE_FAILURES_OF_ADDRESS if key == address_key else FREE_FAILURES)
            if beyond > 0:
                wait = min(timedelta(seconds=2 ** min(beyond, 12)), _LONGEST_WAIT)
                connection.execute(
                    sa.update(Throttle).where(Throttle.key_hash == key).values(blocked_until=sa.func.now() + wait)
                )


def forget_failures(key: bytes) -> None:
    """A success clears its key; written at once, so that a page that only reads may call it."""
    with independent_transaction() as connection:
        connection.execute(sa.delete(Throttle).where(Throttle.key_hash == key))
