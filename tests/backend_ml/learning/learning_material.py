"""Made-up voices: a direction that tells children from adults, something of the speaker, and noise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend_ml.learning.examples import Examples
from backend_ml.learning.shipped import guard_of
from backend_ml.learning.store import Correction, HumanTurn
from backend_ml.turns.evidence import Evidence
from backend_ml.turns.head import RoleHead

DIMENSIONS = 192
ROLE = np.zeros(DIMENSIONS)
ROLE[0] = 1.0
HIDDEN = np.zeros(DIMENSIONS)
HIDDEN[1] = 1.0
"""A second sign of a child, which the shipped head does not know."""

WINDOW, STEP, TURN, WINDOWS = 1.2, 0.5, 4.0, 4

Voices = NDArray[np.float16]


@dataclass(frozen=True)
class Clip:
    """A clip with one child and one adult who take turns of four seconds."""

    correction: Correction
    evidence: Evidence


def key(number: int) -> str:
    """Return something that looks like a hash."""
    return f"{number:064x}"


def voices(child: bool, many: int, seed: int, *, role: float = 0.35, hidden: float = 0.0) -> Voices:
    """Return windows of one speaker; `role` and `hidden` say how clearly each sign is in the voice."""
    drawn = np.random.default_rng(seed)
    side = 1.0 if child else -1.0
    own = drawn.normal(0.0, 0.05, DIMENSIONS)
    heard = side * (role * ROLE + hidden * HIDDEN) + own + drawn.normal(0.0, 0.04, (many, DIMENSIONS))
    return (heard / np.linalg.norm(heard, axis=1, keepdims=True)).astype(np.float16)


@dataclass(frozen=True)
class Shipped:
    """A head that knows the first sign only."""

    bias: float = 0.0

    def logits(self, voices: NDArray[np.floating]) -> NDArray[np.float32]:
        """Return log-odds."""
        return np.asarray(8.0 * voices.astype(np.float32) @ ROLE.astype(np.float32) + self.bias, dtype=np.float32)


def said_by(head: RoleHead, heard: Voices) -> NDArray[np.float64]:
    """Return the log-odds of a head that was learnt on top of the one above."""
    return Shipped().logits(heard) + heard.astype(np.float64) @ head.weights + head.bias


def clip(number: int, family: int, turns: int = 10, *, seed: int = 0, wrong: bool = False, **signs: float) -> Clip:
    """Make a clip in which the turns are whose they should be, or with `wrong` the other's."""
    starts, heard, human = [], [], []
    own = {child: voices(child, turns * WINDOWS, 1000 * seed + 2 * family + child, **signs) for child in (True, False)}
    for turn in range(turns):
        child = turn % 2 == 0
        begin = turn * (TURN + 1.0)
        starts += [begin + STEP * window for window in range(WINDOWS)]
        # Each clip of a speaker has windows of its own.
        rows = np.arange(WINDOWS) + WINDOWS * turn
        heard.append(own[child][rows])
        human.append(HumanTurn(begin, begin + TURN, "kind" if child != wrong else "volwassene"))
    at = np.array(starts, dtype=np.float32)
    evidence = Evidence(
        turns * (TURN + 1.0),
        np.zeros((0, 1), dtype=np.float16),
        at,
        (at + WINDOW).astype(np.float32),
        np.concatenate(heard),
    )
    return Clip(Correction(f"annotation:{number}", key(number), key(family), tuple(human)), evidence)


def guard(seed: int = 77, speakers: int = 8, windows: int = 9, **signs: float) -> Examples:
    """Make a guard set of speakers who are in no clip."""
    child = [number % 2 == 0 for number in range(speakers)]
    heard = [voices(is_child, windows, seed + number, **signs) for number, is_child in enumerate(child)]
    together = np.concatenate(heard)
    speaker = np.repeat(np.arange(speakers), windows)
    return guard_of(together, Shipped().logits(together), np.repeat(child, windows), speaker)


def evidence_of(clips: Sequence[Clip]) -> dict[str, Evidence]:
    """Return the evidence of clips by their key."""
    return {made.correction.clip: made.evidence for made in clips}
