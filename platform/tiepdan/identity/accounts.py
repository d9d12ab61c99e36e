"""Accounts and how they begin: an invitation by a link that is shown once."""

import re
import secrets
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.audit.service import record_platform_event, record_platform_event_now
from tiepdan.core.clock import now
from tiepdan.core.db import db
from tiepdan.core.errors import Conflict, Invalid, NotFound
from tiepdan.identity.models import Account, Invitation, PlatformRoleGrant
from tiepdan.identity.passwords import check_new_password, hash_password, verify_password
from tiepdan.identity.permissions import PlatformRole
from tiepdan.identity.sessions import end_other_sessions, hash_token
from tiepdan.identity.throttling import count_attempt, forgive_attempt, throttle_key

INVITATION_LIFE = timedelta(days=7)
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{2,63}")


def create_account(login: str, full_name: str, *, password: str | None = None) -> Account:
    """Create an account; without a password it waits for its invitation.

    Raises Invalid for a login that cannot be one, Conflict for a taken one.
    """
    login = login.strip().lower()
    if not _LOGIN.fullmatch(login):
        message = _("Tên đăng nhập dài 3–64 ký tự, gồm chữ thường không dấu, số và các dấu . _ @ -")
        raise Invalid(message, {"login": message})
    if find_account(login) is not None:
        raise Conflict(_("Tên đăng nhập %(login)s đã có người dùng.", login=login))
    account = Account(login=login, full_name=full_name.strip())
    if password is not None:
        account.password_hash = hash_password(password)
        account.password_changed_at = now()
    db.session.add(account)
    try:
        db.session.flush()
    except sa.exc.IntegrityError as error:  # somebody took it in the same moment
        raise Conflict(_("Tên đăng nhập %(login)s đã có người dùng.", login=login)) from error
    return account


def find_account(login: str) -> Account | None:
    """Return the account with this login, if there is one."""
    return db.session.scalar(sa.select(Account).where(Account.login == login.strip().lower()))


def account_by_id(account_id: UUID) -> Account:
    """Return an account; raise NotFound."""
    account = db.session.get(Account, account_id)
    if account is None:
        raise NotFound(f"account {account_id}")
    return account


def names_by_account(account_ids: set[UUID]) -> dict[UUID, str]:
    """Return the names of officials for a page, in one query."""
    if not account_ids:
        return {}
    rows = db.session.execute(sa.select(Account.id, Account.full_name).where(Account.id.in_(account_ids)))
    return {row.id: row.full_name for row in rows}


def issue_invitation(account_id: UUID, *, issued_by: UUID | None) -> str:
    """Make a link's token. Earlier unused links of the account stop working; the token is stored nowhere."""
    db.session.execute(
        sa.update(Invitation)
        .where(Invitation.account_id == account_id, Invitation.used_at.is_(None))
        .values(expires_at=now())
    )
    token = secrets.token_urlsafe(24)
    db.session.add(
        Invitation(
            token_hash=hash_token(token),
            account_id=account_id,
            issued_by=issued_by,
            expires_at=now() + INVITATION_LIFE,
        )
    )
    record_platform_event("invitation.issued", account_id=issued_by, subject_type="account", subject_id=str(account_id))
    return token


def open_invitation(token: str, *, lock: bool = False) -> tuple[Invitation, Account]:
    """Return a usable invitation and its account; raise NotFound when used, expired or unknown."""
    query = sa.select(Invitation).where(Invitation.token_hash == hash_token(token))
    invitation = db.session.scalar(query.with_for_update() if lock else query)
    if invitation is None or invitation.used_at is not None or invitation.expires_at <= now():
        raise NotFound(_("Liên kết mời không còn hiệu lực. Hãy xin người quản trị một liên kết mới."))
    return invitation, account_by_id(invitation.account_id)


def accept_invitation(token: str, password: str) -> Account:
    """Set the password of an invited account; the link works once."""
    invitation, account = open_invitation(token, lock=True)
    check_new_password(password, login=account.login, full_name=account.full_name)
    invitation.used_at = now()
    _set_password(account, password)
    record_platform_event(
        "invitation.accepted", account_id=account.id, subject_type="account", subject_id=str(account.id)
    )
    return account


def change_password(account_id: UUID, *, old: str, new: str, keep: str | None) -> None:
    """Change one's own password; every other session of the account ends.

    Wrong old passwords are counted per account: an unattended browser is no place to guess at leisure.
    Raises Invalid; Conflict while one must wait after five failures.
    """
    account = account_by_id(account_id)
    key, subject = throttle_key(f"password:{account_id}"), str(account_id)
    wait = count_attempt([key])
    if wait is not None:
        record_platform_event_now(
            "password.throttled", account_id=account_id, subject_type="account", subject_id=subject
        )
        seconds = max(1, round(wait.total_seconds()))
        raise Conflict(_("Nhập sai mật khẩu quá nhiều lần. Hãy đợi %(count)d giây rồi thử lại.", count=seconds))
    if not verify_password(account.password_hash, old):
        record_platform_event_now("password.failed", account_id=account_id, subject_type="account", subject_id=subject)
        message = _("Mật khẩu hiện tại không đúng.")
        raise Invalid(message, {"old": message})
    forgive_attempt(key)
    check_new_password(new, login=account.login, full_name=account.full_name)
    _set_password(account, new, keep=keep)
    record_platform_event("password.changed", account_id=account_id, subject_type="account", subject_id=subject)


def grant_platform_role(account_id: UUID, role: PlatformRole, *, province_id: int | None = None) -> None:
    """Give an account a role outside the tenants."""
    db.session.add(PlatformRoleGrant(account_id=account_id, role=role, province_id=province_id))
    record_platform_event(
        "platform_role.granted",
        subject_type="account",
        subject_id=str(account_id),
        detail={"role": role.value},
    )


def _set_password(account: Account, password: str, *, keep: str | None = None) -> None:
    account.password_hash = hash_password(password)
    account.password_changed_at = now()
    end_other_sessions(account.id, keep=keep)
