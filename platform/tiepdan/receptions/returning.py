"""Who has been here before: by identity number, otherwise by the folded name, in this tenant only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.identity.vault import PersonDetails, find_people, fold_name, normal_id
from tiepdan.petitions.service import PetitionRow, petitions_of_people
from tiepdan.receptions.models import Visit, VisitPerson

SHORTEST_NAME = 2  # words: one alone is shared by half a commune


class EarlierVisit(NamedTuple):
    """A visit of the same person, without its content."""

    id: UUID
    reception_id: UUID
    visited_on: date
    code: str
    kind: str | None
    status: str
    matter_id: UUID | None


@dataclass(frozen=True, slots=True)
class ReturningPerson:
    """A person who may be the one at the door, as they last gave their details."""

    person_id: UUID
    details: PersonDetails
    visits: tuple[EarlierVisit, ...]
    petitions: tuple[PetitionRow, ...]


def find_returning(*, id_number: str = "", full_name: str = "", actor: Actor, limit: int = 5) -> list[ReturningPerson]:
    """Find people who came or wrote before; denouncers, whose rows are sealed, are never among them.

    A name needs two words. Appearances that agree in identity number, or else in name and address, are one
    person. Raises Forbidden.
    """
    actor.require("receptions.run")
    if not normal_id(id_number) and len(full_name.split()) < SHORTEST_NAME:
        return []
    groups: dict[tuple[str, ...], list[tuple[UUID, PersonDetails]]] = {}
    for person_id, details in find_people(id_number=id_number, full_name=full_name):
        groups.setdefault(_same_person(details), []).append((person_id, details))
    people = list(groups.values())[:limit]
    visits = visits_of_people([person_id for group in people for person_id, _details in group])
    return [_returning(group, visits) for group in people]


def visits_of_people(person_ids: Sequence[UUID]) -> dict[UUID, list[EarlierVisit]]:
    """Return the unsealed visits of vault rows, the newest first, by row."""
    found: dict[UUID, list[EarlierVisit]] = {}
    if not person_ids:
        return found
    query = (
        sa.select(
            VisitPerson.person_id,
            Visit.id,
            Visit.reception_id,
            Visit.visited_on,
            Visit.code,
            Visit.kind,
            Visit.status,
            Visit.matter_id,
        )
        .join(Visit, Visit.id == VisitPerson.visit_id)
        .where(VisitPerson.person_id.in_(person_ids), ~Visit.sealed)
        .order_by(Visit.visited_on.desc(), Visit.id.desc())
    )
    for row in db.session.execute(query):
        found.setdefault(row.person_id, []).append(EarlierVisit._make(row[1:]))
    return found


def _same_person(details: PersonDetails) -> tuple[str, ...]:
    number = normal_id(details.id_number)
    return (number,) if number else (fold_name(details.full_name), fold_name(details.address))


def _returning(group: list[tuple[UUID, PersonDetails]], visits: dict[UUID, list[EarlierVisit]]) -> ReturningPerson:
    ids = [person_id for person_id, _details in group]
    came = {visit.id: visit for person_id in ids for visit in visits.get(person_id, [])}
    newest = sorted(came.values(), key=lambda visit: (visit.visited_on, visit.id), reverse=True)
    return ReturningPerson(group[0][0], group[0][1], tuple(newest), tuple(petitions_of_people(ids)))


def same_people(details: PersonDetails) -> list[UUID]:
    """Return the vault rows of earlier appearances of the same person: by number, else by name and address."""
    found = find_people(id_number=details.id_number, full_name=details.full_name)
    wanted = _same_person(details)
    return [person_id for person_id, other in found if _same_person(other) == wanted]
