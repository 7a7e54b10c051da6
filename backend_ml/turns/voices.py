"""Whose voice: speaker embeddings (CAM++) of windows in which somebody speaks.

The mean that is taken off the mel energies is that of minutes, not of the window: it stands for
room and microphone. With the window's own mean, equal error rates of speakers were nearly twice
as high (.078 and .045, on constructed conversations).
"""

from __future__ import annotations

from concurrent.futures import Executor, Future
from typing import final

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession

from backend_ml.turns.audio import RATE
from backend_ml.turns.signals import MEL_SHIFT, MELS, Floats, MelEnergies

WIDTH = 120
"""Mel frames in a window: 1.2 s."""

HOP = 40
"""Mel frames between two windows."""

BATCH = 4
"""Windows that are embedded at once; more takes more memory and makes it no faster."""

DIMENSIONS = 192

CHAPTER = 6400
"""Mel frames, 64 s, that share a mean."""

SPEAKS = 0.5
"""Mean probability of speech below which a window is left out."""


@final
class Voices:
    """Embeddings of one file, in order, as its mel frames come in.

    Parameters
    ----------
    session : InferenceSession
        CAM++.
    pool : Executor
        Where it is run.
    """

    def __init__(self, session: InferenceSession, pool: Executor) -> None:
        self._session = session
        self._pool = pool
        self._next = 0
        self._added = 0
        self._chapter = 0
        self._sums: dict[int, tuple[Floats, int]] = {}
        self._waiting: list[Floats] = []
        self._numbers: list[int] = []
        self._running: list[Future[NDArray[np.float16]]] = []
        self._found: list[NDArray[np.float16]] = []

    def listen(self, mels: MelEnergies, speech: Floats, until: int) -> None:
        """Take the windows that end before a mel frame, where somebody speaks.

        Parameters
        ----------
        mels : MelEnergies
            Must still hold the frames from `needs` on.
        speech : ndarray, shape (mel frames,)
            Probability of speech from the mel frame `needs` on.
        until : int
            Number of the mel frame after the last that `speech` tells of.
        """
        offset, end = self._next, min(until, mels.end)
        self._add(mels, end)
        while self._next + WIDTH <= end:
            if self._next // CHAPTER != self._chapter:
                self._embed()
                self._chapter = self._next // CHAPTER
            here = self._next - offset
            if speech[here : here + WIDTH].mean() > SPEAKS:
                self._waiting.append(mels.rows(np.arange(self._next, self._next + WIDTH)))
                self._numbers.append(self._next)
            self._next += HOP

    @property
    def needs(self) -> int:
        """Number of the first mel frame that windows to come look at."""
        return self._next

    def finish(self) -> tuple[NDArray[np.float32], NDArray[np.float16]]:
        """Return starts in seconds, shape (windows,), and embeddings of length 1, shape (windows, 192)."""
        self._embed()
        self._collect()
        starts = np.array(self._numbers, dtype=np.float32) * (MEL_SHIFT / RATE)
        found = np.concatenate([np.zeros((0, DIMENSIONS), dtype=np.float16), *self._found])
        return starts, found

    def _add(self, mels: MelEnergies, end: int) -> None:
        """Add the frames up to one to the sums of their chapters."""
        while self._added < end:
            chapter = self._added // CHAPTER
            last = min(end, (chapter + 1) * CHAPTER)
            total, count = self._sums.get(chapter, (np.zeros(MELS, dtype=np.float32), 0))
            rows = mels.rows(np.arange(self._added, last))
            self._sums[chapter] = total + rows.sum(axis=0), count + len(rows)
            self._added = last

    def _embed(self) -> None:
        """Have the windows of the chapter embedded, whose mean counts in the chapter before."""
        # What waits to be run must not grow with the clip.
        self._collect()
        near = [self._sums[n] for n in (self._chapter - 1, self._chapter) if n in self._sums]
        self._sums.pop(self._chapter - 1, None)
        if not self._waiting:
            return
        mean = sum(total for total, _ in near) / sum(count for _, count in near)
        for first in range(0, len(self._waiting), BATCH):
            batch = np.stack(self._waiting[first : first + BATCH]) - mean
            self._running.append(self._pool.submit(_embedded, self._session, batch.astype(np.float32)))
        self._waiting.clear()

    def _collect(self) -> None:
        self._found += [voices.result() for voices in self._running]
        self._running.clear()


def _embedded(session: InferenceSession, batch: Floats) -> NDArray[np.float16]:
    (raw,) = session.run(["embedding"], {"features": batch})
    return np.asarray(raw / np.linalg.norm(raw, axis=1, keepdims=True), dtype=np.float16)
