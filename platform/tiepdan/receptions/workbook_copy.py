"""The annotated copy of a register workbook: faulty cells red, and a column that says what to correct."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from flask_babel import gettext as _
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from tiepdan.receptions.register_cells import Fault
from tiepdan.receptions.workbook import Layout, open_workbook

KEPT_WHOLE = 20_000  # rows up to which the copy keeps widths, styles and other sheets; longer ones are streamed
_RED = PatternFill("solid", fgColor="F8CBAD")
_BOLD = Font(bold=True, color="9C0006")
_WRAP = Alignment(wrap_text=True, vertical="top")

type Faults = Mapping[int, Sequence[Fault]]


def copy_path(path: Path) -> Path:
    """Return where the annotated copy of a workbook stands: so.xlsx beside so.loi.xlsx."""
    return path.with_name(f"{path.stem}.loi.xlsx")


def write_annotated_copy(path: Path, layout: Layout, faults: Faults) -> Path:
    """Write the copy beside the workbook and return its path. faults: by row number."""
    target = copy_path(path)
    if max(faults, default=0) <= KEPT_WHOLE and _rows_in(path, layout) <= KEPT_WHOLE:
        _mark_whole(path, target, layout, faults)
    else:
        _stream(path, target, layout, faults)
    return target


def heading() -> str:
    """Return the heading of the added column."""
    return str(_("Lỗi cần sửa"))


def _rows_in(path: Path, layout: Layout) -> int:
    with open_workbook(path) as workbook:
        return workbook[layout.sheet].max_row or KEPT_WHOLE + 1


def _mark_whole(path: Path, target: Path, layout: Layout, faults: Faults) -> None:
    workbook = openpyxl.load_workbook(path)
    sheet = workbook[layout.sheet]
    place = layout.width + 1
    for at in range(1, layout.width + 1):  # a copy that was corrected and came back has the column already
        if sheet.cell(layout.header_row, at).value == heading():
            place = at
    for cells in sheet.iter_rows(min_row=layout.header_row + 1):
        for cell in cells:
            if cell.fill.fgColor.rgb == _RED.fgColor.rgb:
                cell.fill = PatternFill()
            if cell.column == place:
                cell.value = None
    head = sheet.cell(layout.header_row, place, heading())
    head.font = _BOLD
    sheet.column_dimensions[head.column_letter].width = 60
    for marked, found in faults.items():
        note = sheet.cell(marked, place, _text(found))
        note.font, note.alignment = _BOLD, _WRAP
        for fault in found:
            index = layout.places.get(fault.column) if fault.column else None
            (sheet.cell(marked, index + 1) if index is not None else note).fill = _RED
    workbook.save(target)
    workbook.close()


def _stream(path: Path, target: Path, layout: Layout, faults: Faults) -> None:
    copied = openpyxl.Workbook(write_only=True)
    written = copied.create_sheet(layout.sheet)
    with open_workbook(path) as workbook:
        rows = workbook[layout.sheet].iter_rows()
        for number, cells in enumerate(rows, start=1):
            line = [_copy(written, cell) for cell in cells]
            line += [None] * (layout.width - len(line))
            found = faults.get(number, ())
            if number == layout.header_row or found:
                note = WriteOnlyCell(written, heading() if number == layout.header_row else _text(found))
                note.font = _BOLD
                line.append(note)
            for fault in found:
                at = layout.places.get(fault.column) if fault.column else None
                if at is not None:
                    cell = line[at] or WriteOnlyCell(written, None)
                    cell.fill = _RED
                    line[at] = cell
            written.append(line)
    copied.save(target)


def _copy(sheet: Any, cell: Any) -> Any:  # noqa: ANN401 - openpyxl has no types
    if cell.value is None:
        return None
    copied = WriteOnlyCell(sheet, cell.value)
    if isinstance(cell.value, str):
        copied.data_type = "s"  # a text that begins with "=" stays a text
    copied.number_format = cell.number_format
    return copied


def _text(faults: Sequence[Fault]) -> str:
    return " ".join(fault.message for fault in faults)
