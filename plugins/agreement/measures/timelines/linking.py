"""Which event of one rater is the same as which event of the other (EasyDIAg's first step)."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vib.observation import Observation

from .coded import Coded

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Counts = NDArray[np.intp]

INSTANT = 1.0
"""Seconds that an instant lasts for linking, centred on it: it has no overlap otherwise."""

DIGITS = 9
"""Decimals to which shares of overlap are compared, so that 0.6 of 1 s stays 0.6 anywhere in a clip."""

HAIR = 1e-9
"""Seconds of slack in comparing times: 3.1 - 2.1 is more than 1 in binary."""

NOT_LINKED = -1.0
"""The share of events that may not be linked."""

AT_ONCE = 200_000
"""Pairs of events that are weighed at once; with more, the best partner is looked up for each event."""


def link(
    first: Sequence[Observation], second: Sequence[Observation], overlap: float = 0.6, window: float | None = None
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
    most 0.4 s apart. With a window, two instants may be linked when they lie within it, the
    nearest first; an instant and an event that lasts are compared as they are without.

    Parameters
    ----------
    first, second : Sequence[Observation]
        Events of one tier, each in order of onset as a `Timeline` has them.
    overlap : float
        Above 0, at most 1.
    window : float or None
        Seconds that two instants may lie apart, this many included; None or 0 for as many as
        the overlap of the seconds around them allows.

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
    place_of: dict[str, int] = {}
    for o in (*first, *second):
        place_of.setdefault(o.code, len(place_of))
    links = link_coded(Coded.of(first, place_of), Coded.of(second, place_of), overlap, window)
    return tuple((int(i), int(j)) for i, j in links)


def link_coded(first: Coded, second: Coded, overlap: float = 0.6, window: float | None = None) -> Counts:
    """Link the events of two raters as `link` does.

    Events are compared only with those whose onset lets them be linked. Where events follow
    one another that is a few pairs for each, all weighed at once; where very many lie over
    one another only the best partner that is left is kept for each, so that memory always
    grows with the number of events.

    Returns
    -------
    NDArray[np.intp], shape (links, 2)
        In order of the first.
    """
    if not len(first.starts) or not len(second.starts):
        return np.empty((0, 2), dtype=np.intp)
    partners = _Partners(first, second, overlap, window or None)
    links = partners.all_at_once() if int((partners.high - partners.low).sum()) <= AT_ONCE else partners.one_by_one()
    return links[np.argsort(links[:, 0], kind="stable")]


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
    """Finds which events of two raters can be linked, and in which order."""

    def __init__(self, first: Coded, second: Coded, overlap: float, window: float | None) -> None:
        self.overlap, self.window = overlap, window
        self.my_codes, self.their_codes = first.codes, second.codes
        self.mine, self.theirs = _bounds(first), _bounds(second)
        self.order = np.argsort(self.theirs.starts, kind="stable")
        self.free = np.ones(len(second.starts), dtype=np.bool_)
        self.low, self.high = windows(self.mine, self.theirs.starts[self.order], overlap, window)

    def all_at_once(self) -> Counts:
        """Weigh every pair that may be linked, and take them in order."""
        widths = np.maximum(self.high - self.low, 0)
        i = np.repeat(np.arange(len(widths)), widths)
        j = self.order[np.arange(len(i)) - np.repeat(np.cumsum(widths) - widths - self.low, widths)]
        mine_here, theirs_here = self.mine.at(i), self.theirs.at(j)
        (start, end, _), (onset, offset, _) = mine_here, theirs_here
        shares = _shares(mine_here, theirs_here, self.overlap, self.window)
        enough = shares >= 0
        mine, theirs = i[enough], j[enough]
        if len(np.unique(mine)) == len(mine) and len(np.unique(theirs)) == len(theirs):
            return np.stack([mine, theirs], axis=1)
        keys = (
            -shares,
            np.minimum(onset, start),
            np.maximum(onset, start),
            np.minimum(offset, end),
            np.maximum(offset, end),
            self.their_codes[j] != self.my_codes[i],
            i,
            j,
        )
        in_order = np.lexsort(tuple(key[enough] for key in reversed(keys)))
        mine_left, theirs_left, links = set(mine.tolist()), set(theirs.tolist()), []
        for pair in zip(mine[in_order].tolist(), theirs[in_order].tolist(), strict=True):
            if pair[0] in mine_left and pair[1] in theirs_left:
                mine_left.remove(pair[0])
                theirs_left.remove(pair[1])
                links.append(pair)
        return np.array(links, dtype=np.intp).reshape(-1, 2)

    def one_by_one(self) -> Counts:
        """Link the best pair that is left, again and again."""
        waiting = [offer for place in range(len(self.my_codes)) if (offer := self.best(place)) is not None]
        heapq.heapify(waiting)
        links: list[tuple[int, int]] = []
        while waiting:
            offer = heapq.heappop(waiting)
            if self.free[offer.second]:
                self.free[offer.second] = False
                links.append((offer.first, offer.second))
            elif (again := self.best(offer.first)) is not None:
                heapq.heappush(waiting, again)
        return np.array(links, dtype=np.intp).reshape(-1, 2)

    def best(self, place: int) -> _Offer | None:
        """Return the best partner that is still free for an event of the first rater."""
        window = slice(self.low[place], self.high[place])
        start, end, _ = mine = self.mine.at(place)
        shares = _shares(mine, self.theirs.at(self.order[window]), self.overlap, self.window)
        shares[~self.free[self.order[window]]] = NOT_LINKED
        if not shares.size or shares.max() < 0:
            return None
        equals = self.order[window][shares == shares.max()]
        onsets, offsets = self.theirs.starts[equals], self.theirs.ends[equals]
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


def shares_of(first: Coded, second: Coded, links: Counts, overlap: float, window: float | None) -> Floats:
    """Return by which share events belong together that `link_coded` linked, in the order of the links."""
    mine, theirs = _bounds(first).at(links[:, 0]), _bounds(second).at(links[:, 1])
    return _shares(mine, theirs, overlap, window or None)


class Bounds(NamedTuple):
    """Onsets and offsets of events, an instant with the second around it, and which of them are instants."""

    starts: Floats
    ends: Floats
    instants: NDArray[np.bool_]

    def at(self, places: Counts | int) -> Bounds:
        """Return some of the events."""
        return Bounds(self.starts[places], self.ends[places], self.instants[places])


def windows(mine: Bounds, starts: Floats, overlap: float, window: float | None = None) -> tuple[Counts, Counts]:
    """Return, for each event, from and up to which of the sorted `starts` a partner can start.

    A partner that starts later must leave `overlap` of this event; one that starts earlier
    lasts at most 1 / `overlap` of this event, and loses at most 1 - `overlap` of that. For
    an instant it can also be any instant in the `window`.
    """
    begin, end, instants = mine
    lasting, rounding = end - begin, 10.0**-DIGITS
    earliest = begin - lasting * (1 - overlap) / overlap - rounding * (1 + lasting)
    latest = end - lasting * overlap + rounding * (1 + lasting)
    if window is not None:
        reach = np.where(instants, window + HAIR, -np.inf)
        earliest, latest = np.minimum(earliest, begin - reach), np.maximum(latest, begin + reach)
    return np.searchsorted(starts, earliest, "left"), np.searchsorted(starts, latest, "right")


def _shares(mine: Bounds, theirs: Bounds, overlap: float, window: float | None) -> Floats:
    """Return the share of the longer event that pairs have in common, below 0 where that is not enough.

    With a window, that of two instants in it is the larger the nearer they are.
    """
    shared = np.minimum(mine.ends, theirs.ends) - np.maximum(mine.starts, theirs.starts)
    shares = np.round(shared / np.maximum(mine.ends - mine.starts, theirs.ends - theirs.starts), DIGITS)
    enough = shares >= round(overlap, DIGITS)
    if window is not None:
        apart = np.abs(mine.starts - theirs.starts)
        both = mine.instants & theirs.instants
        shares = np.where(both, np.round(1.0 - apart / (2.0 * window), DIGITS), shares)
        enough = np.where(both, apart <= window + HAIR, enough)
    return np.where(enough, shares, NOT_LINKED)


def _bounds(seen: Coded) -> Bounds:
    margins = np.where(seen.instants, INSTANT / 2, 0.0)
    return Bounds(seen.starts - margins, seen.ends + margins, seen.instants)
