"""Reports of plugins: asked for, checked, and turned into what the machinery of reports works with."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from flask_babel import gettext as _

from tiepdan.core.db import db
from tiepdan.core.plugins import PerPlugin, answer_check, collect, implementers
from tiepdan.counting.service import check_count, check_words_of, register_named
from tiepdan.extensions.answers import check_distinct, check_list, check_source
from tiepdan.extensions.bilingual import check_words, in_language
from tiepdan.registers.rules import RegisterType
from tiepdan.registers.service import registers_here
from tiepdan.reports.definitions import Definition, Indicator, MeasureKind, Rows, TierLine
from tiepdan.reports.given import GivenFigure, GivenReport, read_given, write_given
from tiepdan.reports.periods import LAST_FIRST_DAY, PeriodKind
from tiepdan.reports.rules import Tier
from tiepdan.sdk import Count, Figure, ReportDefinition, Section, Span
from tiepdan.tenancy.models import TenantState
from tiepdan.tenancy.service import list_tenants, own_tenant, plugin_tenant

HOOK = "report_definitions"
MOST_DEFINITIONS = 20
MOST_FIGURES = 200
MOST_SECTIONS = 20
_MOST_LISTS = 5  # registers whose entries a section lists
_KEY = re.compile(r"[a-z][a-z0-9_-]{0,60}")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,40}")
_TO = re.compile(r"|superior|body:[a-z0-9-]{1,100}")


@dataclass(frozen=True, slots=True)
class DefinitionsHere:
    """Reports that may be begun in this committee, in order; failed: plugins whose answer does not count."""

    items: tuple[Definition, ...] = ()
    failed: tuple[str, ...] = ()

    def find(self, code: str) -> Definition | None:
        """Return one of them; None when there is none, or its plugin is off or failed."""
        return next((each for each in self.items if each.code == code), None)


def definitions_here(on: date) -> DefinitionsHere:
    """Ask the plugins enabled here for their reports; once per session and day."""
    if not implementers(HOOK):
        return DefinitionsHere()
    known: dict[tuple[date, str], DefinitionsHere] = db.session().info.setdefault("report_definitions", {})
    place = (on, str(in_language({"vi": "vi", "en": "en"})))
    if place not in known:
        registers = registers_here(on).items
        tenant = own_tenant()
        # Reading the neighbours is worth it only for a report that goes to one of them.
        slugs: list[str] = []

        def bodies() -> list[str]:
            if not slugs:
                found = list_tenants(province_id=tenant.province_id, state=TenantState.ACTIVE)
                slugs.extend(body.slug for body in found if body.id != tenant.id)
            return slugs

        check = PerPlugin(lambda plugin: partial(_check_here, plugin=plugin, registers=registers, bodies=bodies))
        answers = collect(HOOK, check=check, tenant=plugin_tenant(tenant), on=on)
        items = tuple(
            read_definition(write_given(answer.plugin, each, _named_registers(answer.plugin, each, registers)))
            for answer in answers
            for each in answer.value
        )
        known[place] = DefinitionsHere(items, answers.failed)
    return known[place]


def read_definition(text: str) -> Definition:
    """Turn a kept definition into one the reports work with, in the reader's language."""
    given = read_given(text)
    return Definition(
        code=given.code,
        name=in_language(given.title),
        subject=in_language(given.title),
        source=given.source,
        status="",
        valid_from=date.min,
        valid_to=None,
        periods=tuple(PeriodKind(span.value) for span in given.spans),
        due_day=given.due_day,
        tiers=_tiers(),
        indicators=tuple(_indicator(each, given) for each in given.figures),
        first_day=given.first_day,
        to=given.to,
        given=given,
    )


def _tiers() -> tuple[TierLine, ...]:
    words = {
        Tier.PROVINCE: _("Cấp tỉnh"),
        Tier.DISTRICT: _("Cấp huyện"),
        Tier.COMMUNE: _("Cấp xã"),
        Tier.STATE: _("Cơ quan nhà nước"),
        Tier.JUDICIAL: _("Cơ quan tư pháp"),
    }
    return tuple(TierLine(tier, label, label, None) for tier, label in words.items())


def _indicator(figure: GivenFigure, given: GivenReport) -> Indicator:
    return Indicator(
        code=figure.code,
        label=in_language(figure.label),
        unit=in_language(figure.unit),
        tiers=tuple(Tier),
        measure=MeasureKind.SHARE if figure.out_of else MeasureKind.COUNT,
        rows=Rows.NONE,
        opens="",
        part="",
        part_of="",
        headline=figure.headline,
        how=in_language(figure.how),
        source=given.source,
        figure=figure,
    )


def _named_registers(
    plugin: str, definition: ReportDefinition, registers: tuple[RegisterType, ...]
) -> Mapping[str, RegisterType]:
    """Return the registers a definition names, by the name it uses."""
    by_place = {(each.plugin, each.register.key): each for each in registers}
    counted = [figure.count.of for figure in definition.figures if figure.by]
    names = [of.removeprefix("register:") for of in counted]
    names += [name for section in definition.sections for name in section.entries]
    return {name: by_place[named] for name in names if (named := register_named(f"register:{name}", plugin))}


@answer_check(HOOK)
def check_definitions(answer: Any) -> None:  # noqa: ANN401 - a plugin may answer anything
    """Raise for an answer of the wrong shape; whether registers and bodies exist is looked up besides."""
    check_list(answer, ReportDefinition, HOOK, MOST_DEFINITIONS)
    for definition in answer:
        _check_definition(definition)
    check_distinct((each.key for each in answer), "report")


