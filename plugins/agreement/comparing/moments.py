"""The moments on which raters differ, over all pairs of them at once: one row a moment, however many raters see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import final

from vib.observation import Observation, RaterSet

from .disagreements import Difference, Disagreement, Pair, asked, differences, pairs_of, seen_of, weight
from .joining import Joined


@final
@dataclass(frozen=True, slots=True)
class Moment:
    """One moment on which raters differ, over all pairs.

    Parameters
    ----------
    clip, tier : str
        Where it is.
    attribute : str or None
        What of it is described otherwise; None where the events themselves differ.
    start, end : float
        Seconds; everything that any rater has there.
    said : Mapping[str, tuple[Observation, ...]]
        What each rater of the clip has there; empty for who saw nothing.
    pairs : int
        How many pairs of raters differ.
    weight : float
        Seconds to talk about, summed over the pairs; see `disagreements.weight`.
    """

    clip: str
    tier: str
    attribute: str | None
    start: float
    end: float
    said: Mapping[str, tuple[Observation, ...]]
    pairs: int
    weight: float


def moments(
    clips: Sequence[RaterSet],
    raters: Sequence[str],
    *,
    tier: str | None = None,
    code: str | None = None,
    overlap: float = 0.6,
    tolerance: float = 1.0,
    window: float | None = None,
    reference: str | None = None,
) -> list[Moment]:
    """List the moments on which raters differ, the heaviest first.

    What two raters differ on is the same as for `disagreements`. Events of several raters are one moment when two of
    them are linked, the closest first; a moment has at most one event of each rater, so that moments do not grow into
    one another. The weights of all moments together are those of all disagreements of all pairs.

    Parameters
    ----------
    clips : Sequence[RaterSet]
        A clip that fewer than two of the raters coded has no moments.
    raters : Sequence[str]
        Whom to compare, in any order.
    tier, code, overlap, tolerance, window
        As for `disagreements`.
    reference : str or None
        Compare each of the others with this rater only.

    Examples
    --------
    >>> from vib.observation import Timeline
    >>> anna = Timeline(20, [Observation("turn", "kind", 1, 4), Observation("turn", "kind", 8, 9)])
    >>> bram = Timeline(20, [Observation("turn", "volwassene", 1, 4)])
    >>> clips = [RaterSet("clip", 20, {"anna": anna, "bram": bram, "cas": anna})]
    >>> [(one.start, one.end, one.pairs, one.weight) for one in moments(clips, ["anna", "bram", "cas"])]
    [(1, 4, 2, 6), (8, 9, 2, 2)]
    """
    found: list[Moment] = []
    for clip in clips:
        there = sorted(rater for rater in set(raters) if rater in clip.timelines)
        pairs = pairs_of(there, reference)
        for name in sorted({name for rater in there for name in clip.timelines[rater].tiers}) if pairs else ():
            found += _in_tier(clip, name, there, pairs, tier, code, overlap, tolerance, window)
    return sorted(found, key=_heaviest)


def spread(found: Sequence[Moment], most: int) -> list[Moment]:
    """Return the heaviest moments, spread over each clip: of each stretch its heaviest before a second of any.

    Parameters
    ----------
    found : Sequence[Moment]
        In any order.
    most : int
        How many to return; a clip is cut into as many equal stretches as it may have moments.

    Examples
    --------
    >>> places = ((0, 9), (1, 8), (2, 7), (50, 1), (100, 2))
    >>> all_of_them = [Moment("clip", "turn", None, at, at, {}, 1, weight) for at, weight in places]
    >>> [one.start for one in spread(all_of_them, 3)]
    [0, 100, 50]
    """
    ends: dict[str, float] = {}
    for one in found:
        ends[one.clip] = max(ends.get(one.clip, 0.0), one.end)
    stretches = max(1, -(-most // max(1, len(ends))))
    seen: defaultdict[tuple[str, int], int] = defaultdict(int)
    turns = []
    for one in sorted(found, key=_heaviest):
        middle = (one.start + one.end) / 2
        stretch = one.clip, min(stretches - 1, int(stretches * middle / (ends[one.clip] or 1.0)))
        turns.append((seen[stretch], one))
        seen[stretch] += 1
    # Sorting keeps the order of weight within each turn.
    taken = [one for _, one in sorted(turns, key=lambda turn: turn[0])[:most]]
    return sorted(taken, key=_heaviest)


def _heaviest(one: Moment) -> tuple[float, str, float, float, str, str]:
    return -one.weight, one.clip, one.start, one.end, one.tier, one.attribute or ""


def _in_tier(
    clip: RaterSet,
    name: str,
    there: Sequence[str],
    pairs: Sequence[Pair],
    tier: str | None,
    code: str | None,
    overlap: float,
    tolerance: float,
    window: float | None,
) -> Iterator[Moment]:
    seen = seen_of(clip, name, there)
    between = [(pair, differences(clip, name, pair, seen, overlap, tolerance, window)) for pair in pairs]
    differing = [one for _, both in between for one in both.found if asked(one.disagreement, tier, code)]
    if not differing:
        return
    joined = Joined(seen, ((pair, both.links) for pair, both in between))
    groups: defaultdict[tuple[int, str | None], list[Disagreement]] = defaultdict(list)
    for one in differing:
        groups[_moment_of(one, joined), one.disagreement.attribute].append(one.disagreement)
    for (moment, attribute), found in groups.items():
        members = joined.members(moment).values()
        yield Moment(
            clip.clip,
            name,
            attribute,
            min(o.start for o in members),
            max(o.end for o in members),
            joined.said(moment),
            len({d.raters for d in found}),
            sum(weight(d) for d in found),
        )


def _moment_of(one: Difference, joined: Joined) -> int:
    """Return where a difference belongs: of two events that are no part of one moment, to that of the earlier one."""
    d = one.disagreement
    events = zip(d.raters, one[1:], (d.first, d.second), strict=True)
    return min(((o.start, o.end, o.code), joined.moment(rater, at)) for rater, at, o in events if o is not None)[1]
