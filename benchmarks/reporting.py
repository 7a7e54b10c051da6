"""What a benchmark measured, as a row: printed as a table, or as JSON."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Spread:
    """Least, middle and greatest of some measurements."""

    least: float
    median: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """Return the spread of measurements."""
        return cls(min(values), statistics.median(values), max(values))


@dataclass(frozen=True)
class Row:
    """One line of the report.

    Parameters
    ----------
    ratio : Spread or None
        Of the times of the same run, when there are two things to compare.
    met : bool or None
        Whether the median reaches the goal; None when there is no goal.
    seconds : dict of str to Spread
        Wall time by what took it.
    figures : dict of str to float
        What else was counted.
    """

    part: str
    name: str
    seconds: dict[str, Spread]
    ratio: Spread | None = None
    goal: str = ""
    met: bool | None = None
    figures: dict[str, float] = field(default_factory=dict)


def show(rows: Sequence[Row]) -> None:
    """Print the rows as a table: ratios first, absolute times beside them."""
    table = Table(box=None, pad_edge=False)
    for name in ("part", "what", "ratio (least to most)", "goal", "", "seconds (least to most)", "figures"):
        table.add_column(name)
    for row in rows:
        ratio = _text(row.ratio) if row.ratio else ""
        met = "" if row.met is None else ("met" if row.met else "missed")
        seconds = "\n".join(f"{name}: {_text(value)}" for name, value in row.seconds.items())
        figures = "\n".join(f"{name}: {value:.3g}" for name, value in row.figures.items())
        table.add_row(row.part, row.name, ratio, row.goal, met, seconds, figures)
    Console(width=None if sys.stdout.isatty() else 200).print(table, markup=False, highlight=False)


def _text(spread: Spread) -> str:
    if spread.least == spread.most:
        return f"{spread.median:.3g}"
    return f"{spread.median:.3g} ({spread.least:.3g} to {spread.most:.3g})"
