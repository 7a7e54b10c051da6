"""A clip cut where anybody's coding changes: what everybody says in each stretch, exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, final

import numpy as np

from vib.observation import RaterSet

from .coded import NOTHING, Coded, CodedTier, OwnTier, coded_clip
from .kept import kept

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.intp]
    Small = NDArray[np.int32]

AT_ONCE = 48
"""Codes that are put in one number before the numbers are made small again."""


class Changes(NamedTuple):
    """Where one rater's coding of a clip changes, and to what.

    Parameters
    ----------
    at : NDArray[np.int32]
        Stretches with which something else begins; the first is 0.
    to : NDArray[np.int32]
        The category from there.
    """

    at: Small
    to: Small


@final
@dataclass(frozen=True, slots=True, eq=False)
class ClipGrid:
    """The stretches of one clip within which some raters' coding does not change.

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
        """Return the clip with each category as the group that it is in, cut where somebody changes between these."""
        says = {rater: groups[said] for rater, said in self.says.items()}
        changes = np.zeros(len(self.edges) - 1, dtype=np.bool_)
        changes[0] = True
        for said in says.values():
            changes[1:] |= said[1:] != said[:-1]
        edges = np.append(self.edges[:-1][changes], self.edges[-1])
        return ClipGrid(self.clip, edges, {rater: said[changes] for rater, said in says.items()})

    def stretches(self, groups: Places) -> int:
        """Count the stretches within which nobody changes between groups of categories."""
        said = groups[np.stack(list(self.says.values()))]
        return 1 + int(np.count_nonzero((said[:, 1:] != said[:, :-1]).any(axis=0)))


@final
@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """One clip, cut where anybody's coding changes.

    Parameters
    ----------
    edges : NDArray[np.float64], shape (stretches + 1,)
        Seconds; from 0 to the clip's end.
    raters : Mapping[str, Changes]
        By rater: where their own coding changes.
    """

    clip: str
    edges: Floats
    raters: Mapping[str, Changes]

    def of(self, raters: Sequence[str]) -> ClipGrid:
        """Return the clip cut where the coding of these raters changes only."""
        at, said = merged([self.raters[rater] for rater in raters], len(self.edges) - 1)
        edges = np.append(self.edges[:-1][at], self.edges[-1])
        return ClipGrid(self.clip, edges, dict(zip(raters, said, strict=True)))


@final
@dataclass(frozen=True, slots=True, eq=False)
class Together:
    """What raters said in the clips that all of them coded, the clips one after the other.

    Parameters
    ----------
    clips : int
        How many there are.
    clip : NDArray[np.intp], shape (stretches,)
        The place of each stretch's clip.
    seconds : NDArray[np.float64], shape (stretches,)
        How long each stretch lasts.
    says : tuple[NDArray[np.intp], ...]
        For each rater: the category of each stretch.
    """

    clips: int
    clip: Places
    seconds: Floats
    says: tuple[Places, ...]

    def tables(self, categories: int) -> Floats:
        """Return the seconds of each pair of categories of two raters, shape (clips, categories, categories)."""
        first, second = self.says
        cells = (self.clip * categories + first) * categories + second
        shape = self.clips, categories, categories
        return (
            np.bincount(cells, self.seconds, self.clips * categories**2).reshape(shape).astype(np.float64, copy=False)
        )

    def stretches(self, groups: Places) -> int:
        """Count the stretches within which nobody changes between groups of categories."""
        changes = np.diff(self.clip) != 0
        for says in self.says:
            said = groups[says]
            changes |= said[1:] != said[:-1]
        return int(np.count_nonzero(changes)) + bool(self.clips)


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
    clips: tuple[Cut, ...]
    everywhere: frozenset[str]
    _lanes: dict[str, Changes] = field(default_factory=dict)

    def common(self, raters: Sequence[str]) -> tuple[Cut, ...]:
        """Return the clips that all of `raters` coded."""
        if self.everywhere.issuperset(raters):
            return self.clips
        return tuple(clip for clip in self.clips if all(rater in clip.raters for rater in raters))

    def together(self, raters: Sequence[str]) -> Together:
        """Return what raters said in the clips that all of them coded."""
        common = self.common(raters)
        widths = [len(clip.edges) - 1 for clip in common]
        first = np.cumsum([0, *widths], dtype=np.int32)
        at, says = merged([self._lane(rater, common, first) for rater in raters], int(first[-1]))
        begins = np.concatenate([np.empty(0), *(clip.edges[:-1] for clip in common)])[at]
        counts = np.diff(np.searchsorted(at, first))
        ends = np.append(begins[1:], 0.0)[: len(begins)]
        ends[np.cumsum(counts) - 1] = [clip.edges[-1] for clip in common]
        return Together(len(common), np.repeat(np.arange(len(common)), counts), ends - begins, says)

    def with_code(self, code: str) -> NDArray[np.bool_]:
        """Tell which categories have a code."""
        return np.array([code in category for category in self.categories])

    def _lane(self, rater: str, common: tuple[Cut, ...], first: Small) -> Changes:
        """Return where a rater's coding changes in clips that follow one another."""
        if common is self.clips and rater in self._lanes:
            return self._lanes[rater]
        own = [clip.raters[rater] for clip in common]
        none = np.empty(0, dtype=np.int32)
        lane = Changes(
            np.concatenate([none, *(one.at + start for one, start in zip(own, first[:-1], strict=True))]),
            np.concatenate([none, *(one.to for one in own)]),
        )
        if common is self.clips:
            self._lanes[rater] = lane
        return lane


