"""Reports: figures, evidence, requests and submissions."""

import rls
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"

TABLES = (
    "report",
    "report_figure",
    "report_evidence",
    "report_typed",
    "report_source",
    "report_request",
    "report_submission",
    "report_submission_unit",
    "report_submission_step",
)


def upgrade() -> None:
    op.create_table(
        "report",
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("period_kind", sa.Text(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("edition", sa.Integer(), server_default="1", nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("cut_off_on", sa.Date(), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("frozen_by", sa.Uuid(), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "period_kind IN ('month', 'quarter', 'half_year', 'nine_months', 'year')",
            name=op.f("ck_report_period_kind_word"),
        ),
        sa.CheckConstraint("status IN ('draft', 'frozen', 'submitted')", name=op.f("ck_report_status_word")),
        sa.CheckConstraint("period_from <= period_to", name=op.f("ck_report_period")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_report_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_report")),
        sa.UniqueConstraint(
            "tenant_id", "definition", "period_kind", "period_from", "edition", name="uq_report_edition"
        ),
    )
    op.create_index(
        "ix_report_period",
        "report",
        ["tenant_id", sa.literal_column("period_to DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_table(
        "report_figure",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("own", sa.Integer(), nullable=True),
        sa.Column("own_of", sa.Integer(), nullable=True),
        sa.Column("own_short", sa.Integer(), nullable=True),
        sa.Column("below", sa.Integer(), nullable=True),
        sa.Column("below_of", sa.Integer(), nullable=True),
        sa.Column("below_short", sa.Integer(), nullable=True),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("own_by_month", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("below_by_month", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "tier IN ('province', 'district', 'commune', 'state', 'judicial')", name=op.f("ck_report_figure_tier_word")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "report_id"],
            ["report.tenant_id", "report.id"],
            name=op.f("fk_report_figure_tenant_id_report_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_report_figure_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_report_figure")),
        sa.UniqueConstraint("tenant_id", "report_id", "indicator", "tier", name="uq_report_figure_place"),
    )
    op.create_table(
        "report_evidence",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reception_id", sa.Uuid(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("row", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "report_id"],
            ["report.tenant_id", "report.id"],
            name=op.f("fk_report_evidence_tenant_id_report_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_report_evidence_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_report_evidence")),
        sa.UniqueConstraint("tenant_id", "report_id", "position", name="uq_report_evidence_position"),
    )
    op.create_table(
        "report_typed",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("body_name", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("typed_by", sa.Uuid(), nullable=True),
        sa.Column("typed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "tier IN ('province', 'district', 'commune', 'state', 'judicial')", name=op.f("ck_report_typed_tier_word")
        ),
        sa.CheckConstraint("value >= 0", name=op.f("ck_report_typed_value_not_negative")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "report_id"],
            ["report.tenant_id", "report.id"],
            name=op.f("fk_report_typed_tenant_id_report_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_report_typed_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_report_typed")),
        sa.UniqueConstraint("tenant_id", "report_id", "body_name", "indicator", name="uq_report_typed_place"),
    )
    op.create_table(
        "report_source",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("sender_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["sender_id"], ["tenant.id"], name=op.f("fk_report_source_sender_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "report_id"],
            ["report.tenant_id", "report.id"],
            name=op.f("fk_report_source_tenant_id_report_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_report_source_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_report_source")),
        sa.UniqueConstraint("tenant_id", "report_id", "sender_id", name="uq_report_source_sender"),
    )
    op.create_table(
        "report_request",
        sa.Column("peer_tenant_id", sa.Integer(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("period_kind", sa.Text(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "period_kind IN ('month', 'quarter', 'half_year', 'nine_months', 'year')",
            name=op.f("ck_report_request_period_kind_word"),
        ),
        sa.ForeignKeyConstraint(["peer_tenant_id"], ["tenant.id"], name=op.f("fk_report_request_peer_tenant_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_report_request_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_report_request")),
        sa.UniqueConstraint(
            "tenant_id", "definition", "period_kind", "period_from", "peer_tenant_id", name="uq_report_request_once"
        ),
    )
    op.create_index(
        "ix_report_request_asked",
        "report_request",
        ["peer_tenant_id", sa.literal_column("period_to DESC")],
        unique=False,
    )
    op.create_table(
        "report_submission",
        sa.Column("peer_tenant_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("period_kind", sa.Text(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("cut_off_on", sa.Date(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "period_kind IN ('month', 'quarter', 'half_year', 'nine_months', 'year')",
            name=op.f("ck_report_submission_period_kind_word"),
        ),
        sa.ForeignKeyConstraint(["peer_tenant_id"], ["tenant.id"], name=op.f("fk_report_submission_peer_tenant_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "report_id"],
            ["report.tenant_id", "report.id"],
            name=op.f("fk_report_submission_tenant_id_report_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_report_submission_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_report_submission")),
        sa.UniqueConstraint("tenant_id", "report_id", "peer_tenant_id", name="uq_report_submission_once"),
    )
    op.create_index(
        "ix_report_submission_received",
        "report_submission",
        ["peer_tenant_id", "definition", "period_kind", "period_from", "tenant_id"],
        unique=False,
    )
    op.create_table(
        "report_submission_unit",
        sa.Column("peer_tenant_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("unit_key", sa.Text(), nullable=False),
        sa.Column("parent_key", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("branch", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("typed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("evidence", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "branch IN ('party', 'state', 'judicial')", name=op.f("ck_report_submission_unit_branch_word")
        ),
        sa.CheckConstraint(
            "level IN ('province', 'district', 'commune')", name=op.f("ck_report_submission_unit_level_word")
        ),
        sa.CheckConstraint(
            "tier IN ('province', 'district', 'commune', 'state', 'judicial')",
            name=op.f("ck_report_submission_unit_tier_word"),
        ),
        sa.ForeignKeyConstraint(
            ["peer_tenant_id"], ["tenant.id"], name=op.f("fk_report_submission_unit_peer_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "submission_id"],
            ["report_submission.tenant_id", "report_submission.id"],
            name=op.f("fk_report_submission_unit_tenant_id_submission_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_report_submission_unit_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_report_submission_unit")),
        sa.UniqueConstraint("tenant_id", "submission_id", "unit_key", name="uq_report_submission_unit_key"),
    )
    op.create_index(
        "ix_report_submission_unit_received",
        "report_submission_unit",
        ["peer_tenant_id", "submission_id", "parent_key"],
        unique=False,
    )
    op.create_table(
        "report_submission_step",
        sa.Column("peer_tenant_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("taken_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(step = 'returned') = (reason <> '')", name=op.f("ck_report_submission_step_return_has_reason")
        ),
        sa.CheckConstraint(
            "step IN ('received', 'returned', 'accepted')", name=op.f("ck_report_submission_step_step_word")
        ),
        sa.ForeignKeyConstraint(
            ["peer_tenant_id"], ["tenant.id"], name=op.f("fk_report_submission_step_peer_tenant_id")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_report_submission_step_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_report_submission_step")),
    )
    op.create_index(
        "ix_report_submission_step_read", "report_submission_step", ["peer_tenant_id", "submission_id"], unique=False
    )
    op.create_index(
        "ix_report_submission_step_written", "report_submission_step", ["tenant_id", "submission_id"], unique=False
    )

    rls.fence("report")
    rls.fence("report_typed")
    # What is frozen, asked and sent stays as it was.
    for table in ("report_figure", "report_evidence", "report_source"):
        rls.fence_journal(table)
    for table in ("report_request", "report_submission", "report_submission_unit", "report_submission_step"):
        rls.fence_between(table)
        rls.freeze(table)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
