"""From who saw what to every figure there is about it, and the list of what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal, final

from vib.language import Text
from vib.observation import Observation, RaterSet, as_codes
from vib.problem import InputProblem
from vib.statistic import Question, Result, Scope, Statistic

from . import texts
from .timelines.linking import link
from .timelines.pairs import observations_of

Kind = Literal["missed", "added", "other_code", "boundary", "attribute"]

Pair = tuple[str, str]


@final
@dataclass(frozen=True, slots=True)
class Choice:
    """What of the clips to compare; None means everything there is.

    Parameters
    ----------
    raters : tuple[str, ...] or None
        Whom to compare.
    tier : str or None
        Tier, or attribute.
    code : str or None
        One code; without a tier, in every tier that has it.
    measures : tuple[str, ...]
        Names of statistics; none means all.
    overlap : float
        Share of the longer event that two events must share to be the same one.
    tolerance : float
        Seconds by which boundaries may differ before that is a disagreement.
    per_clip : bool
        Whether to calculate each clip on its own too.
    """

    raters: tuple[str, ...] | None = None
    tier: str | None = None
    code: str | None = None
    measures: tuple[str, ...] = ()
    overlap: float = 0.6
    tolerance: float = 1.0
    per_clip: bool = False


@final
@dataclass(frozen=True, slots=True)
class Measure:
    """One figure, and the clip that it is about (None: all clips pooled)."""

    result: Result
    clip: str | None = None


@final
@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was compared and what came out.

    Parameters
    ----------
    clips : tuple[RaterSet, ...]
        Clips that at least two of `raters` coded.
    pairs : tuple[tuple[str, str], ...]
        Every two raters, by name.
    tiers : tuple[str, ...]
        Tiers and attributes that were compared.
    attributes : frozenset[str]
        Which of `tiers` are attributes.
    """

    raters: tuple[str, ...]
    pairs: tuple[Pair, ...]
    clips: tuple[RaterSet, ...]
    tiers: tuple[str, ...]
    attributes: frozenset[str]
    statistics: tuple[Statistic, ...]
    measures: tuple[Measure, ...]
    choice: Choice


@final
@dataclass(frozen=True, slots=True)
class Disagreement:
    """One moment on which two raters differ.

    Parameters
    ----------
    kind : {"missed", "added", "other_code", "boundary", "attribute"}
        Only the first rater has it; only the second has it; both, with other codes; both,
        with a start or end that differs by more than the tolerance; both, described otherwise.
    start, end : float
        The stretch to look at: everything that either rater has.
    first, second : Observation or None
        What each rater has.
    attribute : str or None
        Which attribute differs.
    """

    clip: str
    tier: str
    kind: Kind
    start: float
    end: float
    raters: Pair
    first: Observation | None
    second: Observation | None
    attribute: str | None = None


def compare(clips: Sequence[RaterSet], statistics: Iterable[Statistic], choice: Choice | None = None) -> Report:
    """Calculate every statistic for each tier and attribute, whole and per code, for each pair.

    With two raters the figures over all clips have scope ``all``, with more raters each
    pair has scope ``pair``: what is true of pairs is not averaged into a figure for all.
    A clip counts for a pair when both coded it, even if one saw nothing.

    Raises
    ------
    InputProblem
        Fewer than two raters, or a choice that the clips or statistics do not have.
    """
    chosen = choice or Choice()
    check_numbers(chosen)
    known = {statistic.name: statistic for statistic in statistics}
    names = chosen.measures or tuple(known)
    for name in names:
        _among("measure", name, tuple(known))
    raters = _raters(clips, chosen)
    shared = tuple(c for c in clips if sum(rater in c.timelines for rater in raters) > 1)
    tiers, attributes = _tiers(clips, raters)
    codes = {tier: _codes(clips, raters, tier) for tier in (*tiers, *attributes)}
    wanted = _wanted(codes, chosen)
    pairs: tuple[Pair, ...] = tuple(combinations(raters, 2))
    asked = tuple(known[name] for name in dict.fromkeys(names))
    scope: Scope = "all" if len(pairs) == 1 else "pair"
    measures = [Measure(r) for r in _results(shared, pairs, wanted, asked, chosen.overlap, scope)]
    for clip in shared if chosen.per_clip else ():
        coded = tuple(pair for pair in pairs if set(pair) <= set(clip.timelines))
        found = _results((clip,), coded, wanted, asked, chosen.overlap, "clip")
        measures += [Measure(result, clip.clip) for result in found]
    return Report(
        raters=raters,
        pairs=pairs,
        clips=shared,
        tiers=tuple(wanted),
        attributes=frozenset(attributes) - frozenset(tiers),
        statistics=asked,
        measures=tuple(measures),
        choice=chosen,
    )


