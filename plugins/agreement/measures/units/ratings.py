"""What several raters said of the same units: one shape for every coefficient of units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, final

import numpy as np

from vib.problem import InputProblem

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.intp]

MISSING = -1

LARGEST = 1e12
"""The largest rating that is calculated with: no scale has more, and powers of it still are numbers."""

Category = str | float


@final
@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """What raters said of units.

    Parameters
    ----------
    places : NDArray[np.intp], shape (units, raters)
        Place in `categories` of what was said; `MISSING` where a rater said nothing.
    categories : tuple[str or float, ...]
        Everything that could be said, in order: text, or numbers from low to high.

    Examples
    --------
    >>> said = Ratings.of([["a", "a"], ["b", None], ["b", "a"]])
    >>> said.categories, said.places.tolist()
    (('a', 'b'), [[0, 0], [1, -1], [1, 0]])
    """

    places: Places
    categories: tuple[Category, ...]

    @classmethod
    def of(cls, units: Sequence[Sequence[Category | None]], categories: Iterable[Category] | None = None) -> Ratings:
        """Make ratings of rows of units, with None (or NaN) for what is missing.

        Parameters
        ----------
        categories : Iterable[str or float] or None
            Everything that could be said, in order; None for what was said, sorted.

        Raises
        ------
        InputProblem
            Rows differ in length, numbers and text are mixed, or something is no category.
        """
        width = len(units[0]) if units else 0
        if any(len(unit) != width for unit in units):
            raise InputProblem(
                "units", nl="niet elke eenheid heeft evenveel beoordelaars", en="units differ in the number of raters"
            )
        flat = list(chain.from_iterable(units))
        found = set(flat)
        missing = {value for value in found if value is None or value != value}
        said = {value for value in found if value is not None and value not in missing}
        if len({isinstance(value, str) for value in said}) > 1:
            raise InputProblem("ratings", nl="getallen en tekst door elkaar", en="numbers and text are mixed")
        known = tuple(sorted(said)) if categories is None else tuple(categories)
        for value in said - set(known):
            raise InputProblem("ratings", nl=f"{value} is geen categorie", en=f"{value} is not a category")
        place_of = dict.fromkeys(missing, MISSING) | {category: place for place, category in enumerate(known)}
        places = np.fromiter(map(place_of.__getitem__, flat), np.intp, len(flat))
        return cls(places.reshape(len(units), width), known)

    @classmethod
    def of_table(cls, table: Sequence[Sequence[int]], categories: Sequence[Category] | None = None) -> Ratings:
        """Make ratings of two raters of a contingency table: rows are the first rater's.

        Examples
        --------
        >>> Ratings.of_table([[1, 1], [0, 2]]).places.tolist()
        [[0, 0], [0, 1], [1, 1], [1, 1]]
        """
        counts = np.asarray(table, dtype=np.intp)
        pairs = np.argwhere(np.ones_like(counts, dtype=np.bool_))
        known = tuple(range(1, len(counts) + 1)) if categories is None else tuple(categories)
        return cls(np.repeat(pairs, counts.ravel(), axis=0), known)

    @property
    def numbers(self) -> Floats:
        """The ratings as numbers, shape (units, raters), NaN where missing.

        Raises
        ------
        InputProblem
            The categories are text, or larger than `LARGEST`.
        """
        for category in self.categories:
            if isinstance(category, str):
                raise InputProblem(
                    "ratings",
                    nl=f"{category!r} is geen getal: alleen nominale maten kunnen dit",
                    en=f"{category!r} is not a number: only nominal measures can take it",
                )
            if abs(category) > LARGEST:
                raise InputProblem(
                    "ratings",
                    nl=f"{category:g} is te groot om mee te rekenen; hoogstens {LARGEST:g}",
                    en=f"{category:g} is too large to calculate with; at most {LARGEST:g}",
                )
        values = np.array([*self.categories, np.nan], dtype=np.float64)
        return values[self.places]

    @property
    def counts(self) -> Floats:
        """How many raters gave each category to each unit, shape (units, categories)."""
        width = len(self.categories) + 1
        cells = np.arange(len(self.places))[:, None] * width + self.places + 1
        counted = np.bincount(cells.ravel(), minlength=len(self.places) * width).reshape(-1, width)
        return counted[:, 1:].astype(np.float64)
