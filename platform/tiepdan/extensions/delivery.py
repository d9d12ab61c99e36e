"""Bring a plugin what happened: one job for each event and plugin, at least once, with growing patience.

An attempt is written down before the plugin is called, in a transaction of its own: a call that kills the worker
counts too, and of two jobs for the same attempt only one calls.
"""

from datetime import timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.db import db, independent_transaction
from tiepdan.core.jobs import job
from tiepdan.core.plugin_calls import PluginBrokeTransactionError
from tiepdan.core.plugins import implementers, tell
from tiepdan.core.retries import MOST_ATTEMPTS, patience
from tiepdan.core.scope import tenant_scope
from tiepdan.extensions.models import PluginEvent
from tiepdan.sdk import Event, EventName
from tiepdan.tenancy.service import own_tenant, plugin_tenant

HOOK = "event_happened"
BUDGET = timedelta(seconds=10)  # nobody waits for an observer
_LOST = "lost"  # while a call runs, and for good when it never came back
_SWITCHED_OFF = "switched_off"
_ASK_AGAIN = timedelta(hours=1)  # for a plugin that is switched off or stopped


@job()
def deliver_event(event_id: str, attempt: int) -> None:
    """Tell a plugin of an event. attempt: how often it was tried before; another number is another job's."""
    row_id = UUID(event_id)
    plugin = db.session.scalar(sa.select(PluginEvent.plugin).where(_open(row_id, attempt)))
    if plugin is None:
        return
    listener = next((each for each in implementers(HOOK) if each.manifest.name == plugin), None)
    if listener is None:
        db.session.execute(
            sa.update(PluginEvent)
            .where(_open(row_id, attempt))
            .values(next_at=sa.func.now() + _ASK_AGAIN, failed=_SWITCHED_OFF)
        )
        return
    row = _claim(row_id, attempt)
    if row is None:
        return
    event = Event(
        key=str(row_id),
        name=EventName(row.name),
        tenant=plugin_tenant(own_tenant()),
        on=row.happened_on,
        record=str(row.record),
        facts=MappingProxyType(row.facts),
    )
    try:
        notices, fault = tell(listener, HOOK, budget=BUDGET, event=event)
    except PluginBrokeTransactionError:
        _settle(row_id, failed="transaction")
        raise
    if fault is not None:
        _settle(row_id, failed=fault.kind)
        return
    said = [{"title": dict(one.title), "text": dict(one.text), "url": one.url} for one in notices or ()]
    # What was covered meanwhile leaves no notice: it was told of a case that is sealed by now.
    kept = sa.case((PluginEvent.record == row.record, sa.bindparam("said", said or None, PluginEvent.notices.type)))
    _settle(row_id, failed="", delivered_at=sa.func.now(), next_at=None, notices=kept)


def _claim(event_id: UUID, attempt: int) -> Any:  # noqa: ANN401 - a row
    last = attempt + 1 >= MOST_ATTEMPTS
    claim = (
        sa.update(PluginEvent)
        .where(_open(event_id, attempt))
        .values(attempts=attempt + 1, next_at=None if last else sa.func.now() + patience(attempt), failed=_LOST)
        .returning(PluginEvent.name, PluginEvent.happened_on, PluginEvent.record, PluginEvent.facts)
    )
    with independent_transaction() as connection:
        return connection.execute(claim).first()


def _settle(event_id: UUID, **values: object) -> None:
    with independent_transaction() as connection:
        connection.execute(
            sa.update(PluginEvent)
            .where(PluginEvent.tenant_id == tenant_scope().tenant_id, PluginEvent.id == event_id)
            .values(**values)
        )


def _open(event_id: UUID, attempt: int) -> sa.ColumnElement[bool]:
    return sa.and_(
        PluginEvent.tenant_id == tenant_scope().tenant_id,
        PluginEvent.id == event_id,
        PluginEvent.attempts == attempt,
        PluginEvent.next_at.is_not(None),
    )
