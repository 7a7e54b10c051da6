"""Do units that belong together have the same code? The counts of gamma-cat and gamma-k."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, final

import numpy as np

from .alignment import Alignment
from .dissimilarity import Dissimilarity

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True, eq=False)
class CodeSums:
    """What of the disorder of codes adds up over clips: of all codes first, then of each.

    Parameters
    ----------
    disorders, weights : NDArray[np.float64], shape (1 + codes,)
        Of pairs that belong together: weighted dissimilarity of their codes, and weights.
    missed : NDArray[np.float64], shape (1 + codes,)
        How often a rater has nothing beside a unit.
    """

    disorders: Floats
    weights: Floats
    missed: Floats

    def __add__(self, other: CodeSums) -> CodeSums:
        return CodeSums(self.disorders + other.disorders, self.weights + other.weights, self.missed + other.missed)

    def shares(self, *, with_missed: bool) -> Floats:
        """Return the mean dissimilarity of codes, NaN where there is nothing to take a mean of.

        Parameters
        ----------
        with_missed : bool
            Count a unit beside nothing as one of another code.
        """
        missed = self.missed * with_missed
        with np.errstate(invalid="ignore"):
            shares: Floats = (self.disorders + missed) / (self.weights + missed)
        return shares


def code_sums(alignment: Alignment, dissimilarity: Dissimilarity, n_codes: int) -> CodeSums:
    r"""Sum the dissimilarity of codes over the pairs of units that an alignment puts together.

    .. math:: \delta_{cat} = \frac{\sum w(u, v) \, d_{cat}(u, v)}{\sum w(u, v)}, \quad
              w(u, v) = \frac{\max(0, 1 - \alpha \, d_{pos}(u, v))}{n_S - 1}

    over the pairs of each unitary alignment S, with :math:`n_S` its number of units, so that
    a unit weighs as much however many others it is paired with. The sums of one code are
    over the pairs in which at least one unit has it.

    References
    ----------
    Mathet (2017), The agreement measure gamma-cat, section 4.2, doi 10.1162/COLI_a_00296.

    Examples
    --------
    >>> from .alignment import best_alignment
    >>> from .continuum import Continuum
    >>> both = Continuum.of([[(0, 4, "a"), (6, 9, "a")], [(0, 4, "b"), (6, 9, "a")]], ("a", "b"))
    >>> measured = Dissimilarity(3.0, 1.0)
    >>> sums = code_sums(best_alignment(both, measured), measured, 2)
    >>> sums.shares(with_missed=False).tolist()
    [0.5, 0.5, 1.0]
    """
    continuum = alignment.continuum
    disorders, weights, missed = (np.zeros(1 + n_codes) for _ in range(3))
    alone = np.ones(len(continuum), dtype=np.bool_)
    for group in alignment.together:
        size = group.rows.shape[1]
        alone[group.rows] = False
        missed += _by_code(continuum.codes[group.rows.ravel()], n_codes) * (continuum.n_raters - size)
        for one, other in combinations(group.rows.T, 2):
            weight = dissimilarity.confidence(continuum, one, other) / (size - 1)
            apart = weight * dissimilarity.of_codes(continuum, one, other)
            first, second = continuum.codes[one], continuum.codes[other]
            differ = first != second
            for sums, values in ((disorders, apart), (weights, weight)):
                sums += _by_code(first, n_codes, values)
                sums[1:] += _by_code(second[differ], n_codes, values[differ])[1:]
    missed += _by_code(continuum.codes[alone], n_codes) * (continuum.n_raters - 1)
    return CodeSums(disorders, weights, missed)


def _by_code(codes: NDArray[np.intp], n_codes: int, values: Floats | None = None) -> Floats:
    each = np.bincount(codes, weights=values, minlength=n_codes).astype(np.float64)
    return np.concatenate(([each.sum()], each))
