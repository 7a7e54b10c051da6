"""Recordings with marks that can be seen and heard at the same moment, and when they are in a clip."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vib.media import probe

FRAME = 0.04
"""Seconds that a picture of a clip lasts."""

_RATE = 16_000


def marked(
    moments: Sequence[float], seconds: float, *, size: str = "160x120", rate: int = 30, sound: float | None = None
) -> list[str]:
    """Return inputs for ffmpeg: a white flash in the picture and a beep in the sound, of 0.2 s, at some moments.

    The sound lasts as long as the picture unless `sound` says otherwise.
    """
    when = "+".join(f"between(t,{moment}-0.001,{moment}+0.199)" for moment in moments)
    flash = f"drawbox=iw/4:ih/4:iw/2:ih/2:white:fill:enable='{when}'"
    beep = f"aevalsrc='0.5*sin(2*PI*1000*t)*({when})':s=48000:d={sound or seconds}:c=mono"
    film = f"color=c=0x303030:s={size}:r={rate}:d={seconds},{flash}"
    return ["-f", "lavfi", "-i", film, "-f", "lavfi", "-i", beep]


def seen(clip: Path) -> list[float]:
    """Return when flashes begin in the picture of a clip, in seconds."""
    raw = _decoded(clip, "-vf", "crop=iw/4:ih/4,scale=8:8,format=gray", "-f", "rawvideo")
    light = np.frombuffer(raw, dtype=np.uint8).reshape(-1, 64).mean(axis=1)
    return _beginnings(light > 128, FRAME)


def heard(sound: Path) -> list[float]:
    """Return when beeps begin in the sound of a clip, in seconds."""
    samples = np.abs(channels(sound)).max(axis=1)
    loud = samples[: len(samples) // 80 * 80].reshape(-1, 80).max(axis=1) > 2000
    return _beginnings(loud, 80 / _RATE)


def channels(sound: Path) -> NDArray[np.int16]:
    """Return the two channels of a file's sound at 16 kHz, one row a sample; of one channel both are it."""
    raw = _decoded(sound, "-map", "0:a", "-ac", "2", "-ar", str(_RATE), "-f", "s16le")
    return np.frombuffer(raw, dtype="<i2").reshape(-1, 2)


def comb(film: Path) -> float:
    """Return how much a row of a picture differs from the next one, on average."""
    video = probe(film).video
    assert video is not None
    raw = _decoded(film, "-pix_fmt", "gray", "-f", "rawvideo")
    pictures = np.frombuffer(raw, dtype=np.uint8).reshape(-1, video.height, video.width).astype(int)
    return float(np.abs(np.diff(pictures, axis=1)).mean())


def row_of(film: Path, row: int) -> NDArray[np.uint8]:
    """Return a row of the first picture of a film, in grey."""
    video = probe(film).video
    assert video is not None
    raw = _decoded(film, "-frames:v", "1", "-pix_fmt", "gray", "-f", "rawvideo")
    return np.frombuffer(raw, dtype=np.uint8).reshape(video.height, video.width)[row]


def without_decoder(path: Path) -> None:
    """Make the first AAC track of a MOV one that cannot be decoded here, as the spatial sound of a phone."""
    content = bytearray(path.read_bytes())
    at = content.index(b"mp4a", content.index(b"moov"))
    content[at : at + 4] = b"apac"
    at = content.index(b"esds", at)
    content[at : at + 4] = b"dapa"
    path.write_bytes(content)


def _beginnings(on: NDArray[np.bool_], step: float) -> list[float]:
    numbers = np.flatnonzero(on)
    apart = 0.1 / step
    firsts = [*numbers[:1], *(after for before, after in pairwise(numbers) if after - before > apart)]
    return [round(float(number) * step, 3) for number in firsts]


def _decoded(path: Path, *options: str) -> bytes:
    command = ["ffmpeg", "-nostdin", "-v", "error", "-i", str(path), *options, "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout
