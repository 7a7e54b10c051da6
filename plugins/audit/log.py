"""The files of the log: adding a line, and reading lines from either end.

Below the data folder, in ``audit/``: ``log.jsonl`` with a line an event, ``head`` with the number
and the hash of the last line, and ``lock``. Nothing in ``log.jsonl`` is ever written over.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import final

from vib.access_event import AccessEvent
from vib.problem import InputProblem
from vib.unreadable import cannot_be_read

from .line import MAX_LINE, START, Kind, Mark, parse, seal
from .texts import NO_LINE_AT_END, NO_LOG

LAG = 3
"""By how many lines the head may be behind: as many as one call can write before it writes the head."""

SEARCHED = 4 * MAX_LINE
"""How much of the end is searched for a whole line before somebody has to look at it."""

_HEAD = re.compile(rb"(\d{20}) ([0-9a-f]{64})\n")
_BLOCKS = (2**12, 2**18)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How long the log was, and what the head said, at one moment between two lines."""

    size: int
    head: Mark


@final
class Log:
    """The log of one data folder. Any number of processes and threads may add lines at once.

    Parameters
    ----------
    data : Path
        The data folder; ``audit/`` in it is made with the first line.
    """

    def __init__(self, data: Path) -> None:
        self.data = data
        self.folder = data / "audit"
        self.file = self.folder / "log.jsonl"
        self.head_file = self.folder / "head"
        self._lock_file = self.folder / "lock"

    def append(self, event: AccessEvent) -> Mark:
        """Add an event and return its place.

        A half line that a killed process left stays where it is: it gets its newline, and a line
        of kind ``torn`` that counts and hashes it. Where the end is not what the head says, a
        line of kind ``cut`` keeps what the head said. The chain goes on from the last whole line.

        Raises
        ------
        OSError
            It cannot be written. The event may not happen then.
        InputProblem
            The end of the log is damaged beyond what a killed process leaves.
        """
        with self._writing() as (log, head_file):
            size = _finish(log, os.fstat(log).st_size)
            head = _read_head(head_file)
            at, end, fits = self._end(log, size, head)
            if end < size:
                rest = os.pread(log, size - end, end)
                newline = b"" if rest.endswith(b"\n") else b"\n"
                at = _write(log, at, _about(torn_text(rest + newline)), "torn", newline)
            if not fits:
                at = _write(log, at, _about(f"number {head.number}, hash {head.hash}"), "cut")
            at = _write(log, at, event)
            # In place and not by renaming, which costs a hundred times as much and fails on a full
            # disk: these bytes lie in one sector, and a signal cannot split one call for them.
            os.pwrite(head_file, b"%020d %s\n" % (at.number, at.hash.encode("ascii")), 0)
            return at

    def snapshot(self) -> Snapshot:
        """Return size and head as they belong together; nothing is made or changed.

        Raises
        ------
        InputProblem
            There is no log here, or it cannot be read.
        """
        try:
            if not self.file.exists() and not self.head_file.exists():
                raise InputProblem(str(self.folder), nl=NO_LOG.nl, en=NO_LOG.en)
            with self._between_lines():
                size = self.file.stat().st_size if self.file.exists() else 0
                return Snapshot(size, self._head())
        except OSError as error:
            raise cannot_be_read(self.folder, error) from error

    def oldest_first(self, size: int) -> Iterator[bytes]:
        """Yield each line of the first `size` bytes; of what has no newline, pieces."""
        if size == 0:
            return
        with self.file.open("rb") as log:
            while size > 0 and (raw := log.readline(min(size, MAX_LINE))):
                size -= len(raw)
                yield raw

    def newest_first(self, size: int) -> Iterator[bytes]:
        """Yield each line of the first `size` bytes, the last one first."""
        if size == 0:
            return
        with self.file.open("rb") as log:
            for raw, _ in _backwards(log.fileno(), size):
                yield raw

    @contextmanager
    def _writing(self) -> Iterator[tuple[int, int]]:
        """Yield handles of log and head while nobody else has them.

        All are opened anew each time: a lock that a fork or a thread shares keeps nobody out.
        """
        opened: list[int] = []
        try:
            try:
                opened.append(_open(self._lock_file, os.O_RDWR))
            except FileNotFoundError:
                self.folder.mkdir(mode=0o700, exist_ok=True)
                opened.append(_open(self._lock_file, os.O_RDWR))
            fcntl.flock(opened[0], fcntl.LOCK_EX)
            opened.append(_open(self.file, os.O_RDWR | os.O_APPEND))
            opened.append(_open(self.head_file, os.O_RDWR))
            yield opened[1], opened[2]
        finally:
            for handle in reversed(opened):
                os.close(handle)

    @contextmanager
    def _between_lines(self) -> Iterator[None]:
        """Wait until nobody is in the midst of a line; a copy without a lock has no writer."""
        try:
            lock = os.open(self._lock_file, os.O_RDONLY)
        except FileNotFoundError:
            yield
            return
        try:
            fcntl.flock(lock, fcntl.LOCK_SH)
            yield
        finally:
            os.close(lock)

    def _head(self) -> Mark:
        try:
            handle = os.open(self.head_file, os.O_RDONLY)
        except FileNotFoundError:
            return START
        try:
            return _read_head(handle)
        finally:
            os.close(handle)

    def _end(self, log: int, size: int, head: Mark) -> tuple[Mark, int, bool]:
        """Return the place of the last whole line, where it ends, and whether the head fits."""
        marks: list[Mark] = []
        end = 0
        for raw, stop in _backwards(log, size):
            if size - stop > SEARCHED:
                if not marks:
                    raise InputProblem(str(self.file), nl=NO_LINE_AT_END.nl, en=NO_LINE_AT_END.en)
                break
            line = parse(raw)
            if line is None:
                continue
            end = end if marks else stop
            marks.append(line.mark)
            if line.mark.number <= head.number or len(marks) > LAG:
                break
        else:
            marks.append(START)
        return marks[0], end, head in marks