def check_numbers(choice: Choice) -> None:
    """Refuse an overlap or tolerance that means nothing.

    Raises
    ------
    InputProblem
        With the option to mend.
    """
    if not 0 < choice.overlap <= 1:
        raise InputProblem(
            "overlap",
            nl=f"{choice.overlap} moet boven 0 en hoogstens 1 zijn",
            en=f"{choice.overlap} must be above 0 and at most 1",
        )
    if not 0 <= choice.tolerance < float("inf"):
        raise InputProblem(
            "tolerance",
            nl=f"{choice.tolerance} is geen aantal seconden",
            en=f"{choice.tolerance} is not a number of seconds",
        )


def disagreements(
    clips: Sequence[RaterSet],
    raters: Pair,
    *,
    tier: str | None = None,
    code: str | None = None,
    overlap: float = 0.6,
    tolerance: float = 1.0,
) -> list[Disagreement]:
    """List every moment on which two raters differ, clip by clip, in order of time.

    Events are linked exactly as for the event-based figures. Where linked events have
    other codes, their boundaries and attributes are not compared any more.

    Parameters
    ----------
    clips : Sequence[RaterSet]
        Clips that either rater did not code are skipped.
    raters : tuple[str, str]
        Whose codes are `first` and `second`.
    tier : str or None
        Only this tier, or only this attribute of any tier.
    code : str or None
        Only where either rater has this code.
    overlap, tolerance : float
        As in `Choice`.

    Examples
    --------
    >>> from vib.observation import Timeline
    >>> anna = Timeline(20, [Observation("turn", "kind", 1, 4), Observation("turn", "kind", 8, 9)])
    >>> bram = Timeline(20, [Observation("turn", "volwassene", 1, 4)])
    >>> clips = [RaterSet("clip", 20, {"anna": anna, "bram": bram})]
    >>> [(d.start, d.kind) for d in disagreements(clips, ("anna", "bram"))]
    [(1, 'other_code'), (8, 'missed')]
    """
    found: list[Disagreement] = []
    for clip in clips:
        if set(raters) <= set(clip.timelines):
            here = [
                d
                for name in _tiers((clip,), raters)[0]
                for d in _in_tier(clip, raters, name, overlap, tolerance)
                if tier in (None, name, d.attribute) and _has(d, code)
            ]
            found += sorted(here, key=lambda d: (d.start, d.end, d.tier, d.kind, d.attribute or ""))
    return found


