"""What becomes of codes that were made with an earlier version of a codebook, or at another level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import final

from vib.codebook import Codebook
from vib.methods import asked_at
from vib.observation import AttributeValue, Observation, RaterSet, RatingValue, Timeline, as_codes
from vib.problem import InputProblem


@final
@dataclass(frozen=True, slots=True)
class Passage:
    """What the codebook says of the way from one version to another.

    Attributes
    ----------
    becomes : Mapping[str, str or None]
        What stands for a code, None where nothing does. A code that is not in it stays.
    incomparable : frozenset of str
        Tiers (or ratings) whose codes mean something else now.
    """

    becomes: Mapping[str, str | None]
    incomparable: frozenset[str]


def passage(codebook: Codebook, since: str, until: str) -> Passage:
    """Return what became of the codes of an earlier version in a later one.

    Parameters
    ----------
    codebook : Codebook
        Of any version from the later one on: it says in `changes` what each version changed.

    Raises
    ------
    InputProblem
        It does not say so of the later one, or is older than that.
    """
    if since == until:
        return Passage({}, frozenset())
    first, last = numbers_of(since), numbers_of(until)
    steps = sorted(
        (change for change in codebook.changes if first < numbers_of(change.version) <= last),
        key=lambda change: numbers_of(change.version),
    )
    if not steps or steps[-1].version != until or last > numbers_of(codebook.version):
        raise InputProblem(
            codebook.method,
            nl=f"het geïnstalleerde codeboek ({codebook.version}) zegt niet wat {until} veranderde",
            en=f"the codebook that is installed ({codebook.version}) does not say what {until} changed",
        )
    becomes: dict[str, str | None] = {}
    for step in steps:
        there = {old: None if now is None else step.becomes.get(now, now) for old, now in becomes.items()}
        # What is in `there` was another code by then: what the step says of its id is about a later one.
        becomes = {**step.becomes, **there}
    return Passage(becomes, frozenset(tier for step in steps for tier in step.incomparable))


def mapped(timeline: Timeline, becomes: Mapping[str, str | None], codebook: Codebook) -> Timeline:
    """Return a timeline with the codes that stand for its codes now, each on the tier where the codebook has it.

    A stretch or an answer for which nothing stands is left out.
    """
    if not becomes:
        return timeline
    home = {code.id: tier.id for tier in codebook.tiers for code in tier.codes}
    found = []
    for seen in timeline:
        code = becomes.get(seen.code, seen.code)
        if code is not None:
            tier = seen.tier if code == seen.code else home.get(code, seen.tier)
            found.append(Observation(tier, code, seen.start, seen.end, _described(seen.attributes, becomes, home)))
    return Timeline(timeline.duration, found)


def mapped_ratings(ratings: Mapping[str, RatingValue], becomes: Mapping[str, str | None]) -> Mapping[str, RatingValue]:
    """Return ratings under the ids that stand for theirs now."""
    names = {name: becomes.get(name, name) for name in ratings}
    return {now: ratings[name] for name, now in names.items() if now is not None}


def offered(codebook: Codebook, level: str | None) -> Mapping[str, frozenset[str]]:
    """Return what is asked at a level: the codes of each tier, and each rating with none.

    Raises
    ------
    InputProblem
        The codebook has no such level.
    """
    asked = asked_at(codebook, level)
    tiers = {tier.id: frozenset(code.id for code in tier.codes) for tier in asked.tiers}
    return tiers | {rating.id: frozenset() for rating in asked.ratings}


def without_codes(timeline: Timeline, codes: frozenset[str]) -> Timeline:
    """Return a timeline without some codes, on the timeline and in what describes it."""
    if not codes:
        return timeline
    gone: dict[str, str | None] = dict.fromkeys(codes)
    kept = (
        replace(seen, attributes=_described(seen.attributes, gone, {})) for seen in timeline if seen.code not in gone
    )
    return Timeline(timeline.duration, kept)


def without_tiers(clip: RaterSet, names: frozenset[str]) -> RaterSet:
    """Return a clip without some tiers, attributes and ratings."""
    if not names:
        return clip
    timelines = {
        rater: Timeline(
            seen.duration,
            (
                replace(one, attributes={name: value for name, value in one.attributes.items() if name not in names})
                for one in seen
                if one.tier not in names
            ),
        )
        for rater, seen in clip.timelines.items()
    }
    ratings = {
        rater: {name: value for name, value in given.items() if name not in names}
        for rater, given in clip.ratings.items()
    }
    return replace(clip, timelines=timelines, ratings=ratings)


def _described(
    attributes: Mapping[str, AttributeValue], becomes: Mapping[str, str | None], home: Mapping[str, str]
) -> dict[str, AttributeValue]:
    if not any(code in becomes for value in attributes.values() for code in as_codes(value)):
        return dict(attributes)
    found: dict[str, list[str]] = {}
    several = {name for name, value in attributes.items() if not isinstance(value, str)}
    for name, value in attributes.items():
        for code in as_codes(value):
            now = becomes.get(code, code)
            if now is not None:
                tier = name if now == code else home.get(now, name)
                found.setdefault(tier, []).append(now)
                several |= {tier} if name in several else set()
    unique = {name: tuple(dict.fromkeys(codes)) for name, codes in found.items()}
    return {name: codes if name in several or len(codes) > 1 else codes[0] for name, codes in unique.items()}


def numbers_of(version: str) -> tuple[int, ...]:
    """Return a version as numbers, by which versions are ordered."""
    return tuple(map(int, version.split(".")))
