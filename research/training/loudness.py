"""Where somebody speaks in a clean recording of one speaker, from how loud it is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from backend_ml.turns.audio import RATE
from backend_ml.turns.signals import Floats

FRAME = RATE // 100
"""Samples in a frame: 10 ms."""

RANGE = 32.0
"""Decibels below its loud parts in which a voice still speaks."""

ABOVE_QUIET = 6.0
"""Decibels above the quiet parts at which a voice speaks, where there are quiet parts."""

QUIET = 15.0
"""Decibels between loud and quiet parts without which the recording has no quiet parts."""

PAUSE = 30
"""Frames: shorter pauses are speech."""

BLIP = 8
"""Frames: shorter sounds are no speech."""


def speaks(sound: Floats) -> NDArray[np.bool_]:
    """Return for each whole frame whether somebody speaks in it."""
    frames = len(sound) // FRAME
    if frames < 5:
        return np.zeros(frames, dtype=bool)
    power = (sound[: frames * FRAME].reshape(frames, FRAME).astype(np.float64) ** 2).mean(axis=1)
    decibels = np.convolve(10 * np.log10(power + 1e-10), np.ones(3) / 3, "same")
    loud, quiet = np.percentile(decibels, 95), np.percentile(decibels, 5)
    threshold = loud - RANGE
    if quiet < loud - QUIET:
        threshold = max(threshold, quiet + ABOVE_QUIET)
    found = _closed(decibels > threshold, PAUSE)
    return ~_closed(~found, BLIP)


def trimmed(sound: Floats) -> Floats:
    """Return a recording from where the voice begins to where it ends; nothing if there is none."""
    found = np.flatnonzero(speaks(sound))
    if not len(found):
        return sound[:0]
    return sound[found[0] * FRAME : (found[-1] + 1) * FRAME]


def _closed(holds: NDArray[np.bool_], longest: int) -> NDArray[np.bool_]:
    """Return `holds`, with runs in which it does not and that are shorter than `longest` filled, but at the ends."""
    filled = holds.copy()
    edges = np.flatnonzero(np.diff(np.concatenate([[False], ~holds, [False]]).astype(np.int8)))
    for first, last in zip(edges[0::2], edges[1::2], strict=True):
        if last - first < longest and first > 0 and last < len(holds):
            filled[first:last] = True
    return filled
