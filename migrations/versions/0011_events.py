"""Events for plugins, and which plugin's route brought an escalation."""

import rls
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "plugin_event",
        sa.Column("plugin", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("record", sa.Uuid(), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column(
            "next_at", sa.DateTime(timezone=True), server_default=sa.text("now() + interval '2 minutes'"), nullable=True
        ),
        sa.Column("failed", sa.Text(), server_default="", nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notices", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_plugin_event_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_plugin_event")),
    )
    op.create_index("ix_plugin_event_made_at", "plugin_event", ["tenant_id", "made_at"], unique=False)
    op.create_index(
        "ix_plugin_event_next_at",
        "plugin_event",
        ["tenant_id", "next_at"],
        unique=False,
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    rls.fence("plugin_event")
    # The sweep sees for which tenant something waits, and nothing of it.
    op.execute("ALTER POLICY own ON plugin_event TO tiepdan_app, tiepdan_data")
    op.execute("CREATE POLICY sweep ON plugin_event FOR SELECT TO tiepdan_sweep USING (next_at IS NOT NULL)")
    op.execute("GRANT SELECT (tenant_id, next_at) ON plugin_event TO tiepdan_sweep")
    op.add_column("escalation", sa.Column("plugin", sa.Text(), nullable=True))
    op.add_column("escalation", sa.Column("source", sa.Text(), nullable=True))
    # A plugin's route may tell somebody who stands on no rung: number 0.
    op.drop_constraint(op.f("ck_escalation_rung_counts_from_one"), "escalation", type_="check")
    op.create_check_constraint(op.f("ck_escalation_rung_or_route"), "escalation", _RUNG_OR_ROUTE)


_RUNG_OR_ROUTE = "rung >= 1 OR (rung = 0 AND plugin IS NOT NULL)"


def downgrade() -> None:
    op.execute("SET LOCAL ROLE tiepdan_data")  # the owner sees no rows
    op.execute("UPDATE escalation SET rung = 1 WHERE rung = 0")
    op.execute("RESET ROLE")
    op.drop_constraint(op.f("ck_escalation_rung_or_route"), "escalation", type_="check")
    op.create_check_constraint(op.f("ck_escalation_rung_counts_from_one"), "escalation", "rung >= 1")
    op.drop_column("escalation", "source")
    op.drop_column("escalation", "plugin")
    op.drop_table("plugin_event")
