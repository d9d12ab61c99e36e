"""Read a register workbook row by row: it is streamed, so a hundred thousand rows cost as much each as ten."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl
from flask_babel import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from tiepdan.core.errors import Invalid
from tiepdan.receptions.former_units import former_names
from tiepdan.receptions.register_cells import Fault, Reader, ReadRow
from tiepdan.receptions.register_columns import (
    HEADINGS,
    PLAIN,
    Column,
    RegisterMapping,
    fold,
    match_headings,
    missing_columns,
)
from tiepdan.receptions.rules import Duty
from tiepdan.receptions.workbook_size import check_unzipped_size
from tiepdan.sdk import Branch
from tiepdan.tenancy.service import TenantView

LOOKED_AT = 30  # rows in which the headings are looked for
ENOUGH = 6  # headings that make a row the row of headings


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in a workbook. header_row: 1 is the first row; places: column → index of its cell."""

    sheet: str
    book: str
    header_row: int
    places: dict[Column, int]
    width: int


class RegisterWorkbook:
    """A workbook of one register. Every pass over `rows` reads the file anew."""

    def __init__(
        self,
        path: Path,
        tenant: TenantView,
        *,
        on: date,
        mapping: RegisterMapping = PLAIN,
        book: str = "",
    ) -> None:
        """Find the headings; raise Invalid when this is too large or no register, naming what is missing.

        book: the book's name; otherwise the mapping's, otherwise the sheet's.
        """
        check_unzipped_size(path)
        self.path = path
        self.mapping = mapping
        self.layout = self._find_headings(book)
        names = [tenant.name, tenant.short_name]
        if Column.BODY in self.layout.places:  # a register that several bodies share, or an old one
            names += former_names(tenant, on)
        duties = frozenset(Duty) if tenant.branch is Branch.PARTY else frozenset({Duty.STATE})
        self.reader = Reader(self.layout.book, mapping, duties, frozenset(map(fold, names)), on)

    def rows(self) -> Iterator[ReadRow]:
        """Read the rows; contradictions between rows (a repeated STT, an "empty" kỳ with visitors) are faults too."""
        seen: dict[tuple[int, int], int] = {}
        empty: dict[str, int] = {}
        visited: dict[str, int] = {}
        for number, cells in self.cells():
            read = self.reader.read(number, cells)
            entry = read.entry
            if entry is None:
                yield read
                continue
            fault = None
            earlier = seen.setdefault((entry.year, entry.number), number)
            if earlier != number:
                fault = Fault(Column.NUMBER, _("STT %(number)d năm %(year)d đã có ở dòng %(row)d.",
                                               number=entry.number, year=entry.year, row=earlier))  # fmt: skip
            day = f"{entry.session_key}|{entry.day_on}"
            other = visited.get(day) if entry.is_empty else empty.get(day)
            if fault is None and other is not None:
                fault = Fault(
                    Column.PERSON, _("Trái với dòng %(row)d: cùng kỳ mà chỗ có, chỗ không có người đến.", row=other)
                )  # fmt: skip
            (empty if entry.is_empty else visited).setdefault(day, number)
            yield ReadRow(number, None, (fault,)) if fault else read

    def cells(self) -> Iterator[tuple[int, dict[Column, object]]]:
        """Yield (row number, cells by column) of every row that says something."""
        first = self.layout.header_row + 1
        with open_workbook(self.path) as workbook:
            rows = workbook[self.layout.sheet].iter_rows(min_row=first, values_only=True)
            for number, values in enumerate(rows, start=first):
                cells = {column: values[at] for column, at in self.layout.places.items() if at < len(values)}
                if all(value is None or value == "" for value in cells.values()) or _numbers_columns(values):
                    continue
                yield number, cells

    def _find_headings(self, book: str) -> Layout:
        with open_workbook(self.path) as workbook:
            name = self.mapping.sheet or workbook.sheetnames[0]
            if name not in workbook.sheetnames:
                raise Invalid(_("Tệp không có trang “%(sheet)s”.", sheet=name))
            sheet = workbook[name]
            best: tuple[int, dict[Column, int], int] = (0, {}, 0)
            rows = islice(sheet.iter_rows(values_only=True), self.mapping.header_row or LOOKED_AT)
            for number, values in enumerate(rows, start=1):
                places = match_headings(values, self.mapping)
                if self.mapping.header_row not in (None, number):
                    continue
                if len(places) > len(best[1]):
                    best = (number, places, len(values))
        header_row, places, width = best
        missing = missing_columns(places, self.mapping)
        if len(places) < ENOUGH or missing:
            named = ", ".join(f"“{HEADINGS[column]}”" for column in missing)
            raise Invalid(
                _("Không thấy đủ cột của sổ tiếp công dân; thiếu %(columns)s. Tiêu đề khác thì khai tệp ánh xạ.",
                  columns=named),
                {column.value: str(_("Thiếu cột.")) for column in missing},
            )  # fmt: skip
        return Layout(name, book or self.mapping.book or name, header_row, places, width)


@contextmanager
def open_workbook(path: Path) -> Iterator[Any]:
    """Open a workbook whose size was checked for streaming; raise Invalid for a file that is none."""
    try:
        workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise Invalid(_("Không mở được %(name)s như một tệp Excel (.xlsx).", name=path.name)) from error
    try:
        yield workbook
    finally:
        workbook.close()


def _numbers_columns(values: Sequence[object]) -> bool:
    """Say whether a row only numbers the columns, as forms do: (1), (2), (3)."""
    said = [str(value).strip("() ") for value in values if value is not None]
    return len(said) >= ENOUGH and said[:ENOUGH] == [str(number) for number in range(1, ENOUGH + 1)]
