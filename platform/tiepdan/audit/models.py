"""Tables of the journal. The database refuses UPDATE and DELETE to every role of the application."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tiepdan.core.db import Base, TenantRow, new_id


class Event(TenantRow, Base):
    """What happened in a tenant: who, what, when, on what, from where. Never a name or a content."""

    __tablename__ = "event"
    __table_args__ = (
        sa.Index("ix_event_tenant_id_at", "tenant_id", sa.text("at DESC"), "id"),
        sa.Index("ix_event_subject", "tenant_id", "subject_type", "subject_id"),
    )

    at: Mapped[datetime] = mapped_column(server_default=sa.func.clock_timestamp())
    account_id: Mapped[UUID | None]
    action: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[UUID | None]
    address: Mapped[str | None]
    request_id: Mapped[str | None]
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")


class PlatformEvent(Base):
    """What happened outside any tenant: provisioning, failed sign-ins, appointments."""

    __tablename__ = "platform_event"
    __table_args__ = (sa.Index("ix_platform_event_at", sa.text("at DESC"), "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column(server_default=sa.func.clock_timestamp())
    account_id: Mapped[UUID | None]
    actor: Mapped[str] = mapped_column(server_default="")
    action: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[str | None]
    address: Mapped[str | None]
    request_id: Mapped[str | None]
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
