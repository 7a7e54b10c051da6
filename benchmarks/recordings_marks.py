"""Recordings with marks: a white flash and a beep at the same moment, and when they are in a film."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vib.media import file_address, probe

FRAME = 0.04
"""Seconds that a picture of a clip lasts: how far a mark may be off."""

RATE = 16_000
WINDOW = 80
"""Samples of sound that are looked at together: 5 ms."""

LOUD = 1500
"""What a sample is at least in a beep; half of full is 16,384."""


def moments(seconds: float) -> tuple[float, ...]:
    """Return when marks are in a recording of some length, at no rhythm of pictures or packets."""
    found, at = [], 2.0
    while at < seconds - 1:
        found.append(round(at, 2))
        at += 3.3 if len(found) % 2 else 4.1
    return tuple(found)


def picture(when: Sequence[float], seconds: float, *, size: str = "640x360", rate: str = "30") -> str:
    """Return a film for lavfi: moving, with a dark field in the middle that is white for 0.2 s at each mark."""
    flash = f"drawbox=iw/4:ih/4:iw/2:ih/2:white:fill:enable='{_within(when)}'"
    dark = "drawbox=iw/4:ih/4:iw/2:ih/2:0x202020:fill"
    return f"testsrc2=s={size}:r={rate}:d={seconds},{dark},{flash}"


def sound(when: Sequence[float], seconds: float, *, rate: int = 48000) -> str:
    """Return sound for lavfi: silent, with a beep of 0.2 s at each mark."""
    return f"aevalsrc='0.5*sin(2*PI*1000*t)*({_within(when)})':s={rate}:d={seconds}:c=mono"


def _within(when: Sequence[float]) -> str:
    return "+".join(f"between(t,{moment}-0.001,{moment}+0.199)" for moment in when) or "0"


def seen(clip: Path) -> list[float]:
    """Return when flashes begin in the picture of a finished clip, in seconds."""
    options = ("-map", "0:v:0", "-vf", "crop=iw/4:ih/4,scale=8:8,format=gray", "-f", "rawvideo")
    light = np.frombuffer(_decoded(clip, *options), dtype=np.uint8).reshape(-1, 64).mean(axis=1)
    return _beginnings(np.arange(len(light)) * FRAME, light > 128)


def heard(clip: Path) -> list[float]:
    """Return when beeps begin in the sound of a finished clip, in seconds; in any of its channels."""
    raw = _decoded(clip, "-map", "0:a:0", "-ac", "2", "-ar", str(RATE), "-f", "s16le")
    samples = np.abs(np.frombuffer(raw, dtype="<i2").astype(int)).reshape(-1, 2).max(axis=1)
    loud = samples[: len(samples) // WINDOW * WINDOW].reshape(-1, WINDOW).max(axis=1) > LOUD
    return _beginnings(np.arange(len(loud)) * WINDOW / RATE, loud)


def by_own_clock(recording: Path) -> tuple[list[float], list[float]]:
    """Return when flashes and beeps begin by the times that a recording itself gives its pictures and samples.

    They count from where the recording says that it begins.
    """
    light = _told(recording, "v", "crop=iw/4:ih/4,signalstats", "metadata", "lavfi.signalstats.YAVG")
    level = _told(recording, "a", "asetnsamples=240,astats=metadata=1:reset=1", "ametadata", PEAK)
    zero = probe(recording).start
    flashes = _beginnings(light[0] - zero, light[1] > 128)
    return flashes, _beginnings(level[0] - zero, level[1] > 20 * np.log10(LOUD / 2**15))


PEAK = "lavfi.astats.Overall.Peak_level"


def _told(recording: Path, stream: str, looking: str, printing: str, key: str) -> tuple[NDArray[np.float64], ...]:
    """Return the time of each picture or piece of sound, and what a filter measured in it."""
    filters = f"{looking},{printing}=mode=print:key={key}:file=-"
    said = _decoded(recording, "-map", f"0:{stream}:0", f"-filter:{stream}", filters, "-f", "null", before=["-copyts"])
    found = re.findall(rf"pts_time:(\S+)\s+{re.escape(key)}=(\S+)", said.decode())
    values = np.array([(float(time), float(value)) for time, value in found]).reshape(-1, 2)
    return values[:, 0], values[:, 1]


def _beginnings(times: NDArray[np.floating[Any]], on: NDArray[np.bool_]) -> list[float]:
    marked = times[on]
    return [round(float(time), 3) for time in [*marked[:1], *(b for a, b in pairwise(marked) if b - a > 0.5)]]


def _decoded(path: Path, *options: str, before: Sequence[str] = ()) -> bytes:
    output = "-" if "null" not in options else "/dev/null"
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y", *before, "-i", file_address(path), *options, output]
    return subprocess.run(command, capture_output=True, check=True).stdout
