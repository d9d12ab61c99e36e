"""Visits (lượt tiếp): register fast, refuse, link to a matter, take a petition from them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.clock import now
from tiepdan.core.db import db, new_id
from tiepdan.core.errors import Conflict, Invalid, NotFound
from tiepdan.core.scope import tenant_scope
from tiepdan.deadlines.law import crowd_threshold, representatives_allowed
from tiepdan.directives.service import seal_notices
from tiepdan.formparts.rules import Answer
from tiepdan.formparts.service import seal_answers, store_answers
from tiepdan.identity.vault import PersonDetails, seal_people, seal_texts, store_people, store_text
from tiepdan.petitions.rules import Field, Origin, is_sealed_kind
from tiepdan.petitions.service import (
    NewPetition,
    RegisteredPetition,
    code_prefix,
    hash_pin,
    matter_by_id,
    new_code,
    new_pin,
    register_petition,
)
from tiepdan.receptions.days import mark_day_open
from tiepdan.receptions.loading import lock_day
from tiepdan.receptions.minutes import seal_minutes
from tiepdan.receptions.models import ReceptionDay, Visit, VisitPerson
from tiepdan.receptions.rules import (
    ANNOUNCED,
    DayStatus,
    ReceivedBy,
    ReceptionStatus,
    VisitorRole,
    VisitStatus,
    is_crowd,
    representatives_fault,
)
from tiepdan.sdk import PetitionKind, Record
from tiepdan.tenancy.service import tenant_by_id

MOST_PEOPLE = 10_000


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person at the door and as what they came."""

    details: PersonDetails
    role: VisitorRole = VisitorRole.VISITOR


@dataclass(frozen=True, slots=True)
class NewVisit:
    """What the desk writes down.

    people: who speaks, the first one leads; of a group of five and more, its representatives.
    people_count: how many came; None for the people listed.
    kind: None while it is not known.
    received_by: None for whoever receives on that day.
    answers: checked answers to forms of plugins.
    """

    people: Sequence[Visitor]
    content: str
    kind: PetitionKind | None = None
    people_count: int | None = None
    matter_id: UUID | None = None
    received_by: ReceivedBy | None = None
    answers: Sequence[Answer] = ()


@dataclass(frozen=True, slots=True)
class RegisteredVisit:
    """What the receipt needs; the PIN is stored nowhere."""

    id: UUID
    number: int
    code: str
    pin: str


@dataclass(frozen=True, slots=True)
class RegisterRemarks:
    """The columns of the register (Mẫu 03/TCD) beside person, content and kind.

    settled_by: bodies that already settled it. guided_document, transferred_document: number of the paper, and
    the body it leads to. result, note: as written.
    """

    settled_by: str = ""
    guided_document: str = ""
    transferred_document: str = ""
    result: str = ""
    note: str = ""
    within_competence: bool | None = None

    @property
    def text(self) -> str:
        """Return the free columns for the vault; empty when nothing was written."""
        written = {name: value for name, value in asdict(self).items() if name != "within_competence" and value}
        return json.dumps(written, ensure_ascii=False) if written else ""


def register_visit(day_id: UUID, new: NewVisit, *, actor: Actor, on: date) -> RegisteredVisit:
    """Register a visit on a day of a reception and give it the next queue number.

    A posted day that is still closed opens with its first visit. What the desk registers counts as received;
    who comes to the head waits until called.
    Raises Forbidden, NotFound, Conflict, Invalid.
    """
    actor.require("receptions.run")
    day, reception = lock_day(day_id)
    _open_if_needed(day, ReceptionStatus(reception.status), on)
    people_count = new.people_count or len(new.people)
    _check(new, people_count, day.day_on)
    if day.status == DayStatus.PLANNED:
        mark_day_open(day, reception)
    if new.matter_id is not None:
        matter_by_id(new.matter_id)
    received_by = new.received_by or ReceivedBy(day.received_by)
    sealed = is_sealed_kind(new.kind)
    person_ids = store_people([visitor.details for visitor in new.people], sealed=sealed)
    content_id = store_text(new.content.strip(), sealed=sealed)
    code, pin = new_code(code_prefix(tenant_by_id(tenant_scope().tenant_id))), new_pin()
    day.last_number += 1
    visit = Visit(
        id=new_id(),
        reception_id=reception.id,
        day_id=day.id,
        visited_on=day.day_on,
        number=day.last_number,
        code=code,
        pin_hash=hash_pin(code, pin),
        arrived_at=now(),
        people_count=people_count,
        is_crowd=is_crowd(people_count, crowd_threshold(day.day_on)),
        kind=new.kind.value if new.kind else None,
        sealed=sealed,
        content_id=content_id,
        matter_id=new.matter_id,
        status=(VisitStatus.RECEIVED if received_by is ReceivedBy.DESK else VisitStatus.WAITING).value,
        received_by=received_by.value,
        has_answers=any(answer.values for answer in new.answers),
        made_by=actor.account_id,
    )
    db.session.add(visit)
    db.session.flush()
    _add_people(visit.id, new.people, person_ids)
    store_answers(Record.VISIT, visit.id, new.answers, sealed=sealed)
    if sealed:
        seal_reception(visit.reception_id)
    _journal("registered", visit, actor, number=visit.number, people=people_count)
    return RegisteredVisit(visit.id, visit.number, code, pin)


