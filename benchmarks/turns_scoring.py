"""How the turns of one file compare with exact truth: pure functions from turns to counts. Times are seconds."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from backend_ml.turns.rules import TurnRules, turns_of
from vib.segmenting import Actor, Turn

FRAME = 0.01
TOLERANCE = 0.5
ROLES: tuple[Actor, ...] = ("kind", "volwassene")

Truth = Literal["joined", "answered", "rows"]
"""What a turn is in the truth; see `truth_turns`."""

Turns = Sequence[Turn]
Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]


@final
@dataclass(frozen=True, slots=True)
class Errors:
    """Seconds of each kind of error, and of all that was due; sums of these are scores of several files."""

    due: float = 0.0
    missed: float = 0.0
    false_alarm: float = 0.0
    confused: float = 0.0

    @property
    def rate(self) -> float:
        """Errors to what was due; not a number if nothing was."""
        return ratio(self.missed + self.false_alarm + self.confused, self.due)


@final
@dataclass(frozen=True, slots=True)
class Matches:
    """How many were due, how many were given, and how many of these are the same."""

    due: int = 0
    given: int = 0
    right: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of recall and precision; not a number if there is nothing."""
        return ratio(2 * self.right, self.due + self.given)


def truth_turns(rows: Turns, kind: Truth, rules: TurnRules) -> tuple[Turn, ...]:
    """Return the turns that are due, in order of onset.

    Parameters
    ----------
    rows : sequence of Turn
        Who speaks when, as written down; rows of one actor may overlap, as two children do.
    kind : {"joined", "answered", "rows"}
        ``joined``: an actor who pauses no longer than the gap keeps the turn, whoever speaks
        meanwhile. ``answered``: only while nobody else acts. ``rows``: as
        they are, but for overlaps within one actor.
    rules : TurnRules
        Gap and least length; rows have none of either.
    """
    if kind == "answered":
        return turns_of(rows, replace(rules, answers_end=True))
    gap, least = (rules.merge_gap, rules.min_length) if kind == "joined" else (0.0, 0.0)
    each = [turn for actor in {row.actor for row in rows} for turn in _joined(of_actor(rows, actor), gap)]
    long = (turn for turn in each if round(turn.end - turn.start, 6) >= least)
    return tuple(sorted(long, key=lambda turn: (turn.start, turn.end, turn.actor)))


def detection_errors(rows: Turns, found: Turns, duration: float) -> Errors:
    """Return when somebody speaks, right and wrong, over frames of 10 ms and without a collar."""
    middles = _frames(duration, rows, found)
    due, given = _inside(rows, middles), _inside(found, middles)
    missed, false_alarm = (due & ~given).sum(), (given & ~due).sum()
    return Errors(float(due.sum()) * FRAME, float(missed) * FRAME, float(false_alarm) * FRAME)


def role_errors(rows: Turns, found: Turns, duration: float, collar: float = 0.0) -> Errors:
    """Return the parts of the role DER: right roles at the right times, overlap included.

    It is the identification error rate of pyannote.metrics: names are not permuted, and an
    actor without a role is one who is never right. Time is exact. Two people of one role who
    speak at once are one due.

    Parameters
    ----------
    rows, found : sequence of Turn
        What is due and what was given.
    duration : float
        Where the file ends; turns may pass it.
    collar : float
        Time before and after each start and end due that is not scored.
    """
    due = {actor: truth_turns(of_actor(rows, actor), "rows", TurnRules()) for actor in ROLES}
    given = {actor: of_actor(found, actor) for actor in (*ROLES, "onbekend")}
    ends = [end for turns in due.values() for turn in turns for end in (turn.start, turn.end)]
    near = [(end - collar, end + collar) for end in ends] if collar else []
    # The last of all ends is the file's, or that of a turn that passes it.
    last = max([duration, *ends, *(turn.end for turn in found)])
    edges = np.unique([0.0, last, *ends, *(e for t in found for e in (t.start, t.end)), *(e for n in near for e in n)])
    edges = edges[(edges >= 0) & (edges <= last)]
    middles = (edges[1:] + edges[:-1]) / 2
    seconds = np.diff(edges) * ~_covered(near, middles)
    wanted = {actor: _inside(turns, middles) for actor, turns in due.items()}
    said = {actor: _inside(turns, middles) for actor, turns in given.items()}
    n_wanted = np.sum(list(wanted.values()), axis=0)
    n_said = np.sum(list(said.values()), axis=0)
    n_right = np.sum([wanted[actor] & said[actor] for actor in ROLES], axis=0)
    return Errors(
        float(seconds @ n_wanted),
        float(seconds @ np.maximum(n_wanted - n_said, 0)),
        float(seconds @ np.maximum(n_said - n_wanted, 0)),
        float(seconds @ (np.minimum(n_wanted, n_said) - n_right)),
    )


