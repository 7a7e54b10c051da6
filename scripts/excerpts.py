"""What is seen and heard for some seconds of a film, small, each picture and sample at its own time."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import ffmpeg
import numpy as np
from numpy.typing import NDArray

from scripts.encoding import HalfFirst
from scripts.running import run_ffmpeg
from vib.media import SAFE_INPUT, MediaProblem, file_address

COLUMNS, ROWS = 16, 9
"""Of the small pictures, whatever the shape of the large ones."""

SOUND_RATE = 4000
"""Samples a second of the small sound."""

LEFT, RIGHT = 0.67, 0.33
"""What is taken of two sides for one channel, so that neither can take the other away."""

CLEARLY = 1.3
"""How much more alike rows must be to those of one half than to those of the other where these are two pictures: less
than this fine stripes do too."""

SAME_FIRST = 9
"""How many times oftener one half of a picture must be the first than the other."""

Pictures = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of a film. Times are seconds of the film's own clock.

    Parameters
    ----------
    times : NDArray
        When each picture begins.
    pictures : NDArray
        The small pictures, one row each.
    start : float
        When the sound begins.
    sound : NDArray
        The small sound from there on, silent where there is none.
    """

    times: NDArray[np.float64]
    pictures: Pictures
    start: float
    sound: NDArray[np.float32]


def read_excerpt(path: Path, picture: int, sound: int | None, start: float, at: float, seconds: float) -> Excerpt:
    """Read a part of a film; what cannot be read is not in it.

    Parameters
    ----------
    picture, sound : int
        Numbers of the streams.
    start : float
        Time of what comes first in the file, by its own clock.
    at, seconds : float
        Where the excerpt begins, by that clock, and how long it is.
    """
    where = {"ss": f"{max(0.0, at - start):.3f}", "t": f"{seconds:.3f}"}
    given = ffmpeg.input(file_address(path), **SAFE_INPUT, **where)
    with tempfile.TemporaryFile() as seen, tempfile.TemporaryFile() as heard:
        small = small_picture(given[str(picture)]).filter("showinfo")
        outputs: list[Any] = [small.output(f"pipe:{seen.fileno()}", format="rawvideo", fps_mode="passthrough")]
        if sound is not None:
            listened = small_sound(given[str(sound)]).filter("ashowinfo")
            outputs.append(listened.output(f"pipe:{heard.fileno()}", format="s16le"))
        options = ("-nostdin", "-hide_banner", "-nostats", "-v", "info", "-copyts")
        command = ffmpeg.merge_outputs(*outputs).global_args(*options).compile()
        try:
            said = run_ffmpeg(command, path, seconds, into=(seen.fileno(), heard.fileno()))
        except MediaProblem:
            said = b""
        pictures = pictures_in(seen)
        heard.seek(0)
        samples = one_channel(np.frombuffer(heard.read(), dtype="<i2").reshape(-1, 2))
    times = np.array([float(time) for time in _PICTURE.findall(said)])
    count = min(len(times), len(pictures))
    runs = [(float(time), int(length)) for time, length in _SOUND.findall(said)]
    return Excerpt(times[:count], pictures[:count], at, _laid_out(runs, samples, at, seconds))


def small_picture(picture: Any) -> Any:
    """Return a stream of pictures as small grey ones."""
    return picture.filter("scale", COLUMNS, ROWS, flags="area").filter("format", "gray")


def small_sound(sound: Any) -> Any:
    """Return a stream of sound at a low rate, with two sides."""
    return sound.filter("aresample", SOUND_RATE).filter("aformat", sample_fmts="s16", channel_layouts="stereo")


def pictures_in(file: IO[bytes]) -> Pictures:
    """Read small pictures, one row each."""
    file.seek(0)
    raw = np.fromfile(file, dtype=np.uint8)
    return raw[: len(raw) // (COLUMNS * ROWS) * COLUMNS * ROWS].reshape(-1, COLUMNS * ROWS)


def one_channel(both: NDArray[np.int16]) -> NDArray[np.int16]:
    """Return one channel of two."""
    return (both @ np.array([LEFT, RIGHT], dtype=np.float32)).astype(np.int16)


def halves_looked_at(picture: Any) -> Any:
    """Return a stream of pictures of which `half_pictures` is told whether they are half ones."""
    return picture.filter("idet", intl_thres=CLEARLY)


def half_pictures(said: bytes) -> tuple[float, HalfFirst]:
    """Return the share of pictures that are two half ones, and which half is first, by what ffmpeg's ``idet`` said.

    Of half pictures the same one is always first; where it changes, what is seen is fine stripes.
    """
    found = [[int(number) for number in numbers] for numbers in _COMBS.findall(said)]
    upper, lower, *others = (sum(column) for column in zip(*found, strict=True)) if found else (0, 0)
    first: HalfFirst = "tff" if upper >= lower else "bff"
    if max(upper, lower) <= SAME_FIRST * min(upper, lower):
        return 0.0, first
    return max(upper, lower) / sum((upper, lower, *others)), first


_PICTURE = re.compile(rb"Parsed_showinfo_\d+ @ \S+\] n: *\d+ pts: *\S+ pts_time:([-\d.]+)")
_SOUND = re.compile(rb"Parsed_ashowinfo_\d+ @ \S+\] n:\d+ pts:\S+ pts_time:([-\d.]+) .*?nb_samples:(\d+)")
_COMBS = re.compile(rb"Multi frame detection: TFF: *(\d+) BFF: *(\d+) Progressive: *(\d+) Undetermined: *(\d+)")


def _laid_out(
    runs: Sequence[tuple[float, int]], samples: NDArray[np.int16], at: float, seconds: float
) -> NDArray[np.float32]:
    """Put each run of samples where its time is."""
    laid = np.zeros(round(seconds * SOUND_RATE), dtype=np.float32)
    read = 0
    for time, length in runs:
        first = round((time - at) * SOUND_RATE)
        run = samples[read + max(0, -first) : read + length]
        read += length
        run = run[: max(0, len(laid) - max(0, first))]
        laid[max(0, first) : max(0, first) + len(run)] = run
    return laid