def mark_received(visit_id: UUID, *, actor: Actor, on: date, received_by: ReceivedBy | None = None) -> None:  # noqa: ARG001
    """Record that a visitor who waited was received. Raises Forbidden, NotFound, Conflict."""
    actor.require("receptions.run")
    visit = lock_visit(visit_id)
    _refuse_unless(visit, VisitStatus.WAITING)
    visit.status = VisitStatus.RECEIVED.value
    if received_by is not None:
        visit.received_by = received_by.value
    _journal("received", visit, actor, received_by=visit.received_by)


def mark_left(visit_id: UUID, *, actor: Actor, on: date) -> None:  # noqa: ARG001
    """Record that a visitor left without being received. Raises Forbidden, NotFound, Conflict."""
    actor.require("receptions.run")
    visit = lock_visit(visit_id)
    _refuse_unless(visit, VisitStatus.WAITING)
    visit.status = VisitStatus.LEFT.value
    _journal("left", visit, actor)


def set_kind(visit_id: UUID, kind: PetitionKind | None, *, actor: Actor, on: date) -> None:  # noqa: ARG001
    """Write down what the matter turned out to be; a denunciation seals people and content at once.

    What was sealed stays sealed (Luật Tố cáo 25/2018/QH14, Điều 49). Raises Forbidden, NotFound, Conflict.
    """
    actor.require("receptions.run")
    visit = lock_visit(visit_id)
    if visit.petition_id is not None:
        raise Conflict(_("Lượt này đã vào sổ đơn; loại đơn được phân loại ở hồ sơ đơn."))
    visit.kind = kind.value if kind else None
    if is_sealed_kind(kind) and not visit.sealed:
        seal_visit(visit)
    _journal("classified", visit, actor, kind=visit.kind)


def link_matter(visit_id: UUID, matter_id: UUID, *, actor: Actor, on: date) -> None:  # noqa: ARG001
    """Say which matter a visit is about. Raises Forbidden, NotFound for either."""
    actor.require("receptions.run")
    visit = lock_visit(visit_id)
    matter_by_id(matter_id)
    visit.matter_id = matter_id
    _journal("linked", visit, actor)


def record_remarks(visit_id: UUID, remarks: RegisterRemarks, *, actor: Actor, on: date) -> None:  # noqa: ARG001
    """Fill in the register's columns of a visit. Raises Forbidden, NotFound."""
    actor.require("receptions.run")
    visit = lock_visit(visit_id)
    visit.within_competence = remarks.within_competence
    visit.was_settled = bool(remarks.settled_by.strip())
    visit.was_guided = bool(remarks.guided_document.strip())
    visit.was_transferred = bool(remarks.transferred_document.strip())
    visit.remarks_id = store_text(remarks.text, sealed=visit.sealed) if remarks.text else None
    _journal("remarked", visit, actor)


