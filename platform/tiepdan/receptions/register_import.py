"""Bring a register workbook into the tenant in scope: validate everything, then write what is good.

An edge, like a command or a job: it opens its own transactions, one per chunk, or one for all.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from itertools import batched
from pathlib import Path

from flask_babel import gettext as _

from tiepdan.core.actor import Actor
from tiepdan.core.db import transaction
from tiepdan.core.scope import tenant_scope
from tiepdan.receptions.register_cells import Fault, ReadRow
from tiepdan.receptions.register_columns import PLAIN, Column, RegisterMapping
from tiepdan.receptions.registers import CHUNK, RegisterEntry, RegisterWritten, write_register
from tiepdan.receptions.workbook import RegisterWorkbook
from tiepdan.receptions.workbook_copy import write_annotated_copy
from tiepdan.tenancy.service import tenant_by_id

REMEMBERED = 20_000  # good rows kept in memory between validating and writing; a longer file is read twice

type Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import did. rows: rows that say something; faults: by row number; copy: the annotated workbook."""

    book: str
    rows: int
    written: int
    visits: int
    receptions: int
    unchanged: int
    changed: int
    faults: dict[int, tuple[Fault, ...]]
    copy: Path | None

    @property
    def ok(self) -> bool:
        """Say whether every row is in the register now."""
        return not self.faults


def import_register(
    path: Path,
    *,
    actor: Actor,
    on: date,
    mapping: RegisterMapping = PLAIN,
    book: str = "",
    all_or_nothing: bool = False,
    progress: Progress | None = None,
) -> ImportOutcome:
    """Read, validate and write a register workbook.

    on: the business day; later lines are faults. all_or_nothing: one faulty row keeps everything out.
    progress: told ("validated" or "written", rows so far) after every chunk.
    Raises Forbidden, and Invalid when the file is no register at all. Call it outside a transaction.
    """
    actor.require("registers.import")
    tenant = tenant_by_id(tenant_scope().tenant_id)
    workbook = RegisterWorkbook(path, tenant, on=on, mapping=mapping, book=book)
    faults: dict[int, tuple[Fault, ...]] = {}
    good: list[tuple[int, RegisterEntry]] | None = []
    rows = 0
    for read in workbook.rows():
        rows += 1
        if read.entry is None:
            faults[read.row] = read.faults
        elif good is not None:
            good.append((read.row, read.entry))
            good = good if len(good) <= REMEMBERED else None
        if progress is not None and rows % CHUNK == 0:
            progress("validated", rows)
    total = RegisterWritten()
    if not (all_or_nothing and faults):
        lines = good if good is not None else _good(workbook.rows())
        total, changed = _write(lines, actor=actor, on=on, at_once=all_or_nothing, progress=progress)
        faults |= changed
    copy = write_annotated_copy(path, workbook.layout, dict(sorted(faults.items()))) if faults else None
    return ImportOutcome(
        workbook.layout.book, rows, total.written, total.visits, total.receptions, total.unchanged,
        len(total.changed), dict(sorted(faults.items())), copy,
    )  # fmt: skip


def _good(rows: Iterable[ReadRow]) -> Iterator[tuple[int, RegisterEntry]]:
    return ((read.row, read.entry) for read in rows if read.entry is not None)


def _write(
    lines: Iterable[tuple[int, RegisterEntry]], *, actor: Actor, on: date, at_once: bool, progress: Progress | None
) -> tuple[RegisterWritten, dict[int, tuple[Fault, ...]]]:
    """Write good lines chunk by chunk; return what was done, and a fault for each line that differs from its record."""
    total = RegisterWritten()
    changed: dict[int, tuple[Fault, ...]] = {}
    done = 0
    with transaction() if at_once else nullcontext():
        for part in batched(lines, CHUNK, strict=False):
            with nullcontext() if at_once else transaction():
                written = write_register([entry for _row, entry in part], actor=actor, on=on)
            total += written
            rows = {(entry.book, entry.year, entry.number): row for row, entry in part}
            for identity in written.changed:
                message = _("Dòng này đã nhập trước đây với nội dung khác; bản đã nhập được giữ nguyên.")
                changed[rows[identity]] = (Fault(Column.NUMBER, message),)
            done += len(part)
            if progress is not None:
                progress("written", done)
    return total, changed
