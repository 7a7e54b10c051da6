"""Who saw what, from when to when: one shape for every rater, machine and import.

Times are seconds (float) from the start of the normalised clip. An observation whose
onset equals its offset is an instant (an *event* in the sense of Bakeman & Quera); the
others last (*states*, and events coded with their duration).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, final

from vib.problem import InputProblem

if TYPE_CHECKING:
    from vib.language import Text
    from vib.made_with import MadeWith

AttributeValue = str | tuple[str, ...]
"""What an attribute holds: one code, or several where its tier allows several."""

RatingValue = float | str | None
"""What a rater said of a whole clip: a number, the name of a category, or None where it is missing."""

ROUNDING = 0.0005
"""Seconds by which a time may pass the clip's end before it is an error: half a millisecond."""


@final
@dataclass(frozen=True, slots=True)
class Observation:
    """One code that one rater gave to one stretch of a clip.

    Parameters
    ----------
    tier : str
        Id of the codebook's tier.
    code : str
        Id of a code in that tier.
    start, end : float
        Onset and offset in seconds; `start` <= `end`.
    attributes : Mapping[str, AttributeValue]
        Codes of the tiers that describe this one, by tier id.

    Raises
    ------
    InputProblem
        A time is not a number, is negative, or the offset is before the onset.
    """

    tier: str
    code: str
    start: float
    end: float
    attributes: Mapping[str, AttributeValue] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not (math.isfinite(self.start) and math.isfinite(self.end)):
            raise InputProblem(f"{self.tier}/{self.code}", nl="een tijd is geen getal", en="a time is not a number")
        if self.start < 0 or self.end < self.start:
            raise InputProblem(
                f"{self.tier}/{self.code}",
                nl=f"begin {self.start} en einde {self.end} kloppen niet: 0 <= begin <= einde",
                en=f"start {self.start} and end {self.end} do not fit: 0 <= start <= end",
            )

    @property
    def duration(self) -> float:
        """Length in seconds; 0 for an instant."""
        return self.end - self.start

    def __hash__(self) -> int:
        return hash((self.tier, self.code, self.start, self.end))


@final
class Timeline:
    """Everything one rater saw in one clip, in order of onset.

    Parameters
    ----------
    duration : float
        Length of the clip in seconds: the extent that was watched, gaps included.
    observations : Iterable[Observation]
        In any order.

    Raises
    ------
    InputProblem
        The duration is not a positive number, or an observation ends after it.

    Examples
    --------
    >>> seen = Timeline(10, [Observation("turn", "kind", 1.2, 2.8), Observation("turn", "volwassene", 3, 5)])
    >>> [o.code for o in seen.at(4.0)]
    ['volwassene']
    >>> round(seen.total("turn", "kind"), 3)
    1.6
    """

    def __init__(self, duration: float, observations: Iterable[Observation] = ()) -> None:
        if not math.isfinite(duration) or duration <= 0:
            raise InputProblem(
                "duration",
                nl=f"{duration} is geen duur in seconden",
                en=f"{duration} is no duration in seconds",
            )
        self.duration = float(duration)
        self.observations: tuple[Observation, ...] = tuple(sorted(observations, key=_place))
        for observation in self.observations:
            if observation.end > self.duration + ROUNDING:
                raise InputProblem(
                    f"{observation.tier}/{observation.code}",
                    nl=f"eindigt op {observation.end} s, na het einde van de clip ({self.duration} s)",
                    en=f"ends at {observation.end} s, after the end of the clip ({self.duration} s)",
                )

    def __iter__(self) -> Iterator[Observation]:
        return iter(self.observations)

    def __len__(self) -> int:
        return len(self.observations)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Timeline):
            return NotImplemented
        return self.duration == other.duration and self.observations == other.observations

    def __hash__(self) -> int:
        return hash((self.duration, self.observations))

    def __repr__(self) -> str:
        return f"Timeline(duration={self.duration}, observations={len(self)})"

    @cached_property
    def tiers(self) -> Mapping[str, tuple[Observation, ...]]:
        """Observations by tier id, each in order of onset."""
        found: dict[str, list[Observation]] = {}
        for observation in self.observations:
            found.setdefault(observation.tier, []).append(observation)
        return MappingProxyType({tier: tuple(seen) for tier, seen in sorted(found.items())})

    def tier(self, tier: str) -> Timeline:
        """Return a timeline of one tier only, over the same extent."""
        return Timeline(self.duration, self.tiers.get(tier, ()))

    def described_by(self, attribute: str) -> Timeline:
        """Return an attribute as a tier of its own.

        Each value of `attribute` becomes an observation of the tier `attribute`, with the
        times of the observation that it describes; ELAN calls this symbolic association.
        """
        return Timeline(
            self.duration,
            (
                Observation(attribute, code, parent.start, parent.end)
                for parent in self.observations
                for code in as_codes(parent.attributes.get(attribute))
            ),
        )

    @property
    def attribute_names(self) -> tuple[str, ...]:
        """Ids of all attributes in use, sorted."""
        return tuple(sorted({name for o in self.observations for name in o.attributes}))

    def at(self, second: float) -> tuple[Observation, ...]:
        """Return what goes on at one moment; an offset is exclusive, an instant is itself."""
        return tuple(o for o in self._reaching(second, second) if o.end > second or o.start == second)

    def between(self, start: float, end: float) -> tuple[Observation, ...]:
        """Return what overlaps the half-open stretch from `start` to `end`."""
        return tuple(o for o in self._reaching(start, end) if o.start < end and (o.end > start or o.start >= start))

    def total(self, tier: str, code: str) -> float:
        """Return how many seconds a code lasts; stretches that overlap count once."""
        total, covered = 0.0, 0.0
        for o in self.tiers.get(tier, ()):
            if o.code == code:
                total += max(0.0, o.end - max(o.start, covered))
                covered = max(covered, o.end)
        return total

    @cached_property
    def _starts(self) -> list[float]:
        return [o.start for o in self.observations]

    @cached_property
    def _latest_ends(self) -> list[float]:
        """A binary tree in an array: node n holds the latest end below it, its children are 2n and 2n + 1."""
        leaves = 1 << max(0, len(self) - 1).bit_length()
        tree = [-1.0] * leaves + [o.end for o in self.observations] + [-1.0] * (leaves - len(self))
        for node in range(leaves - 1, 0, -1):
            tree[node] = max(tree[2 * node], tree[2 * node + 1])
        return tree

    def _reaching(self, start: float, end: float) -> Iterator[Observation]:
        """Yield, in order, what starts until `end` and ends at `start` or later."""
        until = bisect_right(self._starts, end)
        tree = self._latest_ends
        leaves = len(tree) // 2
        waiting = [(1, 0, leaves)]
        while waiting:
            node, first, width = waiting.pop()
            if first >= until or tree[node] < start:
                continue
            if width == 1:
                yield self.observations[first]
            else:
                half = width // 2
                waiting += [(2 * node + 1, first + half, half), (2 * node, first, half)]