def take_petition(
    visit_id: UUID,
    *,
    kind: PetitionKind | None,
    field: Field,
    actor: Actor,
    on: date,
    answers: Sequence[Answer] = (),
    news: bool = False,
) -> RegisteredPetition:
    """Register a petition from a visit: the same rows of the vault, the same matter.

    answers: checked answers to forms that plugins add to a petition. news: the visitor wants to be told news.

    Raises Forbidden, NotFound, Conflict when it was done before or the visitor was refused, Invalid.
    """
    actor.require("receptions.run")
    visit = lock_visit(visit_id)
    if visit.petition_id is not None:
        raise Conflict(_("Lượt này đã vào sổ đơn."))
    if visit.status == VisitStatus.REFUSED:
        raise Conflict(_("Lượt đã bị từ chối tiếp thì không vào sổ đơn từ đây."))
    new = NewPetition(
        person_ids=people_of(visit_id),
        content_id=visit.content_id,
        kind=kind,
        field=field,
        origin=Origin.DESK,
        received_on=visit.visited_on,
        people_count=visit.people_count,
        matter_id=visit.matter_id,
        origin_visit_id=visit.id,
        answers=answers,
        news=news,
    )
    petition = register_petition(new, actor=actor, on=on)
    visit.petition_id = petition.id
    visit.matter_id = petition.matter_id
    visit.kind = kind.value if kind else visit.kind
    if is_sealed_kind(kind):
        seal_visit(visit)
    if visit.status == VisitStatus.WAITING:
        visit.status = VisitStatus.RECEIVED.value
    _journal("petitioned", visit, actor)
    return petition


def people_of(visit_id: UUID) -> list[UUID]:
    """Return the vault rows of a visit's people, who speaks first."""
    return list(
        db.session.scalars(
            sa.select(VisitPerson.person_id).where(VisitPerson.visit_id == visit_id).order_by(VisitPerson.position)
        )
    )


def seal_visit(visit: Visit) -> None:
    """Seal a locked visit's people and texts, and what was written about the reception it belongs to."""
    seal_people(people_of(visit.id))
    seal_texts([i for i in (visit.content_id, visit.remarks_id, visit.refusal_text_id) if i is not None])
    if visit.has_answers:
        seal_answers(Record.VISIT, visit.id)
    visit.sealed = True
    seal_reception(visit.reception_id)


def seal_reception(reception_id: UUID) -> None:
    """Seal minutes and conclusion notices of a reception to which a denouncer came: they tell of everybody who did."""
    seal_minutes(reception_id)
    seal_notices(reception_id)


def lock_visit(visit_id: UUID) -> Visit:
    """Load a visit for a change; raise NotFound."""
    visit = db.session.scalar(
        sa.select(Visit).where(Visit.id == visit_id).with_for_update().execution_options(populate_existing=True)
    )
    if visit is None:
        raise NotFound(f"visit {visit_id}")
    return visit


def _open_if_needed(day: ReceptionDay, status: ReceptionStatus, on: date) -> None:
    if day.status == DayStatus.OPEN:
        return
    if day.status != DayStatus.PLANNED:
        raise Conflict(_("Buổi tiếp này đã kết thúc."))
    if status not in ANNOUNCED or day.day_on > on:
        raise Conflict(_("Buổi tiếp chưa mở: lịch chưa niêm yết hoặc chưa tới ngày."))


def _check(new: NewVisit, people_count: int, visited_on: date) -> None:
    errors: dict[str, object] = {}
    if not new.people or any(not visitor.details.full_name.strip() for visitor in new.people):
        errors["people"] = _("Hãy ghi họ tên người đến.")
    if not new.content.strip():
        errors["content"] = _("Hãy ghi nội dung công dân trình bày.")
    if not len(new.people) <= people_count <= MOST_PEOPLE:
        errors["people_count"] = _("Số người không thể ít hơn số người đã ghi tên.")
    allowed = representatives_allowed(people_count, visited_on)
    fault = representatives_fault(len(new.people), allowed)
    if allowed is not None and fault == "too_many":
        errors["people_count"] = _(
            "Đoàn %(people)d người cử tối đa %(most)d người đại diện (Luật Tiếp công dân, Điều 29).",
            people=people_count,
            most=allowed.at_most,
        )
    if errors:
        raise Invalid(_("Chưa tiếp nhận được lượt này."), errors)


def _add_people(visit_id: UUID, people: Sequence[Visitor], person_ids: Sequence[UUID]) -> None:
    db.session.execute(
        sa.insert(VisitPerson),
        [
            {"visit_id": visit_id, "person_id": person_id, "role": visitor.role.value, "position": position}
            for position, (visitor, person_id) in enumerate(zip(people, person_ids, strict=True), start=1)
        ],
    )


def _refuse_unless(visit: Visit, *statuses: VisitStatus) -> None:
    if visit.status not in statuses:
        raise Conflict(_("Lượt này đã được ghi nhận khác; hãy tải lại trang."))


def _journal(done: str, visit: Visit, actor: Actor, **detail: int | str | None) -> None:
    db.session.flush()
    record_event(f"visit.{done}", actor=actor, subject_type="visit", subject_id=visit.id, detail=detail)
