"""The folder of recordings: who the speakers are, what they said, and who is kept apart from whom."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, final

import numpy as np
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from backend_ml.turns.audio import Samples, stream
from backend_ml.turns.limits import Limits
from vib.media import MediaProblem, probe
from vib.problem import InputProblem
from vib.unreadable import cannot_be_read
from vib.validation import first_problem

FOLDS = 4
"""Groups of speakers: what is said of one was learnt from the others."""

ENDINGS = (".flac", ".wav")

SPEAKERS_FILE = "speakers.json"

MAX_SPEAKERS_BYTES = 10_000_000

LIMITS = Limits(max_seconds=120.0, work_seconds=60.0)
"""Of one utterance."""


@final
class Speaker(BaseModel):
    """Who speaks. Fields of other names are left alone."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    age: float | None = None
    gender: Literal["m", "f"] | None = None
    child: bool


_SPEAKERS: TypeAdapter[dict[str, Speaker]] = TypeAdapter(dict[str, Speaker])


@final
@dataclass(frozen=True, slots=True)
class Corpus:
    """Recordings of one speaker each.

    Parameters
    ----------
    speakers : mapping of str to Speaker
        In order of name; each has recordings.
    files : mapping of str to tuple of Path
        The recordings of each speaker, in order of name.
    digest : str
        SHA-256 of what was said of the speakers, and of names and sizes of the recordings.
    """

    speakers: Mapping[str, Speaker]
    files: Mapping[str, tuple[Path, ...]]
    digest: str


def read_corpus(folder: Path) -> Corpus:
    """Look at a folder ``<speaker>/<utterance>.flac`` (or ``.wav``) with `SPEAKERS_FILE`.

    Speakers in that file without a folder are left out.

    Raises
    ------
    InputProblem
        The folder or the file cannot be read, a speaker is not in the file, or there are too few speakers.
    """
    about = folder / SPEAKERS_FILE
    try:
        content = about.read_bytes()[: MAX_SPEAKERS_BYTES + 1]
        named = {path.name: path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")}
        files = {name: _recordings(named[name]) for name in sorted(named)}
    except OSError as error:
        raise cannot_be_read(error.filename or about, error) from error
    known = _speakers(about, content)
    files = {name: found for name, found in files.items() if found}
    for name in files:
        if name not in known:
            raise InputProblem(
                f"{about}: {name}",
                nl="van deze spreker staat hier niets; vul aan met age, gender en child",
                en="nothing is said of this speaker; add age, gender and child",
            )
    speakers = {name: known[name] for name in files}
    _enough(folder, speakers)
    digest = hashlib.sha256(content)
    for path in (path for found in files.values() for path in found):
        digest.update(f"\n{path.relative_to(folder)} {path.stat().st_size}".encode())
    return Corpus(speakers, files, digest.hexdigest())


def folds_of(speakers: Mapping[str, Speaker], seed: int) -> dict[str, int]:
    """Divide speakers over `FOLDS` groups, each with about as many children, women and men."""
    rng = np.random.default_rng([seed, 0])
    folds: dict[str, int] = {}
    children = sorted(name for name, speaker in speakers.items() if speaker.child)
    men = sorted(name for name, speaker in speakers.items() if not speaker.child and speaker.gender == "m")
    women = sorted(set(speakers) - set(children) - set(men))
    # Men go on counting where women stop, so that each fold has adults as soon as there are enough.
    for group in ([children], [women, men]):
        shuffled = [part[n] for part in group for n in rng.permutation(len(part))]
        folds |= {name: n % FOLDS for n, name in enumerate(shuffled)}
    return folds


def read_sound(path: Path) -> Samples:
    """Return the samples of an utterance, as the product would hear it.

    Raises
    ------
    MediaProblem
        The file cannot be read, has no sound, or is too long.
    """
    info = probe(path)
    if info.audio is None:
        raise MediaProblem(str(path), nl="er zit geen geluid in", en="there is no sound in it")
    parts = list(stream(path, info, LIMITS))
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int16)


def _recordings(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS and path.is_file()))


def _speakers(about: Path, content: bytes) -> dict[str, Speaker]:
    if len(content) > MAX_SPEAKERS_BYTES:
        raise InputProblem(str(about), nl="dit bestand is te groot", en="this file is too large")
    try:
        return _SPEAKERS.validate_json(content)
    except ValidationError as error:
        raise first_problem(error, str(about), show=True) from error


def _enough(folder: Path, speakers: Mapping[str, Speaker]) -> None:
    children = sum(speaker.child for speaker in speakers.values())
    adults = len(speakers) - children
    if min(children, adults) < FOLDS:
        raise InputProblem(
            str(folder),
            nl=f"opnamen van {children} kinderen en {adults} volwassenen; van elk zijn er minstens {FOLDS} nodig",
            en=f"recordings of {children} children and {adults} adults; at least {FOLDS} of each are needed",
        )
