"""Tables of handovers. Sender and receiver read the same rows; nothing in them says who the citizen is."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tiepdan.core.db import Base, TenantRow, one_of, tenant_foreign_key
from tiepdan.handovers.rules import FINAL, Basis, Side, Word

_FINAL_WORDS = ", ".join(f"'{word.value}'" for word in sorted(FINAL))


class Handover(TenantRow, Base):
    """A petition sent to another body: tenant_id is the sender, peer_tenant_id the receiver. Written once.

    payload: people, content and way of the petition, sealed to the receiver's public key.
    sealed: a denunciation; both sides' pages keep the identity covered. loop: the receiver had it before.
    """

    __tablename__ = "handover"
    __table_args__ = (
        tenant_foreign_key("petition_id", "petition"),
        one_of("basis", Basis),
        sa.CheckConstraint("peer_tenant_id <> tenant_id", name="not_to_itself"),
        sa.UniqueConstraint("tenant_id", "id", "peer_tenant_id", name="uq_handover_peer"),
        sa.Index("ix_handover_sent", "tenant_id", sa.text("sent_on DESC"), sa.text("id DESC")),
        sa.Index("ix_handover_received", "peer_tenant_id", sa.text("sent_on DESC"), sa.text("id DESC")),
        sa.Index("ix_handover_petition_id", "tenant_id", "petition_id"),
    )

    peer_tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenant.id"))
    petition_id: Mapped[UUID]
    basis: Mapped[str]
    document_number: Mapped[str]
    sent_on: Mapped[date]
    sealed: Mapped[bool]
    loop: Mapped[bool]
    payload: Mapped[bytes]
    sent_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())


class HandoverStep(TenantRow, Base):
    """What happened to a handover. Both sides add rows, each as its own side; nobody changes one.

    tenant_id is the handover's sender on every row. for_sender, for_receiver: a reason or an answer, sealed
    to each of the two, so that both can read it later and nobody else.
    """

    __tablename__ = "handover_step"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["tenant_id", "handover_id", "peer_tenant_id"],
            ["handover.tenant_id", "handover.id", "handover.peer_tenant_id"],
            name="fk_handover_step_handover",
        ),
        one_of("side", Side),
        one_of("word", Word),
        sa.CheckConstraint("(side = 'sender') = (word IN ('withdrawn', 'taken_back'))", name="side_of_word"),
        sa.UniqueConstraint("tenant_id", "handover_id", "word", name="uq_handover_step_once"),
        sa.Index(
            "uq_handover_step_final",
            "tenant_id",
            "handover_id",
            unique=True,
            postgresql_where=sa.text(f"word IN ({_FINAL_WORDS})"),
        ),
    )

    peer_tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenant.id"))
    handover_id: Mapped[UUID]
    side: Mapped[str]
    word: Mapped[str]
    taken_on: Mapped[date]
    for_sender: Mapped[bytes | None]
    for_receiver: Mapped[bytes | None]
    taken_at: Mapped[datetime] = mapped_column(server_default=sa.text("clock_timestamp()"))


class HandoverOrigin(TenantRow, Base):
    """Where a petition that was handed over to us came from: the receiver's own record of its way.

    legs: every stretch so far, as [from tenant, to tenant, day, letter number]; bodies and papers, no people.
    """

    __tablename__ = "handover_origin"
    __table_args__ = (
        tenant_foreign_key("petition_id", "petition"),
        sa.UniqueConstraint("tenant_id", "petition_id", name="uq_handover_origin_petition"),
        sa.UniqueConstraint("tenant_id", "handover_id", name="uq_handover_origin_handover"),
    )

    petition_id: Mapped[UUID]
    sender_tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenant.id"))
    handover_id: Mapped[UUID]
    sender_code: Mapped[str]
    legs: Mapped[list[Any]] = mapped_column(JSONB)
