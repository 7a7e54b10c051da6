"""How far two units are apart, in time and in code."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from vib.problem import InputProblem

from .continuum import Continuum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.intp]


@final
@dataclass(frozen=True, slots=True, eq=False)
class Dissimilarity:
    r"""The dissimilarity of two units, with that of a unit and no unit as its measure.

    .. math:: d(u, v) = \alpha \, d_{pos}(u, v) + \beta \, d_{cat}(u, v), \quad
              d_{pos}(u, v) = \left(\frac{|s_u - s_v| + |e_u - e_v|}{l_u + l_v}\right)^2

    where s, e and l are start, end and length. :math:`d_{cat}` is 0 for the same code, 1 for
    another one, or what a table says. A unit and no unit are 1 apart: the publication
    multiplies all three by the same :math:`\Delta_\emptyset`.

    Two instants are 0 apart in time at the same moment and infinitely far otherwise; see
    `Continuum.of` for how to make them last.

    Parameters
    ----------
    alpha, beta : float
        Weight of time and of code.
    table : NDArray[np.float64] or None
        Dissimilarity of codes by their places, between 0 and 1.

    References
    ----------
    Mathet, Widlöcher & Métivier (2015), sections 4.4 and 4.5, doi 10.1162/COLI_a_00227.

    Examples
    --------
    >>> both = Continuum.of([[(0, 4, "a")], [(1, 5, "b")]], ("a", "b"))
    >>> one, other = np.array([0]), np.array([1])
    >>> Dissimilarity(alpha=3.0, beta=1.0).between(both, one, other).tolist()
    [1.1875]
    """

    alpha: float
    beta: float
    table: Floats | None = None

    def between(self, continuum: Continuum, one: Places, other: Places) -> Floats:
        """Return how far units are apart, pair by pair."""
        apart = self.beta * self.of_codes(continuum, one, other)
        return apart + self.alpha * self.of_places(continuum, one, other) if self.alpha else apart

    def of_places(self, continuum: Continuum, one: Places, other: Places) -> Floats:
        """Return how far units are apart in time, before alpha."""
        starts, ends, lengths = continuum.starts, continuum.ends, continuum.lengths
        moved = np.abs(starts[one] - starts[other]) + np.abs(ends[one] - ends[other])
        both = lengths[one] + lengths[other]
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio: Floats = np.where(moved == 0.0, 0.0, moved / both)
        return ratio * ratio

    def confidence(self, continuum: Continuum, one: Places, other: Places) -> Floats:
        """Return how sure it is from their times that units belong together: from 1 at the same times down to 0."""
        if not self.alpha:
            return np.ones(len(one))
        sure: Floats = np.maximum(0.0, 1.0 - self.alpha * self.of_places(continuum, one, other))
        return sure

    def of_codes(self, continuum: Continuum, one: Places, other: Places) -> Floats:
        """Return how far units are apart in code, before beta."""
        first, second = continuum.codes[one], continuum.codes[other]
        if self.table is None:
            differ: Floats = (first != second).astype(np.float64)
            return differ
        found: Floats = self.table[first, second]
        return found

    def reach(self, bound: float) -> float:
        """Return within how many half lengths of both the middles of two units lie that are at most `bound` apart."""
        return math.sqrt(bound / self.alpha) if self.alpha else math.inf


def table_of(distances: Mapping[tuple[str, str], float], codes: Sequence[str]) -> Floats:
    """Return the dissimilarity of codes as a table; pairs that are not named are 1 apart.

    Raises
    ------
    InputProblem
        A distance is not between 0 and 1, or one pair has two.

    Examples
    --------
    >>> table_of({("a", "b"): 0.5}, ("a", "b", "c")).tolist()
    [[0.0, 0.5, 1.0], [0.5, 0.0, 1.0], [1.0, 1.0, 0.0]]
    """
    for (one, other), distance in distances.items():
        same_both_ways = distances.get((other, one), distance) == distance
        if not 0.0 <= distance <= 1.0 or not same_both_ways or (one == other and distance):
            raise InputProblem(
                f"{one}/{other}",
                nl=f"{distance} is geen afstand van 0 tot 1, beide kanten op gelijk",
                en=f"{distance} is no distance from 0 to 1, the same both ways",
            )
    table = 1.0 - np.eye(len(codes))
    place_of = {code: place for place, code in enumerate(codes)}
    for (one, other), distance in distances.items():
        if one in place_of and other in place_of:
            table[place_of[one], place_of[other]] = table[place_of[other], place_of[one]] = distance
    return table
