"""Changing the ``family.yaml`` of a folder: one at a time, and never over what somebody else changed meanwhile."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from vib.family.model import ClipEntry, Family
from vib.family.reading import FILE, read_family
from vib.family.writing import write_family
from vib.problem import InputProblem

Change = Callable[[Family], Family]


class ChangedMeanwhile(InputProblem):
    """Somebody else changed the family since it was read."""


def stamp_of(folder: Path) -> str:
    """Return what a ``family.yaml`` is known again by: it is another after each change.

    Raises
    ------
    OSError
        It cannot be read.
    """
    return hashlib.sha256((folder / FILE).read_bytes()).hexdigest()[:16]


def change_family(folder: Path, change: Change, *, stamp: str | None = None) -> tuple[Family, Family]:
    """Change a family; return it as it was and as it is.

    Parameters
    ----------
    change : callable
        From the family as it is now to what it is to be. What it raises leaves everything as it was.
    stamp : str or None
        Of the ``family.yaml`` that the change was thought of for; None for whatever is there.

    Raises
    ------
    ChangedMeanwhile
        Another was written since then.
    InputProblem
        The family cannot be read, or would not fit together.
    OSError
        It cannot be written.
    """
    with _alone(folder):
        if stamp is not None and stamp_of(folder) != stamp:
            raise ChangedMeanwhile(
                FILE,
                nl="iemand anders heeft dit gezin intussen veranderd; bekijk het opnieuw en verander het dan",
                en="somebody else changed this family meanwhile; look at it again and change it then",
            )
        before = read_family(folder)
        after = change(before)
        if after != before:
            write_family(folder, after)
        return before, after


def add_clips(folder: Path, files: Sequence[str]) -> bool:
    """List recordings that came to lie in a folder, where its ``family.yaml`` lists clips; tell whether any was added.

    Raises
    ------
    InputProblem
        The family cannot be read.
    OSError
        It cannot be written.
    """

    def listed(family: Family) -> Family:
        if family.clips is None:
            return family
        there = {file for clip in family.clips for file in clip.files}
        new = tuple(ClipEntry(file=file) for file in dict.fromkeys(files) if file not in there)
        return family.model_copy(update={"clips": (*family.clips, *new)})

    before, after = change_family(folder, listed)
    return after != before


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until nobody else changes this family; the system lets go when a process dies."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
