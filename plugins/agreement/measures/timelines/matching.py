"""Which event of one rater is the same as which of the other, when both of its ends must lie close."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from vib.observation import Observation

from .coded import Coded
from .linking import DIGITS, HAIR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.intp]

Links = tuple[tuple[int, int], ...]


def match_within(first: Sequence[Observation], second: Sequence[Observation], tolerance: float) -> Links:
    """Match the events of two raters whose onsets and whose offsets lie within a tolerance.

    Of all ways to match each event at most once, the one with the most pairs of the same
    code; of those, with the most pairs; of those, with the least squares of the seconds
    between them, which count half for pairs of other codes. So no pair that is taken early
    can cost another one.

    Parameters
    ----------
    first, second : Sequence[Observation]
        Events of one tier, each in order of onset as a `Timeline` has them.
    tolerance : float
        Seconds by which onset and offset may each differ, this many included.

    Returns
    -------
    tuple[tuple[int, int], ...]
        Places in `first` and `second` of what belongs together, in order of the first.

    References
    ----------
    Mesaros, Heittola & Virtanen (2016), doi 10.3390/app6060162 (their collar).

    Examples
    --------
    >>> anna = [Observation("turn", "kind", 0, 5), Observation("turn", "kind", 1, 6)]
    >>> bram = [Observation("turn", "kind", 1, 6), Observation("turn", "kind", 2, 7)]
    >>> match_within(anna, bram, 1.0)
    ((0, 0), (1, 1))
    """
    place_of: dict[str, int] = {}
    for o in (*first, *second):
        place_of.setdefault(o.code, len(place_of))
    links = match_coded(Coded.of(first, place_of), Coded.of(second, place_of), tolerance)
    return tuple((int(i), int(j)) for i, j in links)


def match_coded(first: Coded, second: Coded, tolerance: float) -> Places:
    """Match the events of two raters as `match_within` does.

    Returns
    -------
    NDArray[np.intp], shape (links, 2)
        In order of the first.
    """
    from scipy.optimize import linear_sum_assignment
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    mine, theirs, apart = _candidates(first, second, tolerance + HAIR)
    alike = first.codes[mine] == second.codes[theirs]
    size = len(first.codes) + len(second.codes)
    edges = coo_array((np.ones(mine.size), (mine, theirs + len(first.codes))), shape=(size, size))
    group = connected_components(edges, directed=False)[1][mine]
    alone = np.bincount(group, minlength=size)[group] == 1
    links = list(zip(mine[alone].tolist(), theirs[alone].tolist(), strict=True))
    rivals = np.flatnonzero(~alone)[np.argsort(group[~alone], kind="stable")]
    for place in np.split(rivals, np.flatnonzero(np.diff(group[rivals])) + 1) if rivals.size else ():
        rows, row = np.unique(mine[place], return_inverse=True)
        columns, column = np.unique(theirs[place], return_inverse=True)
        # A pair outweighs all squares together, and a pair of the same code all pairs together.
        pair = min(rows.size, columns.size) + 1.0
        gain = np.zeros((rows.size, columns.size))
        gain[row, column] = pair - apart[place] * (1 + alike[place]) / 2 + pair**2 * alike[place]
        chosen = [(r, c) for r, c in zip(*linear_sum_assignment(gain, maximize=True), strict=True) if gain[r, c] > 0]
        links += [(int(rows[r]), int(columns[c])) for r, c in chosen]
    return np.array(sorted(links), dtype=np.intp).reshape(-1, 2)


def _candidates(first: Coded, second: Coded, slack: float) -> tuple[Places, Places, Floats]:
    """Return the places of all pairs that may be matched, and the squares of how far apart, from 0 to 1."""
    starts, ends, others, closes = first.starts, first.ends, second.starts, second.ends
    low, high = np.searchsorted(others, starts - slack, "left"), np.searchsorted(others, starts + slack, "right")
    mine = np.repeat(np.arange(len(starts)), high - low)
    theirs = np.arange(mine.size) + np.repeat(high - np.cumsum(high - low), high - low)
    onsets, offsets = np.abs(starts[mine] - others[theirs]), np.abs(ends[mine] - closes[theirs])
    near = (onsets <= slack) & (offsets <= slack)
    return mine[near], theirs[near], np.round((onsets**2 + offsets**2) / (2 * slack**2), DIGITS)[near]
