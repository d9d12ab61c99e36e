"""A plugin's report as it is kept and sent: everything needed to read it later, elsewhere, without the plugin.

Pure; no database, no clock. Texts stay in both languages.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from tiepdan.registers.rules import RegisterType
from tiepdan.sdk import Count, Figure, ReportDefinition, Span

type Words = Mapping[str, str]
type Choices = tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True)
class GivenFigure:
    """A figure of a plugin's report. choices: of the field it is broken down by, with their words."""

    code: str
    label: Words
    unit: Words
    how: Words
    count: Count
    out_of: Count | None
    by: str
    headline: bool
    choices: Choices


@dataclass(frozen=True, slots=True)
class GivenSection:
    """A part of a plugin's report. entries: names of registers, as `Count` has them after "register:"."""

    title: Words
    figures: tuple[str, ...]
    entries: tuple[str, ...]
    text: Words


@dataclass(frozen=True, slots=True)
class GivenReport:
    """A plugin's definition. text: as it is kept; registers: titles of those whose entries are listed."""

    plugin: str
    key: str
    version: int
    title: Words
    source: str
    figures: tuple[GivenFigure, ...]
    sections: tuple[GivenSection, ...]
    spans: tuple[Span, ...]
    first_day: int
    due_day: int
    to: str
    registers: Mapping[str, Words]
    text: str

    @property
    def code(self) -> str:
        """Return what names the report among all."""
        return f"{self.plugin}/{self.key}"

    @property
    def digest(self) -> str:
        """Return what tells this version from any other."""
        return sha256(self.text.encode()).hexdigest()


def write_given(plugin: str, definition: ReportDefinition, registers: Mapping[str, RegisterType]) -> str:
    """Write a plugin's definition, which was checked, as the text that is kept.

    registers: those it names, by the name it uses.
    """
    stored = {
        "plugin": plugin,
        "key": definition.key,
        "version": definition.version,
        "title": dict(definition.title),
        "source": definition.source.strip(),
        "figures": [_figure(figure, registers) for figure in definition.figures],
        "sections": [
            {
                "title": dict(section.title),
                "figures": list(section.figures),
                "entries": list(section.entries),
                "text": dict(section.text),
            }
            for section in definition.sections
        ],
        "spans": [span.value for span in definition.spans],
        "first_day": definition.first_day,
        "due_day": definition.due_day,
        "to": definition.to,
        "registers": {
            name: dict(registers[name].register.title) for section in definition.sections for name in section.entries
        },
    }
    return json.dumps(stored, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=512)
def read_given(text: str) -> GivenReport:
    """Read a definition as it was kept."""
    stored = json.loads(text)
    return GivenReport(
        plugin=stored["plugin"],
        key=stored["key"],
        version=stored["version"],
        title=stored["title"],
        source=stored["source"],
        figures=tuple(
            GivenFigure(
                code=each["code"],
                label=each["label"],
                unit=each["unit"],
                how=each["how"],
                count=Count(**each["count"]),
                out_of=Count(**each["out_of"]) if each["out_of"] else None,
                by=each["by"],
                headline=each["headline"],
                choices=tuple((value, words) for value, words in each["choices"]),
            )
            for each in stored["figures"]
        ),
        sections=tuple(
            GivenSection(each["title"], tuple(each["figures"]), tuple(each["entries"]), each["text"])
            for each in stored["sections"]
        ),
        spans=tuple(Span(span) for span in stored["spans"]),
        first_day=stored["first_day"],
        due_day=stored["due_day"],
        to=stored["to"],
        registers=stored["registers"],
        text=text,
    )


def _figure(figure: Figure, registers: Mapping[str, RegisterType]) -> dict[str, Any]:
    choices: Choices = ()
    if figure.by:
        choices = registers[figure.count.of.removeprefix("register:")].field(figure.by).choices
    return {
        "code": figure.code,
        "label": dict(figure.label),
        "unit": dict(figure.unit),
        "how": dict(figure.how),
        "count": _count(figure.count),
        "out_of": _count(figure.out_of) if figure.out_of else None,
        "by": figure.by,
        "headline": figure.headline,
        "choices": [[value, dict(words)] for value, words in choices],
    }


def _count(count: Count) -> dict[str, Any]:
    where = {
        name: sorted(values, key=str) if isinstance(values, list | tuple | set | frozenset) else values
        for name, values in count.where.items()
    }
    return {"of": count.of, "measure": count.measure, "where": where, "dated": count.dated}
