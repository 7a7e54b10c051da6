"""What a queue is to those who put clips in it, and which one an installation has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from backend_ml.config import Config
from backend_ml.jobs.job import Asked, Figures
from vib.job import Job, State


class Queue(Protocol):
    """Clips that wait, are worked on or are finished. Threads and processes may share one."""

    errors: tuple[type[Exception], ...]
    """What methods raise when the queue cannot be reached."""

    def submit(self, asked: Sequence[Asked], *, urgent: bool = False) -> list[Job]:
        """Ask for the turns of clips, and return how far each is.

        What is queued or being worked on already is not asked for twice; what failed or was
        given up stays so. A task that is named again gets the turns of the clip it has now.

        Parameters
        ----------
        urgent : bool
            Somebody waits for them.
        """
        ...

    def listed(self, project: int | None = None, clip: str | None = None, state: State | None = None) -> list[Job]:
        """List what was asked for, one for each task, oldest first; `state="dead"` is the dead-letter list."""
        ...

    def retry(self, project: int | None = None, clip: str | None = None) -> int:
        """Put what failed or was given up in the queue again, and return how many that are."""
        ...

    def figures(self) -> Figures:
        """Return the queue in numbers."""
        ...

    def count(self, name: str, amount: float = 1.0) -> None:
        """Add to one of the totals of `backend_ml.metrics`."""
        ...


def open_queue(config: Config) -> Queue:
    """Return the queue that the settings name: in Redis, else in a file."""
    if config.redis_url is None:
        from backend_ml.jobs.sqlite_queue import SqliteQueue

        return SqliteQueue(config)
    from backend_ml.jobs.redis_queue import RedisQueue

    return RedisQueue(config)
