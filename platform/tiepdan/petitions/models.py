"""Tables of petitions. Names and free texts are not here: rows point into the vault."""

from datetime import date, datetime
from typing import cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tiepdan.core.db import Base, TenantRow, one_of, tenant_foreign_key
from tiepdan.core.scope import tenant_scope
from tiepdan.petitions.rules import Field, Mark, Origin, Outcome, PersonRole, PetitionStatus, Step
from tiepdan.sdk import PetitionKind


class Matter(TenantRow, Base):
    """A matter (vụ việc): one thing in dispute, however many petitions and visits it brings."""

    __tablename__ = "matter"
    __table_args__ = (
        one_of("field", Field),
        sa.UniqueConstraint("tenant_id", "code", name="uq_matter_code"),
        sa.Index("ix_matter_opened_on", "tenant_id", sa.text("opened_on DESC"), sa.text("id DESC")),
    )

    code: Mapped[str]
    field: Mapped[str]
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    mass: Mapped[bool] = mapped_column(server_default=sa.false(), default=False)
    complex: Mapped[bool] = mapped_column(server_default=sa.false(), default=False)
    prolonged: Mapped[bool] = mapped_column(server_default=sa.false(), default=False)
    level_skipping: Mapped[bool] = mapped_column(server_default=sa.false(), default=False)
    version: Mapped[int] = mapped_column(server_default="1", default=1)


class MatterMark(TenantRow, Base):
    """One change of a matter's marks, with its reason; only grows."""

    __tablename__ = "matter_mark"
    __table_args__ = (
        one_of("mark", Mark),
        tenant_foreign_key("matter_id", "matter"),
        tenant_foreign_key("reason_id", "vault.text"),
        sa.Index("ix_matter_mark_matter_id", "tenant_id", "matter_id"),
    )

    matter_id: Mapped[UUID]
    mark: Mapped[str]
    holds: Mapped[bool]
    marked_on: Mapped[date]
    marked_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    account_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    reason_id: Mapped[UUID]


class Petition(TenantRow, Base):
    """A petition (đơn).

    lead_person_id: the first petitioner, kept here so that a list needs no join; empty when nobody is named.
    origin_visit_id: the visit it was taken at; that table is on a higher floor, so there is no foreign key.
    content_hash: keyed hash of the folded content, to find the same letter again; empty once sealed.
    due_on: the nearest open clock. notice_due_on: by when the sender must have been told (PTY-06, REC-12).
    has_answers: to forms of plugins; a page of a petition without any does not ask for them.
    """

    __tablename__ = "petition"
    __table_args__ = (
        one_of("origin", Origin),
        one_of("kind", PetitionKind, nullable=True),
        one_of("field", Field),
        one_of("status", PetitionStatus),
        one_of("outcome", Outcome, nullable=True),
        sa.CheckConstraint("people_count >= 1", name="people_count_positive"),
        sa.CheckConstraint("kind IS DISTINCT FROM 'denunciation' OR sealed", name="denunciation_is_sealed"),
        tenant_foreign_key("matter_id", "matter"),
        tenant_foreign_key("content_id", "vault.text"),
        tenant_foreign_key("lead_person_id", "vault.person"),
        sa.UniqueConstraint("tenant_id", "code", name="uq_petition_code"),
        sa.UniqueConstraint("tenant_id", "register_year", "register_number", name="uq_petition_register"),
        sa.Index("ix_petition_received_on", "tenant_id", sa.text("received_on DESC"), sa.text("id DESC")),
        sa.Index("ix_petition_status", "tenant_id", "status", sa.text("received_on DESC"), sa.text("id DESC")),
        sa.Index("ix_petition_matter_id", "tenant_id", "matter_id"),
        sa.Index("ix_petition_due_on", "tenant_id", "due_on", postgresql_where=sa.text("due_on IS NOT NULL")),
        sa.Index(
            "ix_petition_handler_id", "tenant_id", "handler_id", postgresql_where=sa.text("handler_id IS NOT NULL")
        ),
        sa.Index(
            "ix_petition_origin_visit_id",
            "tenant_id",
            "origin_visit_id",
            postgresql_where=sa.text("origin_visit_id IS NOT NULL"),
        ),
        sa.Index(
            "ix_petition_content_hash",
            "tenant_id",
            "content_hash",
            postgresql_where=sa.text("content_hash IS NOT NULL"),
        ),
    )

    matter_id: Mapped[UUID]
    code: Mapped[str]
    register_year: Mapped[int]
    register_number: Mapped[int]
    received_on: Mapped[date]
    origin: Mapped[str]
    origin_visit_id: Mapped[UUID | None]
    kind: Mapped[str | None]
    field: Mapped[str]
    status: Mapped[str] = mapped_column(default=PetitionStatus.REGISTERED.value)
    eligible: Mapped[bool | None]
    within_competence: Mapped[bool | None]
    anonymous: Mapped[bool] = mapped_column(server_default=sa.false(), default=False)
    content_id: Mapped[UUID]
    content_hash: Mapped[bytes | None]
    sealed: Mapped[bool] = mapped_column(server_default=sa.false(), default=False)
    people_count: Mapped[int] = mapped_column(server_default="1", default=1)
    lead_person_id: Mapped[UUID | None]
    handler_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    due_on: Mapped[date | None]
    notice_due_on: Mapped[date | None]
    notified_on: Mapped[date | None]
    classified_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    resolved_on: Mapped[date | None]
    told_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    outcome: Mapped[str | None]
    pin_hash: Mapped[bytes]
    has_answers: Mapped[bool] = mapped_column(server_default=sa.false(), default=False)
    registered_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    version: Mapped[int] = mapped_column(server_default="1", default=1)