def _in_tier(clip: RaterSet, raters: Pair, tier: str, overlap: float, tolerance: float) -> Iterator[Disagreement]:
    mine, theirs = (clip.timelines[rater].tiers.get(tier, ()) for rater in raters)
    links = link(mine, theirs, overlap)

    def differs(
        kind: Kind, first: Observation | None, second: Observation | None, attribute: str | None = None
    ) -> Disagreement:
        both = [o for o in (first, second) if o is not None]
        start, end = min(o.start for o in both), max(o.end for o in both)
        return Disagreement(clip.clip, tier, kind, start, end, raters, first, second, attribute)

    for i, j in links:
        first, second = mine[i], theirs[j]
        if first.code != second.code:
            yield differs("other_code", first, second)
            continue
        # A hair of slack: 3.1 - 2.1 is more than 1 in binary.
        if max(abs(first.start - second.start), abs(first.end - second.end)) > tolerance + 1e-9:
            yield differs("boundary", first, second)
        for name in sorted({*first.attributes, *second.attributes}):
            values = (sorted(as_codes(o.attributes.get(name))) for o in (first, second))
            if next(values) != next(values):
                yield differs("attribute", first, second, name)
    linked_first, linked_second = {i for i, _ in links}, {j for _, j in links}
    yield from (differs("missed", o, None) for i, o in enumerate(mine) if i not in linked_first)
    yield from (differs("added", None, o) for j, o in enumerate(theirs) if j not in linked_second)


def _has(found: Disagreement, code: str | None) -> bool:
    if code is None:
        return True
    both = [o for o in (found.first, found.second) if o is not None]
    if found.attribute is not None:
        return any(code in (o.code, *as_codes(o.attributes.get(found.attribute))) for o in both)
    return any(code == o.code for o in both)


def _results(
    clips: tuple[RaterSet, ...],
    pairs: tuple[Pair, ...],
    wanted: Mapping[str, tuple[str | None, ...]],
    statistics: tuple[Statistic, ...],
    overlap: float,
    scope: Scope,
) -> Iterator[Result]:
    for pair in pairs:
        common = tuple(c for c in clips if set(pair) <= set(c.timelines))
        for tier, codes in wanted.items():
            for code in codes:
                for statistic in statistics:
                    answer = statistic.calculate(Question(common, pair, tier, code, overlap))
                    yield replace(answer, scope=scope)
        if not wanted:
            reason = texts.NOTHING_CODED if common else texts.NO_COMMON_CLIP
            for statistic in statistics:
                yield Result(statistic.name, "", None, None, pair, scope, None, 0, reason)


def _raters(clips: Sequence[RaterSet], choice: Choice) -> tuple[str, ...]:
    known = tuple(sorted({rater for clip in clips for rater in clip.timelines}))
    for rater in choice.raters or ():
        _among("rater", rater, known)
    raters = tuple(sorted(set(choice.raters))) if choice.raters else known
    if len(raters) < 2:
        there = ", ".join(raters) or "-"
        raise InputProblem(
            "raters",
            nl=f"vergelijken kan vanaf twee beoordelaars; gevonden: {there}",
            en=f"comparing takes at least two raters; found: {there}",
        )
    return raters


def _tiers(clips: Sequence[RaterSet], raters: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    timelines = [clip.timelines[rater] for clip in clips for rater in raters if rater in clip.timelines]
    return (
        tuple(sorted({tier for timeline in timelines for tier in timeline.tiers})),
        tuple(sorted({name for timeline in timelines for name in timeline.attribute_names})),
    )


def _codes(clips: Sequence[RaterSet], raters: Sequence[str], tier: str) -> tuple[str, ...]:
    return tuple(
        sorted(
            {
                o.code
                for clip in clips
                for rater in raters
                if rater in clip.timelines
                for o in observations_of(clip.timelines[rater], tier)
            }
        )
    )


def _wanted(codes: Mapping[str, tuple[str, ...]], choice: Choice) -> dict[str, tuple[str | None, ...]]:
    """Return which codes of which tiers to ask about; None stands for the whole tier."""
    if choice.tier is not None:
        _among("tier", choice.tier, tuple(codes))
        codes = {choice.tier: codes[choice.tier]}
    if choice.code is None:
        return {tier: (None, *found) for tier, found in codes.items()}
    _among("code", choice.code, tuple(sorted({code for found in codes.values() for code in found})))
    return {tier: (choice.code,) for tier, found in codes.items() if choice.code in found}


def _among(what: str, name: str, known: tuple[str, ...]) -> None:
    if name not in known:
        reason: Text = texts.unknown(name, known)
        raise InputProblem(what, nl=reason.nl, en=reason.en)
