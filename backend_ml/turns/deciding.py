"""From evidence to turns: who acts from when to when, and how sure that is. Pure: nothing is listened to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from backend_ml.turns.confidence import confidence_of
from backend_ml.turns.evidence import Evidence
from backend_ml.turns.head import RoleHead
from backend_ml.turns.network import HEARD, ActivityNetwork
from backend_ml.turns.rules import TurnRules, turns_of
from backend_ml.turns.signals import FIRST_STEP, STEP, Floats
from backend_ml.turns.speakers import agreed, along_steps, offset_of, speakers_of
from vib.segmenting import Actor, Turn

VOICE_SCALE = 0.3
"""What the network was trained to see log-odds of voices multiplied by."""


@final
@dataclass(frozen=True, slots=True)
class ActivityRules:
    """How probabilities of acting become stretches.

    Parameters
    ----------
    heard : float
        Where segmentation-3.0 hears speech with a lower probability than this, nobody is likely to act.
    even : float
        Probabilities are evened out over so many seconds.
    on, off : float
        A stretch has a probability of `on` somewhere, and of `off` throughout.
    min_silence : float
        Shorter pauses do not end a stretch. Seconds.
    min_length : float
        Shorter stretches are left out. Seconds.
    speech, someone : float
        Where segmentation-3.0 hears speech with a probability of `speech`, and child and adult
        together reach `someone`, somebody acts even if neither reaches `on`.
    likelier, unclear : float
        It is the likelier of the two if that has the share `likelier` of both together, or if the
        stretch is shorter than `unclear` seconds: often the end of a turn. Else it is unknown.
    """

    heard: float = 0.15
    even: float = 0.3
    on: float = 0.6
    off: float = 0.4
    min_silence: float = 0.2
    min_length: float = 0.15
    speech: float = 0.7
    someone: float = 0.1
    likelier: float = 0.6
    unclear: float = 0.5


def activity_of(evidence: Evidence, head: RoleHead, network: ActivityNetwork) -> Floats:
    """Return the probability that a child, and that an adult, acts at each step, shape (steps, 2)."""
    heard = evidence.frames[:, :HEARD].astype(np.float32)
    alone = head.logits(evidence.voices)
    together = agreed(alone, speakers_of(evidence.voices))
    values = np.stack([alone, together]) - offset_of(together)
    voices = along_steps(values, evidence.starts, evidence.ends, len(heard))
    voices[:2] *= VOICE_SCALE
    if not len(heard):
        return np.zeros((0, 2), dtype=np.float32)
    logits = network.decides.in_portions(np.concatenate([heard, voices.T], axis=1))
    return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)


def decide(
    evidence: Evidence, head: RoleHead, network: ActivityNetwork, activity: ActivityRules, rules: TurnRules
) -> tuple[Turn, ...]:
    """Return the turns of a clip, in order of onset."""
    speech = evidence.frames[:, HEARD]
    chances = steadied(activity_of(evidence, head, network), speech, activity)
    turns = turns_in(chances, speech, evidence.duration, activity, rules)
    return tuple(confidence_of(turn, turns, chances) for turn in turns)


def steadied(chances: Floats, speech: NDArray[np.floating], rules: ActivityRules) -> Floats:
    """Return probabilities of acting that are low where nobody is heard, and evened out.

    The network knows noise from simulations only; segmentation-3.0 knows that of rooms and streets.

    Parameters
    ----------
    chances : ndarray, shape (steps, 2)
    speech : ndarray, shape (steps,)
        Probability that anybody speaks.
    rules : ActivityRules
    """
    audible = chances * np.clip(speech.astype(np.float32) / rules.heard, 0, 1)[:, None]
    return np.asarray(uniform_filter1d(audible, round(rules.even / STEP), axis=0, mode="nearest"))


def turns_in(
    chances: Floats, speech: NDArray[np.floating], duration: float, activity: ActivityRules, rules: TurnRules
) -> tuple[Turn, ...]:
    """Return the turns that probabilities of acting make, all with confidence 1.

    Parameters
    ----------
    chances : ndarray, shape (steps, 2)
        Probability that a child, and that an adult, acts.
    speech : ndarray, shape (steps,)
        Probability that anybody speaks, whoever it is.
    duration : float
        Seconds; nothing passes it.
    """
    stretches = [Turn(*ends, "kind", 1.0) for ends in _stretches(chances[:, 0], activity)]
    stretches += [Turn(*ends, "volwassene", 1.0) for ends in _stretches(chances[:, 1], activity)]
    stretches += _somebody(chances, speech, stretches, activity)
    within = [_within(turn, duration) for turn in stretches]
    return turns_of((turn for turn in within if turn.end > turn.start), rules)


def _stretches(chance: Floats, rules: ActivityRules) -> Iterator[tuple[float, float]]:
    """Yield start and end of each stretch in which one role acts."""
    runs = _runs(chance >= rules.off)
    begun: list[list[float]] = []
    for first, last in runs:
        if chance[first:last].max() < rules.on:
            continue
        start, end = _edge(first), _edge(last)
        if begun and start - begun[-1][1] < rules.min_silence:
            begun[-1][1] = end
        else:
            begun.append([start, end])
    yield from ((start, end) for start, end in begun if end - start >= rules.min_length)


def _somebody(chances: Floats, speech: NDArray[np.floating], known: list[Turn], rules: ActivityRules) -> list[Turn]:
    """Return the stretches in which somebody acts, but neither clearly a child nor clearly an adult."""
    free = (speech >= rules.speech) & (chances.sum(axis=1) >= rules.someone)
    for turn in known:
        free[_step(turn.start) : _step(turn.end)] = False
    found = [(first, last) for first, last in _runs(free) if (last - first) * STEP >= 2 * rules.min_length]
    return [Turn(_edge(first), _edge(last), _likelier(chances[first:last], rules), 1.0) for first, last in found]


def _likelier(chances: Floats, rules: ActivityRules) -> Actor:
    child, adult = chances.sum(axis=0) / chances.sum()
    if max(child, adult) < rules.likelier and len(chances) * STEP >= rules.unclear:
        return "onbekend"
    return "kind" if child > adult else "volwassene"


def _runs(holds: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return first and end of each run in which something holds."""
    changes = np.flatnonzero(np.diff(np.concatenate([[False], holds, [False]]).astype(np.int8)))
    return [(int(first), int(last)) for first, last in zip(changes[0::2], changes[1::2], strict=True)]


def _edge(step: int) -> float:
    """Return the time at which a step begins."""
    return FIRST_STEP + (step - 0.5) * STEP


def _step(time: float) -> int:
    return max(0, round((time - FIRST_STEP) / STEP + 0.5))


def _within(turn: Turn, duration: float) -> Turn:
    """Round to milliseconds, inside the clip."""
    end = min(round(max(0.0, turn.end), 3), round(duration, 3))
    return Turn(min(max(0.0, round(turn.start, 3)), end), end, turn.actor, turn.confidence)
