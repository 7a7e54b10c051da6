"""Speakers with synthetic voices: as a folder of recordings, and as a bank."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np

from research.training.bank import Bank, Said
from research.training.speech import Speaker
from tests.voices import speak, write_wav

CHILDREN, ADULTS = 4, 8


def speakers() -> dict[str, Speaker]:
    """Four children, four women and four men."""
    found = {f"c{n}": Speaker(age=7, gender="fm"[n % 2], child=True) for n in range(CHILDREN)}
    return found | {f"v{n}": Speaker(age=30, gender="fm"[n % 2], child=False) for n in range(ADULTS)}


def pitch_of(name: str) -> float:
    """Return the pitch of a speaker's voice in Hz."""
    number = int(name[1:])
    return (
        300.0 + 15 * number if name.startswith("c") else (190.0 + 4 * number if number % 2 == 0 else 100.0 + 4 * number)
    )


@cache
def bank() -> Bank:
    """Two utterances of each speaker, of one kind each."""
    said: dict[str, Said] = {}
    for name in speakers():
        sounds = tuple((speak(pitch_of(name), 1.2 + 0.4 * n, n) * 16_000).astype(np.int16) for n in range(2))
        said[name] = (sounds, (), ())
    return Bank(speakers(), said)


def write_folder(folder: Path, names: dict[str, Speaker] | None = None, utterances: int = 1) -> Path:
    """Write recordings of speakers, and what is to be known of them."""
    chosen = speakers() if names is None else names
    for name in chosen:
        (folder / name).mkdir(parents=True)
        for number in range(utterances):
            write_wav(folder / name / f"{number}.wav", np.pad(speak(pitch_of(name), 1.0, number), 3200))
    about = {name: speaker.model_dump() for name, speaker in chosen.items()}
    (folder / "speakers.json").write_text(json.dumps(about))
    return folder
