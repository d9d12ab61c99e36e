"""What plugins' forms add to a summary: answers that are codes and numbers, with the words they are read by."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.core.scope import tenant_scope
from tiepdan.sharing.models import SharedCase

MOST = 50  # answers of one case


@dataclass(frozen=True, slots=True)
class MoreShared:
    """One answer of a case. label, words: by language; words: of a choice, None for yes or no and for a number."""

    plugin: str
    label: Mapping[str, str]
    value: str | int | float | bool
    words: Mapping[str, str] | None


def lacks_more(case_id: UUID) -> bool:
    """Say whether superiors see a summary of a case of ours to which nothing was added yet."""
    found = sa.select(SharedCase.id).where(_own(), SharedCase.id == case_id, SharedCase.more.is_(None))
    return db.session.scalar(found) is not None


def add_more(case_id: UUID, answers: Sequence[Mapping[str, object]]) -> None:
    """Add answers to the summary of a case, where superiors see one; a case that is only counted has none."""
    db.session.execute(sa.update(SharedCase).where(_own(), SharedCase.id == case_id).values(more=list(answers[:MOST])))


def more_of(tenant_id: int, case_id: UUID) -> list[MoreShared]:
    """Return what was added to a summary that `open_summary` let the tenant in scope see."""
    kept: list[Mapping[str, Any]] | None = db.session.scalar(
        sa.select(SharedCase.more).where(SharedCase.tenant_id == tenant_id, SharedCase.id == case_id)
    )
    return [MoreShared(one["plugin"], one["label"], one["value"], one["words"]) for one in kept or ()]


def fields_of_listed(case_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the field of those of our own cases superiors see a summary of."""
    if not case_ids:
        return {}
    found = sa.select(SharedCase.id, SharedCase.field).where(_own(), SharedCase.id.in_(list(case_ids)))
    return {row.id: row.field for row in db.session.execute(found)}


def _own() -> sa.ColumnElement[bool]:
    return SharedCase.tenant_id == tenant_scope().tenant_id
