"""Chapters of one recording, which are offered as one clip."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml

from vib.chapters import chapters
from vib.family import FILE, ClipEntry
from vib.media import MediaProblem, probe
from vib.problem import InputProblem

CLOSE = 1.5
"""Seconds between the end of one file and the beginning of the next, by their own clocks, within one recording."""

CLOSE_BY_DISK = 4.0
"""The same where only the times tell at which the files were written."""


def divided(folder: Path, entries: Sequence[ClipEntry]) -> list[tuple[str, ...]]:
    """Return which recordings are divided over several files of a family whose clips are not listed."""
    return chapters([entry.file for entry in entries], lambda one, other: _goes_on(folder / one, folder / other))


def offer(folder: Path, group: Sequence[str], entries: Sequence[ClipEntry]) -> InputProblem:
    """Say that files are chapters of one recording, with the line for family.yaml.

    Parameters
    ----------
    entries : sequence of ClipEntry
        All recordings of the family, as a list of clips leaves out what is not in it.
    """
    first, *rest = group
    clips = [
        {"file": entry.file, "join": rest} if entry.file == first else {"file": entry.file}
        for entry in entries
        if entry.file not in rest
    ]
    line = yaml.safe_dump({"clips": clips}, default_flow_style=True, width=1e9, allow_unicode=True).strip()[1:-1]
    named = ", ".join(rest)
    return InputProblem(
        str(folder / first),
        nl=f"gaat verder in {named}: samen één opname, waarvan nog geen clip gemaakt is. Zet in {FILE} (vib-family/2):"
        f" {line} en het wordt één clip; of zet elk bestand apart bij clips, en het wordt er een per bestand",
        en=f"goes on in {named}: one recording together, of which no clip was made yet. Put in {FILE} (vib-family/2):"
        f" {line} and it becomes one clip; or list each file on its own among clips, and there is one for each",
    )


def _goes_on(one: Path, other: Path) -> bool:
    """Tell whether a file goes on where another ends: by their own clocks, else by when they were written."""
    try:
        before, after = probe(one), probe(other)
        written = other.stat().st_mtime - one.stat().st_mtime
    except (MediaProblem, OSError):
        return False
    by_clock = after.start > CLOSE and abs(after.start - (before.start + before.duration)) <= CLOSE
    return by_clock or abs(written - after.duration) <= CLOSE_BY_DISK
