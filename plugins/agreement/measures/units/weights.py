"""How much two different categories agree all the same: weights from 0 (not at all) to 1 (fully)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from vib.problem import InputProblem

from .ratings import Category

Floats = NDArray[np.float64]
Weighting = str | Floats | Sequence[Sequence[float]]
"""Name of a weighting, a matrix of weights (ones on the diagonal) or of distances (zeros on it)."""

PLACE = "weights"


def weight_matrix(weights: Weighting, categories: Sequence[Category]) -> Floats:
    r"""Return the agreement of every pair of categories, shape (categories, categories).

    Every named weighting is a distance d, made a weight by the largest distance:

    .. math:: w_{kl} = 1 - d_{kl} / \max d

    with, for categories of the values x (numbers as they are; text by its place, from 1):

    ========== =======================================================================
    identity   :math:`d = 1` unless k = l
    linear     :math:`|x_k - x_l|`
    quadratic  :math:`(x_k - x_l)^2`
    radical    :math:`\sqrt{|x_k - x_l|}`
    ratio      :math:`((x_k - x_l) / (x_k + x_l))^2`
    ordinal    :math:`m (m - 1) / 2`, where m categories lie from k to l, both included
    circular   :math:`\sin^2(\pi (x_k - x_l) / (x_{max} - x_{min} + 1))`
    bipolar    :math:`(x_k - x_l)^2 / ((x_k + x_l - 2 x_{min})(2 x_{max} - x_k - x_l))`
    ========== =======================================================================

    Gwet's ordinal weights are not Krippendorff's ordinal metric, which depends on how often
    categories are used.

    Parameters
    ----------
    weights : str or array, shape (categories, categories)
        A name from the table; or a matrix of your own: weights if its diagonal is all ones
        (used as they are), distances if it is all zeros (divided by the largest).
    categories : Sequence[str or float]
        In order. Numbers count by their value, also where they do not follow one another
        (R's irr, vcd and psych count places); for places, give the categories as text.

    Raises
    ------
    InputProblem
        No such weighting; or a matrix of another size, with another diagonal, with a
        distance below 0, or with something that is no number.

    References
    ----------
    Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 3; R irrCAC 1.0. Linear:
    Cicchetti & Allison (1971), doi 10.1080/00029238.1971.11080840. Quadratic: Fleiss & Cohen
    (1973), doi 10.1177/001316447303300309. Matrices: Cohen (1968), doi 10.1037/h0026256.

    Examples
    --------
    >>> weight_matrix("quadratic", (1, 2, 3)).tolist()
    [[1.0, 0.75, 0.0], [0.75, 1.0, 0.75], [0.0, 0.75, 1.0]]
    >>> weight_matrix([[0, 2], [2, 0]], ("a", "b")).tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    if isinstance(weights, str):
        if weights not in DISTANCES:
            known = ", ".join(DISTANCES)
            raise InputProblem(
                PLACE,
                nl=f"{weights!r} is geen weging; kies uit {known}",
                en=f"{weights!r} is no weighting; choose from {known}",
            )
        if len(categories) < 2:
            return np.eye(len(categories))
        return _of_distances(DISTANCES[weights](_values(categories)))
    return _own(weights, len(categories))


def weighting_name(weights: Weighting) -> str:
    """Return how to call a weighting in a variant.

    Examples
    --------
    >>> weighting_name("linear"), weighting_name([[0, 1], [1, 0]])
    ('linear weights', 'custom weights')
    """
    return f"{weights} weights" if isinstance(weights, str) else "custom weights"


def is_identity(weights: Floats) -> bool:
    """Tell whether different categories do not agree at all."""
    return bool((weights == np.eye(len(weights))).all())


def _own(given: Floats | Sequence[Sequence[float]], size: int) -> Floats:
    try:
        matrix = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError):
        matrix = np.full((size, size), np.nan)
    if matrix.shape != (size, size):
        raise InputProblem(
            PLACE,
            nl=f"de matrix moet {size} bij {size} zijn, één rij en één kolom per categorie",
            en=f"the matrix must be {size} by {size}, one row and one column for each category",
        )
    if not np.isfinite(matrix).all():
        raise InputProblem(PLACE, nl="niet alles is een getal", en="not everything is a number")
    diagonal = matrix.diagonal()
    if (diagonal == 1).all() and (matrix <= 1).all():
        return matrix
    if (diagonal == 0).all() and (matrix >= 0).all():
        return _of_distances(matrix)
    raise InputProblem(
        PLACE,
        nl="geef gewichten van hooguit 1 met enen op de diagonaal, of afstanden vanaf 0 met nullen erop",
        en="give weights of at most 1 with ones on the diagonal, or distances from 0 with zeros on it",
    )


def _of_distances(distances: Floats) -> Floats:
    greatest = distances.max(initial=0.0)
    return 1.0 - distances / greatest if greatest > 0 else 1.0 - distances


def _values(categories: Sequence[Category]) -> Floats:
    if any(isinstance(category, str) for category in categories):
        return np.arange(len(categories), dtype=np.float64) + 1
    return np.array(categories, dtype=np.float64)


def _apart(values: Floats) -> Floats:
    return np.abs(values[:, None] - values[None, :])


def _sums(values: Floats) -> Floats:
    return values[:, None] + values[None, :]


def _ordinal(values: Floats) -> Floats:
    places = np.argsort(np.argsort(values)).astype(np.float64)
    return (_apart(places) + 1) * _apart(places) / 2


def _ratio(values: Floats) -> Floats:
    if (values < 0).any():
        raise InputProblem(
            PLACE,
            nl="ratio-gewichten vragen getallen vanaf 0",
            en="ratio weights need numbers from 0",
        )
    return np.asarray(_divided(_apart(values), _sums(values)) ** 2)


def _circular(values: Floats) -> Floats:
    around = float(np.ptp(values)) + 1
    return np.asarray(np.sin(np.pi * _apart(values) / around) ** 2)


def _bipolar(values: Floats) -> Floats:
    lowest, highest = values.min(), values.max()
    return _divided(_apart(values) ** 2, (_sums(values) - 2 * lowest) * (2 * highest - _sums(values)))


def _divided(above: Floats, below: Floats) -> Floats:
    """Divide, where 0 / 0 is the distance of a category from itself."""
    return np.divide(above, below, out=np.zeros_like(above), where=above > 0)


DISTANCES: Mapping[str, Callable[[Floats], Floats]] = {
    "identity": lambda values: 1.0 - np.eye(len(values)),
    "linear": _apart,
    "quadratic": lambda values: _apart(values) ** 2,
    "ordinal": _ordinal,
    "radical": lambda values: np.sqrt(_apart(values)),
    "ratio": _ratio,
    "circular": _circular,
    "bipolar": _bipolar,
}
