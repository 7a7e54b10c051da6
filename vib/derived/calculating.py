"""What a codebook calculates from a timeline: tiers that nobody codes, and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import final

from vib.codebook.book import Codebook, Derived
from vib.derived.catalogue import CALCULATIONS
from vib.derived.seen import Figure, Seen, Span
from vib.made_with import MadeWith
from vib.observation import ROUNDING, AttributeValue, Observation, RaterSet, Timeline, as_codes


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


BookOf = Callable[[MadeWith | None], Codebook | None]


def with_calculated_tiers(clips: Iterable[RaterSet], book_of: BookOf) -> tuple[RaterSet, ...]:
    """Return clips with the calculated tiers of every rater beside what they coded.

    A clip of which not all raters coded with a codebook that is there stays as it is.

    Parameters
    ----------
    clips : iterable of RaterSet
    book_of : callable
        The codebook, at its level, of codes that were made with something; None where nothing is to be calculated.
    """
    return tuple(_with_tiers(clip, book_of) for clip in clips)


def _with_tiers(clip: RaterSet, book_of: BookOf) -> RaterSet:
    found = {rater: book_of(clip.made_with.get(rater)) for rater in clip.timelines}
    books = {rater: book for rater, book in found.items() if book is not None}
    if not books or len(books) < len(found):
        return clip
    # What a level does not ask is calculated for nobody, so that raters can be compared.
    tiers = frozenset.intersection(*(_makes(book) for book in books.values()))
    timelines = {}
    for rater, timeline in clip.timelines.items():
        coded = Timeline(timeline.duration, (one for one in timeline if one.tier not in clip.calculated))
        both = with_calculated(folded(coded, books[rater]), books[rater])
        made = _makes(books[rater])
        timelines[rater] = Timeline(both.duration, (one for one in both if one.tier in tiers or one.tier not in made))
    return replace(clip, timelines=timelines, calculated=tiers)


def _makes(book: Codebook) -> frozenset[str]:
    """Return the tiers that can be calculated from codes of a codebook, at its level."""
    nothing = Timeline(1.0)
    return frozenset(
        derived.id
        for derived in calculated_tiers(book)
        if all(_seen(nothing, book, derived).codes(part) for part in CALCULATIONS[derived.by].needs)
    )


def folded(timeline: Timeline, book: Codebook) -> Timeline:
    """Return a timeline whose answers lie at the stretches that they describe.

    A table with one row a code (`vib export --format csv`) has answers as observations of their own, with the times of
    what they describe. What describes nothing stays where it is.
    """
    questions = {tier.id: tier.describes for tier in book.describing_tiers if tier.describes}
    answers = [one for one in timeline if one.tier in questions]
    if not answers:
        return timeline
    stretches = [one for one in timeline if one.tier not in questions]
    given: list[dict[str, AttributeValue]] = [dict(one.attributes) for one in stretches]
    places: dict[tuple[int, int], list[int]] = {}
    for place, one in enumerate(stretches):
        places.setdefault(_times(one), []).append(place)
    left = []
    for answer in answers:
        asked = questions[answer.tier]
        fit = [
            place
            for place in places.get(_times(answer), [])
            if stretches[place].tier == asked.tier and stretches[place].code in asked.codes
        ]
        if fit:
            own = given[fit[0]]
            codes = (*as_codes(own.get(answer.tier)), answer.code)
            own[answer.tier] = codes if len(codes) > 1 or book.tier(answer.tier).several else answer.code
        else:
            left.append(answer)
    return Timeline(
        timeline.duration,
        [
            *(replace(one, attributes=own) for one, own in zip(stretches, given, strict=True)),
            *left,
        ],
    )


def _times(one: Observation) -> tuple[int, int]:
    return round(one.start / ROUNDING), round(one.end / ROUNDING)


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
