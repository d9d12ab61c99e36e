"""Reports of plugins: definitions kept with what was begun, texts, lists of entries; periods of several years."""

import rls
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"

_KINDS = "'month', 'quarter', 'half_year', 'nine_months', 'year'"
_WITH_KINDS = ("report", "report_request", "report_submission")
_WIDE = ("own", "own_of", "below", "below_of")


def upgrade() -> None:
    op.create_table(
        "report_definition",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("first_used_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_report_definition_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_report_definition")),
    )
    op.create_index("ix_report_definition_code", "report_definition", ["tenant_id", "code", "first_used_at"])
    op.create_table(
        "report_text",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("section", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "report_id"],
            ["report.tenant_id", "report.id"],
            name=op.f("fk_report_text_tenant_id_report_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_report_text_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_report_text")),
        sa.UniqueConstraint("tenant_id", "report_id", "section", name="uq_report_text_section"),
    )
    op.create_table(
        "report_entries",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("listed", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "report_id"],
            ["report.tenant_id", "report.id"],
            name=op.f("fk_report_entries_tenant_id_report_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_report_entries_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_report_entries")),
        sa.UniqueConstraint("tenant_id", "report_id", "register", name="uq_report_entries_register"),
    )
    rls.fence("report_text")
    rls.fence_journal("report_definition")
    rls.fence_journal("report_entries")

    op.add_column("report", sa.Column("definition_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_report_tenant_id_definition_id"),
        "report",
        "report_definition",
        ["tenant_id", "definition_id"],
        ["tenant_id", "id"],
    )
    op.create_check_constraint(
        op.f("ck_report_plugin_has_definition"), "report", "(definition LIKE '%/%') = (definition_id IS NOT NULL)"
    )
    op.create_index(
        "ix_report_definition_id",
        "report",
        ["tenant_id", "definition_id"],
        postgresql_where=sa.text("definition_id IS NOT NULL"),
    )
    op.add_column("report_submission", sa.Column("carried", postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    for side in ("own", "below"):
        op.add_column(
            "report_figure",
            sa.Column(f"{side}_more", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        )
    # A sum of money in đồng does not fit into four bytes.
    for name in _WIDE:
        op.alter_column(
            "report_figure", name, type_=sa.BigInteger(), existing_type=sa.Integer(), existing_nullable=True
        )
    _accept_kinds(f"{_KINDS}, 'years'")
    _tell_apart("period_from", "period_to")


def downgrade() -> None:
    _tell_apart("period_from")
    _accept_kinds(_KINDS)
    for name in _WIDE:
        op.alter_column(
            "report_figure", name, type_=sa.Integer(), existing_type=sa.BigInteger(), existing_nullable=True
        )
    for side in ("own", "below"):
        op.drop_column("report_figure", f"{side}_more")
    op.drop_column("report_submission", "carried")
    op.drop_index("ix_report_definition_id", table_name="report")
    op.drop_constraint(op.f("ck_report_plugin_has_definition"), "report")
    op.drop_constraint(op.f("fk_report_tenant_id_definition_id"), "report")
    op.drop_column("report", "definition_id")
    for table in ("report_entries", "report_text", "report_definition"):
        op.drop_table(table)


def _accept_kinds(kinds: str) -> None:
    for table in _WITH_KINDS:
        name = op.f(f"ck_{table}_period_kind_word")
        op.drop_constraint(name, table)
        op.create_check_constraint(name, table, f"period_kind IN ({kinds})")


def _tell_apart(*days: str) -> None:
    """Several years from the same one on are different periods: their last day tells them apart."""
    for table, name, last in (
        ("report", "uq_report_edition", "edition"),
        ("report_request", "uq_report_request_once", "peer_tenant_id"),
    ):
        op.drop_constraint(name, table)
        op.create_unique_constraint(name, table, ["tenant_id", "definition", "period_kind", *days, last])
