"""Plugins uploaded as data: every version that came, the one in use, and that answers can be purged."""

import rls
import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

# The path in scope names every superior, so a unit finds what they offer without a path in the row that could age.
_ABOVE = "('t' || tenant_id) = ANY (string_to_array(nullif(current_setting('app.tenant_path', true), ''), '.'))"


def upgrade() -> None:
    op.create_table(
        "uploaded_version",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_uploaded_version_tenant_id")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["account.id"], name=op.f("fk_uploaded_version_uploaded_by")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_uploaded_version")),
        sa.UniqueConstraint("tenant_id", "name", "number", name="uq_uploaded_version_number"),
    )
    rls.fence_journal("uploaded_version")
    op.create_table(
        "uploaded_plugin",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("below", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_uploaded_plugin_tenant_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "version_id"],
            ["uploaded_version.tenant_id", "uploaded_version.id"],
            name=op.f("fk_uploaded_plugin_tenant_id_version_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_uploaded_plugin")),
        sa.UniqueConstraint("tenant_id", "name", name="uq_uploaded_plugin_name"),
    )
    rls.fence("uploaded_plugin", grants="SELECT, INSERT, UPDATE")
    op.execute(f"CREATE POLICY above ON uploaded_plugin FOR SELECT USING (below AND {_ABOVE})")
    op.execute("GRANT DELETE ON form_answer TO tiepdan_app")


def downgrade() -> None:
    op.execute("REVOKE DELETE ON form_answer FROM tiepdan_app")
    op.drop_table("uploaded_plugin")
    op.drop_table("uploaded_version")
