"""Registers of plugins: entries, the words they are found by, and the last number of each year."""

import rls
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "register_entry",
        sa.Column("plugin", sa.Text(), nullable=False),
        sa.Column("register_key", sa.Text(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("entry_on", sa.Date(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("private_id", sa.Uuid(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("struck_on", sa.Date(), nullable=True),
        sa.Column("struck_by", sa.Uuid(), nullable=True),
        sa.Column("struck_reason_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(year IS NULL) = (number IS NULL)", name=op.f("ck_register_entry_number_with_year")),
        sa.CheckConstraint(
            "(struck_on IS NULL) = (struck_reason_id IS NULL)", name=op.f("ck_register_entry_struck_with_reason")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_register_entry_tenant_id")),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_register_entry_made_by")),
        sa.ForeignKeyConstraint(["changed_by"], ["account.id"], name=op.f("fk_register_entry_changed_by")),
        sa.ForeignKeyConstraint(["struck_by"], ["account.id"], name=op.f("fk_register_entry_struck_by")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "version_id"],
            ["form_version.tenant_id", "form_version.id"],
            name=op.f("fk_register_entry_tenant_id_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "private_id"],
            ["vault.text.tenant_id", "vault.text.id"],
            name=op.f("fk_register_entry_tenant_id_private_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "struck_reason_id"],
            ["vault.text.tenant_id", "vault.text.id"],
            name=op.f("fk_register_entry_tenant_id_struck_reason_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_register_entry")),
        sa.UniqueConstraint("tenant_id", "plugin", "register_key", "year", "number", name="uq_register_entry_number"),
    )
    op.create_index(
        "ix_register_entry_entry_on",
        "register_entry",
        ["tenant_id", "plugin", "register_key", "entry_on", "id"],
        unique=False,
    )
    rls.fence("register_entry")
    op.create_table(
        "register_word",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("plugin", sa.Text(), nullable=False),
        sa.Column("register_key", sa.Text(), nullable=False),
        # Words are sought by their beginning, as a range: in the order of bytes, whatever the database's language.
        sa.Column("word", sa.Text(collation="C"), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_register_word_tenant_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "entry_id"],
            ["register_entry.tenant_id", "register_entry.id"],
            name=op.f("fk_register_word_tenant_id_entry_id"),
        ),
        sa.PrimaryKeyConstraint(
            "tenant_id", "plugin", "register_key", "word", "entry_id", name=op.f("pk_register_word")
        ),
    )
    op.create_index("ix_register_word_entry_id", "register_word", ["tenant_id", "entry_id"], unique=False)
    rls.fence("register_word", grants="SELECT, INSERT, DELETE")
    op.create_table(
        "register_number",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("plugin", sa.Text(), nullable=False),
        sa.Column("register_key", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_register_number_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "plugin", "register_key", "year", name=op.f("pk_register_number")),
    )
    rls.fence("register_number")


def downgrade() -> None:
    op.drop_table("register_number")
    op.drop_table("register_word")
    op.drop_table("register_entry")
