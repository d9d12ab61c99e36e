"""Forget forms that were carried out long ago: nobody repeats a POST after two days."""

from datetime import timedelta

import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.web.idempotency import FormToken

KEPT_FOR = timedelta(days=2)


def drop_stale_tokens() -> int:
    """Delete the old form tokens of the tenant in scope; return how many there were."""
    result = db.session.execute(
        sa.delete(FormToken)
        .where(FormToken.made_at < sa.func.now() - KEPT_FOR)
        .returning(FormToken.id)
        .execution_options(synchronize_session=False)
    )
    return len(result.all())
