"""What can be seen in a video at two frames a second: faces, motion and cuts.

It says whether people are in the picture during a turn. It never moves a boundary: half a
second is too coarse, and a face in the picture is not a person who speaks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast, final

import cv2
import numpy as np
from numpy.typing import NDArray

from backend_ml.turns import frames
from backend_ml.turns.faces import Face, FaceFinder, Picture
from backend_ml.turns.frames import LONG_SIDE, RATE, Planes
from backend_ml.turns.limits import Limits
from backend_ml.weights import weights_file
from vib.media import MediaInfo
from vib.segmenting import Seen, Watch

STEP: Final = 1 / RATE
"""Seconds that one step of a `Sight` lasts."""

CUT_CHANGE: Final = 0.2
"""Part of the picture that has other tones after a cut; a fast pan changes less."""

CUT_LIKENESS: Final = 0.5
"""Correlation with the picture before, below which a cut is possible; a lamp that is switched on keeps more."""

CUT_PEAK: Final = 1.5
"""How many times more than just before and after it a cut changes the picture."""

STILL: Final = 0.002
"""Motion below which a picture stands still; a camera's noise alone is often more, a hand that waves was more."""

LEAST_STILL: Final = 5.0
"""Seconds for which a picture must stand still to be told of."""

_THUMB_LONG: Final = 80
_MOST_FACES: Final = 255
_TONES: Final = 17


@final
@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """What was seen, in steps of half a second from time 0; all arrays are as long.

    Parameters
    ----------
    fresh : NDArray[np.bool_]
        Whether the picture is another than a step ago. If not, what follows stands from before.
    faces : NDArray[np.uint8]
        How many faces there are.
    face_size : NDArray[np.float16]
        Width of the largest as part of the picture's long side, 0 without faces.
    motion : NDArray[np.float16]
        Mean difference with the picture before, from 0 to 1; 0 in a picture that stands still.
    cut : NDArray[np.bool_]
        Whether another shot begins in this step.
    """

    fresh: NDArray[np.bool_]
    faces: NDArray[np.uint8]
    face_size: NDArray[np.float16]
    motion: NDArray[np.float16]
    cut: NDArray[np.bool_]

    @property
    def seconds(self) -> float:
        """Return how long there was a picture."""
        return len(self.fresh) * STEP


@final
@dataclass(frozen=True, slots=True)
class Presence:
    """What was seen during a turn.

    Parameters
    ----------
    known : float
        Part of the turn of which there is a picture; if 0 the rest says nothing.
    face : float
        Part of the known time with a face in the picture.
    motion : float
        Mean motion, from 0 to 1.
    cut : bool
        Whether another shot begins in the turn.
    """

    known: float
    face: float
    motion: float
    cut: bool


UNSEEN: Final = Presence(known=0.0, face=0.0, motion=0.0, cut=False)


def look(
    path: Path, info: MediaInfo, limits: Limits, watch: Watch | None = None, *, weights: Path | None = None
) -> Sight:
    """Look at the picture of a media file; one without a picture gives an empty `Sight`.

    Parameters
    ----------
    path : Path
        A file on this machine.
    info : MediaInfo
        What `vib.media.probe` said of it.
    limits : Limits
        How long the picture, and the work on it, may be.
    watch : Watch or None
        Told which part is done.
    weights : Path or None
        BlazeFace short range as tflite; None takes the installed file.

    Raises
    ------
    MediaProblem
        The picture cannot be decoded, is too long, or takes too long.
    WeightsProblem
        The weights are missing or are not the right ones.
    """
    planned = frames.plan(path, info)
    if planned is None:
        return NOTHING
    looking = _Looking(FaceFinder(weights or weights_file("face_short")))
    number = 0
    with closing(frames.stream(path, info, planned, limits)) as pictures:
        for number, planes in enumerate(pictures, start=1):
            looking.add(planes, holds=planned.hold > 0)
            if watch is not None and info.duration > 0:
                watch(min(1.0, number * STEP / info.duration))
    # ffmpeg shows the last key frame for one step only.
    looking.hold(min(planned.hold, math.ceil(info.duration * RATE) - number))
    return looking.finish()


def presence(sight: Sight, start: float, end: float) -> Presence:
    """Return what was seen from `start` to `end`, in seconds; parts of steps count as parts.

    A cut counts if its step lies in the turn with its middle, or the turn in the step.
    """
    first, last = max(0.0, start / STEP), min(float(len(sight.fresh)), end / STEP)
    if not (last > first and end > start):
        return UNSEEN
    steps = np.arange(math.floor(first), math.ceil(last))
    shares = np.minimum(steps + 1, last) - np.maximum(steps, first)
    shares /= shares.sum()
    inside = sight.cut[steps] & ((shares >= 1.0) | ((steps + 0.5 >= first) & (steps + 0.5 < last)))
    return Presence(
        known=min(1.0, (last - first) * STEP / (end - start)),
        face=min(1.0, float(shares @ (sight.faces[steps] > 0))),
        motion=float(shares @ sight.motion[steps].astype(np.float64)),
        cut=bool(inside.any()),
    )


