"""Fleiss' kappa: agreement of raters who need not be the same for every unit."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from vib.statistic import Estimate

from .distribution import Counted, Said, by_category
from .estimates import of_counts, undefined
from .tables import beyond_chance
from .weights import Weighting, is_identity, weighting_name


def fleiss_kappa(ratings: Said, weights: Weighting = "identity") -> Estimate:
    r"""Fleiss' kappa: agreement beyond that of raters who share one use of the categories.

    .. math:: \kappa = \frac{p_a - p_e}{1 - p_e}, \quad
              p_e = \sum_{k,l} w_{kl} \pi_k \pi_l, \quad
              \pi_k = \frac{1}{n} \sum_i \frac{r_{ik}}{r_i}

    with :math:`p_a` as in `percent_agreement`. Of two raters it is Scott's pi.

    Parameters
    ----------
    ratings : Ratings or Distribution
        Any number of raters. Where units differ in their number of ratings, this is Gwet's
        generalisation (R irrCAC): a unit with one rating counts for :math:`\pi`, not for
        :math:`p_a`. Fleiss & Cuzick's, which weights units by their number of ratings
        (Stata's ``kappa``), is then the component ``kappa_fleiss_cuzick``, with its null
        standard error for two categories.
    weights : str or array
        See `weight_matrix`.

    Returns
    -------
    Estimate
        Undefined if no unit has two ratings, or if only one category was used. Standard
        error and interval are Gwet's. Components: ``se_null`` and ``z`` after Fleiss, Nee &
        Landis, for the hypothesis that there is only chance, if all units have as many
        ratings and there are no weights; ``kappa[c]``: one category against all others, and
        ``z[c]``; ``prevalence[c]``: its :math:`\pi`.

    References
    ----------
    Fleiss (1971), doi 10.1037/h0031619; Fleiss, Nee & Landis (1979),
    doi 10.1037/0033-2909.86.5.974; Fleiss & Cuzick (1979), doi 10.1177/014662167900300410;
    Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed.

    Examples
    --------
    >>> from plugins.agreement.measures.units.ratings import Ratings
    >>> found = fleiss_kappa(Ratings.of(["YYY", "YYN", "YYN", "YYY"]))
    >>> round(found.value, 3), round(found.components["expected"], 3)
    (-0.2, 0.722)
    """
    counted = Counted.of(ratings, weights)
    variant = f"chance from the categories' use by all raters together; {weighting_name(weights)}"
    reason = counted.no_choice
    if reason is not None:
        return undefined(variant, counted, reason)
    shares = counted.shares
    parts = by_category("prevalence", counted.categories, shares) | _by_category(counted)
    weighted = counted.weights @ shares
    found = of_counts(counted, variant, float(shares @ weighted), (counted.counts @ weighted) / counted.each, parts)
    if found.value is None or not is_identity(counted.weights):
        return found
    tested = _tested(counted, found.value) if np.ptp(counted.each) == 0 else _unequal(counted)
    return replace(found, components={**found.components, **tested})


def _by_category(counted: Counted) -> dict[str, float]:
    shares = counted.shares
    kappas = beyond_chance(counted.observed_by_category, shares**2 + (1 - shares) ** 2)
    found = by_category("kappa", counted.categories, kappas)
    if np.ptp(counted.each) == 0:
        error = math.sqrt(2 / (len(counted.counts) * counted.pairs[0]))
        found |= by_category("z", counted.categories, kappas / error)
    return found


def _tested(counted: Counted, kappa: float) -> dict[str, float]:
    r"""Compare kappa with its standard error where there is only chance (Fleiss, Nee & Landis 1979).

    .. math:: s_0^2 = \frac{2}{n r (r - 1)} \cdot
              \frac{(\sum p q)^2 - \sum p q (q - p)}{(\sum p q)^2}
    """
    p = counted.shares
    pq = p * (1 - p)
    variance = 2 * (pq.sum() ** 2 - (pq * (1 - 2 * p)).sum()) / (len(counted.counts) * counted.pairs[0] * pq.sum() ** 2)
    error = math.sqrt(variance)
    return {"se_null": error, "z": kappa / error}


def _unequal(counted: Counted) -> dict[str, float]:
    r"""Return the kappa of Fleiss & Cuzick (1979), for units that differ in their number of ratings.

    .. math:: \kappa = 1 - \frac{\sum_i \sum_k r_{ik} (r_i - r_{ik}) / r_i}
              {n (\bar r - 1) \sum_k \bar p_k (1 - \bar p_k)}
    """
    units, mean = len(counted.counts), float(counted.each.mean())
    p = counted.counts.sum(0) / counted.each.sum()
    apart = (counted.counts * (counted.each[:, None] - counted.counts) / counted.each[:, None]).sum()
    kappa = float(1 - apart / (units * (mean - 1) * (p * (1 - p)).sum()))
    if len(p) != 2:
        return {"kappa_fleiss_cuzick": kappa}
    pq = float(p[0] * p[1])
    harmonic = units / float((1 / counted.each).sum())
    error = math.sqrt(2 * (harmonic - 1) + (mean - harmonic) * (1 - 4 * pq) / (mean * pq)) / (
        (mean - 1) * math.sqrt(units * harmonic)
    )
    return {"kappa_fleiss_cuzick": kappa, "se_null_fleiss_cuzick": error, "z_fleiss_cuzick": kappa / error}