def role_frames(rows: Turns, found: Turns, duration: float) -> Matches:
    """Compare frames in which one role is due and one actor, who may be unknown, is given."""
    middles = _frames(duration, rows, found)
    child, adult = (_inside(of_actor(rows, actor), middles) for actor in ROLES)
    said_child, said_adult, unknown = (_inside(of_actor(found, actor), middles) for actor in (*ROLES, "onbekend"))
    one = (child ^ adult) & (said_child.astype(int) + said_adult + unknown == 1)
    return Matches(int(one.sum()), int((one & ~unknown).sum()), int((one & (child == said_child) & ~unknown).sum()))


def boundary_matches(due: Turns, given: Turns, tolerance: float = TOLERANCE) -> Matches:
    """Match starts with starts and ends with ends, one to one, whoever acts."""
    right = sum(
        _pairs(sorted(getattr(t, end) for t in due), sorted(getattr(t, end) for t in given), tolerance)
        for end in ("start", "end")
    )
    return Matches(2 * len(due), 2 * len(given), right)


def right_turns(due: Turns, given: Turns, tolerance: float = TOLERANCE) -> Mask:
    """Tell which given turns are right: the role is, and both ends are within the tolerance.

    Each turn due is used once. Of the ways to match most turns, the one whose ends are
    nearest in sum is taken.
    """
    right = np.zeros(len(given), dtype=bool)
    for actor in ROLES:
        ours = [i for i, turn in enumerate(given) if turn.actor == actor]
        wanted = of_actor(due, actor)
        if not ours or not wanted:
            continue
        starts = np.abs(np.subtract.outer([given[i].start for i in ours], [t.start for t in wanted]))
        ends = np.abs(np.subtract.outer([given[i].end for i in ours], [t.end for t in wanted]))
        apart = np.round(np.maximum(starts, ends), 6)
        # A pair is worth more than any nearness of all pairs together.
        worth = np.where(apart <= tolerance, -(tolerance * 2 * len(ours) + 1) + apart, 0.0)
        for row, column in zip(*linear_sum_assignment(worth), strict=True):
            right[ours[row]] = apart[row, column] <= tolerance
    return right


def ratio(part: float, whole: float) -> float:
    """Divide, with not a number for a part of nothing."""
    return float(part) / float(whole) if whole else math.nan


def of_actor(turns: Turns, actor: str) -> list[Turn]:
    """Return the turns of one actor."""
    return [turn for turn in turns if turn.actor == actor]


def _joined(turns: Turns, gap: float) -> Iterator[Turn]:
    """Join turns of one actor over pauses no longer than a gap."""
    ordered = sorted(turns, key=lambda turn: (turn.start, turn.end))
    if not ordered:
        return
    start, end = ordered[0].start, ordered[0].end
    for turn in ordered[1:]:
        if round(turn.start - end, 6) <= gap:
            end = max(end, turn.end)
        else:
            yield Turn(start, end, turn.actor, 1.0)
            start, end = turn.start, turn.end
    yield Turn(start, end, ordered[0].actor, 1.0)


def _frames(duration: float, *turns: Turns) -> Numbers:
    """Return the middles of all frames, up to the last end of all."""
    last = max([duration, *(turn.end for each in turns for turn in each)])
    return np.asarray((np.arange(math.ceil(round(last / FRAME, 6))) + 0.5) * FRAME, dtype=float)


def _inside(turns: Turns, times: Numbers) -> Mask:
    return _covered([(turn.start, turn.end) for turn in turns], times)


def _covered(stretches: Iterable[tuple[float, float]], times: Numbers) -> Mask:
    """Tell which times, in order, are in one stretch or more."""
    change = np.zeros(len(times) + 1, dtype=int)
    for start, end in stretches:
        first, after = np.searchsorted(times, [start, end])
        change[first] += 1
        change[after] -= 1
    return np.cumsum(change[:-1]) > 0


def _pairs(due: Sequence[float], given: Sequence[float], tolerance: float) -> int:
    """Return how many times can be paired, one to one, that are no further apart than a tolerance.

    Both are in order, so pairing the first two that fit loses nothing.
    """
    at = right = 0
    for time in due:
        while at < len(given) and round(time - given[at], 6) > tolerance:
            at += 1
        if at < len(given) and round(given[at] - time, 6) <= tolerance:
            at += 1
            right += 1
    return right
