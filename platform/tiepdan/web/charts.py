"""Geometry of the small charts on our pages; macros/charts.html draws it as SVG.

Pure functions: numbers in, coordinates out. Nothing here knows a colour or a word of the domain.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

LABEL_SPACE = 44
TOP_SPACE = 22
BOTTOM_SPACE = 30
MAX_BAR_WIDTH = 34
MAX_SERIES = 6
LETTER_WIDTH = 8.0  # of a category's name


@dataclass(frozen=True, slots=True)
class Series:
    """One row of figures: its name and one number, 0 or more, per category."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the chart, in pixels of the view box; `series` counts from 1."""

    x: float
    y: float
    width: float
    height: float
    value: int
    series: int
    series_name: str
    category: str

    @property
    def middle(self) -> float:
        """Return where the figure above the bar is centred."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the chart at a round number."""

    y: float
    value: int


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars grouped by category, ready to draw. labelled: the categories whose names are drawn, without overlap."""

    width: int
    height: int
    left: int
    base: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    categories: tuple[tuple[str, float], ...]
    labelled: tuple[tuple[str, float], ...]
    series: tuple[Series, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether there is no bar to draw."""
        return not any(bar.value for bar in self.bars)


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A line of figures without axes: points for <polyline> and <polygon>, and its last point."""

    width: int
    height: int
    line: str
    area: str
    last: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Quota:
    """How much of a duty is done. `held` may exceed `owed`; `filled` is a share of 0-100 for drawing."""

    held: int
    owed: int
    filled: float
    slots: tuple[float, ...]

    @property
    def missing(self) -> int:
        """Return what is still to be done, 0 or more."""
        return max(0, self.owed - self.held)


def plot_bars(categories: Sequence[str], series: Sequence[Series], *, width: int = 720, height: int = 280) -> BarChart:
    """Lay out one group of bars per category, one bar per series.

    categories: names under the groups, such as months or levels.
    series: 1-6 rows, each with as many values as there are categories.
    Raises ValueError if the lengths differ, a value is negative, or there are too many series.
    """
    _check(categories, series)
    step = choose_step(max((value for row in series for value in row.values), default=0))
    top = max(step, max((value for row in series for value in row.values), default=0))
    top = -(-top // step) * step
    base = float(height - BOTTOM_SPACE)
    scale = (base - TOP_SPACE) / top
    group = (width - LABEL_SPACE) / max(1, len(categories))
    gap = 3.0 if len(series) > 1 else 0.0
    bar = min(float(MAX_BAR_WIDTH), (group * 0.72 - gap * (len(series) - 1)) / len(series))
    used = bar * len(series) + gap * (len(series) - 1)
    bars = [
        Bar(
            x=round(LABEL_SPACE + group * at + (group - used) / 2 + (bar + gap) * row, 1),
            y=round(base - line.values[at] * scale, 1),
            width=round(bar, 1),
            height=round(line.values[at] * scale, 1),
            value=line.values[at],
            series=row + 1,
            series_name=line.name,
            category=category,
        )
        for at, category in enumerate(categories)
        for row, line in enumerate(series)
    ]
    names = tuple((name, round(LABEL_SPACE + group * (at + 0.5), 1)) for at, name in enumerate(categories))
    every = ceil((max(map(len, categories), default=0) + 1) * LETTER_WIDTH / group)
    return BarChart(
        width=width,
        height=height,
        left=LABEL_SPACE,
        base=base,
        bars=tuple(bars),
        ticks=tuple(Tick(round(base - value * scale, 1), value) for value in range(0, top + 1, step)),
        categories=names,
        labelled=names[::-1][::every][::-1],  # the last one, the newest of a series of months, always has its name
        series=tuple(series),
    )


def plot_sparkline(values: Sequence[int], *, width: int = 120, height: int = 32) -> Sparkline:
    """Lay out a line of at least one figure between the lowest (at least 0) and the highest."""
    if not values:
        raise ValueError("a sparkline needs at least one value")
    low, high = min(0, *values), max(1, *values)
    inset = 3
    across = (width - 2 * inset) / max(1, len(values) - 1)
    points = [
        (
            round(inset + across * at, 1),
            round(height - inset - (value - low) / (high - low) * (height - 2 * inset), 1),
        )
        for at, value in enumerate(values)
    ]
    line = " ".join(f"{x},{y}" for x, y in points)
    floor = height - inset
    return Sparkline(width, height, line, f"{points[0][0]},{floor} {line} {points[-1][0]},{floor}", points[-1])


def measure_quota(held: int, owed: int) -> Quota:
    """Measure a duty: days held against days owed. A duty of nothing is full.

    Up to 24 days are drawn as separate slots, more as one bar.
    """
    if held < 0 or owed < 0:
        raise ValueError(f"held and owed must be 0 or more, got {held} and {owed}")
    filled = 100.0 if owed == 0 else min(100.0, round(held / owed * 100, 1))
    slots = tuple(round(100 / owed * at, 2) for at in range(1, owed)) if 1 < owed <= 24 else ()
    return Quota(held, owed, filled, slots)


def choose_step(highest: int) -> int:
    """Choose a round distance (1, 2 or 5 times a power of ten) that needs at most five lines."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if highest <= step * factor * 5:
                return step * factor
        step *= 10


def _check(categories: Sequence[str], series: Sequence[Series]) -> None:
    if not 1 <= len(series) <= MAX_SERIES:
        raise ValueError(f"a chart shows 1-{MAX_SERIES} series, got {len(series)}")
    for row in series:
        if len(row.values) != len(categories):
            raise ValueError(f"{row.name}: {len(row.values)} values for {len(categories)} categories")
        if any(value < 0 for value in row.values):
            raise ValueError(f"{row.name}: a bar cannot be negative, got {row.values}")
