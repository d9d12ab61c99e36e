"""Tables of reports. What is frozen is only added to; the database refuses to change it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tiepdan.core.db import Base, TenantRow, one_of, tenant_foreign_key
from tiepdan.reports.periods import PeriodKind
from tiepdan.reports.rules import ReportStatus, StepKind, Tier
from tiepdan.sdk import Branch, Level


class ReportDefinitionRow(TenantRow, Base):
    """A plugin's definition as a report here was begun with it; written once, never changed.

    id: made from the content, so that whoever writes it again meets the same row. body: text as `reports.given` has it.
    """

    __tablename__ = "report_definition"
    __table_args__ = (sa.Index("ix_report_definition_code", "tenant_id", "code", "first_used_at"),)

    code: Mapped[str]
    version: Mapped[int]
    digest: Mapped[str]
    body: Mapped[str]
    first_used_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())


class Report(TenantRow, Base):
    """A unit's report for a period. A returned report stays as it was; its correction is the next edition.

    definition: a code of the platform's, or "<plugin>/<key>" with the definition it was begun with in definition_id.
    """

    __tablename__ = "report"
    __table_args__ = (
        one_of("period_kind", PeriodKind),
        one_of("status", ReportStatus),
        sa.CheckConstraint("period_from <= period_to", name="period"),
        sa.CheckConstraint("(definition LIKE '%/%') = (definition_id IS NOT NULL)", name="plugin_has_definition"),
        tenant_foreign_key("definition_id", "report_definition"),
        sa.UniqueConstraint(
            "tenant_id", "definition", "period_kind", "period_from", "period_to", "edition", name="uq_report_edition"
        ),
        sa.Index(
            "ix_report_definition_id",
            "tenant_id",
            "definition_id",
            postgresql_where=sa.text("definition_id IS NOT NULL"),
        ),
        sa.Index("ix_report_period", "tenant_id", sa.text("period_to DESC"), sa.text("id DESC")),
    )

    definition: Mapped[str]
    definition_id: Mapped[UUID | None]
    period_kind: Mapped[str]
    period_from: Mapped[date]
    period_to: Mapped[date]
    edition: Mapped[int] = mapped_column(server_default="1", default=1)
    status: Mapped[str] = mapped_column(default=ReportStatus.DRAFT.value)
    due_on: Mapped[date | None]
    cut_off_on: Mapped[date | None]
    frozen_at: Mapped[datetime | None]
    frozen_by: Mapped[UUID | None]
    submitted_on: Mapped[date | None]
    made_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    made_by: Mapped[UUID | None]
    version: Mapped[int] = mapped_column(server_default="1", default=1)
    __mapper_args__ = {"version_id_col": version}


class ReportFigure(TenantRow, Base):
    """A frozen figure: the unit's own, and the sum of the units below, in one row of the table.

    of: denominator or days owed. short: what a quota lacks. units: bodies that were summed.
    more: what only reports of plugins have: breakdowns, and denominators by year.
    """

    __tablename__ = "report_figure"
    __table_args__ = (
        tenant_foreign_key("report_id", "report"),
        one_of("tier", Tier),
        sa.UniqueConstraint("tenant_id", "report_id", "indicator", "tier", name="uq_report_figure_place"),
    )

    report_id: Mapped[UUID]
    indicator: Mapped[str]
    tier: Mapped[str]
    own: Mapped[int | None] = mapped_column(sa.BigInteger)
    own_of: Mapped[int | None] = mapped_column(sa.BigInteger)
    own_short: Mapped[int | None]
    below: Mapped[int | None] = mapped_column(sa.BigInteger)
    below_of: Mapped[int | None] = mapped_column(sa.BigInteger)
    below_short: Mapped[int | None]
    units: Mapped[int]
    own_by_month: Mapped[dict[str, int]] = mapped_column(JSONB)
    below_by_month: Mapped[dict[str, int]] = mapped_column(JSONB)
    own_more: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}", default=dict)
    below_more: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}", default=dict)


class ReportEvidence(TenantRow, Base):
    """One reception behind the figures, as it was at the cut-off. No name, no content."""

    __tablename__ = "report_evidence"
    __table_args__ = (
        tenant_foreign_key("report_id", "report"),
        sa.UniqueConstraint("tenant_id", "report_id", "position", name="uq_report_evidence_position"),
    )

    report_id: Mapped[UUID]
    position: Mapped[int]
    reception_id: Mapped[UUID]
    first_on: Mapped[date]
    row: Mapped[dict[str, Any]] = mapped_column(JSONB)


class ReportText(TenantRow, Base):
    """What somebody wrote under a heading of a plugin's report, while it is a draft. section: its place, from 0."""

    __tablename__ = "report_text"
    __table_args__ = (
        tenant_foreign_key("report_id", "report"),
        sa.UniqueConstraint("tenant_id", "report_id", "section", name="uq_report_text_section"),
    )

    report_id: Mapped[UUID]
    section: Mapped[int]
    body: Mapped[str]
    written_by: Mapped[UUID | None]
    written_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())


class ReportEntries(TenantRow, Base):
    """The entries of a register that a report lists, as they were at the cut-off. register: as its section names it."""

    __tablename__ = "report_entries"
    __table_args__ = (
        tenant_foreign_key("report_id", "report"),
        sa.UniqueConstraint("tenant_id", "report_id", "register", name="uq_report_entries_register"),
    )

    report_id: Mapped[UUID]
    register: Mapped[str]
    listed: Mapped[dict[str, Any]] = mapped_column(JSONB)


