"""The moments on which two raters differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, NamedTuple, final

import numpy as np

from plugins.agreement.measures.timelines.coded import Coded
from plugins.agreement.measures.timelines.joining import Links
from plugins.agreement.measures.timelines.linking import link_coded
from vib.observation import Observation, RaterSet, as_codes

Kind = Literal["missed", "added", "other_code", "boundary", "attribute"]

Pair = tuple[str, str]

TOUCHING = 0.1
"""Share of the longer of two events that makes them one moment, seen with another boundary."""

INSTANT = 1.0
"""Seconds that a moment without duration weighs."""

DESCRIBED = 0.5
"""How much a second weighs of what both saw with the same code and described otherwise."""


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


def pairs_of(raters: Sequence[str], reference: str | None = None) -> tuple[Pair, ...]:
    """Return every two raters that are compared: with a reference, each of the others with it.

    Examples
    --------
    >>> pairs_of(["anna", "bram", "cees"], "bram")
    (('anna', 'bram'), ('bram', 'cees'))
    """
    return tuple(pair for pair in combinations(raters, 2) if reference is None or reference in pair)


def disagreements(
    clips: Sequence[RaterSet],
    raters: Pair,
    *,
    tier: str | None = None,
    code: str | None = None,
    overlap: float = 0.6,
    tolerance: float = 1.0,
    window: float | None = None,
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
    window : float or None
        Seconds that two instants may lie apart and still be linked; None where no tolerance was asked for.

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
                one.disagreement
                for name in sorted({name for rater in raters for name in clip.timelines[rater].tiers})
                for one in differences(
                    clip, name, raters, seen_of(clip, name, raters), overlap, tolerance, window
                ).found
                if asked(one.disagreement, tier, code)
            ]
            found += sorted(here, key=lambda d: (d.start, d.end, d.tier, d.kind, d.attribute or ""))
    return found


@final
@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One tier of one clip as a rater saw it: as observations, and as arrays of the same order."""

    observations: tuple[Observation, ...]
    coded: Coded


class Difference(NamedTuple):
    """A moment on which two raters differ, and which of each rater's events it is about; -1 for none."""

    disagreement: Disagreement
    first: int
    second: int


class Differences(NamedTuple):
    """Where two raters differ in a tier, and which of their events are the same one."""

    found: list[Difference]
    links: Links


def seen_of(clip: RaterSet, tier: str, raters: Sequence[str]) -> dict[str, Seen]:
    """Return a tier as each of these raters saw it, with one numbering of codes."""
    seen = {rater: clip.timelines[rater].tiers.get(tier, ()) for rater in raters}
    codes = sorted({o.code for observations in seen.values() for o in observations})
    place_of = {code: place for place, code in enumerate(codes)}
    return {rater: Seen(observations, Coded.of(observations, place_of)) for rater, observations in seen.items()}


def differences(
    clip: RaterSet,
    tier: str,
    raters: Pair,
    seen: Mapping[str, Seen],
    overlap: float,
    tolerance: float,
    window: float | None,
) -> Differences:
    """Return every moment of a tier on which two raters differ; see `disagreements`."""
    mine, theirs = (seen[rater] for rater in raters)
    links = link_coded(mine.coded, theirs.coded, overlap, window)

    def differs(kind: Kind, i: int, j: int, attribute: str | None = None) -> Difference:
        first, second = mine.observations[i] if i >= 0 else None, theirs.observations[j] if j >= 0 else None
        start, end = _extent(first, second)
        return Difference(Disagreement(clip.clip, tier, kind, start, end, raters, first, second, attribute), i, j)

    firsts, seconds = mine.coded.taken(links[:, 0]), theirs.coded.taken(links[:, 1])
    same = firsts.codes == seconds.codes
    apart = np.maximum(np.abs(firsts.starts - seconds.starts), np.abs(firsts.ends - seconds.ends))
    found = [differs("other_code", i, j) for i, j in links[~same].tolist()]
    # A hair of slack: 3.1 - 2.1 is more than 1 in binary.
    found += [differs("boundary", i, j) for i, j in links[same & (apart > tolerance + 1e-9)].tolist()]
    for i, j in links[same].tolist():
        described, otherwise = mine.observations[i].attributes, theirs.observations[j].attributes
        if described != otherwise:
            for name in sorted({*described, *otherwise}):
                if sorted(as_codes(described.get(name))) != sorted(as_codes(otherwise.get(name))):
                    found.append(differs("attribute", i, j, name))
    left = np.setdiff1d(np.arange(len(mine.observations)), links[:, 0])
    right = np.setdiff1d(np.arange(len(theirs.observations)), links[:, 1])
    near = link_coded(mine.coded.taken(left), theirs.coded.taken(right), TOUCHING, window)
    touching = np.stack([left[near[:, 0]], right[near[:, 1]]], axis=1)
    touching = touching[mine.coded.codes[touching[:, 0]] == theirs.coded.codes[touching[:, 1]]]
    found += [differs("boundary", i, j) for i, j in touching.tolist()]
    found += [differs("missed", i, -1) for i in np.setdiff1d(left, touching[:, 0]).tolist()]
    found += [differs("added", -1, j) for j in np.setdiff1d(right, touching[:, 1]).tolist()]
    every = np.concatenate([links, touching])
    return Differences(found, Links.of(mine.coded, theirs.coded, every, TOUCHING, window))


def _extent(first: Observation | None, second: Observation | None) -> tuple[float, float]:
    both = [o for o in (first, second) if o is not None]
    return min(o.start for o in both), max(o.end for o in both)


def weight(d: Disagreement) -> float:
    """Return how much there is to talk about, in seconds.

    A moment that one rater did not see, or to which the other gave another code, weighs its
    duration; an instant weighs one second. Other boundaries weigh the seconds by which start
    and end differ. Another description weighs half the duration.

    Examples
    --------
    >>> first, second = Observation("turn", "kind", 2, 6), Observation("turn", "kind", 2, 9.5)
    >>> weight(Disagreement("clip", "turn", "boundary", 2, 9.5, ("anna", "bram"), first, second))
    3.5
    >>> weight(Disagreement("clip", "turn", "missed", 2, 6, ("anna", "bram"), first, None))
    4
    """
    length = d.end - d.start or INSTANT
    if d.kind == "attribute":
        return DESCRIBED * length
    if d.kind == "boundary" and d.first is not None and d.second is not None:
        return abs(d.first.start - d.second.start) + abs(d.first.end - d.second.end)
    return length


def asked(found: Disagreement, tier: str | None, code: str | None) -> bool:
    """Tell whether a disagreement is about a tier or attribute, and a code; None for any."""
    return tier in (None, found.tier, found.attribute) and _has(found, code)


def _has(found: Disagreement, code: str | None) -> bool:
    if code is None:
        return True
    both = [o for o in (found.first, found.second) if o is not None]
    if found.attribute is not None:
        return any(code in (o.code, *as_codes(o.attributes.get(found.attribute))) for o in both)
    return any(code == o.code for o in both)
