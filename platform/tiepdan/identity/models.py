"""Tables of people at work. Accounts are the platform's; a membership belongs to its tenant."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tiepdan.core.db import Base, TenantRow, new_id, one_of
from tiepdan.identity.permissions import PlatformRole, Role


class Account(Base):
    """A person who may sign in. The name is that of an official at work, never of a citizen."""

    __tablename__ = "account"
    __table_args__ = (sa.CheckConstraint("login = lower(login)", name="login_is_lower"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    login: Mapped[str] = mapped_column(unique=True)
    full_name: Mapped[str]
    password_hash: Mapped[str | None]
    password_changed_at: Mapped[datetime | None]
    locale: Mapped[str] = mapped_column(server_default="vi")
    active: Mapped[bool] = mapped_column(server_default=sa.true())
    created_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())


class SignInSession(Base):
    """A signed-in browser: the cookie holds a random token, the row its hash."""

    __tablename__ = "session"
    __table_args__ = (sa.Index("ix_session_account_id", "account_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account.id"))
    active_tenant_id: Mapped[int | None] = mapped_column(sa.ForeignKey("tenant.id"))
    created_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    last_seen_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Invitation(Base):
    """A link, shown once, by which a person sets their first (or a forgotten) password."""

    __tablename__ = "invitation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account.id"))
    issued_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    issued_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Throttle(Base):
    """Failures in a row for one key (a login or an address, hashed), and until when to wait."""

    __tablename__ = "throttle"

    key_hash: Mapped[bytes] = mapped_column(primary_key=True)
    failures: Mapped[int] = mapped_column(server_default="0")
    last_failed_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    blocked_until: Mapped[datetime | None]


class PlatformRoleGrant(Base):
    """A role outside the tenants; a provincial IT administrator's names the province."""

    __tablename__ = "platform_role"
    __table_args__ = (
        one_of("role", PlatformRole),
        sa.CheckConstraint("(role = 'province_admin') = (province_id IS NOT NULL)", name="province_admin_has_province"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account.id"), index=True)
    role: Mapped[str]
    province_id: Mapped[int | None] = mapped_column(sa.ForeignKey("province.id"))
    granted_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    ended_at: Mapped[datetime | None]


class Membership(TenantRow, Base):
    """One role of one person in one tenant; fenced, with a second policy so that people find their own.

    confirmed_at: since when the rights over cases count. Empty for the appointee of a provincial IT
    administrator until the head of the committee confirms.
    """

    __tablename__ = "membership"
    __table_args__ = (
        one_of("role", Role),
        sa.Index(
            "uq_membership_live", "tenant_id", "account_id", "role", unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
        sa.Index("ix_membership_account_id", "account_id"),
    )  # fmt: skip

    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account.id"))
    role: Mapped[str]
    granted_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    granted_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    granted_from_platform: Mapped[bool] = mapped_column(server_default=sa.false())
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    valid_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class VaultPerson(TenantRow, Base):
    """One appearance of a person (a visit, a petition), encrypted with the tenant's key.

    name_hash, identity_hash: keyed hashes for finding returning visitors; empty once sealed.
    """

    __tablename__ = "person"
    __table_args__ = (
        sa.Index("ix_person_name_hash", "tenant_id", "name_hash"),
        sa.Index("ix_person_identity_hash", "tenant_id", "identity_hash"),
        {"schema": "vault"},
    )

    sealed: Mapped[bool] = mapped_column(server_default=sa.false())
    ciphertext: Mapped[bytes]
    name_hash: Mapped[bytes | None]
    identity_hash: Mapped[bytes | None]


class VaultText(TenantRow, Base):
    """Free text about a case, encrypted with the tenant's key."""

    __tablename__ = "text"
    __table_args__ = ({"schema": "vault"},)

    sealed: Mapped[bool] = mapped_column(server_default=sa.false())
    ciphertext: Mapped[bytes]
