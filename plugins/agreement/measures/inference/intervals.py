"""Intervals that are published as formulas: of a share, and of a quantile."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Z = NormalDist().inv_cdf(0.975)
"""Standard errors to either side that a 95 % interval takes."""

ORDER = "order statistics, David & Nagaraja (2003), doi 10.1002/0471722162; events taken as independent"


def wilson(successes: float, trials: float) -> tuple[float, float]:
    r"""Return Wilson's 95 % interval of a share.

    .. math:: \frac{p + z^2 / 2n \pm z \sqrt{p (1 - p) / n + z^2 / 4 n^2}}{1 + z^2 / n}

    References
    ----------
    Wilson (1927), doi 10.1080/01621459.1927.10502953.

    Examples
    --------
    >>> low, high = wilson(81, 263)
    >>> round(low, 4), round(high, 4)
    (0.2553, 0.3662)
    """
    share, extra = successes / trials, Z**2 / trials
    middle = (share + extra / 2) / (1 + extra)
    reach = Z * math.sqrt(share * (1 - share) / trials + extra / (4 * trials)) / (1 + extra)
    low = 0.0 if successes == 0 else max(0.0, middle - reach)
    return low, 1.0 if successes == trials else min(1.0, middle + reach)


def quantile_interval(values: Floats, share: float) -> tuple[float, float] | None:
    r"""Return the 95 % interval of a quantile, from one of the values to another.

    .. math:: (x_{(l)}, x_{(u)}), \quad P(X < l) \le 0.025, \quad P(X \ge u) \le 0.025, \quad X \sim B(n, q)

    for the quantile q = `share` of n `values`, given from low to high. None when there are
    too few of them.

    References
    ----------
    David & Nagaraja (2003), Order Statistics, section 7.1, doi 10.1002/0471722162.

    Examples
    --------
    >>> quantile_interval(np.array([25.0, 29, 35, 36, 36, 40, 41, 43, 44, 54]), 0.5)
    (29.0, 44.0)
    """
    from scipy.special import bdtr

    size = len(values)
    below = bdtr(np.arange(size), size, share)
    low = int(np.searchsorted(below, 0.025, "right"))
    high = int(np.searchsorted(below, 0.975, "left")) + 1
    return None if low < 1 or high > size else (float(values[low - 1]), float(values[high - 1]))
