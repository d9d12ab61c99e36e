"""Tables of plugins' forms. Schemas hold no personal data; answers may, so they are texts of the vault."""

from datetime import datetime
from typing import cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tiepdan.core.db import Base, TenantRow, one_of, tenant_foreign_key
from tiepdan.sdk import Record


class FormVersion(TenantRow, Base):
    """A form as it was when somebody answered it here; written once, with the first answer.

    id: made from plugin and content, so that whoever writes it again meets the same row. form: text, not JSONB,
    which would forget the order of the fields.
    """

    __tablename__ = "form_version"

    plugin: Mapped[str]
    form_key: Mapped[str]
    version: Mapped[int]
    form: Mapped[str]
    first_used_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())


class FormAnswer(TenantRow, Base):
    """The answers to one form of one record; never changed. record_id: of a higher slice, so without a foreign key."""

    __tablename__ = "form_answer"
    __table_args__ = (
        one_of("record_type", Record),
        tenant_foreign_key("form_version_id", "form_version"),
        tenant_foreign_key("answers_id", "vault.text"),
        sa.UniqueConstraint(
            "tenant_id", "record_type", "record_id", "plugin", "form_key", name="uq_form_answer_record"
        ),
    )

    record_type: Mapped[str]
    record_id: Mapped[UUID]
    plugin: Mapped[str]
    form_key: Mapped[str]
    form_version_id: Mapped[UUID]
    answers_id: Mapped[UUID]
    given_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())


FORM_VERSIONS = cast("sa.Table", FormVersion.__table__)
FORM_ANSWERS = cast("sa.Table", FormAnswer.__table__)
