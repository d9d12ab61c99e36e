"""Count petitions for reports (D11-04, D11-05, D11-16). Days are inclusive on both sides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.petitions.models import Matter, Petition
from tiepdan.petitions.queries import notice_due_by, notified_in_time_by

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PetitionFigures:
    """Petitions of a period.

    received: received in it (số đơn tiếp nhận), by_kind of them ("unknown" until classified).
    processed: of those received, with a decision by the end of the period.
    notices_due: received ones whose notice fell due by the end, or was given; on_time and late divide them.
    closed: ended within the period, whenever received. open_at_end: received by the end and not ended by then.
    """

    received: int
    by_kind: Mapping[str, int]
    by_status: Mapping[str, int]
    processed: int
    notices_due: int
    notices_on_time: int
    notices_late: int
    closed: int
    open_at_end: int


def count_petitions(first_on: date, last_on: date) -> PetitionFigures:
    """Count the petitions of a period in the tenant in scope, in three statements.

    notices: Quy định 11-QĐi/TW, Điều 6: the sender is told in writing within 10 working days (15 when complex).
    """
    received = Petition.received_on.between(first_on, last_on)
    due = sa.and_(received, notice_due_by(last_on))
    row = db.session.execute(
        sa.select(
            _count(received).label("received"),
            _count(sa.and_(received, Petition.decided_on <= last_on)).label("processed"),
            _count(due).label("due"),
            _count(sa.and_(due, notified_in_time_by(last_on))).label("on_time"),
            _count(Petition.closed_on.between(first_on, last_on)).label("closed"),
            _count(
                sa.and_(
                    Petition.received_on <= last_on,
                    sa.or_(Petition.closed_on.is_(None), Petition.closed_on > last_on),
                )
            ).label("open_at_end"),
        )
    ).one()
    return PetitionFigures(
        received=row.received,
        by_kind=_group(sa.func.coalesce(Petition.kind, UNKNOWN), received),
        by_status=_group(Petition.status, received),
        processed=row.processed,
        notices_due=row.due,
        notices_on_time=row.on_time,
        notices_late=row.due - row.on_time,
        closed=row.closed,
        open_at_end=row.open_at_end,
    )


def evidence_of_petitions(first_on: date, last_on: date) -> list[dict[str, object]]:
    """Return what the figures of received petitions rest on: dates and kinds, no code that leads to a sealed one.

    id, received_on, kind, status, decided_on, notice_due_on, notified_on; a denunciation carries its month only.
    """
    rows = db.session.execute(
        sa.select(
            Petition.id, Petition.received_on, Petition.kind, Petition.status, Petition.decided_on,
            Petition.notice_due_on, Petition.notified_on, Petition.sealed,
        )
        .where(Petition.received_on.between(first_on, last_on))
        .order_by(Petition.received_on, Petition.id)
    )  # fmt: skip
    return [_evidence(row) for row in rows]


def count_due(on: date, near_on: date) -> tuple[int, int]:
    """Count open petitions that are overdue on a day, and those due from it to near_on."""
    row = db.session.execute(
        sa.select(
            _count(Petition.due_on < on).label("overdue"), _count(Petition.due_on.between(on, near_on)).label("near")
        ).where(Petition.due_on.is_not(None))
    ).one()
    return row.overdue, row.near


def count_marked_matters(last_on: date) -> dict[str, int]:
    """Count the matters open on a day by mark: mass, complex, prolonged, level_skipping (D11-16, D11-17)."""
    held = sa.and_(Matter.opened_on <= last_on, sa.or_(Matter.closed_on.is_(None), Matter.closed_on > last_on))
    names = ("mass", "complex", "prolonged", "level_skipping")
    row = db.session.execute(
        sa.select(*(sa.func.count().filter(sa.and_(held, getattr(Matter, name))).label(name) for name in names))
    ).one()
    return {name: getattr(row, name) for name in names}


def _count(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.count(Petition.id).filter(condition)


def _group(key: Any, condition: sa.ColumnElement[bool]) -> dict[str, int]:  # noqa: ANN401 - a column or an expression
    rows = db.session.execute(sa.select(key, sa.func.count(Petition.id)).where(condition).group_by(key))
    return {str(word): count for word, count in rows}


def _evidence(row: Any) -> dict[str, object]:  # noqa: ANN401 - a row of the statement above
    if row.sealed:
        return {"id": None, "received_on": row.received_on.replace(day=1), "kind": row.kind}
    petition_id: UUID = row.id
    return {
        "id": petition_id,
        "received_on": row.received_on,
        "kind": row.kind,
        "status": row.status,
        "decided_on": row.decided_on,
        "notice_due_on": row.notice_due_on,
        "notified_on": row.notified_on,
    }
