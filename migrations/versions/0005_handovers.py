"""Handovers and escalations."""

import rls
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    handovers_up()
    escalation_up()


def downgrade() -> None:
    for table in ("clock_mark", "escalation_step", "escalation", "handover_origin", "handover_step", "handover"):
        op.drop_table(table)


def handovers_up() -> None:
    op.create_table(
        "handover",
        sa.Column("peer_tenant_id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Uuid(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("loop", sa.Boolean(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "basis IN ('reception_desk', 'denunciation', 'feedback', 'party_member', 'directed')",
            name=op.f("ck_handover_basis_word"),
        ),
        sa.CheckConstraint("peer_tenant_id <> tenant_id", name=op.f("ck_handover_not_to_itself")),
        sa.ForeignKeyConstraint(["peer_tenant_id"], ["tenant.id"], name=op.f("fk_handover_peer_tenant_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "petition_id"],
            ["petition.tenant_id", "petition.id"],
            name=op.f("fk_handover_tenant_id_petition_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_handover_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_handover")),
        sa.UniqueConstraint("tenant_id", "id", "peer_tenant_id", name="uq_handover_peer"),
    )
    op.create_index("ix_handover_petition_id", "handover", ["tenant_id", "petition_id"], unique=False)
    op.create_index(
        "ix_handover_received",
        "handover",
        ["peer_tenant_id", sa.literal_column("sent_on DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_index(
        "ix_handover_sent",
        "handover",
        ["tenant_id", sa.literal_column("sent_on DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_table(
        "handover_step",
        sa.Column("peer_tenant_id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("for_sender", sa.LargeBinary(), nullable=True),
        sa.Column("for_receiver", sa.LargeBinary(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(side = 'sender') = (word IN ('withdrawn', 'taken_back'))", name=op.f("ck_handover_step_side_of_word")
        ),
        sa.CheckConstraint("side IN ('sender', 'receiver')", name=op.f("ck_handover_step_side_word")),
        sa.CheckConstraint(
            "word IN ('received', 'accepted', 'refused', 'withdrawn', 'taken_back')",
            name=op.f("ck_handover_step_word_word"),
        ),
        sa.ForeignKeyConstraint(["peer_tenant_id"], ["tenant.id"], name=op.f("fk_handover_step_peer_tenant_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "handover_id", "peer_tenant_id"],
            ["handover.tenant_id", "handover.id", "handover.peer_tenant_id"],
            name="fk_handover_step_handover",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_handover_step_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_handover_step")),
        sa.UniqueConstraint("tenant_id", "handover_id", "word", name="uq_handover_step_once"),
    )
    op.create_index(
        "uq_handover_step_final",
        "handover_step",
        ["tenant_id", "handover_id"],
        unique=True,
        postgresql_where=sa.text("word IN ('accepted', 'refused', 'withdrawn')"),
    )
    op.create_table(
        "handover_origin",
        sa.Column("petition_id", sa.Uuid(), nullable=False),
        sa.Column("sender_tenant_id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Uuid(), nullable=False),
        sa.Column("sender_code", sa.Text(), nullable=False),
        sa.Column("legs", postgresql.JSONB(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["sender_tenant_id"], ["tenant.id"], name=op.f("fk_handover_origin_sender_tenant_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "petition_id"],
            ["petition.tenant_id", "petition.id"],
            name=op.f("fk_handover_origin_tenant_id_petition_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_handover_origin_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_handover_origin")),
        sa.UniqueConstraint("tenant_id", "handover_id", name="uq_handover_origin_handover"),
        sa.UniqueConstraint("tenant_id", "petition_id", name="uq_handover_origin_petition"),
    )
    rls.fence_between("handover")
    rls.fence_steps("handover_step")
    rls.freeze("handover_step")
    rls.fence("handover_origin", grants="SELECT, INSERT")


def escalation_up() -> None:
    op.create_table(
        "escalation",
        sa.Column("peer_tenant_id", sa.Integer(), nullable=False),
        sa.Column("rung", sa.SmallInteger(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("reference", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("rule_id", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("raised_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT sealed OR (case_id IS NULL AND rule_id IS NULL AND due_on IS NULL)",
            name=op.f("ck_escalation_sealed_is_a_reference"),
        ),
        sa.CheckConstraint("peer_tenant_id <> tenant_id", name=op.f("ck_escalation_not_to_itself")),
        sa.CheckConstraint("rung >= 1", name=op.f("ck_escalation_rung_counts_from_one")),
        sa.ForeignKeyConstraint(["peer_tenant_id"], ["tenant.id"], name=op.f("fk_escalation_peer_tenant_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_escalation_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_escalation")),
        sa.UniqueConstraint("tenant_id", "id", "peer_tenant_id", name="uq_escalation_peer"),
    )
    op.create_index(
        "ix_escalation_received",
        "escalation",
        ["peer_tenant_id", sa.literal_column("raised_on DESC"), "id"],
        unique=False,
    )
    op.create_index(
        "ix_escalation_sent", "escalation", ["tenant_id", sa.literal_column("raised_on DESC"), "id"], unique=False
    )
    op.create_table(
        "escalation_step",
        sa.Column("peer_tenant_id", sa.Integer(), nullable=False),
        sa.Column("escalation_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("for_sender", sa.LargeBinary(), nullable=True),
        sa.Column("for_receiver", sa.LargeBinary(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(side = 'receiver') = (word = 'acknowledged')", name=op.f("ck_escalation_step_side_of_word")
        ),
        sa.CheckConstraint("side IN ('sender', 'receiver')", name=op.f("ck_escalation_step_side_word")),
        sa.CheckConstraint("word IN ('acknowledged', 'explained')", name=op.f("ck_escalation_step_word_word")),
        sa.ForeignKeyConstraint(["peer_tenant_id"], ["tenant.id"], name=op.f("fk_escalation_step_peer_tenant_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "escalation_id", "peer_tenant_id"],
            ["escalation.tenant_id", "escalation.id", "escalation.peer_tenant_id"],
            name="fk_escalation_step_escalation",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_escalation_step_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_escalation_step")),
        sa.UniqueConstraint("tenant_id", "escalation_id", "word", name="uq_escalation_step_once"),
    )
    op.create_table(
        "clock_mark",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("marked_on", sa.Date(), nullable=False),
        sa.Column("escalation_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "clock_id"], ["clock.tenant_id", "clock.id"], name=op.f("fk_clock_mark_tenant_id_clock_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "escalation_id"],
            ["escalation.tenant_id", "escalation.id"],
            name=op.f("fk_clock_mark_tenant_id_escalation_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_clock_mark_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "subject_id", "clock_id", "step", name=op.f("pk_clock_mark")),
    )
    op.create_index(
        "ix_clock_mark_marked_on",
        "clock_mark",
        ["tenant_id", sa.literal_column("marked_on DESC"), "clock_id"],
        unique=False,
    )
    # A case that turns out to be a denunciation is covered again in what was already told.
    rls.fence_between("escalation", grants="SELECT, INSERT, UPDATE (sealed, case_id, rule_id, due_on)")
    rls.fence_steps("escalation_step")
    rls.freeze("escalation_step")
    rls.fence("clock_mark", grants="SELECT, INSERT")
