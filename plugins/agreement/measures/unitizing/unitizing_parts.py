"""What the alphas of unitizing start from: who laid which units where, and how long they coincide.

A *unit* is a stretch of time that a rater gave a code; what a rater left between units is a
*gap*. A clip counts when at least two of the raters coded it. Of those, a rater with an empty
timeline has one gap over the whole clip; a rater who did not code the clip is missing there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, final

import numpy as np

from plugins.agreement.measures.timelines.coded import Coded, coded_tier
from plugins.agreement.measures.timelines.linking import HAIR
from plugins.agreement.measures.timelines.pairs import remembered
from vib.language import Text
from vib.observation import ROUNDING
from vib.statistic import Question

from . import texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.intp]
    Flags = NDArray[np.bool_]


SHORT = 0.04
"""Seconds that two units of one rater may overlap: a frame of video, within which nobody can place a boundary."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """Every unit with a length, of one tier, by all raters of a question.

    Parameters
    ----------
    question : Question
        Where places of clips and raters point to.
    codes : tuple[str, ...]
        Codes in use, sorted.
    present : Flags, shape (clips, raters)
        Who coded which clip; nobody in a clip that does not count.
    clip, rater, code : Places, shape (units,)
        Of each unit: places in the question's clips and raters, and in `codes`.
    start, end : Floats, shape (units,)
        Of each unit, in seconds.
    instants : Places, shape (codes,)
        How many observations of each code have no length and were left out.
    cut : tuple[float, ...]
        Seconds of each overlap of two units of one rater that was cut off, as it is hardly one (`apart`).
    """

    question: Question
    codes: tuple[str, ...]
    present: Flags
    clip: Places
    rater: Places
    code: Places
    start: Floats
    end: Floats
    instants: Places
    cut: tuple[float, ...] = ()

    def __len__(self) -> int:
        return len(self.start)

    def at(self, chosen: Places | Flags | slice) -> Units:
        """Return some of the units, or all in another order."""
        return replace(
            self,
            clip=self.clip[chosen],
            rater=self.rater[chosen],
            code=self.code[chosen],
            start=self.start[chosen],
            end=self.end[chosen],
        )

    def of(self, code: str | None) -> Units:
        """Return the units of one code as if there were no other, or all for None."""
        if code is None:
            return self
        place = self.codes.index(code) if code in self.codes else -1
        chosen = self.at(self.code == place)
        instants = self.instants[place : place + 1] if place >= 0 else np.zeros(1, dtype=np.intp)
        return replace(chosen, codes=(code,), code=np.zeros_like(chosen.code), instants=instants)

    @property
    def durations(self) -> Floats:
        """Seconds of each clip, shape (clips,)."""
        return np.array([clip.duration for clip in self.question.clips], dtype=np.float64)

    @property
    def raters(self) -> int:
        """How many raters coded a clip that counts."""
        return int(self.present.any(axis=0).sum())

    def left_out(self) -> dict[str, float]:
        """Return what does not count, as components: instants, and short overlaps that were cut off."""
        short = {"overlaps_cut": float(len(self.cut)), "seconds_cut": sum(self.cut)} if self.cut else {}
        return {"instants_excluded": float(self.instants.sum()), **short}

    @property
    def missing(self) -> Text | None:
        """Why there is nothing to compare, if so."""
        if len(self.question.raters) < 2:
            return texts.TWO_OR_MORE
        if not self.present.any():
            return texts.NO_SHARED_CLIP
        if not len(self):
            return texts.ONLY_INSTANTS if self.instants.any() else texts.NOBODY_CODED
        return None


@final
@dataclass(frozen=True, slots=True, eq=False)
class Crossings:
    """How long the units of different raters coincide, per clip.

    Category 0 is the gap; category c + 1 is code c.

    Parameters
    ----------
    units : Units
        The units, free of overlap.
    together : Floats, shape (clips, categories, categories)
        Observed coincidences: seconds, over all pairs of raters, each pair divided by the
        raters of the clip less one.
    squares : Floats, shape (clips, codes)
        Sum of the squared lengths of units.
    crossing_squares : Floats, shape (clips, codes)
        Sum of the squared lengths within which a unit coincides with units, of whatever code,
        of one other rater; over all other raters, divided by the raters of the clip less one.
    """

    units: Units
    together: Floats
    squares: Floats
    crossing_squares: Floats

    def lengths(self) -> dict[str, float]:
        """Return, over all clips: seconds watched, coded and not, agreed, and squared lengths of units."""
        together = self.together.sum(axis=0)
        seconds, agreed = together.sum(axis=1), together.diagonal()
        return {
            "seconds_watched": float(seconds.sum()),
            "seconds_gap": float(seconds[0]),
            "agreed_gap": float(agreed[0]),
            **self._by_code("seconds", seconds[1:]),
            **self._by_code("agreed", agreed[1:]),
            **self._by_code("squares", self.squares.sum(axis=0)),
        }

    def shares(self) -> dict[str, float]:
        """Return, over all clips: seconds in which units coincide, agreed, and squared lengths of that."""
        together = self.together.sum(axis=0)
        coded, seconds = together[1:, 1:], together[1:].sum(axis=1)
        crossing = coded.sum(axis=1)
        coverage = np.divide(crossing, seconds, out=np.zeros_like(crossing), where=seconds > 0)
        return {
            "coverage": float(crossing.sum() / together.sum()),
            "seconds_crossing": float(crossing.sum()),
            **self._by_code("coverage", coverage),
            **self._by_code("crossing", crossing),
            **self._by_code("agreed", coded.diagonal()),
            **self._by_code("crossing_squares", self.crossing_squares.sum(axis=0)),
        }

    def _by_code(self, name: str, numbers: Floats) -> dict[str, float]:
        return {f"{name}[{code}]": float(one) for code, one in zip(self.units.codes, numbers, strict=True)}


@remembered
def units_of(question: Question) -> Units:
    """Return the units of a question's tier, of every code."""
    tier = coded_tier(question.clips, question.tier)
    present = np.zeros((len(tier.clips), len(question.raters)), dtype=np.bool_)
    found: list[tuple[int, int, Coded]] = []
    for place, clip in enumerate(tier.clips):
        there = [(rater, clip.raters[name]) for rater, name in enumerate(question.raters) if name in clip.raters]
        if len(there) > 1:
            found += [(place, rater, seen) for rater, seen in there]
            present[place, [rater for rater, _ in there]] = True
    counts = [len(seen.codes) for _, _, seen in found]
    clips = np.repeat(np.array([place for place, _, _ in found], dtype=np.intp), counts)
    longest = np.array([clip.duration for clip in tier.clips], dtype=np.float64)[clips]
    said = np.concatenate([np.empty(0, dtype=np.intp), *(seen.codes for _, _, seen in found)])
    used, codes = np.unique(said, return_inverse=True)
    units = Units(
        question=question,
        codes=tuple(tier.codes[place] for place in used),
        present=present,
        clip=clips,
        rater=np.repeat(np.array([rater for _, rater, _ in found], dtype=np.intp), counts),
        code=codes,
        start=np.minimum(np.concatenate([np.empty(0), *(seen.starts for _, _, seen in found)]), longest),
        end=np.minimum(np.concatenate([np.empty(0), *(seen.ends for _, _, seen in found)]), longest),
        instants=np.zeros(len(used), dtype=np.intp),
    )
    lasting = units.end > units.start
    instants = np.bincount(units.code[~lasting], minlength=len(used)).astype(np.intp)
    return replace(units.at(lasting), instants=instants)


