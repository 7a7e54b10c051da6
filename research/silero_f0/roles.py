"""Who speaks in a stretch of speech, child or adult, from how high the voice is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import final

import numpy as np
from numpy.typing import NDArray

from research.silero_f0.pitch import HOP, Floats
from research.silero_f0.speech import Stretch, mean_probability
from vib.segmenting import Actor, Turn


@final
@dataclass(frozen=True, slots=True)
class RoleRules:
    """How pitch tells child from adult.

    Parameters
    ----------
    threshold : float
        F0 in Hz between the two. 245 was fitted on read speech of children of 6 to 12.
    margin : float
        Semitones around the threshold in which the actor stays unknown.
    min_voiced : float
        Seconds of voice without which the actor stays unknown.
    min_part : float
        Seconds that a voice must last on the other side of the threshold to be a second
        speaker in the same stretch.
    """

    threshold: float = 245.0
    margin: float = 0.5
    min_voiced: float = 0.08
    min_part: float = 0.4


def label(stretch: Stretch, probabilities: NDArray[np.float32], track: Floats, rules: RoleRules) -> list[Turn]:
    """Return the turns in one stretch of speech, several if speakers follow one another at once.

    Parameters
    ----------
    stretch : Stretch
        Where somebody speaks.
    probabilities : ndarray
        Probability of speech of the whole file, one each `speech.STEP`.
    track : ndarray
        F0 of the whole file, one each `pitch.HOP`.
    rules : RoleRules
        How to decide.
    """
    return [_turn(part, probabilities, track, rules) for part in _parts(stretch, track, rules)]


def confidence(probability: float, semitones: float) -> float:
    """Return how much to believe a turn, from 0 to 1.

    It grows with the probability of speech and with the distance of the voice from the
    threshold. It orders turns by doubt; it is not calibrated, so 0.8 does not mean that
    eight in ten are right.

    Examples
    --------
    >>> round(confidence(1.0, 0.0), 2), round(confidence(1.0, 6.0), 2)
    (0.5, 0.88)
    """
    return probability / (1 + math.exp(-abs(semitones) / 3))


def _turn(part: Stretch, probabilities: NDArray[np.float32], track: Floats, rules: RoleRules) -> Turn:
    voiced = _voiced(part, track)
    speech = mean_probability(probabilities, part)
    actor: Actor = "onbekend"
    distance = 0.0
    if len(voiced) * HOP >= rules.min_voiced:
        distance = 12 * math.log2(float(np.median(track[voiced])) / rules.threshold)
        if abs(distance) >= rules.margin:
            actor = "kind" if distance > 0 else "volwassene"
    known = distance if actor != "onbekend" else 0.0
    return Turn(part.start, part.end, actor, confidence(speech, known))


def _parts(stretch: Stretch, track: Floats, rules: RoleRules) -> list[Stretch]:
    """Cut a stretch where the voice crosses the threshold and stays there."""
    voiced = _voiced(stretch, track)
    runs = _runs(track[voiced] > rules.threshold, max(1, round(rules.min_part / HOP)))
    cuts = [float(voiced[first - 1] + voiced[first]) / 2 * HOP for first, _ in runs[1:]]
    edges = [stretch.start, *cuts, stretch.end]
    return [Stretch(a, b) for a, b in pairwise(edges)]


def _runs(high: NDArray[np.bool_], shortest: int) -> list[tuple[int, int]]:
    """Return first and end of runs of equal values, after runs that are too short have joined.

    The shortest run goes first: it takes the value around it, until all that are left are
    long enough.

    Examples
    --------
    >>> _runs(np.array([1, 1, 1, 0, 1, 1, 0, 0, 0], dtype=bool), 3)
    [(0, 6), (6, 9)]
    """
    edges = [0, *(np.flatnonzero(np.diff(high)) + 1).tolist(), len(high)]
    while len(edges) > 2:
        lengths = np.diff(edges)
        weakest = int(lengths.argmin())
        if lengths[weakest] >= shortest:
            break
        # A run at the end of the stretch has one neighbour, so one edge goes; between two
        # neighbours both edges go, as those have the same value.
        if weakest == 0:
            del edges[1]
        elif weakest == len(lengths) - 1:
            del edges[-2]
        else:
            del edges[weakest : weakest + 2]
    return list(pairwise(edges))


def _voiced(stretch: Stretch, track: Floats) -> NDArray[np.intp]:
    """Return the indices of the frames in a stretch that have a pitch."""
    first = max(0, math.ceil(stretch.start / HOP))
    inside = track[first : max(first, math.floor(stretch.end / HOP) + 1)]
    return np.flatnonzero(~np.isnan(inside)) + first
