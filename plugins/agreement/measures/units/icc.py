"""Intraclass correlations of McGraw and Wong: how well ratings tell units apart, with ratings missing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from plugins.agreement.measures.timelines.tables import SMALLEST
from vib.statistic import Estimate

from .texts import NOTHING_PAIRABLE, ONE_VALUE, TOO_FEW_RATINGS, TOO_FEW_UNITS, UNITS_ALIKE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vib.language import Text

    from .ratings import Floats, Ratings

    Flags = NDArray[np.bool_]

ROUNDED = 1e-9
"""Below this share of the largest, a root of the raters' equations is 0: raters who share no units."""

FEWEST = 0.1
"""Degrees of freedom below which quantiles of F are numbers without meaning."""

ONE_WAY, AGREEMENT, CONSISTENCY = "1", "A", "C"

COMPLETE = "F distribution (McGraw & Wong 1996)"
INCOMPLETE = (
    "F distribution (McGraw & Wong 1996) with the effective number of ratings: approximate, ratings are missing"
)


@final
@dataclass(frozen=True, slots=True)
class _Squares:
    """An analysis of variance.

    Parameters
    ----------
    rows, columns, error : float
        Mean squares of units, of raters, and of what is left.
    df_rows, df_columns, df_error : float
        Degrees of freedom.
    k, n : float
        Ratings per unit and per rater; where ratings are missing, how many `rows` and
        `columns` are worth.
    agreement : bool
        Whether differences between raters count against them apart from the error.
    """

    rows: float
    columns: float
    error: float
    df_rows: float
    df_columns: float
    df_error: float
    k: float
    n: float
    agreement: bool

    def correlation(self, f: float, *, average: bool) -> float | None:
        """Return the correlation at which `rows` is `f` times its mean; None where nothing is left to divide by.

        With 1 for `f` it is the estimate, with quantiles of F the limits of its interval.
        """
        between = self.columns if self.agreement else self.error
        above = self.n * (self.rows - f * self.error)
        below = f * (self.k * between + (self.k * self.n - self.k - self.n) * self.error) + self.n * self.rows
        if average:
            above, below = self.k * above, below + (self.k - 1.0) * above
        scale = self.n * self.k * (self.rows + f * (between + self.error))
        return above / below if below > SMALLEST * scale else None

    @property
    def df_interval(self) -> float | None:
        """Degrees of freedom of what `rows` is held against: error, or Satterthwaite's mix of it with raters.

        None where these all but outweigh each other, which takes a correlation far below 0.
        """
        single = self.correlation(1.0, average=False)
        if not self.agreement or single is None:
            return self.df_error
        of_columns = self.k * single / self.n * self.columns
        of_error = (1.0 - single + self.k * single * (self.n - 1.0) / self.n) * self.error
        spread = of_columns**2 / self.df_columns + of_error**2 / self.df_error
        df = (of_columns + of_error) ** 2 / spread if spread > 0 else self.df_error
        return df if df > FEWEST else None

    def interval(self, *, average: bool) -> tuple[float, float] | None:
        """Return the 95 % limits; None where one has no bound, or where all is error or nothing is: no width."""
        from scipy.special import fdtri

        df = self.df_interval
        if df is None:
            return None
        quantiles = (float(fdtri(self.df_rows, df, level)) for level in (0.975, 0.025))
        low, high = (self.correlation(f, average=average) if math.isfinite(f) else None for f in quantiles)
        return (low, high) if low is not None and high is not None and high - low > SMALLEST else None


