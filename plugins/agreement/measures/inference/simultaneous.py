"""Intervals of differences that hold for all that are compared at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plugins.agreement.measures.timelines.tables import SMALLEST

from .bootstrap import FEWEST, MOST_UNDEFINED
from .intervals import Z

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

AT_ONCE = 64
"""Differences that are drawn at once, so that memory does not grow with their number."""


def share_of(part: ArrayLike, whole: ArrayLike) -> Floats:
    """Return a part of a whole, NaN where the whole is nothing.

    Examples
    --------
    >>> share_of([1.0, 0.0], [4.0, 0.0]).tolist()
    [0.25, nan]
    """
    parts, wholes = np.asarray(part, dtype=np.float64), np.asarray(whole, dtype=np.float64)
    return np.where(wholes > 0, parts / np.where(wholes > 0, wholes, 1.0), np.nan)


def by_drawing(own: Floats, others: Floats, drawn: Floats, confidence: float = 0.95) -> tuple[Floats, Floats]:
    r"""Return differences of shares, and how far the interval of each reaches to either side.

    .. math:: d_k \pm t_{n_k - 1}(\alpha^*) \, s_k \sqrt{n_k / (n_k - 1)}

    :math:`s_k` is the standard deviation of the difference over draws of clips, and :math:`\alpha^*` the level that
    is so strict that of a share `confidence` of the draws no standardised difference at all lies outside: all
    intervals together hold the true values with that confidence. Student's quantile with the :math:`n_k` clips in
    which there is anything makes up for few clips. A share that is the same in every draw has the standard error of
    Jeffreys' interval with each clip as one trial.

    Parameters
    ----------
    own, others : NDArray[np.float64], shape (clips, 2, compared)
        The part and the whole of the two shares of each difference.
    drawn : NDArray[np.float64], shape (draws, clips)
        How often each clip is in each draw.
    confidence : float
        Of all intervals together.

    Returns
    -------
    differences, reaches : NDArray[np.float64], shape (compared,)
        A difference is NaN where either share is undefined; a reach where there are too few clips in
        which there is anything, or too many draws in which the difference is undefined.

    References
    ----------
    Hothorn, Bretz & Westfall (2008), Simultaneous inference in general parametric models, doi 10.1002/bimj.200810425.

    Examples
    --------
    >>> from plugins.agreement.measures.inference.bootstrap import Resampler
    >>> own = np.array([[[4.0, 1.0], [10.0, 10.0]], [[5.0, 2.0], [10.0, 10.0]], [[6.0, 3.0], [10.0, 10.0]]])
    >>> differences, reaches = by_drawing(own, own[:, :, ::-1], Resampler(2000).drawn(3))
    >>> differences.round(2).tolist(), bool((reaches > 0).all())
    ([0.3, -0.3], True)
    """
    from scipy.special import ndtr, stdtrit

    clips, compared = own.shape[0], own.shape[2]
    share = share_of(own[:, 0].sum(0), own[:, 1].sum(0))
    differences = share - share_of(others[:, 0].sum(0), others[:, 1].sum(0))
    reaches = np.full(compared, np.nan)
    if not len(drawn) or clips < FEWEST:
        return differences, reaches
    rests_on = np.count_nonzero(own[:, 1], axis=0)
    errors, largest = np.full(compared, np.nan), np.zeros(len(drawn))
    for first in range(0, compared, AT_ONCE):
        some = slice(first, first + AT_ONCE)
        there = differences[some]
        values = _drawn_share(own[:, :, some], drawn) - _drawn_share(others[:, :, some], drawn)
        lacking = np.isnan(values)
        usable = (lacking.mean(0) <= MOST_UNDEFINED) & ~np.isnan(there) & (rests_on[some] >= FEWEST)
        values = np.where(lacking | ~usable, np.where(usable, there, 0.0), values)
        error = values.std(axis=0, ddof=1)
        error = np.where(error > SMALLEST, error, _error_of_the_same(share[some], rests_on[some]))
        errors[some] = np.where(usable, error, np.nan)
        away = np.abs(values - np.where(usable, there, 0.0)) / error
        largest = np.maximum(largest, np.where(usable, away, 0.0).max(axis=1, initial=0.0))
    level = 2 * ndtr(-max(Z, float(np.quantile(largest, confidence))))
    freedom = np.maximum(rests_on - 1, 1)
    return differences, stdtrit(freedom, 1 - level / 2) * errors * np.sqrt((freedom + 1) / freedom)


def by_counts(
    own: Floats, trials: Floats, others: Floats, other_trials: Floats, compared: int, confidence: float = 0.95
) -> tuple[Floats, Floats, Floats]:
    """Return differences of shares with the ends of their intervals, from how many trials each rests on.

    Newcombe's hybrid score interval, at the level that Šidák takes for `compared` differences at once. NaN where
    either share is.

    Parameters
    ----------
    own, trials, others, other_trials : NDArray[np.float64], shape (differences,)
        Shares, and of how many trials.
    confidence : float
        Of all intervals together.

    References
    ----------
    Newcombe (1998), Interval estimation for the difference between independent proportions, method 10,
    doi 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.

    Examples
    --------
    >>> [round(float(one[0]), 4) for one in by_counts(*(np.array([x]) for x in (56 / 70, 70, 48 / 80, 80)), 1)]
    [0.2, 0.0524, 0.3339]
    """
    from scipy.special import ndtri

    z = float(ndtri(1 - (1 - confidence ** (1 / max(compared, 1))) / 2))
    low, high = wilson_of(own, trials, z)
    other_low, other_high = wilson_of(others, other_trials, z)
    difference = own - others
    below = np.sqrt((own - low) ** 2 + (other_high - others) ** 2)
    above = np.sqrt((high - own) ** 2 + (others - other_low) ** 2)
    return difference, np.maximum(difference - below, -1.0), np.minimum(difference + above, 1.0)


def wilson_of(share: Floats, trials: Floats, z: float = Z) -> tuple[Floats, Floats]:
    """Return Wilson's intervals of shares, `z` standard errors to either side; see `intervals.wilson`."""
    trials = np.where(trials > 0, trials, np.nan)
    middle = (share + z**2 / (2 * trials)) / (1 + z**2 / trials)
    reach = z * np.sqrt(share * (1 - share) / trials + z**2 / (4 * trials**2)) / (1 + z**2 / trials)
    return np.minimum(np.maximum(middle - reach, 0.0), share), np.maximum(np.minimum(middle + reach, 1.0), share)


def _drawn_share(sides: Floats, drawn: Floats) -> Floats:
    # Not by matrix product: its threads wait for one another longer than it takes.
    return share_of(*(np.einsum("dc,ck->dk", drawn, sides[:, side]) for side in (0, 1)))


def _error_of_the_same(share: Floats, clips: NDArray[np.intp]) -> Floats:
    """Return the standard error of a share that is alike in every clip: of Jeffreys' beta distribution."""
    yes, no = np.nan_to_num(share) * clips + 0.5, (1 - np.nan_to_num(share)) * clips + 0.5
    return np.sqrt(yes * no / ((yes + no) ** 2 * (yes + no + 1)))
