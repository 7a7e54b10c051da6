"""Running ffmpeg on a recording: several commands in a row, how far it is, and why it failed."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from scripts import children
from vib.media import MediaProblem, PassingProblem, reason_of
from vib.unreadable import ffmpeg_reason

PATIENCE = 6.0
"""Seconds of work allowed for each second of recording, with a minimum of `LEAST_PATIENCE`."""

LEAST_PATIENCE = 300.0

DISK = {
    errno.ENOSPC: re.compile(rb"No space left on device"),
    errno.EDQUOT: re.compile(rb"Disk quota exceeded"),
    # A recording that is damaged can be an input/output error too.
    errno.EIO: re.compile(rb"(writ|mux|trailer|output file)[^\n]*Input/output error", re.IGNORECASE),
}
"""What ffmpeg says when the disk does not take what it writes, by the number of the error."""

Progress = Callable[[float, float], None]

Chain = Sequence[list[str]] | int
"""Commands each of which reads what the one before it gives, of which the last is read; or so many bytes of zero."""

SILENCE = bytes(192_000)


def run_ffmpeg(
    arguments: list[str],
    source: Path,
    duration: float,
    progress: Progress = lambda done, total: None,
    before: Sequence[Chain] = (),
    into: Sequence[int] = (),
) -> bytes:
    """Run ffmpeg, reading what other commands give if there are some, and return what it said.

    Parameters
    ----------
    source : Path
        The recording that it is about.
    duration : float
        Seconds that there are to be worked on.
    progress : Callable[[float, float], None]
        Called with the seconds that have been done and the seconds in all.
    before : Sequence[Chain]
        What it is to read, one after the other.
    into : Sequence[int]
        Numbers of open files that it is to write to, as ``pipe:NUMBER``.

    Raises
    ------
    MediaProblem
        It did not work; a `PassingProblem` where it may work another time.
    OSError
        The disk is full, or gives an error.
    """
    limit = patience(duration)
    with tempfile.TemporaryFile() as errors, _in_turn(before, errors) as pipe:
        process = children.start(arguments, stdout=subprocess.PIPE, stderr=errors, stdin=pipe, pass_fds=into)
        if not isinstance(pipe, int):
            pipe.close()
        with children.limited(process, limit) as is_late:
            assert process.stdout is not None
            for line in process.stdout:
                name, _, value = line.decode("ascii", "replace").strip().partition("=")
                if name == "out_time_us" and value.isdigit():
                    progress(int(value) / 1e6, duration)
            process.wait()
        errors.seek(0)
        said = errors.read()
    check_run(process.returncode, said, source, limit if is_late() else None)
    return said


def patience(duration: float) -> float:
    """Return how many seconds work on so many seconds may take."""
    return max(LEAST_PATIENCE, duration * PATIENCE)


def check_run(status: int, said: bytes, source: Path, limit: float | None) -> None:
    """See to it that a run of ffmpeg went well.

    Parameters
    ----------
    status : int
        How it ended.
    said : bytes
        What it said.
    source : Path
        The recording that it was about.
    limit : float or None
        The seconds beyond which it was stopped; None where it was not.

    Raises
    ------
    MediaProblem
        It did not; a `PassingProblem` where it may another time.
    OSError
        The disk is full, or gives an error.
    """
    if limit is not None:
        raise PassingProblem(
            str(source),
            nl=f"het omzetten duurde langer dan {limit:.0f} s",
            en=f"converting took longer than {limit:.0f} s",
        )
    failed = next((number for number, words in DISK.items() if words.search(said)), None)
    if failed is not None:
        raise OSError(failed, os.strerror(failed))
    if status < 0:
        raise PassingProblem(
            str(source),
            nl="het omzetten werd afgebroken; voer dit opnieuw uit",
            en="converting was broken off; run this again",
        )
    if status != 0:
        reason = ffmpeg_reason(reason_of(said))
        raise MediaProblem(
            str(source), nl=f"beschadigd of onvolledig ({reason.nl})", en=f"damaged or incomplete ({reason.en})"
        )


@contextmanager
def _in_turn(chains: Sequence[Chain], errors: IO[bytes]) -> Iterator[IO[bytes] | int]:
    """Give what another process is to read: what chains of commands give, one after the other."""
    match chains:
        case []:
            yield subprocess.DEVNULL
        case [[*commands]]:
            with _piped(commands, errors) as pipe:
                yield pipe
        case _:
            ours, theirs = os.pipe()
            thread = threading.Thread(target=_pour, args=(chains, errors, theirs))
            thread.start()
            try:
                with open(ours, "rb") as pipe:
                    yield pipe
            finally:
                # Nobody reads any more: what is still to be written fails, and ends the thread.
                thread.join()


def _pour(chains: Sequence[Chain], errors: IO[bytes], into: int) -> None:
    with suppress(BrokenPipeError), open(into, "wb", buffering=0) as pipe:
        for chain in chains:
            if isinstance(chain, int):
                for written in range(0, chain, len(SILENCE)):
                    pipe.write(SILENCE[: chain - written])
                continue
            with _piped(chain, errors) as given:
                assert not isinstance(given, int)
                shutil.copyfileobj(given, pipe)


@contextmanager
def _piped(commands: Sequence[list[str]], errors: IO[bytes]) -> Iterator[IO[bytes] | int]:
    """Give what another process is to read: what the last of some commands gives. They end with the block."""
    if not commands:
        yield subprocess.DEVNULL
        return
    *others, last = commands
    with _piped(others, errors) as pipe:
        process = children.start(last, stdout=subprocess.PIPE, stderr=errors, stdin=pipe)
        if not isinstance(pipe, int):
            pipe.close()
        assert process.stdout is not None
        try:
            yield process.stdout
        finally:
            process.stdout.close()
            process.kill()
            process.wait()
