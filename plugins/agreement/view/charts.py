"""Charts as SVG, drawn by matplotlib: readable without a script, in the colours of the page or as they are for paper.

Names are written by matplotlib's own XML writer, which escapes them. What it writes as style attributes, which the
pages' policy forbids, becomes presentation attributes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from hashlib import sha256
from io import StringIO
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple
from warnings import catch_warnings, simplefilter
from xml.etree.ElementTree import Element, tostring

from defusedxml.ElementTree import fromstring

from plugins import host
from vib.language import Language

from .writing import MeasuredIn, figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS_SHEET = Path(next(iter(host.__path__))) / "static" / "vib" / "colours.css"
"""The style sheet of every page, from which the colours come."""

WIDTH = 6.6
"""Of a chart, in inches of 72 points."""

ROW, AROUND = 0.27, 0.75
"""Height of a row, and of what is above and below all rows, in inches."""

LONGEST = 26
"""Letters of a name beside a chart; the table beside it has all of it."""

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"

_drawing = Lock()


class Dot(NamedTuple):
    """A value in a row, with its interval where it has one."""

    row: int
    value: float
    interval: tuple[float, float] | None = None
    strong: bool = False


class Series(NamedTuple):
    """Dots of one kind, in a colour by its name in the style sheet."""

    label: str
    colour: str
    marker: str
    dots: tuple[Dot, ...]


@cache
def colours() -> Mapping[str, str]:
    """Return the colours of the light page by name, as six hexadecimal digits.

    Examples
    --------
    >>> colours()["paper"]
    '#fffdf9'
    """
    sheet = COLOURS_SHEET.read_text(encoding="utf-8").partition("}")[0]
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3}(?:[0-9a-f]{3})?);", sheet))
    return {
        name: f"#{''.join(2 * x for x in value[1:])}" if len(value) == 4 else value for name, value in found.items()
    }


@lru_cache(maxsize=64)
def dots(
    names: tuple[str, ...],
    series: tuple[Series, ...],
    *,
    measured_in: MeasuredIn,
    language: Language,
    about: str,
    mark: float | None = None,
    themed: bool = True,
) -> str:
    """Return a chart with a row for each name, the first on top, as an SVG element.

    Parameters
    ----------
    about : str
        What a reader hears who does not see it.
    mark : float or None
        Where a line is drawn: the pass mark.
    themed : bool
        Whether colours are those of the page that it is put into, dark where the page is; else those of paper.
    """
    from matplotlib import rcParams
    from matplotlib.figure import Figure
    from matplotlib.ticker import FuncFormatter

    with _drawing, catch_warnings():
        # Letters that matplotlib's own font lacks are there in the reader's.
        simplefilter("ignore", UserWarning)
        # Letters stay letters, for who searches, selects or hears them; and nothing is drawn at random.
        rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "vib", "text.parse_math": False})
        paper = Figure(figsize=(WIDTH, AROUND + ROW * len(names)), facecolor="none", layout="constrained")
        axes = paper.subplots()
        axes.set_facecolor("none")
        for number, one in enumerate(series):
            shift = 0.0 if len(series) == 1 else (number - (len(series) - 1) / 2) * 0.3
            _draw(axes, one, shift)
        if mark is not None:
            axes.axvline(mark, color=colours()["open"], linestyle=(0, (4, 3)), linewidth=1.4, zorder=1)
        axes.set_yticks(range(len(names)), [_short(name) for name in names])
        axes.set_ylim(len(names) - 0.5, -0.5)
        ends = [end for one in series for dot in one.dots for end in (dot.value, *(dot.interval or ()))]
        lowest = min([0.0, *ends])
        highest = max([1.0, *ends])
        axes.set_xlim(lowest - 0.02 * (highest - lowest), highest + 0.02 * (highest - lowest))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _tick(value, measured_in, language)))
        axes.tick_params(colors=colours()["ink"], length=0, labelsize=10)
        axes.grid(axis="x", color=colours()["line"], linewidth=0.8)
        axes.set_axisbelow(True)
        for spine in axes.spines.values():
            spine.set_visible(False)
        if len(series) > 1:
            axes.legend(
                loc="lower left",
                bbox_to_anchor=(0, 1),
                ncols=len(series),
                frameon=False,
                fontsize=10,
                labelcolor=colours()["ink"],
                borderaxespad=0.2,
                handletextpad=0.3,
            )
        written = StringIO()
        paper.savefig(written, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return _as_part(written.getvalue(), about, themed=themed)


def _draw(axes: Axes, one: Series, shift: float) -> None:
    colour = colours()[one.colour]
    for dot in one.dots:
        row = dot.row + shift
        dark = colours()["halt"] if dot.strong else colour
        if dot.interval is not None:
            axes.plot(dot.interval, (row, row), color=dark, linewidth=1.8, solid_capstyle="round", zorder=2)
    for strong in (False, True):
        chosen = [dot for dot in one.dots if dot.strong == strong]
        if chosen:
            axes.plot(
                [dot.value for dot in chosen],
                [dot.row + shift for dot in chosen],
                linestyle="none",
                marker="D" if strong else one.marker,
                markersize=6,
                color=colours()["halt"] if strong else colour,
                label=one.label if not strong or len(chosen) == len(one.dots) else "_",
                zorder=3,
            )


def _tick(value: float, measured_in: MeasuredIn, language: Language) -> str:
    said = figure(value, measured_in, language)
    return re.sub(r"[.,]0+(?=\D|$)", "", said) if measured_in == "share" else said


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def _as_part(drawing: str, about: str, *, themed: bool) -> str:
    """Return a drawing as a part of a page: with no style of its own, and no name that another could have."""
    root = fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", drawing))
    prefix = "c" + sha256(drawing.encode() + about.encode()).hexdigest()[:10]
    used = set(re.findall(r"(?:url\(#|href=\"#)([^)\"]+)", drawing))
    by_colour = {value: f"var(--{name}, {value})" for name, value in colours().items()}
    for element in root.iter():
        for child in list(element):
            if child.tag in (f"{SVG}style", f"{SVG}metadata"):
                element.remove(child)
        _as_attributes(element)
        element.tag = element.tag.removeprefix(SVG)
        if not (element.text or "").strip():
            element.text = None
        element.tail = None
        if (known := element.attrib.pop("id", None)) in used:
            element.set("id", f"{prefix}-{known}")
        for name, value in element.attrib.items():
            said = value.replace("url(#", f"url(#{prefix}-")
            element.set(name, by_colour.get(said, said) if themed else said)
        if LINK in element.attrib:
            element.set("href", f"#{prefix}-{element.attrib.pop(LINK)[1:]}")
    width, height = root.attrib.pop("width"), root.attrib.pop("height")
    if not themed:
        root.set("width", width)
        root.set("height", height)
        root.set("font-family", "sans-serif")
    root.set("class", "chart")
    root.set("role", "img")
    root.set("aria-label", about)
    root.set("stroke-linejoin", "round")
    return tostring(root, encoding="unicode")


def _as_attributes(element: Element) -> None:
    style = element.attrib.pop("style", "")
    for rule in filter(None, (rule.strip() for rule in style.split(";"))):
        name, _, value = rule.partition(":")
        if name.strip() == "font":
            size = re.search(r"([\d.]+)px", value)
            if size:
                element.set("font-size", size[1])
        else:
            element.set(name.strip(), value.strip())
