"""Forms of plugins: the versions that were answered here, and where in the vault the answers are."""

import rls
import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_RECORDS = ("petition", "visit")


def upgrade() -> None:
    op.create_table(
        "form_version",
        sa.Column("plugin", sa.Text(), nullable=False),
        sa.Column("form_key", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("first_used_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_form_version_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_form_version")),
    )
    rls.fence("form_version", grants="SELECT, INSERT")
    op.create_table(
        "form_answer",
        sa.Column("record_type", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("plugin", sa.Text(), nullable=False),
        sa.Column("form_key", sa.Text(), nullable=False),
        sa.Column("form_version_id", sa.Uuid(), nullable=False),
        sa.Column("answers_id", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            f"record_type IN ({', '.join(map(repr, _RECORDS))})", name=op.f("ck_form_answer_record_type_word")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_form_answer_tenant_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "form_version_id"],
            ["form_version.tenant_id", "form_version.id"],
            name=op.f("fk_form_answer_tenant_id_form_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "answers_id"],
            ["vault.text.tenant_id", "vault.text.id"],
            name=op.f("fk_form_answer_tenant_id_answers_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_form_answer")),
        sa.UniqueConstraint(
            "tenant_id", "record_type", "record_id", "plugin", "form_key", name="uq_form_answer_record"
        ),
    )
    rls.fence("form_answer", grants="SELECT, INSERT")
    for table in _RECORDS:
        op.add_column(table, sa.Column("has_answers", sa.Boolean(), server_default=sa.text("false"), nullable=False))


def downgrade() -> None:
    for table in _RECORDS:
        op.drop_column(table, "has_answers")
    op.drop_table("form_answer")
    op.drop_table("form_version")
