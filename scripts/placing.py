"""A recording that arrived -> a file in its family's folder, under a name that is free there."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Collection
from itertools import count
from pathlib import Path

from vib.atomic import replacing
from vib.family import clip_name
from vib.library import content_hash
from vib.sending import Outcome, Sending, sync_folder

_NO_LINKS = {errno.EXDEV, errno.EPERM, errno.ENOTSUP, errno.EMLINK}
"""Another disk, or one that knows no second name for a file."""


def place(sending: Sending, folder: Path, sha256: str, used: Collection[str]) -> Outcome:
    """Let a recording lie in its family's folder; return where it is, as it is noted too.

    The name is noted before the file has it: who is killed in between finds it by its content.

    Parameters
    ----------
    sha256 : str
        Of what arrived.
    used : Collection of str
        Names of clips that the family has had.
    """
    outcome = sending.outcome
    if not (outcome.name and _is(folder / outcome.name, sending.body, sha256)):
        name = free_name(sending.sent.name, {*used, *(clip_name(path.name) for path in folder.iterdir())})
        outcome = outcome.model_copy(update={"stage": "placed", "name": name})
        sending.put(outcome)
        _move(sending.body, folder / name)
    sync_folder(folder)
    sending.body.unlink()
    return outcome


def free_name(wanted: str, used: Collection[str]) -> str:
    """Return a name for a file whose clip is called as no other is, whatever capitals it is written with.

    Examples
    --------
    >>> free_name("IMG_1.MOV", {"img_1", "IMG_1 (2)"})
    'IMG_1 (3).MOV'
    """
    taken = {name.casefold() for name in used}
    stem, suffix = os.path.splitext(wanted)
    names = (f"{stem} ({number}){suffix}" if number > 1 else wanted for number in count(1))
    return next(name for name in names if clip_name(name).casefold() not in taken)


def _is(target: Path, body: Path, sha256: str) -> bool:
    """Tell whether a file is what arrived: it was placed, and the other name stayed."""
    if not target.is_file():
        return False
    return target.samefile(body) or (target.stat().st_size == body.stat().st_size and content_hash(target) == sha256)


def _move(body: Path, target: Path) -> None:
    """Give a file a second name, without taking that of another; on another disk it is copied."""
    try:
        os.link(body, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        with replacing(target) as part:
            shutil.copyfile(body, part)
