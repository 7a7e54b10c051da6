"""Questions that may stay empty: how often both of two raters answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plugins.agreement.measures.timelines.linking import link
from vib.codebook import Codebook, Tier
from vib.language import Text
from vib.observation import Observation, RaterSet

from .disagreements import Pair
from .texts_together import ANSWERED


def answered_notes(
    clips: Sequence[RaterSet],
    pairs: Sequence[Pair],
    tiers: Iterable[str],
    codebooks: Iterable[Codebook],
    overlap: float,
    window: float | None = None,
) -> tuple[Text, ...]:
    """Say of each optional tier that is compared on how many stretches both of two raters answered, over all pairs."""
    optional = {tier.id: tier for book in codebooks for tier in book.tiers if tier.optional}
    notes = []
    for name in tiers:
        if name in optional:
            counts = [both_answered(clips, pair, optional[name], overlap, window) for pair in pairs]
            both, either = (sum(column) for column in zip(*counts, strict=True))
            notes.append(ANSWERED.filled(tier=optional[name].label, both=both, either=either))
    return tuple(notes)


def both_answered(
    clips: Sequence[RaterSet], pair: Pair, tier: Tier, overlap: float = 0.6, window: float | None = None
) -> tuple[int, int]:
    """Count how often both of two raters answered, and how often at least one of them did.

    A tier that describes another is counted by stretches that both drew, linked as for the figures by event;
    one on the timeline by clips.
    """
    both = either = 0
    for clip in clips:
        if not set(pair) <= set(clip.timelines):
            continue
        first, second = (clip.timelines[rater] for rater in pair)
        if tier.describes is None:
            answers = [(tier.id in first.tiers, tier.id in second.tiers)]
        else:
            asked = tier.describes.tier
            mine, theirs = first.tiers.get(asked, ()), second.tiers.get(asked, ())
            answers = [
                (_has(mine[i], tier.id), _has(theirs[j], tier.id)) for i, j in link(mine, theirs, overlap, window)
            ]
        both += sum(one and other for one, other in answers)
        either += sum(one or other for one, other in answers)
    return both, either


def _has(seen: Observation, tier: str) -> bool:
    return tier in seen.attributes
