"""A finished clip decoded once, for all that is to be known of it."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

import ffmpeg
import numpy as np
from numpy.typing import NDArray

from scripts.clip_form import FRAMES_PER_SECOND
from scripts.excerpts import (
    SOUND_RATE,
    Pictures,
    half_pictures,
    halves_looked_at,
    one_channel,
    pictures_in,
    small_picture,
    small_sound,
)
from scripts.running import run_ffmpeg
from vib.media import SAFE_INPUT, file_address

BLOCK = SOUND_RATE // 10
"""Samples of which the loudness is taken together: a tenth of a second."""

SILENT = 1e-3
"""Loudness, of 1 at most, below which nothing is heard: -60 dB."""

PLAIN = 3
"""How far the lightest small part of a picture may be from the darkest where it is of one colour, of 255."""

COMBS_EACH, COMBS_LOOKED_AT = 50, 5
"""Of so many pictures so many that follow one another are looked at for combs."""

CANCELLED = 2.0
"""How many times the power of the mean of two sides that of their difference is when they are opposite: 3 dB."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a clip is, as far as looking at it tells. Times are seconds of the clip, shares from 0 to 1.

    Parameters
    ----------
    pictures : NDArray
        All pictures, small, one row each.
    largest_gap : float
        The longest time from one picture to the next.
    combs : float
        Share of the pictures looked at that are two half pictures.
    sound : NDArray
        All of the sound, small; nothing where there is none.
    loudness : NDArray
        Of each block of `BLOCK` samples, 1 at most.
    opposite : bool
        Whether left and right cancel each other out.
    """

    pictures: Pictures
    largest_gap: float
    combs: float
    sound: NDArray[np.int16]
    loudness: NDArray[np.float32]
    opposite: bool

    def between(self, start: float, end: float) -> Seen:
        """Return what was seen and heard from one time to another."""
        pictures, samples, blocks = (
            slice(round(start * rate), round(end * rate))
            for rate in (FRAMES_PER_SECOND, SOUND_RATE, SOUND_RATE / BLOCK)
        )
        return replace(
            self, pictures=self.pictures[pictures], sound=self.sound[samples], loudness=self.loudness[blocks]
        )

    @property
    def duration(self) -> float:
        """Seconds of the picture."""
        return len(self.pictures) / FRAMES_PER_SECOND

    @property
    def sound_duration(self) -> float:
        """Seconds of the sound."""
        return len(self.sound) / SOUND_RATE

    @property
    def silent(self) -> float:
        """Share of the sound in which nothing is heard."""
        return float(np.mean(self.loudness < SILENT)) if len(self.loudness) else 0.0

    @property
    def one_colour(self) -> float:
        """Share of the picture that is of one colour."""
        if not len(self.pictures):
            return 0.0
        return float(np.mean(self.pictures.max(axis=1) - self.pictures.min(axis=1) <= PLAIN))


def look_at(clip: Path, duration: float, has_sound: bool, source: Path) -> Seen:
    """Decode a clip once and tell what it is.

    Parameters
    ----------
    duration : float
        Seconds that it is to last.
    source : Path
        The recording that it is of, for problems.

    Raises
    ------
    MediaProblem
        It cannot be decoded.
    OSError
        The disk is full.
    """
    # Without a name, so that not even a power cut leaves what families look and sound like.
    with tempfile.TemporaryFile(dir=clip.parent) as seen, tempfile.TemporaryFile(dir=clip.parent) as heard:
        command = _command(clip, seen.fileno(), heard.fileno() if has_sound else None)
        said = run_ffmpeg(command, source, duration, into=(seen.fileno(), heard.fileno()))
        sound, loudness, opposite = _listened(heard)
        return Seen(pictures_in(seen), _largest_gap(said), half_pictures(said)[0], sound, loudness, opposite)


def _command(clip: Path, seen: int, heard: int | None) -> list[str]:
    # That edges of blocks are not smoothed changes nothing that is measured here, and takes an eighth off the time.
    given = ffmpeg.input(file_address(clip), **SAFE_INPUT, skip_loop_filter="all")
    parts = given["v:0"].filter("settb", "AVTB").filter("vfrdet").filter_multi_output("split", 2)
    some = halves_looked_at(parts.stream(1).filter("select", f"lt(mod(n,{COMBS_EACH}),{COMBS_LOOKED_AT})"))
    outputs: list[Any] = [
        small_picture(parts.stream(0)).output(f"pipe:{seen}", format="rawvideo", fps_mode="passthrough"),
        some.output("-", format="null", fps_mode="passthrough"),
    ]
    if heard is not None:
        outputs.append(small_sound(given["a:0"]).output(f"pipe:{heard}", format="s16le"))
    options = ("-nostdin", "-hide_banner", "-nostats", "-v", "info")
    command: list[str] = ffmpeg.merge_outputs(*outputs).global_args(*options).compile()
    return command


def _listened(heard: IO[bytes]) -> tuple[NDArray[np.int16], NDArray[np.float32], bool]:
    """Return the sound as one channel, how loud each block of it is, and whether its sides are opposite."""
    channels: list[NDArray[np.int16]] = []
    loudness: list[float] = []
    of_mean = of_difference = 0.0
    heard.seek(0)
    while raw := heard.read(BLOCK * 4):
        both = np.frombuffer(raw, dtype="<i2").reshape(-1, 2)
        channels.append(one_channel(both))
        left, right = both.astype(np.float32).T / 32768
        loudness.append(float(np.sqrt(max(np.mean(left**2), np.mean(right**2)))))
        of_mean += float(np.sum((left + right) ** 2))
        of_difference += float(np.sum((left - right) ** 2))
    sound = np.concatenate(channels) if channels else np.zeros(0, dtype=np.int16)
    return sound, np.array(loudness, dtype=np.float32), of_difference > CANCELLED * of_mean


_GAP = re.compile(rb"vfrdet_\d+ @ \S+\] VFR:(\S+) \(\d+/\d+\)(?: min: \d+ max: (\d+))?")


def _largest_gap(said: bytes) -> float:
    """Return the longest time from a picture to the next; the usual one where all are alike."""
    found = _GAP.search(said)
    return int(found[2]) / 1e6 if found and found[2] else 1 / FRAMES_PER_SECOND
