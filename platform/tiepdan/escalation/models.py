"""Tables of escalations: what a superior is told, what both sides did with it, and our own marks of what was done."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tiepdan.core.db import Base, TenantRow, one_of, tenant_foreign_key
from tiepdan.core.scope import tenant_scope
from tiepdan.escalation.rules import Side, Word


class Escalation(TenantRow, Base):
    """An overdue obligation told to a superior: tenant_id is the late unit, peer_tenant_id the superior.

    A case whose summary the superior may see is named with its rule and due day. Of any other only a random
    reference is given: id, rule and date would point at a person.
    rung: which rung of the ladder, 1 the direct superior; 0 for a body only a plugin's route tells.
    plugin, source: whose route brought it, and the document that says so; None where the ladder did.
    takes_over: the receiver is asked to take the matter over. emergency: by whose name the direct superior was
    passed over.
    """

    __tablename__ = "escalation"
    __table_args__ = (
        sa.CheckConstraint("peer_tenant_id <> tenant_id", name="not_to_itself"),
        sa.CheckConstraint("rung >= 1 OR (rung = 0 AND plugin IS NOT NULL)", name="rung_or_route"),
        sa.CheckConstraint(
            "NOT sealed OR (case_id IS NULL AND rule_id IS NULL AND due_on IS NULL AND emergency IS NULL)",
            name="sealed_is_a_reference",
        ),
        sa.UniqueConstraint("tenant_id", "id", "peer_tenant_id", name="uq_escalation_peer"),
        sa.Index("ix_escalation_sent", "tenant_id", sa.text("raised_on DESC"), "id"),
        sa.Index("ix_escalation_received", "peer_tenant_id", sa.text("raised_on DESC"), "id"),
    )

    peer_tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenant.id"))
    rung: Mapped[int] = mapped_column(sa.SmallInteger)
    raised_on: Mapped[date]
    sealed: Mapped[bool]
    reference: Mapped[UUID]
    case_id: Mapped[UUID | None]
    rule_id: Mapped[str | None]
    due_on: Mapped[date | None]
    plugin: Mapped[str | None]
    source: Mapped[str | None]
    takes_over: Mapped[bool] = mapped_column(server_default=sa.false())
    emergency: Mapped[str | None]
    raised_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())


class EscalationStep(TenantRow, Base):
    """What was done about an escalation; each side adds rows as itself, nobody changes one.

    for_sender, for_receiver: an instruction or an explanation, sealed to each of the two.
    """

    __tablename__ = "escalation_step"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["tenant_id", "escalation_id", "peer_tenant_id"],
            ["escalation.tenant_id", "escalation.id", "escalation.peer_tenant_id"],
            name="fk_escalation_step_escalation",
        ),
        one_of("side", Side),
        one_of("word", Word),
        sa.CheckConstraint("(side = 'receiver') = (word IN ('acknowledged', 'taken_over'))", name="side_of_word"),
        sa.UniqueConstraint("tenant_id", "escalation_id", "word", name="uq_escalation_step_once"),
    )

    peer_tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenant.id"))
    escalation_id: Mapped[UUID]
    side: Mapped[str]
    word: Mapped[str]
    taken_on: Mapped[date]
    for_sender: Mapped[bytes | None]
    for_receiver: Mapped[bytes | None]
    taken_at: Mapped[datetime] = mapped_column(server_default=sa.text("clock_timestamp()"))


class ClockMark(Base):
    """What the sweep did about a clock, each step once: the key is the guarantee. The unit's own.

    step: "rung 1" and so on for the ladder, "route 17" for a body a plugin's route tells, "takeover 17" for one that
        is asked to take the matter over; for a warning its kind and the day it was for.
    """

    __tablename__ = "clock_mark"
    __table_args__ = (
        tenant_foreign_key("clock_id", "clock"),
        tenant_foreign_key("escalation_id", "escalation", deferrable=True, initially="DEFERRED"),
        sa.Index("ix_clock_mark_marked_on", "tenant_id", sa.text("marked_on DESC"), "clock_id"),
    )

    tenant_id: Mapped[int] = mapped_column(
        sa.ForeignKey("tenant.id"), primary_key=True, default=lambda: tenant_scope().tenant_id
    )
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    clock_id: Mapped[UUID] = mapped_column(primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    marked_on: Mapped[date]
    escalation_id: Mapped[UUID | None]
