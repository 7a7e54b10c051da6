"""Which event of one rater is the same as which event of the other (EasyDIAg's first step)."""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vib.observation import Observation

from .coded import Coded, Lane

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
    alone = (Lane(one, np.array([0, len(one.codes)], dtype=np.intp), one.codes[:0]) for one in (first, second))
    return link_lanes(next(alone), next(alone), overlap, window)


def link_lanes(first: Lane, second: Lane, overlap: float = 0.6, window: float | None = None) -> Counts:
    """Link the events of two raters in many clips as `link` does in one.

    Returns
    -------
    NDArray[np.intp], shape (links, 2)
        Places in the lanes, in order of the first.
    """
    if not len(first.coded.starts) or not len(second.coded.starts):
        return np.empty((0, 2), dtype=np.intp)
    partners, clips = _Partners(first, second, overlap, window or None), len(first.first) - 1
    if clips > 1 and partners.offers > AT_ONCE:
        halves = ((lane.part(0, clips // 2), lane.part(clips // 2, clips)) for lane in (first, second))
        (mine, mine_too), (theirs, theirs_too) = halves
        before: Counts = np.array([len(mine.coded.codes), len(theirs.coded.codes)], dtype=np.intp)
        later = link_lanes(mine_too, theirs_too, overlap, window) + before
        return np.concatenate([link_lanes(mine, theirs, overlap, window), later])
    links = partners.all_at_once() if partners.offers <= AT_ONCE else partners.one_by_one()
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

    def __init__(self, first: Lane, second: Lane, overlap: float, window: float | None) -> None:
        self.overlap, self.window = overlap, window
        self.my_codes, self.their_codes = first.coded.codes, second.coded.codes
        self.mine, self.theirs = _bounds(first.coded), _bounds(second.coded)
        # Each clip after the one before, only to look up who may be near; what is weighed are the times themselves.
        latest = max(float(self.mine.ends.max()), float(self.theirs.ends.max())) + INSTANT
        shift = 2.0 ** math.ceil(math.log2(latest)) * 2.0
        after, after_too = (lane.clip.astype(np.float64) * shift for lane in (first, second))
        keys = self.theirs.starts + after_too
        self.order = np.argsort(keys, kind="stable")
        self.free = np.ones(len(self.their_codes), dtype=np.bool_)
        slack = 4.0 * float(np.spacing(shift * len(first.first)))
        low, high = windows(self.mine, keys[self.order], overlap, window, after, slack)
        own, until = second.first[:-1][first.clip], second.first[1:][first.clip]
        self.low, self.high = np.clip(low, own, until), np.clip(high, own, until)

    @property
    def offers(self) -> int:
        """How many pairs may be linked."""
        return int(np.maximum(self.high - self.low, 0).sum())

    def all_at_once(self) -> Counts:
        """Weigh every pair that may be linked, and take them in order."""
        widths = np.maximum(self.high - self.low, 0)
        i = np.repeat(np.arange(len(widths)), widths)
        j = self.order[np.arange(len(i)) - np.repeat(np.cumsum(widths) - widths - self.low, widths)]
        shares = _shares(self.mine.at(i), self.theirs.at(j), self.overlap, self.window)
        enough = np.flatnonzero(shares >= 0)
        i, j, shares = i[enough], j[enough], shares[enough]
        # Of two who have nobody else, nothing has to be chosen.
        rivals = (np.bincount(i)[i] > 1) | (np.bincount(j)[j] > 1)
        alone = np.stack([i[~rivals], j[~rivals]], axis=1)
        if len(alone) == len(i):
            return alone
        i, j, shares = i[rivals], j[rivals], shares[rivals]
        (start, end, _), (onset, offset, _) = self.mine.at(i), self.theirs.at(j)
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
        in_order = np.lexsort(tuple(reversed(keys)))
        mine_left, theirs_left, links = set(i.tolist()), set(j.tolist()), []
        for pair in zip(i[in_order].tolist(), j[in_order].tolist(), strict=True):
            if pair[0] in mine_left and pair[1] in theirs_left:
                mine_left.remove(pair[0])
                theirs_left.remove(pair[1])
                links.append(pair)
        return np.concatenate([alone, np.array(links, dtype=np.intp).reshape(-1, 2)])

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


def windows(
    mine: Bounds,
    starts: Floats,
    overlap: float,
    window: float | None = None,
    after: Floats | float = 0.0,
    slack: float = 0.0,
) -> tuple[Counts, Counts]:
    """Return, for each event, from and up to which of the sorted `starts` a partner can start.

    A partner that starts later must leave `overlap` of this event; one that starts earlier
    lasts at most 1 / `overlap` of this event, and loses at most 1 - `overlap` of that. For
    an instant it can also be any instant in the `window`. `after` is what was added to the starts
    of the event's clip, and `slack` what that may have rounded.
    """
    begin, end, instants = mine
    lasting, rounding = end - begin, 10.0**-DIGITS
    with np.errstate(over="ignore"):
        # Of next to no overlap a partner may start at any time before.
        earliest = begin - lasting * (1 - overlap) / overlap - rounding * (1 + lasting)
    latest = end - lasting * overlap + rounding * (1 + lasting)
    if window is not None:
        reach = np.where(instants, window + HAIR, -np.inf)
        earliest, latest = np.minimum(earliest, begin - reach), np.maximum(latest, begin + reach)
    low = np.searchsorted(starts, earliest + after - slack, "left")
    return low, np.searchsorted(starts, latest + after + slack, "right")


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
        shares = np.where(both, np.round(1.0 - apart / (2.0 * max(window, HAIR)), DIGITS), shares)
        enough = np.where(both, apart <= window + HAIR, enough)
    return np.where(enough, shares, NOT_LINKED)


def _bounds(seen: Coded) -> Bounds:
    margins = np.where(seen.instants, INSTANT / 2, 0.0)
    return Bounds(seen.starts - margins, seen.ends + margins, seen.instants)
