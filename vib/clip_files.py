"""The files of a clip: beside one another below the media folder, each by the clip's id with its own ending."""

from __future__ import annotations

from pathlib import Path

from vib.peaks import OVERVIEW, PEAKS

PICTURE = ".mp4"
SOUND = ".m4a"
LOOK = ".look.json"
TIME = ".time.json"

ENDINGS = (PICTURE, SOUND, LOOK, TIME, PEAKS, OVERVIEW)
"""Of all that is made of a recording."""


def clip_file(media_root: Path, clip: str, ending: str) -> Path:
    """Return one file of a clip, whether it is there or not.

    Examples
    --------
    >>> clip_file(Path("media"), "F-1/2026-03-01.avond", LOOK).as_posix()
    'media/F-1/2026-03-01.avond.look.json'
    """
    return media_root / f"{clip}{ending}"


def clip_files(media_root: Path, clip: str) -> tuple[Path, ...]:
    """Return every file that a clip may have."""
    return tuple(clip_file(media_root, clip, ending) for ending in ENDINGS)
