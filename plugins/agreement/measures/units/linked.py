"""Units of a tier: which events of several raters are the same one, so that their codes can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from plugins.agreement.measures.timelines.coded import Coded, CodedTier, coded_tier
from plugins.agreement.measures.timelines.linking import link_coded, shares_of
from vib.statistic import Question

from .ratings import MISSING, Ratings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Places = NDArray[np.intp]

OTHER = "-"
"""The category of every code but the one that was asked about."""


def ratings_asked(question: Question) -> Ratings:
    """Return what raters said of the units of a question.

    For a rating, a unit is a clip. For a tier or attribute a unit is one event that at least
    one rater has: the events of two raters are the same one when EasyDIAg's rule links them
    (see `plugins.agreement.measures.timelines.linking.link`), and with more raters links are joined
    from the largest overlap down, as long as no rater has two events in one unit. Who did not
    mark the event, or did not code the clip, is missing there. With a code, the categories
    are this code and all others.
    """
    if question.rating is not None:
        given = [[clip.ratings.get(r, {}).get(question.rating) for r in question.raters] for clip in question.clips]
        return Ratings.of(given)
    tier = coded_tier(question.clips, question.tier)
    places = linked_units(tier, question.raters, question.overlap, question.tolerance)
    if question.code is None:
        return Ratings(places, tier.codes)
    others = np.where(places == tier.place_of(question.code), 0, 1)
    return Ratings(np.where(places == MISSING, MISSING, others), (question.code, OTHER))


@lru_cache(maxsize=4)
def linked_units(tier: CodedTier, raters: tuple[str, ...], overlap: float, window: float | None = None) -> Places:
    """Return the codes of each unit, shape (units, raters), `MISSING` where a rater has no event."""
    found: list[list[int]] = []
    for clip in tier.clips:
        there = {place: clip.raters[rater] for place, rater in enumerate(raters) if rater in clip.raters}
        for unit in _units(there, overlap, window):
            row = [MISSING] * len(raters)
            for rater, event in unit.items():
                row[rater] = int(there[rater].codes[event])
            found.append(row)
    return np.array(found, dtype=np.intp).reshape(len(found), len(raters))


class _Link(NamedTuple):
    """Two events that can be one, in the order in which they are joined."""

    minus_share: float
    onset: float
    offset: float
    first: tuple[int, int]
    second: tuple[int, int]


def _units(coded: Mapping[int, Coded], overlap: float, window: float | None) -> list[dict[int, int]]:
    """Return units as events by rater, in order of their first rater's events."""
    unit_of = {(rater, event): {rater: event} for rater, one in coded.items() for event in range(len(one.codes))}
    for link in sorted(_links(coded, overlap, window)):
        one, other = unit_of[link.first], unit_of[link.second]
        if not one.keys() & other.keys():
            one.update(other)
            for member in other.items():
                unit_of[member] = one
    return list({id(unit): unit for unit in unit_of.values()}.values())


def _links(coded: Mapping[int, Coded], overlap: float, window: float | None) -> list[_Link]:
    links = []
    for mine, theirs in combinations(coded, 2):
        first, second = coded[mine], coded[theirs]
        pairs = link_coded(first, second, overlap, window)
        i, j = pairs[:, 0], pairs[:, 1]
        onsets = np.minimum(first.starts[i], second.starts[j])
        offsets = np.maximum(first.ends[i], second.ends[j])
        shares = shares_of(first, second, pairs, overlap, window)
        links += [
            _Link(-share, onset, offset, (mine, a), (theirs, b))
            for share, onset, offset, (a, b) in zip(
                shares.tolist(), onsets.tolist(), offsets.tolist(), pairs.tolist(), strict=True
            )
        ]
    return links
