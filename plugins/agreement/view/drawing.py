"""Where everything goes in a drawing of raters' timelines above one another.

A long clip is cut into strips, like a score: each strip has, for each tier, a row a rater.
This module only measures; the template draws.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, final

from vib.observation import Observation, RaterSet, as_codes

from .writing import clock

STYLES = 8
"""Patterns in which codes are drawn."""

WIDTH = 1040.0
LEFT = 112.0
PLOT = WIDTH - LEFT - 16.0

HEADING, LANE, GAP, AXIS = 19.0, 17.0, 4.0, 22.0
"""Heights: of a tier's name, of a lane, between rows, of the axis."""

MOST_LANES = 4
"""Codes at once that still get a lane of their own."""

MOST_BARS = 400
"""Bars in a row of one strip; with more, bars of one code that touch on paper become one."""

ROUND_TIMES = (1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600)

LETTER = 6.5
"""Width of an average letter in a bar."""


class Bar(NamedTuple):
    """One observation as it is drawn."""

    x: float
    y: float
    width: float
    height: float
    style: int
    label: str
    title: str
    instant: bool


class Row(NamedTuple):
    """One rater in one tier."""

    y: float
    height: float
    rater: str
    bars: list[Bar]


class Band(NamedTuple):
    """A tier's name above its rows."""

    y: float
    tier: str
    rows: list[Row]


class Mark(NamedTuple):
    """Where a disagreement starts, and whether there is room for its number."""

    x: float
    place: int
    numbered: bool


class Tick(NamedTuple):
    """A moment on the axis."""

    x: float
    label: str


@final
@dataclass(frozen=True, slots=True)
class Strip:
    """One stretch of a clip, drawn."""

    start: float
    height: float
    right: float
    axis: float
    marks_at: float
    bands: list[Band]
    ticks: list[Tick]
    marks: list[Mark]


@final
@dataclass(frozen=True, slots=True)
class Names:
    """How to call and colour what is drawn."""

    tier: Callable[[str], str]
    code: Callable[[str], str]
    title: Callable[[str, Observation], str]
    styles: Mapping[str, int]


def styles_of(codes: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Give each code of a tier a pattern.

    Examples
    --------
    >>> styles_of({"turn": ["adult", "child"], "move": ["follows"]})
    {'adult': 0, 'child': 1, 'follows': 0}
    """
    return {code: number % STYLES for found in codes.values() for number, code in enumerate(found)}


def described(seen: Observation, said: Callable[[str], str]) -> str:
    """Return how an observation is described, by what tiers and codes are called."""
    return "; ".join(
        f"{said(name)}: {', '.join(map(said, as_codes(value)))}" for name, value in sorted(seen.attributes.items())
    )


def strips(
    clip: RaterSet, raters: Sequence[str], tiers: Sequence[str], moments: Sequence[float], names: Names
) -> list[Strip]:
    """Lay out a clip; `moments` are the starts of the disagreements, in the order of their numbers."""
    length = strip_length(clip.duration)
    count = max(1, math.ceil(clip.duration / length - 1e-9))
    return [_strip(clip, raters, tiers, moments, names, n * length, length) for n in range(count)]


def strip_length(duration: float) -> float:
    """Return how many seconds go on one strip: all of a short clip, else at most six strips.

    Examples
    --------
    >>> strip_length(42.0), strip_length(612.4)
    (42.0, 120)
    """
    if duration <= 90:
        return duration
    fitting = (step for step in ROUND_TIMES if step >= 60 and duration <= 6 * step)
    return next(fitting, duration / 6)


def lanes(seen: Iterable[Observation]) -> list[int]:
    """Give each observation, in order of onset, the first lane that is free."""
    free_from: list[float] = []
    chosen = []
    for o in seen:
        fitting = (n for n, end in enumerate(free_from) if end <= o.start)
        lane = next(fitting, min(len(free_from), MOST_LANES - 1))
        if lane == len(free_from):
            free_from.append(0.0)
        free_from[lane] = max(free_from[lane], o.end)
        chosen.append(lane)
    return chosen


def _strip(
    clip: RaterSet,
    raters: Sequence[str],
    tiers: Sequence[str],
    moments: Sequence[float],
    names: Names,
    start: float,
    length: float,
) -> Strip:
    scale, end = PLOT / length, min(start + length, clip.duration)
    bands, y = [], 0.0
    for tier in tiers:
        band = Band(y + HEADING - 6, names.tier(tier), [])
        y += HEADING
        for rater in raters:
            seen = [
                o
                for o in clip.timelines[rater].between(start, end)
                if o.tier == tier and (o.end > start or o.start == o.end)
            ]
            row = _row(seen, rater, y, start, end, scale, names)
            band.rows.append(row)
            y += row.height + GAP
        bands.append(band)
    inside = [(n, m) for n, m in enumerate(moments, 1) if start <= m < end or m == end == clip.duration]
    return Strip(
        start=start,
        height=y + AXIS + (LANE + GAP if moments else 0),
        right=LEFT + (end - start) * scale,
        axis=y + (LANE + GAP if moments else 0) + 2,
        marks_at=y + 2,
        bands=bands,
        ticks=_ticks(start, end, length, scale),
        marks=_marks(inside, start, scale),
    )


def _row(seen: list[Observation], rater: str, y: float, start: float, end: float, scale: float, names: Names) -> Row:
    placed = lanes(seen)
    bars = []
    for o, lane in zip(seen, placed, strict=True):
        left, right = max(o.start, start), min(o.end, end)
        width = max((right - left) * scale, 1.5)
        label = names.code(o.code)
        bars.append(
            Bar(
                x=LEFT + (left - start) * scale,
                y=y + lane * LANE,
                width=width,
                height=LANE - 2,
                style=names.styles.get(o.code, 0),
                label=label if width > len(label) * LETTER + 8 else "",
                title=names.title(rater, o),
                instant=o.start == o.end,
            )
        )
    if len(bars) > MOST_BARS:
        bars = _touching_as_one(bars)
    return Row(y, (max(placed, default=0) + 1) * LANE, rater, bars)


def _touching_as_one(bars: list[Bar]) -> list[Bar]:
    last: dict[tuple[float, int, bool], int] = {}
    kept: list[Bar] = []
    for bar in bars:
        key = (bar.y, bar.style, bar.instant)
        before = kept[last[key]] if key in last else None
        if before is not None and bar.x <= before.x + before.width + 1:
            right = max(before.x + before.width, bar.x + bar.width)
            kept[last[key]] = before._replace(width=right - before.x, label="", title="")
        else:
            last[key] = len(kept)
            kept.append(bar)
    return kept


def _ticks(start: float, end: float, length: float, scale: float) -> list[Tick]:
    step = next((step for step in ROUND_TIMES if length / step <= 10), length / 6)
    first = math.ceil(start / step - 1e-9)
    return [
        Tick(LEFT + (n * step - start) * scale, clock(n * step))
        for n in range(first, math.floor(end / step + 1e-9) + 1)
    ]


def _marks(inside: list[tuple[int, float]], start: float, scale: float) -> list[Mark]:
    marks: list[Mark] = []
    numbered = drawn = -math.inf
    for number, moment in sorted(inside, key=lambda item: item[1]):
        x = LEFT + (moment - start) * scale
        if x - drawn < 2:
            continue
        drawn = x
        shown = x - numbered > 9 + 7 * len(str(number))
        numbered = x if shown else numbered
        marks.append(Mark(x, number, shown))
    return marks
