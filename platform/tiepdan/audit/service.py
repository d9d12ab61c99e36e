"""Write into the journal, and read it."""

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from flask import g, has_request_context, request
from sqlalchemy.orm import Session

from tiepdan.audit.models import Event, PlatformEvent
from tiepdan.core.actor import Actor
from tiepdan.core.db import db, independent_transaction, new_id
from tiepdan.core.inserts import insert_row
from tiepdan.core.scope import Scope, current_scope, tenant_scope

type Detail = Mapping[str, int | str | bool | None]

_EVENTS = cast("sa.Table", Event.__table__)
_LONGEST_WORD = 80


def record_event(
    action: str,
    *,
    actor: Actor,
    subject_type: str,
    subject_id: UUID | None = None,
    detail: Detail | None = None,
) -> None:
    """Record an event in the caller's transaction: it stands or falls with what it records.

    detail: identifiers, codes and numbers only. A text longer than a code raises ValueError, because a
    name or a content would otherwise find its way in.
    """
    insert_row(_EVENTS, _row(action, actor, subject_type, subject_id, detail))


def record_event_now(
    action: str,
    *,
    actor: Actor,
    subject_type: str,
    subject_id: UUID | None = None,
    detail: Detail | None = None,
) -> None:
    """Record an event in a transaction of its own, before what it records is done or after it was refused."""
    with independent_transaction() as connection:
        write_event(connection, action, actor=actor, subject_type=subject_type, subject_id=subject_id, detail=detail)


def write_event(
    connection: sa.Connection,
    action: str,
    *,
    actor: Actor,
    subject_type: str,
    subject_id: UUID | None = None,
    detail: Detail | None = None,
) -> None:
    """Record an event on a connection the caller commits."""
    connection.execute(sa.insert(Event), _row(action, actor, subject_type, subject_id, detail))


def record_platform_event(
    action: str,
    *,
    account_id: UUID | None = None,
    actor: str = "",
    subject_type: str,
    subject_id: str | None = None,
    detail: Detail | None = None,
) -> None:
    """Record an event of the platform in the caller's transaction."""
    db.session.execute(
        sa.insert(PlatformEvent), _platform_row(action, account_id, actor, subject_type, subject_id, detail)
    )


def record_platform_event_now(
    action: str,
    *,
    account_id: UUID | None = None,
    actor: str = "",
    subject_type: str,
    subject_id: str | None = None,
    detail: Detail | None = None,
) -> None:
    """Record an event of the platform in a transaction of its own (a refused or failed sign-in)."""
    with independent_transaction() as connection:
        connection.execute(
            sa.insert(PlatformEvent),
            _platform_row(action, account_id, actor, subject_type, subject_id, detail),
        )


def record_refusal(actor: Actor, permission: str, endpoint: str) -> None:
    """Record that somebody was refused, in the tenant or, outside one, on the platform."""
    if isinstance(current_scope(), Scope):
        record_event_now(
            "refused",
            actor=actor,
            subject_type="endpoint",
            detail={"permission": permission, "endpoint": endpoint},
        )
    else:
        record_platform_event_now(
            "refused",
            account_id=actor.account_id,
            subject_type="endpoint",
            subject_id=endpoint,
            detail={"permission": permission},
        )


def list_events(
    *, actor: Actor, before: UUID | None = None, action: str | None = None, limit: int = 50
) -> Sequence[Event]:
    """Return the tenant's newest events; `before` is the id of the last one already seen."""
    actor.require("journal.read")
    query = sa.select(Event).order_by(Event.id.desc()).limit(limit)
    if before is not None:
        query = query.where(Event.id < before)
    if action:
        query = query.where(Event.action == action)
    return db.session.scalars(query).all()


def _row(
    action: str, actor: Actor, subject_type: str, subject_id: UUID | None, detail: Detail | None
) -> dict[str, Any]:
    return {
        "tenant_id": tenant_scope().tenant_id,
        "id": new_id(),
        "account_id": actor.account_id,
        "action": action,
        "subject_type": subject_type,
        "subject_id": subject_id,
        "detail": _checked(detail),
        **_origin(),
    }


def _platform_row(
    action: str,
    account_id: UUID | None,
    actor: str,
    subject_type: str,
    subject_id: str | None,
    detail: Detail | None,
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "account_id": account_id,
        "actor": actor,
        "action": action,
        "subject_type": subject_type,
        "subject_id": subject_id,
        "detail": _checked(detail),
        **_origin(),
    }


def _checked(detail: Detail | None) -> dict[str, int | str | bool | None]:
    values = dict(detail or {})
    for key, value in values.items():
        if isinstance(value, str) and len(value) > _LONGEST_WORD:
            raise ValueError(f"journal detail {key!r} is too long to be a code ({len(value)} letters)")
    return values


def _origin() -> dict[str, str | None]:
    """Say from where: address and request of the person at work; a citizen's address is never kept."""
    if not has_request_context():
        return {"address": None, "request_id": None}
    staff = getattr(g, "actor", None) is not None or request.endpoint == "identity.sign_in_now"
    return {"address": request.remote_addr if staff else None, "request_id": getattr(g, "request_id", None)}


_APPEND_ONLY = {Event.__tablename__, PlatformEvent.__tablename__}


@sa.event.listens_for(Session, "before_flush")
def _refuse_changes(session: Session, _context: object, _instances: object) -> None:
    """Fail early and readably; the database would refuse as well."""
    for record in (*session.dirty, *session.deleted):
        if record.__tablename__ in _APPEND_ONLY:
            raise RuntimeError("the journal is append-only")
