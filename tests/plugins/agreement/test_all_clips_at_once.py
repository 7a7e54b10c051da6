"""Two raters are compared over all clips at once: that changes no figure, and holds on to nothing."""

from __future__ import annotations

import gc
import random
from collections.abc import Iterator

import numpy as np
import pytest

from plugins.agreement.comparing.choosing import Choice
from plugins.agreement.comparing.report import compare
from plugins.agreement.measures.catalogue import STATISTICS
from plugins.agreement.measures.inference.bootstrap import Resampler
from plugins.agreement.measures.timelines import linking
from plugins.agreement.measures.timelines.coded import CodedTier, coded_tier
from plugins.agreement.measures.timelines.grid import grid
from plugins.agreement.measures.timelines.kept import kept
from plugins.agreement.measures.timelines.linking import link_coded, link_lanes
from vib.observation import Observation, RaterSet, Timeline
from vib.statistic import Additive, Estimate

PAIR = ("anna", "bram")


def clips_of(chance: random.Random, number: int) -> Iterator[RaterSet]:
    """Yield clips with instants, events on top of each other, shared times, and raters who are absent."""
    for clip in range(number):
        end = chance.choice([30.0, 61.3])
        timelines = {}
        for rater in ("anna", "bram", "cas"):
            if chance.random() < 0.8:
                seen = []
                for _ in range(chance.randint(0, 12)):
                    start = chance.choice([float(chance.randint(0, 20)), chance.uniform(0, 20)])
                    last = chance.choice([0.0, 2.0, chance.uniform(0, 9)])
                    seen.append(Observation("turn", chance.choice("AB"), start, start + last, {"tone": "warm"}))
                timelines[rater] = Timeline(end, seen)
        yield RaterSet(f"clip {clip}", end, timelines)


def tier_of(seed: int, number: int = 9) -> CodedTier:
    return coded_tier(tuple(clips_of(random.Random(seed), number)), "turn")  # noqa: S311


@pytest.mark.parametrize("overlap", [0.02, 0.3, 0.6, 1.0])
@pytest.mark.parametrize("window", [None, 1.0])
@pytest.mark.parametrize("at_once", [linking.AT_ONCE, 20])
def test_events_of_all_clips_are_linked_as_those_of_each(
    monkeypatch: pytest.MonkeyPatch, overlap: float, window: float | None, at_once: int
) -> None:
    for seed in range(8):
        tier = tier_of(seed)
        first, second = tier.lanes(PAIR)
        expected = [
            (first.first[place] + i, second.first[place] + j)
            for place, clip in enumerate(tier.common(PAIR))
            for i, j in link_coded(clip.raters["anna"], clip.raters["bram"], overlap, window).tolist()
        ]
        monkeypatch.setattr(linking, "AT_ONCE", at_once)
        assert [tuple(pair) for pair in link_lanes(first, second, overlap, window).tolist()] == expected
        monkeypatch.undo()


def test_the_stretches_of_all_clips_are_those_of_each() -> None:
    for seed in range(8):
        cut = grid(tier_of(seed))
        together, width = cut.together(PAIR), len(cut.categories)
        for place, (clip, table) in enumerate(zip(cut.common(PAIR), together.tables(width), strict=True)):
            own = clip.of(PAIR)
            assert together.seconds[together.clip == place].tolist() == own.seconds.tolist()
            for first, second in np.ndindex(width, width):
                said = (own.says["anna"] == first) & (own.says["bram"] == second)
                assert table[first, second] == pytest.approx(own.seconds[said].sum(), abs=1e-12)
        alone = sum(clip.of(PAIR).stretches(np.arange(width)) for clip in cut.common(PAIR))
        assert together.stretches(np.arange(width)) == alone


def test_with_a_reference_only_its_pairs_are_compared() -> None:
    clips = list(clips_of(random.Random(3), 6))  # noqa: S311
    report = compare(clips, STATISTICS, Choice(reference="bram", bootstrap=0))
    assert report.pairs == (("anna", "bram"), ("bram", "cas"))
    assert {result.raters for result in report.results if result.scope == "pair"} == set(report.pairs)


def test_clips_drawn_once_for_several_figures_give_each_the_interval_that_it_has_alone() -> None:
    chance = np.random.default_rng(1)
    parts = chance.random((12, 3))
    agreed = Additive(parts, lambda sums: sums[:, 0] / sums.sum(-1))
    other = Additive(parts, lambda sums: sums[:, 1] / sums.sum(-1))
    estimate, both = Estimate("share", 0.3, 12, 2), Resampler(500)
    for additive in (agreed, other):
        shared, draws = both.interval(estimate, additive)
        assert draws is not None
        drawn = np.random.default_rng(0).multinomial(12, np.full(12, 1 / 12), size=500) @ parts
        low, high = np.quantile(additive.value(drawn), (0.025, 0.975))
        assert shared.ci == pytest.approx((min(low, 0.3), max(high, 0.3)), abs=1e-12)
        assert shared == Resampler(500).interval(estimate, additive)[0]


def test_what_is_made_of_a_clip_goes_with_the_clip() -> None:
    made = []

    @kept
    def ends(timeline: Timeline) -> float:
        made.append(timeline.duration)
        return timeline.duration

    first = Timeline(9)
    assert [ends(first), ends(first), ends(Timeline(9))] == [9, 9, 9]
    assert made == [9, 9]
    del first
    gc.collect()
    ends(Timeline(9))
    assert made == [9, 9, 9]
