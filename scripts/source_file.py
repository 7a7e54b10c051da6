"""The file of a recording: within its family's folder, and at rest."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vib.library import Entry
from vib.media import PassingProblem
from vib.problem import InputProblem
from vib.unreadable import cannot_be_read, system_reason

STILL = 2.0
"""Seconds for which a recording must not have changed before it is taken."""


@dataclass(frozen=True, slots=True)
class State:
    """How large files are together, in bytes, and when the last of them was written, in nanoseconds since 1970."""

    size: int
    modified: int


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


def still(sources: Sequence[Path], paths: Sequence[Path]) -> State:
    """Return how recordings are that do not change; one that changed just now is looked at twice.

    Parameters
    ----------
    sources : Sequence[Path]
        What they are called.
    paths : Sequence[Path]
        Their files.

    Raises
    ------
    PassingProblem
        One of them changes.
    """
    for source, path in zip(sources, paths, strict=True):
        before = state_of([path])
        age = time.time() - before.modified / 1e9
        if 0 <= age < STILL:
            time.sleep(STILL - age)
            if state_of([path]) != before:
                raise _growing(source)
    return state_of(paths)


def state_of(paths: Sequence[Path]) -> State:
    """Return how large files are together, and when the last of them was written."""
    stats = [path.stat() for path in paths]
    return State(sum(stat.st_size for stat in stats), max(stat.st_mtime_ns for stat in stats))


def refuse_growth(source: Path, paths: Sequence[Path], entry: Entry) -> None:
    """Refuse for this time what became other files while they were read.

    Raises
    ------
    PassingProblem
        They are others than they were.
    """
    if differs(state_of(paths), entry):
        raise _growing(source)


def differs(state: State, entry: Entry) -> bool:
    """Tell whether files are others than those of which a clip was made."""
    return (state.size, state.modified) != (entry.size, entry.modified)


def _growing(source: Path) -> PassingProblem:
    return PassingProblem(
        str(source),
        nl="verandert nog, zoals bij kopiëren; voer dit opnieuw uit als dat klaar is",
        en="still changes, as while it is copied; run this again when that is done",
    )