class PetitionPerson(TenantRow, Base):
    """A person of a petition, in the order of the letter; position 1 is the first petitioner."""

    __tablename__ = "petition_person"
    __table_args__ = (
        one_of("role", PersonRole),
        tenant_foreign_key("petition_id", "petition"),
        tenant_foreign_key("person_id", "vault.person"),
        sa.UniqueConstraint("tenant_id", "petition_id", "position", name="uq_petition_person_position"),
        sa.Index("ix_petition_person_person_id", "tenant_id", "person_id"),
    )

    petition_id: Mapped[UUID]
    person_id: Mapped[UUID]
    role: Mapped[str]
    position: Mapped[int]


class PetitionStep(TenantRow, Base):
    """One step of a petition's history; only grows.

    failed: words of the eligibility conditions that were not met (classification only).
    body: the body it was transferred or returned to. reason_id, result_id: texts in the vault.
    """

    __tablename__ = "petition_step"
    __table_args__ = (
        one_of("step", Step),
        one_of("from_status", PetitionStatus, nullable=True),
        one_of("to_status", PetitionStatus),
        tenant_foreign_key("petition_id", "petition"),
        tenant_foreign_key("reason_id", "vault.text"),
        sa.Index("ix_petition_step_petition_id", "tenant_id", "petition_id"),
    )

    petition_id: Mapped[UUID]
    step: Mapped[str]
    from_status: Mapped[str | None]
    to_status: Mapped[str]
    taken_on: Mapped[date]
    taken_at: Mapped[datetime] = mapped_column(server_default=sa.func.clock_timestamp())
    account_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    handler_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    reason_id: Mapped[UUID | None]
    document_number: Mapped[str | None]
    body: Mapped[str | None]
    failed: Mapped[str | None]
    version: Mapped[int]


class RegisterCounter(Base):
    """The last number of a register book in a year; its locked row makes the numbers gapless (số đến)."""

    __tablename__ = "register_counter"

    tenant_id: Mapped[int] = mapped_column(
        sa.ForeignKey("tenant.id"), primary_key=True, default=lambda: tenant_scope().tenant_id
    )
    book: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last_number: Mapped[int]


# The bare tables, for inserts that need no object: an intake writes four of them.
MATTERS = cast("sa.Table", Matter.__table__)
PETITIONS = cast("sa.Table", Petition.__table__)
PETITION_PEOPLE = cast("sa.Table", PetitionPerson.__table__)
PETITION_STEPS = cast("sa.Table", PetitionStep.__table__)
