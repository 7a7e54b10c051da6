"""How many events each rater shares with the others, by clip and code: what a rater, code or clip is judged by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from plugins.agreement.measures.timelines.coded import CodedTier, coded_tier
from plugins.agreement.measures.timelines.linking import link_lanes
from vib.observation import RaterSet

from .disagreements import Pair

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True, eq=False)
class SharedEvents:
    """What each rater of a tier shares with those they are compared with.

    Parameters
    ----------
    clips, raters, codes : tuple[str, ...]
        What the axes of the arrays stand for.
    agreed : NDArray[np.float64], shape (clips, raters, codes)
        Events of either of two raters that both have with this code, over all pairs with this rater: each linked pair
        of events counts 2.
    given : NDArray[np.float64], shape (clips, raters, codes)
        Events of either of the two with this code, over the same pairs.
    events : NDArray[np.float64], shape (clips, raters, codes)
        The rater's own events.
    paired : NDArray[np.bool_], shape (clips, raters, raters)
        Which raters are compared with which.
    between : tuple of NDArray[np.float64], shape (raters, raters, codes)
        What two raters agreed on and gave, over all clips.
    """

    clips: tuple[str, ...]
    raters: tuple[str, ...]
    codes: tuple[str, ...]
    agreed: Floats
    given: Floats
    events: Floats
    paired: NDArray[np.bool_]
    between: tuple[Floats, Floats]


def shared_events(
    clips: tuple[RaterSet, ...],
    tier: str,
    pairs: Sequence[Pair],
    *,
    code: str | None = None,
    overlap: float = 0.6,
    window: float | None = None,
) -> SharedEvents:
    """Count, for a tier or attribute, the events that raters share.

    Parameters
    ----------
    pairs : Sequence[tuple[str, str]]
        Who is compared with whom; a clip counts for a pair when both coded it.
    code : str or None
        Only this code.
    overlap : float
        Share of the longer event that two events must share to be the same one.
    window : float or None
        Seconds that two instants may lie apart and still be the same one.
    """
    raters = tuple(sorted({rater for pair in pairs for rater in pair}))
    place = {rater: number for number, rater in enumerate(raters)}
    coded = coded_tier(clips, tier)
    shape = (len(coded.clips), len(raters), len(coded.codes))
    agreed, given, events = (np.zeros(shape) for _ in range(3))
    between = (np.zeros((*shape[1:2], *shape[1:])), np.zeros((*shape[1:2], *shape[1:])))
    paired = np.zeros((len(coded.clips), len(raters), len(raters)), dtype=np.bool_)
    for here, clip in enumerate(coded.clips):
        for name in place.keys() & clip.raters.keys():
            events[here, place[name]] = np.bincount(clip.raters[name].codes, minlength=shape[2])
    for one, other in pairs:
        mine, theirs = place[one], place[other]
        common = [here for here, clip in enumerate(coded.clips) if one in clip.raters and other in clip.raters]
        paired[common, mine, theirs] = paired[common, theirs, mine] = True
        both = events[common, mine] + events[common, theirs]
        same = 2 * _same(coded, (one, other), overlap, window)
        for rater, partner in ((mine, theirs), (theirs, mine)):
            agreed[common, rater] += same
            given[common, rater] += both
            between[0][rater, partner] += same.sum(axis=0)
            between[1][rater, partner] += both.sum(axis=0)
    chosen = [number for number, name in enumerate(coded.codes) if code in (None, name)]
    return SharedEvents(
        tuple(clip.clip for clip in coded.clips),
        raters,
        tuple(coded.codes[number] for number in chosen),
        agreed[:, :, chosen],
        given[:, :, chosen],
        events[:, :, chosen],
        paired,
        (between[0][:, :, chosen], between[1][:, :, chosen]),
    )


def _same(tier: CodedTier, pair: Pair, overlap: float, window: float | None) -> NDArray[np.intp]:
    """Count the linked events of two raters to which both gave the same code, shape (clips that both coded, codes)."""
    lanes, codes = tier.lanes(pair), len(tier.codes)
    if not lanes:
        return np.zeros((0, codes), dtype=np.intp)
    first, second = lanes
    links = link_lanes(first, second, overlap, window)
    mine, theirs = first.coded.codes[links[:, 0]], second.coded.codes[links[:, 1]]
    cells = (first.clip[links[:, 0]] * codes + mine)[mine == theirs]
    clips = len(first.first) - 1
    return np.bincount(cells, minlength=clips * codes).reshape(clips, codes)
