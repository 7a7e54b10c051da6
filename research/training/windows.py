"""Windows of voice of which it is known whether a child speaks: those that the product hears in conversations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from backend_ml.turns.signals import FIRST_STEP, STEP
from research.training.examples import Heard

MOST = 7000
"""Windows: more make the kernel larger, and hardly better."""

ACTS = 0.5
"""Part of a window in which a role acts at least, to be whose it is."""

SILENT = 0.05
"""Part of a window in which the other role acts at most."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class KnownVoices:
    """Embeddings with who said them; one row a window.

    Parameters
    ----------
    voices : ndarray of float16, shape (windows, 192)
    child : ndarray of bool, shape (windows,)
    group : ndarray of int, shape (windows,)
        Number of the conversation and the role, in which mostly one person speaks.
    fold : ndarray of int, shape (windows,)
        Of the speakers of the conversation.
    """

    voices: NDArray[np.float16]
    child: NDArray[np.bool_]
    group: NDArray[np.intp]
    fold: NDArray[np.intp]


def known_voices(conversations: Sequence[Heard], seed: int, most: int = MOST) -> KnownVoices:
    """Return windows in which one role acts and the other does not, drawn from all such windows."""
    rows = []
    for number, heard in enumerate(conversations):
        times = FIRST_STEP + STEP * np.arange(len(heard.acts))
        firsts, lasts = np.searchsorted(times, heard.starts), np.searchsorted(times, heard.ends)
        for voice, first, last in zip(heard.voices, firsts, lasts, strict=True):
            if first == last:
                continue
            child, adult = heard.acts[first:last].mean(axis=0, dtype=np.float64)
            if max(child, adult) > ACTS and min(child, adult) < SILENT:
                rows.append((voice, child > adult, 2 * number + int(child > adult), heard.fold))
    chosen = np.sort(np.random.default_rng([seed, 4]).permutation(len(rows))[:most])
    taken = [rows[row] for row in chosen]
    return KnownVoices(
        np.array([voice for voice, _, _, _ in taken], dtype=np.float16).reshape(len(taken), -1),
        np.array([child for _, child, _, _ in taken], dtype=bool),
        np.array([group for _, _, group, _ in taken], dtype=np.intp),
        np.array([fold for _, _, _, fold in taken], dtype=np.intp),
    )
