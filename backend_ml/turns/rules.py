"""The coding manual's rules for what one turn is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import final

from vib.segmenting import Actor, Turn


@final
@dataclass(frozen=True, slots=True)
class TurnRules:
    """What a method calls one turn.

    Parameters
    ----------
    merge_gap : float
        An actor who pauses no longer than this keeps the turn. Seconds.
    min_length : float
        Anything shorter is no turn. Seconds.
    answers_end : bool
        Whether a pause ends the turn, however short, when somebody else acts in it.
    """

    merge_gap: float = 0.6
    min_length: float = 0.2
    answers_end: bool = False


def turns_of(stretches: Iterable[Turn], rules: TurnRules) -> tuple[Turn, ...]:
    """Return turns, in order of onset, made of labelled stretches in any order.

    Turns of one actor never overlap; those of different actors may. Applying the rules to
    their own result changes nothing.
    """
    turns = _in_order(stretches)
    while True:
        merged = _in_order(t for t in _merged(turns, rules) if _seconds(t.start, t.end) >= rules.min_length)
        # A turn that was too short may have kept its neighbours apart.
        if len(merged) == len(turns):
            return tuple(merged)
        turns = merged


def _merged(turns: list[Turn], rules: TurnRules) -> list[Turn]:
    done: list[Turn] = []
    latest: dict[Actor, int] = {}
    for turn in turns:
        at = latest.get(turn.actor)
        others = [done[i].end for actor, i in latest.items() if actor != turn.actor]
        if at is not None and _continues(done[at], turn, max(others, default=0.0), rules):
            done[at] = _joined(done[at], turn)
        else:
            latest[turn.actor] = len(done)
            done.append(turn)
    return done


def _continues(before: Turn, turn: Turn, others_until: float, rules: TurnRules) -> bool:
    if turn.start <= before.end:
        return True
    if rules.answers_end and others_until > before.end:
        return False
    return _seconds(before.end, turn.start) <= rules.merge_gap


def _joined(before: Turn, after: Turn) -> Turn:
    """Join two turns; how sure we are is weighed by their lengths."""
    a, b = before.end - before.start, after.end - after.start
    sure = (before.confidence * a + after.confidence * b) / (a + b) if a + b > 0 else before.confidence
    return replace(before, end=max(before.end, after.end), confidence=sure)


def _seconds(start: float, end: float) -> float:
    """Return a length without the noise of floats, so that 1.6 - 1.0 is no more than 0.6."""
    return round(end - start, 6)


def _in_order(turns: Iterable[Turn]) -> list[Turn]:
    return sorted(turns, key=lambda t: (t.start, t.end, t.actor))
