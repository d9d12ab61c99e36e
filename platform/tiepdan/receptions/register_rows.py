"""The rows behind the lines of a register: a handful of bulk statements per chunk, however many lines are there.

`registers` decides which lines are new; here they become receptions, days, visits and rows of the vault.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.actor import Actor
from tiepdan.core.crypto import keyed_hash
from tiepdan.core.db import db, new_id
from tiepdan.core.scope import tenant_scope
from tiepdan.deadlines.law import crowd_threshold
from tiepdan.identity.keys import keyring
from tiepdan.identity.vault import store_people, store_texts
from tiepdan.petitions.rules import Field, is_sealed_kind
from tiepdan.petitions.service import code_prefix, new_code, open_matters
from tiepdan.receptions.models import (
    Reception,
    ReceptionDay,
    RegisterMatter,
    RegisterRow,
    RegisterSession,
    Visit,
    VisitPerson,
)
from tiepdan.receptions.place_names import PlaceNames, place_names
from tiepdan.receptions.rules import (
    DayStatus,
    Mode,
    ReceivedBy,
    ReceptionStatus,
    VisitorRole,
    VisitStatus,
    is_crowd,
)
from tiepdan.receptions.visits import RegisterRemarks, seal_reception
from tiepdan.tenancy.service import tenant_by_id

if TYPE_CHECKING:
    from tiepdan.receptions.registers import RegisterEntry

type Row = dict[str, Any]

TYPED_ADDRESS = "Địa chỉ ghi trong sổ"  # part of the record, in the language of the book


def write_lines(entries: Sequence["RegisterEntry"], *, actor: Actor) -> int:
    """Write new lines; return how many receptions they began."""
    receptions, begun = _receptions(entries, actor)
    days = _days(entries, receptions)
    # What is written bears the present names of communes; the digests below are of what was typed.
    visits = _visits(_with_present_names(entries), receptions, days, _matters(entries, actor), actor)
    db.session.execute(
        sa.insert(RegisterRow),
        [
            {
                "book": entry.book,
                "year": entry.year,
                "number": entry.number,
                "row_hash": entry.digest,
                "reception_id": receptions[entry.book, entry.session_key],
                "visit_id": visit_id,
            }
            for entry, visit_id in zip(entries, visits, strict=True)
        ],
    )
    return begun


def _with_present_names(entries: Sequence["RegisterEntry"]) -> list["RegisterEntry"]:
    """Give the lines with each commune by its name on the line's day; what was typed goes into the note."""
    tenant = tenant_by_id(tenant_scope().tenant_id)
    names_by_day = {day: place_names(tenant, day) for day in {entry.day_on for entry in entries}}
    return [_with_names(entry, names_by_day[entry.day_on]) for entry in entries]


def _with_names(entry: "RegisterEntry", names: PlaceNames) -> "RegisterEntry":
    people = [replace(person, address=names.present_address(person.address)) for person in entry.people]
    typed = [
        before.address for before, after in zip(entry.people, people, strict=True) if before.address != after.address
    ]
    if not typed:
        return entry
    note = "; ".join(filter(None, [entry.note.strip(), f"{TYPED_ADDRESS}: {'; '.join(typed)}"]))
    return replace(entry, people=people, note=note)


def _receptions(entries: Sequence["RegisterEntry"], actor: Actor) -> tuple[dict[tuple[str, str], UUID], int]:
    """Find or write the receptions of the lines, by (book, session key)."""
    groups: dict[tuple[str, str], list[RegisterEntry]] = {}
    for entry in entries:
        groups.setdefault((entry.book, entry.session_key), []).append(entry)
    known = {
        (row.book, row.session_key): row.reception_id
        for row in db.session.execute(
            sa.select(RegisterSession.book, RegisterSession.session_key, RegisterSession.reception_id).where(
                sa.tuple_(RegisterSession.book, RegisterSession.session_key).in_(list(groups))
            )
        )
    }
    fresh = {key: new_id() for key in groups if key not in known}
    _widen({known[key]: lines for key, lines in groups.items() if key in known})
    if fresh:
        db.session.execute(sa.insert(Reception), [_reception(fresh[key], groups[key], actor) for key in fresh])
        db.session.execute(
            sa.insert(RegisterSession),
            [
                {"book": book, "session_key": session, "reception_id": reception_id}
                for (book, session), reception_id in fresh.items()
            ],
        )
    return known | fresh, len(fresh)


