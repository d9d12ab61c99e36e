"""Gather the facts of a record for a reader: what the reader may not read stays empty, and is printed as dots."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask_babel import gettext as _

from tiepdan.core.actor import Actor
from tiepdan.core.errors import Conflict
from tiepdan.documents.letterhead import place_of
from tiepdan.documents.offering import RecordKind
from tiepdan.formparts.pages import say_value
from tiepdan.identity.vault import PersonDetails
from tiepdan.petitions.rules import Field, PersonRole, PetitionStatus
from tiepdan.petitions.service import matter_by_id, open_file
from tiepdan.petitions.words import FIELDS, STATUSES
from tiepdan.petitions.words import KINDS as PETITION_KINDS
from tiepdan.receptions.service import visit_by_id
from tiepdan.receptions.words import RECEIVED_BY
from tiepdan.registers.reading import open_entry
from tiepdan.registers.rules import RegisterType
from tiepdan.sdk import Branch, Paper, PetitionKind, TenantKind
from tiepdan.tenancy.service import TenantView, names_by_id
from tiepdan.web.format import format_date, format_document_date, format_number


@dataclass(frozen=True, slots=True)
class Gathered:
    """A record to print. code: for the name of the file; facts: by name, "" for what is not known."""

    kind: RecordKind
    id: UUID
    code: str
    facts: Mapping[str, str]


def gather_petition(petition_id: UUID, *, actor: Actor) -> Gathered:
    """Return the facts of a petition. Raises Forbidden, NotFound."""
    file = open_file(petition_id, actor=actor)
    petition = file.petition
    senders = [person.details for person in file.people if person.role is not PersonRole.RESPONDENT]
    facts = {
        "code": petition.code,
        "register_number": f"{petition.register_number}/{petition.register_year}",
        "received_on": format_date(petition.received_on),
        "kind": str(PETITION_KINDS[PetitionKind(petition.kind)]).lower() if petition.kind else "",
        "field": str(FIELDS[Field(petition.field)]).lower(),
        "status": str(STATUSES[PetitionStatus(petition.status)]).lower(),
        "people_count": format_number(petition.people_count),
        "due_on": format_date(petition.due_on),
        "matter_code": matter_by_id(petition.matter_id).code,
        **_sender(senders[0] if senders and not petition.sealed else None),
    }
    return Gathered(RecordKind(Paper.PETITION), petition.id, petition.code, facts)


def gather_visit(visit_id: UUID, *, actor: Actor) -> Gathered:
    """Return the facts of a visit. Raises Forbidden, NotFound."""
    actor.require("receptions.view")
    visit = visit_by_id(visit_id)
    facts = {
        "code": visit.code,
        "number": str(visit.number),
        "visited_on": format_date(visit.visited_on),
        "kind": str(PETITION_KINDS[visit.kind]).lower() if visit.kind else "",
        "people_count": format_number(visit.people_count),
        "received_by": str(RECEIVED_BY[visit.received_by]).lower(),
        **_sender(visit.people[0].details if visit.people and not visit.sealed else None),
    }
    return Gathered(RecordKind(Paper.VISIT), visit.id, visit.code, facts)


def gather_entry(entry_id: UUID, *, actor: Actor, on: date) -> Gathered:
    """Return the facts of an entry: its fields in words, the private ones too, for its page shows them.

    Raises Forbidden, NotFound, Conflict for an entry that was struck.
    """
    file = open_entry(entry_id, actor=actor, on=on)
    if file.entry.struck_on is not None:
        raise Conflict(_("Mục này đã bị gạch nên không in văn bản được."))
    fields = {each.name: each for each in file.schema.fields}
    facts = {
        "entry_number": file.number,
        "entry_on": format_date(file.entry.entry_on),
        "entry_title": file.entry.title,
        **{name: say_value(fields[name], value, "vi") for name, value in file.values.items() if name in fields},
    }
    return Gathered(entry_kind(file.register), file.entry.id, file.register.register.key, facts)


def entry_kind(register: RegisterType) -> RecordKind:
    """Return what an entry of a register is to a template: its register's, with its fields."""
    names = frozenset(each.name for each in register.schema.fields)
    return RecordKind(Paper.REGISTER_ENTRY, register.plugin, register.register.key, names)


def facts_of_committee(tenant: TenantView, on: date) -> dict[str, str]:
    """Return what every paper knows: the committee, its superior and the day."""
    superior = names_by_id([tenant.superior_id]) if tenant.superior_id is not None else {}
    return {
        "committee": tenant.name,
        "committee_short": tenant.short_name,
        "unit": place_of(tenant.name),
        "superior": next(iter(superior.values()), ""),
        "head_office": head_office(tenant),
        "printed_on": format_document_date(on),
        "year": str(on.year),
    }


def head_office(tenant: TenantView) -> str:
    """Return the title of whoever heads a body."""
    if tenant.branch is Branch.PARTY:
        return "Bí thư"
    return "Chủ tịch" if tenant.kind is TenantKind.PEOPLES_COMMITTEE else "Thủ trưởng"


def _sender(person: PersonDetails | None) -> dict[str, str]:
    return {
        "sender_name": person.full_name if person else "",
        "sender_address": person.address if person else "",
    }
