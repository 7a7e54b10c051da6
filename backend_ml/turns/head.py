"""The head that tells a child's voice from an adult's, given the embedding of a voice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import final

import numpy as np
from numpy.typing import NDArray

SHIPPED = Path(__file__).parent / "voices.npz"
"""What `research.training` wrote: support vectors and their weights."""

Floats = NDArray[np.float32]


@final
@dataclass(frozen=True, slots=True, eq=False)
class VoiceKernel:
    """A support vector machine with a Gaussian kernel, its answer scaled to log-odds.

    Parameters
    ----------
    voices : ndarray of float32, shape (n, 192)
        The support vectors.
    weights : ndarray of float32, shape (n,)
    bias : float
    width : float
        What squared distances are multiplied by.
    """

    voices: Floats
    weights: Floats
    bias: float
    width: float

    def logits(self, voices: NDArray[np.floating]) -> Floats:
        """Return the log-odds that each voice is a child's.

        Parameters
        ----------
        voices : ndarray, shape (windows, 192)
            Embeddings of length 1.
        """
        given = np.asarray(voices, dtype=np.float32)
        # In portions, so that a long clip asks for no large table.
        parts = [self._some(given[n : n + 512]) for n in range(0, len(given), 512)]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.float32)

    def _some(self, voices: Floats) -> Floats:
        squares = (voices**2).sum(axis=1)[:, None] + (self.voices**2).sum(axis=1)
        distances = squares - 2 * voices @ self.voices.T
        return np.asarray(np.exp(-self.width * distances) @ self.weights + self.bias, dtype=np.float32)


@final
@dataclass(frozen=True, slots=True, eq=False)
class RoleHead:
    """The shipped kernel, and what an installation learnt on top of it: one number a dimension, and a bias.

    Parameters
    ----------
    weights : ndarray of float32, shape (192,)
        All 0 as shipped.
    bias : float
        0 as shipped.
    """

    weights: Floats
    bias: float

    def logits(self, voices: NDArray[np.floating], kernel: NDArray[np.floating] | None = None) -> Floats:
        """Return the log-odds that each voice is a child's.

        Parameters
        ----------
        voices : ndarray, shape (windows, 192)
            Embeddings of length 1.
        kernel : ndarray, shape (windows,), or None
            What the shipped kernel says of them; None asks it.
        """
        given = np.asarray(voices, dtype=np.float32)
        base = shipped_kernel().logits(given) if kernel is None else np.asarray(kernel, dtype=np.float32)
        return base + given @ self.weights + np.float32(self.bias)


@cache
def shipped_kernel() -> VoiceKernel:
    """Return the kernel that comes with this version."""
    with np.load(SHIPPED, allow_pickle=False) as kept:
        return VoiceKernel(
            kept["voices"].astype(np.float32),
            kept["weights"].astype(np.float32),
            float(kept["bias"]),
            float(kept["width"]),
        )


def shipped_head() -> RoleHead:
    """Return the head that comes with this version: nothing learnt here yet."""
    return RoleHead(np.zeros(192, dtype=np.float32), 0.0)
