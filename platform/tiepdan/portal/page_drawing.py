"""Count and lay out a plugin's page for one reader: figures that open, charts by month, newest entries, links."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from flask import request
from flask_babel import gettext as _

from tiepdan.core.actor import Actor
from tiepdan.counting.addresses import count_url
from tiepdan.counting.service import count
from tiepdan.extensions.bilingual import in_language
from tiepdan.portal.page_entries import ShownEntries, newest_entries
from tiepdan.portal.plugin_pages import PluginPage
from tiepdan.sdk import Block, Number
from tiepdan.web.charts import BarChart, Series, plot_bars
from tiepdan.web.reach import may_open

_NONE = "–"


@dataclass(frozen=True, slots=True)
class Figure:
    """A counted number. value: None when it cannot be counted. chart: the same by month."""

    label: str
    unit: str
    value: int | None
    url: str
    chart: BarChart | None = None


@dataclass(frozen=True, slots=True)
class DrawnBlock:
    """A block in the reader's language. paragraphs: plain text."""

    title: str
    paragraphs: tuple[str, ...]
    tiles: tuple[Mapping[str, object], ...]
    charts: tuple[Figure, ...]
    entries: ShownEntries | None
    links: tuple[tuple[str, str], ...]

    @property
    def broken(self) -> bool:
        """Say whether a figure or the register it names does not exist."""
        return any(tile["value"] == _NONE for tile in self.tiles) or (self.entries is not None and self.entries.missing)


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page ready for the template. broken: a figure or a register is named that does not exist."""

    title: str
    blocks: tuple[DrawnBlock, ...]
    broken: bool


def draw_page(found: PluginPage, on: date, actor: Actor) -> DrawnPage:
    """Count what a page shows, as of a business day."""
    blocks = tuple(_draw(found.plugin, block, on, actor) for block in found.page.blocks)
    return DrawnPage(in_language(found.page.title), blocks, any(block.broken for block in blocks))


def _draw(plugin: str, block: Block, on: date, actor: Actor) -> DrawnBlock:
    figures = [_figure(plugin, number, on, actor) for number in block.numbers]
    text = in_language(block.text) if block.text else ""
    return DrawnBlock(
        title=in_language(block.title),
        paragraphs=tuple(line.strip() for line in text.split("\n") if line.strip()),
        tiles=tuple(_tile(figure, number) for figure, number in zip(figures, block.numbers, strict=True)),
        charts=tuple(figure for figure in figures if figure.chart is not None),
        entries=newest_entries(plugin, block.entries, on, actor) if block.entries else None,
        links=tuple((f"{request.script_root}{url}", in_language(words)) for url, words in block.links if may_open(url)),
    )


def _figure(plugin: str, number: Number, on: date, actor: Actor) -> Figure:
    first = _months_back(on, number.months - 1)
    label, unit = in_language(number.label), in_language(number.unit)
    try:
        value = count(number.count, plugin=plugin, first=first, last=on)
        url = count_url(number.count, plugin, first, on, actor=actor)
        chart = _chart(plugin, number, on, unit) if number.chart else None
    except ValueError:  # it names what is not there: the rest of the page is right all the same
        return Figure(label, unit, None, "")
    return Figure(label, unit, value, url, chart)


def _chart(plugin: str, number: Number, on: date, unit: str) -> BarChart:
    months = list(_months(on, number.months))
    values = tuple(count(number.count, plugin=plugin, first=first, last=last) for first, last in months)
    return plot_bars([f"{first.month}/{first:%y}" for first, _last in months], [Series(unit, values)])


def _tile(figure: Figure, number: Number) -> Mapping[str, object]:
    if figure.value is None:
        return {"label": figure.label, "value": _NONE, "tone": "warning", "note": _("Chưa đếm được.")}
    note = figure.unit
    if number.count.dated:
        note = _("%(unit)s, %(months)s tháng gần đây", unit=figure.unit, months=number.months)
    return {"label": figure.label, "value": figure.value, "href": figure.url, "note": note}


def _months(on: date, how_many: int) -> Iterator[tuple[date, date]]:
    """Yield the first and last day of each month up to the present one, which ends today."""
    for back in reversed(range(how_many)):
        first = _months_back(on, back)
        last = on if back == 0 else date.fromordinal(_months_back(on, back - 1).toordinal() - 1)
        yield first, last


def _months_back(on: date, how_many: int) -> date:
    """Return the first day of the month so many months before that of a day."""
    months = on.year * 12 + on.month - 1 - how_many
    return date(months // 12, months % 12 + 1, 1)
