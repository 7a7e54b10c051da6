"""Which events of several raters are the same one, from which of every two raters are."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from .coded import Coded
from .linking import shares_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Places = NDArray[np.intp]
    Floats = NDArray[np.float64]

Rater = TypeVar("Rater", bound=Hashable)


class Links(NamedTuple):
    """Which events of two raters are the same one, shape (links, 2), and how much of the longer they share."""

    events: Places
    shares: Floats

    @classmethod
    def of(cls, first: Coded, second: Coded, events: Places, overlap: float, window: float | None) -> Links:
        """Return links as `link_coded` found them."""
        return cls(events, shares_of(first, second, events, overlap, window))


def joined(coded: Mapping[Rater, Coded], links: Iterable[tuple[Rater, Rater, Links]]) -> dict[Rater, Places]:
    """Return of each event of each rater the number of the unit that it is part of.

    Links are joined from the largest share down, as long as no rater has two events in one unit. So units do not grow
    into one another, however many raters there are and however densely they coded. Units are numbered in order of the
    first rater's events, then of the second's that are in none of these, and so on.

    Examples
    --------
    >>> seen = [Coded(np.array(starts), np.array(ends), np.zeros(2, int)) for starts, ends in (
    ...     ([0.0, 9.0], [4.0, 12.0]), ([0.0, 20.0], [4.0, 22.0]), ([9.0, 20.0], [12.0, 22.0]))]
    >>> pairs = ((0, 1, [[0, 0]]), (0, 2, [[1, 0]]), (1, 2, [[1, 1]]))
    >>> links = [(a, b, Links.of(seen[a], seen[b], np.array(events), 0.6, None)) for a, b, events in pairs]
    >>> [unit.tolist() for unit in joined(dict(enumerate(seen)), links).values()]
    [[0, 1], [0, 2], [1, 2]]
    """
    sizes = [len(one.codes) for one in coded.values()]
    begins: list[int] = np.cumsum([0, *sizes]).tolist()
    first = dict(zip(coded, begins, strict=False))
    stands_for = list(range(sum(sizes)))
    raters = [1 << rater for rater, size in enumerate(sizes) for _ in range(size)]

    def unit_of(event: int) -> int:
        while stands_for[event] != event:
            stands_for[event] = event = stands_for[stands_for[event]]
        return event

    for event, other in _from_the_largest(coded, first, links):
        one, two = unit_of(event), unit_of(other)
        if not raters[one] & raters[two]:
            stands_for[two] = one
            raters[one] |= raters[two]
    number: dict[int, int] = {}
    units = [number.setdefault(unit_of(event), len(number)) for event in range(len(stands_for))]
    return {
        rater: np.array(units[begin : begin + size], dtype=np.intp)
        for (rater, begin), size in zip(first.items(), sizes, strict=True)
    }


def _from_the_largest(
    coded: Mapping[Rater, Coded], first: Mapping[Rater, int], links: Iterable[tuple[Rater, Rater, Links]]
) -> list[list[int]]:
    """Return pairs of events in the order in which they are joined; who is named first decides nothing but ties."""
    keys, found = [], []
    for one, other, (events, shares) in links:
        mine, theirs = coded[one].taken(events[:, 0]), coded[other].taken(events[:, 1])
        onsets, offsets = np.minimum(mine.starts, theirs.starts), np.maximum(mine.ends, theirs.ends)
        keys.append(np.stack([mine.codes != theirs.codes, offsets, onsets, -shares]))
        found.append(events + np.array([first[one], first[other]]))
    if not found:
        return []
    pairs, in_order = np.concatenate(found), np.concatenate(keys, axis=1)
    places = np.lexsort((pairs[:, 1], pairs[:, 0], *in_order))
    ordered: list[list[int]] = pairs[places].tolist()
    return ordered
