"""What is shown of each clip: who coded it, the moments on which they differ, and its figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from plugins.agreement.comparing import moments as comparing
from plugins.agreement.comparing.report import Report
from vib.observation import Observation, RaterSet, as_codes

from .model import Clip, Moment, Name, Said

MOST_CLIPS = 40
MOST_OBSERVATIONS = 20_000
"""Observations after which no further clip is drawn."""

MOST_MOMENTS = 100
"""Moments listed for one clip."""

Naming = Callable[[str], Name]


def clips_of(report: Report, name: Naming, order: Sequence[str]) -> tuple[tuple[Clip, ...], int]:
    """Return the clips to show in this order, and how many are left out as there are too many to draw."""
    by_id = {clip.clip: clip for clip in report.clips}
    chosen: list[RaterSet] = []
    observations = 0
    for clip in (by_id[one] for one in order[:MOST_CLIPS] if one in by_id):
        if observations > MOST_OBSERVATIONS:
            break
        observations += sum(len(clip.timelines[rater]) for rater in report.raters if rater in clip.timelines)
        chosen.append(clip)
    return tuple(_clip(clip, report, name) for clip in chosen), len(report.clips) - len(chosen)


def _clip(clip: RaterSet, report: Report, name: Naming) -> Clip:
    choice = report.choice
    coded = tuple(rater for rater in report.raters if rater in clip.timelines)
    found = comparing.moments(
        [clip],
        coded,
        tier=choice.tier,
        code=choice.code,
        overlap=choice.overlap,
        tolerance=choice.boundary,
        window=choice.tolerance,
        reference=choice.reference,
    )
    listed = sorted(comparing.spread(found, MOST_MOMENTS), key=lambda moment: (moment.start, moment.end, moment.tier))
    drawn = sorted(
        {o.tier for rater in coded for o in clip.timelines[rater] if choice.tier in (None, o.tier, *o.attributes)}
    )
    return Clip(
        seen=clip,
        coded=coded,
        absent=tuple(rater for rater in report.raters if rater not in clip.timelines),
        silent=tuple(rater for rater in coded if not len(clip.timelines[rater])),
        drawn=tuple(map(name, drawn)),
        moments=tuple(moment_of(moment, name, choice.boundary) for moment in listed),
        left=len(found) - len(listed),
    )


def moment_of(found: comparing.Moment, name: Naming, tolerance: float) -> Moment:
    """Return a moment as it is shown: who has the same there, most of them first, and last who saw nothing.

    Parameters
    ----------
    tolerance : float
        Seconds by which who began or ended otherwise than most may differ, to be told together with them.
    """
    attribute = found.attribute
    groups: dict[tuple[tuple[str, ...], str], list[str]] = {}
    apart = _apart(found, tolerance) if attribute is None else frozenset()
    for rater, seen in found.said.items():
        codes = tuple(dict.fromkeys(code for one in seen for code in _codes(one, attribute)))
        groups.setdefault((codes, rater if rater in apart else ""), []).append(rater)
    said = []
    for (codes, _), raters in groups.items():
        seen = tuple(one for rater in raters for one in found.said[rater])
        start, end = min((one.start for one in seen), default=None), max((one.end for one in seen), default=None)
        said.append(Said(tuple(raters), tuple(map(name, codes)), start, end))
    said.sort(key=lambda one: (not one.codes, -len(one.raters), [code.id for code in one.codes], one.raters))
    return Moment(
        name(found.tier),
        None if attribute is None else name(attribute),
        found.start,
        found.end,
        tuple(said),
        found.pairs,
        found.weight,
    )


def _apart(found: comparing.Moment, tolerance: float) -> frozenset[str]:
    """Return who began or ended at another time than most of those who saw it."""
    seen = {rater: (one[0].start, one[-1].end) for rater, one in found.said.items() if one}
    if len(seen) == 2:
        (start, end), (other_start, other_end) = seen.values()
        return frozenset(seen if max(abs(start - other_start), abs(end - other_end)) > tolerance else ())
    usual = tuple(median(times) for times in zip(*seen.values(), strict=True))
    return frozenset(
        rater
        for rater, times in seen.items()
        if any(abs(time - most) > tolerance for time, most in zip(times, usual, strict=True))
    )


def _codes(seen: Observation, attribute: str | None) -> tuple[str, ...]:
    return (seen.code,) if attribute is None else tuple(as_codes(seen.attributes.get(attribute)))
