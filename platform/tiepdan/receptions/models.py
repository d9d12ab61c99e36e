"""Tables of receptions. People and everything they said are ids of the vault."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tiepdan.core.db import Base, TenantRow, one_of, tenant_foreign_key
from tiepdan.receptions.rules import (
    ChangeKind,
    DayStatus,
    Duty,
    Mode,
    ReceivedBy,
    ReceptionForm,
    ReceptionStatus,
    RefusalForm,
    RefusalGround,
    VisitorRole,
    VisitStatus,
)
from tiepdan.sdk import PetitionKind


class Reception(TenantRow, Base):
    """A kỳ tiếp công dân: one or more days. first_on, last_on repeat its days, for lists.

    chair: who is to receive; each day records who did. chair_name: the official, never a citizen.
    """

    __tablename__ = "reception"
    __table_args__ = (
        one_of("duty", Duty),
        one_of("form", ReceptionForm),
        one_of("mode", Mode),
        one_of("chair", ReceivedBy),
        one_of("status", ReceptionStatus),
        sa.Index("ix_reception_first_on", "tenant_id", sa.text("first_on DESC"), "id"),
    )

    duty: Mapped[str]
    form: Mapped[str]
    mode: Mapped[str] = mapped_column(server_default=Mode.IN_PERSON.value)
    chair: Mapped[str]
    chair_name: Mapped[str] = mapped_column(server_default="")
    substitute_reason: Mapped[str | None]
    substitute_basis: Mapped[str | None]
    place: Mapped[str] = mapped_column(server_default="")
    status: Mapped[str]
    first_on: Mapped[date]
    last_on: Mapped[date]
    posted_on: Mapped[date | None]
    late_reason: Mapped[str | None]
    made_by: Mapped[UUID | None]
    made_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    version: Mapped[int] = mapped_column(server_default="1", default=1)
    __mapper_args__ = {"version_id_col": version}


class ReceptionDay(TenantRow, Base):
    """One day of a reception, who received on it, and its counter of queue numbers."""

    __tablename__ = "reception_day"
    __table_args__ = (
        tenant_foreign_key("reception_id", "reception"),
        one_of("status", DayStatus),
        one_of("received_by", ReceivedBy),
        sa.UniqueConstraint("tenant_id", "reception_id", "day_on"),
        sa.Index("ix_reception_day_day_on", "tenant_id", "day_on"),
    )

    reception_id: Mapped[UUID]
    day_on: Mapped[date]
    status: Mapped[str]
    received_by: Mapped[str]
    official_name: Mapped[str] = mapped_column(server_default="")
    substitute_reason: Mapped[str | None]
    substitute_basis: Mapped[str | None]
    last_number: Mapped[int] = mapped_column(server_default="0", default=0)
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class ReceptionChange(TenantRow, Base):
    """A postponement or cancellation with its reason; only added to."""

    __tablename__ = "reception_change"
    __table_args__ = (
        tenant_foreign_key("reception_id", "reception"),
        one_of("kind", ChangeKind),
        sa.Index("ix_reception_change_reception_id", "tenant_id", "reception_id"),
    )

    reception_id: Mapped[UUID]
    kind: Mapped[str]
    decided_on: Mapped[date]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    reason: Mapped[str]
    made_by: Mapped[UUID | None]
    made_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())


class Visit(TenantRow, Base):
    """A lượt tiếp: somebody came. remarks_id: the free columns of the register, as JSON in the vault.

    has_answers: to forms of plugins; a page of a visit without any does not ask for them.
    """

    __tablename__ = "visit"
    __table_args__ = (
        tenant_foreign_key("reception_id", "reception"),
        tenant_foreign_key("day_id", "reception_day"),
        tenant_foreign_key("content_id", "vault.text"),
        tenant_foreign_key("matter_id", "matter"),
        tenant_foreign_key("petition_id", "petition"),
        tenant_foreign_key("refusal_text_id", "vault.text"),
        tenant_foreign_key("remarks_id", "vault.text"),
        one_of("kind", PetitionKind, nullable=True),
        one_of("status", VisitStatus),
        one_of("received_by", ReceivedBy),
        one_of("refusal_ground", RefusalGround, nullable=True),
        one_of("refusal_form", RefusalForm, nullable=True),
        sa.CheckConstraint("people_count >= 1", name="people_count_positive"),
        sa.CheckConstraint("(status = 'refused') = (refusal_ground IS NOT NULL)", name="refusal_has_ground"),
        sa.UniqueConstraint("tenant_id", "day_id", "number"),
        sa.UniqueConstraint("tenant_id", "code"),
        sa.Index("ix_visit_visited_on", "tenant_id", sa.text("visited_on DESC"), "id"),
        sa.Index("ix_visit_reception_id", "tenant_id", "reception_id"),
        sa.Index("ix_visit_matter_id", "tenant_id", "matter_id"),
        sa.Index("ix_visit_petition_id", "tenant_id", "petition_id"),
    )

    reception_id: Mapped[UUID]
    day_id: Mapped[UUID]
    visited_on: Mapped[date]
    number: Mapped[int]
    code: Mapped[str]
    pin_hash: Mapped[bytes | None]
    arrived_at: Mapped[datetime | None]
    people_count: Mapped[int]
    is_crowd: Mapped[bool]
    kind: Mapped[str | None]
    sealed: Mapped[bool] = mapped_column(server_default=sa.false(), default=False)
    content_id: Mapped[UUID]
    matter_id: Mapped[UUID | None]
    petition_id: Mapped[UUID | None]
    status: Mapped[str]
    received_by: Mapped[str]
    refusal_ground: Mapped[str | None]
    refusal_form: Mapped[str | None]
    refusal_text_id: Mapped[UUID | None]
    refused_on: Mapped[date | None]
    refusal_number: Mapped[str | None]
    within_competence: Mapped[bool | None]
    was_settled: Mapped[bool] = mapped_column(server_default=sa.false(), default=False)
    was_guided: Mapped[bool] = mapped_column(server_default=sa.false(), default=False)
    was_transferred: Mapped[bool] = mapped_column(server_default=sa.false(), default=False)
    remarks_id: Mapped[UUID | None]
    has_answers: Mapped[bool] = mapped_column(server_default=sa.false(), default=False)
    made_by: Mapped[UUID | None]
    version: Mapped[int] = mapped_column(server_default="1", default=1)
    __mapper_args__ = {"version_id_col": version}


class VisitPerson(TenantRow, Base):
    """A person of a visit; position 1 is who speaks."""

    __tablename__ = "visit_person"
    __table_args__ = (
        tenant_foreign_key("visit_id", "visit"),
        tenant_foreign_key("person_id", "vault.person"),
        one_of("role", VisitorRole),
        sa.UniqueConstraint("tenant_id", "visit_id", "position"),
        sa.Index("ix_visit_person_person_id", "tenant_id", "person_id"),
    )

    visit_id: Mapped[UUID]
    person_id: Mapped[UUID]
    role: Mapped[str]
    position: Mapped[int]


class ReceptionMinutes(TenantRow, Base):
    """The minutes (biên bản) of a reception; the text is in the vault."""

    __tablename__ = "reception_minutes"
    __table_args__ = (
        tenant_foreign_key("reception_id", "reception"),
        tenant_foreign_key("text_id", "vault.text"),
        sa.UniqueConstraint("tenant_id", "reception_id"),
    )

    reception_id: Mapped[UUID]
    text_id: Mapped[UUID]
    written_on: Mapped[date]
    chair_name: Mapped[str]
    secretary_name: Mapped[str]
    citizens_signed: Mapped[bool]
    unsigned_reason: Mapped[str | None]
    written_by: Mapped[UUID | None]
    version: Mapped[int] = mapped_column(server_default="1", default=1)
    __mapper_args__ = {"version_id_col": version}


class RegisterRow(TenantRow, Base):
    """One line of a reception register (sổ tiếp công dân) that was brought in: to a visit, or to a kỳ without any."""

    __tablename__ = "register_row"
    __table_args__ = (
        tenant_foreign_key("reception_id", "reception"),
        tenant_foreign_key("visit_id", "visit"),
        sa.UniqueConstraint("tenant_id", "book", "year", "number"),
        sa.Index("ix_register_row_reception_id", "tenant_id", "reception_id"),
        sa.Index("ix_register_row_visit_id", "tenant_id", "visit_id"),
    )

    book: Mapped[str]
    year: Mapped[int]
    number: Mapped[int]
    row_hash: Mapped[bytes]
    reception_id: Mapped[UUID]
    visit_id: Mapped[UUID | None]
    made_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())


class RegisterSession(TenantRow, Base):
    """Which reception a kỳ of an imported register became, so that a later file adds to it instead of repeating it."""

    __tablename__ = "register_session"
    __table_args__ = (
        tenant_foreign_key("reception_id", "reception"),
        sa.UniqueConstraint("tenant_id", "book", "session_key"),
        sa.Index("ix_register_session_reception_id", "tenant_id", "reception_id"),
    )

    book: Mapped[str]
    session_key: Mapped[str]
    reception_id: Mapped[UUID]


class RegisterMatter(TenantRow, Base):
    """Which matter a name in an imported register became; the name is kept as a keyed hash."""

    __tablename__ = "register_matter"
    __table_args__ = (
        tenant_foreign_key("matter_id", "matter"),
        sa.UniqueConstraint("tenant_id", "key_hash"),
        sa.Index("ix_register_matter_matter_id", "tenant_id", "matter_id"),
    )

    key_hash: Mapped[bytes]
    matter_id: Mapped[UUID]
