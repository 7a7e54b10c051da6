"""The moments of a clip on which raters differ, the heaviest first, and their timelines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import final

from plugins.agreement.comparing.moments import Moment, moments, spread
from plugins.agreement.view.clips import moment_of
from plugins.agreement.view.drawing import LEFT, WIDTH, Bar, Strip, described, strip_length, strips, styles_of
from plugins.agreement.view.drawing import Names as Drawn
from plugins.agreement.view.model import Name, Said
from plugins.agreement.view.writing import clock, clock_tenths, decimal
from vib.language import Language, Text
from vib.observation import Observation, RaterSet

from . import texts
from .asked import Asked, Known
from .names import Names, Page

MOST = 200
"""Moments that one page lists."""

MOST_NAMED = 3
"""Raters who are named where a moment is not opened; more are counted."""


def found_in(clips: Sequence[RaterSet], asked: Asked, known: Known, tier: str | None, own: str = "") -> list[Moment]:
    """Return the moments on which those whom an address asks for differ, the heaviest first.

    Parameters
    ----------
    own : str
        Whose own results these are: only where this rater differs from another.
    """
    return moments(
        clips,
        asked.pair or known.raters,
        tier=tier,
        code=asked.code,
        overlap=asked.overlap,
        tolerance=asked.tolerance,
        reference=None if asked.pair else own or asked.whose,
    )


@final
class Shown:
    """A clip as its page shows it.

    Parameters
    ----------
    tolerance : float
        Seconds by which boundaries may differ before it is called a difference.
    """

    def __init__(self, clip: RaterSet, names: Names, tolerance: float) -> None:
        self._clip, self.names, self._tolerance = clip, names, tolerance
        self._codes = sorted({(o.tier, o.code) for seen in clip.timelines.values() for o in seen})
        by_tier: dict[str, list[str]] = {}
        for tier, code in self._codes:
            by_tier.setdefault(tier, []).append(code)
        self._styles = styles_of(by_tier)

    def page(self, every: Sequence[Moment], raters: Sequence[str], last: Mapping[int, Page], *, in_time: bool) -> Page:
        """Return the moments, those that are not settled first, and the timelines.

        Parameters
        ----------
        raters : Sequence[str]
            Whose timelines are drawn.
        last : Mapping[int, Page]
            What was said last of moments that were settled or opened again, by their places in `every`.
        """
        language = self.names.language
        said = {id(every[place]): told for place, told in last.items()}
        listed = spread(every, MOST)

        def settled(moment: Moment) -> bool:
            return bool(said.get(id(moment), {}).get("settled"))

        listed = sorted(listed, key=(lambda one: (one.start, one.end)) if in_time else settled)
        kinds: dict[str, int] = {}
        for moment in listed:
            kinds[kind_of(moment)] = kinds.get(kind_of(moment), 0) + 1
        left = len(every) - len(listed)
        return {
            "id": self._clip.clip,
            "duration": clock(self._clip.duration),
            "moments": [self._moment(number, one, said.get(id(one))) for number, one in enumerate(listed, 1)],
            "left": texts.WORDS["left_moments"].to(language).format(left) if left else "",
            "kinds": [
                {"name": kind, "count": kinds[kind], "label": label.to(language)}
                for kind, label in texts.KIND_NAMES.items()
                if kind in kinds
            ],
            "any_settled": any(map(settled, listed)),
            "silent": [
                texts.WORDS["saw_nothing"].to(language).format(rater)
                for rater in raters
                if not len(self._clip.timelines[rater])
            ],
            **self._timelines(raters, [moment.start for moment in listed]),
        }

    def _moment(self, number: int, moment: Moment, last: Page | None) -> Page:
        shown = moment_of(moment, self._name, self._tolerance)
        tier = self.names(moment.tier) + (f" · {self.names(moment.attribute)}" if moment.attribute else "")
        return {
            "number": number,
            "start": moment.start,
            "end": moment.end,
            "when": clock_tenths(moment.start, self.names.language),
            "kind": kind_of(moment),
            "what": texts.KIND_NAMES[kind_of(moment)].to(self.names.language),
            "of": {"tier": moment.tier, "attribute": moment.attribute or ""},
            "tier": tier,
            "weight": weight_said(moment.weight, self.names.language),
            "groups": [self._group(said, moment.attribute) for said in shown.said],
            "last": last,
        }

    def _name(self, name: str) -> Name:
        labels = self.names.labels.get(name) or Text(nl=name, en=name)
        return Name(name, labels, self._styles.get(name), name in self.names.unconfirmed)

    def _group(self, said: Said, attribute: str | None) -> Page:
        language = self.names.language
        many = len(said.raters) > MOST_NAMED
        named = texts.WORDS["raters_many"].to(language).format(len(said.raters)) if many else ", ".join(said.raters)
        unsaid = "–" if attribute else texts.WORDS["not_seen"].to(language)
        times = ""
        if said.start is not None and said.end is not None:
            times = f"{clock_tenths(said.start, language)} – {clock_tenths(said.end, language)}"
        return {
            "code": ", ".join(name.said.to(language) for name in said.codes) or unsaid,
            "ids": ", ".join(name.id for name in said.codes),
            "seen": bool(said.codes),
            "style": said.codes[0].style if said.codes else None,
            "named": named,
            "raters": ", ".join(said.raters),
            "times": times,
        }

    def _timelines(self, raters: Sequence[str], starts: Sequence[float]) -> Page:
        drawn = sorted({o.tier for rater in raters for o in self._clip.timelines[rater]})
        called = Drawn(self.names, self.names, lambda rater, o: tooltip(rater, o, self.names), self._styles)
        groups: dict[str, list[Page]] = {}
        for tier, code in self._codes:
            groups.setdefault(tier, []).append(self.names.code(code) | {"style": self._styles.get(code, 0)})
        return {
            "strips": [_drawn(one) for one in strips(self._clip, raters, drawn, starts, called)],
            "strip_length": f"{strip_length(self._clip.duration):.3f}",
            "legend": [{"tier": self.names(tier), "codes": found} for tier, found in groups.items()],
            "width": f"{WIDTH:g}",
            "left_edge": f"{LEFT:g}",
        }


def kind_of(moment: Moment) -> str:
    """Return what differs: how it is described, the code, whether it was seen, or when it begins or ends."""
    if moment.attribute is not None:
        return "attribute"
    if len({o.code for seen in moment.said.values() for o in seen}) > 1:
        return "other_code"
    return "boundary" if all(moment.said.values()) else "missed"


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


def tooltip(rater: str, o: Observation, names: Names) -> str:
    """Return what a bar says of itself."""
    times = f"{clock_tenths(o.start, names.language)} – {clock_tenths(o.end, names.language)}"
    said = f"{rater}: {names(o.code)} [{o.code}], {times}"
    return f"{said} ({more})" if (more := described(o, names)) else said


def weight_said(seconds: float, language: Language) -> str:
    """Return a weight as people write it.

    Examples
    --------
    >>> weight_said(3.5, "nl")
    '3,5 s'
    """
    return f"{decimal(seconds, language, 1)} s"
