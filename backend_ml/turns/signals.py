"""What the activity network is given: for every 34 ms, what segmentation-3.0 made of the sound, and its spectrum.

segmentation-3.0 (pyannote) reads ten seconds at once. Its windows overlap by a second on each
side, and of each the middle eight are used, so that a step never lies at an edge.
"""

from __future__ import annotations

from typing import final

import kaldi_native_fbank as fbank
import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession

from backend_ml.turns.audio import RATE

Floats = NDArray[np.float32]

FRAME = 270
"""Samples between two frames of segmentation-3.0."""

FIRST_CENTRE = 495.5
"""Sample at the middle of its first frame."""

WINDOW = 160_000
"""Samples that it reads at once."""

MARGIN = 57
"""Frames at the start of a window that are not used."""

KEPT = 474
"""Frames of a window that are used; even, as two make a step."""

STEP = 2 * FRAME / RATE
"""Seconds between two steps of signals."""

FIRST_STEP = (FIRST_CENTRE + FRAME / 2) / RATE
"""Seconds at the middle of the first step."""

MEL_SHIFT = 160
"""Samples between two frames of mel energies."""

MEL_WIDTH = 400
"""Samples of one frame of mel energies."""

MELS = 80

_SPECTRUM = 1024
_LOW, _HIGH = 4, 100
"""Bins of the spectrum from 62 to 1,547 Hz, in which the harmonics of voices are told apart."""

_HANN = np.hanning(_SPECTRUM).astype(np.float32)


@final
class MelEnergies:
    """Log mel energies (Kaldi's, 80 bands, no dither) of one file, as its samples come in.

    Frames are numbered from the start of the file; old ones are forgotten on request.
    """

    def __init__(self) -> None:
        options = fbank.FbankOptions()
        options.frame_opts.dither = 0
        options.frame_opts.samp_freq = RATE
        options.mel_opts.num_bins = MELS
        self._source = fbank.OnlineFbank(options)
        self._rows: list[Floats] = []
        self._first = 0
        self._taken = 0

    def feed(self, samples: Floats) -> None:
        """Take samples from -1 to 1."""
        self._source.accept_waveform(RATE, samples * 32768)
        ready = self._source.num_frames_ready
        self._rows += [np.array(self._source.get_frame(n)) for n in range(self._taken, ready)]
        self._source.pop(ready - self._taken)
        self._taken = ready

    @property
    def end(self) -> int:
        """Number of the frame that comes next."""
        return self._taken

    def rows(self, numbers: NDArray[np.intp]) -> Floats:
        """Return frames by number, shape (n, 80); beyond the ends the nearest there is."""
        if not self._rows:
            return np.zeros((len(numbers), MELS), dtype=np.float32)
        inside = np.clip(numbers - self._first, 0, len(self._rows) - 1)
        return np.stack([self._rows[n] for n in inside])

    def forget(self, before: int) -> None:
        """Forget frames before a number."""
        gone = max(0, min(before, self._taken) - self._first)
        del self._rows[:gone]
        self._first += gone


def frames_of(session: InferenceSession, window: Floats) -> tuple[Floats, Floats]:
    """Run segmentation-3.0 over a window.

    Returns
    -------
    logarithms : ndarray, shape (KEPT, 7)
        Log-probabilities of nobody, each of three speakers, and each pair of them.
    hidden : ndarray, shape (KEPT, 256)
        What its last recurrent layer holds.
    """
    logarithms, hidden = session.run(["logprobs", "hidden"], {"samples": window[None]})
    return logarithms[0, MARGIN : MARGIN + KEPT], hidden[0, MARGIN : MARGIN + KEPT]


def low_spectrum(window: Floats) -> Floats:
    """Return the log power of the low bins at each kept frame of a window, shape (KEPT, 96)."""
    centres = 495 + FRAME * np.arange(MARGIN, MARGIN + KEPT) - _SPECTRUM // 2
    pieces = np.lib.stride_tricks.sliding_window_view(window, _SPECTRUM)[centres] * _HANN
    return np.log(np.abs(np.fft.rfft(pieces, axis=1)[:, _LOW:_HIGH]) ** 2 + 1e-7).astype(np.float32)


def mel_numbers(first_frame: int) -> NDArray[np.intp]:
    """Return which mel frame lies nearest to each of the kept frames of a window."""
    centres = FIRST_CENTRE + FRAME * np.arange(first_frame, first_frame + KEPT)
    return np.maximum(np.round((centres - MEL_WIDTH / 2) / MEL_SHIFT), 0).astype(np.intp)


def signals_of(logarithms: Floats, hidden: Floats, mels: Floats, spectrum: Floats) -> Floats:
    """Join what was measured at each frame, and take the mean of each two frames.

    Returns
    -------
    ndarray of float32, shape (frames // 2, 440)
    """
    loudness = mels.mean(axis=1, keepdims=True)
    joined = np.concatenate(
        [
            hidden,
            np.log(np.exp(logarithms) + 1e-4) * 0.3,
            (mels - loudness) * 0.4,
            (loudness - 8) * 0.2,
            (spectrum - spectrum.mean(axis=1, keepdims=True)) * 0.3,
        ],
        axis=1,
    )
    even = joined[: len(joined) // 2 * 2]
    return np.asarray((even[0::2] + even[1::2]) / 2, dtype=np.float32)
