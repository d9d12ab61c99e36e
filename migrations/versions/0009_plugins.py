"""Plugins: who decided what for whom, what was stopped, and one number that says when to read it again."""

import rls
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"

# The stricter order of a plugin a clock runs on; law_due_on: what the law itself says.
_ORDERED = (
    ("tight_plugin", sa.Text()),
    ("tight_days", sa.Integer()),
    ("tight_unit", sa.Text()),
    ("tight_source", sa.Text()),
    ("law_due_on", sa.Date()),
)


def upgrade() -> None:
    op.create_table(
        "plugin_choice",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("plugin", sa.Text(), nullable=False),
        sa.Column("for_level", sa.Text(), server_default="", nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("locked", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("settings", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_plugin_choice_decided_by")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_plugin_choice_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "plugin", "for_level", name=op.f("pk_plugin_choice")),
    )
    rls.platform("plugin_choice", app="SELECT, INSERT, UPDATE, DELETE")
    op.create_table(
        "plugin_stop",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plugin", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=True),
        sa.Column("hook", sa.Text(), server_default="", nullable=False),
        sa.Column("fault", sa.Text(), server_default="", nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["ended_by"], ["account.id"], name=op.f("fk_plugin_stop_ended_by")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_plugin_stop_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plugin_stop")),
    )
    op.create_index(
        "uq_plugin_stop_live",
        "plugin_stop",
        ["plugin", "tenant_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
        postgresql_nulls_not_distinct=True,
    )
    rls.platform("plugin_stop", app="SELECT, INSERT, UPDATE")
    _count_changes()
    for name, kind in _ORDERED:
        op.add_column("clock", sa.Column(name, kind, nullable=True))


def _count_changes() -> None:
    """Whoever changes what is enabled, page, file or command, moves one number; every process looks at it."""
    op.create_table(
        "plugin_epoch",
        sa.Column("single", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("single", name=op.f("ck_plugin_epoch_one_row")),
        sa.PrimaryKeyConstraint("single", name=op.f("pk_plugin_epoch")),
    )
    op.execute("INSERT INTO plugin_epoch (number) VALUES (1)")
    rls.platform("plugin_epoch", app="SELECT, UPDATE", provision="SELECT, UPDATE")


def downgrade() -> None:
    for name, _kind in _ORDERED:
        op.drop_column("clock", name)
    op.drop_table("plugin_epoch")
    op.drop_table("plugin_stop")
    op.drop_table("plugin_choice")
