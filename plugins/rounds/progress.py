"""How far a round is: who submitted which clip when, who is behind, and what there is to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import final

from vib.coding_round import CodingRound

BEHIND = 2
"""Who submitted less than one in this many of what the furthest did, and this many clips fewer, is behind."""


@final
@dataclass(frozen=True, slots=True)
class Coder:
    """Somebody who codes in a round.

    Parameters
    ----------
    name : str
        What they are called as a rater.
    account : int
        Number of the account.
    submitted : Mapping[str, datetime]
        When they submitted each clip of the round that they did.
    """

    name: str
    account: int
    submitted: Mapping[str, datetime]

    @property
    def last(self) -> datetime | None:
        """When they last submitted a clip."""
        return max(self.submitted.values(), default=None)


@final
@dataclass(frozen=True, slots=True)
class Progress:
    """A round with what was submitted in it.

    Parameters
    ----------
    tasks : Mapping[str, int]
        The task of each clip that is in sight.
    coders : tuple of Coder
        Its raters by name; to a rater of a round that was not opened, only themselves.
    reference : Coder or None
        What its supervisor coded, where that is who looks.
    closed : frozenset of str
        Clips whose consent is over: nobody has to code these any more.
    """

    round: CodingRound
    tasks: Mapping[str, int]
    coders: tuple[Coder, ...]
    reference: Coder | None = None
    closed: frozenset[str] = frozenset()

    @property
    def clips(self) -> list[str]:
        """The clips that are handed out, by id."""
        return sorted(self.round.clips)

    @property
    def done(self) -> int:
        """How many codings were submitted."""
        return sum(len(coder.submitted) for coder in self.coders)

    @property
    def all(self) -> int:
        """How many codings there should be."""
        return len(self.round.clips) * len(self.coders)

    @property
    def complete(self) -> bool:
        """Whether everybody submitted everything."""
        return 0 < self.all == self.done

    @property
    def comparable(self) -> int:
        """How many clips at least two raters submitted."""
        return sum(len(self.submitted_by(clip)) > 1 for clip in self.round.clips)

    def left(self, coder: Coder) -> list[str]:
        """Return the clips that somebody has still to submit."""
        return [clip for clip in self.clips if clip not in coder.submitted and clip not in self.closed]

    def submitted_by(self, clip: str) -> list[tuple[str, datetime]]:
        """Return who submitted a clip and when, the first first."""
        found = [(coder.name, coder.submitted[clip]) for coder in self.coders if clip in coder.submitted]
        return sorted(found, key=lambda one: one[1])

    def missing(self, clip: str) -> list[str]:
        """Return who did not submit a clip."""
        return [coder.name for coder in self.coders if clip not in coder.submitted]

    def unfinished(self) -> list[Coder]:
        """Return who still has clips to submit; nobody once the round is open."""
        return [] if self.round.opened else [coder for coder in self.coders if self.left(coder)]

    def behind(self, today: date) -> list[Coder]:
        """Return who is behind: the last day has passed, or others are more than twice as far."""
        if self.round.due is not None and today > self.round.due:
            return self.unfinished()
        furthest = max((len(coder.submitted) for coder in self.coders), default=0)

        def far_behind(done: int) -> bool:
            return done * BEHIND < furthest and done + BEHIND <= furthest

        return [coder for coder in self.unfinished() if far_behind(len(coder.submitted))]
