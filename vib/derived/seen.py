"""A timeline as calculations read it: with what its codebook says of the codes, and what each part is called.

A *part* is what a calculation is about, such as ``reception``: codes of a codebook, whatever they are called there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple, TypeVar, final

from vib.observation import Observation, Timeline, as_codes
from vib.windows import overlap

Unit = Literal["turns", "seconds", "times", "index"]


class Span(NamedTuple):
    """From when to when something calculated lasts, in seconds; an instant where both are the same."""

    start: float
    end: float


@final
@dataclass(frozen=True, slots=True)
class Figure:
    """How much of how much; no norm belongs to it.

    Attributes
    ----------
    of : str
        Of which code or person; empty where it is of all.
    count, total : float
        How much, of how much.
    unit : {"turns", "seconds", "times", "index"}
        What was counted; an index lies between 0 and its total.
    values : tuple of float
        What was measured each time, in seconds.
    """

    of: str
    count: float
    total: float
    unit: Unit = "times"
    values: tuple[float, ...] = ()


@final
@dataclass(frozen=True)
class Seen:
    """A timeline with the meaning of its codes.

    Attributes
    ----------
    timeline : Timeline
    parts : Mapping[str, frozenset of str]
        Codes of each part of the calculation.
    polarity, actor : Mapping[str, str]
        Of every code, by id, as the codebook reads it.
    excluding : Mapping[str, str]
        The exclusive group of codes that have one.
    people : tuple of str
        Tiers whose answers are people.
    """

    timeline: Timeline
    parts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    polarity: Mapping[str, str] = field(default_factory=dict)
    actor: Mapping[str, str] = field(default_factory=dict)
    excluding: Mapping[str, str] = field(default_factory=dict)
    people: tuple[str, ...] = ()

    def codes(self, part: str) -> frozenset[str]:
        """Return the codes of a part; none where the codebook has none."""
        return self.parts.get(part, frozenset())

    def given(self, observation: Observation, part: str) -> tuple[str, ...]:
        """Return which codes of a part an observation has, itself or as an answer, in alphabetical order."""
        wanted = self.codes(part)
        return tuple(sorted(code for code in codes_of(observation) if code in wanted))

    def having(self, part: str) -> tuple[Observation, ...]:
        """Return the observations that have a code of a part, in order of onset."""
        return tuple(one for one in self.timeline if self.given(one, part))

    def is_read(self, observation: Observation, part: str, polarity: str) -> bool:
        """Tell whether an observation has a code of a part with this polarity."""
        return any(self.polarity.get(code) == polarity for code in self.given(observation, part))

    def has_nee(self, observation: Observation) -> bool:
        """Tell whether an observation has any code by which contact falters."""
        return any(self.polarity.get(code) == "nee" for code in codes_of(observation))

    def person(self, observation: Observation) -> str:
        """Return who it was: the answer to who it was where there is one, else the code on the timeline."""
        named = sorted(code for tier in self.people for code in as_codes(observation.attributes.get(tier)))
        return named[0] if named else observation.code

    @cached_property
    def turns(self) -> tuple[Observation, ...]:
        """Turns in order of onset, also those of who is not known."""
        return tuple(one for one in self.timeline if one.code in self.codes("turn"))

    @cached_property
    def known_turns(self) -> tuple[Observation, ...]:
        """Turns of people who are known."""
        return tuple(one for one in self.turns if self.actor.get(one.code) != "onbekend")

    def turns_of(self, actor: str) -> tuple[Observation, ...]:
        """Return the turns of children (``kind``) or adults (``volwassene``), in order of onset."""
        return tuple(one for one in self.turns if self.actor.get(one.code) == actor)

    def successive_turns(self) -> Iterator[tuple[Observation, Observation]]:
        """Yield each two successive turns of which both people are known, and are not the same."""
        for one, following in zip(self.turns, self.turns[1:], strict=False):
            unknown = "onbekend" in (self.actor.get(one.code), self.actor.get(following.code))
            if not unknown and self.person(one) != self.person(following):
                yield one, following


def codes_of(observation: Observation) -> Iterator[str]:
    """Yield the code of an observation and those that describe it."""
    yield observation.code
    for value in observation.attributes.values():
        yield from as_codes(value)


def shared(one: Iterable[Observation], others: Sequence[Observation]) -> Iterator[Span]:
    """Yield the stretches in which something of both goes on, in order of onset."""
    for first in one:
        for other in others:
            if other.start > first.end:
                break
            if overlap(first, other):
                start = max(first.start, other.start)
                yield Span(start, max(start, min(first.end, other.end)))


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, those that overlap or touch as one.

    Examples
    --------
    >>> joined([Span(4, 5), Span(0, 2), Span(1, 3)])
    [Span(start=0, end=3), Span(start=4, end=5)]
    """
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def length(spans: Iterable[Span]) -> float:
    """Return how many seconds spans last together; where they overlap it counts once."""
    return sum(span.end - span.start for span in joined(spans))


def without(span: Span, holes: Iterable[Span]) -> list[Span]:
    """Return what is left of a span outside of others.

    Examples
    --------
    >>> without(Span(0, 10), [Span(2, 3), Span(9, 12)])
    [Span(start=0, end=2), Span(start=3, end=9)]
    """
    found, at = [], span.start
    for hole in joined(holes):
        if hole.end > at and hole.start < span.end:
            found += [Span(at, hole.start)] if hole.start > at else []
            at = hole.end
    return found + ([Span(at, span.end)] if at < span.end else [])


Key = TypeVar("Key")


def grouped(observations: Iterable[Observation], key: Callable[[Observation], Key]) -> dict[Key, list[Observation]]:
    """Return observations by what a key says of them, the keys in order of appearance."""
    found: dict[Key, list[Observation]] = {}
    for one in observations:
        found.setdefault(key(one), []).append(one)
    return found
