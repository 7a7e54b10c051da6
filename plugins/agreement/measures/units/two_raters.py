"""Kappas of two raters: Cohen's and Scott's, from the table of what both said."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import numpy as np

from plugins.agreement.measures.timelines.tables import SMALLEST
from vib.language import Text
from vib.statistic import Estimate

from . import texts
from .distribution import Distribution, Places, Said, by_category, present, raters_of
from .estimates import OF_TABLES, uncertainty
from .ratings import MISSING, Category
from .tables import cohen_kappa_of_tables, one_against_others, scott_pi_of_tables
from .weights import Floats, Weighting, is_identity, weight_matrix, weighting_name

FLEISS_COHEN_EVERITT = "Fleiss, Cohen & Everitt (1969); normal distribution, limits no further than the figure can be"


@final
@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Two raters over the units that both rated: agreement, chance, and what each cell contributes.

    Parameters
    ----------
    shares : NDArray, shape (categories, categories)
        Share of the units in each cell; rows are the first rater's categories.
    units : int
        How many units both rated.
    weights : NDArray, shape (categories, categories)
    """

    shares: Floats
    units: int
    weights: Floats

    @classmethod
    def of(cls, first: Places, second: Places, weights: Floats) -> Pair:
        """Count two raters of whom at least one unit is rated by both."""
        both = (first != MISSING) & (second != MISSING)
        size, units = len(weights), int(both.sum())
        cells = np.bincount(first[both] * size + second[both], minlength=size * size)
        return cls(cells.reshape(size, size) / units, units, weights)

    @property
    def first(self) -> Floats:
        """How often the first rater used each category."""
        return np.asarray(self.shares.sum(1))

    @property
    def second(self) -> Floats:
        """How often the second rater used each category."""
        return np.asarray(self.shares.sum(0))

    @property
    def observed(self) -> float:
        """Weight of what both said."""
        return float((self.weights * self.shares).sum())

    def expected(self, first: Floats, second: Floats) -> float:
        """Return the weight if each rater used categories this often, whatever the other said."""
        return float(first @ self.weights @ second)

    def cells(self, kappa: float) -> Floats:
        """Return what a unit in each cell adds to Cohen's kappa, but for a constant."""
        chance = (self.weights @ self.second)[:, None] + (self.first @ self.weights)[None, :]
        return np.asarray((self.weights - (1 - kappa) * chance) / (1 - self.expected(self.first, self.second)))

    def error(self, cells: Floats, shares: Floats) -> float:
        """Return the standard error of a mean of cells that have these shares."""
        return math.sqrt((shares * (cells - (shares * cells).sum()) ** 2).sum() / self.units)


def cohen_kappa(ratings: Said, weights: Weighting = "identity") -> Estimate:
    r"""Cohen's kappa of two raters: agreement beyond that of raters who each keep to their own use of categories.

    .. math:: \kappa = \frac{p_o - p_e}{1 - p_e}, \quad
              p_o = \sum_{k,l} w_{kl} p_{kl}, \quad p_e = \sum_{k,l} w_{kl} p_{k+} p_{+l}

    Parameters
    ----------
    ratings : Ratings
        Two raters; units that only one of them rated are left out.
    weights : str or array
        See `weight_matrix`. A matrix need not be symmetric: its rows are the first rater's.

    Returns
    -------
    Estimate
        Undefined with fewer or more than two raters, without a unit that both rated, with
        one category, or if both used the same single category.

        The standard error is that of Fleiss, Cohen & Everitt (divisor n), with a normal
        interval. Components: ``se_null`` and ``z``, theirs for the hypothesis that there is
        only chance; ``se_gwet``, with the divisor n - 1 of Gwet for ratings; of each category
        c ``kappa[c]`` against all others, ``prevalence[c]`` (mean of how often each used it)
        and ``bias[c]`` (how much oftener the first did). Without weights also ``kappa_max``,
        the largest kappa that these margins allow; with two categories ``prevalence_index``
        and ``bias_index`` after Byrt, Bishop & Carlin, both from 0.

    References
    ----------
    Cohen (1960), doi 10.1177/001316446002000104; Cohen (1968), doi 10.1037/h0026256; Fleiss,
    Cohen & Everitt (1969), doi 10.1037/h0028106; Byrt, Bishop & Carlin (1993),
    doi 10.1016/0895-4356(93)90018-V.

    Examples
    --------
    >>> from plugins.agreement.measures.units.ratings import Ratings
    >>> found = cohen_kappa(Ratings.of_table([[20, 10], [20, 50]]))
    >>> round(found.value, 3), round(found.se, 3), round(found.components["kappa_max"], 3)
    (0.348, 0.095, 0.783)
    """
    variant = f"Cohen's, units that both rated; {weighting_name(weights)}"
    pair = pair_of(ratings, weights)
    if not isinstance(pair, Pair):
        return _undefined(variant, ratings, pair)
    expected = pair.expected(pair.first, pair.second)
    parts = _parts(pair, expected, ratings.categories)
    left = 1 - expected
    if left < SMALLEST:
        return _undefined(variant, ratings, texts.ALL_BY_CHANCE, parts)
    kappa = (pair.observed - expected) / left
    tables = one_against_others(pair.shares)
    parts |= by_category("kappa", ratings.categories, cohen_kappa_of_tables(tables))
    if is_identity(pair.weights):
        greatest = float(np.minimum(pair.first, pair.second).sum())
        parts["kappa_max"] = (greatest - expected) / left
    error = pair.error(pair.cells(kappa), pair.shares)
    by_chance = pair.error(pair.cells(0.0), pair.first[:, None] * pair.second[None, :])
    if by_chance > SMALLEST:
        parts |= {"se_null": by_chance, "z": kappa / by_chance}
    return _estimate(variant, pair, kappa, error, parts, FLEISS_COHEN_EVERITT, math.inf)


