"""How sure a turn is: the probability that the actor is right and both ends are within half a second.

A logistic regression on what the probabilities of acting look like in and around the turn, fitted
on 2,878 turns of simulated conversations of speakers that nothing had learnt from. These are harder
than what is recorded: the constant was then fitted on 439 turns of constructed conversations. What
it is worth on others is in `docs/reference/turns-measured.md`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from backend_ml.turns.sight import Presence
from backend_ml.turns.signals import FIRST_STEP, STEP, Floats
from vib.segmenting import Turn

AROUND = 8
"""Steps on each side of an end at which the probabilities are looked at: 0.27 s."""

UNKNOWN = 0.25
"""At most so sure of a turn without a known actor, which is never right in all."""

AT_A_CUT = 0.8
"""What the confidence of a turn with a cut inside it is multiplied by; chosen, not measured."""

WEIGHTS = (0.34, 0.1, 1.59, 0.15, 0.89, -0.65, 0.64, -2.91)
"""Of a constant and of `signs_of`, in order."""


def confidence_of(turn: Turn, turns: Sequence[Turn], chances: Floats) -> Turn:
    """Return a turn with its confidence.

    Parameters
    ----------
    turn : Turn
    turns : sequence of Turn
        All of the clip.
    chances : ndarray, shape (steps, 2)
        Probability that a child, and that an adult, acts.
    """
    if turn.actor == "onbekend":
        return replace(turn, confidence=UNKNOWN)
    total = WEIGHTS[0] + sum(w * sign for w, sign in zip(WEIGHTS[1:], signs_of(turn, turns, chances), strict=True))
    return replace(turn, confidence=round(1 / (1 + math.exp(-total)), 4))


def seen(turn: Turn, picture: Presence) -> Turn:
    """Return a turn with what the picture does to its confidence: a cut inside it makes it doubtful.

    Where a recording was stopped and begun again, sound on both sides may be of different moments.
    Faces and motion change nothing yet: that would have to be measured on real homes first.
    """
    return replace(turn, confidence=round(turn.confidence * AT_A_CUT, 4)) if picture.cut else turn


def signs_of(turn: Turn, turns: Sequence[Turn], chances: Floats) -> tuple[float, ...]:
    """Return what tells how sure a turn is.

    Returns
    -------
    tuple of float
        How likely its actor acts, in the mean; how much likelier than the other; how sharp its
        start and its end are; the logarithm of its length; how much the other acts meanwhile;
        and how near the next and last turn of the same actor are.
    """
    own = 0 if turn.actor == "kind" else 1
    first = max(0, round((turn.start - FIRST_STEP) / STEP + 0.5))
    last = max(first + 1, round((turn.end - FIRST_STEP) / STEP + 0.5))
    mine, other = chances[first:last, own], chances[first:last, 1 - own]
    if not len(mine):
        return (0.0,) * (len(WEIGHTS) - 1)
    gaps = [
        min(abs(t.start - turn.end), abs(turn.start - t.end)) for t in turns if t.actor == turn.actor and t is not turn
    ]
    return (
        float(mine.mean()),
        float((mine - other).mean()),
        _sharpness(chances[:, own], first),
        _sharpness(chances[:, own], last),
        math.log(max(turn.end - turn.start, 0.05)),
        float((other > 0.5).mean()),
        math.exp(-min(gaps, default=9.0)),
    )


def _sharpness(chance: Floats, edge: int) -> float:
    """Return by how much a probability changes at an end of a turn."""
    before, after = chance[max(0, edge - AROUND) : edge], chance[edge : edge + AROUND]
    if not len(before) or not len(after):
        return 0.0
    return float(abs(np.mean(after) - np.mean(before)))
