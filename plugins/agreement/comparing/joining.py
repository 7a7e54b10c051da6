"""Events of several raters joined to moments, and what each rater has there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import final

import numpy as np

from plugins.agreement.measures.timelines.joining import Links, joined
from vib.observation import Observation

from .disagreements import TOUCHING, Pair, Seen


@final
class Joined:
    """The events of one tier of one clip, joined where two raters' events are linked; see `joined`.

    Parameters
    ----------
    seen : Mapping[str, Seen]
        By rater.
    links : Iterable of (pair, Links)
        Which events of two raters are the same one.
    """

    def __init__(self, seen: Mapping[str, Seen], links: Iterable[tuple[Pair, Links]]) -> None:
        self.seen = seen
        units = joined({rater: one.coded for rater, one in seen.items()}, ((*pair, found) for pair, found in links))
        self._moments: dict[str, list[int]] = {rater: unit.tolist() for rater, unit in units.items()}
        self._members: dict[int, dict[str, Observation]] = {}
        for rater, one in seen.items():
            for moment, observation in zip(self._moments[rater], one.observations, strict=True):
                self._members.setdefault(moment, {})[rater] = observation
        self._latest = {rater: np.maximum.accumulate(one.coded.ends) for rater, one in seen.items()}

    def moment(self, rater: str, place: int) -> int:
        """Return the number of the moment that an event of a rater is part of."""
        return self._moments[rater][place]

    def members(self, moment: int) -> Mapping[str, Observation]:
        """Return the event of each rater who has one."""
        return self._members[moment]

    def said(self, moment: int) -> dict[str, tuple[Observation, ...]]:
        """Return what each rater has there: their event, or else what they saw during a part of the moment."""
        members = self._members[moment]
        start, end = min(o.start for o in members.values()), max(o.end for o in members.values())
        return {
            rater: (members[rater],) if rater in members else self._around(rater, start, end) for rater in self.seen
        }

    def _around(self, rater: str, start: float, end: float) -> tuple[Observation, ...]:
        seen = self.seen[rater]
        low = int(np.searchsorted(self._latest[rater], start, "left"))
        high = int(np.searchsorted(seen.coded.starts, end, "right"))
        return tuple(
            o
            for o in seen.observations[low:high]
            if min(o.end, end) - max(o.start, start) >= TOUCHING * min(o.end - o.start, end - start)
        )
