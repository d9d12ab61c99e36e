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
from tiepdan.extensions.catalogue import manifest_of
from tiepdan.formparts.forms import ExtendedForm, blank_form
from tiepdan.formparts.rules import KIND, Answer, FieldKind, Part, PartField
from tiepdan.formparts.service import GivenPart, Parts
from tiepdan.web.blueprints import desk_blueprint
from tiepdan.web.format import format_date, format_number
from tiepdan.web.forms import Form

formparts = desk_blueprint("formparts", __name__)  # templates only

_NARROW = {FieldKind.DATE, FieldKind.INTEGER, FieldKind.NUMBER}


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field as the page draws it. when: its condition in the words of the form macros."""

    field: Any
    when: str
    size: str


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
            "plugin": _title_of(each.part.plugin, locale),
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
    groups = [
        (in_language(part.schema.title, locale), [_shown(part, each, form) for each in part.schema.fields])
        for part in parts
    ]
    return Markup(_macros().groups(groups))  # noqa: S704 - drawn by our template, which escapes


def _shown(part: Part, each: PartField, form: Form | PlainForm) -> ShownField:
    when = ""
    if each.when is not None:
        on = next((other for other in part.schema.fields if other.name == each.when.field), None)
        when = f"{part.name_of(on) if on else KIND}={'|'.join(sorted(each.when.values))}"
    return ShownField(form[part.name_of(each)], when, "short" if each.kind in _NARROW else "")


def _facts(answer: Answer, locale: str) -> list[tuple[str, str]]:
    return [
        (in_language(each.label, locale), _say(each, answer.values[each.name], locale))
        for each in answer.part.schema.fields
        if each.name in answer.values
    ]


def _say(each: PartField, value: Any, locale: str) -> str:  # noqa: ANN401 - as it was kept
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


def _title_of(plugin: str, locale: str) -> str:
    manifest = manifest_of(plugin)
    return in_language(manifest.title, locale) if manifest else plugin


def _macros() -> Any:  # noqa: ANN401 - a template's module has its macros as attributes
    return current_app.jinja_env.get_template("formparts/parts.html").module