def scott_pi(ratings: Said, weights: Weighting = "identity") -> Estimate:
    r"""Scott's pi of two raters: agreement beyond that of raters who share one use of the categories.

    .. math:: \pi = \frac{p_o - p_e}{1 - p_e}, \quad
              p_e = \sum_{k,l} w_{kl} \pi_k \pi_l, \quad \pi_k = \frac{p_{k+} + p_{+k}}{2}

    Parameters
    ----------
    ratings : Ratings
        Two raters; units that only one of them rated are left out. (`fleiss_kappa`, which
        is the same otherwise, counts them for :math:`\pi_k`.)
    weights : str or array
        See `weight_matrix`; a matrix that is not symmetric is averaged with its transpose.

    Returns
    -------
    Estimate
        Undefined as `cohen_kappa`. Standard error and interval are Gwet's; components as of
        `cohen_kappa`, where they apply.

    References
    ----------
    Scott (1955), doi 10.1086/266577; Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed.

    Examples
    --------
    >>> from plugins.agreement.measures.units.ratings import Ratings
    >>> found = scott_pi(Ratings.of_table([[20, 10], [20, 50]]))
    >>> round(found.value, 3), round(found.components["expected"], 3)
    (0.341, 0.545)
    """
    variant = f"Scott's, units that both rated; {weighting_name(weights)}"
    pair = pair_of(ratings, weights)
    if not isinstance(pair, Pair):
        return _undefined(variant, ratings, pair)
    pair = Pair(pair.shares, pair.units, (pair.weights + pair.weights.T) / 2)
    both = (pair.first + pair.second) / 2
    expected = pair.expected(both, both)
    parts = _parts(pair, expected, ratings.categories)
    left = 1 - expected
    if left < SMALLEST:
        return _undefined(variant, ratings, texts.ALL_BY_CHANCE, parts)
    pi = (pair.observed - expected) / left
    parts |= by_category("kappa", ratings.categories, scott_pi_of_tables(one_against_others(pair.shares)))
    chance = pair.weights @ both
    cells = (pair.weights - (1 - pi) * (chance[:, None] + chance[None, :])) / left
    return _estimate(variant, pair, pi, pair.error(cells, pair.shares), parts, OF_TABLES, pair.units - 1)


def pair_of(ratings: Said, weights: Weighting) -> Pair | Text:
    """Return the two raters of ratings, or why there are none to compare."""
    matrix = weight_matrix(weights, ratings.categories)
    if isinstance(ratings, Distribution):
        return texts.ANONYMOUS
    places = present(ratings)
    if places.shape[1] != 2:
        return texts.TWO_RATERS if places.shape[1] > 2 else texts.ONE_RATER
    if not (places != MISSING).all(1).any():
        return texts.NOT_TWICE
    if len(matrix) < 2:
        return texts.ONE_CATEGORY
    return Pair.of(places[:, 0], places[:, 1], matrix)


def _parts(pair: Pair, expected: float, categories: Sequence[Category]) -> dict[str, float]:
    parts = {"observed": pair.observed, "expected": expected, "categories": float(len(categories))}
    bias = np.rint((pair.first - pair.second) * pair.units) / pair.units
    prevalence = (pair.first + pair.second) / 2
    parts |= by_category("prevalence", categories, prevalence) | by_category("bias", categories, bias)
    if len(categories) == 2:
        parts |= {"prevalence_index": abs(float(prevalence[0] - prevalence[1])), "bias_index": abs(float(bias[0]))}
    return parts


def _estimate(
    variant: str, pair: Pair, value: float, error: float, parts: dict[str, float], method: str, freedom: float
) -> Estimate:
    sure = uncertainty(value, error, method, freedom=freedom)
    if pair.units > 1:
        parts["se_gwet"] = error * math.sqrt(pair.units / (pair.units - 1))
    return Estimate(
        variant,
        value,
        n_units=pair.units,
        n_raters=2,
        se=sure.se,
        ci=sure.ci,
        ci_method=sure.method,
        components=parts,
    )


def _undefined(variant: str, ratings: Said, because: Text, parts: dict[str, float] | None = None) -> Estimate:
    units = 0 if isinstance(ratings, Distribution) else int(((present(ratings) != MISSING).sum(1) > 1).sum())
    return Estimate(variant, None, units, raters_of(ratings), undefined_because=because, components=parts or {})
