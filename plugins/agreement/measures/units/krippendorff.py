"""Krippendorff's alpha: agreement of any number of raters, at any level of measurement, with ratings missing."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, final

import numpy as np

from plugins.agreement.measures.timelines.tables import SMALLEST
from vib.problem import InputProblem
from vib.statistic import Estimate

from .estimates import uncertainty
from .ratings import MISSING
from .texts import NOTHING_PAIRABLE, ONE_VALUE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vib.statistic import Level

    from .ratings import Category, Floats, Places, Ratings

LISTED = 50
"""With more categories than this, the components do not list them one by one."""

DIRECT = 500
"""With more distinct values than this, ratio distances are not put in a table."""

NODES = 16
"""Chebyshev points on each stretch of the logarithms of ratio values: more change nothing but rounding."""

OF_RATINGS, OF_TABLES = (
    f"Gwet (2014), as R irrCAC for {shape}: units are drawn, raters and distances are fixed; divisor {divisor}, "
    "t with n - 1 degrees of freedom, limits no further than the figure can be"
    for shape, divisor in (("ratings", "n (n - 1)"), ("tables", "n^2"))
)


@final
@dataclass(frozen=True, slots=True)
class _Pairable:
    """The units that two raters or more rated.

    Parameters
    ----------
    places : Places, shape (units, raters)
        What was said of them.
    flat, unit : Places, shape (ratings,)
        Every rating and the unit that it belongs to.
    sizes : Floats, shape (units,)
        Ratings of each unit.
    totals : Floats, shape (categories,)
        How often each category was used.
    """

    places: Places
    flat: Places
    unit: Places
    sizes: Floats
    totals: Floats

    @classmethod
    def of(cls, ratings: Ratings) -> _Pairable:
        sizes = np.count_nonzero(ratings.places != MISSING, axis=1)
        places = ratings.places[sizes >= 2]
        sizes = sizes[sizes >= 2]
        flat = places[places != MISSING]
        return cls(
            places,
            flat,
            np.repeat(np.arange(len(sizes)), sizes),
            sizes.astype(np.float64),
            np.bincount(flat, minlength=len(ratings.categories)).astype(np.float64),
        )

    @property
    def counts(self) -> Floats:
        """How many raters gave each category to each unit, shape (units, categories)."""
        shape = len(self.sizes), len(self.totals)
        cells = np.bincount(self.unit * shape[1] + self.flat, minlength=shape[0] * shape[1])
        return cells.reshape(shape).astype(np.float64)


@final
@dataclass(frozen=True, slots=True)
class _Distances:
    """What alpha needs to know of the distances between ratings.

    Parameters
    ----------
    within : Floats, shape (units,)
        Sum over all ordered pairs of ratings of a unit.
    to_all : Floats, shape (ratings,)
        Mean distance of each rating to all ratings, itself included.
    scale : float
        A large distance: beside it, what is only rounding can be told.
    """

    within: Floats
    to_all: Floats
    scale: float = 1.0


def krippendorff_alpha(
    ratings: Ratings, level: Level = "nominal", distance: Floats | None = None, *, weights: Floats | None = None
) -> Estimate:
    r"""Compare raters as Krippendorff does: how much less they disagree than chance would have them.

    .. math::

        \alpha = 1 - \frac{D_o}{D_e}, \quad
        D_o = \frac{1}{n} \sum_u \frac{1}{m_u - 1} \sum_{i \neq j} \delta(x_{ui}, x_{uj}), \quad
        D_e = \frac{1}{n (n - 1)} \sum_{c, k} n_c n_k \delta(c, k)

    with :math:`m_u` ratings of unit u, :math:`n_c` ratings that are c, and n in all. The
    distance :math:`\delta` is 1 between any two nominal values; :math:`(c - k)^2` between
    numbers of interval level; :math:`((c - k) / (c + k))^2` between those of ratio level; and
    the squared difference of mid-ranks among all ratings between ordinal ones.

    Parameters
    ----------
    ratings : Ratings
        A missing rating is left out, and so is a unit with fewer than two ratings. For the
        ordinal level, the order of `ratings.categories` counts.
    level : {"nominal", "ordinal", "interval", "ratio"}
        What differences between ratings mean. Not looked at with `distance` or `weights`.
    distance : NDArray[np.float64] or None, shape (categories, categories)
        A distance of your own: symmetric, not negative, 0 from a category to itself.
    weights : NDArray[np.float64] or None, shape (categories, categories)
        The same as weights of agreement (1 on the diagonal), as Gwet writes them: a distance
        of 1 - weight.

    Returns
    -------
    Estimate
        `n_units` counts the units with a rating, `units_pairable` those that alpha rests on.
        The interval has Gwet's variance over the latter, as R irrCAC; two raters who both
        rated every unit have the variance of irrCAC's tables, which is (n - 1) / n of it.
        There is none where raters never differ. `se_of_counts` is what irrCAC prints for
        counts of raters by category: a factor 2 is missing there, so do not report it.
        Nominal alphas have one for each category against all others too, `alpha[category]`.
        Undefined when no unit has two ratings, or all ratings that can be paired are the same.

    Raises
    ------
    InputProblem
        Categories are text where numbers are needed, a ratio is negative, or the distance is none.

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's alpha-reliability,
    https://repository.upenn.edu/asc_papers/43.
    Hayes & Krippendorff (2007), Answering the call for a standard reliability measure for
    coding data, doi 10.1080/19312450709336664.
    Gwet (2014), Handbook of inter-rater reliability, 4th edition, ISBN 978-0970806284.

    Examples
    --------
    >>> from plugins.agreement.measures.units.ratings import Ratings
    >>> first, second = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    >>> alpha = krippendorff_alpha(Ratings.of(list(zip(first, second))))
    >>> round(alpha.value, 3), round(alpha.components["observed_disagreement"], 3)
    (0.095, 0.4)
    """
    table = _table(ratings, distance, weights)
    variant = level if table is None else "custom distance"
    said = ratings.places != MISSING
    n_units, n_raters = int(said.any(axis=1).sum()), int(said.any(axis=0).sum())
    pairable = _Pairable.of(ratings)
    components = {"units_pairable": float(len(pairable.sizes)), "values_pairable": float(len(pairable.flat))}
    if not len(pairable.sizes):
        return Estimate(variant, None, n_units, n_raters, undefined_because=NOTHING_PAIRABLE, components=components)
    distances = _distances(ratings, pairable, level, table)
    components |= _per_category(ratings, pairable, nominal=variant == "nominal")
    if distances.to_all.mean() <= SMALLEST**2 * distances.scale:
        return Estimate(variant, None, n_units, n_raters, undefined_because=ONE_VALUE, components=components)
    n = float(len(pairable.flat))
    observed = float((distances.within / (pairable.sizes - 1)).sum()) / n
    expected = float(distances.to_all.mean()) * n / (n - 1)
    alpha = 1.0 - observed / expected
    components = {"observed_disagreement": observed, "expected_disagreement": expected, **components}
    units = len(pairable.sizes)
    of_ratings, of_counts = _standard_errors(pairable, distances)
    if not of_ratings > SMALLEST:
        return Estimate(variant, alpha, n_units, n_raters, components=components)
    as_table = n_raters == 2 and units == n_units
    se = of_ratings * math.sqrt((units - 1) / units) if as_table else of_ratings
    components["se_of_counts"] = of_counts
    method = OF_TABLES if as_table else OF_RATINGS
    sure = uncertainty(alpha, se, method, freedom=units - 1)
    return Estimate(variant, alpha, n_units, n_raters, *sure, None, components)


def _table(ratings: Ratings, distance: Floats | None, weights: Floats | None) -> Floats | None:
    """Return the distance that was given, checked."""
    if distance is None and weights is None:
        return None
    if distance is not None and weights is not None:
        raise ValueError("give a distance or weights, not both")
    table = np.asarray(distance, dtype=np.float64) if weights is None else 1.0 - np.asarray(weights, dtype=np.float64)
    size = len(ratings.categories)
    if table.shape != (size, size):
        raise InputProblem(
            "distance", nl=f"dit is geen tabel van {size} bij {size}", en=f"this is no table of {size} by {size}"
        )
    slack = SMALLEST * max(1.0, float(np.abs(table).max(initial=0.0)))
    wrong = np.concatenate([-table.ravel(), np.abs(np.diag(table)), np.abs(table - table.T).ravel()])
    if not (np.isfinite(table).all() and (wrong <= slack).all()):
        raise InputProblem(
            "distance",
            nl="een afstand is symmetrisch, niet negatief, en 0 van een categorie tot zichzelf",
            en="a distance is symmetric, not negative, and 0 from a category to itself",
        )
    return table


def _distances(ratings: Ratings, pairable: _Pairable, level: Level, table: Floats | None) -> _Distances:
    share = pairable.totals / len(pairable.flat)
    if table is None and level == "ratio" and len(share) <= DIRECT:
        table = _level_table(ratings, level)
    if table is not None:
        return _Distances(_within(pairable, table), (table @ share)[pairable.flat])
    if level == "nominal":
        return _Distances(_within(pairable, None), 1.0 - share[pairable.flat])
    if level == "ordinal":
        ranks = np.cumsum(pairable.totals) - pairable.totals / 2
        return _squared(pairable, ranks[pairable.flat])
    values = _numbers(ratings, level)
    if level == "interval":
        return _squared(pairable, values[pairable.flat])
    within = _over_pairs(pairable, lambda one, other: _ratio_distance(values[one], values[other]))
    return _Distances(within, _mean_ratio_distances(values, share)[pairable.flat])


def _squared(pairable: _Pairable, values: Floats) -> _Distances:
    """Make squared differences of moments: no table, however many distinct values there are."""
    centred = values - values.mean()
    means = np.bincount(pairable.unit, centred) / pairable.sizes
    spread = np.bincount(pairable.unit, (centred - means[pairable.unit]) ** 2)
    return _Distances(
        2.0 * pairable.sizes * spread, centred**2 + np.mean(centred**2), scale=float(np.abs(values).max() ** 2)
    )


def _within(pairable: _Pairable, table: Floats | None) -> Floats:
    """Sum a table of distances, or nominal ones without, over the pairs of ratings of each unit."""
    if len(pairable.totals) < pairable.places.shape[1]:
        counts = pairable.counts
        near = counts @ (1.0 - np.eye(counts.shape[1]) if table is None else table)
        return np.asarray((near * counts).sum(axis=1))
    if table is None:
        return _over_pairs(pairable, np.not_equal)
    return _over_pairs(pairable, lambda one, other: table[one, other])


def _over_pairs(pairable: _Pairable, distance: Callable[[Places, Places], NDArray[np.float64 | np.bool_]]) -> Floats:
    """Sum a distance over all ordered pairs of raters, by unit."""
    said = pairable.places
    present = said != MISSING
    total = np.zeros(len(said))
    for one, other in combinations(range(said.shape[1]), 2):
        both = np.flatnonzero(present[:, one] & present[:, other])
        total[both] += 2.0 * distance(said[both, one], said[both, other])
    return total


def _level_table(ratings: Ratings, level: Level) -> Floats:
    """Return the distances of every two categories, at any level but the ordinal."""
    if level == "nominal":
        return 1.0 - np.eye(len(ratings.categories))
    values = _numbers(ratings, level)
    if level == "interval":
        return np.asarray((values[:, None] - values) ** 2)
    return _ratio_distance(values[:, None], values)


def _numbers(ratings: Ratings, level: Level) -> Floats:
    """Return the categories as numbers, or say that they are none, or none of a ratio scale."""
    every = np.arange(len(ratings.categories), dtype=np.intp)[:, None]
    values = type(ratings)(every, ratings.categories).numbers[:, 0]
    if level == "ratio" and (values < 0).any():
        raise InputProblem(
            "ratings",
            nl=f"{values.min():g} is negatief: een verhouding begint bij 0",
            en=f"{values.min():g} is negative: a ratio scale starts at 0",
        )
    return values


def _ratio_distance(one: Floats, other: Floats) -> Floats:
    total = one + other
    ratio = np.divide(one - other, total, out=np.zeros_like(total), where=total > 0)
    return np.asarray(ratio**2, dtype=np.float64)


def _mean_ratio_distances(values: Floats, share: Floats) -> Floats:
    r"""Return the mean ratio distance of each value to all, without a table of values by values.

    In logarithms the distance is :math:`\tanh^2((u - v) / 2)`, so smooth that polynomials
    through `NODES` Chebyshev points on stretches of at most 1 carry it to rounding. `share` is
    how often each value was given; no value is negative.
    """
    zero = values == 0
    logs = np.log(values[~zero])
    width = min(1.0, float(np.ptp(logs)))
    logs -= logs.min()
    stretch = logs // width
    kept, of = np.unique(stretch, return_inverse=True)
    nodes = np.polynomial.chebyshev.chebpts1(NODES)
    basis = np.polynomial.chebyshev.chebvander(nodes, NODES - 1) * np.r_[1.0, np.full(NODES - 1, 2.0)] / NODES
    within = 2.0 * (logs - stretch * width) / width - 1.0
    carried = np.polynomial.chebyshev.chebvander(within, NODES - 1) @ basis.T
    weight = np.zeros((len(kept), NODES))
    np.add.at(weight, of, share[~zero, None] * carried)
    places = (kept[:, None] + (nodes + 1.0) / 2.0) * width
    means = np.array([np.tanh((row[:, None] - places.ravel()) / 2.0) ** 2 @ weight.ravel() for row in places])
    zeros = float(share[zero].sum())
    result = np.full(len(values), 1.0 - zeros)
    result[~zero] = zeros + np.einsum("ij,ij->i", carried, means[of])
    return result


def _per_category(ratings: Ratings, pairable: _Pairable, *, nominal: bool) -> dict[str, float]:
    """Return how often each category was used and, nominally, the alpha of it against the others."""
    if len(ratings.categories) > LISTED:
        return {}
    n = float(len(pairable.flat))
    names = [_name(category) for category in ratings.categories]
    parts = {f"prevalence[{name}]": float(used) / n for name, used in zip(names, pairable.totals, strict=True)}
    if nominal:
        counts = pairable.counts
        agreed = (counts * (counts - 1) / (pairable.sizes[:, None] - 1)).sum(axis=0)
        for name, used, both in zip(names, pairable.totals, agreed, strict=True):
            if 0 < used < n:
                parts[f"alpha[{name}]"] = float(1.0 - (n - 1) * (used - both) / (used * (n - used)))
    return parts


def _name(category: Category) -> str:
    return category if isinstance(category, str) else f"{category:.10g}"


def _standard_errors(pairable: _Pairable, distances: _Distances) -> tuple[float, float]:
    """Return Gwet's standard error and that of krippen.alpha.dist; 0 where there is none.

    Made of what each unit adds to observed and to expected disagreement, as shares of the
    expected. Expected disagreement is a square of proportions, hence the 2.
    """
    units = len(pairable.sizes)
    if units < 2:
        return 0.0, 0.0
    size = float(pairable.sizes.mean())
    larger = pairable.sizes / size - 1.0
    whole = float(distances.to_all.mean()) * size
    observed = distances.within / (pairable.sizes - 1) / whole
    expected = np.bincount(pairable.unit, distances.to_all) / whole
    ratio, finite = float(observed.mean()), 1.0 - 1.0 / len(pairable.flat)
    of_ratings = ratio + larger * finite * ratio - observed - 2.0 * ratio * (1.0 + larger - expected)
    of_counts = finite * (larger * ratio - observed + ratio * expected)
    one, other = (math.sqrt(float(each @ each) / (units * (units - 1))) for each in (of_ratings, of_counts))
    return one, other
