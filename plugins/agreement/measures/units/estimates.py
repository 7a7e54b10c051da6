"""From agreement observed and expected to an estimate, with the standard error that was published for it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from plugins.agreement.measures.timelines.tables import SMALLEST
from vib.language import Text
from vib.statistic import Estimate

from . import texts
from .distribution import Counted
from .weights import Floats

OF_RATINGS = (
    "Gwet (2014), as R irrCAC for ratings: units are drawn, raters are fixed; divisor n (n - 1), "
    "t with n - 1 degrees of freedom, limits no further than the figure can be"
)
OF_TABLES = (
    "Gwet (2014), as R irrCAC for tables: units are drawn, the two raters are fixed; divisor n^2, "
    "t with n - 1 degrees of freedom, limits no further than the figure can be"
)


class Uncertainty(NamedTuple):
    """A standard error with its 95 % interval; all None where the error is 0 or cannot be known."""

    se: float | None
    ci: tuple[float, float] | None
    method: str | None


def uncertainty(
    value: float, se: float, method: str, *, freedom: float = math.inf, lowest: float = -1.0
) -> Uncertainty:
    """Return the interval around a value, as far as the figure can be: to 1 and to `lowest`.

    A standard error of 0 is none at all: it comes of one unit, or of raters who never
    differed, and would make an interval without width of however few units.

    Parameters
    ----------
    freedom : float
        Degrees of freedom of Student's t; infinite for the normal distribution.
    lowest : float
        The least that the figure can be: 0 for a share, -1 for a coefficient (that of many raters with missing
        ratings can be less; then the value itself).

    Examples
    --------
    >>> lower, upper = uncertainty(0.9, 0.1, "normal").ci
    >>> round(lower, 3), upper
    (0.704, 1.0)
    >>> uncertainty(1.0, 0.0, "normal").ci is None
    True
    """
    if not se > SMALLEST:
        return Uncertainty(None, None, None)
    from scipy.special import ndtri, stdtrit

    reach = se * float(ndtri(0.975) if math.isinf(freedom) else stdtrit(freedom, 0.975))
    return Uncertainty(se, (max(min(lowest, value), value - reach), min(1.0, value + reach)), method)


def of_counts(
    counted: Counted,
    variant: str,
    expected: float,
    expected_of_units: Floats | None = None,
    parts: Mapping[str, float] | None = None,
    *,
    like_tables: bool = False,
) -> Estimate:
    r"""Correct the observed agreement for chance, with Gwet's variance.

    .. math:: v = \frac{1}{n (n - 1)} \sum_i (\kappa^*_i - \kappa)^2, \quad
              \kappa^*_i = \kappa_i - 2 (1 - \kappa) \frac{p_{e|i} - p_e}{1 - p_e}, \quad
              \kappa_i = \frac{n}{n'} \cdot \frac{p_{a|i} - p_e}{1 - p_e}

    over the n units with a rating; the second fraction is 0 for units with a single rating,
    and n' counts the others.

    Parameters
    ----------
    expected : float
        Agreement by chance.
    expected_of_units : NDArray, shape (units,), or None
        What each unit adds to it, with `expected` as its mean; None if it does not depend on them.
    parts : Mapping[str, float] or None
        Further components.
    like_tables : bool
        Whether R irrCAC has this coefficient for tables of two raters, with its divisor n^2.
    """
    components = {
        "observed": counted.observed,
        "expected": expected,
        "categories": float(len(counted.categories)),
        "units_rated_once": float((~counted.twice).sum()),
        **(parts or {}),
    }
    left = 1.0 - expected
    if left < SMALLEST:
        return undefined(variant, counted, texts.ALL_BY_CHANCE, components)
    value = (counted.observed - expected) / left
    units = len(counted.counts)
    scale = units / counted.twice.sum()
    of_units = scale * np.where(counted.twice, counted.agreed - expected, 0.0) / left
    if expected_of_units is not None:
        of_units = of_units - 2 * (1 - value) * (expected_of_units - expected) / left
    return of_contributions(counted, variant, value, of_units, components, like_tables=like_tables)


def of_contributions(
    counted: Counted,
    variant: str,
    value: float,
    of_units: Floats,
    components: Mapping[str, float],
    *,
    like_tables: bool,
    lowest: float = -1.0,
) -> Estimate:
    """Return an estimate whose variance is that of what each unit contributes to it, with `lowest` as it can be."""
    units = len(of_units)
    error = math.sqrt(((of_units - value) ** 2).sum() / (units * (units - 1))) if units > 1 else 0.0
    as_table = like_tables and counted.complete_pair
    sure = uncertainty(
        value,
        error * math.sqrt((units - 1) / units) if as_table else error,
        OF_TABLES if as_table else OF_RATINGS,
        freedom=units - 1,
        lowest=lowest,
    )
    return Estimate(
        variant,
        value,
        n_units=int(counted.twice.sum()),
        n_raters=counted.raters,
        se=sure.se,
        ci=sure.ci,
        ci_method=sure.method,
        components={**components, "se_gwet": error} if units > 1 else components,
    )


def undefined(variant: str, counted: Counted, because: Text, components: Mapping[str, float] | None = None) -> Estimate:
    """Return an estimate without a value, and why."""
    return Estimate(
        variant,
        None,
        n_units=int(counted.twice.sum()),
        n_raters=counted.raters,
        undefined_because=because,
        components=components or {},
    )
