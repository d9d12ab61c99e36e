"""Write the lines of a kept register (sổ tiếp công dân) as receptions and visits of the past, in bulk.

Reading workbooks is somebody else's work; here a line is a value. A line's identity is (tenant, book, year,
number): written again it changes nothing. The cost of a line does not depend on how many are there already.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import batched

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.crypto import keyed_hash
from tiepdan.core.db import db
from tiepdan.core.errors import Invalid
from tiepdan.identity.keys import keyring
from tiepdan.identity.vault import PersonDetails
from tiepdan.receptions.models import RegisterRow
from tiepdan.receptions.register_rows import write_lines
from tiepdan.receptions.rules import Duty, ReceivedBy, ReceptionForm
from tiepdan.sdk import PetitionKind

CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One line of a register: a visit, or a kỳ nobody came to (no people).

    book, year, number: its identity; number is the line's STT.
    session: which kỳ of the year it belongs to, as the register names it; lines that agree in it, in year, duty
        and form are one reception, whatever their days.
    chair: who received on that line; chair_name: the official.
    people: who came, the first one leads; people_count: column 7, at least those named.
    matter: a name for the matter within the book; lines that agree in it are one matter. Empty: a matter of
        its own, which is counted but not opened.
    """

    book: str
    year: int
    number: int
    day_on: date
    session: str
    duty: Duty
    form: ReceptionForm
    chair: ReceivedBy
    chair_name: str = ""
    place: str = ""
    people: Sequence[PersonDetails] = ()
    people_count: int = 1
    content: str = ""
    kind: PetitionKind | None = None
    settled_by: str = ""
    within_competence: bool | None = None
    guided_document: str = ""
    transferred_document: str = ""
    result: str = ""
    note: str = ""
    matter: str = ""

    @property
    def is_empty(self) -> bool:
        """Say whether the line is a kỳ without visitors."""
        return not self.people

    @property
    def session_key(self) -> str:
        """Name the reception within the book."""
        return f"{self.year}|{self.duty.value}|{self.form.value}|{self.session.strip().casefold()}"

    @property
    def digest(self) -> bytes:
        """Digest of everything the line says, to see whether it was changed since.

        Keyed by the tenant: a line names people, who could be guessed from a plain hash outside the vault.
        """
        said = json.dumps(asdict(self), default=str, sort_keys=True, ensure_ascii=False)
        return keyed_hash(keyring().search, f"register-line:{said}")


@dataclass(frozen=True, slots=True)
class RegisterWritten:
    """What a run did. changed: lines that are there with other words; they were left as they are."""

    written: int = 0
    visits: int = 0
    receptions: int = 0
    unchanged: int = 0
    changed: tuple[tuple[str, int, int], ...] = field(default=())

    def __add__(self, other: "RegisterWritten") -> "RegisterWritten":
        return RegisterWritten(
            self.written + other.written,
            self.visits + other.visits,
            self.receptions + other.receptions,
            self.unchanged + other.unchanged,
            self.changed + other.changed,
        )


def write_register(entries: Iterable[RegisterEntry], *, actor: Actor, on: date, chunk: int = CHUNK) -> RegisterWritten:
    """Write lines that are not there yet; see `written_in_chunks` to follow the progress.

    on: the business day; a line of a later day is refused. Nothing is committed here.
    Raises Forbidden, Invalid with the faults by "<book>/<year>/<number>".
    """
    total = RegisterWritten()
    for part in written_in_chunks(entries, actor=actor, on=on, chunk=chunk):
        total += part
    return total


def written_in_chunks(
    entries: Iterable[RegisterEntry], *, actor: Actor, on: date, chunk: int = CHUNK
) -> Iterator[RegisterWritten]:
    """Write lines chunk by chunk and say after each what it did."""
    actor.require("registers.import")
    for part in batched(entries, chunk, strict=False):
        yield _write_chunk(part, actor=actor, on=on)


def _write_chunk(entries: Sequence[RegisterEntry], *, actor: Actor, on: date) -> RegisterWritten:
    _check(entries, on)
    known = _known(entries)
    new, unchanged, changed = [], 0, []
    for entry in entries:
        identity = (entry.book, entry.year, entry.number)
        if identity not in known:
            new.append(entry)
        elif known[identity] == entry.digest:
            unchanged += 1
        else:
            changed.append(identity)
    receptions = write_lines(new, actor=actor) if new else 0
    visits = sum(not entry.is_empty for entry in new)
    if new:
        record_event(
            "register.written",
            actor=actor,
            subject_type="register",
            detail={"lines": len(new), "visits": visits, "receptions": receptions},
        )
    return RegisterWritten(len(new), visits, receptions, unchanged, tuple(changed))


def _known(entries: Sequence[RegisterEntry]) -> dict[tuple[str, int, int], bytes]:
    """Return the digests of the lines that are there, by identity."""
    books: dict[tuple[str, int], list[int]] = {}
    for entry in entries:
        books.setdefault((entry.book, entry.year), []).append(entry.number)
    known: dict[tuple[str, int, int], bytes] = {}
    for (book, year), numbers in books.items():
        rows = db.session.execute(
            sa.select(RegisterRow.number, RegisterRow.row_hash).where(
                RegisterRow.book == book,
                RegisterRow.year == year,
                RegisterRow.number.between(min(numbers), max(numbers)),  # a range of the index, not a list to search
            )
        )
        known |= {(book, year, row.number): row.row_hash for row in rows}
    return known


def _check(entries: Sequence[RegisterEntry], on: date) -> None:
    """Refuse lines that contradict themselves; the reader has said the same earlier, with the cell."""
    errors: dict[str, str] = {}
    seen: set[tuple[str, int, int]] = set()
    for entry in entries:
        identity = (entry.book, entry.year, entry.number)
        fault = _fault(entry, on, repeated=identity in seen)
        seen.add(identity)
        if fault:
            errors[f"{entry.book}/{entry.year}/{entry.number}"] = fault
    if errors:
        raise Invalid(_("Sổ có %(count)d dòng chưa đúng.", count=len(errors)), errors)


def _fault(entry: RegisterEntry, on: date, *, repeated: bool) -> str | None:
    if repeated:
        return str(_("Số thứ tự bị lặp trong sổ."))
    if entry.day_on > on:
        return str(_("Ngày tiếp ở sau hôm nay."))
    if not entry.session.strip():
        return str(_("Thiếu kỳ tiếp."))
    if (entry.form is ReceptionForm.REGULAR) != (entry.chair is ReceivedBy.DESK):
        return str(
            _("Tiếp thường xuyên do cán bộ tiếp; tiếp định kỳ, đột xuất do người đứng đầu hoặc người được ủy quyền.")
        )
    if entry.is_empty:
        return None
    if not entry.people[0].full_name.strip() or not entry.content.strip():
        return str(_("Thiếu họ tên hoặc nội dung."))
    if entry.people_count < len(entry.people):
        return str(_("Số người ít hơn số người ghi tên."))
    return None
