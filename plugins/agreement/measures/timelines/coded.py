"""One tier of every clip and rater as arrays, made once for all statistics that count in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, final

import numpy as np

from vib.observation import Observation, RaterSet, Timeline

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.intp]


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
        return cls(
            np.array([o.start for o in seen], dtype=np.float64),
            np.array([o.end for o in seen], dtype=np.float64),
            np.array([place_of[o.code] for o in seen], dtype=np.intp),
        )

    def taken(self, places: Places) -> Coded:
        """Return only the observations at these places."""
        return Coded(self.starts[places], self.ends[places], self.codes[places])

    @property
    def instants(self) -> NDArray[np.bool_]:
        """Which observations have no duration."""
        return np.equal(self.starts, self.ends)


@final
@dataclass(frozen=True, slots=True, eq=False)
class CodedClip:
    """One tier of one clip, by rater; who did not code the clip is not there."""

    clip: str
    duration: float
    raters: Mapping[str, Coded]


@final
@dataclass(frozen=True, slots=True, eq=False)
class CodedTier:
    """One tier of all clips, and the codes that anybody used in it, sorted."""

    codes: tuple[str, ...]
    clips: tuple[CodedClip, ...]

    def lasting_and_instants(self, raters: Sequence[str], code: str | None) -> tuple[int, int]:
        """Count the observations that last and the instants, of one code or of all, in the clips that all coded."""
        counted: NDArray[np.intp] = np.zeros((2, len(self.codes)), dtype=np.intp)
        for clip in self.common(raters):
            for rater in raters:
                counted += _lasting_and_instants(clip.raters[rater], len(self.codes))
        if code is not None:
            counted = counted[:, [self.place_of(code)]] if code in self.codes else counted[:, :0]
        lasting, instants = counted.sum(axis=1).tolist()
        return lasting, instants

    def place_of(self, code: str) -> int:
        """Return the place of a code, -1 when nobody used it."""
        return self.codes.index(code) if code in self.codes else -1

    def common(self, raters: Sequence[str]) -> tuple[CodedClip, ...]:
        """Return the clips that all of `raters` coded."""
        return tuple(clip for clip in self.clips if all(rater in clip.raters for rater in raters))


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
    return _kept(_Same(clips), tier) if isinstance(clips, tuple) else _coded_tier(clips, tier)


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    clips: tuple[RaterSet, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.clips is other.clips

    def __hash__(self) -> int:
        return id(self.clips)


@lru_cache(maxsize=4096)
def _lasting_and_instants(coded: Coded, codes: int) -> Places:
    """Count what lasts and what does not of each code, shape (2, codes)."""
    cells = coded.instants * codes + coded.codes
    return np.bincount(cells, minlength=2 * codes).reshape(2, codes)


@lru_cache(maxsize=4)
def _kept(clips: _Same, tier: str) -> CodedTier:
    return _coded_tier(clips.clips, tier)


def _coded_tier(clips: Sequence[RaterSet], tier: str) -> CodedTier:
    seen = [{rater: observations_of(seen, tier) for rater, seen in clip.timelines.items()} for clip in clips]
    codes = tuple(sorted({o.code for by_rater in seen for coded in by_rater.values() for o in coded}))
    place_of = {code: place for place, code in enumerate(codes)}
    return CodedTier(
        codes,
        tuple(
            CodedClip(clip.clip, clip.duration, {rater: Coded.of(coded, place_of) for rater, coded in by_rater.items()})
            for clip, by_rater in zip(clips, seen, strict=True)
        ),
    )
