"""Coefficients of units as statistics: from a question to ratings, with the level and weights that were asked."""

from __future__ import annotations

from collections.abc import Callable

from vib.problem import InputProblem
from vib.statistic import Estimate, Level, Question

from .krippendorff import krippendorff_alpha
from .linked import ratings_asked
from .ratings import Ratings
from .tolerance import within_tolerance

QUADRATIC = "quadratic"

POINTS = 1.0
"""Points by which ratings may differ, unless a tolerance is given."""


def plain(coefficient: Callable[[Ratings], Estimate]) -> Callable[[Question], Estimate]:
    """Ask a coefficient that takes ratings as they are."""
    return lambda question: coefficient(ratings_asked(question))


def weighted(coefficient: Callable[[Ratings, str], Estimate]) -> Callable[[Question], Estimate]:
    """Ask a coefficient that weighs differences: quadratically, or as the question says."""

    def ask(question: Question) -> Estimate:
        ratings, weights = ratings_asked(question), question.weights or QUADRATIC
        if weights != "identity":
            _in_order(ratings)
        return coefficient(ratings, weights)

    return ask


def level_of(question: Question, ratings: Ratings) -> Level:
    """Return what differences mean: as asked, else ordinal for numbers and nominal for text."""
    text = any(isinstance(category, str) for category in ratings.categories)
    return question.level or ("nominal" if text else "ordinal")


def alpha_asked(question: Question) -> Estimate:
    """Ask `krippendorff_alpha` at the level that fits."""
    ratings = ratings_asked(question)
    level = level_of(question, ratings)
    if level == "ordinal":
        _in_order(ratings)
    return krippendorff_alpha(ratings, level)


def tolerance_asked(question: Question) -> Estimate:
    """Ask `within_tolerance` with the points of the question."""
    return within_tolerance(ratings_asked(question), POINTS if question.tolerance is None else question.tolerance)


def _in_order(ratings: Ratings) -> None:
    """Refuse text, of which nobody said the order.

    Raises
    ------
    InputProblem
        The categories are text.
    """
    if any(isinstance(category, str) for category in ratings.categories):
        raise InputProblem(
            "ratings",
            nl="tekst en codes hebben geen volgorde: schrijf ze als getallen, of vraag een nominale maat",
            en="text and codes have no order: write them as numbers, or ask for a nominal measure",
        )
