"""The delivery log: what was told when, by which channel, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.errors import Conflict, Invalid
from tiepdan.core.scope import tenant_scope
from tiepdan.identity.accounts import names_by_account
from tiepdan.identity.vault import read_people
from tiepdan.notifications.models import Message
from tiepdan.notifications.plan import MANAGE
from tiepdan.notifications.rules import PRINT, Happening, MessageState, mask
from tiepdan.notifications.sending import send_waiting
from tiepdan.web.paging import PAGE_SIZE, Page, decode_cursor, encode_cursor

VIEW = "notifications.view"
SEE_CASES = "petitions.view"


@dataclass(frozen=True, slots=True)
class LogLine:
    """A message as the log shows it.

    code, subject_id, recipient: empty for who may not see cases, and always for a sealed one. recipient: the last
    figures of a telephone number, or the name of an official.
    """

    id: UUID
    event: Happening
    channel: str
    state: MessageState
    failed: str
    attempts: int
    made_at: datetime
    settled_at: datetime | None
    next_at: datetime | None
    code: str
    subject_id: UUID | None
    recipient: str
    sealed: bool


def list_messages(*, actor: Actor, state: MessageState | None = None, cursor: str | None = None) -> Page[LogLine]:
    """Return a page of the log, the newest first. Raises Forbidden, Invalid for a crooked cursor."""
    actor.require(VIEW)
    query = sa.select(Message).where(Message.tenant_id == tenant_scope().tenant_id)
    if state is not None:
        query = query.where(Message.state == state.value)
    after = _after(cursor)
    if after is not None:
        query = query.where(sa.tuple_(Message.made_at, Message.id) < after)
    found = db.session.scalars(query.order_by(Message.made_at.desc(), Message.id.desc()).limit(PAGE_SIZE + 1)).all()
    shown = found[:PAGE_SIZE]
    last = shown[-1] if len(found) > PAGE_SIZE else None
    return Page(_lines(shown, actor), encode_cursor(last.made_at.isoformat(), str(last.id)) if last else None)


def count_undelivered() -> int:
    """Return how many messages were tried as often as they are tried, or waited too long."""
    query = sa.select(sa.func.count()).select_from(Message)
    return db.session.scalar(query.where(_given_up())) or 0


def try_again(*, actor: Actor) -> None:
    """Try the undelivered messages from the beginning, with the same keys. Raises Forbidden, Conflict for none.

    What was refused stays refused, and what may have gone is not sent twice.
    """
    actor.require(MANAGE)
    found = db.session.execute(
        sa.update(Message)
        .where(_given_up())
        .values(
            attempts=0,
            state=MessageState.WAITING.value,
            next_at=sa.func.now(),
            made_at=sa.func.now(),
            settled_at=None,
            failed="",
        )
        .returning(Message.id)
        .execution_options(synchronize_session=False)
    ).all()
    if not found:
        raise Conflict(_("Không còn tin nào chưa gửi được."))
    record_event("notifications.resent", actor=actor, subject_type="notifications", detail={"count": len(found)})
    send_waiting()


def _lines(messages: Sequence[Message], actor: Actor) -> list[LogLine]:
    sees = actor.may(SEE_CASES)
    open_ids = {each.person_id for each in messages if each.person_id and not each.sealed} if sees else set()
    people = read_people({person_id for person_id in open_ids if person_id})
    names = names_by_account({each.account_id for each in messages if each.account_id})
    lines = []
    for each in messages:
        shown = sees and not each.sealed
        person = people.get(each.person_id) if shown and each.person_id else None
        recipient = names.get(each.account_id, "") if each.account_id else ""
        if person is not None and each.channel != PRINT:
            recipient = mask(person.phone)
        lines.append(
            LogLine(
                each.id,
                Happening(each.event),
                each.channel,
                MessageState(each.state),
                each.failed,
                each.attempts,
                each.made_at,
                each.settled_at,
                each.next_at,
                code=str(each.facts.get("code", "")) if shown else "",
                subject_id=each.subject_id if shown else None,
                recipient=recipient,
                sealed=each.sealed,
            )
        )
    return lines


def _given_up() -> sa.ColumnElement[bool]:
    return sa.and_(Message.tenant_id == tenant_scope().tenant_id, Message.state == MessageState.UNDELIVERED.value)


def _after(cursor: str | None) -> tuple[datetime, UUID] | None:
    values = decode_cursor(cursor, 2)
    if values is None:
        return None
    try:
        made_at = datetime.fromisoformat(values[0])
        if made_at.tzinfo is None:
            raise Invalid("cursor")
        return made_at, UUID(values[1])
    except ValueError as error:
        raise Invalid("cursor") from error