def apart(units: Units, *, by_code: bool) -> Units | Text:
    """Return units in order of clip, rater (and code) and start, or say which two of a rater overlap.

    What overlaps by no more than `SHORT` is made to touch: the earlier unit ends where the later one starts, as long
    as something of it is left. What was more than rounding (`vib.observation.ROUNDING`) is counted in `Units.cut`.

    Parameters
    ----------
    by_code : bool
        Whether units of different codes may overlap.
    """
    group = units.clip * len(units.question.raters) + units.rater
    if by_code:
        group = group * len(units.codes) + units.code
    order = np.lexsort((units.end, units.start, group))
    units, group = units.at(order), group[order]
    same = group[1:] == group[:-1]
    over = np.where(same, units.end[:-1] - units.start[1:], 0.0)
    nothing_left = units.start[1:] <= units.start[:-1]
    wrong = np.flatnonzero((over > SHORT + HAIR) | ((over > ROUNDING) & nothing_left))
    if len(wrong):
        return _overlap(units, int(wrong[0]))
    end = units.end.copy()
    end[:-1] = np.where(same, np.minimum(end[:-1], units.start[1:]), end[:-1])
    return replace(units, end=end, cut=tuple(over[over > ROUNDING].tolist()))


def crossings(question: Question) -> Crossings | Text:
    """Return how units coincide, or why that cannot be said: nothing to compare, or units overlap.

    With a code, only the units of that code exist.
    """
    return _tier_crossings(question) if question.code is None else _crossings(units_of(question).of(question.code))


