"""What plugins say to an event: notes on the committee's first page, until somebody has seen them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.errors import NotFound
from tiepdan.core.plugins import answer_check, implementers
from tiepdan.core.scope import tenant_scope
from tiepdan.extensions.answers import check_list
from tiepdan.extensions.bilingual import check_link, check_words, in_language
from tiepdan.extensions.delivery import HOOK
from tiepdan.extensions.models import PluginEvent
from tiepdan.sdk import Notice

MOST = 3  # about one event
SHOWN = 5


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """A notice in the reader's language. url: inside the committee, without its prefix."""

    title: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class EventNotices:
    """What a plugin said about one event; seen and put away together."""

    event_id: UUID
    plugin: str
    on: date
    notices: tuple[ShownNotice, ...]


def notices_here() -> list[EventNotices]:
    """Return the newest notices nobody has put away; those of a plugin that is switched off are not shown."""
    plugins = [each.manifest.name for each in implementers(HOOK)]
    if not plugins:
        return []
    rows = db.session.execute(
        sa.select(PluginEvent.id, PluginEvent.plugin, PluginEvent.happened_on, PluginEvent.notices)
        .where(
            PluginEvent.tenant_id == tenant_scope().tenant_id,
            PluginEvent.plugin.in_(plugins),
            PluginEvent.notices.is_not(None),
            PluginEvent.dismissed_at.is_(None),
        )
        .order_by(PluginEvent.made_at.desc(), PluginEvent.id)
        .limit(SHOWN)
    )
    return [
        EventNotices(
            row.id,
            row.plugin,
            row.happened_on,
            tuple(
                ShownNotice(in_language(said["title"]), in_language(said["text"]), said["url"]) for said in row.notices
            ),
        )
        for row in rows
    ]


def dismiss_notices(event_id: UUID, *, actor: Actor) -> None:
    """Put the notices about an event away for the whole committee. Raises Forbidden, NotFound."""
    actor.require("home.view")
    found = db.session.execute(
        sa.update(PluginEvent)
        .where(
            PluginEvent.tenant_id == tenant_scope().tenant_id,
            PluginEvent.id == event_id,
            PluginEvent.notices.is_not(None),
        )
        .values(dismissed_at=sa.func.now())
        .returning(PluginEvent.plugin)
        .execution_options(synchronize_session=False)
    ).first()
    if found is None:
        raise NotFound(f"notices of event {event_id}")
    record_event("plugin.notice_seen", actor=actor, subject_type="plugin", detail={"plugin": found.plugin})


@answer_check(HOOK)
def _check(answer: Any) -> None:  # noqa: ANN401 - a plugin may answer anything
    check_list(answer, Notice, HOOK, MOST)
    for notice in answer:
        check_words(notice.title, "the title of a notice")
        check_words(notice.text, "the text of a notice")
        check_link(notice.url, "a notice")
