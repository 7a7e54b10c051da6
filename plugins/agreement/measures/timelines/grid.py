"""A clip cut where anybody's coding changes: what everybody says in each stretch, exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, final

import numpy as np

from .coded import Coded, CodedTier

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.intp]

AT_ONCE = 48
"""Codes that are put in one number before the numbers are made small again."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class ClipGrid:
    """The stretches of one clip within which nobody's coding changes.

    Parameters
    ----------
    edges : NDArray[np.float64], shape (stretches + 1,)
        Seconds; from 0 to the clip's end.
    says : Mapping[str, NDArray[np.intp]]
        By rater: the place in the grid's categories of each stretch.
    """

    clip: str
    edges: Floats
    says: Mapping[str, Places]

    @property
    def seconds(self) -> Floats:
        """How long each stretch lasts."""
        return np.diff(self.edges)

    def grouped(self, groups: Places) -> ClipGrid:
        """Return the clip with each category as the group that it is in."""
        return ClipGrid(self.clip, self.edges, {rater: groups[said] for rater, said in self.says.items()})

    def of(self, raters: Sequence[str]) -> ClipGrid:
        """Return the clip cut where the coding of these raters changes only."""
        changes = np.zeros(max(len(self.edges) - 2, 0), dtype=np.bool_)
        for rater in raters:
            changes |= np.diff(self.says[rater]) != 0
        kept = np.concatenate([[True], changes])
        edges = np.append(self.edges[:-1][kept], self.edges[-1])
        return ClipGrid(self.clip, edges, {rater: self.says[rater][kept] for rater in raters})

    def table(self, first: str, second: str, categories: int) -> Floats:
        """Return the seconds of each pair of categories, shape (categories, categories)."""
        cells = self.says[first] * categories + self.says[second]
        table = np.bincount(cells, self.seconds, categories**2).reshape(categories, categories)
        return table.astype(np.float64, copy=False)

    def stretches(self, groups: Places) -> int:
        """Count the stretches within which nobody changes between groups of categories."""
        said = groups[np.stack(list(self.says.values()))]
        return 1 + int(np.count_nonzero((said[:, 1:] != said[:, :-1]).any(axis=0)))


@final
@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A tier of all clips, cut.

    Parameters
    ----------
    categories : tuple[frozenset[str], ...]
        The sets of codes that a rater gave at one moment; the first is nothing.
    """

    categories: tuple[frozenset[str], ...]
    clips: tuple[ClipGrid, ...]

    def common(self, raters: Sequence[str]) -> tuple[ClipGrid, ...]:
        """Return the clips that all of `raters` coded."""
        return tuple(clip for clip in self.clips if all(rater in clip.says for rater in raters))

    def with_code(self, code: str) -> NDArray[np.bool_]:
        """Tell which categories have a code."""
        return np.array([code in category for category in self.categories])


@lru_cache(maxsize=4)
def grid(tier: CodedTier) -> Grid:
    """Cut every clip of a tier; the last answers are kept, by identity."""
    cut = [_cut(list(clip.raters.values()), clip.duration, len(tier.codes)) for clip in tier.clips]
    masks = sorted({mask for _, found, _ in cut for mask in found}, key=lambda mask: (mask.bit_count(), mask))
    known = masks if masks and masks[0] == 0 else [0, *masks]
    place_of = {mask: place for place, mask in enumerate(known)}
    return Grid(
        tuple(frozenset(code for bit, code in enumerate(tier.codes) if mask >> bit & 1) for mask in known),
        tuple(
            ClipGrid(
                clip.clip,
                edges,
                dict(zip(clip.raters, np.array([place_of[m] for m in found], dtype=np.intp)[says], strict=True)),
            )
            for clip, (edges, found, says) in zip(tier.clips, cut, strict=True)
        ),
    )


def _cut(raters: Sequence[Coded], duration: float, codes: int) -> tuple[Floats, list[int], Places]:
    """Return edges, the sets of codes as bits, and which of these each rater has in each stretch."""
    bounds = [(np.minimum(one.starts, duration), np.minimum(one.ends, duration)) for one in raters]
    edges = np.unique(np.concatenate([[0.0, duration], *(times for pair in bounds for times in pair)]))
    width = len(edges) - 1
    sets: list[int] = [0]
    says = np.zeros((len(raters), width), dtype=np.int64)
    for first in range(0, codes, AT_ONCE):
        for bit in range(first, min(first + AT_ONCE, codes)):
            for row, (one, (starts, ends)) in enumerate(zip(raters, bounds, strict=True)):
                mine = one.codes == bit
                if mine.any():
                    steps = np.bincount(np.searchsorted(edges, starts[mine]), minlength=width + 1)
                    steps = steps - np.bincount(np.searchsorted(edges, ends[mine]), minlength=width + 1)
                    says[row] |= (np.cumsum(steps[:-1]) > 0).astype(np.int64) << (bit - first + len(sets).bit_length())
        # What was found before is in the low bits, by its number; what is found now in the bits above.
        low = len(sets).bit_length()
        found, places = np.unique(says, return_inverse=True)
        sets = [sets[int(key) & ((1 << low) - 1)] | (int(key) >> low) << first for key in found]
        says = places.reshape(says.shape).astype(np.int64)
    return edges, sets, says.astype(np.intp)
