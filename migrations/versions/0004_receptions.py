"""Conclusions, assignments and receptions."""

import rls
import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "conclusion_notice",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("signer_name", sa.Text(), nullable=False),
        sa.Column("signer_office", sa.Text(), server_default="", nullable=False),
        sa.Column("reception_id", sa.Uuid(), nullable=True),
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "text_id"],
            ["vault.text.tenant_id", "vault.text.id"],
            name=op.f("fk_conclusion_notice_tenant_id_text_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_conclusion_notice_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_conclusion_notice")),
        sa.UniqueConstraint("tenant_id", "year", "number", name=op.f("uq_conclusion_notice_tenant_id_year_number")),
    )
    op.create_index("ix_conclusion_notice_reception", "conclusion_notice", ["tenant_id", "reception_id"], unique=False)
    op.create_index(
        "ix_conclusion_notice_signed_on",
        "conclusion_notice",
        ["tenant_id", sa.literal_column("signed_on DESC"), "id"],
        unique=False,
    )
    op.create_table(
        "assignment",
        sa.Column("peer_tenant_id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=True),
        sa.Column("reception_id", sa.Uuid(), nullable=True),
        sa.Column("matter_id", sa.Uuid(), nullable=True),
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("tell_citizen", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["peer_tenant_id"], ["tenant.id"], name=op.f("fk_assignment_peer_tenant_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "matter_id"],
            ["matter.tenant_id", "matter.id"],
            name=op.f("fk_assignment_tenant_id_matter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "notice_id"],
            ["conclusion_notice.tenant_id", "conclusion_notice.id"],
            name=op.f("fk_assignment_tenant_id_notice_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "text_id"],
            ["vault.text.tenant_id", "vault.text.id"],
            name=op.f("fk_assignment_tenant_id_text_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_assignment_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_assignment")),
    )
    op.create_index("ix_assignment_matter_id", "assignment", ["tenant_id", "matter_id"], unique=False)
    op.create_index("ix_assignment_notice_id", "assignment", ["tenant_id", "notice_id"], unique=False)
    op.create_index(
        "ix_assignment_received",
        "assignment",
        ["peer_tenant_id", sa.literal_column("issued_on DESC"), "id"],
        unique=False,
    )
    op.create_index(
        "ix_assignment_sent", "assignment", ["tenant_id", sa.literal_column("issued_on DESC"), "id"], unique=False
    )
    op.create_table(
        "assignment_step",
        sa.Column("peer_tenant_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("note_id", sa.Uuid(), nullable=True),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('acknowledged', 'refused', 'progress', 'extended', 'done', 'citizen_told', 'closed')",
            name=op.f("ck_assignment_step_kind_word"),
        ),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_assignment_step_percent_range")),
        sa.ForeignKeyConstraint(["peer_tenant_id"], ["tenant.id"], name=op.f("fk_assignment_step_peer_tenant_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "note_id"],
            ["vault.text.tenant_id", "vault.text.id"],
            name=op.f("fk_assignment_step_tenant_id_note_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_assignment_step_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_assignment_step")),
    )
    op.create_index("ix_assignment_step_received", "assignment_step", ["peer_tenant_id", "assignment_id"], unique=False)
    op.create_index("ix_assignment_step_written", "assignment_step", ["tenant_id", "assignment_id"], unique=False)
    op.create_table(
        "reception",
        sa.Column("duty", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), server_default="in_person", nullable=False),
        sa.Column("chair", sa.Text(), nullable=False),
        sa.Column("chair_name", sa.Text(), server_default="", nullable=False),
        sa.Column("substitute_reason", sa.Text(), nullable=True),
        sa.Column("substitute_basis", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("late_reason", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("chair IN ('head', 'substitute', 'desk')", name=op.f("ck_reception_chair_word")),
        sa.CheckConstraint("duty IN ('party', 'state')", name=op.f("ck_reception_duty_word")),
        sa.CheckConstraint("form IN ('periodic', 'extraordinary', 'regular')", name=op.f("ck_reception_form_word")),
        sa.CheckConstraint("mode IN ('in_person')", name=op.f("ck_reception_mode_word")),
        sa.CheckConstraint(
            "status IN ('draft', 'published', 'postponed', 'open', 'held', 'closed', 'concluded', 'cancelled')",
            name=op.f("ck_reception_status_word"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_reception_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_reception")),
    )
    op.create_index(
        "ix_reception_first_on", "reception", ["tenant_id", sa.literal_column("first_on DESC"), "id"], unique=False
    )
    op.create_table(
        "reception_day",
        sa.Column("reception_id", sa.Uuid(), nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("received_by", sa.Text(), nullable=False),
        sa.Column("official_name", sa.Text(), server_default="", nullable=False),
        sa.Column("substitute_reason", sa.Text(), nullable=True),
        sa.Column("substitute_basis", sa.Text(), nullable=True),
        sa.Column("last_number", sa.Integer(), server_default="0", nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "received_by IN ('head', 'substitute', 'desk')", name=op.f("ck_reception_day_received_by_word")
        ),
        sa.CheckConstraint(
            "status IN ('planned', 'open', 'held', 'cancelled')", name=op.f("ck_reception_day_status_word")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "reception_id"],
            ["reception.tenant_id", "reception.id"],
            name=op.f("fk_reception_day_tenant_id_reception_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_reception_day_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_reception_day")),
        sa.UniqueConstraint(
            "tenant_id", "reception_id", "day_on", name=op.f("uq_reception_day_tenant_id_reception_id_day_on")
        ),
    )
    op.create_index("ix_reception_day_day_on", "reception_day", ["tenant_id", "day_on"], unique=False)
    op.create_table(
        "reception_change",
        sa.Column("reception_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("kind IN ('postponed', 'cancelled')", name=op.f("ck_reception_change_kind_word")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "reception_id"],
            ["reception.tenant_id", "reception.id"],
            name=op.f("fk_reception_change_tenant_id_reception_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_reception_change_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_reception_change")),
    )
    op.create_index("ix_reception_change_reception_id", "reception_change", ["tenant_id", "reception_id"], unique=False)
    op.create_table(
        "visit",
        sa.Column("reception_id", sa.Uuid(), nullable=False),
        sa.Column("day_id", sa.Uuid(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("pin_hash", sa.LargeBinary(), nullable=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("people_count", sa.Integer(), nullable=False),
        sa.Column("is_crowd", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("sealed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("content_id", sa.Uuid(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=True),
        sa.Column("petition_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("received_by", sa.Text(), nullable=False),
        sa.Column("refusal_ground", sa.Text(), nullable=True),
        sa.Column("refusal_form", sa.Text(), nullable=True),
        sa.Column("refusal_text_id", sa.Uuid(), nullable=True),
        sa.Column("refused_on", sa.Date(), nullable=True),
        sa.Column("refusal_number", sa.Text(), nullable=True),
        sa.Column("within_competence", sa.Boolean(), nullable=True),
        sa.Column("was_settled", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("was_guided", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("was_transferred", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("remarks_id", sa.Uuid(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(status = 'refused') = (refusal_ground IS NOT NULL)", name=op.f("ck_visit_refusal_has_ground")
        ),
        sa.CheckConstraint(
            "kind IS NULL OR kind IN ('complaint', 'denunciation', 'proposal', 'feedback')",
            name=op.f("ck_visit_kind_word"),
        ),
        sa.CheckConstraint("received_by IN ('head', 'substitute', 'desk')", name=op.f("ck_visit_received_by_word")),
        sa.CheckConstraint(
            "refusal_form IS NULL OR refusal_form IN ('oral', 'written')", name=op.f("ck_visit_refusal_form_word")
        ),
        sa.CheckConstraint(
            "refusal_ground IS NULL OR refusal_ground IN ('article_9_1', 'article_9_2', 'article_9_3', 'point_a', 'point_b', 'point_c', 'point_d', 'point_dd', 'point_e', 'point_g', 'point_h', 'point_i', 'point_k')",
            name=op.f("ck_visit_refusal_ground_word"),
        ),
        sa.CheckConstraint("status IN ('waiting', 'received', 'refused', 'left')", name=op.f("ck_visit_status_word")),
        sa.CheckConstraint("people_count >= 1", name=op.f("ck_visit_people_count_positive")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "content_id"],
            ["vault.text.tenant_id", "vault.text.id"],
            name=op.f("fk_visit_tenant_id_content_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "day_id"],
            ["reception_day.tenant_id", "reception_day.id"],
            name=op.f("fk_visit_tenant_id_day_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "matter_id"], ["matter.tenant_id", "matter.id"], name=op.f("fk_visit_tenant_id_matter_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "petition_id"],
            ["petition.tenant_id", "petition.id"],
            name=op.f("fk_visit_tenant_id_petition_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "reception_id"],
            ["reception.tenant_id", "reception.id"],
            name=op.f("fk_visit_tenant_id_reception_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "refusal_text_id"],
            ["vault.text.tenant_id", "vault.text.id"],
            name=op.f("fk_visit_tenant_id_refusal_text_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "remarks_id"],
            ["vault.text.tenant_id", "vault.text.id"],
            name=op.f("fk_visit_tenant_id_remarks_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_visit_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_visit")),
        sa.UniqueConstraint("tenant_id", "code", name=op.f("uq_visit_tenant_id_code")),
        sa.UniqueConstraint("tenant_id", "day_id", "number", name=op.f("uq_visit_tenant_id_day_id_number")),
    )
    op.create_index("ix_visit_matter_id", "visit", ["tenant_id", "matter_id"], unique=False)
    op.create_index("ix_visit_petition_id", "visit", ["tenant_id", "petition_id"], unique=False)
    op.create_index("ix_visit_reception_id", "visit", ["tenant_id", "reception_id"], unique=False)
    op.create_index(
        "ix_visit_visited_on", "visit", ["tenant_id", sa.literal_column("visited_on DESC"), "id"], unique=False
    )
    op.create_table(
        "visit_person",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "role IN ('visitor', 'representative', 'authorised')", name=op.f("ck_visit_person_role_word")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["vault.person.tenant_id", "vault.person.id"],
            name=op.f("fk_visit_person_tenant_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "visit_id"], ["visit.tenant_id", "visit.id"], name=op.f("fk_visit_person_tenant_id_visit_id")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_visit_person_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_visit_person")),
        sa.UniqueConstraint(
            "tenant_id", "visit_id", "position", name=op.f("uq_visit_person_tenant_id_visit_id_position")
        ),
    )
    op.create_index("ix_visit_person_person_id", "visit_person", ["tenant_id", "person_id"], unique=False)
    op.create_table(
        "reception_minutes",
        sa.Column("reception_id", sa.Uuid(), nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("chair_name", sa.Text(), nullable=False),
        sa.Column("secretary_name", sa.Text(), nullable=False),
        sa.Column("citizens_signed", sa.Boolean(), nullable=False),
        sa.Column("unsigned_reason", sa.Text(), nullable=True),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "reception_id"],
            ["reception.tenant_id", "reception.id"],
            name=op.f("fk_reception_minutes_tenant_id_reception_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "text_id"],
            ["vault.text.tenant_id", "vault.text.id"],
            name=op.f("fk_reception_minutes_tenant_id_text_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_reception_minutes_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_reception_minutes")),
        sa.UniqueConstraint("tenant_id", "reception_id", name=op.f("uq_reception_minutes_tenant_id_reception_id")),
    )
    op.create_table(
        "register_row",
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("row_hash", sa.LargeBinary(), nullable=False),
        sa.Column("reception_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "reception_id"],
            ["reception.tenant_id", "reception.id"],
            name=op.f("fk_register_row_tenant_id_reception_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "visit_id"], ["visit.tenant_id", "visit.id"], name=op.f("fk_register_row_tenant_id_visit_id")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_register_row_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_register_row")),
        sa.UniqueConstraint(
            "tenant_id", "book", "year", "number", name=op.f("uq_register_row_tenant_id_book_year_number")
        ),
    )
    op.create_index("ix_register_row_reception_id", "register_row", ["tenant_id", "reception_id"], unique=False)
    op.create_index("ix_register_row_visit_id", "register_row", ["tenant_id", "visit_id"], unique=False)
    op.create_table(
        "register_session",
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("session_key", sa.Text(), nullable=False),
        sa.Column("reception_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "reception_id"],
            ["reception.tenant_id", "reception.id"],
            name=op.f("fk_register_session_tenant_id_reception_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_register_session_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_register_session")),
        sa.UniqueConstraint(
            "tenant_id", "book", "session_key", name=op.f("uq_register_session_tenant_id_book_session_key")
        ),
    )
    op.create_index("ix_register_session_reception_id", "register_session", ["tenant_id", "reception_id"], unique=False)
    op.create_table(
        "register_matter",
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "matter_id"],
            ["matter.tenant_id", "matter.id"],
            name=op.f("fk_register_matter_tenant_id_matter_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_register_matter_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_register_matter")),
        sa.UniqueConstraint("tenant_id", "key_hash", name=op.f("uq_register_matter_tenant_id_key_hash")),
    )
    op.create_index("ix_register_matter_matter_id", "register_matter", ["tenant_id", "matter_id"], unique=False)

    for table in ("conclusion_notice", "reception", "reception_day", "visit", "visit_person", "reception_minutes"):
        rls.fence(table)
    for table in ("register_row", "register_session", "register_matter"):
        rls.fence(table)
    # Only added to: a change of plans stays on record.
    rls.fence("reception_change", grants="SELECT, INSERT")
    rls.fence_between("assignment")
    rls.fence_between("assignment_step")


def downgrade() -> None:
    op.drop_table("register_matter")
    op.drop_table("register_session")
    op.drop_table("register_row")
    op.drop_table("reception_minutes")
    op.drop_table("visit_person")
    op.drop_table("visit")
    op.drop_table("reception_change")
    op.drop_table("reception_day")
    op.drop_table("reception")
    op.drop_table("assignment_step")
    op.drop_table("assignment")
    op.drop_table("conclusion_notice")
