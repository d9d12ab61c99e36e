"""Tenancy, people, vault and journal."""

import rls
import sqlalchemy as sa
from alembic import op
from rls import Ltree
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA vault")
    op.execute("GRANT USAGE ON SCHEMA vault TO tiepdan_vault, tiepdan_data")
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locale", sa.Text(), server_default="vi", nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("login = lower(login)", name=op.f("ck_account_login_is_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
    )
    op.create_table(
        "platform_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.Text(), server_default="", nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject_type", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_event")),
    )
    op.create_index("ix_platform_event_at", "platform_event", [sa.literal_column("at DESC"), "id"], unique=False)
    op.create_table(
        "province",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("regime", sa.Text(), nullable=False),
        sa.Column("catalogue", sa.Text(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_province")),
        sa.UniqueConstraint("slug", name=op.f("uq_province_slug")),
    )
    op.create_table(
        "throttle",
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_failed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("blocked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_throttle")),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_invitation_account_id")),
        sa.ForeignKeyConstraint(["issued_by"], ["account.id"], name=op.f("fk_invitation_issued_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_table(
        "platform_role",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("province_id", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(role = 'province_admin') = (province_id IS NOT NULL)",
            name=op.f("ck_platform_role_province_admin_has_province"),
        ),
        sa.CheckConstraint("role IN ('platform_operator', 'province_admin')", name=op.f("ck_platform_role_role_word")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_platform_role_account_id")),
        sa.ForeignKeyConstraint(["province_id"], ["province.id"], name=op.f("fk_platform_role_province_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_role")),
    )
    op.create_index(op.f("ix_platform_role_account_id"), "platform_role", ["account_id"], unique=False)
    op.create_table(
        "tenant",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("branch", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("regime", sa.Text(), nullable=False),
        sa.Column("catalogue", sa.Text(), nullable=False),
        sa.Column("unit_level", sa.Text(), nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("path", Ltree(), nullable=False),
        sa.Column("superior_id", sa.Integer(), nullable=True),
        sa.Column("province_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), server_default="active", nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("branch IN ('party', 'state', 'judicial')", name=op.f("ck_tenant_branch_word")),
        sa.CheckConstraint(
            "kind IN ('party_committee', 'peoples_committee', 'agency', 'judicial_body')",
            name=op.f("ck_tenant_kind_word"),
        ),
        sa.CheckConstraint("level IN ('province', 'district', 'commune')", name=op.f("ck_tenant_level_word")),
        sa.CheckConstraint(
            "slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 63", name=op.f("ck_tenant_slug_form")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'active', 'read_only', 'suspended', 'archived', 'destroyed')",
            name=op.f("ck_tenant_state_word"),
        ),
        sa.CheckConstraint("subpath(path, -1)::text = 't' || id", name=op.f("ck_tenant_path_ends_here")),
        sa.CheckConstraint("unit_level IN ('province', 'district', 'commune')", name=op.f("ck_tenant_unit_level_word")),
        sa.ForeignKeyConstraint(["province_id"], ["province.id"], name=op.f("fk_tenant_province_id")),
        sa.ForeignKeyConstraint(["superior_id"], ["tenant.id"], name=op.f("fk_tenant_superior_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenant")),
        sa.UniqueConstraint("slug", name=op.f("uq_tenant_slug")),
    )
    op.create_index("ix_tenant_path", "tenant", ["path"], unique=False, postgresql_using="gist")
    op.create_index(op.f("ix_tenant_province_id"), "tenant", ["province_id"], unique=False)
    op.create_index(op.f("ix_tenant_superior_id"), "tenant", ["superior_id"], unique=False)
    op.create_table(
        "event",
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject_type", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_event_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_event")),
    )
    op.create_index("ix_event_subject", "event", ["tenant_id", "subject_type", "subject_id"], unique=False)
    op.create_index("ix_event_tenant_id_at", "event", ["tenant_id", sa.literal_column("at DESC"), "id"], unique=False)
    op.create_table(
        "form_token",
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_form_token_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_form_token")),
    )
    op.create_index("ix_form_token_made_at", "form_token", ["tenant_id", "made_at"], unique=False)
    op.create_table(
        "host",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("name = lower(name)", name=op.f("ck_host_lower_case")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_host_tenant_id")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_host")),
    )
    op.create_index(op.f("ix_host_tenant_id"), "host", ["tenant_id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("granted_by", sa.Uuid(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("granted_from_platform", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "role IN ('tenant_admin', 'committee_head', 'reception_officer', 'petition_officer', 'handler', 'inspector', 'viewer')",
            name=op.f("ck_membership_role_word"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_membership_account_id")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["account.id"], name=op.f("fk_membership_confirmed_by")),
        sa.ForeignKeyConstraint(["granted_by"], ["account.id"], name=op.f("fk_membership_granted_by")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_membership_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_membership")),
    )
    op.create_index("ix_membership_account_id", "membership", ["account_id"], unique=False)
    op.create_index(
        "uq_membership_live",
        "membership",
        ["tenant_id", "account_id", "role"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "reporting_line",
        sa.Column("from_tenant_id", sa.Integer(), nullable=False),
        sa.Column("to_tenant_id", sa.Integer(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.column("from_tenant_id"), "="),
            (sa.column("to_tenant_id"), "="),
            (sa.column("report"), "="),
            (sa.text("daterange(valid_from, valid_to, '[]')"), "&&"),
            using="gist",
            name="ex_reporting_line_once",
        ),
        sa.CheckConstraint("from_tenant_id <> to_tenant_id", name=op.f("ck_reporting_line_not_itself")),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_reporting_line_period")),
        sa.ForeignKeyConstraint(["from_tenant_id"], ["tenant.id"], name=op.f("fk_reporting_line_from_tenant_id")),
        sa.ForeignKeyConstraint(["to_tenant_id"], ["tenant.id"], name=op.f("fk_reporting_line_to_tenant_id")),
        sa.PrimaryKeyConstraint(
            "from_tenant_id", "to_tenant_id", "report", "valid_from", name=op.f("pk_reporting_line")
        ),
    )
    op.create_index("ix_reporting_line_to", "reporting_line", ["to_tenant_id", "report"], unique=False)
    op.create_table(
        "session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("active_tenant_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_session_account_id")),
        sa.ForeignKeyConstraint(["active_tenant_id"], ["tenant.id"], name=op.f("fk_session_active_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_session_token_hash")),
    )
    op.create_index("ix_session_account_id", "session", ["account_id"], unique=False)
    op.create_table(
        "superior",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("superior_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.column("tenant_id"), "="),
            (sa.text("daterange(valid_from, valid_to, '[]')"), "&&"),
            using="gist",
            name="ex_superior_one_at_a_time",
        ),
        sa.CheckConstraint("superior_id <> tenant_id", name=op.f("ck_superior_not_itself")),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_superior_period")),
        sa.ForeignKeyConstraint(["superior_id"], ["tenant.id"], name=op.f("fk_superior_superior_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_superior_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "valid_from", name=op.f("pk_superior")),
    )
    op.create_index(op.f("ix_superior_superior_id"), "superior", ["superior_id"], unique=False)
    op.create_table(
        "tenant_key",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_private_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_tenant_key_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "version", name=op.f("pk_tenant_key")),
    )
    op.create_table(
        "tenant_plugin",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("plugin", sa.Text(), nullable=False),
        sa.Column("locked", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("settings", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_tenant_plugin_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "plugin", name=op.f("pk_tenant_plugin")),
    )
    op.create_table(
        "person",
        sa.Column("sealed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column("name_hash", sa.LargeBinary(), nullable=True),
        sa.Column("identity_hash", sa.LargeBinary(), nullable=True),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_person_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_person")),
        schema="vault",
    )
    op.create_index("ix_person_identity_hash", "person", ["tenant_id", "identity_hash"], unique=False, schema="vault")
    op.create_index("ix_person_name_hash", "person", ["tenant_id", "name_hash"], unique=False, schema="vault")
    op.create_table(
        "text",
        sa.Column("sealed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_text_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_text")),
        schema="vault",
    )

    fence_all()


def fence_all() -> None:
    """Fence the tenants' tables, grant the platform's."""
    writes = "SELECT, INSERT, UPDATE, DELETE"
    for table in ("province", "tenant", "superior", "reporting_line", "host", "tenant_plugin", "tenant_key"):
        rls.platform(table, provision=writes)
    for table in ("account", "session", "invitation", "throttle", "platform_role"):
        rls.platform(table, app=writes)
    rls.platform("platform_event", app="SELECT, INSERT", provision="INSERT")
    rls.freeze("platform_event")
    op.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO tiepdan_provision, tiepdan_data")
    op.execute("GRANT SELECT ON alembic_version TO tiepdan_app")
    rls.fence("membership")
    rls.open_own_rows("membership")
    rls.fence("form_token")
    rls.fence_journal("event")
    rls.fence_vault("vault.person")
    rls.fence_vault("vault.text")


def downgrade() -> None:
    op.drop_table("text", schema="vault")
    op.drop_index("ix_person_name_hash", table_name="person", schema="vault")
    op.drop_index("ix_person_identity_hash", table_name="person", schema="vault")
    op.drop_table("person", schema="vault")
    op.drop_table("tenant_plugin")
    op.drop_table("tenant_key")
    op.drop_index(op.f("ix_superior_superior_id"), table_name="superior")
    op.drop_table("superior")
    op.drop_index("ix_session_account_id", table_name="session")
    op.drop_table("session")
    op.drop_index("ix_reporting_line_to", table_name="reporting_line")
    op.drop_table("reporting_line")
    op.drop_index("uq_membership_live", table_name="membership", postgresql_where=sa.text("ended_at IS NULL"))
    op.drop_index("ix_membership_account_id", table_name="membership")
    op.drop_table("membership")
    op.drop_index(op.f("ix_host_tenant_id"), table_name="host")
    op.drop_table("host")
    op.drop_index("ix_form_token_made_at", table_name="form_token")
    op.drop_table("form_token")
    op.drop_index("ix_event_tenant_id_at", table_name="event")
    op.drop_index("ix_event_subject", table_name="event")
    op.drop_table("event")
    op.drop_index(op.f("ix_tenant_superior_id"), table_name="tenant")
    op.drop_index(op.f("ix_tenant_province_id"), table_name="tenant")
    op.drop_index("ix_tenant_path", table_name="tenant", postgresql_using="gist")
    op.drop_table("tenant")
    op.drop_index(op.f("ix_platform_role_account_id"), table_name="platform_role")
    op.drop_table("platform_role")
    op.drop_table("invitation")
    op.drop_table("throttle")
    op.drop_table("province")
    op.drop_index("ix_platform_event_at", table_name="platform_event")
    op.drop_table("platform_event")
    op.drop_table("account")
    op.execute("DROP SCHEMA vault")
    op.execute("DROP FUNCTION refuse_change()")
