"""Where the own records behind a figure are listed: the link carries period, criterion and day of judging."""

from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from tiepdan.core.actor import Actor
from tiepdan.counting.addresses import count_url
from tiepdan.extensions.bilingual import in_language
from tiepdan.reports.definitions import Indicator
from tiepdan.reports.periods import Period
from tiepdan.reports.rules import Measure
from tiepdan.sdk import Count


@dataclass(frozen=True, slots=True)
class RecordsBehind:
    """Two lists: what the figure counts, and for a share what it counts of ("" where there is none)."""

    counted_url: str = ""
    of_url: str = ""


def records_behind(indicator: Indicator, period: Period, *, as_of: date, actor: Actor) -> RecordsBehind:
    """Return the lists of the own records a figure counts; nothing for who may not see them.

    as_of: the cut-off of the report; its figure was judged at the end of that day.
    """
    if indicator.opens == "petitions" and actor.may("petitions.view"):
        return RecordsBehind(_petitions(period, indicator.part), _petitions(period, indicator.part_of, of=True))
    if indicator.opens == "directives" and actor.may("directives.view"):
        return RecordsBehind(_directives(period, indicator.part, as_of), _directives(period, indicator.part_of, as_of))
    return RecordsBehind()


@dataclass(frozen=True, slots=True)
class PartBehind:
    """A part of a plugin's figure: the whole, a year, or a value of its breakdown. url: "" where nothing lists it."""

    label: str
    value: int
    url: str
    of: int | None = None
    of_url: str = ""


def parts_behind(
    indicator: Indicator, plugin: str, measure: Measure, period: Period, *, as_of: date, actor: Actor
) -> list[PartBehind]:
    """Return each number of the own figure with the list of what it counts, as far as the actor may see it.

    as_of: the cut-off of the report; its figure was counted at the end of that day.
    """
    figure = indicator.figure
    assert figure is not None

    def address(what: Count | None, span: Period, on: date) -> str:
        return count_url(what, plugin, span.first, span.last, on=on, actor=actor) if what else ""

    spans = [("", period, as_of)]
    spans += [(str(year.last_year), year, min(as_of, year.last)) for year in period.years]
    found = []
    for column, span, on in spans:
        value = measure.by_month.get(column, 0) if column else measure.value
        of = measure.of_by_month.get(column, 0) if column and measure.of is not None else measure.of
        whole = address(figure.out_of, span, on)
        found.append(PartBehind(column or _("Cả kỳ"), value, address(figure.count, span, on), of, whole))
    words = {key: in_language(text) for key, text in figure.choices}
    for key, value in measure.parts.get("", {}).items():
        where = {**figure.count.where, figure.by: key}
        narrowed = Count(figure.count.of, figure.count.measure, where, figure.count.dated)
        # No list narrows to entries in which a field was left open, nor twice by the same field.
        listed = bool(key) and figure.by not in figure.count.where
        label = words.get(key) or key or _("Không ghi")
        found.append(PartBehind(label, value, address(narrowed, period, as_of) if listed else ""))
    return found


def _petitions(period: Period, part: str, *, of: bool = False) -> str:
    if of and not part:
        return ""
    asked = {"received_from": period.first.isoformat(), "received_to": period.last.isoformat()}
    return url_for("petitions.index", **asked, **({"notice": part} if part else {}))  # type: ignore[arg-type]


def _directives(period: Period, part: str, as_of: date) -> str:
    if not part:
        return ""
    asked = {"from": period.first.isoformat(), "to": period.last.isoformat(), "as_of": as_of.isoformat()}
    return url_for("directives.period", part=part, **asked)  # type: ignore[arg-type]  # words of the query
