"""Events for plugins: written in the step that causes them, sent after its commit, found again when a job was lost.

No row is made for a plugin that is not enabled or does not listen, so a committee without plugins pays nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.crypto import keyed_hash
from tiepdan.core.db import as_role, db, new_id
from tiepdan.core.errors import Conflict
from tiepdan.core.inserts import insert_rows
from tiepdan.core.plugins import implementers
from tiepdan.core.scope import tenant_scope
from tiepdan.extensions.delivery import HOOK, deliver_event
from tiepdan.extensions.models import PluginEvent
from tiepdan.identity.keys import keyring
from tiepdan.sdk import EventName

type Fact = str | int | bool | None

BATCH = 200
KEPT_FOR = timedelta(hours=30 * 24)
_SENT_AGAIN_AFTER = timedelta(minutes=10)  # a job that still waits in a busy queue gets no second one before
_CODE = re.compile(r"[A-Za-z0-9_.:/-]{0,80}")
_EVENTS = cast("sa.Table", PluginEvent.__table__)


@dataclass(frozen=True, slots=True)
class UndeliveredEvent:
    """An event that was tried as often as it is tried. failed: kind of the last fault."""

    name: EventName
    on: date
    attempts: int
    failed: str


def announce(
    name: EventName, *, subject_id: UUID, on: date, facts: Mapping[str, Fact] | None = None, sealed: bool = False
) -> None:
    """Tell the plugins enabled here of something, after the transaction around the call is committed.

    subject_id: the record; plugins get a number that stands for it. facts: codes and counts; words are refused.
    sealed: of a sealed case nothing is told but that it is one, under a number that is new each time.
    Raises ValueError for a fact that is no code.
    """
    listeners = implementers(HOOK)
    if not listeners:
        return
    told: dict[str, Fact] = {"sealed": True} if sealed else {**(facts or {}), "sealed": False}
    for key, value in told.items():
        if isinstance(value, str) and not _CODE.fullmatch(value):
            raise ValueError(f"fact {key!r} of {name} is no code")
    record = uuid4() if sealed else _record_of(subject_id)
    rows = [
        {
            "id": new_id(),
            "plugin": each.manifest.name,
            "name": name.value,
            "happened_on": on,
            "record": record,
            "facts": told,
        }
        for each in listeners
    ]
    insert_rows(_EVENTS, rows)
    for row in rows:
        deliver_event.enqueue(str(row["id"]), 0)


def cover_record(subject_id: UUID) -> None:
    """Forget what was told of a case that turned out to be one of a sealed kind; what a plugin made of it goes too."""
    db.session.execute(
        sa.update(PluginEvent)
        .where(PluginEvent.tenant_id == tenant_scope().tenant_id, PluginEvent.record == _record_of(subject_id))
        .values(record=sa.func.gen_random_uuid(), facts={"sealed": True}, notices=None)
        .execution_options(synchronize_session=False)
    )


def tenants_with_events() -> Sequence[int]:
    """Return the tenants with an event that waits to be sent. Takes no locks; needs no tenant in scope."""
    with as_role("tiepdan_sweep") as connection:
        rows = connection.execute(
            sa.text("SELECT DISTINCT tenant_id FROM plugin_event WHERE next_at <= now() ORDER BY tenant_id")
        )
        return [tenant_id for (tenant_id,) in rows]


def send_again() -> int:
    """Send the tenant's waiting events once more, a batch of them; return how many. For the periodic check."""
    waiting = (
        sa.select(PluginEvent.id)
        .where(PluginEvent.tenant_id == tenant_scope().tenant_id, PluginEvent.next_at <= sa.func.now())
        .order_by(PluginEvent.next_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    found = db.session.execute(
        sa.update(PluginEvent)
        .where(PluginEvent.tenant_id == tenant_scope().tenant_id, PluginEvent.id.in_(waiting.scalar_subquery()))
        .values(next_at=sa.func.now() + _SENT_AGAIN_AFTER)
        .returning(PluginEvent.id, PluginEvent.attempts)
        .execution_options(synchronize_session=False)
    ).all()
    for event_id, attempts in found:
        deliver_event.enqueue(str(event_id), attempts)
    return len(found)


def drop_old_events() -> None:
    """Delete what is older than a month: nobody acts on it any more, delivered or not."""
    db.session.execute(
        sa.delete(PluginEvent)
        .where(PluginEvent.tenant_id == tenant_scope().tenant_id, PluginEvent.made_at < sa.func.now() - KEPT_FOR)
        .execution_options(synchronize_session=False)
    )


def undelivered_events(plugin: str, limit: int = 50) -> list[UndeliveredEvent]:
    """Return the events a plugin could not be told of, newest first."""
    rows = db.session.execute(
        sa.select(PluginEvent.name, PluginEvent.happened_on, PluginEvent.attempts, PluginEvent.failed)
        .where(_given_up(plugin))
        .order_by(PluginEvent.made_at.desc())
        .limit(limit)
    )
    return [UndeliveredEvent(EventName(row.name), row.happened_on, row.attempts, row.failed) for row in rows]


def try_again(plugin: str, *, actor: Actor) -> None:
    """Try the events a plugin could not be told of from the beginning. Raises Forbidden, Conflict for none."""
    actor.require("plugins.manage")
    found = db.session.execute(
        sa.update(PluginEvent)
        .where(_given_up(plugin))
        .values(attempts=0, next_at=sa.func.now())
        .returning(PluginEvent.id)
        .execution_options(synchronize_session=False)
    ).all()
    if not found:
        raise Conflict(_("Không còn sự kiện nào chưa giao được."))
    record_event(
        "plugin.events_resent", actor=actor, subject_type="plugin", detail={"plugin": plugin, "count": len(found)}
    )
    send_again()


def _given_up(plugin: str) -> sa.ColumnElement[bool]:
    return sa.and_(
        PluginEvent.tenant_id == tenant_scope().tenant_id,
        PluginEvent.plugin == plugin,
        PluginEvent.delivered_at.is_(None),
        PluginEvent.next_at.is_(None),
    )


def _record_of(subject_id: UUID) -> UUID:
    """Return the number that stands for a record: only the committee's own key leads from one to the other."""
    digest = keyed_hash(keyring().search, f"plugin-event:{subject_id}")
    return UUID(bytes=digest[:16], version=4)
