"""How high a voice is: F0 by YIN, vectorised over frames.

References
----------
de Cheveigné, A. & Kawahara, H. (2002). YIN, a fundamental frequency estimator for speech
and music. JASA 111(4). https://doi.org/10.1121/1.1458024
"""

from __future__ import annotations

from typing import final

import numpy as np
from numpy.fft import irfft, rfft
from numpy.typing import NDArray

from backend_ml.turns.audio import RATE, Samples

Floats = NDArray[np.float32]

LOWEST, HIGHEST = 70.0, 600.0
"""Range of F0 in Hz: from a low man's voice to a child that squeals."""

HOP_SAMPLES = 256
HOP = HOP_SAMPLES / RATE
"""Seconds between two frames."""

BLOCK_FRAMES = 64
"""Frames that are worked on at once; fixed, so that results do not depend on the pipe."""

APERIODICITY = 0.3
"""A frame with more noise than this next to its tone has no pitch."""

QUIET = 1e-3
"""Root mean square, as part of full scale, below which a frame has no pitch."""

_SHORTEST_LAG = int(RATE / HIGHEST)
_LONGEST_LAG = int(np.ceil(RATE / LOWEST))
_WINDOW = 512
_FRAME = _WINDOW + _LONGEST_LAG + 2
_FFT = 768
"""At least `_FRAME`: what wraps around lands beyond the longest lag."""


@final
class PitchTrack:
    """F0 over one file: feed samples, get one value every 16 ms, NaN without a pitch.

    Frame `i` is centred on sample ``i * HOP_SAMPLES``.
    """

    def __init__(self) -> None:
        self._rest: Samples = np.zeros(_FRAME // 2, dtype=np.int16)

    def feed(self, samples: Samples) -> list[Floats]:
        """Return F0 of the blocks of frames that `samples` complete."""
        self._rest = np.concatenate([self._rest, samples])
        tracks = []
        taken = BLOCK_FRAMES * HOP_SAMPLES
        while len(self._rest) >= taken + _FRAME:
            tracks.append(self._block(self._rest[: taken + _FRAME]))
            self._rest = self._rest[taken:]
        return tracks

    def finish(self) -> list[Floats]:
        """Return F0 of what was left over."""
        taken = BLOCK_FRAMES * HOP_SAMPLES
        left = max(0, len(self._rest) - _FRAME // 2)
        blocks = -(-left // taken)
        tracks = self.feed(np.zeros(blocks * taken + _FRAME, dtype=np.int16))[:blocks]
        self._rest = self._rest[:0]
        return tracks

    def _block(self, samples: Samples) -> Floats:
        if np.abs(samples.astype(np.int32)).max() < QUIET * 32768:
            return np.full(BLOCK_FRAMES, np.nan, dtype=np.float32)
        frames = np.lib.stride_tricks.sliding_window_view(samples, _FRAME)[::HOP_SAMPLES][:BLOCK_FRAMES]
        return f0(frames.astype(np.float32) / np.float32(32768))


def f0(frames: Floats) -> Floats:
    """Return the fundamental frequency of each frame in Hz, NaN where there is none.

    The first dip of the normalised difference that is nearly as deep as the deepest wins:
    the deepest alone is often an octave too low, any first dip often an octave too high.

    Parameters
    ----------
    frames : ndarray of shape (frames, samples)
        Samples from -1 to 1.
    """
    frames = frames - frames.mean(axis=1, keepdims=True)
    difference = _normalised_difference(frames)
    usable = difference[:, _SHORTEST_LAG : _LONGEST_LAG + 1]
    deepest = usable.min(axis=1)
    inner = difference[:, _SHORTEST_LAG - 1 : _LONGEST_LAG + 2]
    dip = (inner[:, 1:-1] <= inner[:, :-2]) & (inner[:, 1:-1] < inner[:, 2:])
    good = dip & (usable <= (deepest + 0.1)[:, None])
    lag = np.argmax(good, axis=1) + _SHORTEST_LAG
    rows = np.arange(len(frames))
    left, here, right = (difference[rows, lag + k] for k in (-1, 0, 1))
    curve = left - 2 * here + right
    shift = np.where(curve > 1e-9, (left - right) / (2 * np.maximum(curve, 1e-9)), 0.0)
    loud = np.sqrt((frames**2).mean(axis=1)) >= QUIET
    voiced = good.any(axis=1) & (here <= APERIODICITY) & loud
    return np.where(voiced, RATE / (lag + np.clip(shift, -1, 1)), np.nan).astype(np.float32)


def _normalised_difference(frames: Floats) -> Floats:
    """Return YIN's cumulative mean normalised difference for lags 0 to the longest + 1."""
    lags = _LONGEST_LAG + 2
    spectrum = rfft(frames, _FFT, axis=1)
    window = rfft(frames[:, :_WINDOW], _FFT, axis=1)
    correlation = irfft(spectrum * np.conj(window), _FFT, axis=1)[:, :lags]
    energy = np.cumsum(np.pad(frames.astype(np.float64) ** 2, ((0, 0), (1, 0))), axis=1)
    moved = energy[:, _WINDOW : _WINDOW + lags] - energy[:, :lags]
    difference = np.maximum(moved[:, :1] + moved - 2 * correlation, 0.0)
    total = np.cumsum(difference[:, 1:], axis=1)
    lag = np.arange(1, lags)
    normalised = np.ones_like(difference)
    normalised[:, 1:] = difference[:, 1:] * lag / np.maximum(total, 1e-12)
    return np.asarray(normalised, dtype=np.float32)
