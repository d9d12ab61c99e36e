"""The door of the slice: say that something happened, to the sender of a case or to those who work here.

Messages are written in the step that causes them and sent by jobs after its commit. A committee that chose nothing,
or a sender who did not ask, costs one question to the database and no row.
"""

from collections.abc import Collection, Iterable
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from tiepdan.core.db import db, new_id, refuse_foreign_rows
from tiepdan.core.scope import tenant_scope
from tiepdan.notifications.models import MESSAGES, WISHES, Message, MessagePlan, MessageWish
from tiepdan.notifications.plan import read_plan
from tiepdan.notifications.rules import PRINT, Audience, Happening, MessageState
from tiepdan.notifications.sending import send_message

__all__ = ["ask_for_news", "cover_case", "is_told", "stop_news", "tell_sender", "tell_staff", "wants_news"]


def ask_for_news(subject_id: UUID, person_id: UUID, *, sealed: bool) -> None:
    """Note that the sender of a case wants to be told. sealed: they asked although the case is sealed.

    Raises NotFound for a person of another committee.
    """
    row = {
        "tenant_id": tenant_scope().tenant_id, "id": new_id(),
        "subject_id": subject_id, "person_id": person_id, "sealed_too": sealed,
    }  # fmt: skip
    changed = {"person_id": person_id, "sealed_too": sealed}
    statement = insert(WISHES).values(row)
    with refuse_foreign_rows():
        db.session.execute(statement.on_conflict_do_update(index_elements=["tenant_id", "subject_id"], set_=changed))


def wants_news(subject_id: UUID) -> bool:
    """Say whether the sender of a case asked to be told."""
    return db.session.scalar(sa.select(MessageWish.id).where(_about(subject_id))) is not None


def stop_news(subject_id: UUID) -> None:
    """Note that the sender of a case does not want to be told any more; what has not gone yet is withdrawn."""
    db.session.execute(sa.delete(MessageWish).where(_about(subject_id)).execution_options(synchronize_session=False))
    db.session.execute(
        sa.update(Message)
        .where(
            Message.tenant_id == tenant_scope().tenant_id,
            Message.subject_id == subject_id,
            Message.person_id.is_not(None),
            Message.state == MessageState.WAITING.value,
        )
        .values(state=MessageState.WITHDRAWN.value, next_at=None, settled_at=sa.func.now())
        .execution_options(synchronize_session=False)
    )


def _about(subject_id: UUID) -> sa.ColumnElement[bool]:
    return sa.and_(MessageWish.tenant_id == tenant_scope().tenant_id, MessageWish.subject_id == subject_id)


def tell_sender(event: Happening, *, subject_id: UUID, number: int, code: str, sealed: bool) -> None:
    """Tell the sender of a case what happened, if they asked for it and the committee tells it.

    number: counts what happened to the case, so that a repeated step is told again and a repeated call is not.
    """
    row = db.session.execute(
        sa.select(MessageWish.person_id, MessageWish.sealed_too, MessagePlan.channels, MessagePlan.language)
        .join(MessagePlan, MessagePlan.tenant_id == MessageWish.tenant_id)
        .where(MessageWish.tenant_id == tenant_scope().tenant_id, MessageWish.subject_id == subject_id)
    ).first()
    if row is None or (sealed and not row.sealed_too):
        return
    # A letter about a sealed case would lie about with the name on it.
    channels = [key for key in row.channels.get(event.value, ()) if not (sealed and key == PRINT)]
    _write(
        event,
        channels,
        [{"person_id": row.person_id, "occasion": f"{event}:{subject_id}:{number}"}],
        subject_id=subject_id,
        sealed=sealed,
        language=row.language,
        facts={} if sealed else {"code": code},
    )


def tell_staff(event: Happening, account_ids: Iterable[UUID], *, occasion: str, subject_id: UUID | None = None) -> None:
    """Tell people who work here, each once per occasion. occasion: identifiers or a day; no words."""
    recipients = sorted(set(account_ids))
    if not recipients or event.audience is not Audience.STAFF:
        return
    plan = db.session.execute(
        sa.select(MessagePlan.channels, MessagePlan.language).where(MessagePlan.tenant_id == tenant_scope().tenant_id)
    ).first()
    if plan is None:
        return
    _write(
        event,
        plan.channels.get(event.value, ()),
        [{"account_id": account_id, "occasion": f"{event}:{occasion}:{account_id}"} for account_id in recipients],
        subject_id=subject_id,
        sealed=False,
        language=plan.language,
        facts={},
    )


def is_told(event: Happening) -> bool:
    """Say whether the committee tells of an event at all, before somebody is looked for to tell."""
    return bool(read_plan().channels.get(event))


def cover_case(subject_id: UUID) -> None:
    """A case turned out to be one of a sealed kind: tell its sender no more, and keep here what has not gone yet."""
    here = tenant_scope().tenant_id
    db.session.execute(
        sa.delete(MessageWish)
        .where(MessageWish.tenant_id == here, MessageWish.subject_id == subject_id, ~MessageWish.sealed_too)
        .execution_options(synchronize_session=False)
    )
    db.session.execute(
        sa.update(Message)
        .where(Message.tenant_id == here, Message.subject_id == subject_id, ~Message.sealed)
        .values(
            sealed=True,
            facts={},
            next_at=sa.case((Message.state == MessageState.WAITING.value, None), else_=Message.next_at),
            settled_at=sa.case((Message.state == MessageState.WAITING.value, sa.func.now()), else_=Message.settled_at),
            state=sa.case(
                (Message.state == MessageState.WAITING.value, MessageState.WITHDRAWN.value), else_=Message.state
            ),
        )
        .execution_options(synchronize_session=False)
    )


def _write(
    event: Happening, channels: Collection[str], recipients: Collection[dict[str, object]], **values: object
) -> None:
    rows = [
        {
            "tenant_id": tenant_scope().tenant_id,
            "id": new_id(),
            "event": event.value,
            "channel": channel,
            **values,
            **recipient,
            **({"next_at": None} if channel == PRINT else {}),  # it waits for somebody who prints it
        }
        for channel in channels
        for recipient in recipients
    ]
    for row in rows:
        written = db.session.scalar(insert(MESSAGES).values(row).on_conflict_do_nothing().returning(MESSAGES.c.id))
        if written is not None and row["channel"] != PRINT:
            send_message.enqueue(str(written), 0)
