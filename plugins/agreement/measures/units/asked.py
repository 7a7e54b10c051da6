"""Coefficients of units as statistics: from a question to ratings, with the level and weights that were asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from vib.problem import InputProblem
from vib.statistic import Estimate, Level, Question

from .krippendorff import krippendorff_alpha
from .linked import ratings_asked
from .ratings import MISSING, Ratings
from .tolerance import within_tolerance

QUADRATIC = "quadratic"

POINTS = 1.0
"""Points by which ratings may differ, unless a tolerance is given."""


def plain(coefficient: Callable[[Ratings], Estimate]) -> Callable[[Question], Estimate]:
    """Ask a coefficient that takes ratings as they are."""
    return lambda question: coefficient(_ratings(question))


def weighted(coefficient: Callable[[Ratings, str], Estimate]) -> Callable[[Question], Estimate]:
    """Ask a coefficient that weighs differences: quadratically, or as the question says."""

    def ask(question: Question) -> Estimate:
        ratings, weights = _ratings(question), question.weights or QUADRATIC
        if weights != "identity":
            _in_order(question, ratings)
        return _with_order(coefficient(ratings, weights), question, ratings)

    return ask


def level_of(question: Question, ratings: Ratings) -> Level:
    """Return what differences mean: as asked, else ordinal for numbers and text in an order, nominal for other text."""
    return question.level or ("nominal" if _is_text(ratings) and not _is_ordered(question, ratings) else "ordinal")


def alpha_asked(question: Question) -> Estimate:
    """Ask `krippendorff_alpha` at the level that fits."""
    ratings = _ratings(question)
    level = level_of(question, ratings)
    if level == "ordinal":
        _in_order(question, ratings)
        return _with_order(krippendorff_alpha(ratings, level), question, ratings)
    return krippendorff_alpha(ratings, level)


def tolerance_asked(question: Question) -> Estimate:
    """Ask `within_tolerance` with the points of the question."""
    return within_tolerance(_ratings(question), POINTS if question.tolerance is None else question.tolerance)


def _ratings(question: Question) -> Ratings:
    """Return the ratings with their categories in the order that was given, where it is about them.

    An order of which no category is there is about another rating or tier, and one code is compared with all
    others, which have no order.

    Raises
    ------
    InputProblem
        The order leaves out a category that was used.
    """
    ratings = ratings_asked(question)
    if question.code is not None or not set(question.order) & set(ratings.categories):
        return ratings
    left_out = [category for category in ratings.categories if category not in question.order]
    if left_out:
        known = ", ".join(question.order)
        raise InputProblem(
            "order",
            nl=f"{left_out[0]!r} staat niet in de volgorde {known}",
            en=f"{left_out[0]!r} is not in the order {known}",
        )
    place = np.array([*map(question.order.index, map(str, ratings.categories)), MISSING], dtype=np.intp)
    return Ratings(place[ratings.places], question.order)


def _is_text(ratings: Ratings) -> bool:
    return any(isinstance(category, str) for category in ratings.categories)


def _is_ordered(question: Question, ratings: Ratings) -> bool:
    return bool(question.order) and ratings.categories == question.order


def _with_order(estimate: Estimate, question: Question, ratings: Ratings) -> Estimate:
    """Return an estimate whose variant says the order that was given, where that was used."""
    if not _is_ordered(question, ratings):
        return estimate
    return replace(estimate, variant=f"{estimate.variant}; order {' < '.join(question.order)}")


def _in_order(question: Question, ratings: Ratings) -> None:
    """Refuse text of which nobody said the order.

    Raises
    ------
    InputProblem
        The categories are text.
    """
    if _is_text(ratings) and not _is_ordered(question, ratings):
        raise InputProblem(
            "ratings",
            nl="tekst en codes hebben geen volgorde: geef die met --order, schrijf ze als getallen, of vraag een "
            "nominale maat",
            en="text and codes have no order: give it with --order, write them as numbers, or ask for a nominal "
            "measure",
        )
