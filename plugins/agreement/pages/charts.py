"""Figures for Plotly, as plain dicts: a heat map of pairs, and every code against the pass mark.

Names are escaped: Plotly reads tags such as ``<b>`` and ``<a>`` in a text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from vib.language import Language

from . import texts
from .asked import pair_name
from .overview import KAPPAS, Overview

Figure = dict[str, Any]

SCALE = ((0.0, "#f4ead5"), (0.4, "#b9d3d6"), (0.7, "#5f9fb5"), (1.0, "#1c5f7c"))
"""From sand to deep blue: lightness alone tells them apart, for every kind of colour vision."""

NEUTRAL = "#8a8175"
DARK, LIGHT = "#28231d", "#ffffff"
LIGHT_FROM = 0.72
"""From this value on a cell is dark, and its text light."""

LONGEST = 18
"""Letters of a name beside a chart; the table has all of it."""

LOOKS: Mapping[str, tuple[str, str]] = {"event_kappa": ("event", "circle"), "time_unit_kappa": ("time", "diamond-open")}
"""Name of the colour in the style sheet, which the script fills in, and the symbol of each kappa."""


def short(name: str, longest: int = LONGEST) -> str:
    """Return a name as it fits beside a chart, escaped.

    Examples
    --------
    >>> short("anna"), short("<b>een heel lange naam</b>")
    ('anna', '&lt;b&gt;een heel lange…')
    """
    return escape(name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…", quote=False)


def charts(overview: Overview) -> Figure:
    """Return all figures of a page; a click on a pair in the heat map leads to that pair."""
    return {
        "heat": {measure: _heat(overview, measure) for measure in KAPPAS},
        "codes": _codes(overview),
    }


def _heat(overview: Overview, measure: str) -> Figure:
    raters = overview.report.raters
    names = _unique([short(rater) for rater in raters])
    values: list[list[float | None]] = []
    leads: list[list[str]] = []
    hovers: list[list[str]] = []
    notes = []
    for i, first in enumerate(raters):
        row: list[float | None] = []
        lead, hover = [], []
        for j, second in enumerate(raters):
            if i == j:
                row.append(None)
                lead.append("")
                hover.append("")
                continue
            pair = (min(first, second), max(first, second))
            cell = overview.cell(measure, pair, overview.asked.code)
            value = cell.get("number")
            row.append(value)
            lead.append(overview.addresses.get(pair_name(pair), ""))
            hover.append(_said(cell, f"{escape(first)} – {escape(second)}"))
            notes.append(_note(cell, names[j], names[i], len(raters)))
        values.append(row)
        leads.append(lead)
        hovers.append(hover)
    return {
        "data": [
            {
                "type": "heatmap",
                "x": names,
                "y": names,
                "z": values,
                "zmin": 0,
                "zmax": 1,
                "colorscale": [list(stop) for stop in SCALE],
                "xgap": 3,
                "ygap": 3,
                "customdata": leads,
                "text": hovers,
                "hovertemplate": "%{text}<extra></extra>",
                "hoverongaps": False,
                "colorbar": {"thickness": 12, "tickvals": [0, 0.2, 0.4, 0.6, 0.8, 1], "outlinewidth": 0, "len": 0.9},
            }
        ],
        "layout": {
            **_common(overview.language),
            "annotations": notes,
            "height": 64 + (120 if len(raters) < 5 else 84) * len(raters),
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "xaxis": {"side": "top", "showgrid": False, "fixedrange": True, "automargin": True, "type": "category"},
            "yaxis": {
                "autorange": "reversed",
                "showgrid": False,
                "fixedrange": True,
                "automargin": True,
                "type": "category",
            },
        },
    }


def _note(cell: Mapping[str, Any], x: str, y: str, many: int) -> Figure:
    value = cell.get("number")
    if value is None:
        text, colour = "–", NEUTRAL
    else:
        mark = "✓ " if cell["reached"] else ""
        text = f"<b>{mark}{cell['value']}</b>"
        if cell["interval"] and many <= 7:
            text += f"<br><span style='font-size:11px'>{cell['interval']}</span>"
        colour = LIGHT if value >= LIGHT_FROM else DARK
    return {"x": x, "y": y, "text": text, "showarrow": False, "font": {"color": colour, "size": 15}}


def _said(cell: Mapping[str, Any], who: str) -> str:
    if cell["value"] is None:
        return f"{who}<br>– {escape(cell['reason'])}"
    interval = f"<br>{cell['interval']}" if cell["interval"] else ""
    return f"{who}<br><b>{cell['value']}</b>{interval}"


def _codes(overview: Overview) -> Figure:
    """Return each code, and the tier, with its kappas beside the pass mark: one dot a pair."""
    codes: list[str | None] = [None, *overview.codes]
    names = _unique([short(overview.names(overview.tier if code is None else code), 34) for code in codes])
    names[0] = f"<b>{names[0]}</b>"
    traces = [
        _dots(overview, measure, codes, names, shift) for measure, shift in zip(KAPPAS, (-0.14, 0.14), strict=True)
    ]
    mark = overview.asked.mark
    lowest = min([0.0, *(x for trace in traces for x in _lowest(trace))])
    return {
        "data": traces,
        "layout": {
            **_common(overview.language),
            "height": 120 + 36 * len(codes),
            "margin": {"l": 8, "r": 24, "t": 8, "b": 40},
            "showlegend": True,
            "legend": {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
            "shapes": [
                {
                    "type": "line",
                    "x0": mark,
                    "x1": mark,
                    "yref": "paper",
                    "y0": 0,
                    "y1": 1,
                    "line": {"color": "#b4611c", "width": 2, "dash": "dash"},
                }
            ],
            "annotations": [
                {
                    "x": mark,
                    "yref": "paper",
                    "y": 1,
                    "yanchor": "bottom",
                    "showarrow": False,
                    "text": texts.WORDS["pass_mark"].to(overview.language),
                    "font": {"color": "#b4611c", "size": 13},
                }
            ],
            "xaxis": {
                "range": [max(-1.0, lowest - 0.05), 1.05],
                "fixedrange": True,
                "zeroline": True,
                "title": {"text": "kappa", "font": {"size": 13}},
                "dtick": 0.2,
            },
            "yaxis": {
                "tickvals": list(range(len(codes))),
                "ticktext": names,
                "fixedrange": True,
                "range": [len(codes) - 0.5, -0.5],
                "automargin": True,
                "zeroline": False,
            },
        },
    }


def _dots(overview: Overview, measure: str, codes: Sequence[str | None], names: Sequence[str], shift: float) -> Figure:
    """Return one kappa of all codes and pairs; with its intervals where there is one pair."""
    found = [
        (place + shift, cell, f"{names[place]}<br>{escape(pair[0])} – {escape(pair[1])}")
        for place, code in enumerate(codes)
        for pair in overview.pairs
        if (cell := overview.cell(measure, pair, code))["value"] is not None
    ]
    one = len(overview.pairs) == 1
    colour, symbol = LOOKS[measure]
    trace: Figure = {
        "type": "scatter",
        "mode": "markers",
        "name": texts.WORDS["by_event" if measure == "event_kappa" else "by_time"].to(overview.language),
        "meta": colour,
        "x": [cell["number"] for _, cell, _ in found],
        "y": [y for y, _, _ in found],
        "text": [_said(cell, who) for _, cell, who in found],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"symbol": symbol, "size": 11 if one else 8, "line": {"width": 2}, "opacity": 1 if one else 0.7},
    }
    if one:
        trace["error_x"] = {
            "type": "data",
            "symmetric": False,
            "array": [0.0 if cell["high"] is None else cell["high"] - cell["number"] for _, cell, _ in found],
            "arrayminus": [0.0 if cell["low"] is None else cell["number"] - cell["low"] for _, cell, _ in found],
            "thickness": 2,
            "width": 4,
        }
    return trace


def _lowest(trace: Mapping[str, Any]) -> list[float]:
    below = trace.get("error_x", {}).get("arrayminus") or [0.0] * len(trace["x"])
    return [x - low for x, low in zip(trace["x"], below, strict=True)]


def _common(language: Language) -> Figure:
    return {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "system-ui, Segoe UI, Roboto, Noto Sans, Liberation Sans, sans-serif", "size": 14},
        "separators": ", " if language == "nl" else ". ",
        "dragmode": False,
    }


def _unique(names: Sequence[str]) -> list[str]:
    """Number names that were cut off to the same letters: as categories they would be one.

    Examples
    --------
    >>> _unique(["anna", "bram", "anna"])
    ['anna', 'bram', 'anna (2)']
    """
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found
