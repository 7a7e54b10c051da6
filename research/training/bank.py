"""What there is to make conversations of: trimmed utterances, as recorded and with another voice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import final

import numpy as np

from backend_ml.turns.audio import Samples
from backend_ml.turns.signals import Floats
from research.training.keeping import keep, kept
from research.training.speech import Corpus, Speaker
from vib.problem import InputProblem

KINDS = 3
"""Voices of each speaker: as recorded, near it, and further from it."""

Said = tuple[tuple[Samples, ...], ...]
"""Utterances of one speaker, by kind."""


@final
@dataclass(frozen=True, slots=True)
class Bank:
    """Utterances of several speakers.

    Parameters
    ----------
    speakers : mapping of str to Speaker
    said : mapping of str to Said
        Each speaker has at least one utterance as recorded.
    """

    speakers: Mapping[str, Speaker]
    said: Mapping[str, Said]

    @property
    def children(self) -> list[str]:
        """Names of the children."""
        return [name for name, speaker in self.speakers.items() if speaker.child]

    @property
    def adults(self) -> list[str]:
        """Names of the adults."""
        return [name for name, speaker in self.speakers.items() if not speaker.child]

    @property
    def men(self) -> list[str]:
        """Names of the men; of all adults if there are no men."""
        return [name for name in self.adults if self.speakers[name].gender == "m"] or self.adults

    @property
    def women(self) -> list[str]:
        """Names of the women; of all adults if there are no women."""
        return [name for name in self.adults if self.speakers[name].gender != "m"] or self.adults

    def only(self, names: Collection[str]) -> Bank:
        """Return the bank of some speakers."""
        return Bank({name: speaker for name, speaker in self.speakers.items() if name in names}, self.said)

    def utterance(self, name: str, kind: int, rng: np.random.Generator) -> Floats:
        """Return one utterance, from -1 to 1.

        Parameters
        ----------
        name : str
        kind : int
            As recorded where the speaker has none of this kind.
        rng : Generator
        """
        found = self.said[name][kind] or self.said[name][0]
        return to_sound(found[rng.integers(len(found))])


def to_sound(samples: Samples) -> Floats:
    """Return samples as numbers from -1 to 1."""
    return np.asarray(samples / 32768, dtype=np.float32)


def keep_said(path: Path, said: Said) -> None:
    """Write what one speaker said."""
    flat = [samples for kind in said for samples in kind]
    keep(
        path,
        {
            "samples": np.concatenate([np.zeros(0, dtype=np.int16), *flat]),
            "lengths": np.array([len(samples) for samples in flat], dtype=np.int64),
            "kinds": np.array([number for number, kind in enumerate(said) for _ in kind], dtype=np.int64),
        },
    )


def read_bank(folder: Path, corpus: Corpus) -> Bank:
    """Read what was prepared of all speakers.

    Raises
    ------
    InputProblem
        A file is damaged, or no voice was found in any recording of a speaker.
    """
    said = {name: _said(folder / f"{name}.npz") for name in corpus.speakers}
    for name, kinds in said.items():
        if not kinds[0]:
            raise InputProblem(
                str(corpus.files[name][0].parent),
                nl="in deze opnamen is geen stem gevonden",
                en="no voice was found in these recordings",
            )
    return Bank(corpus.speakers, said)


def _said(path: Path) -> Said:
    arrays = kept(path)
    samples = arrays["samples"].astype(np.int16, copy=False)
    pieces = np.split(samples, np.cumsum(arrays["lengths"])[:-1])
    kinds = arrays["kinds"]
    return tuple(tuple(piece for piece, of in zip(pieces, kinds, strict=False) if of == kind) for kind in range(KINDS))
