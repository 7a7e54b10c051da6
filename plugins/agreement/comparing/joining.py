"""Events of several raters joined to moments: which of them are about the same thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, final

import numpy as np

from vib.observation import Observation

from .disagreements import TOUCHING, Pair, Seen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Links = NDArray[np.intp]


@final
class Joined:
    """The events of one tier of one clip, joined where two raters' events are linked.

    The closest are joined first, and a moment has at most one event of each rater: so it is as long as what somebody
    saw, however many raters there are and however densely they coded.

    Parameters
    ----------
    seen : Mapping[str, Seen]
        By rater.
    links : Iterable of (pair, links)
        Which events of two raters are the same one, by their places, shape (links, 2).
    """

    def __init__(self, seen: Mapping[str, Seen], links: Iterable[tuple[Pair, Links]]) -> None:
        self.seen = seen
        sizes = [len(one.observations) for one in seen.values()]
        self._first: dict[str, int] = dict(zip(seen, np.cumsum([0, *sizes[:-1]]).tolist(), strict=True))
        self._moment = list(range(sum(sizes)))
        raters = [1 << rater for rater, size in enumerate(sizes) for _ in range(size)]
        for event, other in self._closest_first(links):
            one, two = self._moment_of(event), self._moment_of(other)
            if not raters[one] & raters[two]:
                self._moment[two] = one
                raters[one] |= raters[two]
        self._moment = [self._moment_of(event) for event in range(len(self._moment))]
        self._members: dict[int, dict[str, Observation]] = {}
        for rater, one_seen in seen.items():
            for place, observation in enumerate(one_seen.observations):
                self._members.setdefault(self.moment(rater, place), {})[rater] = observation
        self._latest = {rater: np.maximum.accumulate(one.coded.ends) for rater, one in seen.items()}

    def moment(self, rater: str, place: int) -> int:
        """Return the number of the moment that an event of a rater is part of."""
        return self._moment[self._first[rater] + place]

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

    def _moment_of(self, event: int) -> int:
        """Return which event stands for its moment, while moments are still joined."""
        moment = self._moment
        while moment[event] != event:
            moment[event] = moment[moment[event]]
            event = moment[event]
        return event

    def _closest_first(self, links: Iterable[tuple[Pair, Links]]) -> list[tuple[int, int]]:
        """Return pairs of events, those of which the ends lie closest first; names of raters decide nothing."""
        found, keys = [], []
        for (one, other), places in links:
            mine, theirs = self.seen[one].coded.taken(places[:, 0]), self.seen[other].coded.taken(places[:, 1])
            apart = np.abs(mine.starts - theirs.starts) + np.abs(mine.ends - theirs.ends)
            earlier, later = np.minimum(mine.starts, theirs.starts), np.minimum(mine.ends, theirs.ends)
            keys.append(np.stack([later, earlier, mine.codes != theirs.codes, np.round(apart, 9)]))
            found.append(places + np.array([self._first[one], self._first[other]]))
        if not found:
            return []
        in_order = np.lexsort(np.concatenate(keys, axis=1))
        return [(one, other) for one, other in np.concatenate(found)[in_order].tolist()]
