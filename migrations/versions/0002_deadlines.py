"""Clocks and calendar."""

import rls
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "clock",
        sa.Column("subject_type", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("rule_id", sa.Text(), nullable=False),
        sa.Column("rule_valid_from", sa.Date(), nullable=True),
        sa.Column("variant", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("earlier_on", sa.Date(), nullable=True),
        sa.Column("earlier_rule_id", sa.Text(), nullable=True),
        sa.Column("shortest", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("extended_as", sa.Text(), nullable=True),
        sa.Column("extensions", postgresql.ARRAY(sa.Integer()), server_default="{}", nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("warn_on", postgresql.ARRAY(sa.Date()), server_default="{}", nullable=False),
        sa.Column("warn_kinds", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("next_check_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("calendar_version", sa.Text(), nullable=False),
        sa.Column("provisional", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("reference", sa.Uuid(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(state = 'open') = (ended_on IS NULL)", name=op.f("ck_clock_ended_when_closed")),
        sa.CheckConstraint("state IN ('open', 'met', 'late', 'stopped')", name=op.f("ck_clock_state_word")),
        sa.CheckConstraint(
            "cardinality(warn_on) = cardinality(warn_kinds)", name=op.f("ck_clock_each_warning_has_a_kind")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_clock_created_by")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_clock_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_clock")),
    )
    op.create_index(
        "ix_clock_next_check_at", "clock", ["next_check_at"], unique=False, postgresql_where=sa.text("state = 'open'")
    )
    op.create_index(
        "ix_clock_open_due",
        "clock",
        ["tenant_id", "due_on", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index("ix_clock_subject", "clock", ["tenant_id", "subject_type", "subject_id"], unique=False)
    op.create_table(
        "clock_pause",
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("suspended_on", sa.Date(), nullable=False),
        sa.Column("resumed_on", sa.Date(), nullable=True),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("suspended_by", sa.Uuid(), nullable=True),
        sa.Column("resumed_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "resumed_on IS NULL OR resumed_on >= suspended_on", name=op.f("ck_clock_pause_ends_after_it_began")
        ),
        sa.ForeignKeyConstraint(["resumed_by"], ["account.id"], name=op.f("fk_clock_pause_resumed_by")),
        sa.ForeignKeyConstraint(["suspended_by"], ["account.id"], name=op.f("fk_clock_pause_suspended_by")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "clock_id"], ["clock.tenant_id", "clock.id"], name=op.f("fk_clock_pause_tenant_id_clock_id")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_clock_pause_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_clock_pause")),
    )
    op.create_index("ix_clock_pause_clock_id", "clock_pause", ["tenant_id", "clock_id"], unique=False)
    op.create_index(
        "uq_clock_pause_open",
        "clock_pause",
        ["tenant_id", "clock_id"],
        unique=True,
        postgresql_where=sa.text("resumed_on IS NULL"),
    )
    op.create_table(
        "clock_event",
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("old_due_on", sa.Date(), nullable=True),
        sa.Column("new_due_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('started', 'extended', 'paused', 'resumed', 'recomputed', 'ended')",
            name=op.f("ck_clock_event_kind_word"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_clock_event_account_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "clock_id"], ["clock.tenant_id", "clock.id"], name=op.f("fk_clock_event_tenant_id_clock_id")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_clock_event_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_clock_event")),
    )
    op.create_index("ix_clock_event_clock_id", "clock_event", ["tenant_id", "clock_id"], unique=False)
    op.create_table(
        "calendar_override",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('working', 'weekend', 'holiday', 'compensatory', 'swap_off', 'swap_worked')",
            name=op.f("ck_calendar_override_kind_word"),
        ),
        sa.CheckConstraint(
            "(approved_on IS NULL) = (approved_at IS NULL)", name=op.f("ck_calendar_override_approved_at_a_time")
        ),
        sa.ForeignKeyConstraint(["approved_by"], ["account.id"], name=op.f("fk_calendar_override_approved_by")),
        sa.ForeignKeyConstraint(["proposed_by"], ["account.id"], name=op.f("fk_calendar_override_proposed_by")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_calendar_override_tenant_id")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["account.id"], name=op.f("fk_calendar_override_withdrawn_by")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_calendar_override")),
    )
    op.create_index(
        "uq_calendar_override_live",
        "calendar_override",
        ["tenant_id", "day"],
        unique=True,
        postgresql_where=sa.text("withdrawn_on IS NULL"),
    )
    op.create_table(
        "tenant_calendar",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("worked_saturdays", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("culture_day_compensation", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("accepted_proposals", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("approved_years", postgresql.ARRAY(sa.Integer()), server_default="{}", nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_tenant_calendar_tenant_id")),
        sa.ForeignKeyConstraint(["updated_by"], ["account.id"], name=op.f("fk_tenant_calendar_updated_by")),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("pk_tenant_calendar")),
    )
    rls.fence("clock")
    # The sweep reads through a policy of its own. The tenants' policy must not apply to it as well: of two
    # policies either one lets a row pass, and the partial index could no longer be used.
    op.execute("ALTER POLICY own ON clock TO tiepdan_app, tiepdan_data")
    op.execute("CREATE POLICY sweep ON clock FOR SELECT TO tiepdan_sweep USING (state = 'open')")
    op.execute("GRANT SELECT (tenant_id, id, next_check_at) ON clock TO tiepdan_sweep")
    rls.fence("clock_pause")
    rls.fence_journal("clock_event")
    rls.fence("calendar_override", grants="SELECT, INSERT, UPDATE")
    rls.fence("tenant_calendar", grants="SELECT, INSERT, UPDATE")


def downgrade() -> None:
    for table in ("tenant_calendar", "calendar_override", "clock_event", "clock_pause", "clock"):
        op.drop_table(table)
