"""Register petitions (tiếp nhận, vào sổ): fast, complete, and in the vault from the first moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.core.actor import Actor
from tiepdan.core.crypto import keyed_hash
from tiepdan.core.db import db, new_id, refuse_foreign_rows
from tiepdan.core.errors import Invalid
from tiepdan.core.inserts import insert_row, insert_rows, inserted_together
from tiepdan.core.plugins import join
from tiepdan.core.scope import tenant_scope
from tiepdan.deadlines.law import representatives_allowed
from tiepdan.formparts.rules import Answer
from tiepdan.formparts.service import store_answers
from tiepdan.identity.keys import keyring
from tiepdan.identity.vault import (
    PersonDetails,
    fold_name,
    seal_people,
    seal_texts,
    store_people,
    store_text,
)
from tiepdan.notifications.rules import Happening
from tiepdan.notifications.service import ask_for_news, tell_sender
from tiepdan.petitions.codes import code_prefix, hash_pin, new_code, new_pin
from tiepdan.petitions.history import journal, publish, share_answers, start_clocks
from tiepdan.petitions.jobs import refresh_petition
from tiepdan.petitions.loading import lock_matter
from tiepdan.petitions.matters import insert_matter, reopen_matter
from tiepdan.petitions.models import PETITION_PEOPLE, PETITION_STEPS, PETITIONS, Petition
from tiepdan.petitions.obligations import NOTICE_KEYS, for_kind, on_receipt, rule_ids
from tiepdan.petitions.rules import Field, Origin, PersonRole, PetitionStatus, Step, is_sealed_kind
from tiepdan.sdk import PetitionKind, Record
from tiepdan.tenancy.service import TenantView, own_tenant

BOOK = "petitions"  # sổ đến of petitions
LONGEST_CONTENT = 100_000


@dataclass(frozen=True, slots=True)
class NewPetition:
    """What the officer writes down at intake.

    people, person_ids: petitioners by details, or rows already in the vault (a visit's); the first one leads.
    respondents: who is complained of or denounced, when named.
    content, content_id: the text, or the vault row of a text already written down.
    people_count: signatories; when more than are listed, those listed are the group's representatives.
    sender_body, sender_number: the body that transferred it, and the number of its letter.
    answers: checked answers to forms of plugins.
    news: the first petitioner wants to be told when there is news.
    """

    content: str = ""
    people: Sequence[PersonDetails] = ()
    person_ids: Sequence[UUID] = ()
    respondents: Sequence[PersonDetails] = ()
    content_id: UUID | None = None
    kind: PetitionKind | None = None
    field: Field = Field.OTHER
    origin: Origin = Origin.DESK
    received_on: date | None = None
    people_count: int = 1
    matter_id: UUID | None = None
    origin_visit_id: UUID | None = None
    several_places: bool = False
    sender_body: str = ""
    sender_number: str = ""
    answers: Sequence[Answer] = ()
    news: bool = False


@dataclass(frozen=True, slots=True)
class RegisteredPetition:
    """What the receipt needs; the PIN is stored nowhere."""

    id: UUID
    code: str
    pin: str
    matter_id: UUID
    register_number: int
    due_on: date | None = None


def register_petition(new: NewPetition, *, actor: Actor, on: date) -> RegisteredPetition:
    """Register a petition: vault, matter, running number, clocks, what superiors may see, journal, job.

    on: the business day; the clocks count from `new.received_on` (or `on`).
    Raises Forbidden, Invalid, NotFound for a matter, people or a text of another tenant.
    """
    actor.require("petitions.register")
    received_on = new.received_on or on
    _check(new, received_on, on)
    tenant = own_tenant()
    prefix = code_prefix(tenant)
    sealed = is_sealed_kind(new.kind)
    known_matter = lock_matter(new.matter_id) if new.matter_id else None
    if sealed:
        _seal_shared(new)
    petition_id, code, pin = new_id(), new_code(prefix), new_pin()
    with refuse_foreign_rows(), inserted_together():
        matter = known_matter or insert_matter(prefix, new.field, on=received_on)
        person_ids, respondent_ids, content_id = _store(new, sealed=sealed)
        due_days, notice_due_on = _start_clocks(petition_id, new, tenant, received_on, actor=actor)
        number = next_number(BOOK, received_on.year)  # late: the row stays locked until the commit
        due_on = min(due_days, default=None)
        row: dict[str, object] = {
            "id": petition_id,
            "matter_id": matter.id,
            "code": code,
            "register_year": received_on.year,
            "received_on": received_on,
            "origin": new.origin.value,
            "origin_visit_id": new.origin_visit_id,
            "kind": new.kind.value if new.kind else None,
            "field": new.field.value,
            "status": PetitionStatus.REGISTERED.value,
            "anonymous": not person_ids,
            "content_id": content_id,
            "content_hash": None if sealed or not new.content else hash_content(new.content),
            "sealed": sealed,
            "people_count": max(new.people_count, len(person_ids), 1),
            "lead_person_id": person_ids[0] if person_ids else None,
            "due_on": due_on,
            "notice_due_on": notice_due_on,
            "pin_hash": hash_pin(code, pin),
            "has_answers": any(answer.values for answer in new.answers),
            "version": 1,
            "register_number": number,
        }
        insert_row(PETITIONS, row)
        _insert_people(petition_id, person_ids, respondent_ids, people_count=new.people_count)
        _insert_first_step(petition_id, new, actor=actor, on=on)
        store_answers(Record.PETITION, petition_id, new.answers, sealed=sealed)
        publish(Petition(**row), matter, new=True)  # an object of the row, without a trip to the database
        if not sealed and any(each.goes_up for answer in new.answers for each in answer.part.schema.fields):
            share_answers(petition_id, new.answers)
        journal(
            petition_id,
            Step.REGISTERED,
            actor=actor,
            detail={"code": code, "number": number, "origin": new.origin.value},
        )
    if sealed:
        join("petition_sealed", petition_id=petition_id, visit_id=new.origin_visit_id, on=on)
    if new.news and person_ids:
        ask_for_news(petition_id, person_ids[0], sealed=sealed)
        tell_sender(Happening.PETITION_REGISTERED, subject_id=petition_id, number=1, code=code, sealed=sealed)
    reopen_matter(matter)
    refresh_petition.enqueue(str(petition_id))
    return RegisteredPetition(petition_id, code, pin, matter.id, number, due_on)


_NEXT_NUMBER = sa.text("""
INSERT INTO register_counter AS counter (tenant_id, book, year, last_number) VALUES (:tenant_id, :book, :year, 1)
ON CONFLICT (tenant_id, book, year) DO UPDATE SET last_number = counter.last_number + 1
RETURNING last_number
""")


def next_number(book: str, year: int) -> int:
    """Take the next number of a register; gapless, because the row is locked until the transaction ends."""
    row = {"tenant_id": tenant_scope().tenant_id, "book": book, "year": year}
    number: int = db.session.connection().scalar(_NEXT_NUMBER, row)
    return number


def hash_content(content: str) -> bytes:
    """Hash a content so that the same letter is found again whatever its case, accents or spacing."""
    return keyed_hash(keyring().search, f"content:{fold_name(content)}")


def _check(new: NewPetition, received_on: date, on: date) -> None:
    errors: dict[str, object] = {}
    if received_on > on:
        errors["received_on"] = _("Ngày nhận không thể sau hôm nay.")
    if not new.content.strip() and new.content_id is None:
        errors["content"] = _("Hãy ghi nội dung đơn.")
    if len(new.content) > LONGEST_CONTENT:
        errors["content"] = _("Nội dung quá dài; hãy tóm tắt và giữ bản gốc trong hồ sơ.")
    if any(not person.full_name.strip() for person in new.people):
        errors["people"] = _("Hãy ghi họ tên của từng người.")
    if new.people_count < 1:
        errors["people_count"] = _("Số người ít nhất là 1.")
    if new.origin is Origin.TRANSFERRED and not new.sender_body.strip():
        errors["sender_body"] = _("Hãy ghi cơ quan đã chuyển đơn đến.")
    representatives = _check_representatives(new, received_on)
    if representatives:
        errors["people"] = representatives
    if errors:
        raise Invalid(_("Còn thông tin chưa đúng."), errors)


def _check_representatives(new: NewPetition, on: date) -> str | None:
    """Say what is wrong with a group's representatives at the desk (REC-18); a letter may name whom it likes."""
    listed = len(new.people) + len(new.person_ids)
    if new.origin is not Origin.DESK or not listed or listed >= new.people_count:
        return None
    allowed = representatives_allowed(new.people_count, on)
    if allowed is None or allowed.at_least <= listed <= allowed.at_most:
        return None
    message: str = _(
        "Đoàn %(people)s người cử từ %(least)s đến %(most)s người đại diện.",
        people=new.people_count,
        least=allowed.at_least,
        most=allowed.at_most,
    )
    return message


def _store(new: NewPetition, *, sealed: bool) -> tuple[list[UUID], list[UUID], UUID]:
    """Put people and content into the vault; return petitioners, respondents and the text."""
    stored = store_people([*new.people, *new.respondents], sealed=sealed)
    content_id = new.content_id or store_text(new.content.strip(), sealed=sealed)
    return [*new.person_ids, *stored[: len(new.people)]], stored[len(new.people) :], content_id


def _seal_shared(new: NewPetition) -> None:
    """Seal what a visit shares with us where it lies."""
    if new.person_ids:
        seal_people(new.person_ids)
    if new.content_id is not None:
        seal_texts([new.content_id])


def _start_clocks(
    petition_id: UUID, new: NewPetition, tenant: TenantView, received_on: date, *, actor: Actor
) -> tuple[list[date], date | None]:
    branch, kind = tenant.branch, new.kind.value if new.kind else None
    owed = on_receipt(branch, new.origin, received_on)
    owed += for_kind(branch, new.kind, received_on, several_places=new.several_places)
    clocks = [clock for clock in start_clocks(petition_id, owed, kind=kind, actor=actor) if clock.due_on is not None]
    notices = rule_ids(*NOTICE_KEYS)
    due_days = [clock.due_on for clock in clocks if clock.due_on]
    return due_days, min((clock.due_on for clock in clocks if clock.due_on and clock.rule_id in notices), default=None)


def _insert_people(
    petition_id: UUID, person_ids: Sequence[UUID], respondent_ids: Sequence[UUID], *, people_count: int
) -> None:
    role = PersonRole.REPRESENTATIVE if people_count > len(person_ids) else PersonRole.PETITIONER
    roles = [(i, role) for i in person_ids] + [(i, PersonRole.RESPONDENT) for i in respondent_ids]
    rows = [
        {"petition_id": petition_id, "person_id": person_id, "role": role.value, "position": position}
        for position, (person_id, role) in enumerate(roles, start=1)
    ]
    insert_rows(PETITION_PEOPLE, rows)


def _insert_first_step(petition_id: UUID, new: NewPetition, *, actor: Actor, on: date) -> None:
    insert_row(
        PETITION_STEPS,
        {
            "petition_id": petition_id,
            "step": Step.REGISTERED.value,
            "to_status": PetitionStatus.REGISTERED.value,
            "taken_on": on,
            "account_id": actor.account_id,
            "body": new.sender_body.strip() or None,
            "document_number": new.sender_number.strip() or None,
            "version": 1,
        },
    )
