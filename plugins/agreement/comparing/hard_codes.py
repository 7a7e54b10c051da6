"""Which codes are hardest: how often two raters gave the same one to the same moment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from plugins.agreement.measures.timelines.linking import link
from vib.hard_code import HardCode
from vib.observation import RaterSet, Timeline, as_codes

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
    >>> from vib.observation import Observation
    >>> anna = Timeline(90, [Observation("turn", "kind", start, start + 2) for start in range(0, 50, 5)])
    >>> bram = Timeline(90, [Observation("turn", "kind", start, start + 2) for start in range(0, 40, 5)])
    >>> [(one.code, one.agreed, one.given) for one in hard_codes([RaterSet("clip", 90, {"anna": anna, "bram": bram})])]
    [('kind', 8, 10)]
    """
    given: Counter[str] = Counter()
    agreed: Counter[str] = Counter()
    instead: dict[str, Counter[str]] = defaultdict(Counter)
    for clip in clips:
        for one, other in combinations(sorted(clip.timelines), 2):
            for first, second in _answers(clip.timelines[one], clip.timelines[other], left_out):
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


def _answers(one: Timeline, other: Timeline, left_out: Collection[str]) -> Iterator[tuple[Answers, Answers]]:
    """Yield what each of two raters answered to the same question at the same moment."""
    for tier in sorted({*one.tiers, *other.tiers} - set(left_out)):
        mine, theirs = one.tiers.get(tier, ()), other.tiers.get(tier, ())
        links = link(mine, theirs)
        for i, j in links:
            first, second = mine[i], theirs[j]
            yield frozenset({first.code}), frozenset({second.code})
            if first.code == second.code:
                for name in sorted({*first.attributes, *second.attributes} - set(left_out)):
                    answers = (frozenset(as_codes(seen.attributes.get(name))) for seen in (first, second))
                    yield next(answers), next(answers)
        linked, linked_too = {i for i, _ in links}, {j for _, j in links}
        nothing: Answers = frozenset()
        for place, seen in enumerate(mine):
            if place not in linked:
                yield frozenset({seen.code}), nothing
        for place, seen in enumerate(theirs):
            if place not in linked_too:
                yield nothing, frozenset({seen.code})
