"""Tables of sharing. `path` is the fence; queries go by the ancestor columns, which the database derives from it."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tiepdan.core.db import Base, TenantRow
from tiepdan.core.scope import tenant_scope
from tiepdan.sharing.rules import DEPTHS
from tiepdan.tenancy.models import Ltree


def ancestor_sql(depth: int) -> str:
    """Return the expression of the superior at a depth: the id in that label of the path, the last one excepted."""
    label = f"ltree2text(subpath(path, {depth - 1}, 1))"
    return f"CASE WHEN nlevel(path) > {depth} THEN substr({label}, 2)::integer END"


def _ancestor(depth: int) -> Mapped[int | None]:
    return mapped_column(sa.Integer, sa.Computed(ancestor_sql(depth), persisted=True))


class SharedPath:
    """Columns of a table that superiors read: nobody can write an ancestor that the path does not say."""

    path: Mapped[str] = mapped_column(Ltree(), default=lambda: tenant_scope().path)
    anc1_id: Mapped[int | None] = _ancestor(1)
    anc2_id: Mapped[int | None] = _ancestor(2)
    anc3_id: Mapped[int | None] = _ancestor(3)
    anc4_id: Mapped[int | None] = _ancestor(4)


def _by_ancestor(table: str, name: str, *columns: str, where: str = "") -> list[sa.Index]:
    """Index each ancestor column; most rows have few ancestors, so empty ones are left out."""
    return [
        sa.Index(
            f"ix_{table}_anc{depth}_{name}",
            f"anc{depth}_id",
            *(sa.text(column) if " " in column else column for column in columns),
            postgresql_where=sa.text(f"anc{depth}_id IS NOT NULL{where}"),
            postgresql_include=["path"] if name in {"due", "flags"} else None,
        )
        for depth in DEPTHS
    ]


class SharedState(TenantRow, Base):
    """In which bucket a case is counted at present. The unit's own: superiors never see it.

    withheld_by: the plugin by whose rule less goes up than by the platform's profile; withheld_source: its document.
    """

    __tablename__ = "shared_state"

    month: Mapped[date]
    kind: Mapped[str]
    status: Mapped[str]
    field: Mapped[str]
    pending: Mapped[bool]
    counted: Mapped[bool]
    listed: Mapped[bool]
    withheld_by: Mapped[str | None]
    withheld_source: Mapped[str | None]


class SharedCase(SharedPath, TenantRow, Base):
    """A case as superiors see it: never a name, and a text only where the share profile says so.

    more: answers to forms of plugins that go up, codes and numbers with their words; empty until they are told.
    """

    __tablename__ = "shared_case"
    __table_args__ = (
        sa.CheckConstraint("kind NOT IN ('denunciation', 'unknown')", name="no_sealed_kind"),
        sa.CheckConstraint("nlevel(path) <= 5", name="depth"),
        *_by_ancestor("shared_case", "received", "received_on DESC", "id"),
        *_by_ancestor("shared_case", "kind", "kind", "status", "received_on DESC", "id"),
        *_by_ancestor("shared_case", "due", "due_on", "id", where=" AND closed_on IS NULL AND due_on IS NOT NULL"),
        *_by_ancestor("shared_case", "flags", "flags", "received_on DESC", "id", where=" AND flags <> 0"),
        sa.Index("ix_shared_case_own", "tenant_id", sa.text("received_on DESC"), "id"),
    )

    code: Mapped[str] = mapped_column(server_default="")
    kind: Mapped[str]
    status: Mapped[str]
    field: Mapped[str]
    received_on: Mapped[date]
    due_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    flags: Mapped[int] = mapped_column(sa.SmallInteger)
    people_count: Mapped[int] = mapped_column(sa.Integer)
    text: Mapped[str | None]
    more: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB(none_as_null=True))


class SharedCount(SharedPath, Base):
    """How many cases a unit has, by month of receipt, kind, status and field."""

    __tablename__ = "shared_count"
    __table_args__ = (
        sa.CheckConstraint("nlevel(path) <= 5", name="depth"),
        *_by_ancestor("shared_count", "month", "month"),
        {"postgresql_with": {"fillfactor": 80}},
    )

    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenant.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    pending: Mapped[bool] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(sa.Integer)


class SharedTotal(SharedPath, Base):
    """The same over all months and fields: a superior's totals read a dozen rows per unit, whatever its age."""

    __tablename__ = "shared_total"
    __table_args__ = (
        sa.CheckConstraint("nlevel(path) <= 5", name="depth"),
        *_by_ancestor("shared_total", "all"),
        {"postgresql_with": {"fillfactor": 80}},
    )

    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenant.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(primary_key=True)
    pending: Mapped[bool] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(sa.Integer)
