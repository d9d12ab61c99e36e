"""Tables of plugins' registers. What a schema marks as private lies in the vault, as does why an entry was struck."""

from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tiepdan.core.db import Base, TenantRow, tenant_foreign_key
from tiepdan.core.scope import tenant_scope


class RegisterEntry(TenantRow, Base):
    """An entry of a register. It is never deleted: it is struck, with a reason, and leaves lists and counts.

    version_id: the exact schema it was last written in. entry_on: the day that says to which period it belongs.
    year, number: of a numbered register, given once. answers: by field, without the private ones.
    private_id: the private ones, as one JSON text. version: counts the changes, for optimistic locking.
    """

    __tablename__ = "register_entry"
    __table_args__ = (
        tenant_foreign_key("version_id", "form_version"),
        tenant_foreign_key("private_id", "vault.text"),
        tenant_foreign_key("struck_reason_id", "vault.text"),
        sa.UniqueConstraint("tenant_id", "plugin", "register_key", "year", "number", name="uq_register_entry_number"),
        sa.CheckConstraint("(year IS NULL) = (number IS NULL)", name="number_with_year"),
        sa.CheckConstraint("(struck_on IS NULL) = (struck_reason_id IS NULL)", name="struck_with_reason"),
        sa.Index("ix_register_entry_entry_on", "tenant_id", "plugin", "register_key", "entry_on", "id"),
    )

    plugin: Mapped[str]
    register_key: Mapped[str]
    version_id: Mapped[UUID]
    entry_on: Mapped[date]
    year: Mapped[int | None]
    number: Mapped[int | None]
    title: Mapped[str]
    answers: Mapped[dict[str, Any]] = mapped_column(JSONB)
    private_id: Mapped[UUID | None]
    made_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    changed_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    changed_at: Mapped[datetime | None]
    struck_on: Mapped[date | None]
    struck_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    struck_reason_id: Mapped[UUID | None]
    version: Mapped[int]


class RegisterWord(Base):
    """A word that an entry is found by, without marks and case.

    Words are rows, for row-level security lets only leakproof comparisons use an index: `=` and `<` of text are,
    LIKE, trigrams and full text are not.
    """

    __tablename__ = "register_word"
    __table_args__ = (
        tenant_foreign_key("entry_id", "register_entry"),
        sa.Index("ix_register_word_entry_id", "tenant_id", "entry_id"),
    )

    tenant_id: Mapped[int] = mapped_column(
        sa.ForeignKey("tenant.id"), primary_key=True, default=lambda: tenant_scope().tenant_id
    )
    plugin: Mapped[str] = mapped_column(primary_key=True)
    register_key: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(sa.Text(collation="C"), primary_key=True)
    entry_id: Mapped[UUID] = mapped_column(primary_key=True)


class RegisterNumber(Base):
    """The last number of a register in a year; its locked row makes the numbers gapless."""

    __tablename__ = "register_number"

    tenant_id: Mapped[int] = mapped_column(
        sa.ForeignKey("tenant.id"), primary_key=True, default=lambda: tenant_scope().tenant_id
    )
    plugin: Mapped[str] = mapped_column(primary_key=True)
    register_key: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last_number: Mapped[int]


ENTRIES = cast("sa.Table", RegisterEntry.__table__)
WORDS = cast("sa.Table", RegisterWord.__table__)
