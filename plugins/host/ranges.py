"""Parts of files, as RFC 9110 (section 14) wants them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import SEEK_CUR, SEEK_END, SEEK_SET, FileIO, RawIOBase
from typing import final

CHUNK = 64 * 1024
"""Most bytes of a file that are in memory at a time."""


def byte_range(header: str | None, size: int) -> range | None:
    """Return the bytes that a Range header asks for.

    None stands for the whole file: there is no header, or one that is to be ignored, as one with
    several ranges may be. An empty range stands for one that cannot be satisfied (416).

    Examples
    --------
    >>> byte_range("bytes=0-99", 1000), byte_range("bytes=-10", 1000), byte_range("bytes=2000-", 1000)
    (range(0, 100), range(990, 1000), range(0, 0))
    >>> byte_range("bytes=0-1,5-6", 1000), byte_range("bytes=9-3", 1000)
    (None, None)
    """
    found = re.fullmatch(r"bytes=([0-9]{0,19})-([0-9]{0,19})", (header or "").strip(), re.IGNORECASE)
    if found is None or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        # The last bytes of an empty file are there, but no Content-Range can say so.
        return (range(max(0, size - int(last)), size) or None) if int(last) else range(0)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(size, int(last) + 1 if last else size)) or range(0)


def still_meant(if_range: str | None, etag: str, modified: str) -> bool:
    """Tell whether a Range counts: If-Range is absent, or names the very version that there is.

    Examples
    --------
    >>> now = "Sun, 01 Mar 2026 10:00:00 GMT"
    >>> still_meant(None, '"a"', now), still_meant('"a"', '"a"', now), still_meant(now, '"a"', now)
    (True, True, True)
    >>> still_meant('W/"a"', '"a"', now), still_meant('"b"', '"a"', now)
    (False, False)
    """
    return if_range is None or if_range.strip() in (etag, modified)


@final
class Part(RawIOBase):
    """A part of an open file, as a file of its own; closes the file when it is closed, read or not.

    A server that is given a file sends it piece by piece while it serves others; what is iterated over
    would keep a worker busy for as long as the reader takes.
    """

    def __init__(self, file: FileIO, wanted: range) -> None:
        self._file = file
        self._wanted = wanted
        file.seek(wanted.start)

    def read(self, size: int = -1) -> bytes:
        """Read so many bytes, or what is left."""
        left = max(0, self._wanted.stop - self._file.tell())
        return self._file.read(left if size < 0 else min(size, left))

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """Return the place within the part."""
        return self._file.tell() - self._wanted.start

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        """Go to a place within the part."""
        base = {SEEK_SET: 0, SEEK_CUR: self.tell(), SEEK_END: len(self._wanted)}[whence]
        self._file.seek(self._wanted.start + base + offset)
        return self.tell()

    def __iter__(self) -> Iterator[bytes]:
        # Pieces, and no lines.
        return iter(lambda: self.read(CHUNK), b"")

    def close(self) -> None:
        """Close the file; the server calls this when it is done, or when the client went away."""
        self._file.close()
        super().close()
