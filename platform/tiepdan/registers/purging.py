"""Delete for good what a committee entered into a plugin's registers. Switching a plugin off only hides it."""

from itertools import batched

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.audit.service import Detail, record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.errors import Conflict, NotFound
from tiepdan.extensions.purging import PERMISSION, may_purge
from tiepdan.extensions.service import standing_of
from tiepdan.identity.vault import forget_texts
from tiepdan.registers.exporting import SUBJECT
from tiepdan.registers.models import ENTRIES, WORDS, RegisterNumber
from tiepdan.sdk import hookimpl

_AT_ONCE = 500  # texts of the vault in one statement


@hookimpl
def plugin_data_purging(plugin: str, actor: Actor) -> None:
    """Delete the entries with everything else that was kept by the plugin."""
    purge_plugin(plugin, actor=actor)


def purge_plugin(plugin: str, *, actor: Actor) -> int:
    """Delete the entries of a plugin in the tenant in scope, with their private parts and numbers; return how many.

    The versions of its forms stay: they hold no data of anybody. Raises Forbidden; Conflict while it is enabled.
    """
    actor.require(PERMISSION)
    if not _is_off(plugin):
        raise Conflict(_("Hãy tắt plugin trước; chỉ xóa hẳn được số liệu của plugin đã tắt."))
    db.session.execute(sa.delete(WORDS).where(WORDS.c.plugin == plugin))
    gone = db.session.execute(
        sa.delete(ENTRIES).where(ENTRIES.c.plugin == plugin).returning(ENTRIES.c.private_id, ENTRIES.c.struck_reason_id)
    ).all()
    db.session.execute(sa.delete(RegisterNumber).where(RegisterNumber.plugin == plugin))
    texts = [text_id for row in gone for text_id in row if text_id is not None]
    for some in batched(texts, _AT_ONCE, strict=False):
        forget_texts(some)
    detail: Detail = {"plugin": plugin, "entries": len(gone)}
    record_event(f"{SUBJECT}.purged", actor=actor, subject_type=SUBJECT, detail=detail)
    return len(gone)


def _is_off(plugin: str) -> bool:
    """Say whether somebody switched a plugin off, or the operator took it away; one that faults stopped comes back."""
    try:
        return may_purge(standing_of(plugin))
    except NotFound:
        return True
