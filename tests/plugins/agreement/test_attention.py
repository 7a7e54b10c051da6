"""What is to be looked at first: who and what differs is named, and nobody where all are alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from plugins.agreement.comparing.attention import Attention, attention
from plugins.agreement.comparing.choosing import Choice
from plugins.agreement.comparing.report import compare
from plugins.agreement.measures.inference.bootstrap import Resampler
from plugins.agreement.plugin import vib_statistics
from vib.observation import Observation, RaterSet, Timeline
from vib.observations_file import read_observations

WEAK = Path(__file__).parent / "cases" / "50_weak_rater_illdefined_code.json"
"""Seven raters of twelve clips, of whom r6 is weak; all give code C differently."""

CODES = ("A", "B", "C")


def drawn(
    seed: int, raters: Mapping[str, float], codes: Mapping[str, float], clips: int = 8, moments: int = 12
) -> tuple[RaterSet, ...]:
    """Return clips in which each rater sees each moment, with its code, as often as rater and code let them."""
    chance = np.random.default_rng(seed)
    made = []
    for clip in range(clips):
        truth = chance.choice(sorted(codes), moments)
        seen = {}
        for rater, sure in raters.items():
            rows = []
            for place, code in enumerate(truth.tolist()):
                right = chance.random() < sure * codes[code]
                other = str(chance.choice([one for one in CODES if one != code]))
                rows.append(Observation("turn", code if right else other, 5.0 * place, 5.0 * place + 3))
            seen[rater] = Timeline(5.0 * moments, rows)
        made.append(RaterSet(f"clip {clip}", 5.0 * moments, seen))
    return tuple(made)


def attended(clips: Sequence[RaterSet], draws: int = 500, reference: str | None = None) -> Attention:
    raters = sorted({rater for clip in clips for rater in clip.timelines})
    tier = next(iter(clips[0].timelines.values())).observations[0].tier
    return attention(tuple(clips), tier, list(combinations(raters, 2)), Resampler(draws), reference=reference)


@pytest.mark.parametrize("reference", [None, "r1"])
def test_the_weak_rater_and_the_ill_defined_code_are_named_first(reference: str | None) -> None:
    found = attended(read_observations(WEAK), reference=reference)
    assert (found.raters[0].name, found.codes[0].name) == ("r6", "C")
    assert [one.name for one in (*found.raters, *found.codes, *found.clips) if one.named] == ["r6", "C"]
    # All differ on C; r6 differs on every code.
    assert found.codes[0].because == ()
    assert set(found.raters[0].because) == {"A", "B", "C"}
    assert [one.because for one in found.codes[1:]] == [("r6",), ("r6",)]


def test_a_report_has_what_to_look_at_first_in_each_tier() -> None:
    clips = [clip for clip in read_observations(WEAK) if clip.clip in ("c00", "c01", "c02")]
    (found,) = compare(clips, vib_statistics(), Choice(bootstrap=50)).attention
    assert found.tier == "t"
    assert {one.name for one in found.raters} == {"expert", "r1", "r2", "r3", "r4", "r5", "r6"}
    assert [one.n_raters for one in (found.raters[0].agreement, found.codes[0].agreement)] == [7, 7]


def named_in(seeds: range) -> int:
    """Count the sets of raters, all alike, in which anybody or any code or clip is named."""
    raters, codes = dict.fromkeys(("anna", "bram", "cas", "dora", "els"), 0.85), dict.fromkeys(CODES, 1.0)
    found = [attended(drawn(seed, raters, codes), draws=300) for seed in seeds]
    return sum(any(one.named for one in (*f.codes, *f.raters, *f.clips)) for f in found)


def test_with_all_raters_alike_nobody_is_named() -> None:
    assert named_in(range(10)) == 0


@pytest.mark.nightly
def test_of_200_sets_of_raters_who_are_alike_hardly_any_names_anybody() -> None:
    assert named_in(range(200)) <= 10
