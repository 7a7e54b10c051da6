"""Utterances with another pitch, another melody and a vocal tract of another length: voices that were not recorded.

Children's voices are made younger, and adults' livelier, as adults speak to young children.
"""

from __future__ import annotations

from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import final

import numpy as np
from numpy.typing import NDArray

from backend_ml.turns.audio import RATE, Samples
from backend_ml.turns.signals import Floats
from backend_ml.weights.install import Say
from research.training.bank import KINDS, Said, keep_said, to_sound
from research.training.extras import extra
from research.training.loudness import FRAME, trimmed
from research.training.speech import Corpus, Speaker, read_sound
from vib.language import Text

SHORTEST = 20 * FRAME
"""Samples: shorter utterances are not used."""

PERIOD = 5.0
"""Milliseconds between two frames of WORLD."""

Numbers = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True)
class Change:
    """What is done to a voice.

    Parameters
    ----------
    formants : float
        What formants are multiplied by; above 1 for a shorter vocal tract.
    pitch : float
        What the mean pitch is multiplied by.
    melody : float
        What distances in semitones from the mean pitch are multiplied by.
    """

    formants: float
    pitch: float
    melody: float


def change_of(child: bool, kind: int, rng: np.random.Generator) -> Change:
    """Draw a change: of kind 1 small, of kind 2 large."""
    if child:
        ranges = ((0.98, 1.12), (0.9, 1.25)) if kind == 1 else ((1.08, 1.28), (1.1, 1.6))
    else:
        ranges = ((0.93, 1.04), (0.85, 1.15) if kind == 1 else (1.15, 1.6))
    formants, pitch = (float(rng.uniform(*ends)) for ends in ranges)
    return Change(formants, pitch, float(rng.uniform(0.8, 1.8)))


def variants_of(samples: Samples, changes: tuple[Change, ...]) -> list[Samples]:
    """Return an utterance with each change made to its voice, by WORLD, equally long.

    Raises
    ------
    InputProblem
        pyworld is not installed.
    """
    world = extra("pyworld")
    sound = samples.astype(np.float64) / 32768
    rough, times = world.dio(sound, RATE, f0_ceil=600, frame_period=PERIOD)
    pitch = world.stonemask(sound, rough, times, RATE)
    envelope = world.cheaptrick(sound, pitch, times, RATE)
    breath = world.d4c(sound, pitch, times, RATE)
    voiced = pitch > 0
    mean = float(np.exp(np.log(pitch[voiced]).mean())) if voiced.any() else 200.0
    made = []
    for change in changes:
        sung = mean * change.pitch * (np.maximum(pitch, 1) / mean) ** change.melody
        wanted = np.where(voiced, np.clip(sung, 60, 900), 0.0)
        voice = world.synthesize(wanted, _stretched(envelope, change.formants), breath, RATE, PERIOD)[: len(sound)]
        made.append(_levelled(np.pad(voice, (0, len(sound) - len(voice))).astype(np.float32)))
    return made


def prepare(corpus: Corpus, folder: Path, seed: int, say: Say, *, processes: int | None = None) -> None:
    """Write the utterances and variants of each speaker, one file each; files that are there are left alone.

    Raises
    ------
    MediaProblem
        A recording cannot be read.
    InputProblem
        pyworld is not installed.
    """
    extra("pyworld")
    left = [name for name in corpus.speakers if not (folder / f"{name}.npz").exists()]
    if not left:
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for name in left:
            number = list(corpus.speakers).index(name)
            said = _said_by(corpus.speakers[name], corpus.files[name], [seed, 1, number], pool)
            keep_said(folder / f"{name}.npz", said)
            done = len(corpus.speakers) - len(left) + left.index(name) + 1
            say(Text(nl=f"stemmen: {done}/{len(corpus.speakers)}", en=f"voices: {done}/{len(corpus.speakers)}"))


def _said_by(speaker: Speaker, files: tuple[Path, ...], seed: list[int], pool: Executor) -> Said:
    rng = np.random.default_rng(seed)
    sounds = [sound for sound in map(read_sound, files) if len(sound) >= SHORTEST]
    changes = [tuple(change_of(speaker.child, kind, rng) for kind in range(1, KINDS)) for _ in sounds]
    made = list(pool.map(variants_of, sounds, changes))
    plain = [_levelled(sound.astype(np.float32)) for sound in sounds]
    kinds = [plain, *([variants[number] for variants in made] for number in range(KINDS - 1))]
    return tuple(tuple(_usable(kind)) for kind in kinds)


def _usable(sounds: list[Samples]) -> list[Samples]:
    found = [trimmed(to_sound(samples)) for samples in sounds]
    return [(sound * 32768).astype(np.int16) for sound in found if len(sound) >= SHORTEST]


def _levelled(sound: Floats) -> Samples:
    """Return a sound with its peak at half of what fits; silence stays silent."""
    peak = float(np.abs(sound).max(initial=0.0))
    return (sound * (0.5 * 32767 / peak if peak > 0 else 0.0)).astype(np.int16)


def _stretched(envelope: Numbers, ratio: float) -> Numbers:
    """Return a spectral envelope with its frequencies multiplied, shape (frames, bins)."""
    bins = envelope.shape[1]
    places = np.arange(bins) / ratio
    low = np.clip(places.astype(np.intp), 0, bins - 1)
    high = np.minimum(low + 1, bins - 1)
    part = places - low
    logarithms = np.log(envelope + 1e-16)
    mixed = logarithms[:, low] * (1 - part) + logarithms[:, high] * part
    return np.ascontiguousarray(np.exp(mixed))
