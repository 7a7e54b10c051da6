"""The file of a recording: within its family's folder, and at rest."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

from vib.library import Entry
from vib.media import PassingProblem
from vib.problem import InputProblem
from vib.unreadable import cannot_be_read, system_reason

STILL = 2.0
"""Seconds for which a recording must not have changed before it is taken."""


def file_of(source: Path, folder: Path) -> Path:
    """Return the file that a name stands for.

    Parameters
    ----------
    folder : Path
        The family's folder, without links: the file must lie in it.

    Raises
    ------
    InputProblem
        It is not there, or no file in that folder.
    """
    try:
        path = source.resolve(strict=True)
    except OSError as error:
        raise InputProblem(
            str(source),
            nl=f"is niet te openen ({system_reason(error).nl})",
            en=f"cannot be opened ({system_reason(error).en})",
        ) from error
    except RuntimeError as error:
        # How Python before 3.13 says that links go round.
        raise cannot_be_read(source, OSError(errno.ELOOP, os.strerror(errno.ELOOP))) from error
    if not path.is_relative_to(folder) or not path.is_file():
        raise InputProblem(
            str(source), nl="is geen bestand in deze gezinsmap", en="is not a file in this family's folder"
        )
    return path


def still(source: Path, path: Path) -> os.stat_result:
    """Return size and time of a recording that does not change; one that changed just now is looked at twice.

    Raises
    ------
    PassingProblem
        It changes.
    """
    stat = path.stat()
    age = time.time() - stat.st_mtime
    if 0 <= age < STILL:
        time.sleep(STILL - age)
        if differs(path.stat(), stat.st_size, stat.st_mtime_ns):
            raise _growing(source)
    return stat


def refuse_growth(source: Path, path: Path, entry: Entry) -> None:
    """Refuse for this time what became another file while it was read.

    Raises
    ------
    PassingProblem
        It is another than it was.
    """
    if differs(path.stat(), entry.size, entry.modified):
        raise _growing(source)


def differs(stat: os.stat_result, size: int, modified: int) -> bool:
    """Tell whether a file is another than that of this size and time."""
    return (stat.st_size, stat.st_mtime_ns) != (size, modified)


def _growing(source: Path) -> PassingProblem:
    return PassingProblem(
        str(source),
        nl="verandert nog, zoals bij kopiëren; voer dit opnieuw uit als dat klaar is",
        en="still changes, as while it is copied; run this again when that is done",
    )
