"""The head that tells a child's voice from an adult's: logistic regression on a speaker embedding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray


@final
@dataclass(frozen=True, slots=True, eq=False)
class RoleHead:
    """One number a dimension of the embedding, and a bias.

    Parameters
    ----------
    weights : ndarray of float32, shape (192,)
    bias : float
    """

    weights: NDArray[np.float32]
    bias: float

    def logits(self, voices: NDArray[np.floating]) -> NDArray[np.float32]:
        """Return the log-odds that each voice is a child's.

        Parameters
        ----------
        voices : ndarray, shape (windows, 192)
            Embeddings of length 1.
        """
        return np.asarray(voices, dtype=np.float32) @ self.weights + np.float32(self.bias)
