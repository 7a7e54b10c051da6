"""One tier of every clip and rater as arrays, made once for all statistics that count in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, final

import numpy as np

from vib.observation import Observation, RaterSet, Timeline, as_codes

from .kept import kept

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.intp]

Row = tuple[float, float, str]
"""When something starts and ends, and its code."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """Observations of one tier, one rater and one clip, in order of onset.

    Parameters
    ----------
    starts, ends : NDArray[np.float64], shape (observations,)
        Seconds.
    codes : NDArray[np.intp], shape (observations,)
        Places in the codes of the tier.
    """

    starts: Floats
    ends: Floats
    codes: Places

    @classmethod
    def of(cls, seen: Sequence[Observation], place_of: Mapping[str, int]) -> Coded:
        """Make arrays of observations."""
        return cls.of_rows([(o.start, o.end, o.code) for o in seen], place_of)

    @classmethod
    def of_rows(cls, rows: Sequence[Row], place_of: Mapping[str, int]) -> Coded:
        """Make arrays of times and codes."""
        return cls(
            np.array([start for start, _, _ in rows], dtype=np.float64),
            np.array([end for _, end, _ in rows], dtype=np.float64),
            np.array([place_of[code] for _, _, code in rows], dtype=np.intp),
        )

    def taken(self, places: Places) -> Coded:
        """Return only the observations at these places."""
        return Coded(self.starts[places], self.ends[places], self.codes[places])

    @property
    def instants(self) -> NDArray[np.bool_]:
        """Which observations have no duration."""
        return np.equal(self.starts, self.ends)


NOTHING = Coded.of_rows((), {})


@final
@dataclass(frozen=True, slots=True, eq=False)
class CodedClip:
    """One tier of one clip, by rater; who did not code the clip is not there."""

    clip: str
    duration: float
    raters: Mapping[str, Coded]


@final
@dataclass(frozen=True, slots=True, eq=False)
class Lane:
    """One tier of one rater over several clips, the clips one after the other.

    Parameters
    ----------
    coded : Coded
        The observations of all clips; times start anew in each.
    first : NDArray[np.intp], shape (clips + 1,)
        Where the observations of each clip begin, and where those of the last end.
    counted : NDArray[np.intp], shape (2, codes)
        How many observations of each code last, and how many are instants.
    """

    coded: Coded
    first: Places
    counted: Places

    @property
    def clip(self) -> Places:
        """The place of each observation's clip."""
        return np.repeat(np.arange(len(self.first) - 1), np.diff(self.first))

    def part(self, start: int, stop: int) -> Lane:
        """Return some of the clips."""
        there = slice(self.first[start], self.first[stop])
        coded = Coded(self.coded.starts[there], self.coded.ends[there], self.coded.codes[there])
        return Lane(coded, self.first[start : stop + 1] - self.first[start], self.counted)

    @classmethod
    def of(cls, clips: Sequence[Coded], codes: int) -> Lane:
        """Put clips one after the other."""
        one = Coded(*(np.concatenate([getattr(clip, name) for clip in clips]) for name in ("starts", "ends", "codes")))
        cells = one.instants * codes + one.codes
        counted = np.bincount(cells, minlength=2 * codes).reshape(2, codes)
        return cls(one, np.cumsum([0, *(len(clip.codes) for clip in clips)], dtype=np.intp), counted)


@final
@dataclass(frozen=True, slots=True, eq=False)
class CodedTier:
    """One tier of all clips, and the codes that anybody used in it, sorted.

    Parameters
    ----------
    sources : tuple[RaterSet, ...]
        The clips of which this was made.
    everywhere : frozenset[str]
        Who coded every clip.
    """

    name: str
    codes: tuple[str, ...]
    clips: tuple[CodedClip, ...]
    sources: tuple[RaterSet, ...]
    everywhere: frozenset[str]
    _lanes: dict[str, Lane] = field(default_factory=dict)

    def lasting_and_instants(self, raters: Sequence[str], code: str | None) -> tuple[int, int]:
        """Count the observations that last and the instants, of one code or of all, in the clips that all coded."""
        counted = sum((lane.counted for lane in self.lanes(raters)), np.zeros((2, len(self.codes)), dtype=np.intp))
        if code is not None:
            counted = counted[:, [self.place_of(code)]] if code in self.codes else counted[:, :0]
        lasting, instants = counted.sum(axis=1).tolist()
        return lasting, instants

    def place_of(self, code: str) -> int:
        """Return the place of a code, -1 when nobody used it."""
        return self.codes.index(code) if code in self.codes else -1

    def common(self, raters: Sequence[str]) -> tuple[CodedClip, ...]:
        """Return the clips that all of `raters` coded."""
        if self.everywhere.issuperset(raters):
            return self.clips
        return tuple(clip for clip in self.clips if all(rater in clip.raters for rater in raters))

    def lanes(self, raters: Sequence[str]) -> tuple[Lane, ...]:
        """Return each rater's observations in the clips that all coded; none where there is no such clip."""
        common = self.common(raters)
        if not common:
            return ()
        if common is not self.clips:
            return tuple(Lane.of([clip.raters[rater] for clip in common], len(self.codes)) for rater in raters)
        for rater in raters:
            if rater not in self._lanes:
                self._lanes[rater] = Lane.of([clip.raters[rater] for clip in common], len(self.codes))
        return tuple(self._lanes[rater] for rater in raters)