def icc_1_1(ratings: Ratings) -> Estimate:
    r"""Correlate single ratings, each unit rated by raters of its own (case 1).

    .. math:: ICC(1,1) = \frac{MS_R - MS_W}{MS_R + (k - 1) MS_W}

    of the mean squares between units (rows) and within them. Differences between raters count
    as error.

    Parameters
    ----------
    ratings : Ratings
        Numbers. Where ratings are missing, k is :math:`(N - \sum_i k_i^2 / N) / (n - 1)` for
        N ratings of n units, :math:`k_i` of each: what makes the mean squares unbiased
        (Ebel 1951). Interval and test then are approximate. Undefined with fewer than two
        units, no unit rated twice, no variance.

    Returns
    -------
    Estimate
        Components: mean squares `MS_...`; `F`, `df1`, `df2` and `p` of the test that the
        correlation is 0 (no F without error); `k`. No standard error.

    References
    ----------
    McGraw & Wong (1996), Forming inferences about some intraclass correlation coefficients,
    doi 10.1037/1082-989X.1.1.30 and the correction 10.1037/1082-989X.1.4.390.
    Shrout & Fleiss (1979), Intraclass correlations: uses in assessing rater reliability,
    doi 10.1037/0033-2909.86.2.420; there ICC(1,1).
    Ebel (1951), Estimation of the reliability of ratings, doi 10.1007/BF02288803.

    Examples
    --------
    >>> from plugins.agreement.measures.units.ratings import Ratings
    >>> judged = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    >>> result = icc_1_1(Ratings.of(judged))
    >>> round(result.value, 2), [round(limit, 2) for limit in result.ci]
    (0.17, [-0.13, 0.72])
    """
    return _estimate(ratings, ONE_WAY, average=False)


def icc_1_k(ratings: Ratings) -> Estimate:
    r"""Correlate means of k ratings, each unit rated by raters of its own (case 1).

    .. math:: ICC(1,k) = \frac{MS_R - MS_W}{MS_R}

    Parameters
    ----------
    ratings : Ratings
        As for `icc_1_1`; undefined too where the units have the same mean.

    References
    ----------
    McGraw & Wong (1996), doi 10.1037/1082-989X.1.1.30. Shrout & Fleiss (1979),
    doi 10.1037/0033-2909.86.2.420; there ICC(1,k).

    Examples
    --------
    >>> from plugins.agreement.measures.units.ratings import Ratings
    >>> judged = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    >>> round(icc_1_k(Ratings.of(judged)).value, 2)
    0.44
    """
    return _estimate(ratings, ONE_WAY, average=True)


def icc_a_1(ratings: Ratings) -> Estimate:
    r"""Correlate single ratings of the same raters, where all should say the same number (case 2 and 3).

    .. math:: ICC(A,1) = \frac{MS_R - MS_E}{MS_R + (k - 1) MS_E + \frac{k}{n} (MS_C - MS_E)}

    of the mean squares of units (rows), raters (columns) and error.

    Parameters
    ----------
    ratings : Ratings
        Numbers. Where ratings are missing, the additive model of units and raters is fitted
        by least squares to those that are there. :math:`MS_R` is that of units after raters,
        :math:`MS_C` that of raters after units, :math:`k = (N - r) / df_R` and
        :math:`n = (N - u) / df_C` for N ratings by r raters of u units: what makes the
        components of variance unbiased (Henderson's method 3). The test stays exact, the
        interval is approximate. Undefined with fewer than two units or raters, with too few
        ratings to leave an error, and without variance.

    Returns
    -------
    Estimate
        Components: mean squares `MS_...`; `F`, `df1`, `df2` and `p` of the test that the
        correlation is 0 (no F without error); `df_satterthwaite`, of which the interval is
        made, and `p_satterthwaite`, the p that R irr prints in place of `p`; `df_columns`;
        `k` and `n`. No standard error.

    References
    ----------
    McGraw & Wong (1996), Forming inferences about some intraclass correlation coefficients,
    doi 10.1037/1082-989X.1.1.30 and the correction 10.1037/1082-989X.1.4.390.
    Shrout & Fleiss (1979), doi 10.1037/0033-2909.86.2.420; there ICC(2,1).
    Henderson (1953), Estimation of variance and covariance components, doi 10.2307/3001853.

    Examples
    --------
    >>> from plugins.agreement.measures.units.ratings import Ratings
    >>> judged = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    >>> result = icc_a_1(Ratings.of(judged))
    >>> round(result.value, 2), [round(limit, 2) for limit in result.ci]
    (0.29, [0.02, 0.76])
    """
    return _estimate(ratings, AGREEMENT, average=False)


