"""What a committee tells by which channels, in which language, and when no telephone shall ring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.dialects.postgresql import insert

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.errors import Invalid
from tiepdan.core.scope import tenant_scope
from tiepdan.notifications.channels import ways_here
from tiepdan.notifications.models import MessagePlan
from tiepdan.notifications.rules import Happening, Language, QuietHours

MANAGE = "notifications.manage"


@dataclass(frozen=True, slots=True)
class Plan:
    """A committee's choice; without any it tells nothing."""

    channels: Mapping[Happening, Sequence[str]] = field(default_factory=dict)
    language: Language = Language.VI
    quiet: QuietHours = field(default_factory=QuietHours)


def read_plan() -> Plan:
    """Return what the committee in scope has chosen."""
    row = db.session.scalar(sa.select(MessagePlan).where(MessagePlan.tenant_id == tenant_scope().tenant_id))
    if row is None:
        return Plan()
    return Plan(
        {Happening(event): tuple(keys) for event, keys in row.channels.items() if event in set(Happening)},
        Language(row.language),
        QuietHours(row.quiet_from, row.quiet_until),
    )


def save_plan(plan: Plan, *, actor: Actor) -> None:
    """Keep a committee's choice. A channel that is not there now stays chosen where it was.

    Raises Forbidden, Invalid for a channel nobody offers here, or one that does not suit what is told.
    """
    actor.require(MANAGE)
    ways, before = ways_here(), read_plan()
    errors: dict[str, object] = {}
    for event, keys in plan.channels.items():
        for key in keys:
            way = ways.find(key)
            if (way is None and key not in before.channels.get(event, ())) or (
                way is not None and not way.suits(event)
            ):
                errors[field_name(event)] = _("Kênh này không dùng được cho tin này; hãy chọn kênh khác.")
    if errors:
        raise Invalid(_("Còn thông tin chưa đúng."), errors)
    row = {
        "tenant_id": tenant_scope().tenant_id,
        "channels": {event.value: list(keys) for event, keys in plan.channels.items() if keys},
        "language": plan.language.value,
        "quiet_from": plan.quiet.first,
        "quiet_until": plan.quiet.until,
        "changed_by": actor.account_id,
        "changed_at": sa.func.now(),
    }
    statement = insert(MessagePlan).values(row)
    changed = {name: value for name, value in row.items() if name != "tenant_id"}
    db.session.execute(statement.on_conflict_do_update(index_elements=["tenant_id"], set_=changed))
    record_event(
        "notifications.planned",
        actor=actor,
        subject_type="notifications",
        detail={"events": sum(bool(keys) for keys in plan.channels.values()), "language": plan.language.value},
    )


def field_name(event: Happening) -> str:
    """Return the name of the form's field about an event."""
    return event.value.replace(".", "_")
