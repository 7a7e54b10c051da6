"""The sound of a media file as 16 kHz mono samples, streamed through one ffmpeg process.

Of two channels the mean is heard; where they cancel each other out, as when one of two microphones
is connected the wrong way round, their difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO

import ffmpeg
import numpy as np
from numpy.typing import NDArray

from backend_ml.turns.decoding import MAX_ALLOCATION, running, too_long
from backend_ml.turns.limits import Limits
from vib.language import Text
from vib.media import SAFE_INPUT, MediaInfo, file_address

Samples = NDArray[np.int16]

RATE = 16_000
"""Samples a second of everything that this package hears."""

BLOCK_BYTES = 65_536

CANCELLED = 2.0
"""Times that the power of the difference of two channels is that of their mean when these cancel each other out."""

SOUND = Text(nl="het geluid", en="the sound")

_CLOCK_FROM_ZERO = ("mov", "matroska")


def stream(path: Path, info: MediaInfo, limits: Limits, *, block_bytes: int = BLOCK_BYTES) -> Iterator[Samples]:
    """Yield the samples of a file in blocks; time 0 is the video's.

    Parameters
    ----------
    path : Path
        A file on this machine.
    info : MediaInfo
        What `vib.media.probe` said of it.
    limits : Limits
        How long the sound, and the work on it, may be.
    block_bytes : int
        How much is read from the pipe at once.

    Raises
    ------
    MediaProblem
        The sound cannot be decoded, is too long, or takes too long.
    """
    if info.audio is None:
        return
    if info.duration > limits.max_seconds:
        raise too_long(path, limits)
    channels = 2 if info.audio.channels == 2 else 1
    with running(_command(path, info, info.audio.index, channels), path, limits, SOUND) as pipe:
        yield from _bounded(path, pipe, limits, block_bytes, channels)


def clock_zero(info: MediaInfo) -> float:
    """Return the timestamp, in seconds, at which a player shows 0:00.

    Players and the normaliser count from the earliest stream. A file with sound only is
    the companion of a video: where its container counts from zero, sound that starts
    later is late, and must stay so.
    """
    starts = [s.start for s in (info.video, info.audio) if s is not None]
    if info.video is None and info.container.startswith(_CLOCK_FROM_ZERO):
        return 0.0
    return min(starts, default=0.0)


def _command(path: Path, info: MediaInfo, index: int, channels: int) -> list[str]:
    # Left to itself ffmpeg shifts some containers to their first sound once the video is
    # switched off, so timestamps are kept and the zero is given. It counts in samples of
    # what comes in, hence the two steps.
    zero = round(clock_zero(info) * RATE)
    source = ffmpeg.input(file_address(path), vn=None, sn=None, dn=None, threads=2, **SAFE_INPUT)
    sampled = source[str(index)].filter("aresample", RATE)
    sound = sampled.filter("aresample", **{"async": 1, "first_pts": zero})
    output = sound.output("pipe:1", format="s16le", acodec="pcm_s16le", ac=channels, ar=RATE)
    arguments = ("-copyts", "-nostdin", "-v", "error", "-max_alloc", str(MAX_ALLOCATION))
    return [str(part) for part in output.global_args(*arguments).compile()]


def _bounded(path: Path, pipe: IO[bytes], limits: Limits, block_bytes: int, channels: int) -> Iterator[Samples]:
    left = int(limits.max_seconds * RATE) + RATE
    sample = 2 * channels
    # Which of two channels is heard is decided for each second, however the pipe is read.
    step = RATE * sample if channels == 2 else sample
    kept = b""
    while read := pipe.read(block_bytes):
        data = kept + read
        whole = len(data) - len(data) % step
        kept = data[whole:]
        left -= whole // sample
        if left < 0:
            raise too_long(path, limits)
        piece = step if channels == 2 else whole
        yield from (_mono(data[start : start + piece], channels) for start in range(0, whole, piece or 1))
    if len(kept) >= sample:
        yield _mono(kept[: len(kept) - len(kept) % sample], channels)


def _mono(data: bytes, channels: int) -> Samples:
    """Return samples of one or two channels as one channel that hears them."""
    samples = np.frombuffer(data, dtype="<i2")
    if channels == 1:
        return samples
    left, right = samples.reshape(-1, 2).astype(np.int32).T
    mean, difference = (left + right) >> 1, (left - right) >> 1
    opposite = np.sum(difference.astype(np.float64) ** 2) > CANCELLED * np.sum(mean.astype(np.float64) ** 2)
    heard: Samples = (difference if opposite else mean).astype(np.int16)
    return heard
