"""One ffmpeg process whose output is streamed, with bounds on its time and memory."""

from __future__ import annotations

import fcntl
import subprocess
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from backend_ml.turns.limits import Limits
from vib.language import Text
from vib.media import MediaProblem, reason_of
from vib.unreadable import ffmpeg_reason

MAX_ALLOCATION = 500_000_000
"""Bytes that ffmpeg may allocate at once; a hostile header can ask for any amount."""

AHEAD = 1_048_576
"""Bytes that ffmpeg may be ahead, so that it and what reads work at the same time."""


@contextmanager
def running(command: list[str], path: Path, limits: Limits, what: Text) -> Iterator[IO[bytes]]:
    """Run ffmpeg for as long as the block, no longer than may be, and see that it ended well.

    Parameters
    ----------
    what : Text
        What is decoded, with its article.

    Raises
    ------
    MediaProblem
        It takes too long, or cannot be decoded.
    """
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    # A wide pipe only saves time, and some systems give none.
    with suppress(AttributeError, OSError):
        fcntl.fcntl(process.stdout, fcntl.F_SETPIPE_SZ, AHEAD)
    said: deque[bytes] = deque(maxlen=8)
    listener = threading.Thread(target=_keep_last, args=(process.stderr, said), daemon=True)
    listener.start()
    late = threading.Event()
    alarm = threading.Timer(limits.work_seconds, _stop, args=(process, late))
    alarm.daemon = True
    alarm.start()
    try:
        yield process.stdout
        process.wait()
        listener.join()
    finally:
        alarm.cancel()
        process.kill()
        process.wait()
        listener.join()
        process.stdout.close()
        process.stderr.close()
    if late.is_set():
        raise MediaProblem(
            str(path),
            nl=f"het verwerken van {what.nl} duurt langer dan {limits.work_seconds:.0f} s",
            en=f"working on {what.en} takes longer than {limits.work_seconds:.0f} s",
        )
    if process.returncode:
        reason = ffmpeg_reason(reason_of(b"\n".join(said)))
        raise MediaProblem(
            str(path), nl=f"{what.nl} is niet te lezen ({reason.nl})", en=f"{what.en} cannot be read ({reason.en})"
        )


def too_long(path: Path, limits: Limits) -> MediaProblem:
    """Return what to say of a file that lasts longer than may be."""
    minutes = limits.max_seconds / 60
    return MediaProblem(
        str(path),
        nl=f"het bestand duurt langer dan {minutes:.0f} minuten; knip de opname in clips",
        en=f"the file lasts longer than {minutes:.0f} minutes; cut the recording into clips",
    )


def _keep_last(pipe: IO[bytes], said: deque[bytes]) -> None:
    """Drain what ffmpeg says, so that a talkative file cannot make it wait or fill memory."""
    while line := pipe.readline(4096):
        said.append(line.strip())


def _stop(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()
