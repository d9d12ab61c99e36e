"""Days that people set, signals of given work, former addresses, the directory's index, versions of data."""

import rls
import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    _follow_given_work()
    _keep_former_slugs()
    _index_the_directory()
    op.create_table(
        "data_version",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_data_version")),
    )
    rls.platform("data_version", app="SELECT, INSERT, UPDATE")


def _follow_given_work() -> None:
    op.add_column("clock", sa.Column("given_on", sa.Date(), nullable=True))
    op.create_table(
        "assignment_signal",
        sa.Column("peer_tenant_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["peer_tenant_id"], ["tenant.id"], name=op.f("fk_assignment_signal_peer_tenant_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_assignment_signal_tenant_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "assignment_id"],
            ["assignment.tenant_id", "assignment.id"],
            name=op.f("fk_assignment_signal_tenant_id_assignment_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_assignment_signal")),
    )
    op.create_index("ix_assignment_signal_received", "assignment_signal", ["peer_tenant_id", "id"], unique=False)
    # The sender leaves a signal, the receiver takes it away; the sweep sees for whom one waits, and nothing else.
    rls.fence_between("assignment_signal", grants="SELECT, INSERT, DELETE")
    op.execute("ALTER POLICY own ON assignment_signal TO tiepdan_app, tiepdan_data")
    op.execute("ALTER POLICY peer ON assignment_signal TO tiepdan_app, tiepdan_data")
    op.execute(f"CREATE POLICY peer_takes ON assignment_signal FOR DELETE TO tiepdan_app USING ({rls.PEER})")
    op.execute("CREATE POLICY sweep ON assignment_signal FOR SELECT TO tiepdan_sweep USING (true)")
    op.execute("GRANT SELECT (peer_tenant_id) ON assignment_signal TO tiepdan_sweep")
    # Work given before has a day too: the sweep finds these and starts the clocks of what is still open.
    op.execute("SET LOCAL ROLE tiepdan_data")
    op.execute(
        "INSERT INTO assignment_signal (tenant_id, id, peer_tenant_id, assignment_id) "
        "SELECT tenant_id, gen_random_uuid(), peer_tenant_id, id FROM assignment WHERE due_on IS NOT NULL"
    )
    op.execute("RESET ROLE")


def _keep_former_slugs() -> None:
    op.create_table(
        "former_slug",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("given_up_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_former_slug_tenant_id")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_former_slug")),
    )
    op.create_index(op.f("ix_former_slug_tenant_id"), "former_slug", ["tenant_id"], unique=False)
    rls.platform("former_slug", provision="SELECT, INSERT, DELETE")


def _index_the_directory() -> None:
    # unaccent() is only STABLE: it could read another dictionary tomorrow. Named with its dictionary it is fixed, and
    # a generated column and its index may rest on it. The words of a search are folded the same way in Python.
    op.execute(
        "CREATE FUNCTION fold_name(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE "
        "RETURN public.unaccent('public.unaccent'::regdictionary, lower(name))"
    )
    op.add_column(
        "tenant",
        sa.Column("folded", sa.Text(), sa.Computed("fold_name(name || ' ' || short_name)", persisted=True)),
    )
    for column in ("slug", "folded"):
        op.create_index(
            f"ix_tenant_{column}_trgm",
            "tenant",
            [column],
            postgresql_using="gin",
            postgresql_ops={column: "gin_trgm_ops"},
            postgresql_with={"fastupdate": "off"},
        )


def downgrade() -> None:
    op.drop_table("data_version")
    op.drop_index("ix_tenant_slug_trgm", "tenant")
    op.drop_column("tenant", "folded")
    op.execute("DROP FUNCTION fold_name(text)")
    op.drop_table("former_slug")
    op.drop_table("assignment_signal")
    op.drop_column("clock", "given_on")
