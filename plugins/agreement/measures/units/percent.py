"""Agreement as it is, and beyond a chance that is the same for every category."""

from __future__ import annotations

import numpy as np

from vib.statistic import Estimate

from .distribution import Counted, Said, by_category
from .estimates import of_contributions, of_counts, undefined
from .weights import Weighting, weighting_name


def percent_agreement(ratings: Said, weights: Weighting = "identity") -> Estimate:
    r"""Share of the pairs of ratings of a unit that agree, as a mean over units.

    .. math:: p_a = \frac{1}{n'} \sum_{i: r_i \ge 2} \sum_k
              \frac{r_{ik} (r^*_{ik} - 1)}{r_i (r_i - 1)}, \quad r^*_{ik} = \sum_l w_{kl} r_{il}

    where :math:`r_{ik}` raters gave category k to unit i. It is a share from 0 to 1, not
    corrected for chance.

    Parameters
    ----------
    ratings : Ratings or Distribution
        Any number of raters. A missing rating makes no pair; a unit with one rating does not
        count. One category is enough.
    weights : str or array
        See `weight_matrix`; with identity only the same category agrees.

    Returns
    -------
    Estimate
        Undefined if no unit has two ratings. The standard error is Gwet's, as of the other
        coefficients; there is none where all units agree alike. Components
        ``agreement[c]``: of the ratings c, paired with every other rating of their unit, the
        share that meets another c (:math:`2 n_{cc} / (n_{c+} + n_{+c})` for two raters; the
        positive and negative agreement of Cicchetti & Feinstein).

    References
    ----------
    Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed.; Cicchetti & Feinstein (1990),
    doi 10.1016/0895-4356(90)90159-M.

    Examples
    --------
    >>> from plugins.agreement.measures.units.ratings import Ratings
    >>> found = percent_agreement(Ratings.of_table([[20, 10], [20, 50]]))
    >>> found.value, round(found.se, 4), round(found.components["agreement[1]"], 3)
    (0.7, 0.0458, 0.571)
    """
    counted = Counted.of(ratings, weights)
    variant = f"agreeing pairs of ratings, mean over units; {weighting_name(weights)}"
    reason = counted.nothing_to_compare
    if reason is not None:
        return undefined(variant, counted, reason)
    parts = {
        "observed": counted.observed,
        "categories": float(len(counted.categories)),
        "units_rated_once": float((~counted.twice).sum()),
    }
    pairs_on = (counted.counts * (counted.each[:, None] - 1)).sum(0)
    agreed_on = (counted.counts * (counted.counts - 1)).sum(0)
    on_each = np.divide(agreed_on, pairs_on, out=np.full_like(pairs_on, np.nan), where=pairs_on > 0)
    parts |= by_category("agreement", counted.categories, on_each)
    of_units = counted.agreed * len(counted.counts) / counted.twice.sum()
    return of_contributions(counted, variant, counted.observed, of_units, parts, like_tables=True, lowest=0.0)


def bennett_s(ratings: Said, weights: Weighting = "identity") -> Estimate:
    r"""Bennett's S: agreement beyond that of raters who choose every category as often.

    .. math:: S = \frac{p_a - p_e}{1 - p_e}, \quad p_e = \frac{1}{q^2} \sum_{k,l} w_{kl}

    which is 1 / q without weights, for q categories; see `percent_agreement` for the
    observed agreement. It has many names: the Brennan-Prediger coefficient (any number of
    raters, weights), Randolph's free-marginal kappa (any number of raters), Maxwell's RE,
    Holley & Guilford's G, and, with two categories, PABAK.

    Parameters
    ----------
    ratings : Ratings or Distribution
        Any number of raters; missing ratings as in `percent_agreement`. q counts all
        categories of the ratings, also those that nobody used: give them when you make them.
    weights : str or array
        See `weight_matrix`.

    Returns
    -------
    Estimate
        Undefined if no unit has two ratings, or with one category. Standard error and
        interval are Gwet's. Components ``s[c]``: S of one category against all others.

    References
    ----------
    Bennett, Alpert & Goldstein (1954), doi 10.1086/266520; Brennan & Prediger (1981),
    doi 10.1177/001316448104100307; Randolph (2005), ERIC ED490661; Byrt, Bishop & Carlin
    (1993), doi 10.1016/0895-4356(93)90018-V.

    Examples
    --------
    >>> from plugins.agreement.measures.units.ratings import Ratings
    >>> round(bennett_s(Ratings.of_table([[20, 10], [20, 50]])).value, 3)
    0.4
    """
    counted = Counted.of(ratings, weights)
    variant = f"all categories equally likely by chance; {weighting_name(weights)}"
    reason = counted.no_choice
    if reason is not None:
        return undefined(variant, counted, reason)
    of_categories = 2 * counted.observed_by_category - 1
    parts = by_category("s", counted.categories, of_categories)
    return of_counts(counted, variant, float(counted.weights.mean()), None, parts, like_tables=True)
