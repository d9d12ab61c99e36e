"""What plugins say to the handling of a petition: by whose order less of a case goes up."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_COLUMNS = ("withheld_by", "withheld_source")


def upgrade() -> None:
    for name in _COLUMNS:
        op.add_column("shared_state", sa.Column(name, sa.Text(), nullable=True))


def downgrade() -> None:
    for name in _COLUMNS:
        op.drop_column("shared_state", name)