def _check_here(
    answer: Any,  # noqa: ANN401 - as above
    *,
    plugin: str,
    registers: tuple[RegisterType, ...],
    bodies: Callable[[], list[str]],
) -> None:
    check_definitions(answer)
    for definition in answer:
        for figure in definition.figures:
            for count in (figure.count, figure.out_of) if figure.out_of else (figure.count,):
                check_count(count, plugin, registers)
            if figure.by:
                named = register_named(figure.count.of, plugin)
                register = next(each for each in registers if (each.plugin, each.register.key) == named)
                _need(register.field(figure.by).choices, f"{figure.code}: by {figure.by!r} is no choice")
        for section in definition.sections:
            for name in section.entries:
                _check_listed(name, plugin, registers)
        if definition.to.startswith("body:"):
            slug = definition.to.removeprefix("body:")
            _need(slug in bodies(), f"{definition.key}: no active body {slug!r} in the province")


def _check_listed(name: str, plugin: str, registers: tuple[RegisterType, ...]) -> None:
    named = register_named(f"register:{name}", plugin)
    found = next((each for each in registers if (each.plugin, each.register.key) == named), None)
    _need(found, f"entries {name!r}: no such register")
    assert found is not None
    # Whoever may read reports would read what only the head may.
    _need(not found.register.for_head, f"entries {name!r}: a register for the head is counted, not listed")


def _check_definition(definition: ReportDefinition) -> None:
    key = definition.key
    _need(isinstance(key, str) and _KEY.fullmatch(key), f"key {key!r}: small letters, digits, dashes")
    version = definition.version
    _need(type(version) is int and version >= 1, f"{key}: version counts from 1")
    check_words(definition.title, f"{key}: title")
    check_source(definition.source, f"{key}: source")
    _need(
        isinstance(definition.to, str) and _TO.fullmatch(definition.to), f'{key}: to is "", "superior", "body:<slug>"'
    )
    spans = definition.spans
    _need(
        isinstance(spans, list | tuple) and spans and all(isinstance(span, Span) for span in spans),
        f"{key}: spans, at least one",
    )
    for name in ("first_day", "due_day"):
        day = getattr(definition, name)
        _need(type(day) is int and 1 <= day <= LAST_FIRST_DAY, f"{key}: {name} is from 1 to {LAST_FIRST_DAY}")
    _check_figures(key, definition.figures)
    _check_sections(key, definition.sections, {figure.code for figure in definition.figures})


def _check_figures(key: str, figures: Any) -> None:  # noqa: ANN401 - a plugin may answer anything
    if not isinstance(figures, list | tuple) or not all(isinstance(each, Figure) for each in figures):
        raise TypeError(f"{key}: figures are a tuple of Figure")
    _need(len(figures) <= MOST_FIGURES, f"{key}: at most {MOST_FIGURES} figures")
    for figure in figures:
        where = f"{key}: {figure.code}"
        _need(isinstance(figure.code, str) and _CODE.fullmatch(figure.code), f"{where}: a code such as DT-01")
        for name in ("label", "unit", "how"):
            check_words(getattr(figure, name), f"{where}: {name}")
        check_words_of(figure.count)
        if figure.out_of is not None:
            check_words_of(figure.out_of)
        _need(isinstance(figure.headline, bool), f"{where}: headline is True or False")
        _check_by(where, figure.by, figure.count)
    _need(len({each.code for each in figures}) == len(figures), f"{key}: each figure has a code of its own")


def _check_by(where: str, by: object, count: Count) -> None:
    _need(isinstance(by, str), f"{where}: by is a field")
    if by:
        _need(count.of.startswith("register:"), f"{where}: by: only entries of a register are broken down")
        _need(not count.measure.startswith("distinct:"), f"{where}: by: different values do not add up")


def _check_sections(key: str, sections: Any, codes: set[str]) -> None:  # noqa: ANN401 - a plugin may answer anything
    if not isinstance(sections, list | tuple) or not all(isinstance(each, Section) for each in sections):
        raise TypeError(f"{key}: sections are a tuple of Section")
    _need(0 < len(sections) <= MOST_SECTIONS, f"{key}: 1 to {MOST_SECTIONS} sections")
    shown: list[str] = []
    for section in sections:
        check_words(section.title, f"{key}: title of a section")
        if section.text:
            check_words(section.text, f"{key}: text of a section")
        for name in ("figures", "entries"):
            listed = getattr(section, name)
            _need(
                isinstance(listed, list | tuple) and all(isinstance(each, str) for each in listed),
                f"{key}: {name} of a section are words",
            )
        unknown = [code for code in section.figures if code not in codes]
        _need(not unknown, f"{key}: a section names {unknown}, which is no figure of the report")
        _need(len(section.entries) <= _MOST_LISTS, f"{key}: a section lists at most {_MOST_LISTS} registers")
        for name in section.entries:
            register_named(f"register:{name}", "-")
        shown += section.figures
    _need(len(set(shown)) == len(shown), f"{key}: each figure stands in one section")
    _need(set(shown) == codes, f"{key}: {sorted(codes - set(shown))} stands in no section")


def _need(condition: object, message: str) -> None:
    if not condition:
        raise ValueError(message)
