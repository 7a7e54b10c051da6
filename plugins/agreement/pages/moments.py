"""The moments of a clip on which raters differ, the weightiest first, and their timelines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from plugins.agreement.comparing.disagreements import Disagreement, Pair, disagreements, weight
from plugins.agreement.view import texts as shared
from plugins.agreement.view.building import STYLES
from plugins.agreement.view.drawing import LEFT, WIDTH, Bar, Strip, strip_length, strips
from plugins.agreement.view.drawing import Names as Drawn
from plugins.agreement.view.writing import clock, clock_tenths, decimal
from vib.language import Language
from vib.observation import Observation, RaterSet, as_codes

from . import texts
from .asked import Asked
from .overview import Names, Page

MOST = 500
"""Moments that one page lists."""


def found_in(
    clip: RaterSet, pairs: Sequence[Pair], *, tier: str | None, code: str | None, overlap: float, tolerance: float
) -> list[Disagreement]:
    """Return where these pairs differ in a clip, the weightiest first."""
    every = [
        d
        for pair in pairs
        for d in disagreements([clip], pair, tier=tier, code=code, overlap=overlap, tolerance=tolerance)
    ]
    return sorted(every, key=lambda d: (-weight(d), d.start, d.raters, d.kind, d.attribute or ""))


def _asked_in(clip: RaterSet, pairs: Sequence[Pair], asked: Asked, tier: str | None) -> list[Disagreement]:
    return found_in(clip, pairs, tier=tier, code=asked.code, overlap=asked.overlap, tolerance=asked.tolerance)


def moments_page(
    clip: RaterSet,
    pairs: Sequence[Pair],
    asked: Asked,
    tier: str | None,
    names: Names,
    said: Callable[[Disagreement], Page | None],
) -> Page:
    """Return what the page of a clip shows; `said` returns what was said of a moment when it was settled."""
    language = names.language
    every = _asked_in(clip, pairs, asked, tier)
    listed, left = every[:MOST], max(0, len(every) - MOST)
    coded = [rater for rater in clip.raters if any(rater in pair for pair in pairs)]
    drawn = sorted({o.tier for rater in coded for o in clip.timelines[rater]})
    styles = _styles(clip, coded)
    called = Drawn(names, names, lambda rater, o: tooltip(rater, o, names), styles)
    kinds: dict[str, int] = {}
    for d in every:
        kinds[_shown_kind(d.kind, pairs)] = kinds.get(_shown_kind(d.kind, pairs), 0) + 1
    return {
        "id": clip.clip,
        "duration": clock(clip.duration),
        "moments": [
            _moment(number, d, names, styles) | {"filter": _shown_kind(d.kind, pairs), "said": said(d)}
            for number, d in enumerate(listed, 1)
        ],
        "left": texts.WORDS["left_moments"].to(language).format(left) if left else "",
        "kinds": [
            {"name": kind, "count": kinds[kind], "label": _kind_label(kind, pairs, language)}
            for kind in shared.KINDS
            if kind in kinds
        ],
        "silent": [
            texts.WORDS["saw_nothing"].to(language).format(rater) for rater in coded if not len(clip.timelines[rater])
        ],
        "strips": [_drawn(one) for one in strips(clip, coded, drawn, [d.start for d in listed], called)],
        "strip_length": f"{strip_length(clip.duration):.3f}",
        "legend": _legend(clip, coded, names, styles),
        "width": f"{WIDTH:g}",
        "left_edge": f"{LEFT:g}",
    }


def _shown_kind(kind: str, pairs: Sequence[Pair]) -> str:
    """Return by which kind a moment is filtered: who of the two saw it says something for one pair only."""
    return "missed" if kind == "added" and len(pairs) != 1 else kind


def _kind_label(kind: str, pairs: Sequence[Pair], language: Language) -> str:
    """Return what a kind of difference is called: with one pair, by the names of the two."""
    if len(pairs) == 1:
        return shared.KINDS[kind].to(language).format(first=pairs[0][0], second=pairs[0][1])
    return texts.KIND_NAMES[kind].to(language)


def _drawn(strip: Strip) -> Page:
    """Return a strip with its places written as SVG wants them, whatever the language of the server."""

    def at(number: float) -> str:
        return f"{number:.1f}"

    def bar(one: Bar) -> Page:
        return {
            **{name: at(getattr(one, name)) for name in ("x", "y", "width", "height")},
            **{name: getattr(one, name) for name in ("style", "label", "title", "instant")},
            "label_x": at(one.x + 5),
            "label_y": at(one.y + 11.3),
        }

    return {
        "start": f"{strip.start:.3f}",
        "height": at(strip.height),
        "right": at(strip.right),
        "wide": at(strip.right - LEFT),
        "axis": at(strip.axis),
        "below": at(strip.axis + 14),
        "tall": at(strip.axis - 12),
        "marks_at": at(strip.marks_at),
        "ticks": [{"x": at(tick.x), "label": tick.label} for tick in strip.ticks],
        "marks": [{"x": at(mark.x), "place": mark.place} for mark in strip.marks],
        "bands": [
            {
                "y": at(band.y),
                "tier": band.tier,
                "rows": [
                    {
                        "y": at(row.y),
                        "height": at(row.height - 2),
                        "text": at(row.y + 11.5),
                        "rater": row.rater,
                        "bars": [bar(one) for one in row.bars],
                    }
                    for row in band.rows
                ],
            }
            for band in strip.bands
        ],
    }


def _styles(clip: RaterSet, raters: Sequence[str]) -> dict[str, int]:
    codes = sorted({(o.tier, o.code) for rater in raters for o in clip.timelines[rater]})
    by_tier: dict[str, list[str]] = {}
    for tier, code in codes:
        by_tier.setdefault(tier, []).append(code)
    return {code: number % STYLES for tier in by_tier.values() for number, code in enumerate(tier)}


def _legend(clip: RaterSet, raters: Sequence[str], names: Names, styles: Mapping[str, int]) -> list[Page]:
    codes = sorted({(o.tier, o.code) for rater in raters for o in clip.timelines[rater]})
    groups: dict[str, list[Page]] = {}
    for tier, code in codes:
        groups.setdefault(tier, []).append(names.code(code) | {"style": styles.get(code, 0)})
    return [{"tier": names(tier), "codes": found} for tier, found in groups.items()]


def _moment(number: int, d: Disagreement, names: Names, styles: Mapping[str, int]) -> Page:
    first, second = d.raters
    return {
        "number": number,
        "start": d.start,
        "end": d.end,
        "when": clock_tenths(d.start, names.language),
        "kind": d.kind,
        "what": shared.KINDS[d.kind].to(names.language).format(first=first, second=second),
        "of": {"tier": d.tier, "attribute": d.attribute or ""},
        "tier": names(d.tier) + (f" · {names(d.attribute)}" if d.attribute else ""),
        "weight": weight_said(weight(d), names.language),
        "has": [_has(first, d, d.first, names, styles), _has(second, d, d.second, names, styles)],
    }


def _has(rater: str, d: Disagreement, o: Observation | None, names: Names, styles: Mapping[str, int]) -> Page:
    if o is None:
        return {"rater": rater, "code": None}
    if d.attribute is not None:
        values = [names(value) for value in as_codes(o.attributes.get(d.attribute))]
        return {"rater": rater, "code": ", ".join(values) or "–", "id": "", "style": None}
    times = f"{clock_tenths(o.start, names.language)} – {clock_tenths(o.end, names.language)}"
    return {"rater": rater, "code": names(o.code), "id": o.code, "style": styles.get(o.code), "times": times}


def tooltip(rater: str, o: Observation, names: Names) -> str:
    """Return what a bar says of itself."""
    described = "; ".join(
        f"{names(name)}: {', '.join(map(names, as_codes(value)))}" for name, value in sorted(o.attributes.items())
    )
    times = f"{clock_tenths(o.start, names.language)} – {clock_tenths(o.end, names.language)}"
    said = f"{rater}: {names(o.code)} [{o.code}], {times}"
    return f"{said} ({described})" if described else said


def weight_said(seconds: float, language: Language) -> str:
    """Return a weight as people write it.

    Examples
    --------
    >>> weight_said(3.5, "nl")
    '3,5 s'
    """
    return f"{decimal(seconds, language, 1)} s"


def summary(clip: RaterSet, pairs: Sequence[Pair], asked: Asked, data: Mapping[str, Any]) -> Page:
    """Return a clip as the overview lists it: who coded it, and how much there is to talk about."""
    found = _asked_in(clip, [pair for pair in pairs if set(pair) <= set(clip.timelines)], asked, asked.tier)
    return {
        "id": clip.clip,
        "situation": str(data.get("situation", "")),
        "duration": clock(clip.duration),
        "raters": clip.raters,
        "moments": len(found),
    }
