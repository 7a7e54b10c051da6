"""The moments on which two raters differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, final

from plugins.agreement.measures.timelines.linking import link
from vib.observation import Observation, RaterSet, as_codes

Kind = Literal["missed", "added", "other_code", "boundary", "attribute"]

Pair = tuple[str, str]

TOUCHING = 0.1
"""Share of the longer of two events that makes them one moment, seen with another boundary."""


@final
@dataclass(frozen=True, slots=True)
class Disagreement:
    """One moment on which two raters differ.

    Parameters
    ----------
    kind : {"missed", "added", "other_code", "boundary", "attribute"}
        Only the first rater has it; only the second has it; both, with other codes; both,
        with a start or end that differs by more than the tolerance; both, described otherwise.
    start, end : float
        The stretch to look at: everything that either rater has.
    first, second : Observation or None
        What each rater has.
    attribute : str or None
        Which attribute differs.
    """

    clip: str
    tier: str
    kind: Kind
    start: float
    end: float
    raters: Pair
    first: Observation | None
    second: Observation | None
    attribute: str | None = None


def disagreements(
    clips: Sequence[RaterSet],
    raters: Pair,
    *,
    tier: str | None = None,
    code: str | None = None,
    overlap: float = 0.6,
    tolerance: float = 1.0,
) -> list[Disagreement]:
    """List every moment on which two raters differ, clip by clip, in order of time.

    Events are linked exactly as for the event-based figures. Where linked events have
    other codes, their boundaries and attributes are not compared any more. Events that are
    left over but overlap (by at least a tenth of the longer) with the same code are one
    moment with another boundary, though the figures count them as seen by one rater each.

    Parameters
    ----------
    clips : Sequence[RaterSet]
        Clips that either rater did not code are skipped.
    raters : tuple[str, str]
        Whose codes are `first` and `second`.
    tier : str or None
        Only this tier, or only this attribute of any tier.
    code : str or None
        Only where either rater has this code.
    overlap, tolerance : float
        As in `Choice`.

    Examples
    --------
    >>> from vib.observation import Timeline
    >>> anna = Timeline(20, [Observation("turn", "kind", 1, 4), Observation("turn", "kind", 8, 9)])
    >>> bram = Timeline(20, [Observation("turn", "volwassene", 1, 4)])
    >>> clips = [RaterSet("clip", 20, {"anna": anna, "bram": bram})]
    >>> [(d.start, d.kind) for d in disagreements(clips, ("anna", "bram"))]
    [(1, 'other_code'), (8, 'missed')]
    """
    found: list[Disagreement] = []
    for clip in clips:
        if set(raters) <= set(clip.timelines):
            here = [
                d
                for name in _tiers(clip, raters)
                for d in _in_tier(clip, raters, name, overlap, tolerance)
                if tier in (None, name, d.attribute) and _has(d, code)
            ]
            found += sorted(here, key=lambda d: (d.start, d.end, d.tier, d.kind, d.attribute or ""))
    return found


def _in_tier(clip: RaterSet, raters: Pair, tier: str, overlap: float, tolerance: float) -> Iterator[Disagreement]:
    mine, theirs = (clip.timelines[rater].tiers.get(tier, ()) for rater in raters)
    links = link(mine, theirs, overlap)

    def differs(
        kind: Kind, first: Observation | None, second: Observation | None, attribute: str | None = None
    ) -> Disagreement:
        both = [o for o in (first, second) if o is not None]
        start, end = min(o.start for o in both), max(o.end for o in both)
        return Disagreement(clip.clip, tier, kind, start, end, raters, first, second, attribute)

    for i, j in links:
        first, second = mine[i], theirs[j]
        if first.code != second.code:
            yield differs("other_code", first, second)
            continue
        # A hair of slack: 3.1 - 2.1 is more than 1 in binary.
        if max(abs(first.start - second.start), abs(first.end - second.end)) > tolerance + 1e-9:
            yield differs("boundary", first, second)
        for name in sorted({*first.attributes, *second.attributes}):
            values = (sorted(as_codes(o.attributes.get(name))) for o in (first, second))
            if next(values) != next(values):
                yield differs("attribute", first, second, name)
    left = [o for place, o in enumerate(mine) if place not in {i for i, _ in links}]
    right = [o for place, o in enumerate(theirs) if place not in {j for _, j in links}]
    touching = [(left[i], right[j]) for i, j in link(left, right, TOUCHING) if left[i].code == right[j].code]
    for first, second in touching:
        yield differs("boundary", first, second)
    mine_seen, theirs_seen = ({id(o) for o in side} for side in (zip(*touching, strict=True) if touching else ((), ())))
    yield from (differs("missed", o, None) for o in left if id(o) not in mine_seen)
    yield from (differs("added", None, o) for o in right if id(o) not in theirs_seen)


def _has(found: Disagreement, code: str | None) -> bool:
    if code is None:
        return True
    both = [o for o in (found.first, found.second) if o is not None]
    if found.attribute is not None:
        return any(code in (o.code, *as_codes(o.attributes.get(found.attribute))) for o in both)
    return any(code == o.code for o in both)


def _tiers(clip: RaterSet, raters: Pair) -> list[str]:
    return sorted({tier for rater in raters for tier in clip.timelines[rater].tiers})
