"""Which units of several raters may belong together: all that a best alignment can be made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, final

import numpy as np

from .continuum import Continuum
from .dissimilarity import Dissimilarity
from .work import Work

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.intp]

SLACK = 1e-9
"""Candidates that are worse by less than this are kept: they may tie."""


class TooManyError(Exception):
    """There are more candidates than asked for."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Unitary alignments of equally many units.

    Parameters
    ----------
    rows : NDArray[np.intp], shape (alignments, units in each)
        Places of units in the continuum, each of another rater, rising.
    disorders : NDArray[np.float64], shape (alignments,)
        Mean dissimilarity over all pairs of raters, where those without a unit are 1 apart.
    """

    rows: Places
    disorders: Floats


def candidates(continuum: Continuum, dissimilarity: Dissimilarity, most: int, work: Work | None = None) -> list[Group]:
    r"""Return the unitary alignments of two units or more that a best alignment may have.

    With P pairs of raters, the disorder of a unitary alignment S is

    .. math:: 1 + \frac{1}{P} \sum_{\{u, v\} \subset S} (d(u, v) - 1)

    so that putting two of them, A and B, together lowers the sum exactly when
    :math:`\sum_{u \in A, v \in B} (d(u, v) - 1) < P`. An S that would do better without one of
    its units is therefore in no best alignment. As :math:`d \ge 0`, this can be seen before S is
    complete: what a unit still gains is at most 1 for each rater to come. The bound of the
    publication (section 5.1.1), that S is no worse than its units alone, follows.

    Parameters
    ----------
    most : int
        Largest number of alignments to hold, at any stage.
    work : Work or None
        Where each alignment that is looked at is a step; None for without limit.

    Returns
    -------
    list[Group]
        Of two units, three, and so on; empty ones are left out.

    Raises
    ------
    TooManyError
        There are more.
    TooMuchWorkError
        It takes more steps than there are.

    References
    ----------
    Mathet, Widlöcher & Métivier (2015), section 5.1, doi 10.1162/COLI_a_00227.

    Examples
    --------
    >>> marked = [[(0, 4, "a"), (10, 14, "a")], [(1, 5, "a")], [(0, 4, "b")]]
    >>> three = Continuum.of(marked, ("a", "b"))
    >>> [group.rows.tolist() for group in candidates(three, Dissimilarity(3.0, 1.0), most=100)]
    [[[0, 2], [0, 3], [2, 3]], [[0, 2, 3]]]
    """
    raters = continuum.n_raters
    pairs = raters * (raters - 1) / 2
    first, second, apart = _pairs(continuum, dissimilarity, pairs + raters - 1, most)
    reaches = np.searchsorted(first, np.arange(len(continuum) + 1))
    rows = np.column_stack((first, second))
    sums = np.column_stack((apart, apart)) - 1.0
    totals = apart
    groups, work = [], work or Work()
    while len(rows):
        work.take(len(rows))
        size = rows.shape[1]
        to_come = raters - 1 - continuum.raters[rows[:, -1]]
        kept = (sums <= (pairs + to_come)[:, None] + SLACK).all(axis=1)
        rows, sums, totals = rows[kept], sums[kept], totals[kept]
        disorders = (totals + pairs - size * (size - 1) / 2) / pairs
        useful = (sums <= pairs + SLACK).all(axis=1) & (disorders <= size + SLACK)
        if useful.any():
            groups.append(Group(rows[useful], disorders[useful]))
        if size == raters:
            break
        last = rows[:, -1]
        whole, at = _expanded(reaches[last], reaches[last + 1], most)
        added, before = second[at], rows[whole]
        gaps = [dissimilarity.between(continuum, before[:, place], added) for place in range(size - 1)]
        more = np.column_stack((*gaps, apart[at]))
        sums = np.column_stack((sums[whole] + more - 1.0, more.sum(axis=1) - size))
        totals = totals[whole] + more.sum(axis=1)
        rows = np.column_stack((before, added))
    return groups


def _pairs(
    continuum: Continuum, dissimilarity: Dissimilarity, bound: float, most: int
) -> tuple[Places, Places, Floats]:
    """Return the pairs of units of two raters that are at most `bound` apart, in order of the first."""
    bounds = continuum.bounds
    found: list[tuple[Places, Places, Floats]] = []
    for one, other in combinations(range(continuum.n_raters), 2):
        first = np.arange(bounds[one], bounds[one + 1])
        for second in _by_length(continuum, np.arange(bounds[other], bounds[other + 1])):
            found.append(_near(continuum, dissimilarity, first, second, bound, most))
            if sum(len(apart) for _, _, apart in found) > most:
                raise TooManyError
    if not found:
        nothing = np.zeros(0, dtype=np.intp)
        return nothing, nothing, np.zeros(0)
    firsts, seconds, aparts = (np.concatenate(parts) for parts in zip(*found, strict=True))
    order = np.lexsort((seconds, firsts))
    return firsts[order], seconds[order], aparts[order]


def _by_length(continuum: Continuum, units: Places) -> Iterator[Places]:
    """Yield units in groups of about one length: one long unit must not make all of them reach far."""
    lengths = continuum.lengths[units]
    sizes = np.where(lengths > 0.0, np.frexp(lengths)[1], np.iinfo(np.int32).min)
    for size in np.unique(sizes):
        yield units[sizes == size]


def _near(
    continuum: Continuum, dissimilarity: Dissimilarity, first: Places, second: Places, bound: float, most: int
) -> tuple[Places, Places, Floats]:
    lengths = continuum.lengths
    middles = (continuum.starts + continuum.ends) / 2
    reach = dissimilarity.reach(bound) * (1.0 + SLACK) / 2
    far = np.full(len(first), np.inf) if np.isinf(reach) else reach * (lengths[first] + lengths[second].max())
    starts = np.searchsorted(middles[second], middles[first] - far, side="left")
    ends = np.searchsorted(middles[second], middles[first] + far, side="right")
    whole, at = _expanded(starts, ends, most)
    one, other = first[whole], second[at]
    apart = dissimilarity.between(continuum, one, other)
    near = apart <= bound + SLACK
    return one[near], other[near], apart[near]


def _expanded(starts: Places, ends: Places, most: int) -> tuple[Places, Places]:
    """Return each place from its start up to its end, and of which row it is."""
    counts = ends - starts
    if counts.sum() > most:
        raise TooManyError
    rows = np.repeat(np.arange(len(counts)), counts)
    return rows, np.arange(len(rows)) + np.repeat(starts - (np.cumsum(counts) - counts), counts)
