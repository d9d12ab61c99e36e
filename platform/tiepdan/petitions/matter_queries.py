"""Lists of matters, with how many petitions and people each has."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.errors import Invalid
from tiepdan.petitions.models import Matter, Petition
from tiepdan.petitions.rules import Mark
from tiepdan.web.paging import PAGE_SIZE, Page, decode_cursor, encode_cursor


class MatterRow(NamedTuple):
    """A matter in a list."""

    id: UUID
    code: str
    field: str
    opened_on: date
    closed_on: date | None
    mass: bool
    complex: bool
    prolonged: bool
    level_skipping: bool
    petitions: int


def list_matters(
    *,
    actor: Actor,
    mark: Mark | None = None,
    open_only: bool = False,
    opened_from: date | None = None,
    opened_to: date | None = None,
    cursor: str | None = None,
) -> Page[MatterRow]:
    """List matters, newest first, a page at a time. Raises Forbidden; Invalid for a bad cursor."""
    actor.require("petitions.view")
    petitions = (
        sa.select(sa.func.count())
        .where(Petition.tenant_id == Matter.tenant_id, Petition.matter_id == Matter.id)
        .correlate(Matter)
        .scalar_subquery()
    )
    columns: list[Any] = [getattr(Matter, name) for name in MatterRow._fields[:-1]]
    query = sa.select(*columns, petitions).order_by(Matter.opened_on.desc(), Matter.id.desc())
    if mark is not None:
        query = query.where(getattr(Matter, mark.value))
    if open_only:
        query = query.where(Matter.closed_on.is_(None))
    if opened_from is not None:
        query = query.where(Matter.opened_on >= opened_from)
    if opened_to is not None:
        query = query.where(Matter.opened_on <= opened_to)
    after = decode_cursor(cursor, 2)
    if after is not None:
        try:
            key = (date.fromisoformat(after[0]), UUID(after[1]))
        except ValueError as error:
            raise Invalid("cursor") from error
        query = query.where(sa.tuple_(Matter.opened_on, Matter.id) < sa.tuple_(*map(sa.literal, key)))
    rows = [MatterRow._make(row) for row in db.session.execute(query.limit(PAGE_SIZE + 1))]
    following = None
    if len(rows) > PAGE_SIZE:
        following = encode_cursor(rows[PAGE_SIZE - 1].opened_on.isoformat(), str(rows[PAGE_SIZE - 1].id))
    return Page(rows[:PAGE_SIZE], following)


def codes_of_matters(matter_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the codes of matters in one statement; unknown ids are left out."""
    if not matter_ids:
        return {}
    rows = db.session.execute(sa.select(Matter.id, Matter.code).where(Matter.id.in_(list(matter_ids))))
    return {row.id: row.code for row in rows}
