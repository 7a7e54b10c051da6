"""The arithmetic that kappas share: a table of two raters, agreement observed and expected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar, final

Category = TypeVar("Category", bound=Hashable)

SMALLEST = 1e-12
"""What is left beyond chance must exceed this: below it, only rounding remains."""


@final
@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of two raters over a table of weights.

    Parameters
    ----------
    observed : float
        Share of the weight on which they agree.
    expected : float
        Share on which they would agree by chance.
    greatest : float
        Largest share on which they could agree, given how often each used each category.
    total : float
        Weight of the whole table.
    categories : int
        How many categories either rater used.
    """

    observed: float
    expected: float
    greatest: float
    total: float
    categories: int

    @property
    def kappa(self) -> float | None:
        """Agreement beyond chance; None where chance leaves nothing to agree on."""
        return self._beyond_chance(self.observed)

    @property
    def kappa_max(self) -> float | None:
        """Largest kappa that these margins allow."""
        return self._beyond_chance(self.greatest)

    def _beyond_chance(self, share: float) -> float | None:
        left = 1.0 - self.expected
        return None if self.categories < 2 or left < SMALLEST else (share - self.expected) / left


def cohen(table: Mapping[tuple[Category, Category], float]) -> Agreement:
    r"""Compare two raters as Cohen does, from the weight of each pair of categories.

    .. math:: \kappa = \frac{p_o - p_e}{1 - p_e}, \quad p_e = \sum_c p_{c+} p_{+c}

    Parameters
    ----------
    table : Mapping
        Weight (a count or a duration) by (category of the first, category of the second);
        at least one weight is positive.

    References
    ----------
    Cohen (1960), A coefficient of agreement for nominal scales, doi 10.1177/001316446002000104.

    Examples
    --------
    >>> both = cohen({("a", "a"): 20, ("a", "b"): 10, ("b", "a"): 20, ("b", "b"): 50})
    >>> both.observed, both.expected, round(both.kappa, 3)
    (0.7, 0.54, 0.348)
    """
    total = sum(table.values())
    rows, columns = margins(table)
    used = {category for category in (*rows, *columns) if rows.get(category, 0) or columns.get(category, 0)}
    return Agreement(
        observed=sum(weight for (row, column), weight in table.items() if row == column) / total,
        expected=sum(rows[category] * columns.get(category, 0.0) for category in rows) / total**2,
        greatest=sum(min(rows[category], columns.get(category, 0.0)) for category in rows) / total,
        total=total,
        categories=len(used),
    )


def margins(
    table: Mapping[tuple[Category, Category], float],
) -> tuple[dict[Category, float], dict[Category, float]]:
    """Return how much weight each rater gave to each category."""
    rows: defaultdict[Category, float] = defaultdict(float)
    columns: defaultdict[Category, float] = defaultdict(float)
    for (row, column), weight in table.items():
        rows[row] += weight
        columns[column] += weight
    return dict(rows), dict(columns)
