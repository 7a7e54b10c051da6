"""The most valuable sets that do not share an element: exact set packing, of many small problems at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .work import ENTRIES, ITERATION, NODE, TooMuchWorkError, Work

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Places = NDArray[np.intp]

SCALE = 1e3
"""Lifts differences of value above the precision of the solver, which is absolute."""

WHOLE = 1e-6
"""How far from a whole number the solver's answer may be and still be one."""

MARGIN = 1e-3
"""By how much, after scaling, prices may be off."""


MOST_ITERATIONS = 2**31 - 1
"""The largest limit that the solver takes."""

WIDTH = 2
"""How many sets to look at first, for each element: few, and mostly enough to be sure of the best."""


def packed(elements: Places, starts: Places, values: Floats, work: Work | None = None) -> Flags:
    """Choose sets of the greatest total value such that no element is in two of them.

    Linear programming comes first. Its prices say how much of its value is lost at least by
    choosing a set. Where it leaves parts of sets, integer programming chooses among the
    sets that lose little; if its value lacks no more than what the others would lose, none
    of them can do better. Where it lacks more, all sets that lose no more than that are
    added, which is enough.

    Parameters
    ----------
    elements : NDArray[np.intp]
        The elements of all sets, one set after the other.
    starts : NDArray[np.intp], shape (sets + 1,)
        Where the elements of each set begin.
    values : NDArray[np.float64], shape (sets,)
        All more than 0.
    work : Work or None
        Where steps are counted; None for without limit.

    Returns
    -------
    NDArray[np.bool_], shape (sets,)
        What to choose.

    Raises
    ------
    TooMuchWorkError
        It takes more steps than there are.

    Examples
    --------
    >>> pairs = np.array([0, 1, 1, 2, 0, 2]), np.array([0, 2, 4, 6])
    >>> packed(*pairs, np.array([1.0, 1.5, 1.0])).tolist()
    [False, True, False]
    """
    from scipy.sparse import csc_array

    work = work or Work()
    places = np.unique(elements, return_inverse=True)[1]
    members = csc_array((np.ones(len(elements)), places, starts), shape=(int(places.max()) + 1, len(values)))
    values = SCALE * values
    shares, prices = _relaxed(members, values, work)
    unclear = np.abs(shares - np.round(shares)) > WHOLE
    chosen: Flags = np.asarray(shares > 0.5)
    if not unclear.any():
        return chosen
    part = _parts(places, starts)
    unclear = np.isin(part, part[unclear])
    chosen &= ~unclear
    lost = np.add.reduceat(prices[places], starts[:-1]) - values
    most = np.bincount(part, values * shares)
    concerned = np.unique(places[np.repeat(unclear, np.diff(starts))])
    bound: Floats = np.full(len(most), _cheap(lost[unclear], WIDTH * len(concerned)))
    while unclear.any():
        open_still = unclear & (lost <= bound[part])
        chosen[unclear] = False
        chosen[open_still] = _whole(members[:, open_still], values[open_still], work)
        lacking = np.asarray(most - np.bincount(part, values * chosen) + MARGIN, dtype=np.float64)
        unclear &= (lacking > bound)[part]
        bound = lacking
    return chosen


def _cheap(lost: Floats, count: int) -> float:
    """Return what the first `count` sets lose at most."""
    last = min(len(lost), count) - 1
    return max(float(np.partition(lost, last)[last]), MARGIN)


def _relaxed(members: Any, values: Floats, work: Work) -> tuple[Floats, Floats]:
    """Return how much of each set the linear program chooses, and the price of each element."""
    from scipy.optimize import linprog

    elements = members.shape[0]
    each = ITERATION + members.nnz // ENTRIES
    most = work.times(each)
    limits = {} if most is None else {"maxiter": min(most, MOST_ITERATIONS)}
    found = linprog(-values, A_ub=members, b_ub=np.ones(elements), bounds=(0.0, None), method="highs", options=limits)
    # Nothing at all is always allowed, and values are finite: only its limit can keep it from an answer.
    if found.status != 0:
        raise TooMuchWorkError
    work.take(each * int(found.nit))
    return found.x, -found.ineqlin.marginals


def _whole(members: Any, values: Floats, work: Work) -> Flags:
    """Return which sets to choose."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    each = NODE * members.nnz
    most = work.times(each)
    options: dict[str, float] = {"mip_rel_gap": 0.0} | (
        {} if most is None else {"node_limit": min(most, MOST_ITERATIONS)}
    )
    used = members.tocsr()
    used = used[np.diff(used.indptr) > 0]
    found = milp(
        -values,
        integrality=np.ones(len(values)),
        bounds=Bounds(0.0, 1.0),
        constraints=LinearConstraint(used, -np.inf, 1.0),
        options=options,
    )
    if found.status != 0:
        raise TooMuchWorkError
    work.take(each * max(1, int(found.mip_node_count or 0)))
    chosen: Flags = found.x > 0.5
    return chosen


def _parts(places: Places, starts: Places) -> Places:
    """Return for each set to which part of the problem it belongs; parts share no elements."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    firsts = places[starts[:-1]]
    count = int(places.max()) + 1
    links = coo_array((np.ones(len(places)), (np.repeat(firsts, np.diff(starts)), places)), shape=(count, count))
    parts: Places = connected_components(links, directed=False)[1][firsts]
    return parts
