"""The entries of a register as a workbook (.xlsx): what is private, and what is struck, stays in the book."""

from collections.abc import Iterable, Mapping
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from tiepdan.audit.service import Detail, record_event
from tiepdan.core.actor import Actor
from tiepdan.core.errors import Invalid
from tiepdan.extensions.bilingual import in_language
from tiepdan.formparts.rules import FieldKind, PartField, PartSchema
from tiepdan.registers.filtering import Where
from tiepdan.registers.presenting import say_field
from tiepdan.registers.reading import EntryView, page_of_entries, versions_kept
from tiepdan.registers.rules import RegisterType
from tiepdan.web.workbooks import begin_workbook

SUBJECT = "plugin_register"
MOST_EXPORTED = 20_000
_AT_ONCE = 1_000
_LONGEST_SHEET = 31
_NOT_IN_A_SHEETS_NAME = str.maketrans("[]:*?/\\'", "        ")
_WIDTHS = {FieldKind.LINE: 34, FieldKind.TEXT: 50, FieldKind.CHOICE: 22}


def export_entries(
    register: RegisterType,
    *,
    actor: Actor,
    first: date | None = None,
    last: date | None = None,
    where: Where | None = None,
    search: str = "",
    struck: bool = False,
) -> bytes:
    """Write the entries of a list as a workbook; the export is journalled with their number.

    Raises Forbidden; Invalid when there are more than anybody would read.
    """
    actor.require("registers.export")
    entries: list[EntryView] = []
    cursor: str | None = None
    while True:
        page = page_of_entries(
            register, first=first, last=last, where=where, search=search, struck=struck, cursor=cursor, size=_AT_ONCE
        )
        entries += page.items
        cursor = page.next_cursor
        if cursor is None:
            break
        if len(entries) >= MOST_EXPORTED:
            raise Invalid(_("Có hơn %(most)s mục; hãy lọc theo năm rồi xuất từng năm.", most=MOST_EXPORTED))
    detail: Detail = {"plugin": register.plugin, "register": register.register.key, "entries": len(entries)}
    record_event(f"{SUBJECT}.exported", actor=actor, subject_type=SUBJECT, detail=detail)
    return _write(register, entries, versions_kept(register))


def _write(register: RegisterType, entries: Iterable[EntryView], versions: Mapping[UUID, PartSchema]) -> bytes:
    buffer = BytesIO()
    book = begin_workbook(buffer)
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#DCE6F1"})
    formats = {
        "text": book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
        "number": book.add_format({"border": 1, "valign": "top"}),
        "day": book.add_format({"border": 1, "num_format": "dd/mm/yyyy", "valign": "top"}),
    }
    title = in_language(register.register.title)
    sheet = book.add_worksheet(" ".join(title.translate(_NOT_IN_A_SHEETS_NAME).split())[:_LONGEST_SHEET] or None)
    fields = register.public_fields
    at = 1 if register.register.numbered else 0
    if at:
        sheet.write_string(0, 0, _("Số"), head)
    for column, field in enumerate(fields, start=at):
        sheet.write_string(0, column, in_language(field.label), head)
        sheet.set_column(column, column, _WIDTHS.get(field.kind, 14))
    sheet.freeze_panes(1, 0)
    for row, entry in enumerate(entries, start=1):
        if at:
            sheet.write_string(row, 0, entry.number, formats["text"])
        for column, field in enumerate(fields, start=at):
            _write_cell(sheet, (row, column), field, entry, versions[entry.version_id], formats)
    book.set_properties({"title": title})
    book.close()
    return buffer.getvalue()


def _write_cell(
    sheet: Any,  # noqa: ANN401 - XlsxWriter has no types
    place: tuple[int, int],
    field: PartField,
    entry: EntryView,
    version: PartSchema,
    formats: Mapping[str, Any],
) -> None:
    value = entry.values.get(field.name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(*place, value, formats["number"])
    elif isinstance(value, str) and field.kind is FieldKind.DATE and _is_day(value):
        sheet.write_datetime(*place, date.fromisoformat(value), formats["day"])
    else:
        sheet.write_string(*place, say_field(version, field.name, entry.values), formats["text"])


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).year >= 1900  # a workbook knows no earlier day
    except ValueError:
        return False
