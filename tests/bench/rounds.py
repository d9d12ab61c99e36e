"""Two sides measured in turn, so that what the machine does meanwhile hits both alike."""

import time
from collections.abc import Callable, Mapping
from statistics import median


def alternate(sides: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Measure each side once per round, the order reversed every other round."""
    found: dict[str, list[float]] = {name: [] for name in sides}
    names = list(sides)
    for number in range(rounds):
        for name in names if number % 2 == 0 else reversed(names):
            found[name].append(sides[name]())
    return found


def paired_ratio(found: Mapping[str, list[float]], over: str, under: str) -> float:
    """Return the median of the ratios of each round: what slows the machine down for a while hits both sides of it."""
    return median(a / b for a, b in zip(found[over], found[under], strict=True))


def seconds_of(work: Callable[[], object]) -> float:
    """Time one call."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def spread(values: list[float]) -> list[float]:
    """Return lowest, median and highest, rounded for the detail of a figure."""
    return [round(value, 6) for value in (min(values), median(values), max(values))]
