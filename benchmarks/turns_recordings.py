"""Recordings with exact truth: folders of sound and RTTM, and the demo's clips."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

from vib.segmenting import Actor, Turn
from vib.settings import ROOT

SOUNDS = (".flac", ".wav", ".mp3", ".m4a", ".ogg", ".opus", ".mp4", ".mkv", ".webm", ".mov")


class WrongInput(Exception):
    """What was given cannot be measured, and why."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording and who speaks in it when; without roles, all speakers are `onbekend`."""

    name: str
    path: Path
    rows: tuple[Turn, ...]
    has_roles: bool


def recordings_of(folder: Path) -> list[Recording]:
    """Return the recordings that have an RTTM file next to them, by name.

    Raises
    ------
    WrongInput
        There are none, an RTTM file has no recording, or cannot be read.
    """
    beside = {path.stem: path for path in sorted(folder.glob("*")) if path.suffix.lower() in SOUNDS}
    found = []
    for rttm in sorted(folder.glob("*.rttm")):
        if rttm.stem not in beside:
            raise WrongInput(f"{rttm}: there is no recording of this name next to it")
        rows, has_roles = read_rttm(rttm)
        found.append(Recording(rttm.stem, beside[rttm.stem], rows, has_roles))
    if not found:
        raise WrongInput(f"{folder}: there is no RTTM file here")
    return found


def read_rttm(path: Path) -> tuple[tuple[Turn, ...], bool]:
    """Return who speaks when, and whether the file says who is a child.

    Raises
    ------
    WrongInput
        A line is not RTTM, or only some of the speakers have a role.
    """
    rows: list[tuple[float, float, str]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        parts = line.split()
        if not parts or parts[0] != "SPEAKER":
            continue
        try:
            start, length, speaker = float(parts[3]), float(parts[4]), parts[7]
        except (IndexError, ValueError):
            raise WrongInput(f"{path}:{number}: this is no RTTM: {line[:80]!r}") from None
        if not (math.isfinite(start) and math.isfinite(length) and start >= 0 and length >= 0):
            raise WrongInput(f"{path}:{number}: the times must be numbers of 0 or more")
        # Rounded, so that what follows at once is not a hair away.
        rows.append((start, round(start + length, 6), speaker))
    actors: dict[str, Actor] = {"CHI": "kind", "ADU": "volwassene"}
    roles = [actors.get(speaker.partition(":")[0]) for *_, speaker in rows]
    if any(roles) and not all(roles):
        raise WrongInput(f"{path}: some speakers have a role (CHI:... or ADU:...) and some have not")
    turns = tuple(
        Turn(start, end, role or "onbekend", 1.0)
        for (start, end, _), role in zip(rows, roles, strict=True)
        if end > start
    )
    return turns, any(roles)


def demo_recordings(demo: Path = ROOT / "demo") -> list[Recording]:
    """Return the demo's clips with their exact turns.

    Raises
    ------
    WrongInput
        The clips are not there.
    """
    found = []
    for truth in sorted(demo.glob("turns/*/*.json")):
        clip = demo / "families" / truth.parent.name / f"{truth.stem}.mp4"
        if clip.is_file():
            turns = json.loads(truth.read_text(encoding="utf-8"))["turns"]
            rows = tuple(Turn(t["start"], t["end"], t["actor"], 1.0) for t in turns)
            found.append(Recording(f"{truth.parent.name}/{truth.stem}", clip, rows, True))
    if not found:
        raise WrongInput("the demo's clips are not there; scripts/up --setup-only makes them ready, or name a folder")
    return found
