"""Light's kappa: the mean of Cohen's kappas of all pairs of raters."""

from __future__ import annotations

import math
from itertools import combinations
from typing import NamedTuple

import numpy as np

from plugins.agreement.measures.timelines.tables import SMALLEST
from vib.statistic import Estimate

from . import texts
from .distribution import LISTED, Counted, Distribution, Places, Said, by_category
from .estimates import uncertainty, undefined
from .ratings import MISSING
from .tables import cohen_kappa_of_tables, one_against_others
from .two_raters import Pair
from .weights import Floats, Weighting, weighting_name

METHOD = (
    "delta method over units: the mean over the pairs of what a unit contributes in Fleiss, Cohen & Everitt (1969); "
    "normal distribution, limits no further than the figure can be"
)


def light_kappa(ratings: Said, weights: Weighting = "identity") -> Estimate:
    r"""Light's kappa: the mean over all pairs of raters of their Cohen's kappa.

    .. math:: \kappa = \frac{1}{m} \sum_{g < h} \kappa_{gh}

    Parameters
    ----------
    ratings : Ratings
        Two raters or more. Each pair is compared over the units that both rated; a pair
        without such a unit, or whose kappa is undefined, is left out and counted in the
        component ``pairs_left_out``.
    weights : str or array
        See `weight_matrix`; a matrix that is not symmetric is averaged with its transpose.

    Returns
    -------
    Estimate
        Undefined with fewer than two raters, with one category, or if no pair has a kappa.

        Light (1971) and R's irr test it against chance only. Here the standard error is that
        of the mean: what a unit contributes to the kappas of all pairs that rated it is
        added up, so that pairs with a rater in common are not taken for independent. Of two
        raters it is that of `cohen_kappa`.

        Components: ``pair[g,h]`` the kappa of each pair, columns counted from 1;
        ``kappa[c]`` the mean over the pairs for one category against all others;
        ``observed`` and ``expected`` the means over the pairs.

    References
    ----------
    Light (1971), doi 10.1037/h0031643; Fleiss, Cohen & Everitt (1969), doi 10.1037/h0028106.

    Examples
    --------
    >>> from plugins.agreement.measures.units.ratings import Ratings
    >>> found = light_kappa(Ratings.of(["aab", "aaa", "bbb", "abb", "bba"]))
    >>> round(found.value, 3), round(found.components["pair[1,2]"], 3)
    (0.209, 0.615)
    """
    variant = f"mean over pairs of raters of Cohen's, units that both rated; {weighting_name(weights)}"
    counted = Counted.of(ratings, weights)
    if isinstance(ratings, Distribution):
        return undefined(variant, counted, texts.ANONYMOUS)
    reason = counted.no_choice
    if reason is not None:
        return undefined(variant, counted, reason)
    compared = _pairs(ratings.places, counted.weights)
    if not compared.kappas:
        return undefined(variant, counted, texts.NO_PAIR)
    pairs, kappas = compared.pairs, compared.kappas
    value = math.fsum(kappas.values()) / len(pairs)
    sure = uncertainty(value, math.sqrt((compared.contributed**2).sum()) / len(pairs), METHOD)
    return Estimate(
        variant,
        value,
        n_units=int(counted.twice.sum()),
        n_raters=counted.raters,
        se=sure.se,
        ci=sure.ci,
        ci_method=sure.method,
        components={
            "observed": math.fsum(pair.observed for pair in pairs) / len(pairs),
            "expected": math.fsum(pair.expected(pair.first, pair.second) for pair in pairs) / len(pairs),
            "categories": float(len(counted.categories)),
            "pairs": float(len(pairs)),
            "pairs_left_out": float(math.comb(counted.raters, 2) - len(pairs)),
            **(kappas if len(kappas) <= LISTED else {}),
            **by_category("kappa", counted.categories, _means_by_category(pairs)),
        },
    )


class _Compared(NamedTuple):
    """The pairs that have a kappa, these kappas, and what each unit contributes to their sum."""

    pairs: list[Pair]
    kappas: dict[str, float]
    contributed: Floats


def _pairs(places: Places, weights: Floats) -> _Compared:
    found = _Compared([], {}, np.zeros(len(places)))
    columns = [np.ascontiguousarray(column) for column in places.T]
    for (g, first), (h, second) in combinations(enumerate(columns, 1), 2):
        both = (first != MISSING) & (second != MISSING)
        if not both.any():
            continue
        pair = Pair.of(first, second, weights)
        expected = pair.expected(pair.first, pair.second)
        if 1 - expected < SMALLEST:
            continue
        kappa = (pair.observed - expected) / (1 - expected)
        cells = pair.cells(kappa)
        found.contributed[both] += ((cells - (cells * pair.shares).sum()) / pair.units)[first[both], second[both]]
        found.kappas[f"pair[{g},{h}]"] = kappa
        found.pairs.append(pair)
    return found


def _means_by_category(pairs: list[Pair]) -> Floats:
    """Return the mean over pairs of each category's kappa against all others, NaN where no pair has one."""
    kappas = cohen_kappa_of_tables(one_against_others(np.array([pair.shares for pair in pairs])))
    defined = np.isfinite(kappas)
    numbers = defined.sum(0)
    sums = np.where(defined, kappas, 0.0).sum(0)
    return np.asarray(np.divide(sums, numbers, out=np.full_like(sums, np.nan), where=numbers > 0))
