"""Opening a file below a folder by a name that somebody else chose."""

from __future__ import annotations

import errno
import os
import stat
from io import FileIO
from pathlib import Path

_FOLDER = os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC
# Without waiting: opening a pipe would wait for who writes into it.
_FILE = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC

_NOT_THERE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.ENXIO, errno.ENODEV, errno.EACCES}


def open_below(root: Path, name: str) -> FileIO:
    r"""Open a plain file below a folder for reading.

    A file has one name only: no empty or hidden part, no ``..``, no backslash, and no link
    anywhere on the way. So what was checked about a name holds for the file.

    Parameters
    ----------
    root : Path
        The folder. It may itself be a link.
    name : str
        Parts with one slash between them.

    Raises
    ------
    FileNotFoundError
        There is no such file, or it is not a plain one.
    """
    parts = name.split("/")
    if any(not part or part.startswith(".") or "\\" in part for part in parts):
        raise FileNotFoundError(errno.ENOENT, "not a plain name")
    try:
        handle = _walk(root, parts)
    except OSError as error:
        if error.errno in _NOT_THERE:
            raise FileNotFoundError(errno.ENOENT, "no such file") from error
        raise
    except ValueError as error:  # NUL, or what is no Unicode
        raise FileNotFoundError(errno.ENOENT, "not a name") from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise FileNotFoundError(errno.ENOENT, "not a plain file")
    return FileIO(handle)


def _walk(root: Path, parts: list[str]) -> int:
    """Open part by part, each from the folder before it: nobody can put a link in between meanwhile."""
    folder = os.open(root, _FOLDER)
    try:
        for part in parts[:-1]:
            below = os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=folder)
            os.close(folder)
            folder = below
        return os.open(parts[-1], _FILE | os.O_NOFOLLOW, dir_fd=folder)
    finally:
        os.close(folder)
