"""Tables of conclusions and assignments. Between two tenants: insert-only, the sender writes, both read."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tiepdan.core.db import Base, TenantRow, one_of, tenant_foreign_key
from tiepdan.directives.rules import StepKind


class ConclusionNotice(TenantRow, Base):
    """A signed Thông báo kết luận. Its text is in the vault; the reception lies above and is kept as an id."""

    __tablename__ = "conclusion_notice"
    __table_args__ = (
        tenant_foreign_key("text_id", "vault.text"),
        sa.UniqueConstraint("tenant_id", "year", "number"),
        sa.Index("ix_conclusion_notice_reception", "tenant_id", "reception_id"),
        sa.Index("ix_conclusion_notice_signed_on", "tenant_id", sa.text("signed_on DESC"), "id"),
    )

    year: Mapped[int]
    number: Mapped[str]
    signed_on: Mapped[date]
    signer_name: Mapped[str]
    signer_office: Mapped[str] = mapped_column(server_default="")
    reception_id: Mapped[UUID | None]
    text_id: Mapped[UUID]
    issued_by: Mapped[UUID | None]
    made_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())


class Assignment(TenantRow, Base):
    """Work given to a body, perhaps the own one.

    tenant_id is the sender. text_id is the sender's copy; payload is the receiver's, sealed to its public key.
    forms: what the sender answered to forms of plugins, sealed to the receiver.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        tenant_foreign_key("notice_id", "conclusion_notice"),
        tenant_foreign_key("matter_id", "matter"),
        tenant_foreign_key("text_id", "vault.text"),
        sa.Index("ix_assignment_sent", "tenant_id", sa.text("issued_on DESC"), "id"),
        # The receiver's list: the one index here that does not start with the owner.
        sa.Index("ix_assignment_received", "peer_tenant_id", sa.text("issued_on DESC"), "id"),
        sa.Index("ix_assignment_notice_id", "tenant_id", "notice_id"),
        sa.Index("ix_assignment_matter_id", "tenant_id", "matter_id"),
    )

    peer_tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenant.id"))
    notice_id: Mapped[UUID | None]
    reception_id: Mapped[UUID | None]
    matter_id: Mapped[UUID | None]
    text_id: Mapped[UUID]
    payload: Mapped[bytes]
    forms: Mapped[bytes | None]
    issued_on: Mapped[date]
    due_on: Mapped[date | None]
    tell_citizen: Mapped[bool] = mapped_column(server_default=sa.true())
    issued_by: Mapped[UUID | None]
    made_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())


class AssignmentStep(TenantRow, Base):
    """What one side did. tenant_id wrote it, peer_tenant_id is the other side; nothing is ever changed.

    The assignment may belong to the other tenant, so it is no foreign key; readers count a step only when
    its writer is a side of the assignment. forms: what was answered to forms of plugins, sealed to the other side.
    """

    __tablename__ = "assignment_step"
    __table_args__ = (
        one_of("kind", StepKind),
        tenant_foreign_key("note_id", "vault.text"),
        sa.Index("ix_assignment_step_written", "tenant_id", "assignment_id"),
        sa.Index("ix_assignment_step_received", "peer_tenant_id", "assignment_id"),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name="percent_range"),
    )

    peer_tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenant.id"))
    assignment_id: Mapped[UUID]
    kind: Mapped[str]
    on_day: Mapped[date]
    due_on: Mapped[date | None]
    percent: Mapped[int | None]
    note_id: Mapped[UUID | None]
    payload: Mapped[bytes | None]
    forms: Mapped[bytes | None]
    written_by: Mapped[UUID | None]
    made_at: Mapped[datetime] = mapped_column(server_default=sa.text("clock_timestamp()"))


class AssignmentSignal(TenantRow, Base):
    """The sender did something the receiver's clock has to follow; the receiver takes the row away when it has.

    A clock is the receiver's own row, so the sender cannot start it. The queue may lose the job that does; this
    row does not get lost, and the sweep sees whose rows wait.
    """

    __tablename__ = "assignment_signal"
    __table_args__ = (
        tenant_foreign_key("assignment_id", "assignment"),
        sa.Index("ix_assignment_signal_received", "peer_tenant_id", "id"),
    )

    peer_tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenant.id"))
    assignment_id: Mapped[UUID]
    made_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
