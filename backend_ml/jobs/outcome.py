"""What comes of work on a clip, and of offering its turns to Label Studio."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from vib.language import Text


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
