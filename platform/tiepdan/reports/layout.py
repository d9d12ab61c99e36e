"""A plugin's report in its sections: what the page, the workbook and the paper draw, so that their figures agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from tiepdan.extensions.bilingual import in_language
from tiepdan.reports.definitions import Definition, Indicator
from tiepdan.reports.periods import Period
from tiepdan.reports.plugin_counting import EntryList
from tiepdan.reports.rules import Measure
from tiepdan.reports.units import Table
from tiepdan.reports.words import describe_measure
from tiepdan.web.format import format_number


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure with its texts, one for each head of the layout; the last is the total."""

    indicator: Indicator
    cells: tuple[str, ...]
    total: Measure


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A figure by the values of a field. heads: of the number columns; the last row is the figure itself."""

    indicator: Indicator
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    totals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Entries of a register. total: how many there are, of which the first `lines` are shown."""

    title: str
    heads: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    total: int


@dataclass(frozen=True, slots=True)
class LaidSection:
    """A part of the report. at: its place, from 0; heading: over what somebody writes, "" for none."""

    at: int
    title: str
    lines: tuple[FigureLine, ...]
    breakdowns: tuple[Breakdown, ...]
    listings: tuple[Listing, ...]
    heading: str
    text: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Return what was written, paragraph by paragraph."""
        return tuple(part.strip() for part in self.text.split("\n") if part.strip())


@dataclass(frozen=True, slots=True)
class Layout:
    """A report's parts in order. heads: of every table of figures, without the first column."""

    heads: tuple[str, ...]
    sections: tuple[LaidSection, ...]
    headlines: tuple[FigureLine, ...]

    @property
    def lines(self) -> tuple[FigureLine, ...]:
        """Return every figure in the order of the report."""
        return tuple(line for section in self.sections for line in section.lines)


def lay_out(
    definition: Definition,
    period: Period,
    table: Table,
    entries: Sequence[EntryList],
    texts: Mapping[int, str],
    *,
    own: bool = True,
) -> Layout:
    """Arrange a plugin's report. texts: by place of the section. own: False for a sum of what others sent."""
    given = definition.given
    assert given is not None
    years = tuple(str(year.last_year) for year in period.years)
    apart = own and any(cell.below is not None for cell in table.cells.values())
    heads = (
        *years,
        *((_("Đơn vị"), _("Cấp dưới gửi")) if apart else ()),
        _("Tổng số") if apart or years else _("Số liệu"),
    )
    lines = {code: _line(definition.indicator(code), table, years, apart=apart) for code in _codes(definition)}
    lists = {each.register: each for each in entries}
    sections = tuple(
        LaidSection(
            at=at,
            title=in_language(section.title),
            lines=tuple(lines[code] for code in section.figures),
            breakdowns=tuple(
                _breakdown(lines[code], years)
                for code in section.figures
                if (figure := definition.indicator(code).figure) is not None and figure.by
            ),
            listings=tuple(
                _listing(lists[name], in_language(given.registers[name])) for name in section.entries if name in lists
            ),
            heading=in_language(section.text) if section.text else "",
            text=texts.get(at, ""),
        )
        for at, section in enumerate(given.sections)
    )
    return Layout(heads, sections, tuple(line for line in lines.values() if line.indicator.headline))


def _codes(definition: Definition) -> list[str]:
    return [indicator.code for indicator in definition.indicators]


def _line(indicator: Indicator, table: Table, years: tuple[str, ...], *, apart: bool) -> FigureLine:
    share = 0 if indicator.figure is not None and indicator.figure.out_of is not None else None
    zero = Measure(0, share)
    own, below, total = (table.sum_of(indicator.code, part) or zero for part in ("own", "below", "total"))
    by_year = [describe_measure(indicator, _of_year(total, year)) for year in years]
    sides = [describe_measure(indicator, own), describe_measure(indicator, below)] if apart else []
    return FigureLine(indicator, (*by_year, *sides, describe_measure(indicator, total)), total)


def _of_year(measure: Measure, year: str) -> Measure:
    return Measure(measure.by_month.get(year, 0), measure.of_by_month.get(year, 0) if measure.of is not None else None)


def _breakdown(line: FigureLine, years: tuple[str, ...]) -> Breakdown:
    """Lay a figure out by value: those of the definition in their order, then what only older entries have."""
    figure = line.indicator.figure
    assert figure is not None
    words = {value: in_language(each) for value, each in figure.choices}
    parts = line.total.parts
    found = dict.fromkeys([*words, *(value for column in parts.values() for value in column)])
    columns = (*years, "")
    rows = tuple(
        (words.get(value) or value or _("Không ghi"), tuple(parts.get(column, {}).get(value, 0) for column in columns))
        for value in found
    )
    heads = (*years, _("Tổng số") if years else _("Số liệu"))
    return Breakdown(
        line.indicator, heads, rows, tuple(sum(row[at] for _name, row in rows) for at in range(len(columns)))
    )


def _listing(entries: EntryList, title: str) -> Listing:
    numbered = any(line.number for line in entries.lines)
    heads = (_("Tên"), _("Ngày"), *((_("Số"),) if numbered else ()), *(in_language(head) for head in entries.heads))
    lines = tuple(
        (
            line.title,
            f"{line.on:%d/%m/%Y}",
            *((line.number,) if numbered else ()),
            *(in_language(cell) for cell in line.cells),
        )
        for line in entries.lines
    )
    return Listing(title, heads, lines, entries.total)


def say_total(listing: Listing) -> str:
    """Say how many entries there are where not all of them are listed; "" otherwise."""
    if listing.total <= len(listing.lines):
        return ""
    return str(
        _(
            "Danh sách nêu %(shown)s trên tổng số %(total)s mục.",
            shown=format_number(len(listing.lines)),
            total=format_number(listing.total),
        )
    )
