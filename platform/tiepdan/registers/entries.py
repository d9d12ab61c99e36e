"""Write entries of registers: add, change, strike. None is ever deleted; lists are read beside it."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db, new_id
from tiepdan.core.errors import Conflict, Invalid
from tiepdan.core.inserts import insert_row
from tiepdan.core.scope import tenant_scope
from tiepdan.formparts.service import keep_versions
from tiepdan.identity.vault import forget_texts, store_text
from tiepdan.registers.checking import check_values
from tiepdan.registers.models import ENTRIES, RegisterEntry
from tiepdan.registers.reading import EntryView, list_entries, load_entry, read_private, say_number
from tiepdan.registers.rules import RegisterType, split_values
from tiepdan.registers.searching import forget_words, keep_words
from tiepdan.registers.service import open_register

__all__ = ["EntryView", "add_entry", "change_entry", "list_entries", "strike_entry"]

SUBJECT = "register_entry"
SHORTEST_REASON = 5
_LONGEST_NAMES = 80  # what the journal takes as a code


def add_entry(plugin: str, key: str, values: Mapping[str, object], *, actor: Actor, on: date) -> EntryView:
    """Write an entry. values: by field, days as "2024-06-28"; nothing for what was not answered.

    on: the business day. Raises Forbidden, NotFound, Invalid by field; ValueError for a field that is none.
    """
    actor.require("registers.edit")
    register = open_register(plugin, key, actor=actor, on=on)
    kept = check_values(register, values, on)
    public, private = split_values(register.schema, kept)
    title, day = _title_and_day(register, kept)
    entry_id = new_id()
    [version_id] = keep_versions([register.part])
    private_id = _store_private(private)
    year = day.year if register.register.numbered else None
    number = _next_number(plugin, key, day.year) if year else None  # late: the row stays locked until the commit
    row = {
        "id": entry_id, "plugin": plugin, "register_key": key, "version_id": version_id, "entry_on": day,
        "year": year, "number": number, "title": title, "answers": public, "private_id": private_id,
        "made_by": actor.account_id, "version": 1,
    }  # fmt: skip
    insert_row(ENTRIES, row)
    spoken = say_number(year, number)
    keep_words(entry_id, register, title, spoken, public)
    _journal("added", entry_id, plugin, key, actor=actor, number=spoken)
    return EntryView(entry_id, spoken, day, title, public, version_id)


def change_entry(
    entry_id: UUID, values: Mapping[str, object], *, actor: Actor, on: date, seen_version: int | None = None
) -> EntryView:
    """Write an entry anew, in the present version of its register; what only an earlier version asked is kept.

    seen_version: of the entry the page was made from. Raises Forbidden, NotFound, Invalid by field, Conflict when
    somebody was faster or the entry is struck; ValueError for a field that is none.
    """
    actor.require("registers.edit")
    entry = load_entry(entry_id, actor=actor, on=on, lock=True)
    register = open_register(entry.plugin, entry.register_key, actor=actor, on=on)
    _check_open(entry, seen_version)
    kept = check_values(register, values, on)
    title, day = _title_and_day(register, kept)
    if entry.year is not None and day.year != entry.year:
        message = _(
            "Mục số %(number)s thuộc sổ năm %(year)s. Muốn ghi sang năm khác, hãy gạch mục này và ghi mục mới.",
            number=say_number(entry.year, entry.number),
            year=entry.year,
        )
        raise Invalid(message, {register.register.date_field: message})
    before, before_private = entry.answers, read_private(entry)
    present = {each.name for each in register.schema.fields}
    public, private = split_values(register.schema, kept)
    public = {name: value for name, value in before.items() if name not in present} | public
    private = {name: value for name, value in before_private.items() if name not in present} | private
    changed = _changed_names({**before, **before_private}, {**public, **private})
    forgotten = entry.private_id if private != before_private else None
    private_id = entry.private_id if private == before_private else _store_private(private)
    [version_id] = keep_versions([register.part])
    entry.version_id, entry.entry_on, entry.title = version_id, day, title
    entry.answers, entry.private_id = public, private_id
    entry.changed_by, entry.changed_at, entry.version = actor.account_id, sa.func.now(), entry.version + 1
    db.session.flush()
    if forgotten is not None:
        forget_texts([forgotten])
    number = say_number(entry.year, entry.number)
    forget_words(entry.id)
    keep_words(entry.id, register, title, number, public)
    _journal(
        "changed", entry.id, entry.plugin, entry.register_key, actor=actor, changed=len(changed), fields=_cut(changed)
    )
    return EntryView(entry.id, number, day, title, public, entry.version_id)


def strike_entry(entry_id: UUID, reason: str, *, actor: Actor, on: date, seen_version: int | None = None) -> None:
    """Strike an entry (gạch): it stays readable with the reason, and leaves lists and counts.

    Raises Forbidden, NotFound, Invalid without a reason, Conflict when somebody was faster or it is struck already.
    """
    actor.require("registers.edit")
    entry = load_entry(entry_id, actor=actor, on=on, lock=True)
    _check_open(entry, seen_version)
    if len(reason.strip()) < SHORTEST_REASON:
        message = _("Hãy ghi lý do gạch mục này (ít nhất %(count)d ký tự).", count=SHORTEST_REASON)
        raise Invalid(message, {"reason": message})
    reason_id = store_text(reason.strip())  # writes what waits, so the entry is changed after it
    entry.struck_on, entry.struck_by, entry.struck_reason_id = on, actor.account_id, reason_id
    entry.version += 1
    db.session.flush()
    _journal("struck", entry.id, entry.plugin, entry.register_key, actor=actor)


_NEXT_NUMBER = sa.text("""
INSERT INTO register_number AS counter (tenant_id, plugin, register_key, year, last_number)
VALUES (:tenant_id, :plugin, :key, :year, 1)
ON CONFLICT (tenant_id, plugin, register_key, year) DO UPDATE SET last_number = counter.last_number + 1
RETURNING last_number
""")


def _next_number(plugin: str, key: str, year: int) -> int:
    row = {"tenant_id": tenant_scope().tenant_id, "plugin": plugin, "key": key, "year": year}
    number: int = db.session.connection().scalar(_NEXT_NUMBER, row)
    return number


def _check_open(entry: RegisterEntry, seen_version: int | None) -> None:
    if entry.struck_on is not None:
        raise Conflict(_("Mục này đã bị gạch nên không sửa được nữa; hãy ghi mục mới."))
    if seen_version is not None and seen_version != entry.version:
        raise Conflict(_("Mục này vừa được người khác sửa. Hãy mở lại mục để xem bản mới rồi sửa tiếp."))


def _title_and_day(register: RegisterType, kept: Mapping[str, object]) -> tuple[str, date]:
    return str(kept[register.register.title_field]), date.fromisoformat(str(kept[register.register.date_field]))


def _store_private(private: Mapping[str, object]) -> UUID | None:
    return store_text(json.dumps(dict(private), ensure_ascii=False)) if private else None


def _changed_names(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))


def _cut(names: Sequence[str]) -> str:
    """List names of fields as far as the journal takes them; how many there are is said beside it."""
    text = ""
    for name in names:
        longer = f"{text},{name}" if text else name
        if len(longer) > _LONGEST_NAMES:
            break
        text = longer
    return text


def _journal(deed: str, entry: UUID, plugin: str, key: str, *, actor: Actor, **more: int | str) -> None:
    detail = {"plugin": plugin, "register": key, **more}
    record_event(f"{SUBJECT}.{deed}", actor=actor, subject_type=SUBJECT, subject_id=entry, detail=detail)
