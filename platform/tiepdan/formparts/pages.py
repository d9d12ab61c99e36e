"""Plugins' forms on pages: fields to fill in, and what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from flask import current_app
from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup
from wtforms import Form as PlainForm

from tiepdan.extensions.bilingual import in_language
from tiepdan.extensions.catalogue import plugin_title
from tiepdan.formparts.forms import ExtendedForm, blank_form
from tiepdan.formparts.rules import KIND, Answer, FieldKind, Part, PartField, Width
from tiepdan.formparts.service import GivenPart, Parts
from tiepdan.web.blueprints import desk_blueprint
from tiepdan.web.format import format_date, format_number
from tiepdan.web.forms import Form

formparts = desk_blueprint("formparts", __name__)  # templates only


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field as the page draws it. when: its condition in the words of the form macros."""

    field: Any
    when: str
    size: str
    help: str
    half: bool


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A form, or one step of it. rows: fields that stand side by side; when: a condition that all its fields share."""

    title: str
    help: str
    when: str
    rows: list[list[ShownField]]


def draw_parts(parts: Parts, form: Form) -> Markup:
    """Draw the fields of plugins, with what was typed; an empty form is drawn once per language and process."""
    drawn = Markup()
    if parts.parts:
        locale = str(get_locale())
        filled = isinstance(form, ExtendedForm)
        drawn = _draw(parts.parts, form, locale) if filled else _draw_blank(parts.parts, locale)
    return drawn + _macros().failed(parts.failed) if parts.failed else drawn


def draw_answers(given: Sequence[GivenPart]) -> Markup:
    """Draw what was answered on a record's page, each form in the version it was given in."""
    if not given:
        return Markup()
    locale = str(get_locale())
    shown = [
        {
            "title": in_language(each.part.schema.title, locale),
            "plugin": plugin_title(each.part.plugin, locale),
            "enabled": each.enabled,
            "facts": _facts(each.answer, locale) if each.answer else None,
        }
        for each in given
    ]
    return Markup(_macros().answers(shown))  # noqa: S704 - drawn by our template, which escapes


@lru_cache(maxsize=256)
def _draw_blank(parts: tuple[Part, ...], locale: str) -> Markup:
    return _draw(parts, blank_form(parts, locale), locale)


def _draw(parts: tuple[Part, ...], form: Form | PlainForm, locale: str) -> Markup:
    groups = [group for part in parts for group in _groups(part, form, locale)]
    return Markup(_macros().groups(groups))  # noqa: S704 - drawn by our template, which escapes


def _groups(part: Part, form: Form | PlainForm, locale: str) -> list[ShownGroup]:
    """Cut a form into its steps; one without steps is one group."""
    title, steps = in_language(part.schema.title, locale), _steps(part.schema.fields)
    groups = []
    for number, fields in enumerate(steps, start=1):
        step = in_language(fields[0].step, locale) if fields[0].step else ""
        shown = [_shown(part, each, form) for each in fields]
        conditions = {each.when for each in shown}
        groups.append(
            ShownGroup(
                title=f"{title}: {step}" if step else title,
                help=_("Bước %(number)s trên %(count)s", number=number, count=len(steps)) if len(steps) > 1 else "",
                when=conditions.pop() if len(conditions) == 1 else "",
                rows=_rows(shown),
            )
        )
    return groups


def _steps(fields: Sequence[PartField]) -> list[list[PartField]]:
    steps: list[list[PartField]] = []
    for each in fields:
        if each.step or not steps:
            steps.append([])
        steps[-1].append(each)
    return steps


def _rows(shown: Sequence[ShownField]) -> list[list[ShownField]]:
    """Put two halves that follow each other side by side."""
    rows: list[list[ShownField]] = []
    for each in shown:
        if each.half and rows and len(rows[-1]) == 1 and rows[-1][0].half:
            rows[-1].append(each)
        else:
            rows.append([each])
    return rows


def _shown(part: Part, each: PartField, form: Form | PlainForm) -> ShownField:
    when = ""
    if each.when is not None:
        on = next((other for other in part.schema.fields if other.name == each.when.field), None)
        when = f"{part.name_of(on) if on else KIND}={'|'.join(sorted(each.when.values))}"
    field = form[part.name_of(each)]
    said = [str(field.description)] if field.description else []
    said += [str(_("Cấp trên xem được câu trả lời này."))] if each.goes_up else []
    size = "short" if each.width is Width.SHORT else ""
    return ShownField(field, when, size, " ".join(said), half=each.width is Width.HALF)


def _facts(answer: Answer, locale: str) -> list[tuple[str, str]]:
    return [
        (in_language(each.label, locale), say_value(each, answer.values[each.name], locale))
        for each in answer.part.schema.fields
        if each.name in answer.values
    ]


def say_value(each: PartField, value: Any, locale: str) -> str:  # noqa: ANN401 - as it was kept
    """Say a kept value as a page shows it."""
    match each.kind:
        case FieldKind.BOOLEAN:
            return str(_("Có") if value else _("Không"))
        case FieldKind.DATE:
            return format_date(date.fromisoformat(value))
        case FieldKind.CHOICE:
            return in_language(dict(each.choices)[value], locale)
        case FieldKind.INTEGER | FieldKind.NUMBER:
            return format_number(value, len(str(value).partition(".")[2].rstrip("0")))
        case _:
            return str(value)


def _macros() -> Any:  # noqa: ANN401 - a template's module has its macros as attributes
    return current_app.jinja_env.get_template("formparts/parts.html").module
