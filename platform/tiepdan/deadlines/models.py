"""Tables of clocks and of a tenant's own calendar."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tiepdan.core.db import Base, TenantRow, one_of, tenant_foreign_key
from tiepdan.core.scope import tenant_scope
from tiepdan.deadlines.calendar import DayKind
from tiepdan.deadlines.clock_words import ClockEventKind, ClockState


class Clock(TenantRow, Base):
    """One obligation with its due date, decided by one version of one rule.

    rule_id, rule_valid_from, variant: the version it was decided by; it stays, whatever the law becomes.
    due_on: empty while the period is suspended.
    earlier_on, earlier_rule_id: a competing rule gives this earlier day; warnings go by it (CMP-14/15, TRN-05).
    shortest: the rule sets a shortest time, so ending before due_on is what would be wrong.
    extended_as: the variant of the case that earned the extensions; extensions: units of each, in order.
    warn_on, warn_kinds: the days to warn on, in order, and what each says.
    checked_on: last day the sweep has dealt with; what came due since is caught up, in order, once.
    next_check_at: midnight in Asia/Ho_Chi_Minh of the next day the sweep has to look; empty when there is none.
    reference: random; what a superior may be shown of a sealed case.
    given_on: the due day itself where a person set it and no rule counts it (DEC-10).
    orders: what plugins ordered for it when it began, the winner among them; tight_… names the winner.
    early_on: first day an order wants the responsible person warned.
    """

    __tablename__ = "clock"
    __table_args__ = (
        one_of("state", ClockState),
        sa.CheckConstraint("(state = 'open') = (ended_on IS NULL)", name="ended_when_closed"),
        sa.CheckConstraint("cardinality(warn_on) = cardinality(warn_kinds)", name="each_warning_has_a_kind"),
        sa.Index("ix_clock_next_check_at", "next_check_at", postgresql_where=sa.text("state = 'open'")),
        sa.Index("ix_clock_subject", "tenant_id", "subject_type", "subject_id"),
        sa.Index("ix_clock_open_due", "tenant_id", "due_on", "id", postgresql_where=sa.text("state = 'open'")),
    )

    subject_type: Mapped[str]
    subject_id: Mapped[UUID]
    rule_id: Mapped[str]
    rule_valid_from: Mapped[date | None]
    variant: Mapped[str]
    label: Mapped[str | None]
    event_on: Mapped[date]
    due_on: Mapped[date | None]
    given_on: Mapped[date | None]
    earlier_on: Mapped[date | None]
    earlier_rule_id: Mapped[str | None]
    tight_plugin: Mapped[str | None]
    tight_days: Mapped[int | None]
    tight_unit: Mapped[str | None]
    tight_source: Mapped[str | None]
    law_due_on: Mapped[date | None]
    orders: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB(none_as_null=True))
    early_on: Mapped[date | None]
    shortest: Mapped[bool] = mapped_column(server_default=sa.false())
    extended_as: Mapped[str | None]
    extensions: Mapped[list[int]] = mapped_column(ARRAY(sa.Integer()), server_default="{}")
    state: Mapped[str] = mapped_column(server_default=ClockState.OPEN)
    ended_on: Mapped[date | None]
    warn_on: Mapped[list[date]] = mapped_column(ARRAY(sa.Date()), server_default="{}")
    warn_kinds: Mapped[list[str]] = mapped_column(ARRAY(sa.Text()), server_default="{}")
    checked_on: Mapped[date | None]
    next_check_at: Mapped[datetime | None]
    calendar_version: Mapped[str]
    provisional: Mapped[bool] = mapped_column(server_default=sa.false())
    reference: Mapped[UUID]
    created_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    version: Mapped[int] = mapped_column(server_default="1")

    __mapper_args__ = {"version_id_col": version}


class ClockPause(TenantRow, Base):
    """A suspension (tạm đình chỉ): the interval, its legal basis, and who decided it by which document."""

    __tablename__ = "clock_pause"
    __table_args__ = (
        tenant_foreign_key("clock_id", "clock"),
        sa.CheckConstraint("resumed_on IS NULL OR resumed_on >= suspended_on", name="ends_after_it_began"),
        sa.Index("ix_clock_pause_clock_id", "tenant_id", "clock_id"),
        sa.Index(
            "uq_clock_pause_open", "tenant_id", "clock_id", unique=True, postgresql_where=sa.text("resumed_on IS NULL")
        ),
    )

    clock_id: Mapped[UUID]
    suspended_on: Mapped[date]
    resumed_on: Mapped[date | None]
    legal_basis: Mapped[str]
    decision: Mapped[str]
    suspended_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    resumed_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())


class ClockEvent(TenantRow, Base):
    """What happened to a clock; only grows.

    note: number of a decision, an outcome or a calendar version; never a name or a content.
    """

    __tablename__ = "clock_event"
    __table_args__ = (
        tenant_foreign_key("clock_id", "clock"),
        one_of("kind", ClockEventKind),
        sa.Index("ix_clock_event_clock_id", "tenant_id", "clock_id"),
    )

    clock_id: Mapped[UUID]
    kind: Mapped[str]
    happened_on: Mapped[date]
    old_due_on: Mapped[date | None]
    new_due_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(server_default="")
    account_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(server_default=sa.text("clock_timestamp()"))


class CalendarOverride(TenantRow, Base):
    """A tenant's decision on one day; it counts once somebody has approved it."""

    __tablename__ = "calendar_override"
    __table_args__ = (
        one_of("kind", DayKind),
        sa.CheckConstraint("(approved_on IS NULL) = (approved_at IS NULL)", name="approved_at_a_time"),
        sa.Index(
            "uq_calendar_override_live",
            "tenant_id",
            "day",
            unique=True,
            postgresql_where=sa.text("withdrawn_on IS NULL"),
        ),
    )

    day: Mapped[date]
    kind: Mapped[str]
    name: Mapped[str]
    source: Mapped[str]
    proposed_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    proposed_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    approved_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    approved_on: Mapped[date | None]
    approved_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    withdrawn_on: Mapped[date | None]


class TenantCalendar(Base):
    """What a tenant decided about the calendar as a whole; no row means the platform's defaults."""

    __tablename__ = "tenant_calendar"

    tenant_id: Mapped[int] = mapped_column(
        sa.ForeignKey("tenant.id"), primary_key=True, autoincrement=False, default=lambda: tenant_scope().tenant_id
    )
    worked_saturdays: Mapped[bool] = mapped_column(server_default=sa.true())
    culture_day_compensation: Mapped[bool] = mapped_column(server_default=sa.false())
    accepted_proposals: Mapped[list[str]] = mapped_column(ARRAY(sa.Text()), server_default="{}")
    approved_years: Mapped[list[int]] = mapped_column(ARRAY(sa.Integer()), server_default="{}")
    updated_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    updated_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    version: Mapped[int] = mapped_column(server_default="1")

    __mapper_args__ = {"version_id_col": version}


class DataVersion(Base):
    """Which version of the platform's data was last carried into the records; one row per kind of data. No tenant's."""

    __tablename__ = "data_version"

    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str]
    applied_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