class ReportTyped(TenantRow, Base):
    """A figure typed by hand for a body that is no tenant; marked as such wherever it is counted."""

    __tablename__ = "report_typed"
    __table_args__ = (
        tenant_foreign_key("report_id", "report"),
        one_of("tier", Tier),
        sa.CheckConstraint("value >= 0", name="value_not_negative"),
        sa.UniqueConstraint("tenant_id", "report_id", "body_name", "indicator", name="uq_report_typed_place"),
    )

    report_id: Mapped[UUID]
    body_name: Mapped[str]
    tier: Mapped[str]
    indicator: Mapped[str]
    value: Mapped[int]
    of: Mapped[int | None]
    note: Mapped[str]
    typed_by: Mapped[UUID | None]
    typed_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())


class ReportSource(TenantRow, Base):
    """Which submission of a unit below a frozen report summed."""

    __tablename__ = "report_source"
    __table_args__ = (
        tenant_foreign_key("report_id", "report"),
        sa.UniqueConstraint("tenant_id", "report_id", "sender_id", name="uq_report_source_sender"),
    )

    report_id: Mapped[UUID]
    sender_id: Mapped[int] = mapped_column(sa.ForeignKey("tenant.id"))
    submission_id: Mapped[UUID]


class ReportRequest(TenantRow, Base):
    """A superior asks a unit (peer_tenant_id) for the report of a period, by a day."""

    __tablename__ = "report_request"
    __table_args__ = (
        one_of("period_kind", PeriodKind),
        sa.UniqueConstraint(
            "tenant_id",
            "definition",
            "period_kind",
            "period_from",
            "period_to",
            "peer_tenant_id",
            name="uq_report_request_once",
        ),
        # What a unit was asked for: it starts with the receiver.
        sa.Index("ix_report_request_asked", "peer_tenant_id", sa.text("period_to DESC")),
    )

    peer_tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenant.id"))
    definition: Mapped[str]
    period_kind: Mapped[str]
    period_from: Mapped[date]
    period_to: Mapped[date]
    due_on: Mapped[date]
    opened_on: Mapped[date]
    opened_by: Mapped[UUID | None]
    made_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())


class ReportSubmission(TenantRow, Base):
    """A frozen report sent to another tenant (peer_tenant_id): along the superior, or along a reporting line.

    carried: of a plugin's report its definition, texts and lists, so that the receiver reads it without the plugin.
    """

    __tablename__ = "report_submission"
    __table_args__ = (
        tenant_foreign_key("report_id", "report"),
        one_of("period_kind", PeriodKind),
        sa.UniqueConstraint("tenant_id", "report_id", "peer_tenant_id", name="uq_report_submission_once"),
        # What a tenant received for a period: it starts with the receiver.
        sa.Index(
            "ix_report_submission_received", "peer_tenant_id", "definition", "period_kind", "period_from", "tenant_id"
        ),
    )

    peer_tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenant.id"))
    report_id: Mapped[UUID]
    definition: Mapped[str]
    period_kind: Mapped[str]
    period_from: Mapped[date]
    period_to: Mapped[date]
    edition: Mapped[int]
    cut_off_on: Mapped[date]
    sent_on: Mapped[date]
    sent_by: Mapped[UUID | None]
    carried: Mapped[dict[str, Any] | None] = mapped_column(JSONB, deferred=True)
    made_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())


class ReportSubmissionUnit(TenantRow, Base):
    """One body inside a submission: its own figures and evidence, frozen. The sender is position 0.

    unit_key: "t230", or "typed:…" for a body that is no tenant; parent_key: the body that sent it further.
    """

    __tablename__ = "report_submission_unit"
    __table_args__ = (
        tenant_foreign_key("submission_id", "report_submission"),
        one_of("tier", Tier),
        one_of("branch", Branch),
        one_of("level", Level),
        sa.UniqueConstraint("tenant_id", "submission_id", "unit_key", name="uq_report_submission_unit_key"),
        # The receiver opens the units of a submission: it starts with the receiver.
        sa.Index("ix_report_submission_unit_received", "peer_tenant_id", "submission_id", "parent_key"),
    )

    peer_tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenant.id"))
    submission_id: Mapped[UUID]
    unit_key: Mapped[str]
    parent_key: Mapped[str | None]
    position: Mapped[int]
    name: Mapped[str]
    tier: Mapped[str]
    branch: Mapped[str]
    level: Mapped[str]
    typed: Mapped[bool] = mapped_column(server_default=sa.false(), default=False)
    note: Mapped[str] = mapped_column(server_default="", default="")
    figures: Mapped[dict[str, Any]] = mapped_column(JSONB)
    evidence: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)


class ReportSubmissionStep(TenantRow, Base):
    """What the receiver did with a submission. tenant_id: the receiver; peer_tenant_id: the sender.

    The submission is the other tenant's row, so it is no foreign key; readers count only the steps that the
    submission's own receiver wrote.
    """

    __tablename__ = "report_submission_step"
    __table_args__ = (
        one_of("step", StepKind),
        sa.CheckConstraint("(step = 'returned') = (reason <> '')", name="return_has_reason"),
        sa.Index("ix_report_submission_step_written", "tenant_id", "submission_id"),
        sa.Index("ix_report_submission_step_read", "peer_tenant_id", "submission_id"),
    )

    peer_tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenant.id"))
    submission_id: Mapped[UUID]
    step: Mapped[str]
    reason: Mapped[str] = mapped_column(server_default="", default="")
    taken_on: Mapped[date]
    taken_by: Mapped[UUID | None]
    made_at: Mapped[datetime] = mapped_column(server_default=sa.text("clock_timestamp()"))
