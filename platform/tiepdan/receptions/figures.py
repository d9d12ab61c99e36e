"""Counts of receptions, kept apart as the law keeps them: kỳ, days, visits, people, matters, petitions, crowds.

Reports read receptions through here only. Every number comes from the records at the moment of asking.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.receptions.models import Reception, ReceptionDay, Visit
from tiepdan.receptions.rules import (
    DayStatus,
    Duty,
    ReceivedBy,
    ReceptionForm,
    ReceptionStatus,
    VisitStatus,
)

_HELD = (DayStatus.OPEN.value, DayStatus.HELD.value)
_PLANNED_STATUSES = (ReceptionStatus.PUBLISHED.value, ReceptionStatus.POSTPONED.value, ReceptionStatus.OPEN.value)


@dataclass(frozen=True, slots=True)
class ReceptionFilter:
    """Which receptions to count. duty: None for both; forms, received_by: empty for all."""

    duty: Duty | None = None
    forms: frozenset[ReceptionForm] = frozenset()
    received_by: frozenset[ReceivedBy] = frozenset()


EVERYTHING = ReceptionFilter()


@dataclass(frozen=True, slots=True)
class ReceptionFigures:
    """What was counted from a first to a last day.

    receptions: kỳ held, by their first held day; empty_receptions: of these, those nobody came to.
    days: different calendar days held (two sessions on a day are one day).
    visits: lượt actually received; refused are apart. people: those who came in these visits.
    matters: different matters, and each visit without one for itself. petitions: taken at these visits.
    crowds, crowd_people: groups from the threshold in force on, and the people in them.
    """

    receptions: int = 0
    empty_receptions: int = 0
    days: int = 0
    visits: int = 0
    people: int = 0
    matters: int = 0
    petitions: int = 0
    crowds: int = 0
    crowd_people: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class ReceptionEvidence:
    """One reception as proof of a figure: dates, kind, who received, numbers; no name, no content."""

    reception_id: UUID
    days: tuple[date, ...]
    duty: Duty
    form: ReceptionForm
    received_by: tuple[ReceivedBy, ...]
    visits: int
    people: int
    matters: int
    petitions: int
    crowds: int


def count_receptions(first_on: date, last_on: date, *, only: ReceptionFilter = EVERYTHING) -> ReceptionFigures:
    """Count what was held and received from first_on to last_on, both included."""
    held = _held_receptions(first_on, last_on, only)
    counted = db.session.execute(_visits_between(first_on, last_on, only).with_only_columns(*_VISIT_SUMS)).one()
    days = db.session.scalar(
        _days_between(first_on, last_on, only)
        .where(ReceptionDay.status.in_(_HELD))
        .with_only_columns(sa.func.count(sa.distinct(ReceptionDay.day_on)))
    )
    return ReceptionFigures(
        receptions=len(held),
        empty_receptions=len(held - _visited(first_on, last_on, only)),
        days=days or 0,
        visits=counted.visits,
        people=counted.people,
        matters=counted.matters,
        petitions=counted.petitions,
        crowds=counted.crowds,
        crowd_people=counted.crowd_people,
        refused=counted.refused,
    )


def count_by_month(
    first_on: date, last_on: date, *, only: ReceptionFilter = EVERYTHING
) -> dict[tuple[int, int], tuple[int, int]]:
    """Return (kỳ, visits) by (year, month), for charts; months without any are left out."""
    found: dict[tuple[int, int], list[int]] = {}
    firsts = db.session.scalars(_first_held_days(first_on, last_on, only))
    for day in firsts:
        found.setdefault((day.year, day.month), [0, 0])[0] += 1
    year, month = sa.extract("year", Visit.visited_on), sa.extract("month", Visit.visited_on)
    rows = db.session.execute(
        _visits_between(first_on, last_on, only)
        .where(Visit.status == VisitStatus.RECEIVED.value)
        .with_only_columns(year.label("y"), month.label("m"), sa.func.count().label("n"))
        .group_by(year, month)
    )
    for row in rows:
        found.setdefault((int(row.y), int(row.m)), [0, 0])[1] = row.n
    return {key: (counts[0], counts[1]) for key, counts in sorted(found.items())}


def reception_evidence(first_on: date, last_on: date, *, only: ReceptionFilter = EVERYTHING) -> list[ReceptionEvidence]:
    """Return every reception held in a period with its numbers, the earliest first.

    It sums to `count_receptions` in kỳ, visits, people, petitions and crowds; a matter met twice is in two rows.
    """
    counted = {
        row.reception_id: row
        for row in db.session.execute(
            _visits_between(first_on, last_on, only)
            .with_only_columns(Visit.reception_id, *_VISIT_SUMS)
            .group_by(Visit.reception_id)
        )
    }
    days: dict[UUID, list[Any]] = {}
    for row in db.session.execute(_days_of_evidence(first_on, last_on, only, list(counted))):
        days.setdefault(row.reception_id, []).append(row)
    return [_evidence(reception_id, held, counted.get(reception_id)) for reception_id, held in days.items()]


def form_01(first_on: date, last_on: date, *, duty: Duty | None = None) -> dict[int, int]:
    """Compute columns 1 to 21 of form 01/TCD (tổng hợp kết quả tiếp công dân).

    A matter met at the desk that the head or a substitute also received is entered once, under the head.
    Days (10, 16) are those announced and not cancelled, whether or not anybody came.
    Source: Thông tư 06/2025/TT-TTCP, biểu 01/TCD and its notes.
    """
    columns: dict[int, int] = {}
    seen: set[UUID] = set()
    # The head first: what the head received is not counted again below.
    for received_by, start in ((ReceivedBy.HEAD, 10), (ReceivedBy.SUBSTITUTE, 16), (ReceivedBy.DESK, 4)):
        only = ReceptionFilter(duty, received_by=frozenset({received_by}))
        sums = db.session.execute(_visits_between(first_on, last_on, only).with_only_columns(*_VISIT_SUMS)).one()
        matters, unlinked = _matters(first_on, last_on, only)
        columns[start + 1] = sums.visits
        columns[start + 2] = sums.people
        columns[start + 3] = len(matters - seen) + unlinked
        columns[start + 4] = sums.crowds
        columns[start + 5] = sums.crowd_people
        if received_by is not ReceivedBy.DESK:
            columns[start] = _announced_days(first_on, last_on, only)
        seen |= matters
    for column in (1, 2, 3, 4):
        columns[column] = columns[column + 4] + columns[column + 10] + columns[column + 16]
    return dict(sorted(columns.items()))


_RECEIVED = Visit.status == VisitStatus.RECEIVED.value
_VISIT_SUMS: tuple[sa.ColumnElement[Any], ...] = (
    sa.func.count().filter(_RECEIVED).label("visits"),
    sa.func.coalesce(sa.func.sum(Visit.people_count).filter(_RECEIVED), 0).label("people"),
    (
        sa.func.count(sa.distinct(Visit.matter_id)).filter(_RECEIVED)
        + sa.func.count().filter(_RECEIVED, Visit.matter_id.is_(None))
    ).label("matters"),
    sa.func.count(sa.distinct(Visit.petition_id)).filter(_RECEIVED).label("petitions"),
    sa.func.count().filter(_RECEIVED, Visit.is_crowd).label("crowds"),
    sa.func.coalesce(sa.func.sum(Visit.people_count).filter(_RECEIVED, Visit.is_crowd), 0).label("crowd_people"),
    sa.func.count().filter(Visit.status == VisitStatus.REFUSED.value).label("refused"),
)


def _narrow(query: sa.Select[Any], only: ReceptionFilter, received_by: Any) -> sa.Select[Any]:  # noqa: ANN401 - a column of either table
    if only.duty is not None:
        query = query.where(Reception.duty == only.duty.value)
    if only.forms:
        query = query.where(Reception.form.in_([form.value for form in only.forms]))
    if only.received_by:
        query = query.where(received_by.in_([word.value for word in only.received_by]))
    return query


def _visits_between(first_on: date, last_on: date, only: ReceptionFilter) -> sa.Select[Any]:
    query = (
        sa.select(Visit)
        .join(Reception, sa.and_(Reception.tenant_id == Visit.tenant_id, Reception.id == Visit.reception_id))
        .where(Visit.visited_on.between(first_on, last_on))
    )
    return _narrow(query, only, Visit.received_by)


def _days_between(first_on: date, last_on: date, only: ReceptionFilter) -> sa.Select[Any]:
    query = (
        sa.select(ReceptionDay)
        .join(
            Reception,
            sa.and_(Reception.tenant_id == ReceptionDay.tenant_id, Reception.id == ReceptionDay.reception_id),
        )
        .where(ReceptionDay.day_on.between(first_on, last_on))
    )
    return _narrow(query, only, ReceptionDay.received_by)


def _first_held_days(first_on: date, last_on: date, only: ReceptionFilter) -> sa.Select[date]:
    """Select the first held day of each reception for which it lies in the period."""
    query: sa.Select[Any] = sa.select(sa.func.min(ReceptionDay.day_on)).join(
        Reception, sa.and_(Reception.tenant_id == ReceptionDay.tenant_id, Reception.id == ReceptionDay.reception_id)
    )
    query = _narrow(query.where(ReceptionDay.status.in_(_HELD)), only, ReceptionDay.received_by)
    return query.group_by(ReceptionDay.reception_id).having(sa.func.min(ReceptionDay.day_on).between(first_on, last_on))


def _held_receptions(first_on: date, last_on: date, only: ReceptionFilter) -> set[UUID]:
    return set(
        db.session.scalars(_first_held_days(first_on, last_on, only).with_only_columns(ReceptionDay.reception_id))
    )


def _visited(first_on: date, last_on: date, only: ReceptionFilter) -> set[UUID]:
    query = _visits_between(first_on, last_on, only).with_only_columns(Visit.reception_id).distinct()
    return set(db.session.scalars(query))


def _matters(first_on: date, last_on: date, only: ReceptionFilter) -> tuple[set[UUID], int]:
    """Return the different matters of the received visits, and how many visits name none."""
    rows = db.session.execute(
        _visits_between(first_on, last_on, only)
        .where(_RECEIVED)
        .with_only_columns(Visit.matter_id, sa.func.count().label("n"))
        .group_by(Visit.matter_id)
    ).all()
    return {row.matter_id for row in rows if row.matter_id}, sum(row.n for row in rows if row.matter_id is None)


def _announced_days(first_on: date, last_on: date, only: ReceptionFilter) -> int:
    query = _days_between(first_on, last_on, only).where(
        Reception.form != ReceptionForm.REGULAR.value,
        sa.or_(
            ReceptionDay.status.in_(_HELD),
            sa.and_(ReceptionDay.status == DayStatus.PLANNED.value, Reception.status.in_(_PLANNED_STATUSES)),
        ),
    )
    return db.session.scalar(query.with_only_columns(sa.func.count(sa.distinct(ReceptionDay.day_on)))) or 0


def _days_of_evidence(
    first_on: date, last_on: date, only: ReceptionFilter, visited: list[UUID]
) -> sa.Select[*tuple[Any, ...]]:
    """Select the held days: those of the filter, and all of a reception whose visits the filter counts."""
    shown: sa.ColumnElement[bool] = sa.true()
    if only.received_by:
        words = [word.value for word in only.received_by]
        shown = sa.or_(ReceptionDay.received_by.in_(words), ReceptionDay.reception_id.in_(visited))
    everybody = ReceptionFilter(only.duty, only.forms)
    return (
        _days_between(first_on, last_on, everybody)
        .where(ReceptionDay.status.in_(_HELD), shown)
        .with_only_columns(
            ReceptionDay.reception_id, ReceptionDay.day_on, ReceptionDay.received_by, Reception.duty, Reception.form
        )
        .order_by(ReceptionDay.day_on, ReceptionDay.reception_id)
    )


def _evidence(reception_id: UUID, held: Collection[Any], counted: Any) -> ReceptionEvidence:  # noqa: ANN401 - rows
    first = next(iter(held))
    return ReceptionEvidence(
        reception_id=reception_id,
        days=tuple(row.day_on for row in held),
        duty=Duty(first.duty),
        form=ReceptionForm(first.form),
        received_by=tuple(dict.fromkeys(ReceivedBy(row.received_by) for row in held)),
        visits=counted.visits if counted else 0,
        people=counted.people if counted else 0,
        matters=counted.matters if counted else 0,
        petitions=counted.petitions if counted else 0,
        crowds=counted.crowds if counted else 0,
    )
