"""Fields made from plugins' schemas: added to a form of the platform once per set of forms, not per request."""

from datetime import date
from functools import lru_cache
from math import isfinite
from typing import Any, ClassVar, cast

from flask import request
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, FloatField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from tiepdan.extensions.bilingual import in_language
from tiepdan.extensions.settings import say_fault
from tiepdan.formparts.rules import KIND, NO, YES, Answer, FieldKind, Part, PartField, asked_fields
from tiepdan.web.forms import Form

PREFIX = "x-"
_OFF = {"autocomplete": "off"}


class _Wanted:
    """Mark a field as required; whether it is asked at all depends on other fields, so the form checks it."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, form: object, field: object) -> None:
        """Let everything pass."""


class ExtendedForm(Form):
    """A form of the platform with the fields of plugins in it."""

    parts: ClassVar[tuple[Part, ...]] = ()
    answers: tuple[Answer, ...] = ()

    def validate(self, *arguments: object, **options: object) -> bool:
        """Check the platform's fields, then what was answered to plugins; keep the answers."""
        good: bool = super().validate(*arguments, **options)
        answers = []
        for part in self.parts:
            values, errors = read_part(part, self)
            for name, message in errors.items():
                self[name].errors = [*self[name].errors, message]
                good = False
            answers.append(Answer(part, values))
        if any(name.startswith(PREFIX) and name not in self for name in request.form):
            self.form_errors.append(_("Một phần của biểu mẫu đã thay đổi khi bạn đang nhập; hãy xem lại rồi lưu."))
            good = False
        self.answers = tuple(answers)
        return good


@lru_cache(maxsize=512)
def extend_form(base: type[Form], parts: tuple[Part, ...], locale: str) -> type[Form]:
    """Return a form with the fields of plugins added, their words in one language."""
    fields: dict[str, object] = {**fields_of(parts, locale), "parts": parts}
    return type(f"Extended{base.__name__}", (ExtendedForm, base), fields)


def bind_form[F: Form](base: type[F], parts: tuple[Part, ...], **start: object) -> F:
    """Read what was sent into a form of the platform, with the fields of plugins. start: of its own fields."""
    any_base: Any = base
    extended = cast("type[F]", extend_form(any_base, parts, str(get_locale())))  # a subclass of both
    return extended(**start)


def answers_in(form: Form) -> tuple[Answer, ...]:
    """Return the checked answers of a form that was validated."""
    return form.answers if isinstance(form, ExtendedForm) else ()


def blank_form(parts: tuple[Part, ...], locale: str) -> PlainForm:
    """Make an empty form of nothing but plugins' fields, to be drawn once per language."""
    return type("BlankForm", (PlainForm,), fields_of(parts, locale))(formdata=None)


def fields_of(parts: tuple[Part, ...], locale: str) -> dict[str, Field]:
    """Make the fields of several forms by their names on the page."""
    return {part.name_of(each): _field(each, locale) for part in parts for each in part.schema.fields}


def read_part(part: Part, form: Form) -> tuple[dict[str, object], dict[str, str]]:
    """Return the answers to one form, and what is wrong with them by the field's name on the page.

    What was typed into a field whose condition does not hold is left out: it was not asked.
    """
    kind = str(form[KIND].data or "") if KIND in form else ""
    data = {each.name: form[part.name_of(each)].data for each in part.schema.fields}
    values: dict[str, object] = {}
    errors: dict[str, str] = {}
    for each in asked_fields(part.schema, kind, data):
        name = part.name_of(each)
        value = _value_of(each, data[each.name])
        if form[name].errors:
            continue  # it could not be read, which is said already
        if value is None:
            if each.required:
                errors[name] = _("Mục này cần được điền.")
            continue
        fault = next(each.validator.iter_errors(value), None)
        if fault is not None:
            errors[name] = say_fault(fault)
        elif isinstance(value, float) and not isfinite(value):  # "nan" and "1e999" are floats too
            errors[name] = _("Hãy ghi một số.")
        else:
            values[each.name] = value
    return values, errors


def _value_of(each: PartField, data: Any) -> object:  # noqa: ANN401 - what WTForms read
    """Return a value as it is kept in JSON; None for nothing."""
    if each.kind is FieldKind.BOOLEAN:
        return {YES: True, NO: False}.get(data)
    if isinstance(data, date):
        return data.isoformat()
    if isinstance(data, str):
        return data.strip() or None
    return data


def _field(each: PartField, locale: str) -> Field:
    options: dict[str, Any] = {
        "label": in_language(each.label, locale),
        "description": in_language(each.help, locale) if each.help else "",
        "validators": [_Wanted(), Optional()] if each.required else [Optional()],
    }
    nothing = SelectChoice("", _l("Chưa ghi"))
    match each.kind:
        case FieldKind.BOOLEAN:
            choices = [SelectChoice(YES, _l("Có")), SelectChoice(NO, _l("Không"))]
            return RadioField(choices=choices if each.required else [*choices, nothing], **_start(each), **options)
        case FieldKind.CHOICE:
            choices = [SelectChoice(value, in_language(words, locale)) for value, words in each.choices]
            return SelectField(choices=[nothing, *choices], default="", **options)
        case FieldKind.DATE:
            return DateField(**options)
        case FieldKind.INTEGER:
            return IntegerField(render_kw={**_OFF, "inputmode": "numeric"}, **options)
        case FieldKind.NUMBER:
            return FloatField(render_kw={**_OFF, "inputmode": "decimal"}, **options)
        case FieldKind.TEXT:
            return TextAreaField(render_kw=_OFF, **options)
        case FieldKind.LINE:
            return StringField(render_kw={**_OFF, "maxlength": each.longest}, **options)


def _start(each: PartField) -> dict[str, Any]:
    return {"validate_choice": False} if each.required else {"default": ""}