@remembered
def _tier_crossings(question: Question) -> Crossings | Text:
    return _crossings(units_of(question))


def _crossings(units: Units) -> Crossings | Text:
    reason = units.missing
    if reason is not None:
        return reason
    separate = apart(units, by_code=False)
    if isinstance(separate, Text):
        return separate
    clips, codes = len(units.question.clips), len(units.codes)
    together = np.zeros((clips, codes + 1, codes + 1))
    squares = np.zeros((clips, codes))
    crossing_squares = np.zeros((clips, codes))
    edges = np.searchsorted(separate.clip, np.arange(clips + 1))
    for clip in np.flatnonzero(separate.present.any(axis=1)):
        within = separate.at(slice(edges[clip], edges[clip + 1]))
        together[clip], squares[clip], crossing_squares[clip] = _sweep(within, int(clip))
    return Crossings(separate, together, squares, crossing_squares)


def _sweep(units: Units, clip: int) -> tuple[Floats, Floats, Floats]:
    """Cut one clip where any rater's units start or end, and count in each stretch who codes what."""
    there = units.present[clip]
    raters, codes = int(there.sum()), len(units.codes)
    edges = np.array([0.0, units.question.clips[clip].duration])
    cuts, places = np.unique(np.concatenate([edges, units.start, units.end]), return_inverse=True)
    first, last = np.split(places[2:], 2)
    seconds = np.diff(cuts)

    def going_on(row: Places, rows: int) -> Floats:
        changes = np.zeros((rows, len(cuts)))
        np.add.at(changes.ravel(), row * len(cuts) + first, 1.0)
        np.subtract.at(changes.ravel(), row * len(cuts) + last, 1.0)
        return np.cumsum(changes, axis=1, out=changes)[:, :-1]

    counts = np.empty((codes + 1, len(seconds)))
    counts[1:] = going_on(units.code, codes)
    counts[0] = raters - counts[1:].sum(axis=0)
    timed = counts * seconds
    pairs: Floats = np.einsum("ct,kt->ck", timed, counts)
    own = np.arange(codes + 1)
    pairs[own, own] = ((counts - 1) * timed).sum(axis=1)

    row = np.cumsum(there)[units.rater] - 1
    coded = np.zeros((raters, len(cuts)))
    np.cumsum(going_on(row, raters) * seconds, axis=1, out=coded[:, 1:])
    shared = np.take(coded, last, axis=1) - np.take(coded, first, axis=1)
    shared[row, np.arange(len(units))] = 0.0
    crossing = np.bincount(units.code, (shared**2).sum(axis=0), minlength=codes).astype(np.float64)
    squares = np.bincount(units.code, (units.end - units.start) ** 2, minlength=codes).astype(np.float64)
    return pairs / (raters - 1), squares, crossing / (raters - 1)


def _overlap(units: Units, place: int) -> Text:
    first, second = (
        (units.codes[units.code[at]], float(units.start[at]), float(units.end[at])) for at in (place, place + 1)
    )
    question = units.question
    return texts.overlap(question.clips[units.clip[place]].clip, question.raters[units.rater[place]], first, second)
