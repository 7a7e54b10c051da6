"""The best alignment of what several raters marked: exact, whatever their number."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from .candidates import Group, candidates
from .continuum import Continuum
from .dissimilarity import Dissimilarity
from .packing import packed
from .work import Work

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Places = NDArray[np.intp]

MOST = 1_000_000
"""Largest number of candidates to hold, for which a gigabyte or somewhat more is needed."""

TIE = 1e-7
"""What a unitary alignment less is worth: too little to matter but where disorders are equal."""

DENSE = 1 / 16
"""From this share of all pairs on, a full matrix is matched faster than a sparse one."""

TOGETHER = 1_000
"""From this many candidates on, continua that wait are solved."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """An alignment: every unit is in one unitary alignment.

    Parameters
    ----------
    continuum : Continuum
        What is aligned.
    together : tuple[Group, ...]
        The unitary alignments of two units or more.

    Examples
    --------
    >>> both = Continuum.of([[(0, 4, "a"), (10, 14, "a")], [(0, 4, "b")]], ("a", "b"))
    >>> best = best_alignment(both, Dissimilarity(3.0, 1.0))
    >>> best.total, best.disorder, best.n_unitary
    (2.0, 1.3333333333333333, 2)
    """

    continuum: Continuum
    together: tuple[Group, ...]

    @property
    def alone(self) -> int:
        """How many units belong with no other."""
        return len(self.continuum) - sum(group.rows.size for group in self.together)

    @property
    def n_unitary(self) -> int:
        """How many unitary alignments there are."""
        return self.alone + sum(len(group.rows) for group in self.together)

    @property
    def total(self) -> float:
        """Sum of the disorders of the unitary alignments."""
        return self.alone + math.fsum(disorder for group in self.together for disorder in group.disorders)

    @property
    def disorder(self) -> float:
        """The sum over the mean number of units of a rater."""
        return self.total / (len(self.continuum) / self.continuum.n_raters)


def best_alignment(
    continuum: Continuum, dissimilarity: Dissimilarity, *, most: int = MOST, work: Work | None = None
) -> Alignment:
    """Find the alignment of one continuum with the least disorder; see `best_alignments`."""
    return next(best_alignments((continuum,), dissimilarity, most=most, work=work))


def best_alignments(
    continua: Iterable[Continuum], dissimilarity: Dissimilarity, *, most: int = MOST, work: Work | None = None
) -> Iterator[Alignment]:
    r"""Find the alignments with the least disorder, each of one continuum.

    .. math:: \delta = \frac{1}{\bar{x}} \sum_S \frac{1}{P} \sum_{\{u, v\} \subset S} d(u, v)

    over the unitary alignments S, with P pairs of raters and :math:`\bar{x}` units a rater. It
    is exact: an assignment problem for two raters; for more, the packing of candidates by
    linear programming, and by integer programming in those parts where that leaves halves.
    Of alignments with the same disorder, one with the fewest unitary alignments is found.

    Parameters
    ----------
    continua : Iterable[Continuum]
        All of equally many raters. Small ones are solved together, which is much faster.
    most : int
        Largest number of candidates to hold.
    work : Work or None
        Where steps are counted; None for without limit.

    Raises
    ------
    TooManyError
        There are more candidates.
    TooMuchWorkError
        It takes more steps than there are.

    References
    ----------
    Mathet, Widlöcher & Métivier (2015), sections 4.3 and 5.1, doi 10.1162/COLI_a_00227.
    """
    waiting: list[tuple[Continuum, list[Group]]] = []
    work = work or Work()
    for continuum in continua:
        groups = candidates(continuum, dissimilarity, most, work)
        if continuum.n_raters == 2:
            yield _aligned(continuum, groups, [_matched(continuum, group, work) for group in groups])
            continue
        waiting.append((continuum, groups))
        if sum(len(group.rows) for _, groups in waiting for group in groups) > TOGETHER:
            yield from _packed(waiting, work)
            waiting = []
    yield from _packed(waiting, work)


def _aligned(continuum: Continuum, groups: Sequence[Group], chosen: Sequence[Flags]) -> Alignment:
    pairs = zip(groups, chosen, strict=True)
    return Alignment(continuum, tuple(Group(g.rows[c], g.disorders[c]) for g, c in pairs if c.any()))


def _matched(continuum: Continuum, group: Group, work: Work) -> Flags:
    """Return which pairs of two raters to choose."""
    from scipy.optimize import linear_sum_assignment

    border = int(continuum.bounds[1])
    size = (border, len(continuum) - border)
    one, other = group.rows[:, 0], group.rows[:, 1] - border
    gains = 2.0 - group.disorders + TIE
    if len(gains) < DENSE * size[0] * size[1]:
        work.take(len(gains))
        return _matched_sparsely(size, one, other, gains)
    work.take(size[0] * size[1])
    table = np.zeros(size)
    places = np.zeros(size, dtype=np.intp)
    table[one, other], places[one, other] = gains, np.arange(1, len(gains) + 1)
    rows, columns = linear_sum_assignment(table, maximize=True)
    chosen = np.zeros(len(gains) + 1, dtype=np.bool_)
    chosen[places[rows, columns]] = True
    return chosen[1:]


def _matched_sparsely(size: tuple[int, int], one: Places, other: Places, gains: Floats) -> Flags:
    """Match so that every unit may also stay alone: with a stand-in of its own.

    Stand-ins of two units are matched at no gain where the units are a candidate pair, so
    that a full matching exists whatever is chosen.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    rows, columns = size
    firsts, seconds = np.arange(rows), np.arange(columns)
    left = np.concatenate((one, firsts, rows + seconds, rows + other))
    right = np.concatenate((other, columns + firsts, seconds, columns + one))
    # Weights that are zero would not count as edges.
    weights = np.concatenate((3.0 - gains, np.full(rows + columns, 2.0), np.full(len(gains), 1.0)))
    graph = csr_array((weights, (left, right)), shape=(rows + columns, rows + columns))
    partner = np.empty(rows + columns, dtype=np.intp)
    partner[:] = min_weight_full_bipartite_matching(graph)[1]
    chosen: Flags = partner[one] == other
    return chosen


def _packed(waiting: Sequence[tuple[Continuum, list[Group]]], work: Work) -> Iterator[Alignment]:
    """Choose candidates of three raters or more, of several continua at once."""
    before = np.cumsum([0, *(len(continuum) for continuum, _ in waiting)])
    every = [group for _, groups in waiting for group in groups]
    shifts = np.repeat(before[:-1], [len(groups) for _, groups in waiting])
    chosen = iter(_chosen(every, shifts.tolist(), work) if every else ())
    for continuum, groups in waiting:
        yield _aligned(continuum, groups, [next(chosen) for _ in groups])


def _chosen(groups: Sequence[Group], shifts: Sequence[int], work: Work) -> list[Flags]:
    """Return which candidates to choose, where the units of each group are numbered from its shift on."""
    sizes = np.concatenate([np.full(len(group.rows), group.rows.shape[1]) for group in groups])
    gains = sizes - np.concatenate([group.disorders for group in groups]) + TIE * (sizes - 1)
    units = np.concatenate([group.rows.ravel() + shift for group, shift in zip(groups, shifts, strict=True)])
    chosen = packed(units, np.concatenate(([0], np.cumsum(sizes))), gains, work)
    return np.split(chosen, np.cumsum([len(group.rows) for group in groups])[:-1])
