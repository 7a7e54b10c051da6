"""What somebody has to code together, what of it is left, and about how long that takes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import final

from vib.coding_round import CodingRound
from vib.roles import Part

SLOWEST = 60.0
"""Times as long as a clip: who took longer left the page open meanwhile, which tells nothing of their pace."""


@final
@dataclass(frozen=True, slots=True)
class Clip:
    """A clip to code.

    Parameters
    ----------
    seconds : float or None
        How long it lasts; None where that is not known.
    """

    task: int
    name: str
    seconds: float | None


@final
@dataclass(frozen=True, slots=True)
class Portion:
    """The clips of a round, or of a project, for one who codes them.

    Parameters
    ----------
    clips : tuple of Clip
        In the order in which they are offered.
    submitted : frozenset of int
        Tasks of which they submitted codes.
    put_off : frozenset of int
        Tasks that they skipped or put off: those come last.
    round : CodingRound or None
        None for a project that is coded without a round.
    """

    title: str
    project: int
    clips: tuple[Clip, ...]
    submitted: frozenset[int]
    put_off: frozenset[int] = frozenset()
    round: CodingRound | None = None

    @property
    def is_open(self) -> bool:
        """Whether this is a round that was opened."""
        return self.round is not None and self.round.opened is not None

    @property
    def leads(self) -> bool:
        """Whether they lead this round, and code as a reference."""
        return self.round is not None and self.round.part is Part.SUPERVISOR

    @property
    def done(self) -> int:
        """How many clips they submitted."""
        return sum(clip.task in self.submitted for clip in self.clips)

    @property
    def left(self) -> tuple[Clip, ...]:
        """The clips that they have still to submit; none of a round that was opened."""
        if self.is_open:
            return ()
        left = (clip for clip in self.clips if clip.task not in self.submitted)
        return tuple(sorted(left, key=lambda clip: clip.task in self.put_off))

    def has(self, task: int) -> bool:
        """Tell whether a task is in it."""
        return any(clip.task == task for clip in self.clips)


def pace_of(codings: Iterable[tuple[float | None, float | None]]) -> float | None:
    """Return how many seconds somebody takes for one of a clip, None where nothing tells.

    Parameters
    ----------
    codings : Iterable of tuple
        Of each clip that they submitted: how long they took, and how long it lasts, in seconds.

    Examples
    --------
    >>> pace_of([(600, 100), (50_000, 100), (400, 100), (None, 80)])
    5.0
    """
    known = (took / lasts for took, lasts in codings if took and lasts)
    return median(found) if (found := [pace for pace in known if pace <= SLOWEST]) else None


def length_of_all(clips: Iterable[Clip]) -> float | None:
    """Return how many seconds clips last together; None where of one of them that is not known.

    Examples
    --------
    >>> length_of_all([Clip(1, "a", 40.0), Clip(2, "b", 20.0)]), length_of_all([Clip(3, "c", None)])
    (60.0, None)
    """
    lengths = [clip.seconds for clip in clips]
    known = [one for one in lengths if one is not None]
    return sum(known) if known and len(known) == len(lengths) else None
