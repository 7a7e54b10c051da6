"""From samples to evidence, in one pass: memory does not grow with the clip, but for the evidence itself.

Samples are taken in any portions and worked on in windows that begin at fixed places, so that
the portions make no difference to what is heard. The large models run a few windows ahead, beside
each other; what comes of them is taken in order.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import final

import numpy as np
from onnxruntime import InferenceSession
from threadpoolctl import threadpool_limits

from backend_ml.turns import audio
from backend_ml.turns.audio import BLOCK_BYTES, RATE, Samples
from backend_ml.turns.evidence import Evidence
from backend_ml.turns.limits import Limits
from backend_ml.turns.models import Models, models
from backend_ml.turns.network import HEARD, Stage
from backend_ml.turns.signals import (
    FIRST_CENTRE,
    FRAME,
    KEPT,
    MARGIN,
    MEL_SHIFT,
    MEL_WIDTH,
    WINDOW,
    Floats,
    MelEnergies,
    frames_of,
    low_spectrum,
    mel_numbers,
    signals_of,
)
from backend_ml.turns.voices import WIDTH, Voices
from vib.media import MediaInfo
from vib.segmenting import Watch

ADVANCE = KEPT * FRAME
"""Samples between two windows."""

STEPS = KEPT // 2
"""Steps of signals in a window."""

RUNNING = 2
"""Runs of large models beside each other."""

LAST_BLOCK = 0.2
"""Seconds by which the last block of a codec may pass the end of the clip."""


def listen(
    path: Path, info: MediaInfo, limits: Limits, watch: Watch | None = None, *, block_bytes: int = BLOCK_BYTES
) -> Evidence:
    """Listen to a media file; one without sound gives evidence of silence.

    Parameters
    ----------
    path : Path
        A file on this machine.
    info : MediaInfo
        What `vib.media.probe` said of it.
    limits : Limits
        How long the sound, and the work on it, may be.
    watch : Watch or None
        Told which part is done.
    block_bytes : int
        How much is read from ffmpeg at once.

    Raises
    ------
    MediaProblem
        The sound cannot be decoded, is too long, or takes too long.
    WeightsProblem
        The models are not there.
    """
    hearing = Hearing(models())
    # The matrices of the small network are not worth a second thread, which would take time from the large models.
    with threadpool_limits(1, "blas"):
        for samples in audio.stream(path, info, limits, block_bytes=block_bytes):
            hearing.feed(samples)
            if watch is not None and info.duration:
                watch(min(1.0, hearing.seconds / info.duration))
        longer = hearing.seconds > info.duration + LAST_BLOCK
        return hearing.finish(hearing.seconds if longer else info.duration)


@final
class Hearing:
    """Listens to one file."""

    def __init__(self, models: Models) -> None:
        self._models = models
        self._mels = MelEnergies()
        self._pool = ThreadPoolExecutor(RUNNING, thread_name_prefix="vib-hearing")
        self._ahead: deque[Future[tuple[Floats, Floats, Floats]]] = deque()
        self._voices = Voices(models.camplusplus, self._pool)
        self._activity = _Activity(models.activity.hears)
        # The first window begins before the file, so that its kept frames begin with it.
        self._buffer: Floats = np.zeros(MARGIN * FRAME, dtype=np.float32)
        self._heard = 0
        self._windows = 0
        self._speech: list[Floats] = []

    @property
    def seconds(self) -> float:
        """How much was heard."""
        return self._heard / RATE

    def feed(self, samples: Samples) -> None:
        """Take the next samples."""
        sound = samples.astype(np.float32) / np.float32(32768)
        self._heard += len(sound)
        self._mels.feed(sound)
        self._buffer = np.concatenate([self._buffer, sound])
        while len(self._buffer) >= WINDOW:
            self._begin(self._buffer[:WINDOW])

    def finish(self, duration: float) -> Evidence:
        """Return what was heard in a clip of so many seconds."""
        frames = max(0, int((self._heard - 2 * FIRST_CENTRE) // FRAME) + 1)
        while (self._windows + len(self._ahead)) * KEPT < frames:
            self._begin(np.pad(self._buffer, (0, WINDOW))[:WINDOW])
        while self._ahead:
            self._listen()
        steps = frames // 2
        speech = np.concatenate(self._speech)[:frames] if self._speech else np.zeros(0, dtype=np.float32)
        self._embed(self._mels.end)
        starts, voices = self._voices.finish()
        self._pool.shutdown()
        rows = np.concatenate([self._activity.finish(steps), speech.reshape(-1, 1)[: 2 * steps : 2]], axis=1)
        return Evidence(
            duration=duration,
            frames=rows.astype(np.float16),
            starts=starts,
            ends=starts + np.float32(WIDTH * MEL_SHIFT / RATE),
            voices=voices,
        )

    def _begin(self, window: Floats) -> None:
        self._ahead.append(self._pool.submit(_measured, self._models.segmentation, window))
        self._buffer = self._buffer[ADVANCE:]
        if len(self._ahead) > RUNNING:
            self._listen()

    def _listen(self) -> None:
        """Take the oldest window that was begun."""
        logarithms, hidden, spectrum = self._ahead.popleft().result()
        first = self._windows * KEPT
        self._windows += 1
        mels = self._mels.rows(mel_numbers(first))
        self._activity.feed(signals_of(logarithms, hidden, mels, spectrum))
        self._speech.append(1 - np.exp(logarithms[:, 0]))
        # Until here speech is known; mel frames that end before the next window were heard, too.
        self._embed(_mel_at(first + KEPT))
        self._mels.forget(min(self._voices.needs, _mel_at(first + KEPT)) - 2 * MEL_WIDTH // MEL_SHIFT)

    def _embed(self, until: int) -> None:
        numbers = np.arange(self._voices.needs, until)
        # Windows of voice are shorter than these, so the last two tell of all of them.
        speech = np.concatenate([np.zeros(0, dtype=np.float32), *self._speech[-2:]])
        if not len(numbers) or not len(speech):
            return
        first = (self._windows - len(self._speech[-2:])) * KEPT
        frames = np.round((numbers * MEL_SHIFT + MEL_WIDTH / 2 - FIRST_CENTRE) / FRAME) - first
        self._voices.listen(self._mels, speech[np.clip(frames, 0, len(speech) - 1).astype(np.intp)], until)


@final
class _Activity:
    """Runs the network over signals as they come in, with the context that it needs."""

    def __init__(self, network: Stage) -> None:
        self._network = network
        self._signals: list[Floats] = []
        self._done: list[Floats] = []
        self._lead = 0

    def feed(self, signals: Floats) -> None:
        """Take the next steps."""
        self._signals.append(signals)
        if len(self._signals) > 1:
            waiting = np.concatenate(self._signals)
            ready = len(waiting) - self._lead - STEPS
            self._done.append(
                self._network(waiting[: self._lead + ready + self._network.context])[self._lead :][:ready]
            )
            kept = min(self._network.context, self._lead + ready)
            self._signals = [waiting[self._lead + ready - kept :]]
            self._lead = kept

    def finish(self, steps: int) -> Floats:
        """Return what was heard in the first so many steps, shape (steps, HEARD)."""
        done = sum(len(part) for part in self._done)
        if self._signals and steps > done:
            rest = np.concatenate(self._signals)[: self._lead + steps - done]
            self._done.append(self._network(rest)[self._lead :])
        return np.concatenate([np.zeros((0, HEARD), dtype=np.float32), *self._done])[:steps]


def _measured(segmentation: InferenceSession, window: Floats) -> tuple[Floats, Floats, Floats]:
    return *frames_of(segmentation, window), low_spectrum(window)


def _mel_at(frame: int) -> int:
    """Return the number of the last mel frame that lies before the middle of a frame."""
    return max(0, int((FIRST_CENTRE + FRAME * frame - MEL_WIDTH / 2) // MEL_SHIFT))
