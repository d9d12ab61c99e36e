"""Reports of a plugin's own: which figures, over which periods, from whom to whom, in which layout."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tiepdan.sdk.counting import Count


class Span(StrEnum):
    """How long a report's period is. YEARS: from one year to another, chosen by whoever writes the report."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    NINE_MONTHS = "nine_months"
    YEAR = "year"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure (chỉ tiêu) of a report.

    code: within the report, such as "DT-01". label, unit: keys "vi" and "en".
    count: what is counted; out_of: for a share, what it is a part of; each figure is printed with both.
    by: a choice field of a register: the figure is broken down by its values, which add up to it; so not together
        with "distinct".
    how: in one sentence, keys "vi" and "en": shown beside the figure.
    """

    code: str
    label: Mapping[str, str]
    unit: Mapping[str, str]
    count: Count
    how: Mapping[str, str]
    out_of: Count | None = None
    by: str = ""
    headline: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report's page and document. title: keys "vi" and "en".

    figures: codes, in order. entries: keys of registers whose entries of the period are listed.
    text: a heading under which whoever writes the report writes; keys "vi" and "en", empty for none.
    """

    title: Mapping[str, str]
    figures: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    text: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReportDefinition:
    """A report of a plugin's own; it is prepared, frozen, sent, returned and consolidated as the platform's are.

    key, version: as in `Form`; a report keeps the version it was begun in.
    title: keys "vi" and "en". source: the document that orders it.
    spans: the periods it may be written for. first_day: of a period's month; 15 means from the 15th of the month
        before the period's first to the 14th of its last.
    due_day: it is sent by the first such day of a month (1 to 28) after the period's end: the month after a calendar
        period, the 17th of June after the 14th of June.
    to: "" for a report that stays with the committee; "superior"; or "body:<slug>" for an active body of the
        province. Whoever receives it sums what it received.
    sections: the layout of page, workbook and document, in order.
    """

    key: str
    version: int
    title: Mapping[str, str]
    source: str
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    spans: tuple[Span, ...] = (Span.YEAR,)
    first_day: int = 1
    due_day: int = 10
    to: str = ""
