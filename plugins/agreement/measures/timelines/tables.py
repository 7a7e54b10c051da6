"""The arithmetic that kappas share: tables of two raters, agreement observed and expected.

Every function takes a stack of tables, so that the draws of a bootstrap are calculated at
once, by the same lines as the figure itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SMALLEST = 1e-12
"""What is left beyond chance must exceed this: below it, only rounding remains."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """Agreement of two raters over tables of weights; all arrays have the shape of the stack.

    Parameters
    ----------
    agreed, total : NDArray[np.float64]
        The weight on which they agree, and that of the whole table.
    rows, columns : NDArray[np.float64], shape (..., categories)
        The weight of each category, by the first rater and by the second.
    no_match : bool
        Whether the last category is *no match*; see `with_no_match`.
    """

    agreed: Floats
    rows: Floats
    columns: Floats
    total: Floats
    no_match: bool = False

    @property
    def observed(self) -> Floats:
        """Share of the weight on which they agree."""
        return _share(self.agreed, self.total)

    @property
    def expected(self) -> Floats:
        """Share on which they would agree by chance."""
        if not self.no_match:
            return _share((self.rows * self.columns).sum(-1), self.total**2)
        by_first, by_second = self.total - self.rows[..., -1], self.total - self.columns[..., -1]
        linked = by_first - self.columns[..., -1]
        products = (self.rows[..., :-1] * self.columns[..., :-1]).sum(-1)
        return np.where(linked > 0, _share(linked * products, by_first * by_second * self.total), 0.0)

    @property
    def greatest(self) -> Floats:
        """Largest share on which they could agree, given how often each used each category."""
        return _share(np.minimum(self.rows, self.columns).sum(-1), self.total)

    @property
    def categories(self) -> NDArray[np.intp]:
        """How many categories either rater used, *no match* not counted."""
        used = (self.rows + self.columns)[..., : -1 if self.no_match else None]
        return np.asarray((used != 0).sum(-1))

    @property
    def kappa(self) -> Floats:
        """Agreement beyond chance; NaN where chance leaves nothing to agree on."""
        return self._beyond_chance(self.observed)

    @property
    def kappa_max(self) -> Floats:
        """Largest kappa that these margins allow; NaN where kappa is."""
        return self._beyond_chance(self.greatest)

    def _beyond_chance(self, share: Floats) -> Floats:
        expected = self.expected
        left = 1.0 - expected
        defined = (self.categories > 1) & (left > SMALLEST)
        return np.where(defined, (share - expected) / np.where(defined, left, 1.0), np.nan)


def cohen(sums: Floats) -> Agreement:
    r"""Compare two raters as Cohen does, from the margins of their tables.

    .. math:: \kappa = \frac{p_o - p_e}{1 - p_e}, \quad p_e = \sum_c p_{c+} p_{+c}

    Parameters
    ----------
    sums : NDArray[np.float64], shape (..., 1 + 2 * categories)
        What `margins` gives of tables of weights (counts or durations). What is undefined in
        a table without weight is NaN.

    References
    ----------
    Cohen (1960), A coefficient of agreement for nominal scales, doi 10.1177/001316446002000104.

    Examples
    --------
    >>> both = cohen(margins(np.array([[20.0, 10], [20, 50]])))
    >>> float(both.observed), float(both.expected), round(float(both.kappa), 3)
    (0.7, 0.54, 0.348)
    """
    return _agreement(sums, no_match=False)


def with_no_match(sums: Floats) -> Agreement:
    r"""Compare two raters, from the margins of tables whose last cell, *no match* of both, cannot be counted.

    Iterative proportional fitting around one structural zero need not be iterated. Its
    limit is a table :math:`a_i b_j` with the observed margins and a zero in that cell, so
    the counts outside the row and column *no match* sum to
    :math:`M = N - n_{0+} - n_{+0}` and are spread over the codes as the margins are:

    .. math:: p_e = \frac{M}{N} \sum_c \frac{n_{c+}}{N - n_{0+}} \cdot \frac{n_{+c}}{N - n_{+0}}

    Parameters
    ----------
    sums : NDArray[np.float64], shape (..., 1 + 2 * (codes + 1))
        What `margins` gives of tables of counts; the last row and column are *no match*.

    References
    ----------
    Holle & Rein (2015), doi 10.3758/s13428-014-0506-7.

    Examples
    --------
    >>> both = with_no_match(margins(np.array([[4.0, 0, 1], [0, 2, 0], [0, 1, 0]])))
    >>> float(both.observed), round(float(both.expected), 3)
    (0.75, 0.398)
    """
    return _agreement(sums, no_match=True)


def collapse(tables: Floats, chosen: NDArray[np.bool_]) -> Floats:
    """Return tables of the chosen categories against all others, shape (..., 2, 2).

    Examples
    --------
    >>> collapse(np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]]), np.array([True, False, False])).tolist()
    [[1.0, 5.0], [11.0, 28.0]]
    """
    into = np.stack([chosen, ~chosen]).astype(np.float64)
    cells = np.einsum("ai,bj->abij", into, into).reshape(4, -1)
    flat = tables.reshape(*tables.shape[:-2], -1)
    return np.asarray(np.einsum("...p,kp->...k", flat, cells).reshape(*tables.shape[:-2], 2, 2))


def margins(tables: Floats) -> Floats:
    """Return all that kappas need of tables, which adds up over clips.

    Returns
    -------
    NDArray[np.float64], shape (..., 1 + 2 * categories)
        The weight on the diagonal, then that of each row, then that of each column.

    Examples
    --------
    >>> margins(np.array([[20.0, 10], [20, 50]])).tolist()
    [70.0, 30.0, 70.0, 40.0, 60.0]
    """
    agreed = np.trace(tables, axis1=-2, axis2=-1)[..., None]
    return np.concatenate([agreed, tables.sum(-1), tables.sum(-2)], axis=-1)


def _agreement(sums: Floats, *, no_match: bool) -> Agreement:
    agreed, both = sums[..., 0], sums[..., 1:]
    size = both.shape[-1] // 2
    rows, columns = both[..., :size], both[..., size:]
    return Agreement(agreed, rows, columns, rows.sum(-1), no_match)


def _share(part: Floats, whole: Floats) -> Floats:
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), np.nan)
