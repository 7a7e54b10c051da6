"""A round of blind coding: which clips, by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import final

from vib.observation import RaterSet
from vib.roles import Part


@final
@dataclass(frozen=True, slots=True)
class CodingRound:
    """Clips that several raters code without seeing each other's codes.

    Parameters
    ----------
    project : int
        Number of the project on the server.
    clips, raters : frozenset[str]
        Which clips are handed out, and to whom.
    supervisors : frozenset[str]
        Who leads the round; they may code too, as a reference.
    due : date or None
        The last day on which it is to be coded, None when that was not said. Nothing closes by itself.
    opened : datetime or None
        Since when the raters see each other's codes, None while it is blind.
    part : Part or None
        What the account that asked does in it; None where nobody asked. A rater of a blind round is told of no other
        member.
    """

    name: str
    project: int
    clips: frozenset[str]
    raters: frozenset[str]
    supervisors: frozenset[str] = frozenset()
    due: date | None = None
    opened: datetime | None = None
    part: Part | None = None

    def of(self, clips: Iterable[RaterSet]) -> tuple[RaterSet, ...]:
        """Return what the round's members coded of the round's clips.

        Examples
        --------
        >>> practice = CodingRound("oefenronde", 3, frozenset({"F-0001/a"}), frozenset({"anna"}))
        >>> [clip.clip for clip in practice.of([RaterSet("F-0001/a", 10, {}), RaterSet("F-0001/b", 10, {})])]
        ['F-0001/a']
        """
        members = self.raters | self.supervisors
        return tuple(
            replace(
                clip,
                timelines={rater: seen for rater, seen in clip.timelines.items() if rater in members},
                ratings={rater: given for rater, given in clip.ratings.items() if rater in members},
                made_with={rater: one for rater, one in clip.made_with.items() if rater in members},
            )
            for clip in clips
            if clip.clip in self.clips
        )