def _reception(reception_id: UUID, lines: Sequence["RegisterEntry"], actor: Actor) -> Row:
    first = lines[0]
    chair = _chair(lines)
    named = next((line for line in lines if line.chair is chair and line.chair_name), first)
    return {
        "id": reception_id,
        "duty": first.duty.value,
        "form": first.form.value,
        "mode": Mode.IN_PERSON.value,
        "chair": chair.value,
        "chair_name": named.chair_name,
        "place": next((line.place for line in lines if line.place), ""),
        "status": ReceptionStatus.CLOSED.value,
        "first_on": min(line.day_on for line in lines),
        "last_on": max(line.day_on for line in lines),
        "made_by": actor.account_id,
        "version": 1,
    }


def _chair(lines: Sequence["RegisterEntry"]) -> ReceivedBy:
    """Say who received on a day: the head, if on any line of it."""
    chairs = {line.chair for line in lines}
    return ReceivedBy.HEAD if ReceivedBy.HEAD in chairs else min(chairs)


def _widen(lines_by_reception: dict[UUID, list["RegisterEntry"]]) -> None:
    """Let known receptions reach to the days of new lines."""
    if not lines_by_reception:
        return
    db.session.connection().execute(
        sa.update(Reception)
        .where(Reception.tenant_id == tenant_scope().tenant_id, Reception.id == sa.bindparam("of"))
        .values(
            first_on=sa.func.least(Reception.first_on, sa.bindparam("low")),
            last_on=sa.func.greatest(Reception.last_on, sa.bindparam("high")),
        ),
        [
            {
                "of": reception_id,
                "low": min(line.day_on for line in lines),
                "high": max(line.day_on for line in lines),
            }
            for reception_id, lines in lines_by_reception.items()
        ],
    )


def _days(
    entries: Sequence["RegisterEntry"], receptions: dict[tuple[str, str], UUID]
) -> dict[tuple[UUID, date], tuple[UUID, int]]:
    """Find or write the days of the lines; return (day, its last queue number before these lines)."""
    groups: dict[tuple[UUID, date], list[RegisterEntry]] = {}
    for entry in entries:
        groups.setdefault((receptions[entry.book, entry.session_key], entry.day_on), []).append(entry)
    rows = db.session.execute(
        sa.select(ReceptionDay.id, ReceptionDay.reception_id, ReceptionDay.day_on, ReceptionDay.last_number).where(
            sa.tuple_(ReceptionDay.reception_id, ReceptionDay.day_on).in_(list(groups))
        )
    )
    days = {(row.reception_id, row.day_on): (row.id, row.last_number) for row in rows}
    added = {key: sum(not line.is_empty for line in lines) for key, lines in groups.items()}
    fresh = []
    for key, lines in groups.items():
        if key in days:
            continue
        days[key] = (new_id(), 0)
        chair = _chair(lines)
        fresh.append(
            {
                "id": days[key][0],
                "reception_id": key[0],
                "day_on": key[1],
                "status": DayStatus.HELD.value,
                "received_by": chair.value,
                "official_name": next((line.chair_name for line in lines if line.chair is chair), ""),
                "last_number": added[key],
            }
        )
    if fresh:
        db.session.execute(sa.insert(ReceptionDay), fresh)
    begun = {row["id"] for row in fresh}
    _advance({day_id: added[key] for key, (day_id, _last) in days.items() if day_id not in begun and added[key]})
    return days


def _advance(visits_by_day: dict[UUID, int]) -> None:
    """Move the queue counters of known days on."""
    if not visits_by_day:
        return
    db.session.connection().execute(
        sa.update(ReceptionDay)
        .where(ReceptionDay.tenant_id == tenant_scope().tenant_id, ReceptionDay.id == sa.bindparam("of"))
        .values(last_number=ReceptionDay.last_number + sa.bindparam("more")),
        [{"of": day_id, "more": more} for day_id, more in visits_by_day.items()],
    )


def _matters(entries: Sequence["RegisterEntry"], actor: Actor) -> dict[tuple[str, str], UUID]:
    """Find or open the matters the lines name, by (book, name). The name is kept as a hash: it may be a person's."""
    wanted: dict[tuple[str, str], tuple[bytes, date]] = {}
    search = keyring().search
    for entry in entries:
        name = entry.matter.strip().casefold()
        if name and (entry.book, name) not in wanted:
            wanted[entry.book, name] = (keyed_hash(search, f"matter:{entry.book}:{name}"), entry.day_on)
    if not wanted:
        return {}
    known = {
        row.key_hash: row.matter_id
        for row in db.session.execute(
            sa.select(RegisterMatter.key_hash, RegisterMatter.matter_id).where(
                RegisterMatter.key_hash.in_([key_hash for key_hash, _day in wanted.values()])
            )
        )
    }
    fresh = [(key_hash, day) for key_hash, day in wanted.values() if key_hash not in known]
    if fresh:
        opened = open_matters([(Field.OTHER, day) for _key_hash, day in fresh], actor=actor)
        pairs = list(zip((key_hash for key_hash, _day in fresh), opened, strict=True))
        db.session.execute(
            sa.insert(RegisterMatter), [{"key_hash": key_hash, "matter_id": matter_id} for key_hash, matter_id in pairs]
        )
        known |= dict(pairs)
    return {key: known[key_hash] for key, (key_hash, _day) in wanted.items()}


