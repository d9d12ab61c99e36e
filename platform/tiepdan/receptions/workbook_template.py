"""Write a register as a workbook in the layout that `tiepdan import register` reads."""

from collections.abc import Callable, Iterable
from pathlib import Path

import xlsxwriter

from tiepdan.receptions.register_columns import HEADINGS, WRITTEN, Column
from tiepdan.receptions.registers import RegisterEntry
from tiepdan.receptions.rules import Duty, ReceivedBy, ReceptionForm
from tiepdan.sdk import PetitionKind

_WIDTHS = {Column.PERSON: 34, Column.CONTENT: 50, Column.KIND: 18, Column.CHAIR: 30, Column.RESULT: 24}
_KINDS = {
    PetitionKind.COMPLAINT: "khiếu nại",
    PetitionKind.DENUNCIATION: "tố cáo",
    PetitionKind.PROPOSAL: "kiến nghị",
    PetitionKind.FEEDBACK: "phản ánh",
}
_FORMS = {
    ReceptionForm.PERIODIC: "định kỳ",
    ReceptionForm.EXTRAORDINARY: "đột xuất",
    ReceptionForm.REGULAR: "thường xuyên",
}
_DUTIES = {Duty.PARTY: "đảng", Duty.STATE: "nhà nước"}
_CHAIRS = {
    ReceivedBy.HEAD: "Người đứng đầu",
    ReceivedBy.SUBSTITUTE: "Ủy quyền",
    ReceivedBy.DESK: "Cán bộ tiếp dân",
}


def write_register_workbook(
    path: Path, rows: Iterable[RegisterEntry], *, title: str = "Sổ tiếp công dân", sheet: str = "Sổ tiếp công dân"
) -> int:
    """Write lines as a workbook, streamed, and return how many. sheet: becomes the book's name on import."""
    workbook = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    page = workbook.add_worksheet(sheet)
    head = workbook.add_format({"bold": True, "text_wrap": True, "border": 1, "align": "center", "valign": "vcenter"})
    day = workbook.add_format({"num_format": "dd/mm/yyyy"})
    for at, column in enumerate(WRITTEN):
        page.set_column(at, at, _WIDTHS.get(column, 14))
    page.write(0, 0, title.upper(), workbook.add_format({"bold": True, "font_size": 14}))
    page.write_row(2, 0, [HEADINGS[column] for column in WRITTEN], head)
    page.write_row(3, 0, [f"({number})" for number in range(1, len(WRITTEN) + 1)], head)
    page.freeze_panes(4, 0)
    count = 0
    for count, entry in enumerate(rows, start=1):
        for at, column in enumerate(WRITTEN):
            if column is Column.DAY:
                page.write_datetime(3 + count, at, entry.day_on, day)
                continue
            value = _cell(entry, column)
            if value != "":
                page.write(3 + count, at, value) if isinstance(value, int) else page.write_string(3 + count, at, value)
    workbook.close()
    return count


def _cell(entry: RegisterEntry, column: Column) -> str | int:
    match column:
        case Column.NUMBER:
            return entry.number
        case Column.PERSON:
            return "; ".join(", ".join(filter(None, (person.full_name, person.address))) for person in entry.people)
        case Column.IDENTITY:
            return "; ".join(person.id_number for person in entry.people if person.id_number)
        case Column.CONTENT:
            return entry.content
        case Column.KIND:
            return _KINDS[entry.kind] if entry.kind else ""
        case Column.PEOPLE:
            return entry.people_count if entry.people else ""
        case Column.COMPETENT:
            return "x" if entry.within_competence else ""
        case Column.CHAIR:
            who = _CHAIRS[entry.chair]
            return f"{who}: {entry.chair_name}" if entry.chair_name else who
        case Column.FORM:
            return _FORMS[entry.form]
        case Column.DUTY:
            return _DUTIES[entry.duty]
        case _:
            return _FREE[column](entry)


_FREE: dict[Column, Callable[[RegisterEntry], str]] = {
    Column.SETTLED_BY: lambda entry: entry.settled_by,
    Column.GUIDED: lambda entry: entry.guided_document,
    Column.TRANSFERRED: lambda entry: entry.transferred_document,
    Column.RESULT: lambda entry: entry.result,
    Column.NOTE: lambda entry: entry.note,
    Column.SESSION: lambda entry: entry.session,
    Column.MATTER: lambda entry: entry.matter,
}
