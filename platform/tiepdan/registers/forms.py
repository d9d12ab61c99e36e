"""Forms of entries: the register's own fields with what the platform needs around them, and why one is struck."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length

from tiepdan.core.errors import Invalid
from tiepdan.formparts.forms import answers_in, bind_form
from tiepdan.formparts.rules import NO, YES, FieldKind, PartField
from tiepdan.registers.rules import RegisterType
from tiepdan.web.forms import Form


class EntryForm(Form):
    """An entry; version: of the one the page was made from, "" for a new one."""

    version = HiddenField()

    @property
    def seen_version(self) -> int | None:
        """Return the version the page was made from."""
        return int(self.version.data) if (self.version.data or "").isdecimal() else None


class StrikeForm(EntryForm):
    """Why an entry is struck."""

    reason = TextAreaField(
        _l("Lý do gạch"),
        [InputRequired(_l("Hãy ghi rõ lý do.")), Length(max=1000)],
        description=_l("Lý do được giữ cùng mục đã gạch, để người sau đọc được."),
        render_kw={"autocomplete": "off"},
    )


def bind_entry(register: RegisterType, values: Mapping[str, object] | None = None, version: int = 0) -> EntryForm:
    """Make the form of an entry, with what was sent or, before that, with what it holds.

    values: as they are kept; version: of the entry, 0 for a new one.
    """
    part = register.part
    held = values or {}
    start = {part.name_of(each): _start(each, held[each.name]) for each in part.schema.fields if each.name in held}
    return bind_form(EntryForm, (part,), version=str(version or ""), **start)


def read_values(form: EntryForm) -> Mapping[str, object]:
    """Return what was answered, by field, of a form that was validated."""
    [answer] = answers_in(form)
    return answer.values


def show_entry_errors(form: EntryForm, register: RegisterType, fault: Invalid) -> None:
    """Put the service's complaints, which go by field, beside the page's fields."""
    names = {each.name: register.part.name_of(each) for each in register.schema.fields}
    form.show_errors(Invalid(fault.message, {names.get(name, name): text for name, text in fault.errors.items()}))


def _start(field: PartField, value: Any) -> Any:  # noqa: ANN401 - as it was kept, perhaps by an earlier version
    match field.kind:
        case FieldKind.BOOLEAN:
            return {True: YES, False: NO}.get(value) if isinstance(value, bool) else None
        case FieldKind.DATE:
            try:
                return date.fromisoformat(value)
            except (TypeError, ValueError):
                return None
        case _:
            return value
