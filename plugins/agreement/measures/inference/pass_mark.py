"""How sure it is that true agreement reaches a pass mark, rather than only its estimate."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

import numpy as np

from plugins.agreement.measures.timelines.tables import SMALLEST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vib.statistic import Estimate

Scale = Literal["landis_koch", "altman", "fleiss"]

BANDS: Mapping[Scale, tuple[tuple[str, float], ...]] = {
    "landis_koch": (
        ("almost_perfect", 0.8),
        ("substantial_or_better", 0.6),
        ("moderate_or_better", 0.4),
        ("fair_or_better", 0.2),
        ("slight_or_better", 0.0),
    ),
    "altman": (
        ("very_good", 0.8),
        ("good_or_better", 0.6),
        ("moderate_or_better", 0.4),
        ("fair_or_better", 0.2),
    ),
    "fleiss": (("excellent", 0.75), ("intermediate_or_better", 0.4)),
}
"""Where the bands of each scale begin, from high to low; what is below the last is poor."""


def probability_at_least(value: float, se: float, cut: float, *, lowest: float = -1.0, highest: float = 1.0) -> float:
    r"""Return the probability that the true value is at or above a cut.

    .. math::

        P = \frac{\Phi\left(\frac{b - v}{s}\right) - \Phi\left(\frac{c - v}{s}\right)}
        {\Phi\left(\frac{b - v}{s}\right) - \Phi\left(\frac{a - v}{s}\right)}

    for estimate v, standard error s and cut c: a normal distribution around the estimate, cut
    off at the lowest value a and the highest value b that can be. Rests on the normal
    distribution being near: with few units, or a value near 1, prefer draws of a bootstrap
    (`share_at_least`).

    Parameters
    ----------
    value, se : float
        Estimate and its standard error. With a standard error of 0 the answer is 0 or 1.
    cut : float
        The pass mark.
    lowest, highest : float
        What the true value lies between; the normal distribution is not cut off with infinities.

    Raises
    ------
    ValueError
        The standard error is negative or no number.

    References
    ----------
    Gwet (2014), Handbook of inter-rater reliability, 4th edition, ISBN 978-0970806284,
    chapter 6; cut off as in R irrCAC.

    Examples
    --------
    >>> round(probability_at_least(0.77544, 0.14295, 0.6), 5)
    0.88336
    """
    if not (se >= 0 and math.isfinite(value)):
        raise ValueError(f"{value} with a standard error of {se} is no estimate")
    if cut <= lowest:
        return 1.0
    possible = 0.0 if se == 0 else _mass((lowest - value) / se, (highest - value) / se)
    if possible == 0:
        return float(min(value, highest) >= cut - SMALLEST)
    return 0.0 if cut >= highest else min(1.0, _mass((cut - value) / se, (highest - value) / se) / possible)


def benchmark(value: float, se: float, scale: Scale) -> dict[str, float]:
    """Return the probability that the true value lies in each band of a scale, or a better one.

    Gwet's rule names the best band whose probability is at least 0.95, where the usual reading
    names the band of the estimate, however uncertain that is.

    Parameters
    ----------
    value, se : float
        Estimate and its standard error, as for `probability_at_least`.
    scale : {"landis_koch", "altman", "fleiss"}
        Whose bands. The borders are conventions, without a ground in the data.

    References
    ----------
    Landis & Koch (1977), doi 10.2307/2529310. Altman (1991), Practical statistics for medical
    research, ISBN 978-0412276309. Fleiss (1981), Statistical methods for rates and
    proportions, ISBN 978-0471064282. Gwet (2014), chapter 6; R irrCAC landis.koch.bf,
    altman.bf, fleiss.bf.

    Examples
    --------
    >>> {band: round(p, 3) for band, p in benchmark(0.77544, 0.14295, "fleiss").items()}
    {'excellent': 0.544, 'intermediate_or_better': 0.995}
    """
    return {band: probability_at_least(value, se, start) for band, start in BANDS[scale]}


def share_at_least(draws: NDArray[np.float64], cut: float) -> float | None:
    """Return the share of bootstrap draws at or above a cut; None if the figure is undefined in all of them.

    Parameters
    ----------
    draws : NDArray[np.float64]
        The figure in each draw; NaN, where it is undefined, is left out.
    cut : float
        The pass mark; a draw that misses it by rounding only reaches it.

    References
    ----------
    Efron & Tibshirani (1993), An introduction to the bootstrap, ISBN 978-0412042317.

    Examples
    --------
    >>> share_at_least(np.array([0.5, 0.7, 0.9, np.nan]), 0.7)
    0.6666666666666666
    """
    defined = draws[~np.isnan(draws)]
    return float(np.mean(defined >= cut - SMALLEST)) if len(defined) else None


def icc_at_least(estimate: Estimate, cut: float) -> float | None:
    r"""Return how sure it is that a true intraclass correlation is at or above a cut.

    .. math:: P = F_{df_1, df}\left(\frac{(1 - c) MS_R}{(1 - c) MS_E + k c \, (MS_C + (n - 1) MS_E) / n}\right)

    for the cut c of single ratings, with the distribution function of F: one minus the p-value
    of the test that the correlation is no more than the cut. Without columns, :math:`MS_C` is
    :math:`MS_E`. It is 0.975 at the lower limit of the 95 % interval and 0.025 at the upper.
    A cut for a mean of k ratings is first stepped down by Spearman and Brown.

    Parameters
    ----------
    estimate : Estimate
        As one of `icc_1_1` to `icc_c_k` gives it.
    cut : float
        The pass mark.

    Returns
    -------
    float or None
        None when the estimate is undefined or has no interval for want of degrees of freedom.
        Exact for ICC(1) and ICC(C) of complete data, otherwise as near as the interval is.

    References
    ----------
    McGraw & Wong (1996), Forming inferences about some intraclass correlation coefficients,
    doi 10.1037/1082-989X.1.1.30.

    Examples
    --------
    >>> from plugins.agreement.measures.units.icc import icc_c_1
    >>> from plugins.agreement.measures.units.ratings import Ratings
    >>> judged = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    >>> result = icc_c_1(Ratings.of(judged))
    >>> round(icc_at_least(result, 0.6), 3), round(icc_at_least(result, result.ci[0]), 3)
    (0.773, 0.975)
    """
    from scipy.special import fdtr

    parts = estimate.components
    agreement = estimate.variant.startswith("ICC(A")
    df = parts.get("df_satterthwaite" if agreement else "df2")
    if estimate.value is None or estimate.ci is None or df is None:
        return None
    if cut >= 1.0:
        return float(estimate.value >= cut - SMALLEST)
    k, n = parts["k"], parts.get("n", 1.0)
    single = cut / (k - (k - 1.0) * cut) if estimate.variant.endswith("k)") else cut
    error = parts["MS_within"] if "MS_within" in parts else parts["MS_error"]
    columns = parts["MS_columns"] if agreement else error
    against = (1.0 - single) * error + k * single * (columns + (n - 1.0) * error) / n
    if against <= 0:
        return 1.0
    return float(fdtr(parts["df1"], df, (1.0 - single) * parts["MS_rows"] / against))


def reaches(
    estimate: Estimate, cut: float, draws: NDArray[np.float64] | None = None, *, lowest: float = -1.0
) -> float | None:
    """Return the probability that the true value is at or above a cut, from whatever is known of the estimate.

    Parameters
    ----------
    estimate : Estimate
        A share or a coefficient.
    draws : NDArray[np.float64] or None
        The figure in each draw of a bootstrap, where that made the interval.
    lowest : float
        What the true value is at least: 0 for shares.

    Returns
    -------
    float or None
        The share of draws; else from the F distribution for an intraclass correlation; else
        from the standard error; None where there is none of these.
    """
    if estimate.value is None:
        return None
    if draws is not None:
        return share_at_least(draws, cut)
    if "MS_rows" in estimate.components:
        return icc_at_least(estimate, cut)
    return None if estimate.se is None else probability_at_least(estimate.value, estimate.se, cut, lowest=lowest)


def _mass(low: float, high: float) -> float:
    """Return how much of the standard normal distribution lies between two bounds, exact in its tails."""
    if low > 0:
        low, high = -high, -low
    return 0.5 * (math.erfc(-high / math.sqrt(2.0)) - math.erfc(-low / math.sqrt(2.0)))
