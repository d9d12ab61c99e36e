"""Sign in, stay signed in, switch between memberships, sign out."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from tiepdan.audit.service import record_platform_event, record_platform_event_now
from tiepdan.core.clock import now
from tiepdan.core.db import db, independent_transaction
from tiepdan.identity.models import Account, SignInSession
from tiepdan.identity.passwords import hash_password, needs_rehash, verify_password
from tiepdan.identity.throttling import count_attempt, forgive_attempt, throttle_key

SESSION_LIFE = timedelta(hours=12)
IDLE_LIFE = timedelta(hours=2)
SEEN_EVERY = timedelta(minutes=1)  # last_seen_at is written at most this often


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

    Attempts are counted per login and per address in a transaction of their own, before they are judged; after
    five failures in a row each further one doubles the wait, up to 15 minutes. The answer never says whether the
    login exists.
    """
    login = login.strip().lower()
    keys = [throttle_key(f"login:{login}"), throttle_key(f"address:{address}")]
    wait = count_attempt(keys, address_key=keys[1])
    if wait is not None:
        record_platform_event_now("sign_in.throttled", subject_type="login", subject_id=keys[0].hex()[:16])
        return SignIn(wait=wait)
    account = db.session.scalar(sa.select(Account).where(Account.login == login))
    correct = verify_password(account.password_hash if account else None, password)
    if account is None or not correct or not account.active:
        record_platform_event_now(
            "sign_in.failed",
            account_id=account.id if account else None,
            subject_type="login",
            subject_id=keys[0].hex()[:16],  # a mistyped login may be a password: never store it
        )
        return SignIn()
    if needs_rehash(account.password_hash or ""):
        account.password_hash = hash_password(password)
    forgive_attempt(keys[0], address_key=keys[1])
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


def begin_in_tenant(session_id: UUID, tenant_id: int, *, account_id: UUID) -> None:
    """Make the first tenant a session works in its active one; from then on only a switch leads to another."""
    with independent_transaction() as connection:
        connection.execute(
            sa.update(SignInSession)
            .where(SignInSession.id == session_id, SignInSession.active_tenant_id.is_(None))
            .values(active_tenant_id=tenant_id)
        )
    record_platform_event_now(
        "tenant.switched", account_id=account_id, subject_type="tenant", subject_id=str(tenant_id)
    )


def touch_session(session_id: UUID) -> None:
    """Remember that a session is in use."""
    with independent_transaction() as connection:
        connection.execute(
            sa.update(SignInSession).where(SignInSession.id == session_id).values(last_seen_at=sa.func.now())
        )
