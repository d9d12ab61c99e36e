"""Where the own records behind a figure are listed: the link carries period, criterion and day of judging."""

from dataclasses import dataclass
from datetime import date

from flask import url_for

from tiepdan.core.actor import Actor
from tiepdan.reports.definitions import Indicator
from tiepdan.reports.periods import Period


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
