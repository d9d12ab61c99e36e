"""The application puts rows into the vault itself; it still cannot read one.

What is registered at the desk is written with its vault rows in one statement. Reading, changing and deleting
stay with the vault's own role.
"""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.execute("GRANT USAGE ON SCHEMA vault TO tiepdan_app")
    op.execute("GRANT INSERT ON vault.person, vault.text TO tiepdan_app")


def downgrade() -> None:
    op.execute("REVOKE INSERT ON vault.person, vault.text FROM tiepdan_app")
    op.execute("REVOKE USAGE ON SCHEMA vault FROM tiepdan_app")
