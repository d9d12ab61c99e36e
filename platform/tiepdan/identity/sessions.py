"""Sign in, stay signed in, switch between memberships, sign out."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from tiepdan.audit.service import record_platform_event, record_platform_event_now
from tiepdan.core.clock import now
from tiepdan.core.db import db, independent_transaction
from tiepdan.identity.models import Account, SignInSession, Throttle
from tiepdan.identity.passwords import hash_password, needs_rehash, verify_password

SESSION_LIFE = timedelta(hours=12)
IDLE_LIFE = timedelta(hours=2)
SEEN_EVERY = timedelta(minutes=1)  # last_seen_at is written at most this often
_FREE_FAILURES = 5
_LONGEST_WAIT = timedelta(minutes=15)
_FORGET_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class SignIn:
    """Outcome of an attempt: the new session's token and account, or how long to wait, or neither."""

    token: str | None = None
    account_id: UUID | None = None
    wait: timedelta | None = None


def hash_token(token: str) -> bytes:
    """Hash a random token for storage: the row alone signs nobody in."""
    return hashlib.sha256(token.encode()).digest()


def sign_in(login: str, password: str, *, address: str) -> SignIn:
    """Check a password and open a session.

    Failures are counted per login and per address in a transaction of their own; after five in a row each
    further one doubles the wait, up to 15 minutes. The answer never says whether the login exists.
    """
    login = login.strip().lower()
    keys = [hash_token(f"login:{login}"), hash_token(f"address:{address}")]
    wait = _waiting_time(keys)
    if wait is not None:
        record_platform_event_now("sign_in.throttled", subject_type="login", subject_id=keys[0].hex()[:16])
        return SignIn(wait=wait)
    account = db.session.scalar(sa.select(Account).where(Account.login == login))
    correct = verify_password(account.password_hash if account else None, password)
    if account is None or not correct or not account.active:
        _count_failure(keys)
        record_platform_event_now(
            "sign_in.failed",
            account_id=account.id if account else None,
            subject_type="login",
            subject_id=keys[0].hex()[:16],  # a mistyped login may be a password: never store it
        )
        return SignIn()
    if needs_rehash(account.password_hash or ""):
        account.password_hash = hash_password(password)
    db.session.execute(sa.delete(Throttle).where(Throttle.key_hash == keys[0]))
    token = open_session(account.id)
    record_platform_event("sign_in", account_id=account.id, subject_type="account", subject_id=str(account.id))
    return SignIn(token=token, account_id=account.id)


def open_session(account_id: UUID) -> str:
    """Open a session and return its token, which is stored nowhere."""
    token = secrets.token_urlsafe(32)
    db.session.add(SignInSession(token_hash=hash_token(token), account_id=account_id, expires_at=now() + SESSION_LIFE))
    return token


def sign_out(token: str, *, account_id: UUID) -> None:
    """End a session."""
    db.session.execute(
        sa.update(SignInSession).where(SignInSession.token_hash == hash_token(token)).values(ended_at=now())
    )
    record_platform_event("sign_out", account_id=account_id, subject_type="account", subject_id=str(account_id))


def end_other_sessions(account_id: UUID, *, keep: str | None) -> None:
    """End every session of an account except the one that asks (after a password change)."""
    query = sa.update(SignInSession).where(SignInSession.account_id == account_id, SignInSession.ended_at.is_(None))
    if keep is not None:
        query = query.where(SignInSession.token_hash != hash_token(keep))
    db.session.execute(query.values(ended_at=now()))


def switch_tenant(token: str, tenant_id: int, *, account_id: UUID) -> None:
    """Make a tenant the session's active one; openly, and written down."""
    db.session.execute(
        sa.update(SignInSession)
        .where(SignInSession.token_hash == hash_token(token), SignInSession.account_id == account_id)
        .values(active_tenant_id=tenant_id)
    )
    record_platform_event("tenant.switched", account_id=account_id, subject_type="tenant", subject_id=str(tenant_id))


def touch_session(session_id: UUID) -> None:
    """Remember that a session is in use."""
    with independent_transaction() as connection:
        connection.execute(
            sa.update(SignInSession).where(SignInSession.id == session_id).values(last_seen_at=sa.func.now())
        )


def _waiting_time(keys: list[bytes]) -> timedelta | None:
    until = db.session.scalar(sa.select(sa.func.max(Throttle.blocked_until)).where(Throttle.key_hash.in_(keys)))
    return until - now() if until is not None and until > now() else None


def _count_failure(keys: list[bytes]) -> None:
    """Count in a transaction of its own, under the row's lock, so that parallel guesses all count."""
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
            if failures > _FREE_FAILURES:
                wait = min(timedelta(seconds=2 ** min(failures - _FREE_FAILURES, 12)), _LONGEST_WAIT)
                connection.execute(
                    sa.update(Throttle).where(Throttle.key_hash == key).values(blocked_until=sa.func.now() + wait)
                )
