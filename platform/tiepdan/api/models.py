"""The table of keys: only hashes, never a key."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tiepdan.core.db import Base, TenantRow


class ApiKey(TenantRow, Base):
    """A key with which another program of the tenant reads. `hint`: its first letters, to tell keys apart."""

    __tablename__ = "api_key"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "key_hash", name="uq_api_key_key_hash"),)

    label: Mapped[str]
    hint: Mapped[str]
    key_hash: Mapped[bytes]
    made_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    expires_on: Mapped[date | None]
    last_used_on: Mapped[date | None]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id"))
