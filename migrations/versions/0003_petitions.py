"""Matters, petitions and what superiors see."""

import rls
import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    petitions_up()
    keys_up()
    sharing_up()


def downgrade() -> None:
    sharing_down()
    keys_down()
    petitions_down()


def petitions_up() -> None:
    op.create_table(
        "matter",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("mass", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("complex", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("prolonged", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("level_skipping", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "field IN ('land', 'policy', 'corruption', 'judicial', 'administrative', 'other')",
            name=op.f("ck_matter_field_word"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_matter_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_matter")),
        sa.UniqueConstraint("tenant_id", "code", name="uq_matter_code"),
    )
    op.create_index(
        "ix_matter_opened_on",
        "matter",
        ["tenant_id", sa.literal_column("opened_on DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_table(
        "matter_mark",
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("marked_on", sa.Date(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("reason_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "mark IN ('mass', 'complex', 'prolonged', 'level_skipping')", name=op.f("ck_matter_mark_mark_word")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_matter_mark_account_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "matter_id"],
            ["matter.tenant_id", "matter.id"],
            name=op.f("fk_matter_mark_tenant_id_matter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "reason_id"],
            ["vault.text.tenant_id", "vault.text.id"],
            name=op.f("fk_matter_mark_tenant_id_reason_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_matter_mark_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_matter_mark")),
    )
    op.create_index("ix_matter_mark_matter_id", "matter_mark", ["tenant_id", "matter_id"], unique=False)
    op.create_table(
        "petition",
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("register_year", sa.Integer(), nullable=False),
        sa.Column("register_number", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("origin_visit_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("eligible", sa.Boolean(), nullable=True),
        sa.Column("within_competence", sa.Boolean(), nullable=True),
        sa.Column("anonymous", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("content_id", sa.Uuid(), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(), nullable=True),
        sa.Column("sealed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("people_count", sa.Integer(), server_default="1", nullable=False),
        sa.Column("lead_person_id", sa.Uuid(), nullable=True),
        sa.Column("handler_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("notice_due_on", sa.Date(), nullable=True),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("classified_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("pin_hash", sa.LargeBinary(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "field IN ('land', 'policy', 'corruption', 'judicial', 'administrative', 'other')",
            name=op.f("ck_petition_field_word"),
        ),
        sa.CheckConstraint(
            "kind IS DISTINCT FROM 'denunciation' OR sealed", name=op.f("ck_petition_denunciation_is_sealed")
        ),
        sa.CheckConstraint(
            "kind IS NULL OR kind IN ('complaint', 'denunciation', 'proposal', 'feedback')",
            name=op.f("ck_petition_kind_word"),
        ),
        sa.CheckConstraint("origin IN ('desk', 'post', 'transferred')", name=op.f("ck_petition_origin_word")),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome IN ('founded', 'partly_founded', 'unfounded', 'answered', 'withdrawn', 'terminated', 'guided', 'transferred', 'returned', 'filed')",
            name=op.f("ck_petition_outcome_word"),
        ),
        sa.CheckConstraint(
            "status IN ('registered', 'classified', 'accepted', 'in_progress', 'resolved', 'guided', 'transferred', 'returned', 'filed', 'closed')",
            name=op.f("ck_petition_status_word"),
        ),
        sa.CheckConstraint("people_count >= 1", name=op.f("ck_petition_people_count_positive")),
        sa.ForeignKeyConstraint(["handler_id"], ["account.id"], name=op.f("fk_petition_handler_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "content_id"],
            ["vault.text.tenant_id", "vault.text.id"],
            name=op.f("fk_petition_tenant_id_content_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "lead_person_id"],
            ["vault.person.tenant_id", "vault.person.id"],
            name=op.f("fk_petition_tenant_id_lead_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "matter_id"], ["matter.tenant_id", "matter.id"], name=op.f("fk_petition_tenant_id_matter_id")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_petition_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_petition")),
        sa.UniqueConstraint("tenant_id", "code", name="uq_petition_code"),
        sa.UniqueConstraint("tenant_id", "register_year", "register_number", name="uq_petition_register"),
    )
    op.create_index(
        "ix_petition_content_hash",
        "petition",
        ["tenant_id", "content_hash"],
        unique=False,
        postgresql_where=sa.text("content_hash IS NOT NULL"),
    )
    op.create_index(
        "ix_petition_due_on",
        "petition",
        ["tenant_id", "due_on"],
        unique=False,
        postgresql_where=sa.text("due_on IS NOT NULL"),
    )
    op.create_index(
        "ix_petition_handler_id",
        "petition",
        ["tenant_id", "handler_id"],
        unique=False,
        postgresql_where=sa.text("handler_id IS NOT NULL"),
    )
    op.create_index("ix_petition_matter_id", "petition", ["tenant_id", "matter_id"], unique=False)
    op.create_index(
        "ix_petition_origin_visit_id",
        "petition",
        ["tenant_id", "origin_visit_id"],
        unique=False,
        postgresql_where=sa.text("origin_visit_id IS NOT NULL"),
    )
    op.create_index(
        "ix_petition_received_on",
        "petition",
        ["tenant_id", sa.literal_column("received_on DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_index(
        "ix_petition_status",
        "petition",
        ["tenant_id", "status", sa.literal_column("received_on DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_table(
        "petition_person",
        sa.Column("petition_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "role IN ('petitioner', 'representative', 'authorised', 'respondent')",
            name=op.f("ck_petition_person_role_word"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["vault.person.tenant_id", "vault.person.id"],
            name=op.f("fk_petition_person_tenant_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "petition_id"],
            ["petition.tenant_id", "petition.id"],
            name=op.f("fk_petition_person_tenant_id_petition_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_petition_person_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_petition_person")),
        sa.UniqueConstraint("tenant_id", "petition_id", "position", name="uq_petition_person_position"),
    )
    op.create_index("ix_petition_person_person_id", "petition_person", ["tenant_id", "person_id"], unique=False)
    op.create_table(
        "petition_step",
        sa.Column("petition_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("from_status", sa.Text(), nullable=True),
        sa.Column("to_status", sa.Text(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("handler_id", sa.Uuid(), nullable=True),
        sa.Column("reason_id", sa.Uuid(), nullable=True),
        sa.Column("document_number", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("failed", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "from_status IS NULL OR from_status IN ('registered', 'classified', 'accepted', 'in_progress', 'resolved', 'guided', 'transferred', 'returned', 'filed', 'closed')",
            name=op.f("ck_petition_step_from_status_word"),
        ),
        sa.CheckConstraint(
            "step IN ('registered', 'classified', 'sealed', 'accepted', 'guided', 'transferred', 'returned', 'filed', 'taken_back', 'assigned', 'notified', 'resolved', 'closed', 'withdrawn', 'linked', 'pin_renewed')",
            name=op.f("ck_petition_step_step_word"),
        ),
        sa.CheckConstraint(
            "to_status IN ('registered', 'classified', 'accepted', 'in_progress', 'resolved', 'guided', 'transferred', 'returned', 'filed', 'closed')",
            name=op.f("ck_petition_step_to_status_word"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_petition_step_account_id")),
        sa.ForeignKeyConstraint(["handler_id"], ["account.id"], name=op.f("fk_petition_step_handler_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "petition_id"],
            ["petition.tenant_id", "petition.id"],
            name=op.f("fk_petition_step_tenant_id_petition_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "reason_id"],
            ["vault.text.tenant_id", "vault.text.id"],
            name=op.f("fk_petition_step_tenant_id_reason_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_petition_step_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_petition_step")),
    )
    op.create_index("ix_petition_step_petition_id", "petition_step", ["tenant_id", "petition_id"], unique=False)
    op.create_table(
        "register_counter",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_register_counter_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "book", "year", name=op.f("pk_register_counter")),
    )

    for table in ("matter", "petition", "petition_person"):
        rls.fence(table, grants="SELECT, INSERT, UPDATE")
    rls.fence("register_counter", grants="SELECT, INSERT, UPDATE")
    for table in ("matter_mark", "petition_step"):
        rls.fence_journal(table)


def keys_up() -> None:
    op.create_table(
        "api_key",
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("last_used_on", sa.Date(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Uuid(), nullable=True),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_api_key_made_by")),
        sa.ForeignKeyConstraint(["revoked_by"], ["account.id"], name=op.f("fk_api_key_revoked_by")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_api_key_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("tenant_id", "key_hash", name="uq_api_key_key_hash"),
    )
    rls.fence("api_key", grants="SELECT, INSERT, UPDATE")


def petitions_down() -> None:
    for table in ("register_counter", "petition_step", "petition_person", "petition", "matter_mark", "matter"):
        op.drop_table(table)


def keys_down() -> None:
    op.drop_table("api_key")


SHARED_DEPTHS = (1, 2, 3, 4)


def sharing_up() -> None:
    op.create_table(
        "shared_state",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *_shared_bucket(),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_shared_state_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_shared_state")),
    )
    op.create_table(
        "shared_case",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *_shared_path(),
        sa.Column("code", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("flags", sa.SmallInteger(), nullable=False),
        sa.Column("people_count", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.CheckConstraint("kind NOT IN ('denunciation', 'unknown')", name=op.f("ck_shared_case_no_sealed_kind")),
        sa.CheckConstraint("nlevel(path) <= 5", name=op.f("ck_shared_case_depth")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_shared_case_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_shared_case")),
    )
    received = sa.literal_column("received_on DESC")
    op.create_index("ix_shared_case_own", "shared_case", ["tenant_id", received, "id"])
    for depth in SHARED_DEPTHS:
        _index_ancestor("shared_case", depth, "received", [received, "id"])
        _index_ancestor("shared_case", depth, "kind", ["kind", "status", received, "id"])
        still_open = " AND closed_on IS NULL AND due_on IS NOT NULL"
        _index_ancestor("shared_case", depth, "due", ["due_on", "id"], where=still_open, include=["path"])
        flagged = ["flags", received, "id"]
        _index_ancestor("shared_case", depth, "flags", flagged, where=" AND flags <> 0", include=["path"])
    op.create_table(
        "shared_count",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        *_shared_path(),
        *_shared_bucket(),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("nlevel(path) <= 5", name=op.f("ck_shared_count_depth")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_shared_count_tenant_id")),
        sa.PrimaryKeyConstraint(
            "tenant_id", "month", "kind", "status", "field", "pending", name=op.f("pk_shared_count")
        ),
        postgresql_with={"fillfactor": 80},
    )
    op.create_table(
        "shared_total",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        *_shared_path(),
        *(column for column in _shared_bucket() if column.name in {"kind", "status", "pending"}),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("nlevel(path) <= 5", name=op.f("ck_shared_total_depth")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_shared_total_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "kind", "status", "pending", name=op.f("pk_shared_total")),
        postgresql_with={"fillfactor": 80},
    )
    for depth in SHARED_DEPTHS:
        _index_ancestor("shared_count", depth, "month", ["month"])
        _index_ancestor("shared_total", depth, "all", [])
    rls.fence("shared_state")
    rls.fence_shared("shared_case")
    rls.fence_shared("shared_count")
    rls.fence_shared("shared_total")


def sharing_down() -> None:
    for table in ("shared_total", "shared_count", "shared_case", "shared_state"):
        op.drop_table(table)


def _shared_bucket() -> list[sa.Column]:
    return [
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("pending", sa.Boolean(), nullable=False),
    ]


def _shared_path() -> list[sa.Column]:
    """The path is the fence; the database itself derives the superiors from it, so none can be forged."""
    return [
        sa.Column("path", rls.Ltree(), nullable=False),
        *(
            sa.Column(
                f"anc{depth}_id",
                sa.Integer(),
                sa.Computed(
                    f"CASE WHEN nlevel(path) > {depth} "
                    f"THEN substr(ltree2text(subpath(path, {depth - 1}, 1)), 2)::integer END",
                    persisted=True,
                ),
                nullable=True,
            )
            for depth in SHARED_DEPTHS
        ),
    ]


def _index_ancestor(
    table: str,
    depth: int,
    name: str,
    columns: list[str | sa.ColumnElement[str]],
    *,
    where: str = "",
    include: list[str] | None = None,
) -> None:
    op.create_index(
        f"ix_{table}_anc{depth}_{name}",
        table,
        [f"anc{depth}_id", *columns],
        postgresql_where=sa.text(f"anc{depth}_id IS NOT NULL{where}"),
        postgresql_include=include,
    )
