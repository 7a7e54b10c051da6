"""How often all raters lie within some points of each other: the rule of CLASS and BOSCC trainings."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from plugins.agreement.measures.inference.intervals import wilson
from plugins.agreement.measures.timelines.tables import SMALLEST
from vib.problem import InputProblem
from vib.statistic import Estimate

from .ratings import MISSING
from .texts import NOTHING_PAIRABLE

if TYPE_CHECKING:
    from .ratings import Ratings


def within_tolerance(ratings: Ratings, points: float = 1.0) -> Estimate:
    r"""Count the units of which all ratings lie within `points` of each other.

    .. math:: p = \frac{1}{n} \sum_u [\max_i x_{ui} - \min_i x_{ui} \le t]

    with interval :math:`\frac{p + z^2 / 2n \pm z \sqrt{p (1 - p) / n + z^2 / 4 n^2}}{1 + z^2 / n}`.

    Nothing is taken off for chance: coarse scales and raters who avoid the ends agree so too.

    Parameters
    ----------
    ratings : Ratings
        A missing rating is left out, and so is a unit with fewer than two. The fewer raters,
        the easier it is for all to lie close; R irr drops a unit with any rating missing, and
        `units_complete` tells how many are not.
    points : float
        How far apart is still close. With 0 the ratings must be the same and may be text.

    Returns
    -------
    Estimate
        The share of units, as a fraction. `pairwise` is the share of pairs of raters that lie
        within `points`, averaged over units. No standard error where all units agree, or
        none; the interval stays. Undefined when no unit has two ratings.

    Raises
    ------
    InputProblem
        `points` is negative or no number, or ratings are text and `points` is more than 0.

    References
    ----------
    Wilson (1927), Probable inference, the law of succession, and statistical inference,
    doi 10.1080/01621459.1927.10502953 (interval); R irr, agree(tolerance=).

    Examples
    --------
    >>> from plugins.agreement.measures.units.ratings import Ratings
    >>> close = within_tolerance(Ratings.of([[4, 4, 3], [5, 3, 4], [2, 2, 2], [1, 2, None]]))
    >>> close.value, round(close.components["pairwise"], 3)
    (0.75, 0.917)
    """
    if not points >= 0 or math.isinf(points):
        raise InputProblem(
            "tolerance",
            nl=f"{points} is geen aantal punten van 0 of meer",
            en=f"{points} is no number of points of 0 or more",
        )
    said = ratings.places != MISSING
    kept = said.sum(axis=1) >= 2
    present = said[kept]
    numbers = (ratings.numbers if points > 0 else ratings.places.astype(np.float64))[kept]
    variant = f"all raters within {points:g}"
    n_units, n_raters = int(said.any(axis=1).sum()), int(said.any(axis=0).sum())
    if not len(numbers):
        return Estimate(variant, None, n_units, n_raters, undefined_because=NOTHING_PAIRABLE)
    reach = points + SMALLEST * float(np.abs(numbers[present]).max())
    largest = np.where(present, numbers, -np.inf).max(axis=1)
    smallest = np.where(present, numbers, np.inf).min(axis=1)
    n, agreed = len(numbers), int((largest - smallest <= reach).sum())
    share = agreed / n
    close = np.zeros(n)
    for one, other in combinations(range(numbers.shape[1]), 2):
        both = present[:, one] & present[:, other]
        close[both] += np.abs(numbers[both, one] - numbers[both, other]) <= reach
    sizes = present.sum(axis=1)
    return Estimate(
        variant,
        share,
        n_units,
        n_raters,
        se=math.sqrt(share * (1.0 - share) / n) if 0 < agreed < n else None,
        ci=wilson(agreed, n),
        ci_method="Wilson (1927) score interval over units; binomial standard error",
        components={
            "units_within": float(agreed),
            "units_pairable": float(n),
            "units_complete": float((sizes == n_raters).sum()),
            "pairwise": float((2.0 * close / (sizes * (sizes - 1))).mean()),
        },
    )
