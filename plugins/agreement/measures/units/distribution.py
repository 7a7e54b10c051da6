"""How often units were given each category: what coefficients need that do not tell raters apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import final

import numpy as np
from numpy.typing import NDArray

from vib.language import Text
from vib.problem import InputProblem

from . import texts
from .ratings import MISSING, Category, Ratings
from .weights import Floats, Weighting, weight_matrix

Places = NDArray[np.intp]

LISTED = 50
"""With more categories than this, components do not list them one by one."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Distribution:
    """Ratings of which only the numbers are known: each unit may have had other raters.

    Parameters
    ----------
    counts : NDArray, shape (units, categories)
        How many raters gave each category to each unit.
    categories : tuple[str or float, ...]
        Everything that could be said, in order.

    Examples
    --------
    >>> Distribution.of([[2, 0], [1, 1]]).categories
    (1, 2)
    """

    counts: Floats
    categories: tuple[Category, ...]

    @classmethod
    def of(
        cls, counts: Sequence[Sequence[float]] | Floats, categories: Sequence[Category] | None = None
    ) -> Distribution:
        """Make a distribution of rows of units.

        Parameters
        ----------
        categories : Sequence[str or float] or None
            One for each column, in order; None for 1, 2, 3 ...

        Raises
        ------
        InputProblem
            Rows differ in length, a count is no whole number from 0, or categories do not fit.
        """
        try:
            table = np.array(counts, dtype=np.float64)
        except (TypeError, ValueError):
            table = np.full(1, np.nan)
        if table.ndim != 2 or not np.isfinite(table).all() or (table < 0).any() or (table % 1 != 0).any():
            raise InputProblem(
                "counts",
                nl="geef per eenheid evenveel hele getallen vanaf 0, één per categorie",
                en="give as many whole numbers from 0 for each unit, one for each category",
            )
        known = tuple(range(1, table.shape[1] + 1)) if categories is None else tuple(categories)
        if len(known) != table.shape[1]:
            raise InputProblem(
                "categories",
                nl=f"{len(known)} categorieën bij {table.shape[1]} kolommen",
                en=f"{len(known)} categories for {table.shape[1]} columns",
            )
        return cls(table, known)


Said = Ratings | Distribution


@final
@dataclass(frozen=True, eq=False)
class Counted:
    """Counts of units and categories, with what every coefficient takes from them.

    Parameters
    ----------
    counts : NDArray, shape (units, categories)
        Of the units that anybody rated.
    categories : tuple[str or float, ...]
    raters : int
        Raters who rated anything; of a distribution the most that a unit has.
    complete_pair : bool
        Two raters, who both rated every unit.
    weights : NDArray, shape (categories, categories)
        Symmetric.
    """

    counts: Floats
    categories: tuple[Category, ...]
    raters: int
    complete_pair: bool
    weights: Floats

    @classmethod
    def of(cls, said: Said, weights: Weighting = "identity") -> Counted:
        """Count what was said; raters are not told apart, so weights become symmetric."""
        matrix = weight_matrix(weights, said.categories)
        if isinstance(said, Ratings):
            places = present(said)
            counts = Ratings(places, said.categories).counts
            complete = places.shape[1] == 2 and bool((places != MISSING).all())
        else:
            counts = said.counts[said.counts.sum(1) > 0]
            complete = False
        matrix = (matrix + matrix.T) / 2
        return cls(counts, said.categories, raters_of(said), complete, matrix)

    @cached_property
    def each(self) -> Floats:
        """How many ratings each unit has."""
        return np.asarray(self.counts.sum(1))

    @cached_property
    def twice(self) -> NDArray[np.bool_]:
        """Which units have two ratings or more."""
        return np.asarray(self.each >= 2)

    @cached_property
    def pairs(self) -> Floats:
        """How many ordered pairs of ratings each unit has; 1 instead of 0."""
        return np.maximum(self.each * (self.each - 1), 1.0)

    @cached_property
    def agreed(self) -> Floats:
        """Share of the pairs of each unit's ratings that agree; 0 for a unit with one rating."""
        return np.asarray((self.counts * (self.counts @ self.weights - 1)).sum(1) / self.pairs)

    @cached_property
    def observed(self) -> float:
        """Mean of `agreed` over the units with two ratings or more."""
        return float(self.agreed.sum() / self.twice.sum())

    @cached_property
    def shares(self) -> Floats:
        """How often each category was used: the mean over units of its share of the unit's ratings."""
        return np.asarray((self.counts / self.each[:, None]).mean(0))

    @cached_property
    def observed_by_category(self) -> Floats:
        """Agreement on each category against all others together, whatever the weights."""
        apart = 2 * self.counts * (self.each[:, None] - self.counts) / self.pairs[:, None]
        return np.asarray(1 - apart.sum(0) / self.twice.sum())

    @property
    def nothing_to_compare(self) -> Text | None:
        """Why there is no agreement to speak of, if so."""
        if self.raters < 2:
            return texts.ONE_RATER
        return None if self.twice.any() else texts.NOT_TWICE

    @property
    def no_choice(self) -> Text | None:
        """Why nothing can be corrected for chance, if so."""
        return self.nothing_to_compare or (texts.ONE_CATEGORY if len(self.categories) < 2 else None)


def present(ratings: Ratings) -> Places:
    """Return the places of the units that anybody rated, by the raters who rated anything."""
    rated = ratings.places != MISSING
    if rated.all():
        return ratings.places
    return np.asarray(ratings.places[rated.any(1)][:, rated.any(0)])


def raters_of(said: Said) -> int:
    """Return how many raters rated anything; of a distribution the most that a unit has."""
    return int(said.counts.sum(1).max(initial=0)) if isinstance(said, Distribution) else present(said).shape[1]


def by_category(name: str, categories: Sequence[Category], values: Floats) -> dict[str, float]:
    """Name one value for each category as a component; what is NaN, or one of very many, is left out.

    Examples
    --------
    >>> by_category("kappa", ("a", 2.0), np.array([0.5, np.nan]))
    {'kappa[a]': 0.5}
    """
    if len(categories) > LISTED:
        return {}
    return {
        f"{name}[{category if isinstance(category, str) else format(category, '.10g')}]": float(value)
        for category, value in zip(categories, values, strict=True)
        if np.isfinite(value)
    }
