"""Gwet's coefficients: agreement beyond the chance that a rating was a guess."""

from __future__ import annotations

from vib.statistic import Estimate

from .distribution import Counted, Said, by_category
from .estimates import of_counts, undefined
from .tables import beyond_chance
from .weights import Weighting, is_identity, weighting_name


def gwet_ac1(ratings: Said) -> Estimate:
    r"""Gwet's AC1: agreement beyond chance that stays meaningful when one category prevails.

    .. math:: AC_1 = \frac{p_a - p_e}{1 - p_e}, \quad
              p_e = \frac{1}{q - 1} \sum_k \pi_k (1 - \pi_k), \quad
              \pi_k = \frac{1}{n} \sum_i \frac{r_{ik}}{r_i}

    with :math:`p_a` as in `percent_agreement`, for q categories of which :math:`r_{ik}`
    raters gave k to unit i.

    Parameters
    ----------
    ratings : Ratings or Distribution
        Any number of raters. A unit with one rating counts for :math:`\pi`, not for
        :math:`p_a`. q counts all categories of the ratings, also those that nobody used.

    Returns
    -------
    Estimate
        Undefined if no unit has two ratings, or with one category; raters who used one of
        several categories agree fully, as chance is 0. Standard error and interval are
        Gwet's (2008); of two raters who both rated everything with the divisor for tables,
        else with that for ratings, which is always the component ``se_gwet``. Components
        ``ac1[c]``: AC1 of one category against all others; ``prevalence[c]``: its
        :math:`\pi`.

    References
    ----------
    Gwet (2008), doi 10.1348/000711006X126600.

    Examples
    --------
    >>> from plugins.agreement.measures.units.ratings import Ratings
    >>> found = gwet_ac1(Ratings.of_table([[118, 5], [2, 0]]))
    >>> round(found.value, 3), round(found.se, 3), round(found.components["expected"], 3)
    (0.941, 0.023, 0.054)
    """
    return gwet_ac2(ratings)


def gwet_ac2(ratings: Said, weights: Weighting = "identity") -> Estimate:
    r"""Gwet's AC2: AC1 where some categories differ less than others.

    .. math:: AC_2 = \frac{p_a - p_e}{1 - p_e}, \quad
              p_e = \frac{\sum_{k,l} w_{kl}}{q (q - 1)} \sum_k \pi_k (1 - \pi_k)

    with :math:`p_a` as in `percent_agreement` and :math:`\pi` as in `gwet_ac1`, which it is
    with identity weights.

    Parameters
    ----------
    ratings : Ratings or Distribution
        As in `gwet_ac1`.
    weights : str or array
        See `weight_matrix`. Unlike a kappa, AC2 changes when distances are made weights in
        another way than by their largest.

    Returns
    -------
    Estimate
        Undefined as in `gwet_ac1`, with the same standard error.

    References
    ----------
    Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 5.

    Examples
    --------
    >>> from plugins.agreement.measures.units.ratings import Ratings
    >>> said = Ratings.of_table([[25, 12, 3], [13, 2, 15], [12, 16, 2]])
    >>> round(gwet_ac2(said, "quadratic").value, 4)
    0.1831
    """
    counted = Counted.of(ratings, weights)
    variant = f"{'AC1' if is_identity(counted.weights) else 'AC2'}; {weighting_name(weights)}"
    reason = counted.no_choice
    if reason is not None:
        return undefined(variant, counted, reason)
    shares = counted.shares
    size = len(shares)
    scale = float(counted.weights.sum()) / (size * (size - 1))
    parts = by_category("prevalence", counted.categories, shares)
    of_categories = beyond_chance(counted.observed_by_category, 2 * shares * (1 - shares))
    parts |= by_category("ac1", counted.categories, of_categories)
    return of_counts(
        counted,
        variant,
        scale * float((shares * (1 - shares)).sum()),
        scale * (counted.counts @ (1 - shares)) / counted.each,
        parts,
        like_tables=True,
    )
