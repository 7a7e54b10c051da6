"""What a job is: a clip to cut, where its turns are to go, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self, final, get_args

from vib.language import Text

State = Literal["queued", "working", "done", "failed", "dead"]
"""`failed` is bad media, or a refusal of Label Studio; `dead` is given up after too many attempts."""

STATES: tuple[State, ...] = get_args(State)

LONGEST_DELAY = 3600.0


@final
@dataclass(frozen=True, slots=True)
class Work:
    """A clip to cut.

    Parameters
    ----------
    key : str
        Of the file as it is and the model's version; there is one job for each.
    address : str
        Of the media, as it stands in the task.
    clip : str
        What people know it by.
    version : str
        Of the model that is asked: that of the clip's family, if it has one. So a job names no family.
    """

    key: str
    address: str
    clip: str
    version: str


@final
@dataclass(frozen=True, slots=True)
class Destination:
    """A task of Label Studio that gets the turns, and the labelling interface of its project."""

    project: int
    task: int
    interface: str


@final
@dataclass(frozen=True, slots=True)
class Asked:
    """A clip that somebody wants the turns of.

    Parameters
    ----------
    destination : Destination or None
        Task that gets the turns when they are ready.
    turns : str or None
        Key of the turns when there are some already.
    """

    work: Work
    destination: Destination | None = None
    turns: str | None = None


@final
@dataclass(frozen=True, slots=True)
class Job:
    """How far a clip is, for one task or for nobody in particular.

    Parameters
    ----------
    progress : float
        Part done, from 0 to 1.
    reason : Text or None
        What went wrong, if anything did.
    position : int or None
        Place in the queue, from 1, of what is queued.
    """

    clip: str
    project: int | None
    task: int | None
    state: State
    progress: float
    reason: Text | None
    attempts: int
    position: int | None

    @classmethod
    def new(cls, asked: Asked) -> Self:
        """Return what was asked for a moment ago and nothing is known of."""
        to = asked.destination
        project, task = (None, None) if to is None else (to.project, to.task)
        return cls(asked.work.clip, project, task, "queued", 0.0, reason=None, attempts=0, position=None)

    def content(self) -> dict[str, Any]:
        """Return the JSON content."""
        return {
            "clip": self.clip,
            "project": self.project,
            "task": self.task,
            "state": self.state,
            "progress": round(self.progress, 3),
            "reason": None if self.reason is None else {"nl": self.reason.nl, "en": self.reason.en},
            "attempts": self.attempts,
            "position": self.position,
        }


@final
@dataclass(frozen=True, slots=True)
class Figures:
    """A queue in numbers.

    Parameters
    ----------
    states : mapping of State to int
        How many clips are in each.
    deliveries : int
        How many tasks wait for turns that are ready.
    oldest : float
        Seconds that the oldest clip in the queue has waited.
    workers : int
        How many workers gave a sign of life.
    totals : mapping of str to float
        What was counted since the queue was made.
    """

    states: Mapping[State, int]
    deliveries: int
    oldest: float
    workers: int
    totals: Mapping[str, float]


def delay(attempt: int, base: float, chance: float) -> float:
    """Return how many seconds to wait after an attempt that failed.

    Parameters
    ----------
    attempt : int
        Number of the attempt, from 1.
    base : float
        Seconds after the first.
    chance : float
        From 0 to 1; spreads what failed together.

    Examples
    --------
    >>> [delay(attempt, 15.0, 0.5) for attempt in (1, 2, 3, 9)]
    [15.0, 45.0, 135.0, 3600.0]
    """
    return min(base * 3.0 ** min(attempt - 1, 20), LONGEST_DELAY) * (0.75 + chance / 2)
