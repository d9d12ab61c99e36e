"""Tables of tenancy. All of them are the platform's: a tenant is rows here, never a schema of its own."""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tiepdan.core.db import Base, one_of
from tiepdan.sdk import Branch, Level, TenantKind


class TenantState(StrEnum):
    """States of a tenant. Suspended: 503 to the public, read-only to staff."""

    DRAFT = "draft"
    ACTIVE = "active"
    READ_ONLY = "read_only"
    SUSPENDED = "suspended"
    ARCHIVED = "archived"
    DESTROYED = "destroyed"


class Ltree(sa.types.UserDefinedType[str]):
    """PostgreSQL's ltree: the path of a tenant, labels `t<id>`, root first."""

    cache_ok = True

    def get_col_spec(self, **_options: object) -> str:
        """Return the name of the type."""
        return "ltree"

    def bind_expression(self, bindvalue: sa.BindParameter[str]) -> sa.ColumnElement[str]:
        """Cast a bound text, whatever type the driver sends it as."""
        return sa.cast(bindvalue, self)

    def bind_processor(self, dialect: sa.Dialect) -> Callable[[str | None], str | None] | None:  # noqa: ARG002 - its signature
        """Send the text as it is."""
        return None


class ProvinceRow(Base):
    """A province as it was last applied: one file, one transaction, one administrator's realm."""

    __tablename__ = "province"

    id: Mapped[int] = mapped_column(sa.Integer, sa.Identity(), primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str]
    name: Mapped[str]
    as_of: Mapped[date]
    regime: Mapped[str]
    catalogue: Mapped[str]
    applied_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())


def _by_trigrams(column: str) -> sa.Index:
    """Index parts of a text. Rows come rarely, so each is entered at once instead of waiting in a list to be read."""
    return sa.Index(
        f"ix_tenant_{column}_trgm",
        column,
        postgresql_using="gin",
        postgresql_ops={column: "gin_trgm_ops"},
        postgresql_with={"fastupdate": "off"},
    )


class Tenant(Base):
    """One body: a committee, an agency or a judicial body of one administrative unit.

    path: labels `t<id>` of its superiors and itself; what it says for today, `superior` says for every day.
    folded: both names in lower case and without marks, for the directory's search.
    """

    __tablename__ = "tenant"
    __table_args__ = (
        one_of("kind", TenantKind),
        one_of("branch", Branch),
        one_of("level", Level),
        one_of("unit_level", Level),
        one_of("state", TenantState),
        sa.CheckConstraint("subpath(path, -1)::text = 't' || id", name="path_ends_here"),
        sa.CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 63", name="slug_form"),
        sa.Index("ix_tenant_path", "path", postgresql_using="gist"),
        *(_by_trigrams(column) for column in ("slug", "folded")),
    )

    id: Mapped[int] = mapped_column(sa.Integer, sa.Identity(), primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    short_name: Mapped[str]
    kind: Mapped[str]
    branch: Mapped[str]
    level: Mapped[str]
    regime: Mapped[str]
    catalogue: Mapped[str]
    unit_level: Mapped[str]
    unit_code: Mapped[str]
    path: Mapped[str] = mapped_column(Ltree())
    superior_id: Mapped[int | None] = mapped_column(sa.ForeignKey("tenant.id"), index=True)
    province_id: Mapped[int] = mapped_column(sa.ForeignKey("province.id"), index=True)
    state: Mapped[str] = mapped_column(server_default="active")
    folded: Mapped[str | None] = mapped_column(
        sa.Text, sa.Computed("fold_name(name || ' ' || short_name)", persisted=True)
    )
    public_key: Mapped[bytes]
    version: Mapped[int] = mapped_column(sa.Integer, server_default="1")
    created_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())


def _no_overlap(name: str, *same: str) -> ExcludeConstraint:
    """Refuse two rows that are the same and in force on one day."""
    elements: list[tuple[Any, str]] = [(sa.column(column), "=") for column in same]
    period = sa.text("daterange(valid_from, valid_to, '[]')")
    return ExcludeConstraint(*elements, (period, "&&"), name=name, using="gist")


class Superior(Base):
    """Who is directly above a tenant, from when to when; valid_to empty = still. A root has no row."""

    __tablename__ = "superior"
    __table_args__ = (
        sa.CheckConstraint("valid_to >= valid_from", name="period"),
        sa.CheckConstraint("superior_id <> tenant_id", name="not_itself"),
        _no_overlap("ex_superior_one_at_a_time", "tenant_id"),
    )

    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenant.id"), primary_key=True)
    superior_id: Mapped[int] = mapped_column(sa.ForeignKey("tenant.id"), index=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_to: Mapped[date | None]


class ReportingLineRow(Base):
    """Figures of one report that go from one tenant to another; may cross branches, opens no case."""

    __tablename__ = "reporting_line"
    __table_args__ = (
        sa.CheckConstraint("valid_to >= valid_from", name="period"),
        sa.CheckConstraint("from_tenant_id <> to_tenant_id", name="not_itself"),
        _no_overlap("ex_reporting_line_once", "from_tenant_id", "to_tenant_id", "report"),
        sa.Index("ix_reporting_line_to", "to_tenant_id", "report"),
    )

    from_tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenant.id"), primary_key=True)
    to_tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenant.id"), primary_key=True)
    report: Mapped[str] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_to: Mapped[date | None]


class Host(Base):
    """A host name of a tenant, lower case, without port."""

    __tablename__ = "host"
    __table_args__ = (sa.CheckConstraint("name = lower(name)", name="lower_case"),)

    name: Mapped[str] = mapped_column(primary_key=True)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenant.id"), index=True)


class FormerSlug(Base):
    """A slug a tenant had before: its old addresses lead on, and no other tenant takes it."""

    __tablename__ = "former_slug"

    slug: Mapped[str] = mapped_column(primary_key=True)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenant.id"), index=True)
    given_up_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())


class TenantPlugin(Base):
    """A plugin enabled for a tenant, with its settings; locked: only the province's file changes them."""

    __tablename__ = "tenant_plugin"

    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenant.id"), primary_key=True)
    plugin: Mapped[str] = mapped_column(primary_key=True)
    locked: Mapped[bool] = mapped_column(sa.Boolean, server_default=sa.false())
    settings: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")


class PluginEpoch(Base):
    """One number that moves whenever anything about plugins is decided; every process compares it (`door`)."""

    __tablename__ = "plugin_epoch"
    __table_args__ = (sa.CheckConstraint("single", name="one_row"),)

    single: Mapped[bool] = mapped_column(primary_key=True, server_default=sa.true())
    number: Mapped[int] = mapped_column(sa.BigInteger)


class TenantKey(Base):
    """A tenant's secret keys, wrapped by the root key; a new version is a new row."""

    __tablename__ = "tenant_key"

    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenant.id"), primary_key=True)
    version: Mapped[int] = mapped_column(sa.Integer, primary_key=True, server_default="1")
    wrapped_key: Mapped[bytes]
    wrapped_private_key: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