def _visits(
    entries: Sequence["RegisterEntry"],
    receptions: dict[tuple[str, str], UUID],
    days: dict[tuple[UUID, date], tuple[UUID, int]],
    matters: dict[tuple[str, str], UUID],
    actor: Actor,
) -> list[UUID | None]:
    """Write the visits of the lines; return the visit of each line, None for an empty kỳ."""
    prefix = code_prefix(tenant_by_id(tenant_scope().tenant_id))
    last = {key: number for key, (_day, number) in days.items()}
    contents, remarks = _texts(entries)
    rows: list[Row] = []
    made: list[UUID | None] = []
    for place, entry in enumerate(entries):
        if entry.is_empty:
            made.append(None)
            continue
        reception_id = receptions[entry.book, entry.session_key]
        key = (reception_id, entry.day_on)
        last[key] += 1
        rows.append(
            {
                "id": new_id(),
                "reception_id": reception_id,
                "day_id": days[key][0],
                "visited_on": entry.day_on,
                "number": last[key],
                "code": new_code(prefix),
                "people_count": entry.people_count,
                "is_crowd": is_crowd(entry.people_count, crowd_threshold(entry.day_on)),
                "kind": entry.kind.value if entry.kind else None,
                "sealed": is_sealed_kind(entry.kind),
                "content_id": contents[place],
                "matter_id": matters.get((entry.book, entry.matter.strip().casefold())),
                "status": VisitStatus.RECEIVED.value,
                "received_by": entry.chair.value,
                "within_competence": entry.within_competence,
                "was_settled": bool(entry.settled_by),
                "was_guided": bool(entry.guided_document),
                "was_transferred": bool(entry.transferred_document),
                "remarks_id": remarks.get(place),
                "made_by": actor.account_id,
                "version": 1,
            }
        )
        made.append(rows[-1]["id"])
    if rows:
        db.session.execute(sa.insert(Visit), rows, execution_options={"render_nulls": True})
        _people(entries, made)
        for reception_id in sorted({row["reception_id"] for row in rows if row["sealed"]}):
            seal_reception(reception_id)
    return made


def _texts(entries: Sequence["RegisterEntry"]) -> tuple[dict[int, UUID], dict[int, UUID]]:
    """Put contents and remarks into the vault; return their rows by the line's place."""
    contents: dict[int, UUID] = {}
    remarks: dict[int, UUID] = {}
    for sealed in (False, True):
        lines = [
            (place, entry)
            for place, entry in enumerate(entries)
            if not entry.is_empty and is_sealed_kind(entry.kind) is sealed
        ]
        texts = [(contents, place, entry.content.strip()) for place, entry in lines]
        texts += [(remarks, place, text) for place, entry in lines if (text := _remarks(entry).text)]
        stored = store_texts([text for _target, _place, text in texts], sealed=sealed)
        for (target, place, _text), text_id in zip(texts, stored, strict=True):
            target[place] = text_id
    return contents, remarks


def _remarks(entry: "RegisterEntry") -> RegisterRemarks:
    return RegisterRemarks(
        settled_by=entry.settled_by.strip(),
        guided_document=entry.guided_document.strip(),
        transferred_document=entry.transferred_document.strip(),
        result=entry.result.strip(),
        note=entry.note.strip(),
    )


def _people(entries: Sequence["RegisterEntry"], visits: Sequence[UUID | None]) -> None:
    """Put the people of the lines into the vault and beside their visits."""
    rows: list[Row] = []
    for sealed in (False, True):
        listed = [
            (visit_id, position, person, entry)
            for entry, visit_id in zip(entries, visits, strict=True)
            if visit_id is not None and is_sealed_kind(entry.kind) is sealed
            for position, person in enumerate(entry.people, start=1)
        ]
        stored = store_people([person for _visit, _position, person, _entry in listed], sealed=sealed)
        for (visit_id, position, _person, entry), person_id in zip(listed, stored, strict=True):
            stands_for_more = entry.people_count > len(entry.people)
            role = VisitorRole.REPRESENTATIVE if stands_for_more else VisitorRole.VISITOR
            rows.append({"visit_id": visit_id, "person_id": person_id, "role": role.value, "position": position})
    db.session.execute(sa.insert(VisitPerson), rows)
