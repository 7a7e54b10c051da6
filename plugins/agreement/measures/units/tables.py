"""Kappas of two raters from many contingency tables at once.

Rows are the first rater's categories, columns the second's; cells are counts or any other
weight, such as seconds. A coefficient that is undefined is NaN here; the functions of
`two_raters` say why instead.
"""

from __future__ import annotations

import numpy as np

from plugins.agreement.measures.timelines.tables import SMALLEST

from .weights import Floats


def scott_pi_of_tables(tables: Floats, weights: Floats | None = None) -> Floats:
    """Return Scott's pi for each table; see `scott_pi`.

    Parameters
    ----------
    tables : NDArray, shape (..., categories, categories)
    weights : NDArray, shape (categories, categories), or None
        Agreement of categories; None for identity.

    Returns
    -------
    NDArray, shape (...)
        NaN where a table is empty, or the raters use one category only.

    Examples
    --------
    >>> scott_pi_of_tables(np.array([[[20, 10], [20, 50.0]]])).round(3).tolist()
    [0.341]
    """
    shares = _shares(tables)
    both = (shares.sum(-1) + shares.sum(-2)) / 2
    return beyond_chance(_observed(shares, weights), _expected(both, both, weights))


def cohen_kappa_of_tables(tables: Floats, weights: Floats | None = None) -> Floats:
    """Return Cohen's kappa for each table; see `cohen_kappa`, and `scott_pi_of_tables` for the shapes.

    Examples
    --------
    >>> cohen_kappa_of_tables(np.array([[[20, 10], [20, 50.0]], [[9, 0], [0, 0]]])).round(3).tolist()
    [0.348, nan]
    """
    shares = _shares(tables)
    return beyond_chance(_observed(shares, weights), _expected(shares.sum(-1), shares.sum(-2), weights))


def one_against_others(tables: Floats) -> Floats:
    """Return, for each table and category, the 2 x 2 table of this category against all others.

    Parameters
    ----------
    tables : NDArray, shape (..., categories, categories)

    Returns
    -------
    NDArray, shape (..., categories, 2, 2)

    Examples
    --------
    >>> one_against_others(np.array([[1, 2], [3, 4.0]])).tolist()
    [[[1.0, 2.0], [3.0, 4.0]], [[4.0, 3.0], [2.0, 1.0]]]
    """
    both = np.diagonal(tables, axis1=-2, axis2=-1)
    only_first, only_second = tables.sum(-1) - both, tables.sum(-2) - both
    neither = tables.sum((-2, -1))[..., None] - both - only_first - only_second
    cells = np.stack([both, only_first, only_second, neither], axis=-1)
    return cells.reshape(*cells.shape[:-1], 2, 2)


def beyond_chance(observed: Floats, expected: Floats) -> Floats:
    """Return the agreement beyond chance, NaN where chance leaves nothing to agree on."""
    left = 1.0 - expected
    possible = left >= SMALLEST
    return np.asarray(np.divide(observed - expected, left, out=np.full_like(observed, np.nan), where=possible))


def _shares(tables: Floats) -> Floats:
    totals = tables.sum((-2, -1), keepdims=True)
    return np.asarray(np.divide(tables, totals, out=np.full(tables.shape, np.nan), where=totals > 0))


def _observed(shares: Floats, weights: Floats | None) -> Floats:
    if weights is None:
        return np.asarray(np.trace(shares, axis1=-2, axis2=-1))
    return np.asarray((shares * weights).sum((-2, -1)))


def _expected(rows: Floats, columns: Floats, weights: Floats | None) -> Floats:
    weighted = columns if weights is None else columns @ weights.T
    return np.asarray((rows * weighted).sum(-1))
