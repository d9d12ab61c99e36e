"""Tables of messages. Addresses, names and texts are not here: a row points to a person and names what happened."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tiepdan.core.db import Base, TenantRow, one_of, tenant_foreign_key
from tiepdan.core.scope import tenant_scope
from tiepdan.notifications.rules import QUIET_FROM, QUIET_UNTIL, Happening, Language, MessageState


class Message(TenantRow, Base):
    """One message to one person by one channel. Its id is the key a channel is given at every attempt.

    channel: "mail", "print", or "<plugin>/<key>". subject_id: what it is about; that table is on a higher floor, so
    there is no foreign key. occasion: names what happened to whom, so that nobody is told twice.
    facts: codes, never names or contents. next_at: when to try (again); None when nothing is left to try.
    failed: why it waits or did not go, a word. receipt: the gateway's own number.
    """

    __tablename__ = "message"
    __table_args__ = (
        one_of("event", Happening),
        one_of("state", MessageState),
        one_of("language", Language),
        sa.CheckConstraint("(person_id IS NULL) <> (account_id IS NULL)", name="one_recipient"),
        tenant_foreign_key("person_id", "vault.person"),
        sa.UniqueConstraint("tenant_id", "occasion", "channel", name="uq_message_occasion"),
        sa.Index("ix_message_made_at", "tenant_id", sa.text("made_at DESC"), sa.text("id DESC")),
        sa.Index("ix_message_subject_id", "tenant_id", "subject_id"),
        sa.Index("ix_message_next_at", "tenant_id", "next_at", postgresql_where=sa.text("next_at IS NOT NULL")),
    )

    event: Mapped[str]
    channel: Mapped[str]
    subject_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None]
    account_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    occasion: Mapped[str]
    sealed: Mapped[bool]
    language: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    made_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    attempts: Mapped[int] = mapped_column(sa.SmallInteger, server_default="0")
    state: Mapped[str] = mapped_column(server_default=MessageState.WAITING.value)
    # The job is sent with the commit; the periodic check leaves it this long before it sends another.
    next_at: Mapped[datetime | None] = mapped_column(server_default=sa.text("now() + interval '2 minutes'"))
    failed: Mapped[str] = mapped_column(server_default="")
    receipt: Mapped[str] = mapped_column(server_default="")
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))


class MessageWish(TenantRow, Base):
    """That a sender wants to be told news about a case. sealed_too: asked for when the case was already sealed."""

    __tablename__ = "message_wish"
    __table_args__ = (
        tenant_foreign_key("person_id", "vault.person"),
        sa.UniqueConstraint("tenant_id", "subject_id", name="uq_message_wish_subject_id"),
    )

    subject_id: Mapped[UUID]
    person_id: Mapped[UUID]
    sealed_too: Mapped[bool]
    made_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())


class MessagePlan(Base):
    """What a committee tells by which channels; without a row it tells nothing.

    channels: lists of channels by event. quiet_from, quiet_until: hours in Asia/Ho_Chi_Minh.
    """

    __tablename__ = "message_plan"
    __table_args__ = (
        one_of("language", Language),
        sa.CheckConstraint("quiet_from BETWEEN 0 AND 23 AND quiet_until BETWEEN 0 AND 23", name="hours_of_a_day"),
    )

    tenant_id: Mapped[int] = mapped_column(
        sa.ForeignKey("tenant.id"), primary_key=True, default=lambda: tenant_scope().tenant_id
    )
    channels: Mapped[dict[str, list[str]]] = mapped_column(JSONB)
    language: Mapped[str] = mapped_column(server_default=Language.VI.value)
    quiet_from: Mapped[int] = mapped_column(sa.SmallInteger, server_default=str(QUIET_FROM))
    quiet_until: Mapped[int] = mapped_column(sa.SmallInteger, server_default=str(QUIET_UNTIL))
    changed_at: Mapped[datetime] = mapped_column(server_default=sa.func.now(), onupdate=sa.func.now())
    changed_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))


MESSAGES = cast("sa.Table", Message.__table__)
WISHES = cast("sa.Table", MessageWish.__table__)