def observations_of(timeline: Timeline, tier: str) -> tuple[Observation, ...]:
    """Return a tier's observations, or an attribute's, with the times of what it describes."""
    described = timeline.described_by(tier).observations
    coded = timeline.tiers.get(tier, ())
    return Timeline(timeline.duration, (*coded, *described)).observations if described else coded


def coded_tier(clips: Sequence[RaterSet], tier: str) -> CodedTier:
    """Return a tier, or an attribute with the times of what it describes.

    The last answers are kept: clips are told apart by identity, and only a tuple is kept,
    as other sequences may change.
    """
    return _kept(_Same(clips), tier) if isinstance(clips, tuple) else _coded_tier(tuple(clips), tier)


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    clips: tuple[RaterSet, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.clips is other.clips

    def __hash__(self) -> int:
        return id(self.clips)


@lru_cache(maxsize=4)
def _kept(clips: _Same, tier: str) -> CodedTier:
    return _coded_tier(clips.clips, tier)


def _coded_tier(clips: tuple[RaterSet, ...], tier: str) -> CodedTier:
    found = [coded_clip(clip).get(tier, _UNUSED) for clip in clips]
    codes = tuple(sorted({code for own in found for code in own.codes}))
    everywhere = frozenset.intersection(*(frozenset(clip.timelines) for clip in clips)) if clips else frozenset[str]()
    return CodedTier(
        tier,
        codes,
        tuple(
            CodedClip(clip.clip, clip.duration, {rater: own.coded(rater, codes) for rater in clip.timelines})
            for clip, own in zip(clips, found, strict=True)
        ),
        clips,
        everywhere,
    )


@final
@dataclass(frozen=True, slots=True, eq=False)
class OwnTier:
    """One tier of one clip by itself.

    Parameters
    ----------
    codes : tuple[str, ...]
        Those used in the clip, sorted.
    raters : Mapping[str, Coded]
        Places are in these codes; who used none is not there.
    """

    codes: tuple[str, ...]
    raters: Mapping[str, Coded]

    def coded(self, rater: str, codes: tuple[str, ...]) -> Coded:
        """Return what a rater saw, with places in the codes of all clips."""
        own = self.raters.get(rater, NOTHING)
        if codes == self.codes or not len(own.codes):
            return own
        place_of = np.array([codes.index(code) for code in self.codes], dtype=np.intp)
        return Coded(own.starts, own.ends, place_of[own.codes])


_UNUSED = OwnTier((), {})


@kept
def coded_clip(clip: RaterSet) -> Mapping[str, OwnTier]:
    """Return every tier and attribute of a clip, by name."""
    rows = {rater: _rows(timeline) for rater, timeline in clip.timelines.items()}
    return {tier: _own({r: of[tier] for r, of in rows.items() if tier in of}) for tier in _all(rows.values())}


def _all(rows: Iterable[Mapping[str, object]]) -> list[str]:
    return sorted({tier for of in rows for tier in of})


def _own(rows: Mapping[str, Sequence[Row]]) -> OwnTier:
    codes = tuple(sorted({code for seen in rows.values() for _, _, code in seen}))
    place_of = {code: place for place, code in enumerate(codes)}
    return OwnTier(codes, {rater: Coded.of_rows(seen, place_of) for rater, seen in rows.items()})


def _rows(timeline: Timeline) -> dict[str, list[Row]]:
    """Return what is in each tier and attribute, in order of onset, then of offset and code."""
    found: dict[str, list[Row]] = {}
    for o in timeline.observations:
        found.setdefault(o.tier, []).append((o.start, o.end, o.code))
        for name, value in o.attributes.items():
            found.setdefault(name, []).extend((o.start, o.end, code) for code in as_codes(value))
    return {tier: sorted(rows) for tier, rows in found.items() if rows}