def cuts_of(change: Sequence[float], likeness: Sequence[float]) -> NDArray[np.bool_]:
    """Tell at which pictures another shot begins.

    Parameters
    ----------
    change : Sequence[float]
        For each picture which part of it has other tones than the one before, from 0 to 1.
    likeness : Sequence[float]
        For each picture its correlation with the one before.
    """
    changed = np.concatenate([[0.0], np.asarray(change, dtype=np.float64), [0.0]])
    around = np.maximum(changed[:-2], changed[2:])
    here = changed[1:-1]
    unlike = np.asarray(likeness, dtype=np.float64) < CUT_LIKENESS
    return cast(NDArray[np.bool_], (here > CUT_CHANGE) & unlike & (here >= CUT_PEAK * around))


def sight_of(
    fresh: Sequence[bool],
    faces: Sequence[int],
    face_size: Sequence[float],
    motion: Sequence[float],
    cut: Sequence[bool] | NDArray[np.bool_],
) -> Sight:
    """Make a `Sight` of plain numbers."""
    return Sight(
        np.array(fresh, dtype=np.bool_),
        np.array(faces, dtype=np.uint8),
        np.array(face_size, dtype=np.float16),
        np.array(motion, dtype=np.float16),
        np.array(cut, dtype=np.bool_),
    )


def summary(sight: Sight) -> Seen | None:
    """Return what there is to say of the picture of a whole clip; None if there was none."""
    if not len(sight.fresh):
        return None
    still = np.flatnonzero(np.diff(sight.motion < STILL, prepend=False, append=False)).reshape(-1, 2) * STEP
    return Seen(
        seconds=sight.seconds,
        face=round(float((sight.faces > 0).mean()), 3),
        still=tuple((float(start), float(end)) for start, end in still if end - start >= LEAST_STILL),
        cuts=tuple(float(step * STEP) for step in np.flatnonzero(sight.cut)),
    )


NOTHING: Final = sight_of([], [], [], [], [])


@final
class _Looking:
    """Takes frames one by one and keeps a few numbers of each."""

    def __init__(self, finder: FaceFinder) -> None:
        self._finder = finder
        self._luma: Planes | None = None
        self._thumb: NDArray[np.float32] | None = None
        self._tones: NDArray[np.float64] | None = None
        self._fresh: list[bool] = []
        self._faces: list[int] = []
        self._size: list[float] = []
        self._motion: list[float] = []
        self._steps: list[int] = []
        self._change: list[float] = []
        self._likeness: list[float] = []

    def add(self, planes: Planes, *, holds: bool) -> None:
        """Look at the next frame; `holds` says that a repeated one only stands for those that were skipped."""
        luma = planes[: planes.shape[0] * 2 // 3]
        if self._luma is not None and np.array_equal(luma, self._luma):
            if holds:
                self.hold(1)
            else:
                self._repeat(motion=0.0)
                self._compared(change=0.0, likeness=1.0)
            return
        self._luma = luma
        picture = cast(Picture, cv2.cvtColor(planes, cv2.COLOR_YUV2RGB_I420))
        found = self._finder.find(picture)
        self._fresh.append(True)
        self._faces.append(min(len(found), _MOST_FACES))
        self._size.append(_largest(found) / max(picture.shape[:2]))
        self._compare(picture)

    def hold(self, steps: int) -> None:
        """Let the last frame stand for some steps of which there is none."""
        for _ in range(steps if self._fresh else 0):
            self._repeat(motion=self._motion[-1])

    def finish(self) -> Sight:
        """Return all that was seen."""
        cut = np.zeros(len(self._fresh), dtype=np.bool_)
        cut[self._steps] = cuts_of(self._change, self._likeness)
        return sight_of(self._fresh, self._faces, self._size, self._motion, cut)

    def _compare(self, picture: Picture) -> None:
        scale = _THUMB_LONG / LONG_SIDE
        size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
        resized = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        small = cast(Picture, cv2.cvtColor(resized, cv2.COLOR_RGB2YUV))
        thumb, tones = small[..., 0].astype(np.float32), _tones(small)
        if self._thumb is None or self._tones is None:
            motion, change, likeness = 0.0, 0.0, 1.0
        else:
            motion = float(np.abs(thumb - self._thumb).mean()) / 255
            change = float(np.abs(tones - self._tones).sum(axis=1).mean()) / 2
            likeness = _correlation(thumb, self._thumb)
        self._thumb, self._tones = thumb, tones
        self._motion.append(motion)
        self._compared(change, likeness)

    def _compared(self, change: float, likeness: float) -> None:
        self._steps.append(len(self._fresh) - 1)
        self._change.append(change)
        self._likeness.append(likeness)

    def _repeat(self, motion: float) -> None:
        self._fresh.append(False)
        self._faces.append(self._faces[-1])
        self._size.append(self._size[-1])
        self._motion.append(motion)


def _largest(found: list[Face]) -> float:
    return max((face.width for face in found), default=0.0)


def _tones(small: Picture) -> NDArray[np.float64]:
    """Return how often each tone comes, for luma and both chromas; grey lies in the middle of a tone."""
    bins = (small.reshape(-1, 3).astype(np.int64) + 8) >> 4
    return np.stack([np.bincount(bins[:, i], minlength=_TONES) / len(bins) for i in range(3)])


def _correlation(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """Return the correlation of two pictures; a picture of one tone is like nothing but another such."""
    a, b = one - one.mean(), other - other.mean()
    size = float(np.sqrt((a * a).sum() * (b * b).sum()))
    if size < 1.0:
        return 1.0 if float(np.abs(a).sum() + np.abs(b).sum()) < 1.0 else 0.0
    return float((a * b).sum()) / size