def torn_text(rest: bytes) -> str:
    """Return what a line of kind ``torn`` says of the bytes before it."""
    return torn_said(len(rest), hashlib.sha256(rest).hexdigest())


def torn_said(count: int, digest: str) -> str:
    """Return the same from their count and hash."""
    return f"{count} bytes, sha256 {digest}"


def now() -> str:
    """Return the time as lines have it."""
    return utc(datetime.now(UTC))


def utc(moment: datetime) -> str:
    """Return a time with a zone as lines have it, so that text sorts as time does.

    Examples
    --------
    >>> utc(datetime.fromisoformat("2026-03-01T10:00:00+01:00"))
    '2026-03-01T09:00:00.000Z'
    """
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _about(which: str) -> AccessEvent:
    return AccessEvent(who="", role="", what="audit", allowed=True, which=which)


def _open(path: Path, flags: int) -> int:
    return os.open(path, flags | os.O_CREAT, 0o600)


def _write(log: int, after: Mark, event: AccessEvent, kind: Kind = "event", before: bytes = b"") -> Mark:
    raw, mark = seal(after, now(), event, kind)
    left = memoryview(before + raw)
    while left:
        left = left[os.write(log, left) :]
    return mark


def _finish(log: int, size: int) -> int:
    """Give a line of which a killed process wrote all but the newline its newline, and return the size."""
    if size == 0 or os.pread(log, 1, size - 1) == b"\n":
        return size
    raw, _ = next(_backwards(log, size))
    return size if parse(raw + b"\n") is None else size + os.write(log, b"\n")


def _read_head(handle: int) -> Mark:
    """Read the head; one that is not there or not readable is as if nothing was ever written."""
    found = _HEAD.fullmatch(os.pread(handle, 200, 0))
    return Mark(int(found[1]), found[2].decode("ascii")) if found else START


def _backwards(handle: int, size: int) -> Iterator[tuple[bytes, int]]:
    """Yield each line and where it ends, from the end; of what has no newline, pieces."""
    block, most = _BLOCKS
    start = stop = size
    kept = b""
    while start > 0:
        step = min(block, start)
        start -= step
        pieces = io.BytesIO(os.pread(handle, step, start) + kept).readlines()
        if not pieces:  # somebody made the file shorter meanwhile
            return
        kept, *lines = pieces
        for raw in reversed(lines):
            yield raw, stop
            stop -= len(raw)
        if len(kept) > MAX_LINE:
            yield kept, stop
            stop, kept = start, b""
        block = min(2 * block, most)
    if kept:
        yield kept, stop
