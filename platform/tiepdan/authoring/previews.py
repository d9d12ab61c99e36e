"""What a plugin written as data would add here, drawn before anybody switches it on."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from flask import current_app
from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup

from tiepdan.authoring.preview_words import name_field, name_table
from tiepdan.authoring.tighten_only import bound_of
from tiepdan.core.actor import Actor
from tiepdan.counting.service import count
from tiepdan.deadlines.law import UnknownRule, versions
from tiepdan.deadlines.law_words import describe_limit
from tiepdan.deadlines.limits import Limit
from tiepdan.deadlines.provisions import NORMAL
from tiepdan.deadlines.tightening import UNITS
from tiepdan.declared.faults import MalformedError
from tiepdan.declared.plugin import DeclaredItem, DeclaredPlugin
from tiepdan.extensions.bilingual import in_language
from tiepdan.extensions.draft_desk import PreviewPart
from tiepdan.extensions.settings import complete_settings
from tiepdan.formparts.pages import draw_parts
from tiepdan.formparts.rules import Part, schema_of
from tiepdan.formparts.service import Parts
from tiepdan.registers.rules import read_register
from tiepdan.sdk import Count, DeadlineRule, Figure, Form, Register, ReportDefinition
from tiepdan.tenancy.service import own_tenant
from tiepdan.web.format import format_date, format_number
from tiepdan.web.forms import Form as PageForm

_SEE_FIGURES = "reports.view"  # figures say something of cases, and whoever previews wrote what they count
_TITLES = ("title", "label", "key", "duty", "to", "kind")


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One table. facts: pairs of words; fields: drawn fields of a form; figures: (code, label, unit, value, how)."""

    title: str
    facts: Sequence[tuple[str, str]]
    fields: Markup | None = None
    figures: Sequence[tuple[str, str, str, str, str]] = ()


def preview_plugin(plugin: DeclaredPlugin, name: str, on: date, actor: Actor) -> list[PreviewPart]:
    """Show every table of a plugin, with the settings' defaults in it. name: under which it would be enabled.

    actor: who looks; without the right to figures they see what would be counted, and no number.
    """
    counted_on = on if actor.may(_SEE_FIGURES) else None
    settings = complete_settings(plugin.manifest, {})
    found = []
    for hook in plugin.functions:
        shown = [_show(item, name, settings, on, counted_on) for item in plugin.items_of(hook)]
        body = Markup(_macros().items(shown))  # noqa: S704 - drawn by our template, which escapes
        found.append(PreviewPart(hook, name_table(plugin.items_of(hook)[0].table.name), body))
    return found


def _show(
    item: DeclaredItem, name: str, settings: Mapping[str, object], on: date, counted_on: date | None
) -> ShownItem:
    when = [(_("Chỉ khi"), json.dumps(item.row["when"], ensure_ascii=False, default=str))] if "when" in item.row else []
    try:
        filled = item.filled(settings)
    except MalformedError:
        filled = None
    if filled is None:
        return ShownItem(
            _title_of(item.row),
            [(_("Chờ thiết lập"), ", ".join(item.uses)), *when],
        )
    value = filled[1]
    match value:
        case Form():
            drawn = draw_parts(Parts((Part(name, schema_of(value)),)), PageForm())
            return ShownItem(in_language(value.title), [(_("Phiên bản"), str(value.version)), *when], drawn)
        case Register():
            drawn = draw_parts(Parts((read_register(name, value).part,)), PageForm())
            facts = [(_("Nội dung"), in_language(value.summary)), (_("Phiên bản"), str(value.version)), *when]
            return ShownItem(in_language(value.title), facts, drawn)
        case ReportDefinition():
            figures = [_figure(each, name, counted_on) for each in value.figures]
            return ShownItem(in_language(value.title), [*_facts(value, ("title", "figures")), *when], figures=figures)
        case DeadlineRule():
            return ShownItem(*_beside_the_law(value, on, when))
        case _:
            return ShownItem(_title_of(item.row), [*_facts(value, ("title",)), *when])


def _figure(figure: Figure, name: str, on: date | None) -> tuple[str, str, str, str, str]:
    """Count a figure over this year's records so far; a register that is not there yet has none.

    on: None for who may not see figures.
    """
    value = "—"
    if on is not None:
        with suppress(ValueError, LookupError):
            value = format_number(count(figure.count, plugin=name, first=date(on.year, 1, 1), last=on))
    return figure.code, in_language(figure.label), in_language(figure.unit), value, in_language(figure.how)


def _beside_the_law(rule: DeadlineRule, on: date, when: Sequence[tuple[str, str]]) -> tuple[str, list[tuple[str, str]]]:
    level = own_tenant().level
    bound, days = bound_of(rule)
    try:
        found = [each for each in versions(rule.duty) if each.in_force(on)]
    except UnknownRule:
        found = []
    law = next((each for each in found if each.binds(level) and each.has_variant(NORMAL)), found[0] if found else None)
    limit = law.variants[0].limit if law else None
    return (law.english if str(get_locale()) == "en" else law.subject) if law else rule.duty, [
        (_("Plugin"), describe_limit(Limit(days, UNITS[rule.unit], bound=bound)) if bound else "—"),
        (_("Luật"), f"{describe_limit(limit)} ({law.source})" if law and limit else "—"),
        *_facts(rule, ("duty", "at_most", "at_least", "unit")),
        *when,
    ]


def _facts(value: Any, left_out: Sequence[str]) -> list[tuple[str, str]]:  # noqa: ANN401 - a value of the SDK
    return [
        (name_field(each.name), said)
        for each in fields(value)
        if each.name not in left_out and (said := _say(getattr(value, each.name)))
    ]


def _say(value: Any) -> str:  # noqa: ANN401 - whatever stands in a value of the SDK
    match value:
        case None | "" | () | {}:
            return ""
        case bool():
            return str(_("Có") if value else _("Không"))
        case Enum():
            return str(value.value)
        case date():
            return format_date(value)
        case Mapping() if set(value) == {"vi", "en"}:
            return in_language(value)
        case Mapping():
            return json.dumps(value, ensure_ascii=False, default=str)
        case Count():
            return " ".join(part for part in (value.of, value.measure, _say(value.where)) if part)
        case tuple() | list():
            return "; ".join(_say(each) for each in value)
        case _ if is_dataclass(value):
            return ", ".join(f"{name}: {said}" for name, said in _facts(value, ()))
        case _:
            return str(value)


def _title_of(row: Mapping[str, Any]) -> str:
    return next((_say(row[key]) for key in _TITLES if key in row), "—")


def _macros() -> Any:  # noqa: ANN401 - a template's module has its macros as attributes
    return current_app.jinja_env.get_template("authoring/preview.html").module
