"""Count petitions and matters as plugins ask for it; the fields and measures are listed in `counting.fields`."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.petitions.models import Matter, Petition
from tiepdan.petitions.queries import NoticeShown, notice_due_by, notified_in_time_by
from tiepdan.petitions.rules import Mark

type Where = Mapping[str, Collection[object]]

UNKNOWN = "unknown"
_PETITION_MEASURES: dict[str, sa.ColumnElement[Any]] = {
    "count": sa.func.count(),
    "sum:people": sa.func.coalesce(sa.func.sum(Petition.people_count), 0),
    "distinct:matter": sa.func.count(sa.distinct(Petition.matter_id)),
}
_PETITION_COLUMNS: dict[str, Any] = {
    "kind": sa.func.coalesce(Petition.kind, UNKNOWN),
    "field": Petition.field,
    "status": Petition.status,
    "origin": Petition.origin,
    "outcome": Petition.outcome,
    "closed": Petition.closed_on.is_not(None),
}


def count_petition_records(measure: str, where: Where, first_on: date, last_on: date, *, on: date) -> int:
    """Count petitions received from first_on to last_on. Sealed ones count; nothing else is said of them.

    on: the day at whose end the notice to the sender is judged (PTY-06).
    """
    query = sa.select(_PETITION_MEASURES[measure]).where(Petition.received_on.between(first_on, last_on))
    query = query.where(*(column.in_(where[name]) for name, column in _PETITION_COLUMNS.items() if name in where))
    if "notice" in where:
        due = notice_due_by(on)
        judged = {NoticeShown.DUE: due, NoticeShown.ON_TIME: sa.and_(due, notified_in_time_by(on))}
        query = query.where(sa.or_(*(judged[NoticeShown(str(word))] for word in where["notice"])))
    return db.session.scalar(query) or 0


def count_matter_records(where: Where, first_on: date, last_on: date) -> int:
    """Count matters opened from first_on to last_on."""
    columns: dict[str, Any] = {
        "field": Matter.field,
        "closed": Matter.closed_on.is_not(None),
        **{mark.value: getattr(Matter, mark.value) for mark in Mark},
    }
    query = sa.select(sa.func.count()).select_from(Matter).where(Matter.opened_on.between(first_on, last_on))
    query = query.where(*(column.in_(where[name]) for name, column in columns.items() if name in where))
    return db.session.scalar(query) or 0
