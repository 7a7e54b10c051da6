"""Simulated conversations of which it is known exactly who acts when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from backend_ml.turns.audio import RATE, Samples
from backend_ml.turns.rules import TurnRules, turns_of
from backend_ml.turns.signals import Floats
from research.training.bank import KINDS, Bank
from research.training.loudness import FRAME, speaks
from research.training.noises import Place, infant_of, noise_of, place_of
from vib.segmenting import Actor, Turn

LOUDNESS = 0.07
"""Root mean square of each utterance before it is heard somewhere."""

KIND_CHANCES = (0.7, 0.2, 0.1)
"""Of the voice as recorded, near it, and further from it."""

BRIEF = 1.0
"""Seconds: shorter utterances may be said while another goes on."""

INTERRUPTION = 2.0
"""Seconds for which one who interrupts speaks at most together with the one who is interrupted."""

ACTORS: tuple[Actor, ...] = ("kind", "volwassene")
"""Of the columns of `Conversation.acts`."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Conversation:
    """A simulated conversation.

    Parameters
    ----------
    samples : ndarray of int16
    acts : ndarray of bool, shape (frames, 2)
        Whether a child, and whether an adult, acts in each 10 ms.
    people : tuple of str
        Names of those who may speak in front; an infant has none.
    """

    samples: Samples
    acts: NDArray[np.bool_]
    people: tuple[str, ...]

    def turns(self, rules: TurnRules) -> tuple[Turn, ...]:
        """Return the turns that there are."""
        stretches = []
        for column, actor in enumerate(ACTORS):
            edges = np.flatnonzero(np.diff(np.concatenate([[False], self.acts[:, column], [False]]).astype(np.int8)))
            ends = zip(edges[0::2] / 100, edges[1::2] / 100, strict=True)
            stretches += [Turn(float(start), float(end), actor, 1.0) for start, end in ends]
        return turns_of(stretches, rules)


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Person:
    """Somebody in a conversation; without a name, an infant."""

    name: str | None
    child: bool
    kind: int
    place: Place
    gain: float

    def says(self, bank: Bank, brief: float, rng: np.random.Generator) -> Floats:
        """Draw an utterance; a part of them, `brief`, is cut to less than a second."""
        if self.name is None:
            sound = infant_of(rng)
        else:
            sound = bank.utterance(self.name, self.kind, rng)
            if rng.random() < brief:
                sound = _cut(sound, rng)
        return np.asarray(sound * (LOUDNESS / (np.sqrt((sound**2).mean()) + 1e-6)), dtype=np.float32)


