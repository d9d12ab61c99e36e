"""Count receptions and visits as plugins ask for it; the fields and measures are listed in `counting.fields`."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.receptions.models import Reception, ReceptionDay, Visit
from tiepdan.receptions.rules import DayStatus, VisitStatus

type Where = Mapping[str, Collection[object]]

UNKNOWN = "unknown"
_HELD = (DayStatus.OPEN.value, DayStatus.HELD.value)


def count_held(measure: str, where: Where, first_on: date, last_on: date) -> int:
    """Count kỳ by their first held day ("count"), or different days held ("distinct:day").

    where: values by field; a kỳ that the head and a substitute shared is one of each.
    """
    query = sa.select(ReceptionDay).join(Reception, _same(ReceptionDay)).where(ReceptionDay.status.in_(_HELD))
    query = _narrow(query, where, ReceptionDay.received_by)
    if measure == "distinct:day":
        between = query.where(ReceptionDay.day_on.between(first_on, last_on))
        return db.session.scalar(between.with_only_columns(sa.func.count(sa.distinct(ReceptionDay.day_on)))) or 0
    begun = (
        query.with_only_columns(ReceptionDay.reception_id)
        .group_by(ReceptionDay.reception_id)
        .having(sa.func.min(ReceptionDay.day_on).between(first_on, last_on))
        .subquery()
    )
    return db.session.scalar(sa.select(sa.func.count()).select_from(begun)) or 0


_VISIT_MEASURES: dict[str, sa.ColumnElement[Any]] = {
    "count": sa.func.count(),
    "sum:people": sa.func.coalesce(sa.func.sum(Visit.people_count), 0),
    # A visit that names no matter is about one of its own, as in the reports (D11-02).
    "distinct:matter": sa.func.count(sa.distinct(Visit.matter_id)) + sa.func.count().filter(Visit.matter_id.is_(None)),
    "distinct:petition": sa.func.count(sa.distinct(Visit.petition_id)),
    "distinct:reception": sa.func.count(sa.distinct(Visit.reception_id)),
    "distinct:day": sa.func.count(sa.distinct(Visit.visited_on)),
}


def count_visits(measure: str, where: Where, first_on: date, last_on: date) -> int:
    """Count visits (lượt) that were received; those refused or gone are none."""
    query = (
        sa.select(Visit)
        .join(Reception, _same(Visit))
        .where(Visit.status == VisitStatus.RECEIVED.value, Visit.visited_on.between(first_on, last_on))
    )
    query = _narrow(query, where, Visit.received_by)
    if "kind" in where:
        query = query.where(sa.func.coalesce(Visit.kind, UNKNOWN).in_(where["kind"]))
    if "crowd" in where:
        query = query.where(Visit.is_crowd.in_(where["crowd"]))
    return db.session.scalar(query.with_only_columns(_VISIT_MEASURES[measure])) or 0


def _same(table: type[ReceptionDay | Visit]) -> sa.ColumnElement[bool]:
    return sa.and_(Reception.tenant_id == table.tenant_id, Reception.id == table.reception_id)


def _narrow(query: sa.Select[Any], where: Where, received_by: Any) -> sa.Select[Any]:  # noqa: ANN401 - a column of either table
    columns: dict[str, Any] = {"form": Reception.form, "duty": Reception.duty, "received_by": received_by}
    return query.where(*(column.in_(where[name]) for name, column in columns.items() if name in where))
