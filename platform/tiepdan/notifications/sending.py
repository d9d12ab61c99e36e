"""Bring messages to their channels: one job for each message and attempt.

An attempt is written down before the channel is called, in a transaction of its own, and what came of it right after.
A message whose attempt never came back (the worker was killed between the two) may have gone: it becomes UNKNOWN and
is not sent again. A channel that fails is tried again with the same key, so that a gateway which honours the key
brings it once.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.clock import now
from tiepdan.core.db import as_role, db, independent_transaction
from tiepdan.core.jobs import job
from tiepdan.core.plugin_calls import PluginBrokeTransactionError
from tiepdan.core.retries import MOST_ATTEMPTS, patience
from tiepdan.core.scope import tenant_scope
from tiepdan.notifications.addresses import Unreachable, address_of, page_url
from tiepdan.notifications.bringing import bring
from tiepdan.notifications.channels import Way, ways_here
from tiepdan.notifications.models import Message
from tiepdan.notifications.plan import read_plan
from tiepdan.notifications.rules import PHONE, Happening, Language, MessageState
from tiepdan.notifications.texts import write_message
from tiepdan.sdk import Delivery, Sent
from tiepdan.sdk import Message as SentMessage
from tiepdan.tenancy.service import own_tenant

BATCH = 200
TOO_OLD = timedelta(hours=7 * 24)  # nobody wants last week's news
LOST_AFTER = timedelta(minutes=15)  # longer than a job may take
_SENT_AGAIN_AFTER = timedelta(minutes=10)  # a job that still waits in a busy queue gets no second one before
_ASK_AGAIN = timedelta(hours=1)  # for a channel that is switched off or not set up
_LOST, _NO_CHANNEL, _NOT_READY, _QUIET = "lost", "no_channel", "not_set_up", "quiet_hours"


@job()
def send_message(message_id: str, attempt: int) -> None:
    """Send a message. attempt: how often it was tried before; another number is another job's."""
    row_id = UUID(message_id)
    row = db.session.execute(
        sa.select(Message.channel, Message.state, Message.made_at).where(_open(row_id, attempt))
    ).first()
    if row is None:
        return
    if row.state == MessageState.SENDING:
        _settle(row_id, MessageState.UNKNOWN, failed=_LOST)
        return
    instant = now()
    if instant - row.made_at > TOO_OLD:
        _settle(row_id, MessageState.UNDELIVERED, failed="too_old")
        return
    way = ways_here().find(row.channel)
    if way is None or not way.ready:
        _postpone(row_id, attempt, instant + _ASK_AGAIN, _NO_CHANNEL if way is None else _NOT_READY)
        return
    morning = read_plan().quiet.end_of(instant) if way.address == PHONE else None
    if morning is not None:
        _postpone(row_id, attempt, morning, _QUIET)
        return
    claimed = _claim(row_id, attempt, instant)
    if claimed is not None:
        _attempt(row_id, attempt, claimed, way)


def _attempt(message_id: UUID, attempt: int, row: Any, way: Way) -> None:  # noqa: ANN401 - a row
    try:
        subject, text, address = _compose(row, way)
    except Unreachable as fault:
        state = MessageState.WITHDRAWN if fault.covered else MessageState.REFUSED
        _settle(message_id, state, failed=fault.why)
        return
    key = way.key.rpartition("/")[2]
    try:
        said = bring(way, SentMessage(str(message_id), key, address, subject, text))
    except PluginBrokeTransactionError:
        _conclude(message_id, attempt, Delivery(Sent.LATER, detail="transaction"))
        raise
    _conclude(message_id, attempt, said)


def _compose(row: Any, way: Way) -> tuple[str, str, str]:  # noqa: ANN401 - a row
    """Write the text and find the address; neither is kept anywhere. Raises Unreachable."""
    tenant = own_tenant()
    event = Happening(row.event)
    address = address_of(row.person_id, row.account_id, way.address, sealed=row.sealed)
    subject, text = write_message(
        event,
        Language(row.language),
        body=tenant.short_name,
        code=str(row.facts.get("code", "")),
        url=page_url(tenant.slug, event.audience),
        sealed=row.sealed,
        longest=way.longest,
    )
    return subject, text, address


def _conclude(message_id: UUID, attempt: int, said: Delivery) -> None:
    match said.outcome:
        case Sent.SENT:
            _settle(message_id, MessageState.SENT, receipt=said.receipt)
        case Sent.REFUSED:
            _settle(message_id, MessageState.REFUSED, failed=said.detail or "refused", receipt=said.receipt)
        case Sent.UNKNOWN:
            _settle(message_id, MessageState.UNKNOWN, failed=said.detail or "no_answer", receipt=said.receipt)
        case Sent.LATER if attempt + 1 >= MOST_ATTEMPTS:
            _settle(message_id, MessageState.UNDELIVERED, failed=said.detail or "later")
        case Sent.LATER:
            later = now() + patience(attempt)
            _write(message_id, state=MessageState.WAITING.value, next_at=later, failed=said.detail or "later")


def tenants_with_messages() -> list[int]:
    """Return the tenants with a message that waits to be sent. Takes no locks; needs no tenant in scope."""
    with as_role("tiepdan_sweep") as connection:
        rows = connection.execute(
            sa.text("SELECT DISTINCT tenant_id FROM message WHERE next_at <= now() ORDER BY tenant_id")
        )
        return [tenant_id for (tenant_id,) in rows]


def send_waiting() -> int:
    """Send the tenant's waiting messages, a batch of them; return how many. For the periodic check."""
    here = Message.tenant_id == tenant_scope().tenant_id
    waiting = (
        sa.select(Message.id)
        .where(here, Message.next_at <= sa.func.now())
        .order_by(Message.next_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    found = db.session.execute(
        sa.update(Message)
        .where(here, Message.id.in_(waiting.scalar_subquery()))
        .values(next_at=sa.func.now() + _SENT_AGAIN_AFTER)
        .returning(Message.id, Message.attempts)
        .execution_options(synchronize_session=False)
    ).all()
    for message_id, attempts in found:
        send_message.enqueue(str(message_id), attempts)
    return len(found)


def _claim(message_id: UUID, attempt: int, instant: Any) -> Any:  # noqa: ANN401 - an instant and a row
    claim = (
        sa.update(Message)
        .where(_open(message_id, attempt), Message.state == MessageState.WAITING.value)
        .values(attempts=attempt + 1, state=MessageState.SENDING.value, next_at=instant + LOST_AFTER, failed="")
        .returning(
            Message.event, Message.person_id, Message.account_id, Message.sealed, Message.language, Message.facts
        )
    )
    with independent_transaction() as connection:
        return connection.execute(claim).first()


def _postpone(message_id: UUID, attempt: int, until: object, why: str) -> None:
    db.session.execute(
        sa.update(Message)
        .where(_open(message_id, attempt), Message.state == MessageState.WAITING.value)
        .values(next_at=until, failed=why)
    )


def _settle(message_id: UUID, state: MessageState, **values: object) -> None:
    _write(message_id, state=state.value, next_at=None, settled_at=sa.func.now(), **values)


def _write(message_id: UUID, **values: object) -> None:
    with independent_transaction() as connection:
        connection.execute(
            sa.update(Message)
            .where(Message.tenant_id == tenant_scope().tenant_id, Message.id == message_id)
            .values(**values)
        )


def _open(message_id: UUID, attempt: int) -> sa.ColumnElement[bool]:
    return sa.and_(
        Message.tenant_id == tenant_scope().tenant_id,
        Message.id == message_id,
        Message.attempts == attempt,
        Message.next_at.is_not(None),
    )
