"""Publish a case to the superiors of the tenant in scope; ask what is shared below it."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from tiepdan.core.db import db
from tiepdan.core.scope import tenant_scope
from tiepdan.sdk import Level
from tiepdan.sharing.below import listed_cases, months_below, overdue_below
from tiepdan.sharing.counting import move_count
from tiepdan.sharing.models import SharedCase, SharedCount, SharedState, SharedTotal
from tiepdan.sharing.profiles import Show, choose_show, levels_matter
from tiepdan.sharing.rules import Bucket, CaseSummary, bucket_of
from tiepdan.tenancy.service import own_tenant

__all__ = ["CaseSummary", "follow_path", "listed_cases", "months_below", "overdue_below", "publish_case"]

_OLD = ("month", "kind", "status", "field", "pending", "counted", "listed")


def publish_case(summary: CaseSummary) -> None:
    """Let superiors see a case as it now is, as far as its share profile allows.

    Call it in the transaction that changed the case, after each change; calling it twice changes nothing.
    A case that became a denunciation disappears from the summaries at once. The counts move with the commit.
    """
    level = _own_level() if levels_matter() else None
    show = choose_show(summary.kind_word, level, summary.received_on)
    if summary.sealed and show.lists_cases:
        show = Show.COUNTS
    after = bucket_of(summary, show)
    before, was_listed = _remember(summary, after, listed=show.lists_cases)
    if show.lists_cases:
        _list_case(summary, show)
    elif was_listed:
        db.session.execute(sa.delete(SharedCase).where(SharedCase.id == summary.case_id))
    move_count(before, after)


def follow_path() -> int:
    """Rewrite the shared rows of the tenant in scope to its present path; return how many were elsewhere.

    For a tenant that was given another superior: from then on the new superiors read its rows and the old ones do not.
    """
    path = tenant_scope().path
    moved = 0
    for table in (SharedCase, SharedCount, SharedTotal):
        elsewhere = sa.cast(table.path, sa.Text) != path
        change = sa.update(table).where(table.tenant_id == tenant_scope().tenant_id, elsewhere)
        moved += db.session.execute(change.values(path=path)).rowcount  # type: ignore[attr-defined]
    return moved


def _remember(summary: CaseSummary, after: Bucket | None, *, listed: bool) -> tuple[Bucket | None, bool]:
    """Write down where the case is now counted; return where it was, the row locked until the commit."""
    counted = after is not None
    bucket = after or Bucket(summary.received_on.replace(day=1), "", "", "", pending=False)
    values = {
        **{name: getattr(bucket, name) for name in _OLD[:5]},
        "counted": counted,
        "listed": listed,
    }
    statement = insert(SharedState).values(tenant_id=tenant_scope().tenant_id, id=summary.case_id, **values)
    row: Any = db.session.execute(
        statement.on_conflict_do_update(index_elements=["tenant_id", "id"], set_=values).returning(
            *(sa.literal_column(f"old.{name}").label(name) for name in _OLD)
        )
    ).one()
    if row.month is None:
        return None, False
    before = Bucket(row.month, row.kind, row.status, row.field, row.pending) if row.counted else None
    return before, row.listed


def _list_case(summary: CaseSummary, show: Show) -> None:
    values: dict[str, Any] = {
        "path": tenant_scope().path,
        "code": summary.code,
        "kind": summary.kind_word,
        "status": summary.status,
        "field": summary.field,
        "received_on": summary.received_on,
        "due_on": summary.due_on,
        "closed_on": summary.closed_on,
        "flags": int(summary.flags),
        "people_count": summary.people_count,
        "text": summary.text if show is Show.SUMMARY_TEXT else None,
    }
    statement = insert(SharedCase).values(tenant_id=tenant_scope().tenant_id, id=summary.case_id, **values)
    db.session.execute(statement.on_conflict_do_update(index_elements=["tenant_id", "id"], set_=values))


def _own_level() -> Level:
    return own_tenant().level
