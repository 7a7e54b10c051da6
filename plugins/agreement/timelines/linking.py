"""Which event of one rater is the same as which event of the other (EasyDIAg's first step)."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from vib.observation import Observation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Counts = NDArray[np.intp]

INSTANT = 1.0
"""Seconds that an instant lasts for linking, centred on it: it has no overlap otherwise."""

DIGITS = 9
"""Decimals to which shares of overlap are compared, so that 0.6 of 1 s stays 0.6 anywhere in a clip."""


def link(
    first: Sequence[Observation], second: Sequence[Observation], overlap: float = 0.6
) -> tuple[tuple[int, int], ...]:
    """Link the events of two raters, whatever their codes.

    Two events may be linked when they overlap for at least `overlap` of the longer one.
    The pair with the largest share is linked first, then the largest among the events that
    are left, and so on; each event is linked at most once. Of pairs with equal shares goes
    first: the one with the earlier onset (of its two events the earlier onset, then the
    later one), then with the earlier offset, then with the same code, then in the order of
    the first rater's and of the second rater's codes. So the answer does not depend on
    which rater is called the first.

    An instant counts as the second around it; with 60 % that links instants that are at
    most 0.4 s apart.

    An event is compared only with events whose onset lets them be linked, and only the best
    partner that is left is kept for each: with events that follow one another, the work
    grows with their number, and memory always does.

    Parameters
    ----------
    first, second : Sequence[Observation]
        Events of one tier, each in order of onset as a `Timeline` has them.
    overlap : float
        Above 0, at most 1.

    Returns
    -------
    tuple[tuple[int, int], ...]
        Places in `first` and `second` of what belongs together, in order of the first.

    References
    ----------
    Holle & Rein (2015), EasyDIAg: A tool for easy determination of interrater agreement,
    doi 10.3758/s13428-014-0506-7.

    Examples
    --------
    >>> anna = [Observation("turn", "kind", 0, 10), Observation("turn", "kind", 20, 30)]
    >>> bram = [Observation("turn", "kind", 1, 10), Observation("turn", "kind", 25, 35)]
    >>> link(anna, bram)
    ((0, 0),)
    """
    if not first or not second:
        return ()
    partners = _Partners(first, second, overlap)
    waiting = [offer for place in range(len(first)) if (offer := partners.best(place)) is not None]
    heapq.heapify(waiting)
    links: list[tuple[int, int]] = []
    while waiting:
        offer = heapq.heappop(waiting)
        if partners.free[offer.second]:
            partners.free[offer.second] = False
            links.append((offer.first, offer.second))
        elif (again := partners.best(offer.first)) is not None:
            heapq.heappush(waiting, again)
    return tuple(sorted(links))


class _Offer(NamedTuple):
    """A pair that may be linked, in the order in which pairs are."""

    minus_share: float
    earlier_onset: float
    later_onset: float
    earlier_offset: float
    later_offset: float
    other_code: bool
    first: int
    second: int


class _Partners:
    """Finds the best partner that is still free for an event of the first rater."""

    def __init__(self, first: Sequence[Observation], second: Sequence[Observation], overlap: float) -> None:
        import numpy as np

        self.overlap = overlap
        numbers: dict[str, int] = {}
        codes = [[numbers.setdefault(o.code, len(numbers)) for o in seen] for seen in (first, second)]
        self.mine, self.theirs = _bounds(first), _bounds(second)
        self.my_codes, self.their_codes = (np.array(seen, dtype=np.intp) for seen in codes)
        self.order = np.argsort(self.theirs[0], kind="stable")
        self.starts, self.ends = self.theirs[0][self.order], self.theirs[1][self.order]
        self.free = np.ones(len(second), dtype=np.bool_)
        self.low, self.high = windows(self.mine, self.starts, overlap)

    def best(self, place: int) -> _Offer | None:
        import numpy as np

        window = slice(self.low[place], self.high[place])
        starts, ends = self.starts[window], self.ends[window]
        start, end = self.mine[0][place], self.mine[1][place]
        shared = np.minimum(ends, end) - np.maximum(starts, start)
        shares = np.round(shared / np.maximum(ends - starts, end - start), DIGITS)
        shares[~self.free[self.order[window]]] = -1.0
        if not shares.size or shares.max() < round(self.overlap, DIGITS):
            return None
        equals = self.order[window][shares == shares.max()]
        onsets, offsets = self.theirs[0][equals], self.theirs[1][equals]
        keys = (
            np.minimum(onsets, start),
            np.maximum(onsets, start),
            np.minimum(offsets, end),
            np.maximum(offsets, end),
            self.their_codes[equals] != self.my_codes[place],
        )
        chosen = int(np.lexsort((equals, *reversed(keys)))[0]) if equals.size > 1 else 0
        return _Offer(
            -float(shares.max()),
            float(keys[0][chosen]),
            float(keys[1][chosen]),
            float(keys[2][chosen]),
            float(keys[3][chosen]),
            bool(keys[4][chosen]),
            place,
            int(equals[chosen]),
        )


def windows(mine: tuple[Floats, Floats], starts: Floats, overlap: float) -> tuple[Counts, Counts]:
    """Return, for each event, from and up to which of the sorted `starts` a partner can start.

    A partner that starts later must leave `overlap` of this event; one that starts earlier
    lasts at most 1 / `overlap` of this event, and loses at most 1 - `overlap` of that.
    """
    import numpy as np

    begin, end = mine
    lasting, rounding = end - begin, 10.0**-DIGITS
    earliest = begin - lasting * (1 - overlap) / overlap - rounding * (1 + lasting)
    latest = end - lasting * overlap + rounding * (1 + lasting)
    return np.searchsorted(starts, earliest, "left"), np.searchsorted(starts, latest, "right")


def _bounds(seen: Sequence[Observation]) -> tuple[Floats, Floats]:
    import numpy as np

    margins = [INSTANT / 2 if o.start == o.end else 0.0 for o in seen]
    return (
        np.array([o.start - margin for o, margin in zip(seen, margins, strict=True)], dtype=np.float64),
        np.array([o.end + margin for o, margin in zip(seen, margins, strict=True)], dtype=np.float64),
    )
