"""What comes of work on a clip, and of offering its turns to Label Studio."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

from backend_ml.metrics import WORK_BOUNDS
from vib.language import Text

log = logging.getLogger(__name__)


@final
@dataclass(frozen=True, slots=True)
class Cut:
    """There are turns.

    Parameters
    ----------
    turns : str
        Their key in the cache.
    media_seconds, work_seconds : float
        How long the clip is, and how long the work took.
    """

    turns: str
    media_seconds: float
    work_seconds: float

    def totals(self) -> Iterator[tuple[str, float]]:
        """Yield what it adds to which totals of `backend_ml.metrics`."""
        yield "finished.done", 1.0
        yield "media_seconds", self.media_seconds
        yield "work_seconds", self.work_seconds
        for bound in WORK_BOUNDS:
            if self.work_seconds <= bound:
                yield f"work_seconds.{bound:g}", 1.0


@final
@dataclass(frozen=True, slots=True)
class Problem:
    """It did not work out.

    Parameters
    ----------
    reason : Text
        Why; names no folder of the machine.
    passing : bool
        Whether another time it may work.
    gone : bool
        Whether the task that was to get the turns is not there any more.
    """

    reason: Text
    passing: bool
    gone: bool = False


def tell(what: str, problem: Problem, attempts: int, *, again: bool) -> None:
    """Log what did not work out, once however often it is tried again, and once more when it is given up.

    Parameters
    ----------
    what : str
        What was tried; names no clip.
    attempts : int
        How often it was tried so far.
    again : bool
        Whether it is tried again.
    """
    if not again:
        log.warning("%s: %s; given up after %d attempts", what, problem.reason.en, attempts)
    elif attempts <= 1:
        log.warning("%s: %s; it is tried again", what, problem.reason.en)
