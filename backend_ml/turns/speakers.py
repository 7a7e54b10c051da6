"""Whose windows belong together, and what all windows of a speaker say about who it is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from backend_ml.turns.signals import FIRST_STEP, STEP, Floats

APART = 0.7
"""Cosine distance between voices from which they are two speakers."""

BLOCK = 750
"""Windows that are clustered at once, five minutes of talk: the work grows with the square."""

DOUBT = 0.5
"""Windows of neither role that are counted in, so that a speaker heard once weighs less."""

SURE = 6.0
"""Log-odds beyond which nothing is added."""

USUAL = 1.8
"""Log-odds at which children's voices lie above nought, and adults' below, where the head is right on the whole."""

SPREAD = 1.4
"""How far voices lie from there, as a standard deviation."""

ASKEW = 1.0
"""How far a clip's voices lie too high or too low together, as a standard deviation over clips."""

WEIGHT = 0.3
"""What a window counts: those of one speaker say much the same."""

_OFFSETS = np.linspace(-3, 3, 61)


def speakers_of(voices: NDArray[np.floating]) -> NDArray[np.intp]:
    """Return the number of the speaker of each window, from 0.

    Voices are clustered within blocks, and then the middles of the clusters among one another.

    Parameters
    ----------
    voices : ndarray, shape (windows, 192)
        Embeddings of length 1.
    """
    given = np.asarray(voices, dtype=np.float32)
    names = np.zeros(len(given), dtype=np.intp)
    middles: list[Floats] = []
    for first in range(0, len(given), BLOCK):
        block = given[first : first + BLOCK]
        found = _clusters(block)
        names[first : first + BLOCK] = found + len(middles)
        middles += [block[found == name].mean(axis=0) for name in range(found.max() + 1)]
    if len(given) <= BLOCK:
        return names
    return _clusters(np.stack(middles))[names]


def agreed(logits: Floats, speakers: NDArray[np.intp]) -> Floats:
    """Return for each window what the windows of its speaker say together.

    Parameters
    ----------
    logits : ndarray, shape (windows,)
        Log-odds that the voice is a child's.
    speakers : ndarray of int, shape (windows,)
    """
    if not len(logits):
        return logits
    sums = np.bincount(speakers, weights=logits)
    counts = np.bincount(speakers)
    return np.asarray((sums / (counts + DOUBT))[speakers], dtype=np.float32)


def offset_of(logits: Floats) -> float:
    """Return by how much the log-odds of a clip are likely too high, all together.

    A child of eleven and a mother with a high voice are told apart in one room, by who sounds younger,
    where a fixed threshold takes both for the same. The posterior mean is that of a normal prior
    around nought, each window being of either role; so a clip of adults alone stays as it is.

    Parameters
    ----------
    logits : ndarray, shape (windows,)
        Log-odds that the voice is a child's.
    """
    if not len(logits):
        return 0.0
    from_child = ((logits[:, None] - _OFFSETS - USUAL) / SPREAD) ** 2 / 2
    from_adult = ((logits[:, None] - _OFFSETS + USUAL) / SPREAD) ** 2 / 2
    likely = WEIGHT * np.logaddexp(-from_child, -from_adult).sum(axis=0) - (_OFFSETS / ASKEW) ** 2 / 2
    chance = np.exp(likely - likely.max())
    return float(chance @ _OFFSETS / chance.sum())


def along_steps(values: Floats, starts: Floats, ends: Floats, steps: int) -> Floats:
    """Spread values of windows over steps; a window counts most in its middle.

    Parameters
    ----------
    values : ndarray, shape (kinds, windows)
    starts, ends : ndarray, shape (windows,)
        Seconds.
    steps : int

    Returns
    -------
    ndarray of float32, shape (kinds + 1, steps)
        The mean values, within `SURE`, and how well each step is covered, from 0 to 1.
    """
    times = FIRST_STEP + STEP * np.arange(steps)
    total = np.zeros((len(values), steps))
    covered = np.full(steps, 1e-3)
    firsts, lasts = np.searchsorted(times, starts), np.searchsorted(times, ends)
    for window, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        half = (ends[window] - starts[window]) / 2
        weight = 1 - np.abs(times[first:last] - starts[window] - half) / (half + 0.05)
        total[:, first:last] += values[:, window, None] * weight
        covered[first:last] += weight
    means = np.clip(total / covered, -SURE, SURE)
    found: Floats = np.concatenate([means, np.minimum(covered, 1.0)[None]]).astype(np.float32)
    return found


def _clusters(voices: Floats) -> NDArray[np.intp]:
    if len(voices) < 2:
        return np.zeros(len(voices), dtype=np.intp)
    # Of middles, which are shorter than 1 by as much as their windows differ, this is the mean distance
    # between the windows of the one and of the other: middles that were stretched would seem too near.
    distances = np.maximum(1 - voices @ voices.T, 0.0)
    np.fill_diagonal(distances, 0.0)
    tree = linkage(squareform(distances, checks=False), "average")
    return np.asarray(fcluster(tree, APART, "distance") - 1, dtype=np.intp)
