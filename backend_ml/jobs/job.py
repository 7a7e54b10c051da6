"""What the queue is given: a clip to cut, and where its turns are to go. How far it is, is a `vib.job.Job`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

from vib.job import Job, State

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

    @property
    def job(self) -> Job:
        """What is known of it as soon as it was asked for: nothing yet."""
        to = self.destination
        project, task = (None, None) if to is None else (to.project, to.task)
        return Job(clip=self.work.clip, project=project, task=task, state="queued")


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
