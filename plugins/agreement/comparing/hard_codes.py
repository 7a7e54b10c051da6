"""Which codes are hardest: how often two raters gave the same one to the same moment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

import numpy as np

from plugins.agreement.measures.timelines.linking import link_coded
from vib.hard_code import HardCode
from vib.observation import RaterSet, as_codes

from .disagreements import Seen, seen_of

FEWEST = 5
"""Moments below which nothing is said of a code."""

Answers = frozenset[str]


def hard_codes(clips: Sequence[RaterSet], left_out: Collection[str] = ()) -> tuple[HardCode, ...]:
    """Return the codes on which pairs of raters differ, the hardest first.

    Events of two raters are linked as for the event-based figures. Of linked events the codes are compared, and where
    these are the same what they are described with; an event that only one rater has counts for its code.

    Parameters
    ----------
    left_out : collection of str
        Tiers that are not compared, such as those of which each may pick freely.

    Examples
    --------
    >>> from vib.observation import Observation, Timeline
    >>> anna = Timeline(90, [Observation("turn", "kind", start, start + 2) for start in range(0, 50, 5)])
    >>> bram = Timeline(90, [Observation("turn", "kind", start, start + 2) for start in range(0, 40, 5)])
    >>> [(one.code, one.agreed, one.given) for one in hard_codes([RaterSet("clip", 90, {"anna": anna, "bram": bram})])]
    [('kind', 8, 10)]
    """
    given: Counter[str] = Counter()
    agreed: Counter[str] = Counter()
    instead: dict[str, Counter[str]] = defaultdict(Counter)
    for first, second in _all_answers(clips, frozenset(left_out)):
        both = first & second
        given.update(first | second)
        agreed.update(both)
        for mine, theirs in ((first, second), (second, first)):
            for code in mine - both:
                instead[code].update(theirs - both)
    found = [
        HardCode(code, number, agreed[code], tuple(instead[code].most_common()))
        for code, number in given.items()
        if number >= FEWEST
    ]
    return tuple(sorted(found, key=lambda one: (one.share, -one.given, one.code)))


def _all_answers(clips: Sequence[RaterSet], left_out: frozenset[str]) -> Iterator[tuple[Answers, Answers]]:
    """Yield what each of two raters answered to the same question at the same moment, over all pairs."""
    for clip in clips:
        raters = sorted(clip.timelines)
        for tier in sorted({tier for rater in raters for tier in clip.timelines[rater].tiers} - left_out):
            seen = seen_of(clip, tier, raters)
            for one, other in combinations(raters, 2):
                yield from _answers(seen[one], seen[other], left_out)


def _answers(mine: Seen, theirs: Seen, left_out: frozenset[str]) -> Iterator[tuple[Answers, Answers]]:
    links = link_coded(mine.coded, theirs.coded)
    nothing: Answers = frozenset()
    for i, j in links.tolist():
        first, second = mine.observations[i], theirs.observations[j]
        yield frozenset({first.code}), frozenset({second.code})
        if first.code == second.code:
            for name in sorted({*first.attributes, *second.attributes} - left_out):
                answers = (frozenset(as_codes(seen.attributes.get(name))) for seen in (first, second))
                yield next(answers), next(answers)
    for place in np.setdiff1d(np.arange(len(mine.observations)), links[:, 0]).tolist():
        yield frozenset({mine.observations[place].code}), nothing
    for place in np.setdiff1d(np.arange(len(theirs.observations)), links[:, 1]).tolist():
        yield nothing, frozenset({theirs.observations[place].code})
