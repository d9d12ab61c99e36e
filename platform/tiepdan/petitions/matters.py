"""Matters (vụ việc): opened with the first petition, shared by later ones, marked with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db, new_id
from tiepdan.core.errors import Conflict, Invalid, NotFound
from tiepdan.core.inserts import insert_row
from tiepdan.core.scope import tenant_scope
from tiepdan.identity.vault import store_text
from tiepdan.petitions.codes import code_prefix, new_code, read_code
from tiepdan.petitions.history import StepNote, follow_up, publish, take_step
from tiepdan.petitions.loading import check_step, lock_matter, lock_petition
from tiepdan.petitions.models import MATTERS, Matter, MatterMark, Petition
from tiepdan.petitions.rules import Field, Mark, Step
from tiepdan.tenancy.service import tenant_by_id

SHORTEST_REASON = 5


@dataclass(frozen=True, slots=True)
class MatterView:
    """A matter as other slices and pages see it."""

    id: UUID
    code: str
    field: Field
    opened_on: date
    closed_on: date | None
    marks: frozenset[Mark]
    version: int


def open_matter(field: Field, *, actor: Actor, on: date) -> MatterView:
    """Open a matter that has no petition yet (a visit may bring one). Raises Forbidden."""
    actor.require("petitions.register")
    prefix = code_prefix(tenant_by_id(tenant_scope().tenant_id))
    matter = insert_matter(prefix, field, on=on)
    record_event("matter.opened", actor=actor, subject_type="matter", subject_id=matter.id)
    return view_matter(matter)


def insert_matter(prefix: str, field: Field, *, on: date) -> Matter:
    """Write a new matter; its code reads "LSVV-…" so that nobody takes it for a petition's.

    Returns what was written, apart from the session: who wants to change it loads it.
    """
    row = {"id": new_id(), "code": new_code(f"{prefix}VV"), "field": field.value, "opened_on": on, "version": 1}
    insert_row(MATTERS, row)
    return Matter(**row, **dict.fromkeys(Mark, False))


def matter_by_id(matter_id: UUID) -> MatterView:
    """Return a matter. Raises NotFound."""
    matter = db.session.scalar(sa.select(Matter).where(Matter.id == matter_id))
    if matter is None:
        raise NotFound(f"matter {matter_id}")
    return view_matter(matter)


def find_matter(code: str) -> MatterView | None:
    """Find a matter of the tenant by its own code or by the code of one of its petitions."""
    plain = read_code(code)
    if plain is None:
        return None
    by_petition = sa.select(Petition.matter_id).where(Petition.code == plain)
    matter = db.session.scalar(sa.select(Matter).where(sa.or_(Matter.code == plain, Matter.id.in_(by_petition))))
    return view_matter(matter) if matter is not None else None


def link_petition(
    petition_id: UUID, matter_id: UUID, *, actor: Actor, on: date, seen_version: int | None = None
) -> None:
    """Move a petition to another matter (same thing in dispute). A matter left without petitions is closed.

    Raises Forbidden, NotFound, Conflict.
    """
    actor.require("petitions.classify")
    first, second = sorted((matter_id, matter_id_of(petition_id)))
    lock_matter(first)  # both matters in one order, whoever comes from the other side
    if second != first:
        lock_matter(second)
    petition, left = lock_petition(petition_id, seen_version)
    check_step(petition, Step.LINKED)
    matter = lock_matter(matter_id)
    if left.id == matter.id:
        raise Conflict(_("Đơn %(code)s đã thuộc vụ việc này.", code=petition.code))
    petition.matter_id = matter.id
    take_step(petition, Step.LINKED, actor=actor, on=on, note=StepNote(document_number=matter.code))
    reopen_matter(matter)
    close_matter_if_done(left, on=on)
    follow_up(petition, matter)


def mark_matter(
    matter_id: UUID,
    mark: Mark,
    *,
    holds: bool,
    reason: str,
    actor: Actor,
    on: date,
    seen_version: int | None = None,
) -> None:
    """Say of a matter that it is mass, complex, prolonged or level-skipping (or no longer), and why.

    Superiors see the marks, so every petition of the matter is published again. Raises Forbidden, Invalid,
    NotFound, Conflict.
    """
    actor.require("petitions.classify")
    if len(reason.strip()) < SHORTEST_REASON:
        message = _("Hãy ghi lý do.")
        raise Invalid(message, {"reason": message})
    matter = lock_matter(matter_id, seen_version)
    if getattr(matter, mark.value) is holds:
        return
    setattr(matter, mark.value, holds)
    matter.version += 1
    petitions = db.session.scalars(
        sa.select(Petition).where(Petition.matter_id == matter.id).order_by(Petition.id).with_for_update()
    ).all()
    sealed = any(petition.sealed for petition in petitions)
    db.session.add(
        MatterMark(
            matter_id=matter.id,
            mark=mark.value,
            holds=holds,
            marked_on=on,
            account_id=actor.account_id,
            reason_id=store_text(reason.strip(), sealed=sealed),
        )
    )
    record_event(
        "matter.marked",
        actor=actor,
        subject_type="matter",
        subject_id=matter.id,
        detail={"mark": mark.value, "holds": holds},
    )
    db.session.flush()
    for petition in petitions:
        publish(petition, matter)


def marks_of(matter_id: UUID) -> Sequence[MatterMark]:
    """Return the history of a matter's marks, oldest first."""
    return db.session.scalars(
        sa.select(MatterMark).where(MatterMark.matter_id == matter_id).order_by(MatterMark.marked_at, MatterMark.id)
    ).all()


def reopen_matter(matter: Matter) -> None:
    """A matter that gets a petition is open again."""
    if matter.closed_on is not None:
        matter.closed_on = None
        matter.version += 1


def close_matter_if_done(matter: Matter, *, on: date) -> None:
    """Close a locked matter once none of its petitions is open."""
    db.session.flush()
    still_open = sa.select(Petition.id).where(Petition.matter_id == matter.id, Petition.closed_on.is_(None))
    if matter.closed_on is None and db.session.scalar(still_open.limit(1)) is None:
        matter.closed_on = on
        matter.version += 1


def matter_id_of(petition_id: UUID) -> UUID:
    """Return the matter of a petition. Raises NotFound."""
    matter_id = db.session.scalar(sa.select(Petition.matter_id).where(Petition.id == petition_id))
    if matter_id is None:
        raise NotFound(f"petition {petition_id}")
    return matter_id


def view_matter(matter: Matter) -> MatterView:
    """Freeze a matter for others."""
    return MatterView(
        id=matter.id,
        code=matter.code,
        field=Field(matter.field),
        opened_on=matter.opened_on,
        closed_on=matter.closed_on,
        marks=frozenset(mark for mark in Mark if getattr(matter, mark.value)),
        version=matter.version,
    )
