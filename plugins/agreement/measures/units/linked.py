"""Units of a tier: which events of several raters are the same one, so that their codes can be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from plugins.agreement.measures.timelines.coded import Coded, CodedTier, coded_tier
from plugins.agreement.measures.timelines.joining import Links, joined
from plugins.agreement.measures.timelines.linking import link_coded
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
    found = [np.empty((0, len(raters)), dtype=np.intp)]
    for clip in tier.clips:
        there = {place: clip.raters[rater] for place, rater in enumerate(raters) if rater in clip.raters}
        units = joined(there, _links(there, overlap, window))
        rows = np.full(
            (1 + max((int(unit.max(initial=-1)) for unit in units.values()), default=-1), len(raters)), MISSING
        )
        for rater, unit in units.items():
            rows[unit, rater] = there[rater].codes
        found.append(rows)
    return np.concatenate(found)


def _links(coded: Mapping[int, Coded], overlap: float, window: float | None) -> Iterator[tuple[int, int, Links]]:
    for mine, theirs in combinations(coded, 2):
        first, second = coded[mine], coded[theirs]
        events = link_coded(first, second, overlap, window)
        yield mine, theirs, Links.of(first, second, events, overlap, window)
