"""What to add to the shipped head, as little as what is learnt allows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from backend_ml.learning.examples import Examples
from backend_ml.turns.head import RoleHead

MARGIN = 0.5
"""Log-odds below which a voice of the guard set that was right may not sink for another's sake."""

GUARDING = 100.0
"""How firmly the guard set is held: so much that learning may turn round it, not push through it."""

STEPS = 200
"""Most steps of the search; some thirty are usual."""


def fit(examples: Examples, strength: float, guard: Examples) -> RoleHead:
    """Return the most probable head, given examples and that it is about the shipped one.

    Logistic regression in which what is added to the shipped head has a normal prior around nothing:
    `strength` is the precision, so that more of it holds the head nearer. Children and adults count the
    same in sum, whoever spoke more. Voices of the guard set that the shipped head has right pull back
    when they come nearer to the border than `MARGIN`, so that what helps one does not cost another.
    With examples of one actor only nothing is added: they say nothing of the border.

    Parameters
    ----------
    examples : Examples
    strength : float
        Above 0.
    guard : Examples
        Voices that may not be served worse.
    """
    child = examples.child
    voices, others = examples.voices.astype(np.float64), guard.voices.astype(np.float64)
    start = np.zeros(voices.shape[1] + 1)
    if child.all() or not child.any():
        return RoleHead(start[:-1].astype(np.float32), 0.0)
    weights = balanced(examples.weights, child)
    sign, sides = np.where(child, 1.0, -1.0), np.where(guard.child, 1.0, -1.0)
    floor = np.minimum(sides * guard.said, MARGIN)

    def loss(change: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margins = sign * (examples.said + voices @ change[:-1] + change[-1])
        pull = -weights * sign * expit(-margins)
        gradient = strength * change
        short = np.maximum(0.0, floor - sides * (guard.said + others @ change[:-1] + change[-1]))
        push = -GUARDING * sides * short
        gradient[:-1] += voices.T @ pull + others.T @ push
        gradient[-1] += pull.sum() + push.sum()
        value = weights @ np.logaddexp(0.0, -margins) + strength / 2 * change @ change + GUARDING / 2 * short @ short
        return float(value), gradient

    change = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    return RoleHead(change[:-1].astype(np.float32), float(change[-1]))


def balanced(weights: NDArray[np.float64], child: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return weights with the same sum in all, half of it for each actor."""
    half = weights.sum() / 2
    return np.where(child, weights * half / weights[child].sum(), weights * half / weights[~child].sum())
