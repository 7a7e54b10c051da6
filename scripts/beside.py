"""A clip laid beside its recording at some places: whether what is seen and heard comes at its own time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from scripts.clip_form import FRAMES_PER_SECOND
from scripts.excerpts import SOUND_RATE, Excerpt, Pictures, read_excerpt
from scripts.looking import Seen
from scripts.timing import Part
from vib.look import Compared

FARTHEST = 0.5
"""Seconds that picture or sound is looked for before and after its own time."""

LASTING = 2.0
"""Seconds of the clip that are laid beside the recording at one place."""

MOST_PLACES = 5
SECONDS_A_PLACE = 25.0
"""For each place so many seconds of film, up to `MOST_PLACES`."""

STEP = 0.01
"""Seconds by which pictures are shifted to see where they fit."""

DISTINCT = 0.6
"""How much less pictures may differ, or sounds agree, elsewhere than where they fit best: else nothing is told."""

UNLIKE = 0.25
"""How much sounds agree at most, of 1, where one is another than the other."""

HEARD = 100.0
"""Loudness from which a sound is one, of 32768."""

NEAR = 0.06
"""Seconds around the best fit that are not elsewhere."""

LEAST_CHANGE = 0.5
"""Of 255: pictures that differ less, on average, show no movement."""

Read = Callable[[float, float], Excerpt]
"""Gives an excerpt of the recording: where it begins, in seconds of the clip, and how long it lasts."""


def laid_beside(seen: Seen, parts: Sequence[Part]) -> Iterator[Compared]:
    """Lay a clip beside its recordings: at some places of one, at one of each of several, of many of some."""
    if len(parts) == 1:
        yield from compared(seen, reading(parts[0]))
        return
    for part in parts[:: -(-len(parts) // MOST_PLACES)]:
        for place in compared(seen.between(part.begins, part.begins + part.lasts), reading(part), most=1):
            yield place.model_copy(update={"at": round(place.at + part.begins, 2)})


def compared(seen: Seen, read: Read, most: int = MOST_PLACES) -> Iterator[Compared]:
    """Lay a clip beside its recording, where most moves and sounds in each part of it."""
    for at in _places(seen, most):
        length = min(LASTING, seen.duration - at)
        there = read(at - FARTHEST, length + 2 * FARTHEST)
        first, last = round(at * FRAMES_PER_SECOND), round((at + length) * FRAMES_PER_SECOND)
        picture = picture_late(there.times, there.pictures, at, seen.pictures[first:last])
        heard = seen.sound[round(at * SOUND_RATE) : round((at + length) * SOUND_RATE)].astype(np.float32)
        sound = sound_late(there.sound, heard)
        yield Compared(
            at=round(at, 2),
            picture=picture,
            sound=sound,
            other_sound=sound is None and is_other_sound(there.sound, heard),
        )


def picture_late(times: NDArray[np.float64], there: Pictures, at: float, here: Pictures) -> float | None:
    """Return how many seconds later pictures come than they should; None where that cannot be told.

    Parameters
    ----------
    times : NDArray
        When each picture of the recording is to be seen, in seconds of the clip.
    there : NDArray
        These pictures.
    at : float
        Where in the clip the other pictures begin.
    here : NDArray
        These pictures, at the rate of a clip.

    Examples
    --------
    >>> moving = np.random.default_rng(0).integers(0, 255, (50, 144)).astype(np.uint8)
    >>> picture_late(np.arange(50) / 25, moving, 0.6, moving[10:30])
    0.2
    """
    if len(times) < 2 or not len(here):
        return None
    shown = at + np.arange(len(here)) / FRAMES_PER_SECOND
    lags = np.arange(-FARTHEST, FARTHEST + STEP / 2, STEP)
    half = 0.5 / FRAMES_PER_SECOND
    different = np.empty(len(lags))
    wide = there.astype(np.int16)
    for number, lag in enumerate(lags):
        # A picture is shown from the frame of the clip on that is nearest to its time.
        found = np.searchsorted(times, shown - lag + half - 1e-6, side="right") - 1
        different[number] = np.abs(wide[np.clip(found, 0, len(times) - 1)] - here).mean()
    best = float(different.min())
    # Pictures that last fit at several: at their own time, else in the middle of these.
    fitting = lags[different <= best + 0.02 * (different.max() - best)]
    late = 0.0 if np.abs(fitting).min() < STEP / 2 else float(np.median(fitting))
    elsewhere = different[np.abs(lags - late) > 2 * NEAR]
    if elsewhere.min() < LEAST_CHANGE or best > DISTINCT * elsewhere.min():
        return None
    return round(late, 2) + 0.0


def sound_late(there: NDArray[np.float32], here: NDArray[np.float32]) -> float | None:
    """Return how many seconds later sound comes than it should; None where that cannot be told.

    Parameters
    ----------
    there : NDArray
        The sound of the recording, from `FARTHEST` seconds before that of the clip.
    here : NDArray
        The sound of the clip.

    Examples
    --------
    >>> noise = np.random.default_rng(0).standard_normal(20_000).astype(np.float32)
    >>> sound_late(noise, noise[1600 : 1600 + 8000])
    0.1
    """
    alike = _agreement(there, here)
    if not len(alike):
        return None
    best = int(np.argmax(alike))
    apart = np.abs(np.arange(len(alike)) - best) > NEAR * SOUND_RATE
    if alike[best] < DISTINCT or (apart.any() and alike[apart].max() > 0.9 * alike[best]):
        return None
    return round(FARTHEST - best / SOUND_RATE, 3) + 0.0


def is_other_sound(there: NDArray[np.float32], here: NDArray[np.float32]) -> bool:
    """Tell whether a clip and its recording sound different, wherever one is laid; see `sound_late`."""
    middle = there[round(FARTHEST * SOUND_RATE) :][: len(here)]
    loud = [float(np.sqrt(np.mean(sound**2))) if len(sound) else 0.0 for sound in (middle, here)]
    if min(loud) < HEARD:
        return max(loud) > 10 * HEARD
    alike = _agreement(there, here)
    return len(alike) > 0 and float(alike.max()) < UNLIKE


def _agreement(there: NDArray[np.float32], here: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return how much a sound agrees with each part of a longer one, of 1 at most; nothing where one is silent."""
    power = float(np.sum(here.astype(np.float64) ** 2))
    if len(there) < len(here) or power == 0:
        return np.zeros(0)
    size = len(there) + len(here)
    products = np.fft.irfft(np.fft.rfft(there, size) * np.conj(np.fft.rfft(here, size)), size)
    squares = np.concatenate([[0.0], np.cumsum(there.astype(np.float64) ** 2)])
    powers = squares[len(here) :] - squares[: len(squares) - len(here)]
    alike: NDArray[np.float64] = np.abs(products[: len(powers)]) / np.sqrt(np.maximum(powers, 1e-3 * power) * power)
    return alike