def merged(raters: Sequence[Changes], width: int) -> tuple[Places, tuple[Places, ...]]:
    """Return with which of so many stretches any of the raters changes, and what each says from there."""
    changes = np.zeros((len(raters), width), dtype=np.bool_)
    for row, one in zip(changes, raters, strict=True):
        row[one.at] = True
    at = np.flatnonzero(changes.any(axis=0))
    says = (one.to[np.cumsum(row[at]) - 1].astype(np.intp) for row, one in zip(changes, raters, strict=True))
    return at, tuple(says)


@lru_cache(maxsize=4)
def grid(tier: CodedTier) -> Grid:
    """Cut every clip of a tier; the last answers are kept, by identity."""
    cut = [_cut_of(clip, tier.name) for clip in tier.sources]
    bit = {code: place for place, code in enumerate(tier.codes)}
    found = {frozenset[str](), *(category for _, sets, _ in cut for category in sets)}
    categories = sorted(found, key=lambda codes: (len(codes), sum(1 << bit[code] for code in codes)))
    place_of = {category: place for place, category in enumerate(categories)}
    clips = []
    for clip, (edges, sets, raters) in zip(tier.clips, cut, strict=True):
        places = np.array([place_of[category] for category in sets], dtype=np.int32)
        says = {rater: Changes(one.at, places[one.to]) for rater, one in raters.items()}
        clips.append(Cut(clip.clip, edges, says))
    return Grid(tuple(categories), tuple(clips), tier.everywhere)


_Own = tuple["Floats", list[frozenset[str]], Mapping[str, Changes]]


@kept
def _cuts(clip: RaterSet) -> dict[str, _Own]:
    """Keep what is made of each tier of a clip."""
    return {}


def _cut_of(clip: RaterSet, tier: str) -> _Own:
    """Return edges, the sets of codes that anybody gave at one moment, and where each rater changes between these."""
    known = _cuts(clip)
    if tier not in known:
        own = coded_clip(clip).get(tier) or OwnTier((), {})
        raters = [own.raters.get(rater, NOTHING) for rater in clip.timelines]
        edges, masks, says = _cut(raters, clip.duration, len(own.codes))
        sets = [frozenset(code for bit, code in enumerate(own.codes) if mask >> bit & 1) for mask in masks]
        known[tier] = edges, sets, dict(zip(clip.timelines, map(_changes, says), strict=True))
    return known[tier]


def _changes(says: Places) -> Changes:
    at = np.flatnonzero(np.append(True, says[1:] != says[:-1]))
    return Changes(at.astype(np.int32), says[at].astype(np.int32))


def _cut(raters: Sequence[Coded], duration: float, codes: int) -> tuple[Floats, list[int], Places]:
    """Return edges, the sets of codes as bits, and which of these each rater has in each stretch."""
    bounds = [(np.minimum(one.starts, duration), np.minimum(one.ends, duration)) for one in raters]
    edges = np.unique(np.concatenate([[0.0, duration], *(times for pair in bounds for times in pair)]))
    width = len(edges) - 1
    sets: list[int] = [0]
    says: NDArray[np.int64] = np.zeros((len(raters), width), dtype=np.int64)
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
        found, says = _numbered(says)
        sets = [sets[int(key) & ((1 << low) - 1)] | (int(key) >> low) << first for key in found]
    return edges, sets, says.astype(np.intp)


def _numbered(says: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the different numbers from low to high, and the place of each number among these."""
    most = int(says.max(initial=0))
    if most > says.size:
        found, places = np.unique(says, return_inverse=True)
        return found, places.reshape(says.shape).astype(np.int64)
    there = np.zeros(most + 1, dtype=np.bool_)
    there[says] = True
    return np.flatnonzero(there).astype(np.int64), (np.cumsum(there) - 1)[says]
