"""Publish a case to the superiors of the tenant in scope; ask what is shared below it."""

from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Insert, insert

from tiepdan.core.db import db
from tiepdan.core.inserts import insert_row
from tiepdan.core.scope import tenant_scope
from tiepdan.sdk import Level
from tiepdan.sharing.below import listed_cases, months_below, overdue_below
from tiepdan.sharing.counting import move_count
from tiepdan.sharing.models import SharedCase, SharedState
from tiepdan.sharing.more import add_more, fields_of_listed, lacks_more
from tiepdan.sharing.profiles import Show, choose_show, levels_matter
from tiepdan.sharing.rules import Bucket, CaseSummary, bucket_of
from tiepdan.sharing.standings import StandingAbove, standing_above
from tiepdan.sharing.withholding import Withholding, withhold, withholdings_on
from tiepdan.tenancy.service import own_tenant

__all__ = [
    "CaseSummary",
    "StandingAbove",
    "add_more",
    "fields_of_listed",
    "lacks_more",
    "listed_cases",
    "months_below",
    "overdue_below",
    "publish_case",
    "standing_above",
]

_OLD = ("month", "kind", "status", "field", "pending", "counted", "listed")


def publish_case(summary: CaseSummary, *, new: bool = False) -> None:
    """Let superiors see a case as it now is, as far as its share profile allows.

    Call it in the transaction that changed the case, after each change; calling it twice changes nothing.
    new: it was written in this very transaction and not published before, so there is nothing to compare with.
    A case that became a denunciation disappears from the summaries at once. The counts move with the commit.
    A plugin that was enabled or switched off since then changes what goes up with the next change of the case.
    """
    level = _own_level() if levels_matter() else None
    show = choose_show(summary.kind_word, level, summary.received_on)
    if summary.sealed and show.lists_cases:
        show = Show.COUNTS
    show, withheld = withhold(show, summary.kind_word, withholdings_on(summary.received_on))
    after = bucket_of(summary, show)
    state = _state(summary, after, withheld, listed=show.lists_cases)
    if new:
        insert_row(_STATES, state)
        if show.lists_cases:
            insert_row(_CASES, _listed(summary, show))
        move_count(None, after)
        return
    before, was_listed = _remember(state)
    if show.lists_cases:
        db.session.execute(_LIST, _listed(summary, show))
    elif was_listed:
        db.session.execute(sa.delete(SharedCase).where(SharedCase.id == summary.case_id))
    move_count(before, after)


def _state(summary: CaseSummary, after: Bucket | None, withheld: Withholding | None, *, listed: bool) -> dict[str, Any]:
    bucket = after or Bucket(summary.received_on.replace(day=1), "", "", "", pending=False)
    return {
        "tenant_id": tenant_scope().tenant_id,
        "id": summary.case_id,
        **{name: getattr(bucket, name) for name in _OLD[:5]},
        "counted": after is not None,
        "listed": listed,
        "withheld_by": withheld.plugin if withheld else None,
        "withheld_source": withheld.source if withheld else None,
    }


def _remember(state: dict[str, Any]) -> tuple[Bucket | None, bool]:
    """Write down where the case is now counted; return where it was, the row locked until the commit."""
    row: Any = db.session.execute(_REMEMBER, state).one()
    if row.month is None:
        return None, False
    before = Bucket(row.month, row.kind, row.status, row.field, row.pending) if row.counted else None
    return before, row.listed


def _listed(summary: CaseSummary, show: Show) -> dict[str, Any]:
    scope = tenant_scope()
    return {
        "tenant_id": scope.tenant_id,
        "id": summary.case_id,
        "path": scope.path,
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


def _upsert(table: sa.Table, *names: str) -> Insert:
    """Build the statement once; its values come with each call."""
    keys = ("tenant_id", "id")
    statement = insert(table).values({name: sa.bindparam(name, type_=table.c[name].type) for name in (*keys, *names)})
    return statement.on_conflict_do_update(index_elements=keys, set_={name: statement.excluded[name] for name in names})


_STATES = cast("sa.Table", SharedState.__table__)
_CASES = cast("sa.Table", SharedCase.__table__)
_REMEMBER: sa.Executable = _upsert(_STATES, *_OLD, "withheld_by", "withheld_source").returning(
    *(sa.literal_column(f"old.{name}").label(name) for name in _OLD)
)
_LIST = _upsert(
    _CASES,
    *("path", "code", "kind", "status", "field", "received_on", "due_on", "closed_on", "flags", "people_count", "text"),
)


def _own_level() -> Level:
    return own_tenant().level