@final
@dataclass(frozen=True, slots=True, weakref_slot=True)
class RaterSet:
    """All raters of one clip.

    A rater with an empty timeline coded the clip and saw nothing; a rater who is not in
    `timelines` did not code it. The two are never mixed up.

    Parameters
    ----------
    clip : str
        Clip id, for example ``F-0001/2026-03-01-maaltijd``.
    duration : float
        Length of the clip in seconds.
    timelines : Mapping[str, Timeline]
        By rater; each over the whole clip.
    ratings : Mapping[str, Mapping[str, RatingValue]]
        By rater, then by rating id: a number, text for a nominal rating, None for a missing
        value. A rater may be in `ratings` and not in `timelines`.
    made_with : Mapping[str, MadeWith]
        By rater, with which version of which codebook, and at which level; a rater of whom that is not known
        is not in it.
    calculated : frozenset of str
        Tiers that nobody coded: they were calculated from what each rater coded.
    noticed : tuple of Text
        What was odd in what was read, and how it was taken.
    """

    clip: str
    duration: float
    timelines: Mapping[str, Timeline]
    ratings: Mapping[str, Mapping[str, RatingValue]] = field(default_factory=dict)
    made_with: Mapping[str, MadeWith] = field(default_factory=dict)
    calculated: frozenset[str] = frozenset()
    noticed: tuple[Text, ...] = ()

    @property
    def raters(self) -> tuple[str, ...]:
        """Who coded the clip, sorted by name."""
        return tuple(sorted(self.timelines))


def _place(observation: Observation) -> tuple[object, ...]:
    """Return what orders observations: by onset, and always the same way."""
    o = observation
    described = sorted((name, as_codes(value)) for name, value in o.attributes.items())
    return o.start, o.end, o.tier, o.code, described


@lru_cache(maxsize=4096)
def shared_attributes(given: tuple[tuple[str, AttributeValue], ...]) -> Mapping[str, AttributeValue]:
    """Return attributes; what is the same in ten thousand observations is one block in memory, which nobody can change.

    Examples
    --------
    >>> shared_attributes((("tone", "warm"),)) is shared_attributes((("tone", "warm"),))
    True
    """
    return MappingProxyType(dict(given))


def as_codes(value: AttributeValue | None) -> tuple[str, ...]:
    """Return the codes of an attribute, none for None.

    Examples
    --------
    >>> as_codes("BC.REC.V"), as_codes(None)
    (('BC.REC.V',), ())
    """
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value