def reading(part: Part) -> Read:
    """Return what reads excerpts of a recording, by the clock of its clip, as if that began with it."""
    info, recording = part.info, part.recording
    assert info.video is not None
    picture = info.video.index

    def read(at: float, seconds: float) -> Excerpt:
        found = read_excerpt(part.path, picture, recording.sound_index, info.start, at + recording.zero, seconds)
        return Excerpt(found.times - recording.zero, found.pictures, at, found.sound)

    return read


def _places(seen: Seen, most: int) -> list[float]:
    """Return where in a clip to look: in each part of it where the sound changes most."""
    count = int(np.clip(seen.duration // SECONDS_A_PLACE, 1, most))
    part = seen.duration / count
    return [_liveliest(seen, number * part, part) for number in range(count)]


def _liveliest(seen: Seen, start: float, seconds: float) -> float:
    room = seconds - LASTING
    if room <= 0:
        return start
    changes = _changes(seen)[round(start * 10) : round((start + seconds) * 10)]
    window = round(LASTING * 10)
    if len(changes) <= window:
        return start
    # What happens at an end of it might be out of it in the recording.
    sums = np.convolve(changes, np.hanning(window + 2)[1:-1], mode="valid")
    return round(start + int(np.argmax(sums)) / 10, 1)


def _changes(seen: Seen) -> NDArray[np.float64]:
    """Return how much each tenth of a second of a clip differs from the one before, in picture and sound together."""
    moves = np.abs(np.diff(seen.pictures.astype(np.int16), axis=0)).mean(axis=1)
    tenths = (np.arange(len(moves)) * 10 // FRAMES_PER_SECOND).astype(np.intp)
    picture = np.bincount(tenths, weights=moves) if len(moves) else np.zeros(0)
    sound = np.abs(np.diff(seen.loudness.astype(np.float64)))
    both = np.zeros(max(len(picture), len(sound)))
    for changes in (picture, sound):
        if len(changes) and changes.max() > 0:
            both[: len(changes)] += changes / changes.max()
    return both
