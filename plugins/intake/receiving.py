"""Taking a piece of a recording, so that what is said to have arrived is on the disk."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path
from typing import Protocol

from vib.language import Text
from vib.sending import InUse, Sending

from . import tus
from .tus import Checksum, Refused

BLOCK = 64 * 1024
"""Bytes that are in memory at a time."""

_ELSEWHERE = Text(
    nl="deze opname wordt nu ook van een andere kant gestuurd; probeer het zo weer",
    en="this recording is being sent from elsewhere too just now; try again in a moment",
)
_GONE = Text(nl="deze opname is weggegooid", en="this recording was thrown away")
_FULL = Text(
    nl="de schijf van de server is vol; wat aankwam is er nog, zeg het de beheerder",
    en="the server's disk is full; what arrived is still there, tell the administrator",
)


class Stream(Protocol):
    """What can be read piece by piece."""

    def read(self, size: int = ..., /) -> bytes:
        """Return at most so many bytes; none at the end."""


def receive(one: Sending, offset: int, announced: int, stream: Stream, checksum: Checksum | None) -> int:
    """Add a piece to a recording; return how many bytes of it are there then.

    What arrives of a piece that breaks off counts, unless it has a checksum.

    Parameters
    ----------
    offset : int
        Where the piece begins, in bytes.
    announced : int
        How long it is said to be, in bytes.

    Raises
    ------
    Refused
        It does not follow what is there, is longer than the recording, is not what its checksum says, somebody
        else writes, or there is no room.
    """
    try:
        with one.alone():
            if one.offset != offset:
                raise Refused(
                    409, Text(nl=f"er is {one.offset}, niet {offset}", en=f"{one.offset} is there, not {offset}")
                )
            if offset + announced > one.sent.length:
                raise Refused(413, Text(nl="dit is meer dan er gezegd was", en="this is more than was announced"))
            if checksum is not None:
                return _checked(one, stream, checksum)
            if announced:
                _append(one.body, stream, announced)
            return one.offset
    except InUse as error:
        raise Refused(423, _ELSEWHERE) from error
    except FileNotFoundError as error:
        raise Refused(404, _GONE) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Refused(507, _FULL) from error
        raise


def _checked(one: Sending, stream: Stream, checksum: Checksum) -> int:
    """Let a piece lie beside the others until it is here and what it is to be."""
    beside = one.folder / "piece"
    try:
        beside.unlink(missing_ok=True)
        beside.touch(mode=0o600)
        found = _append(beside, stream, one.sent.length - one.offset, hashlib.new(checksum.algorithm))
        if found != checksum.digest:
            raise Refused(
                tus.MISMATCH,
                Text(nl="dit stuk kwam anders aan dan het vertrok", en="this piece arrived other than it left"),
            )
        with beside.open("rb") as piece:
            _append(one.body, piece, beside.stat().st_size)
        return one.offset
    finally:
        beside.unlink(missing_ok=True)


def _append(path: Path, stream: Stream, most: int, digest: hashlib._Hash | None = None) -> bytes:
    """Add at most so many bytes to a file and see to it that they are on the disk; return what `digest` makes of it."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        while most > 0 and (block := stream.read(min(BLOCK, most))):
            left = memoryview(block)
            while left:
                left = left[os.write(handle, left) :]
            most -= len(block)
            if digest is not None:
                digest.update(block)
        os.fsync(handle)
    finally:
        os.close(handle)
    return b"" if digest is None else digest.digest()
