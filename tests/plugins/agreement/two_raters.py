"""Two raters of a clip by any codebook: every tier is used, and the second differs here and there."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from vib.codebook import Codebook, Tier
from vib.made_with import MadeWith
from vib.observation import AttributeValue, Observation, RaterSet, RatingValue, Timeline

STRETCHES = 3
"""Of each code on the timeline."""

SECONDS = 4.0
ANNA, BRAM = "anna", "bram"


def example(book: Codebook, seed: int = 0, *, level: str | None = None) -> RaterSet:
    """Return a clip that two raters coded with a codebook, the same for the same seed."""
    random = Random(seed)  # noqa: S311 - nothing is kept secret with it
    codes = [(tier.id, code.id) for tier in book.timeline_tiers for code in tier.codes] * STRETCHES
    random.shuffle(codes)
    duration = SECONDS * len(codes)
    first, second = [], []
    for place, (tier, code) in enumerate(codes):
        start = SECONDS * place
        described = {one.id: _answer(random, one) for one in book.describing_tiers if _asked(one, tier, code)}
        first.append(Observation(tier, code, start, start + 3.0, described))
        if random.random() < 0.9:
            theirs = {
                name: _answer(random, book.tier(name)) if random.random() < 0.2 else value
                for name, value in described.items()
                if random.random() < 0.95
            }
            shift = random.uniform(0, 0.8)
            second.append(Observation(tier, code, start + shift, start + 3.0 + shift, theirs))
    made_with = MadeWith(method=book.method, version=book.version, level=level)
    return RaterSet(
        f"{book.method}/example-{seed}",
        duration,
        {ANNA: Timeline(duration, first), BRAM: Timeline(duration, second)},
        {rater: _ratings(random, book) for rater in (ANNA, BRAM)},
        {ANNA: made_with, BRAM: made_with},
    )


def _asked(tier: Tier, described: str, code: str) -> bool:
    return tier.describes is not None and tier.describes.tier == described and code in tier.describes.codes


def _answer(random: Random, tier: Tier) -> AttributeValue:
    codes = [code.id for code in tier.codes]
    return tuple(random.sample(codes, min(2, len(codes)))) if tier.several else random.choice(codes)


def _ratings(random: Random, book: Codebook) -> Mapping[str, RatingValue]:
    return {rating.id: float(random.randint(rating.lowest, rating.highest)) for rating in book.ratings}
