"""Tables of plugins. Decisions and stops are the platform's, for they hold for units below; the rest is a tenant's."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tiepdan.core.db import Base, TenantRow, new_id, tenant_foreign_key


class PluginChoice(Base):
    """What a committee decided about a plugin, for itself or for all units of a level below it.

    for_level: "" for itself. locked: units below cannot decide otherwise.
    """

    __tablename__ = "plugin_choice"

    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenant.id"), primary_key=True)
    plugin: Mapped[str] = mapped_column(primary_key=True)
    for_level: Mapped[str] = mapped_column(primary_key=True, server_default="")
    enabled: Mapped[bool]
    locked: Mapped[bool] = mapped_column(server_default=sa.false())
    settings: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
    decided_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    decided_at: Mapped[datetime] = mapped_column(server_default=sa.func.now(), onupdate=sa.func.now())


MOVE_EPOCH = sa.text("UPDATE plugin_epoch SET number = number + 1")
"""Belongs to every change of these tables, in its transaction: what a process remembers is then read again."""


class PluginStop(Base):
    """A plugin that was stopped: by its own faults in one tenant, or by the operator everywhere.

    tenant_id: None for everywhere. hook, fault: what failed last; names of code only.
    """

    __tablename__ = "plugin_stop"
    __table_args__ = (
        sa.Index(
            "uq_plugin_stop_live",
            "plugin",
            "tenant_id",
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    plugin: Mapped[str]
    tenant_id: Mapped[int | None] = mapped_column(sa.ForeignKey("tenant.id"))
    hook: Mapped[str] = mapped_column(server_default="")
    fault: Mapped[str] = mapped_column(server_default="")
    stopped_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))


class PluginEvent(TenantRow, Base):
    """One event for one plugin: what is to be told, how often it was tried, and what the plugin said to it.

    Its id is the event's key. record: a number that stands for the record, random for a sealed case.
    next_at: when to try (again); None when it was delivered or given up. failed: kind of the last fault.
    notices: the plugin's notices for the first page; dismissed_at: when somebody put them away.
    """

    __tablename__ = "plugin_event"
    __table_args__ = (
        sa.Index("ix_plugin_event_made_at", "tenant_id", "made_at"),
        sa.Index("ix_plugin_event_next_at", "tenant_id", "next_at", postgresql_where=sa.text("next_at IS NOT NULL")),
    )

    plugin: Mapped[str]
    name: Mapped[str]
    happened_on: Mapped[date]
    record: Mapped[UUID]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    made_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    attempts: Mapped[int] = mapped_column(sa.SmallInteger, server_default="0")
    # The job is sent with the commit; the periodic check leaves it this long before it sends another.
    next_at: Mapped[datetime | None] = mapped_column(server_default=sa.text("now() + interval '2 minutes'"))
    failed: Mapped[str] = mapped_column(server_default="")
    delivered_at: Mapped[datetime | None]
    notices: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB(none_as_null=True))
    dismissed_at: Mapped[datetime | None]


class UploadedVersion(TenantRow, Base):
    """A version of a plugin that this committee uploaded as data; written once. number: from 1, by name.

    files: the texts of the plugin by name, as JSON; read again by every process that needs it.
    """

    __tablename__ = "uploaded_version"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "name", "number", name="uq_uploaded_version_number"),)

    name: Mapped[str]
    number: Mapped[int]
    digest: Mapped[str]
    files: Mapped[str]
    uploaded_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    uploaded_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())


class UploadedPlugin(TenantRow, Base):
    """An uploaded plugin in use: which version, and its texts once more, for units below may not read the versions.

    below: it is offered to units of a level below, which may then read this row. withdrawn_at: it is asked nowhere.
    """

    __tablename__ = "uploaded_plugin"
    __table_args__ = (
        tenant_foreign_key("version_id", "uploaded_version"),
        sa.UniqueConstraint("tenant_id", "name", name="uq_uploaded_plugin_name"),
    )

    name: Mapped[str]
    version_id: Mapped[UUID]
    number: Mapped[int]
    digest: Mapped[str]
    files: Mapped[str]
    below: Mapped[bool] = mapped_column(server_default=sa.false())
    changed_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    withdrawn_at: Mapped[datetime | None]
