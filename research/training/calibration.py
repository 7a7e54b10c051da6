"""How sure a turn is: the weights of `backend_ml.turns.confidence`, fitted on speakers that nothing learnt from.

That takes a network of its own, which learnt without one fold of speakers. The calibration holds for
constructed conversations; how well it does elsewhere has to be measured there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast, final

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel
from scipy.optimize import linear_sum_assignment

from backend_ml.turns.confidence import signs_of
from backend_ml.turns.deciding import ActivityRules, activity_of, decide, steadied
from backend_ml.turns.head import RoleHead, VoiceKernel
from backend_ml.turns.network import HEARD, ActivityNetwork
from backend_ml.turns.rules import TurnRules
from backend_ml.weights.install import Say
from research.training.conversations import Conversation
from research.training.examples import Listeners, hear
from research.training.logistic import chance_of, fit_logistic
from vib.language import Text
from vib.problem import InputProblem
from vib.segmenting import Turn

TOLERANCE = 0.5
"""Seconds by which each end of a turn may differ from the truth."""

BINS = 10

Numbers = NDArray[np.float64]

Draw = Callable[[int], tuple[Conversation, VoiceKernel]]
"""Gives a conversation by number, and a kernel that heard nobody in it."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Turns that were found, and whether they are right.

    Parameters
    ----------
    signs : ndarray, shape (turns, signs)
        What `signs_of` says of each.
    right : ndarray of bool, shape (turns,)
    conversation : ndarray of int, shape (turns,)
        In which each was found.
    """

    signs: Numbers
    right: NDArray[np.bool_]
    conversation: NDArray[np.intp]


@final
class Confidence(BaseModel):
    """What was fitted.

    Parameters
    ----------
    weights : tuple of float
        For `backend_ml.turns.confidence.WEIGHTS`.
    turns : int
    right : float
        Part of the turns that are right.
    error : float
        Calibration error, each half of the conversations by weights fitted on the other.
    """

    weights: tuple[float, ...]
    turns: int
    right: float
    error: float


def judge(draw: Draw, count: int, listeners: Listeners, network: ActivityNetwork, say: Say) -> Judged:
    """Cut so many conversations into turns as the product does, and compare them with the truth."""
    activity, rules = ActivityRules(), TurnRules()
    signs: list[tuple[float, ...]] = []
    right: list[bool] = []
    found_in: list[int] = []
    for number in range(count):
        conversation, kernel = draw(number)
        evidence = hear(conversation.samples, listeners, network.hears)
        head = cast(RoleHead, kernel)
        chances = steadied(activity_of(evidence, head, network), evidence.frames[:, HEARD], activity)
        turns = decide(evidence, head, network, activity, rules)
        for turn, is_right in zip(turns, right_turns(turns, conversation.turns(rules)), strict=True):
            if turn.actor != "onbekend":
                signs.append(signs_of(turn, turns, chances))
                right.append(is_right)
                found_in.append(number)
        if (number + 1) % 10 == 0:
            say(Text(nl=f"zekerheid: {number + 1}/{count}", en=f"confidence: {number + 1}/{count}"))
    return Judged(np.array(signs, dtype=np.float64), np.array(right, dtype=bool), np.array(found_in, dtype=np.intp))


def calibrate(judged: Judged) -> Confidence:
    """Fit the weights of confidence.

    Raises
    ------
    InputProblem
        No turn is right, or all are: there is nothing to tell apart.
    """
    if judged.right.all() or not judged.right.any():
        raise InputProblem(
            "",
            nl=f"van {len(judged.right)} beurten is geen enkele goed, of elke; train langer (--hours, --minutes)",
            en=f"of {len(judged.right)} turns none is right, or all; train for longer (--hours, --minutes)",
        )
    chances = np.zeros(len(judged.right))
    for half in (0, 1):
        out = judged.conversation % 2 == half
        chances[out] = chance_of(judged.signs[out], fit_logistic(judged.signs[~out], judged.right[~out]))
    weights = fit_logistic(judged.signs, judged.right)
    return Confidence(
        weights=tuple(round(float(weight), 4) for weight in weights),
        turns=len(judged.right),
        right=round(float(judged.right.mean()), 4),
        error=round(calibration_error(chances, judged.right), 4),
    )


def right_turns(turns: Sequence[Turn], truth: Sequence[Turn]) -> list[bool]:
    """Return which turns have the actor and both ends of one in the truth, each of these counting once."""
    if not turns or not truth:
        return [False] * len(turns)
    same = np.array([[_is_same(turn, due) for due in truth] for turn in turns])
    rows, columns = linear_sum_assignment(same, maximize=True)
    right = np.zeros(len(turns), dtype=bool)
    right[rows] = same[rows, columns]
    return [bool(is_right) for is_right in right]


def calibration_error(chances: Numbers, right: NDArray[np.bool_]) -> float:
    """Return by how much confidence differs from being right, over bins of equally many turns."""
    bins = np.array_split(np.argsort(chances, kind="stable"), BINS)
    differences = [abs(chances[rows].mean() - right[rows].mean()) * len(rows) for rows in bins if len(rows)]
    return float(sum(differences) / len(chances))


def _is_same(turn: Turn, due: Turn) -> bool:
    near = abs(turn.start - due.start) <= TOLERANCE and abs(turn.end - due.end) <= TOLERANCE
    return near and turn.actor == due.actor