def icc_a_k(ratings: Ratings) -> Estimate:
    r"""Correlate means of k ratings of the same raters, where all should say the same number (case 2 and 3).

    .. math:: ICC(A,k) = \frac{MS_R - MS_E}{MS_R + (MS_C - MS_E) / n}

    The interval is that of ICC(A,1) stepped up by Spearman and Brown, which is what McGraw
    and Wong's formula comes to and what R psych and pingouin print. R irr and irrNA put
    ICC(A,k) where the degrees of freedom ask for ICC(A,1); their limits differ.

    Parameters
    ----------
    ratings : Ratings
        As for `icc_a_1`; undefined too where the units have the same mean.

    References
    ----------
    McGraw & Wong (1996), doi 10.1037/1082-989X.1.1.30. Shrout & Fleiss (1979),
    doi 10.1037/0033-2909.86.2.420; there ICC(2,k).

    Examples
    --------
    >>> from plugins.agreement.measures.units.ratings import Ratings
    >>> judged = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    >>> round(icc_a_k(Ratings.of(judged)).value, 2)
    0.62
    """
    return _estimate(ratings, AGREEMENT, average=True)


def icc_c_1(ratings: Ratings) -> Estimate:
    r"""Correlate single ratings of the same raters, who may differ by a constant (case 2 and 3).

    .. math:: ICC(C,1) = \frac{MS_R - MS_E}{MS_R + (k - 1) MS_E}

    Parameters
    ----------
    ratings : Ratings
        As for `icc_a_1`; undefined too where the units differ in nothing but the raters.

    References
    ----------
    McGraw & Wong (1996), doi 10.1037/1082-989X.1.1.30. Shrout & Fleiss (1979),
    doi 10.1037/0033-2909.86.2.420; there ICC(3,1).

    Examples
    --------
    >>> from plugins.agreement.measures.units.ratings import Ratings
    >>> judged = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    >>> round(icc_c_1(Ratings.of(judged)).value, 2)
    0.71
    """
    return _estimate(ratings, CONSISTENCY, average=False)


def icc_c_k(ratings: Ratings) -> Estimate:
    r"""Correlate means of k ratings of the same raters, who may differ by a constant (case 2 and 3).

    .. math:: ICC(C,k) = \frac{MS_R - MS_E}{MS_R}

    which is Cronbach's alpha of the raters.

    Parameters
    ----------
    ratings : Ratings
        As for `icc_c_1`.

    References
    ----------
    McGraw & Wong (1996), doi 10.1037/1082-989X.1.1.30. Shrout & Fleiss (1979),
    doi 10.1037/0033-2909.86.2.420; there ICC(3,k).

    Examples
    --------
    >>> from plugins.agreement.measures.units.ratings import Ratings
    >>> judged = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    >>> round(icc_c_k(Ratings.of(judged)).value, 2)
    0.91
    """
    return _estimate(ratings, CONSISTENCY, average=True)


def _estimate(ratings: Ratings, form: str, *, average: bool) -> Estimate:
    numbers = ratings.numbers
    said = ~np.isnan(numbers)
    numbers = numbers[said.any(axis=1)][:, said.any(axis=0)]
    units, raters = numbers.shape
    variant = f"ICC({form},{'k' if average else 1})"
    squares = _analysed(numbers, form)
    if not isinstance(squares, _Squares):
        return Estimate(variant, None, units, raters, undefined_because=squares)
    components = _components(squares, form)
    value = squares.correlation(1.0, average=average)
    if value is None:
        return Estimate(variant, None, units, raters, undefined_because=UNITS_ALIKE, components=components)
    ci = squares.interval(average=average)
    method = INCOMPLETE if np.isnan(numbers).any() else COMPLETE
    return Estimate(
        variant, value, units, raters, ci=ci, ci_method=None if ci is None else method, components=components
    )


