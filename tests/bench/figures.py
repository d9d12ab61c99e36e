"""What a bench measured, against the bar it must reach; the table and the line of JSON."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value.

    direction: the value must be at most, or at least, the bar. error: why there is no value.
    detail: what the value was made of, so that somebody else can judge it.
    """

    name: str
    title: str
    unit: str
    bar: float
    direction: Literal["at most", "at least"]
    value: float | None = None
    detail: dict[str, object] = field(default_factory=dict)
    error: str | None = None

    @property
    def ok(self) -> bool:
        """Say whether the bar is reached; without a value it is not."""
        if self.value is None:
            return False
        return self.value <= self.bar if self.direction == "at most" else self.value >= self.bar

    def as_json(self) -> dict[str, object]:
        """Return the figure for the line of JSON."""
        value = None if self.value is None else round(self.value, 4)
        result: dict[str, object] = {"value": value, "unit": self.unit, "bar": self.bar, "direction": self.direction}
        return result | {"ok": self.ok} | ({"error": self.error} if self.error else {}) | self.detail


def table_lines(figures: Sequence[Figure]) -> list[str]:
    """Lay the figures out for a terminal."""
    rows = [("", "bench", "what", "value", "bar", "unit")]
    for figure in figures:
        sign = "<=" if figure.direction == "at most" else ">="
        mark = "ok" if figure.ok else "??" if figure.value is None else "NO"
        value = (
            "-" if figure.value is None else f"{figure.value:,.3g}" if figure.value < 100 else f"{figure.value:,.0f}"
        )
        rows.append((mark, figure.name, figure.title, value, f"{sign} {figure.bar:g}", figure.unit))
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if column == 3 else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    lines += [f"    {figure.name}: {figure.error}" for figure in figures if figure.error]
    return lines


def json_line(figures: Sequence[Figure], machine: dict[str, object]) -> str:
    """Return everything on one line, the machine under the key `_machine`."""
    return json.dumps({figure.name: figure.as_json() for figure in figures} | {"_machine": machine}, ensure_ascii=False)
