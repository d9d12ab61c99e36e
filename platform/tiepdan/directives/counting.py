"""Count assignments and notices as plugins ask for it; the fields and measures are listed in `counting.fields`."""

from collections.abc import Collection, Mapping
from datetime import date

import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.core.scope import tenant_scope
from tiepdan.directives.models import Assignment, ConclusionNotice
from tiepdan.directives.rules import Side
from tiepdan.directives.standings import standings_of

type Where = Mapping[str, Collection[object]]


def count_assignment_records(where: Where, first_on: date, last_on: date, *, on: date) -> int:
    """Count assignments issued from first_on to last_on, as they stood at the end of a day.

    where: without "side" the assignments this body gave; with both sides, one it gave itself is one.
    """
    own_id = tenant_scope().tenant_id
    sides = {
        Side.SENDER.value: Assignment.tenant_id == own_id,
        Side.RECEIVER.value: Assignment.peer_tenant_id == own_id,
    }
    wanted = [sides[str(word)] for word in where.get("side", (Side.SENDER.value,))]
    query = sa.select(Assignment).where(sa.or_(*wanted), Assignment.issued_on.between(first_on, last_on))
    if not set(where) - {"side"}:
        return db.session.scalar(query.with_only_columns(sa.func.count())) or 0
    # The standing is decided from the steps of both sides, in Python, by the same rule as everywhere.
    standings = standings_of(db.session.scalars(query).all(), until=on).values()
    facts = (
        {
            "state": standing.state.value,
            "done": standing.done_on is not None,
            "overdue": standing.is_overdue(on),
            "told": standing.citizen_told_on is not None,
        }
        for standing in standings
    )
    return sum(all(fact[name] in where[name] for name in fact if name in where) for fact in facts)


def count_notice_records(measure: str, where: Where, first_on: date, last_on: date) -> int:
    """Count conclusion notices signed from first_on to last_on, or the receptions they are about."""
    counted = {
        "count": sa.func.count(),
        "distinct:reception": sa.func.count(sa.distinct(ConclusionNotice.reception_id)),
    }
    query = sa.select(counted[measure]).where(ConclusionNotice.signed_on.between(first_on, last_on))
    if "of_reception" in where:
        query = query.where(ConclusionNotice.reception_id.is_not(None).in_(where["of_reception"]))
    return db.session.scalar(query) or 0
