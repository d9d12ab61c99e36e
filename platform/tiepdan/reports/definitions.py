"""Report definitions: dated data, read once and checked.

A definition says which figures a report has, in which rows, how each is counted and from which clause. A report
keeps the version that was in force on the last day of its period; a plugin's report the one it was begun with
(`reports.given`).
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from tiepdan.core.errors import NotFound
from tiepdan.reports.given import GivenFigure, GivenReport
from tiepdan.reports.periods import Period, PeriodKind
from tiepdan.reports.rules import Tier


class MeasureKind(StrEnum):
    """A plain count, a share with its denominator, or days held of days owed."""

    COUNT = "count"
    SHARE = "share"
    QUOTA = "quota"


class Rows(StrEnum):
    """Which receptions a figure counts: the evidence it opens."""

    HEAD = "head"
    SUBSTITUTE = "substitute"
    QUOTA = "quota"
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class TierLine:
    """A row of the table. body: whose figures it holds."""

    tier: Tier
    label: str
    body: str
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure (chỉ tiêu).

    opens: the slice that lists the records behind it where receptions do not. part: which of its records the figure
    counts, in that slice's own words; part_of: those it counts them of, for a share.
    """

    code: str
    label: str
    unit: str
    tiers: tuple[Tier, ...]
    measure: MeasureKind
    rows: Rows
    opens: str
    part: str
    part_of: str
    headline: bool
    how: str
    source: str
    figure: GivenFigure | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """A report's definition as it was in force from valid_from to valid_to.

    first_day: of a period's month. to: "superior" (or along a reporting line), "body:<slug>", or "" for nobody.
    given: what a plugin said, for a report of a plugin's own; its code is "<plugin>/<key>".
    """

    code: str
    name: str
    subject: str
    source: str
    status: str
    valid_from: date
    valid_to: date | None
    periods: tuple[PeriodKind, ...]
    due_day: int
    tiers: tuple[TierLine, ...]
    indicators: tuple[Indicator, ...]
    first_day: int = 1
    to: str = "superior"
    given: GivenReport | None = None

    @property
    def asked_for(self) -> str | None:
        """Return how addresses name a plugin's report; None for the platform's, which needs no name."""
        return self.code if self.given else None

    def indicator(self, code: str) -> Indicator:
        """Return an indicator; raise NotFound."""
        for indicator in self.indicators:
            if indicator.code == code:
                return indicator
        raise NotFound(f"indicator {code}")

    def tiers_on(self, period: Period) -> tuple[TierLine, ...]:
        """Return the rows that existed at any time of a period."""
        return tuple(line for line in self.tiers if line.valid_to is None or line.valid_to >= period.first)

    def line(self, tier: Tier) -> TierLine:
        """Return the row of a tier; raise NotFound."""
        for line in self.tiers:
            if line.tier is tier:
                return line
        raise NotFound(f"tier {tier}")

    def due_on(self, period: Period) -> date:
        """Return the usual due day: the first such day of a month after the period. A round may say otherwise (DEC-06).

        A calendar period ends with its month, so it is a day of the month after; 14 June with the 17th is 17 June.
        """
        if self.due_day > period.last.day:
            return period.last.replace(day=self.due_day)
        year, month = divmod(period.last.year * 12 + period.last.month, 12)
        return date(year, month + 1, self.due_day)


@cache
def _versions() -> dict[str, tuple[Definition, ...]]:
    """Read every definition of this package, oldest version first."""
    found: dict[str, tuple[Definition, ...]] = {}
    for file in files("tiepdan.reports").iterdir():
        if file.name.endswith(".toml"):
            stored = tomllib.loads(file.read_text(encoding="utf-8"))
            versions = (_read(stored["code"], stored["name"], each) for each in stored["version"])
            found[stored["code"]] = tuple(sorted(versions, key=lambda version: version.valid_from))
    return found


def definition_codes() -> tuple[str, ...]:
    """Return the codes of all reports there are."""
    return tuple(sorted(_versions()))


def definition_on(code: str, on: date) -> Definition:
    """Return a report's definition in force on a day; raise NotFound for an unknown one or an earlier day."""
    for version in _versions().get(code, ()):
        if version.valid_from <= on and (version.valid_to is None or on <= version.valid_to):
            return version
    raise NotFound(f"report definition {code} on {on}")


def _read(code: str, name: str, stored: dict[str, object]) -> Definition:
    values: dict[str, object] = dict(stored)
    tiers = values.pop("tier")
    indicators = values.pop("indicator")
    assert isinstance(tiers, list)
    assert isinstance(indicators, list)
    known = {line["code"] for line in tiers}
    for each in indicators:
        unknown = set(each["tiers"]) - known
        if unknown:
            raise ValueError(f"{code}: indicator {each['code']} names unknown tiers {sorted(unknown)}")
    return Definition(
        code=code,
        name=name,
        subject=str(values["subject"]),
        source=str(values["source"]),
        status=str(values["status"]),
        valid_from=values["valid_from"],  # type: ignore[arg-type]  # TOML's own dates
        valid_to=values.get("valid_to"),  # type: ignore[arg-type]
        periods=tuple(PeriodKind(kind) for kind in values["periods"]),  # type: ignore[attr-defined]
        due_day=values["due_day"],  # type: ignore[arg-type]
        tiers=tuple(TierLine(Tier(line["code"]), line["label"], line["body"], line.get("valid_to")) for line in tiers),
        indicators=tuple(
            Indicator(
                code=each["code"],
                label=each["label"],
                unit=each["unit"],
                tiers=tuple(Tier(tier) for tier in each["tiers"]),
                measure=MeasureKind(each["measure"]),
                rows=Rows(each.get("rows", "none")),
                opens=each.get("opens", ""),
                part=each.get("part", ""),
                part_of=each.get("part_of", ""),
                headline=each.get("headline", False),
                how=each["how"],
                source=each["source"],
            )
            for each in indicators
        ),
    )