def _components(squares: _Squares, form: str) -> dict[str, float]:
    from scipy.special import fdtrc

    parts = {"MS_rows": squares.rows, "MS_within" if form == ONE_WAY else "MS_error": squares.error, "k": squares.k}
    parts |= {"df1": squares.df_rows, "df2": squares.df_error}
    if form != ONE_WAY:
        parts |= {"MS_columns": squares.columns, "df_columns": squares.df_columns, "n": squares.n}
    df = squares.df_interval if form == AGREEMENT else None
    if df is not None:
        parts["df_satterthwaite"] = df
    if squares.error > 0:
        f = squares.rows / squares.error
        parts |= {"F": f, "p": float(fdtrc(squares.df_rows, squares.df_error, f))}
        if df is not None:
            parts["p_satterthwaite"] = float(fdtrc(squares.df_rows, df, f))
    return parts


def _analysed(numbers: Floats, form: str) -> _Squares | Text:
    """Analyse the variance of numbers, units by raters, or say why that cannot be."""
    said = ~np.isnan(numbers)
    if not (said.sum(axis=1) >= 2).any():
        return NOTHING_PAIRABLE
    if len(numbers) < 2:
        return TOO_FEW_UNITS
    centred = np.where(said, numbers - np.nanmean(numbers), 0.0)
    if np.abs(centred).max() <= SMALLEST * np.nanmax(np.abs(numbers)):
        return ONE_VALUE
    return _one_way(centred, said) if form == ONE_WAY else _two_way(centred, said, agreement=form == AGREEMENT)


def _one_way(centred: Floats, said: Flags) -> _Squares:
    units, of_unit = len(said), said.sum(axis=1)
    ratings = float(of_unit.sum())
    means = centred.sum(axis=1) / of_unit
    between, within = of_unit * means**2, np.where(said, centred - means[:, None], 0.0) ** 2
    rows, error = _beyond_rounding(float(between.sum()), float(within.sum()))
    df_error = ratings - units
    return _Squares(
        rows=rows / (units - 1),
        columns=error / df_error,
        error=error / df_error,
        df_rows=units - 1.0,
        df_columns=df_error,
        df_error=df_error,
        k=(ratings - float((of_unit**2).sum()) / ratings) / (units - 1),
        n=float(units),
        agreement=False,
    )


def _two_way(centred: Floats, said: Flags, *, agreement: bool) -> _Squares | Text:
    """Fit units and raters by least squares: units are swept out, which leaves one equation for each rater."""
    of_unit, of_rater = said.sum(axis=1), said.sum(axis=0)
    ratings, (units, raters) = float(of_unit.sum()), said.shape
    shares = said / of_unit[:, None]
    within = np.where(said, centred - (centred.sum(axis=1) / of_unit)[:, None], 0.0)
    roots, axes = np.linalg.eigh(np.diag(of_rater.astype(np.float64)) - said.T @ shares)
    told_apart = roots > ROUNDED * of_rater.max()
    axes = axes[:, told_apart]
    effects = axes @ (axes.T @ within.sum(axis=0) / roots[told_apart])
    rest = np.where(said, within - effects + (shares @ effects)[:, None], 0.0)
    around_raters = np.where(said, centred - centred.sum(axis=0) / of_rater, 0.0)
    error = float((rest**2).sum())
    rows, columns, error = _beyond_rounding(
        float((around_raters**2).sum()) - error, float(within.sum(axis=0) @ effects), error
    )
    groups = raters - int(told_apart.sum())
    df_rows, df_columns, df_error = float(units - groups), float(raters - groups), ratings - units - raters + groups
    if min(df_rows, df_columns, df_error) < 1:
        return TOO_FEW_RATINGS
    return _Squares(
        rows=rows / df_rows,
        columns=columns / df_columns,
        error=error / df_error,
        df_rows=df_rows,
        df_columns=df_columns,
        df_error=df_error,
        k=(ratings - raters) / df_rows,
        n=(ratings - units) / df_columns,
        agreement=agreement,
    )


def _beyond_rounding(*sums: float) -> tuple[float, ...]:
    """Return sums of squares with 0 for those of which only rounding remains."""
    return tuple(each if each > SMALLEST * sum(sums) else 0.0 for each in sums)
