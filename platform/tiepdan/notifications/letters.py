"""Letters to print: the platform's own channel for senders who are told on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.clock import day_of
from tiepdan.core.db import db
from tiepdan.core.errors import Conflict, NotFound
from tiepdan.core.scope import tenant_scope
from tiepdan.identity.vault import PersonDetails, read_people
from tiepdan.notifications.addresses import page_url
from tiepdan.notifications.models import Message
from tiepdan.notifications.rules import PRINT, Happening, Language, MessageState
from tiepdan.notifications.texts import write_message
from tiepdan.tenancy.service import own_tenant

PERMISSION = "petitions.view"  # a letter names its sender
MARK = "petitions.register"
SHOWN = 100
_NO_LIMIT = 100_000


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that waits to be printed, or was. person: None when they were sealed meanwhile."""

    id: UUID
    event: Happening
    code: str
    made_at: datetime
    printed_at: datetime | None
    person: PersonDetails | None
    subject: str
    text: str

    @property
    def on(self) -> date:
        """Return the day it is dated."""
        return day_of(self.made_at)


def letters_to_print(*, actor: Actor) -> list[Letter]:
    """Return the letters that wait, the oldest first. Raises Forbidden."""
    actor.require(PERMISSION)
    rows = db.session.scalars(
        sa.select(Message)
        .where(_letters(), Message.state == MessageState.WAITING.value)
        .order_by(Message.made_at, Message.id)
        .limit(SHOWN)
    ).all()
    return _read(rows)


def letter_by_id(letter_id: UUID, *, actor: Actor) -> Letter:
    """Return a letter. Raises Forbidden; NotFound also for one whose case is sealed by now."""
    actor.require(PERMISSION)
    row = db.session.scalar(sa.select(Message).where(_letters(), Message.id == letter_id))
    if row is None:
        raise NotFound(f"letter {letter_id}")
    letter = _read([row])[0]
    if letter.person is None:
        raise NotFound(f"letter {letter_id}")
    return letter


def mark_printed(letter_id: UUID, *, actor: Actor) -> None:
    """Note that a letter was printed and goes out. Raises Forbidden, NotFound, Conflict when it was before."""
    actor.require(MARK)
    row = db.session.scalar(sa.select(Message).where(_letters(), Message.id == letter_id).with_for_update())
    if row is None:
        raise NotFound(f"letter {letter_id}")
    if row.state != MessageState.WAITING:
        raise Conflict(_("Thư này đã được ghi là đã in."))
    row.state, row.settled_by = MessageState.SENT.value, actor.account_id
    row.settled_at = sa.func.now()
    record_event("notifications.printed", actor=actor, subject_type="notifications", subject_id=row.id)


def _letters() -> sa.ColumnElement[bool]:
    here = Message.tenant_id == tenant_scope().tenant_id
    return sa.and_(here, Message.channel == PRINT, ~Message.sealed)


def _read(rows: Sequence[Message]) -> list[Letter]:
    people = read_people({row.person_id for row in rows if row.person_id})
    tenant = own_tenant()
    letters = []
    for row in rows:
        event, code = Happening(row.event), str(row.facts.get("code", ""))
        subject, text = write_message(
            event,
            Language(row.language),
            body=tenant.name,
            code=code,
            url=page_url(tenant.slug, event.audience),
            sealed=False,
            longest=_NO_LIMIT,
        )
        person = people.get(row.person_id) if row.person_id else None
        printed_at = row.settled_at if row.state == MessageState.SENT else None
        letters.append(Letter(row.id, event, code, row.made_at, printed_at, person, subject, text))
    return letters
