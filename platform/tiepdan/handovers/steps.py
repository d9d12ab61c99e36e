"""Write a step of a handover: each word once, each side its own words; the database is the judge of races."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.dialects.postgresql import insert

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db, new_id
from tiepdan.core.errors import Conflict
from tiepdan.handovers.letters import seal_note
from tiepdan.handovers.models import Handover, HandoverStep
from tiepdan.handovers.rules import SIDE_OF_WORD, Word
from tiepdan.handovers.words import WORDS


def take_step(handover: Handover, word: Word, *, actor: Actor, on: date, note: str = "") -> None:
    """Add a step. Raises Conflict when it was taken before, or the handover already has its answer."""
    if not _insert(handover, word, on=on, note=note):
        raise Conflict(
            _(
                "Văn bản chuyển %(number)s đã được ghi nhận «%(words)s». Hãy tải lại trang.",
                number=handover.document_number,
                words=", ".join(str(WORDS[taken]) for taken in words_of(handover)),
            )
        )
    record_event(f"handover.{word.value}", actor=actor, subject_type="handover", subject_id=handover.id, detail={})


def words_of(handover: Handover) -> list[Word]:
    """Return the steps taken so far, the oldest first."""
    taken = db.session.scalars(
        sa.select(HandoverStep.word)
        .where(HandoverStep.tenant_id == handover.tenant_id, HandoverStep.handover_id == handover.id)
        .order_by(HandoverStep.taken_at)
    )
    return [Word(word) for word in taken]


def note_step_once(handover: Handover, word: Word, *, on: date) -> bool:
    """Add a step unless it is there; say whether it was added."""
    return _insert(handover, word, on=on, note="")


def _insert(handover: Handover, word: Word, *, on: date, note: str) -> bool:
    step_id: UUID = new_id()
    statement = insert(HandoverStep).values(
        tenant_id=handover.tenant_id,
        id=step_id,
        peer_tenant_id=handover.peer_tenant_id,
        handover_id=handover.id,
        side=SIDE_OF_WORD[word].value,
        word=word.value,
        taken_on=on,
        **seal_note(note.strip(), step_id=step_id, sender_id=handover.tenant_id, receiver_id=handover.peer_tenant_id),
    )
    written = db.session.execute(statement.on_conflict_do_nothing().returning(HandoverStep.id))
    return written.scalar() is not None
