"""What a codebook calculates from a timeline: tiers that nobody codes, and figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import final

from vib.codebook.book import Codebook, Derived
from vib.derived.catalogue import CALCULATIONS
from vib.derived.seen import Figure, Seen, Span
from vib.observation import Observation, Timeline


@final
@dataclass(frozen=True, slots=True)
class Calculated:
    """What was calculated.

    Attributes
    ----------
    timeline : Timeline
        Of each calculation that gives stretches or instants a tier, with its id as tier and as code.
    figures : Mapping[str, tuple of Figure]
        Of each other calculation, by id.
    """

    timeline: Timeline
    figures: Mapping[str, tuple[Figure, ...]]


def calculated(timeline: Timeline, book: Codebook) -> Calculated:
    """Calculate what a codebook names in ``derived``.

    What needs codes that are not in the book (at a level for beginners) is not calculated.
    """
    found: list[Observation] = []
    figures: dict[str, tuple[Figure, ...]] = {}
    for derived in book.derived:
        calculation, seen = CALCULATIONS[derived.by], _seen(timeline, book, derived)
        if not all(seen.codes(part) for part in calculation.needs):
            continue
        results = tuple(calculation.function(seen, **derived.params))
        if calculation.figures:
            figures[derived.id] = tuple(result for result in results if isinstance(result, Figure))
        found += [
            Observation(derived.id, derived.id, result.start, result.end)
            for result in results
            if isinstance(result, Span)
        ]
    return Calculated(Timeline(timeline.duration, found), figures)


def with_calculated(timeline: Timeline, book: Codebook) -> Timeline:
    """Return a timeline with the calculated tiers beside what was coded."""
    return Timeline(timeline.duration, [*timeline, *calculated(timeline, book).timeline])


def calculated_tiers(book: Codebook) -> tuple[Derived, ...]:
    """Return what a codebook calculates that becomes a tier."""
    return tuple(derived for derived in book.derived if not CALCULATIONS[derived.by].figures)


def _seen(timeline: Timeline, book: Codebook, derived: Derived) -> Seen:
    calculation = CALCULATIONS[derived.by]
    parts = (*calculation.needs, *calculation.may)
    return Seen(
        timeline,
        {part: frozenset(_codes(book, derived.of.get(part, (part,)))) for part in parts},
        polarity={code.id: code.polarity for code in book.codes.values()},
        actor={code.id: code.actor for code in book.codes.values()},
        excluding={code.id: code.exclusive_group for code in book.codes.values() if code.exclusive_group},
        people=tuple(tier.id for tier in book.tiers if tier.fill_from == "members"),
    )


def _codes(book: Codebook, names: tuple[str, ...]) -> Iterator[str]:
    tiers = {tier.id: tier for tier in book.tiers}
    for name in names:
        if name in tiers:
            yield from (code.id for code in tiers[name].codes)
        elif name in book.codes:
            yield name
