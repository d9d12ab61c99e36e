"""Delete for good what a committee answered to a plugin's forms. Switching a plugin off only hides it."""

from itertools import batched
from typing import Any

import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.core.scope import tenant_scope
from tiepdan.formparts.models import FORM_ANSWERS
from tiepdan.identity.vault import forget_texts
from tiepdan.sdk import hookimpl

_AT_ONCE = 500  # texts of the vault in one statement


@hookimpl
def plugin_data_purging(plugin: str, actor: Any) -> None:  # noqa: ANN401, ARG001 - as the specification says
    """Delete the answers, sealed ones too. The forms they were given to stay: they hold no data of anybody."""
    purge_answers(plugin)


def purge_answers(plugin: str) -> int:
    """Delete a plugin's answers in the tenant in scope; return how many. Whoever calls has asked for the right."""
    own = sa.and_(FORM_ANSWERS.c.tenant_id == tenant_scope().tenant_id, FORM_ANSWERS.c.plugin == plugin)
    texts = db.session.scalars(sa.delete(FORM_ANSWERS).where(own).returning(FORM_ANSWERS.c.answers_id)).all()
    for some in batched(texts, _AT_ONCE, strict=False):
        forget_texts(some, sealed=True)
    return len(texts)
