"""Logistic regression with few numbers: what scales and confidence are fitted with."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

Numbers = NDArray[np.float64]

STRENGTH = 1.0
"""Precision of the normal prior on each weight but the constant."""


def fit_logistic(signs: Numbers, holds: NDArray[np.bool_]) -> Numbers:
    """Return the constant and the weights under which what holds is most probable.

    Parameters
    ----------
    signs : ndarray, shape (n, k)
    holds : ndarray of bool, shape (n,)

    Returns
    -------
    ndarray, shape (k + 1,)
        The constant comes first.
    """
    given = np.concatenate([np.ones((len(signs), 1)), signs], axis=1)
    side = np.where(holds, 1.0, -1.0)
    prior = np.full(given.shape[1], STRENGTH)
    prior[0] = 0.0

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        margins = side * (given @ weights)
        value = np.logaddexp(0.0, -margins).sum() + (prior * weights**2).sum() / 2
        gradient = -given.T @ (side * expit(-margins)) + prior * weights
        return float(value), gradient

    found: Numbers = minimize(loss, np.zeros(given.shape[1]), jac=True, method="L-BFGS-B").x
    return found


def chance_of(signs: Numbers, weights: Numbers) -> Numbers:
    """Return the probabilities that weights give, shape (n,)."""
    return np.asarray(expit(weights[0] + signs @ weights[1:]))