def converse(bank: Bank, rng: np.random.Generator, seconds: float) -> Conversation:
    """Simulate a conversation.

    Parameters
    ----------
    bank : Bank
        Those who may take part, with at least a child and an adult.
    rng : Generator
        The same state gives the same conversation.
    seconds : float
    """
    people = _people(bank, rng)
    samples = int(RATE * seconds) // FRAME * FRAME
    # What an echo leaves after the end is cut off.
    sound = np.zeros(samples + 3 * RATE, dtype=np.float32)
    acts = np.zeros((samples // FRAME, 2), dtype=bool)
    now, last = rng.uniform(0.2, 2), None
    begun = now
    brief, interrupts = rng.uniform(0.15, 0.5), rng.uniform(0.1, 0.6)
    while now < seconds:
        person = people[rng.integers(len(people))]
        if person is last and rng.random() < 0.7:
            person = people[rng.integers(len(people))]
        said = person.says(bank, brief, rng)
        spoken = speaks(said)
        if last not in (None, person) and rng.random() < interrupts:
            # A word or two of one who listens falls anywhere in what they listen to.
            earliest = begun if len(said) < BRIEF * RATE else now - INTERRUPTION
            start = rng.uniform(min(earliest, now - 0.1), now - 0.1)
        else:
            start = now + _pause(rng)
        first = int(max(0.0, start) * 100)
        if first * FRAME + len(said) >= samples:
            break
        heard = person.place.heard(said) * person.gain * 10 ** (rng.uniform(-3, 3) / 20)
        room = sound[first * FRAME : first * FRAME + len(heard)]
        room += heard[: len(room)]
        acts[first : first + len(spoken), 0 if person.child else 1] |= spoken
        if first * FRAME / RATE + len(said) / RATE > now:
            begun, now = first * FRAME / RATE, first * FRAME / RATE + len(said) / RATE
            last = person
    mixed = _recorded(_with_noise(sound[:samples], acts, bank, rng), rng)
    names = tuple(person.name for person in people if person.name is not None)
    return Conversation((mixed * 32767).astype(np.int16), acts, names)


def _people(bank: Bank, rng: np.random.Generator) -> list[_Person]:
    """Draw who is there: mostly a child with one or two adults."""

    def one(names: list[str]) -> str:
        return names[rng.integers(len(names))]

    chance = rng.random()
    names: list[str | None]
    if chance < 0.30:
        names = [one(bank.children), one(bank.women)]
    elif chance < 0.45:
        names = [one(bank.children), one(bank.men)]
    elif chance < 0.62:
        names = [one(bank.children), one(bank.women), one(bank.men)]
    elif chance < 0.76:
        names = [one(bank.children), one(bank.children), one(bank.adults)]
    elif chance < 0.88:
        names = [None, one(bank.women), one(bank.men)]
    elif chance < 0.95:
        names = [one(bank.women), one(bank.adults)]
    else:
        names = [one(bank.children)]
    return [
        _Person(
            name,
            name is None or bank.speakers[name].child,
            int(rng.choice(KINDS, p=KIND_CHANCES)),
            place_of(rng),
            10 ** (rng.uniform(-5, 5) / 20),
        )
        for name in names
    ]


def _cut(sound: Floats, rng: np.random.Generator) -> Floats:
    """Return a short part of an utterance, its ends faded."""
    length = int(RATE * rng.uniform(0.35, 0.9))
    first = rng.integers(max(1, len(sound) - length))
    part = sound[first : first + length].copy()
    fade = np.linspace(0, 1, min(FRAME, len(part) // 4), dtype=np.float32)
    part[: len(fade)] *= fade
    part[len(part) - len(fade) :] *= fade[::-1]
    return part


def _pause(rng: np.random.Generator) -> float:
    """Draw the seconds until somebody speaks: mostly about half a second, sometimes long."""
    if rng.random() < 0.05:
        return float(rng.uniform(3, 7))
    return float(np.clip(np.exp(rng.normal(np.log(0.5), 0.6)), 0.1, 2.2))


def _with_noise(sound: Floats, acts: NDArray[np.bool_], bank: Bank, rng: np.random.Generator) -> Floats:
    """Add noise at 3 to 30 dB below the voices."""
    ratio = rng.uniform(3, 30)

    def talk(rng: np.random.Generator) -> Floats:
        names = list(bank.speakers)
        return bank.utterance(names[rng.integers(len(names))], 0, rng)

    noise = noise_of(len(sound), rng, talk)
    spoken = acts.any(axis=1)
    power = (sound.reshape(-1, FRAME) ** 2).mean(axis=1)[spoken].mean() if spoken.any() else 1e-3
    return np.asarray(sound + noise * np.sqrt(power * 10 ** (-ratio / 10)), dtype=np.float32)


def _recorded(sound: Floats, rng: np.random.Generator) -> Floats:
    """Return a sound as a microphone takes it: quiet or loud, and sometimes too loud."""
    level = 10 ** (rng.uniform(-25, 0) / 20) / (np.abs(sound).max() + 1e-9)
    if rng.random() < 0.2:
        level *= rng.uniform(1, 3)
    return np.asarray(np.clip(sound * level, -1, 1), dtype=np.float32)
