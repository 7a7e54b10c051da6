"""Conger's kappa: any number of raters, each with a use of the categories of their own."""

from __future__ import annotations

import numpy as np

from vib.statistic import Estimate

from . import texts
from .distribution import Counted, Distribution, Places, Said, by_category, present, raters_of
from .estimates import of_counts, undefined
from .ratings import MISSING
from .tables import beyond_chance
from .two_raters import cohen_kappa
from .weights import Floats, Weighting, weighting_name


def conger_kappa(ratings: Said, weights: Weighting = "identity") -> Estimate:
    r"""Conger's kappa: agreement beyond that of raters who each keep to their own use of categories.

    .. math:: \kappa = \frac{p_a - p_e}{1 - p_e}, \quad
              p_e = \frac{2}{r (r - 1)} \sum_{g < h} \sum_{k,l} w_{kl} p_{gk} p_{hl}

    with :math:`p_a` as in `percent_agreement`, and :math:`p_{gk}` how often rater g used
    category k among the units that g rated. It is the kappa of Davies & Fleiss and of
    Hubert, and R irr's "exact" one; of two raters it is Cohen's.

    Parameters
    ----------
    ratings : Ratings
        Two raters or more. A missing rating makes no pair; a unit with one rating counts for
        :math:`p_{gk}`, not for :math:`p_a`.
    weights : str or array
        See `weight_matrix`; a matrix that is not symmetric is averaged with its transpose.

    Returns
    -------
    Estimate
        Undefined with fewer than two raters, if no unit has two ratings, with one category,
        or if all raters used the same single category. Standard error and interval are
        Gwet's. Components ``kappa[c]``: one category against all others;
        ``prevalence[c]``: how often it was used, as a mean over raters.

    References
    ----------
    Conger (1980), doi 10.1037/0033-2909.88.2.322; Davies & Fleiss (1982),
    doi 10.2307/2529886; Hubert (1977), doi 10.1037/0033-2909.84.2.289; Gwet (2014),
    Handbook of Inter-Rater Reliability, 4th ed.

    Examples
    --------
    >>> from plugins.agreement.measures.units.ratings import Ratings
    >>> found = conger_kappa(Ratings.of(["aab", "aaa", "bbb", "abb", "bba"]))
    >>> round(found.value, 3), round(found.components["expected"], 3)
    (0.211, 0.493)
    """
    counted = Counted.of(ratings, weights)
    variant = f"Conger's, chance from each rater's own use of the categories; {weighting_name(weights)}"
    if isinstance(ratings, Distribution):
        return undefined(variant, counted, texts.ANONYMOUS)
    reason = counted.no_choice
    if reason is not None:
        return undefined(variant, counted, reason)
    places = present(ratings)
    usage = _usage(places, len(counted.categories))
    everyone = usage.sum(0)
    raters = len(usage)
    pairs = raters * (raters - 1)
    expected = float(everyone @ counted.weights @ everyone - ((usage @ counted.weights) * usage).sum()) / pairs
    mean = everyone / raters
    parts = by_category("prevalence", counted.categories, mean)
    apart = 2 * (everyone * (raters - everyone) - (usage * (1 - usage)).sum(0)) / pairs
    parts |= by_category("kappa", counted.categories, beyond_chance(counted.observed_by_category, 1 - apart))
    return of_counts(counted, variant, expected, _expected_of_units(places, usage, counted.weights), parts)


def weighted_kappa(ratings: Said, weights: Weighting = "identity") -> Estimate:
    r"""Kappa in which some categories differ less than others: Cohen's of two raters, Conger's of more.

    .. math:: \kappa_w = \frac{p_o - p_e}{1 - p_e}, \quad p_o = \sum_{k,l} w_{kl} p_{kl}, \quad
              p_e = \sum_{k,l} w_{kl} p_{k+} p_{+l}

    of two raters, with weights of agreement :math:`w_{kl}`. See `cohen_kappa` and
    `conger_kappa`; the variant says which it is. With quadratic weights kappa comes near to an
    intraclass correlation of agreement.

    Parameters
    ----------
    ratings : Ratings
        Two raters (units that only one rated are left out) or more (see `conger_kappa`).
    weights : str or array
        See `weight_matrix`.

    References
    ----------
    Cohen (1968), doi 10.1037/h0026256; Fleiss & Cohen (1973), doi 10.1177/001316447303300309;
    Conger (1980), doi 10.1037/0033-2909.88.2.322.

    Examples
    --------
    >>> from plugins.agreement.measures.units.ratings import Ratings
    >>> said = Ratings.of_table([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
    >>> round(weighted_kappa(said, [[0, 1, 3], [1, 0, 6], [3, 6, 0]]).value, 3)
    0.348
    """
    return conger_kappa(ratings, weights) if raters_of(ratings) > 2 else cohen_kappa(ratings, weights)


def _usage(places: Places, size: int) -> Floats:
    """Return how often each rater used each category, shape (raters, categories)."""
    width = size + 1
    cells = np.arange(places.shape[1]) * width + places + 1
    counts = np.bincount(cells.ravel(), minlength=places.shape[1] * width).reshape(-1, width)[:, 1:]
    return np.asarray(counts / counts.sum(1, keepdims=True))


def _expected_of_units(places: Places, usage: Floats, weights: Floats) -> Floats:
    """Return what each unit adds to the expected agreement (Gwet 2014); its mean is that agreement."""
    raters = len(usage)
    rated = places != MISSING
    share_rated = rated.mean(0)
    of_category = (usage.sum(0) - usage) @ weights
    of_rater = (of_category * usage).sum(1)
    with_missing = np.hstack([of_category, np.zeros((raters, 1))])
    said = with_missing[np.arange(raters), places]
    return np.asarray(((said - (rated - share_rated) * of_rater) / share_rated).sum(1) / (raters * (raters - 1)))
