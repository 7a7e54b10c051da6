"""The peaks of a clip's sound, beside the clip."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from scripts import children
from vib.atomic import write_bytes
from vib.media import SAFE_INPUT, PassingProblem, file_address, reason_of
from vib.peaks import HEADER, OVERVIEW, PAIR, PAIRS_A_SECOND, PEAKS, count_of, header_of
from vib.unreadable import ffmpeg_reason

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RATE = 48000
"""Samples a second of a clip that are looked at: a whole number of them for each pair."""

AT_ONCE = 10
"""Seconds of sound that are in memory at a time."""

PATIENCE = 3600.0
"""Seconds that reading the sound of one clip may take."""


def keep_peaks(clip: Path, duration: float, *, has_audio: bool) -> None:
    """Write the peaks of a clip beside it, unless those of this very clip are there.

    Parameters
    ----------
    duration : float
        Seconds of the clip; where its sound ends before, it is silent.
    has_audio : bool
        Whether there is sound in the clip; else all of it is silent.

    Raises
    ------
    PassingProblem
        The sound could not be read this time.
    OSError
        The disk is full or not writable.
    """
    if not all(_stands(clip, ending, duration) for ending in PAIRS_A_SECOND):
        write_peaks(clip, duration, _sound_of(clip) if has_audio else iter(()))


def write_peaks(clip: Path, duration: float, sound: Iterator[NDArray[np.int16]]) -> None:
    """Write the peaks of sound beside a clip.

    Parameters
    ----------
    sound : iterator of array of int16
        Pieces of sound at `RATE`, one row a sample and one column a channel; each but the last lasts a whole
        number of pairs.

    Raises
    ------
    OSError
        The disk is full or not writable.
    """
    import numpy as np

    found = [_pairs(piece, RATE // PAIRS_A_SECOND[PEAKS]) for piece in sound]
    fine = _to_length(np.concatenate([*found, np.zeros((0, 2), np.int16)]), count_of(PEAKS, duration))
    coarse = _pairs(fine, PAIRS_A_SECOND[PEAKS] // PAIRS_A_SECOND[OVERVIEW])
    for ending, pairs in ((PEAKS, fine), (OVERVIEW, _to_length(coarse, count_of(OVERVIEW, duration)))):
        write_bytes(clip.with_suffix(ending), header_of(len(pairs)) + pairs.astype("<i2").tobytes(), mode=0o600)


def _stands(clip: Path, ending: str, duration: float) -> bool:
    """Tell whether a file is there that was made of this very clip."""
    try:
        there = clip.with_suffix(ending).stat()
    except FileNotFoundError:
        return False
    whole = HEADER + PAIR * count_of(ending, duration)
    return there.st_size == whole and there.st_mtime_ns >= clip.stat().st_mtime_ns


def _pairs(values: NDArray[np.int16], rows: int) -> NDArray[np.int16]:
    """Return the least and the greatest value of each so many rows; the last may have less."""
    import numpy as np

    if (missing := -len(values) % rows) and len(values):
        values = np.concatenate([values, np.repeat(values[-1:], missing, axis=0)])
    together = values.reshape(-1, rows * values.shape[1])
    return np.stack([together.min(axis=1), together.max(axis=1)], axis=1)


def _to_length(pairs: NDArray[np.int16], count: int) -> NDArray[np.int16]:
    import numpy as np

    return np.concatenate([pairs[:count], np.zeros((max(0, count - len(pairs)), 2), np.int16)])


def _sound_of(clip: Path) -> Iterator[NDArray[np.int16]]:
    import numpy as np

    options = [part for name, value in SAFE_INPUT.items() for part in (f"-{name}", value)]
    command = ["ffmpeg", "-nostdin", "-v", "error", *options, "-i", file_address(clip)]
    command += ["-map", "0:a:0", "-ar", str(RATE), "-f", "au", "-c:a", "pcm_s16be", "pipe:1"]
    with tempfile.TemporaryFile() as errors:
        process = children.start(command, stdout=subprocess.PIPE, stderr=errors, stdin=subprocess.DEVNULL)
        assert process.stdout is not None
        with process.stdout, children.limited(process, PATIENCE):
            channels = _channels_of(process.stdout)
            while read := process.stdout.read(AT_ONCE * RATE * channels * 2):
                samples = np.frombuffer(read, dtype=">i2", count=len(read) // (2 * channels) * channels)
                yield samples.astype(np.int16).reshape(-1, channels)
            status = process.wait()
        if status != 0:
            errors.seek(0)
            reason = ffmpeg_reason(reason_of(errors.read()))
            raise PassingProblem(
                str(clip),
                nl=f"de golfvorm van deze clip is niet te maken ({reason.nl}); voer dit opnieuw uit",
                en=f"the waveform of this clip cannot be made ({reason.en}); run this again",
            )


def _channels_of(file: IO[bytes]) -> int:
    """Read the header of an AU file, and return how many channels it has; 1 where there is no header."""
    head = file.read(24)
    if len(head) < 24:
        return 1
    file.read(int.from_bytes(head[4:8], "big") - len(head))
    return int.from_bytes(head[20:24], "big")
