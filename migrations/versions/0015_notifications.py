"""Messages and their way: what is told by which channel, who wants to be told, what became of each message."""

import rls
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"

_EVENTS = (
    "petition.registered", "petition.accepted", "petition.transferred", "petition.decided", "petition.result",
    "task.assigned", "task.overdue", "escalation.raised",
)  # fmt: skip
_STATES = ("waiting", "sending", "sent", "refused", "unknown", "undelivered", "withdrawn")


def upgrade() -> None:
    op.create_table(
        "message",
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column(
            "next_at", sa.DateTime(timezone=True), server_default=sa.text("now() + interval '2 minutes'"), nullable=True
        ),
        sa.Column("failed", sa.Text(), server_default="", nullable=False),
        sa.Column("receipt", sa.Text(), server_default="", nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(_one_of("event", _EVENTS), name=op.f("ck_message_event_word")),
        sa.CheckConstraint(_one_of("state", _STATES), name=op.f("ck_message_state_word")),
        sa.CheckConstraint(_one_of("language", ("vi", "en")), name=op.f("ck_message_language_word")),
        sa.CheckConstraint("(person_id IS NULL) <> (account_id IS NULL)", name=op.f("ck_message_one_recipient")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_message_tenant_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_message_account_id")),
        sa.ForeignKeyConstraint(["settled_by"], ["account.id"], name=op.f("fk_message_settled_by")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["vault.person.tenant_id", "vault.person.id"],
            name=op.f("fk_message_tenant_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_message")),
        sa.UniqueConstraint("tenant_id", "occasion", "channel", name="uq_message_occasion"),
    )
    op.create_index("ix_message_made_at", "message", ["tenant_id", sa.text("made_at DESC"), sa.text("id DESC")])
    op.create_index("ix_message_subject_id", "message", ["tenant_id", "subject_id"])
    op.create_index(
        "ix_message_next_at", "message", ["tenant_id", "next_at"], postgresql_where=sa.text("next_at IS NOT NULL")
    )
    rls.fence("message")
    # The sweep sees for which tenant something waits, and nothing of it.
    op.execute("ALTER POLICY own ON message TO tiepdan_app, tiepdan_data")
    op.execute("CREATE POLICY sweep ON message FOR SELECT TO tiepdan_sweep USING (next_at IS NOT NULL)")
    op.execute("GRANT SELECT (tenant_id, next_at) ON message TO tiepdan_sweep")
    op.create_table(
        "message_wish",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_too", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_message_wish_tenant_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["vault.person.tenant_id", "vault.person.id"],
            name=op.f("fk_message_wish_tenant_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_message_wish")),
        sa.UniqueConstraint("tenant_id", "subject_id", name="uq_message_wish_subject_id"),
    )
    rls.fence("message_wish")
    op.create_table(
        "message_plan",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("channels", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("language", sa.Text(), server_default="vi", nullable=False),
        sa.Column("quiet_from", sa.SmallInteger(), server_default="21", nullable=False),
        sa.Column("quiet_until", sa.SmallInteger(), server_default="7", nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(_one_of("language", ("vi", "en")), name=op.f("ck_message_plan_language_word")),
        sa.CheckConstraint(
            "quiet_from BETWEEN 0 AND 23 AND quiet_until BETWEEN 0 AND 23",
            name=op.f("ck_message_plan_hours_of_a_day"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_message_plan_tenant_id")),
        sa.ForeignKeyConstraint(["changed_by"], ["account.id"], name=op.f("fk_message_plan_changed_by")),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("pk_message_plan")),
    )
    rls.fence("message_plan")


def _one_of(column: str, words: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{word}'" for word in words)
    return f"{column} IN ({listed})"


def downgrade() -> None:
    op.drop_table("message_plan")
    op.drop_table("message_wish")
    op.drop_table("message")
