"""Families that were changed by browser, and whose tasks are to follow: notes that the server leaves for the worker.

A note is an empty file below the folder of the intake. Each has a name of its own, so that a change that comes
while the one before is followed is not lost.
"""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from vib.sending import sync_folder

FOLDER = "changed"
BETWEEN = "@"
"""Between a pseudonym, which never has it, and what makes the name its own."""


def leave_note(intake: Path, pseudonym: str) -> None:
    """Note that a family was changed."""
    folder = intake / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / f"{pseudonym}{BETWEEN}{uuid4().hex}").touch(mode=0o600)
    sync_folder(folder)


def notes(intake: Path) -> dict[str, list[Path]]:
    """Return the notes of each family that was changed and not followed yet."""
    found: dict[str, list[Path]] = {}
    for path in sorted((intake / FOLDER).glob(f"*{BETWEEN}*")):
        found.setdefault(path.name.partition(BETWEEN)[0], []).append(path)
    return found
