"""What is to be looked at first: who and what differs is named, and nobody where all are alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
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


def named_in(seeds: range) -> tuple[int, int]:
    """Count the sets of raters, all alike, in which anything is named, and in which a code has raters who differ."""
    raters, codes = dict.fromkeys(("anna", "bram", "cas", "dora", "els"), 0.85), dict.fromkeys(CODES, 1.0)
    found = [attended(drawn(seed, raters, codes), draws=300) for seed in seeds]
    return sum(any(one.named for one in (*f.codes, *f.raters, *f.clips)) for f in found), sum(
        any(one.because for one in f.codes) for f in found
    )


def test_with_all_raters_alike_nobody_is_named() -> None:
    assert named_in(range(10)) == (0, 0)


@pytest.mark.nightly
def test_of_200_sets_of_raters_who_are_alike_hardly_any_names_anybody() -> None:
    assert max(named_in(range(200))) <= 10


def shown(found: Attention, names: Mapping[str, str] | None = None) -> list[tuple[object, ...]]:
    """Return what is said of codes, raters and clips, under other names, in no order."""
    called = names or {}
    return sorted(
        (
            called.get(one.name, one.name),
            round(one.agreement.value or 0.0, 9),
            round(one.difference.value or 0.0, 9) if one.difference else None,
            [round(end, 9) for end in (one.difference.ci if one.difference and one.difference.ci else ())],
            one.named,
            sorted(called.get(name, name) for name in one.because),
        )
        for one in (*found.codes, *found.raters)
    )


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_raters_and_units_and_other_names_and_later_times_change_nothing(seed: int) -> None:
    clips = drawn(seed, {"anna": 0.9, "bram": 0.8, "cas": 0.4}, {"A": 1.0, "B": 0.9, "C": 0.5}, clips=6)
    found = shown(attended(clips, draws=200))
    turned = [replace(clip, timelines=dict(reversed(list(clip.timelines.items())))) for clip in clips]
    assert shown(attended(turned, draws=200)) == found
    names = {"anna": "zoe", "bram": "yara", "cas": "aafke", "A": "initiatief", "B": "ontvangst", "C": "anders"}
    later = [
        RaterSet(
            clip.clip,
            clip.duration + 10,
            {
                names[rater]: Timeline(
                    clip.duration + 10,
                    [replace(o, code=names[o.code], start=o.start + 10, end=o.end + 10) for o in seen][::-1],
                )
                for rater, seen in clip.timelines.items()
            },
        )
        for clip in clips
    ]
    back = {new: old for old, new in names.items()}
    assert shown(attended(later, draws=200), back) == found


def test_every_interval_holds_its_value_and_lies_where_it_can() -> None:
    clips = read_observations(WEAK)[:5]
    found = attended(clips, draws=200)
    for one in (*found.codes, *found.raters, *found.clips):
        for figure, lowest in ((one.agreement, 0), (one.others, 0), (one.difference, -1)):
            assert figure is not None
            assert (figure.value is None) != (figure.undefined_because is None)
            assert figure.value is not None
            assert figure.ci is not None
            assert lowest <= figure.ci[0] <= figure.value <= figure.ci[1] <= 1


def test_a_figure_is_counted_by_hand() -> None:
    rows = {"anna": ["A", "A", "B"], "bram": ["A", "B", "B"], "cas": ["A", "A", "A"]}
    seen = {
        rater: Timeline(
            60, [Observation("turn", code, 10.0 * place, 10.0 * place + 5) for place, code in enumerate(said)]
        )
        for rater, said in rows.items()
    }
    found = attended([RaterSet("clip", 60, seen)], draws=0)
    codes = {one.name: one.agreement for one in found.codes}
    # Anna and bram share one A of 2 + 1, anna and cas two of 2 + 3, bram and cas one of 1 + 3.
    assert codes["A"].value == pytest.approx(8 / 12)
    assert codes["A"].n_units == 6
    raters = {one.name: one for one in found.raters}
    # Cas shares two of three with anna, one of three with bram; anna and bram share two of three.
    assert raters["cas"].agreement.value == pytest.approx(6 / 12)
    assert raters["cas"].others is not None
    assert raters["cas"].others.value == pytest.approx(4 / 6)
    assert raters["cas"].difference is not None
    assert raters["cas"].difference.value == pytest.approx(6 / 12 - 4 / 6)
    assert [one.difference.ci for one in found.raters if one.difference] == [None] * 3
    assert not any(one.named for one in (*found.codes, *found.raters, *found.clips))


def test_two_raters_have_nobody_to_be_compared_with_and_their_codes_have() -> None:
    found = attended(drawn(1, {"anna": 0.95, "bram": 0.95}, {"A": 1.0, "B": 1.0, "C": 0.2}, clips=12))
    assert [(one.others, one.difference, one.named) for one in found.raters] == [(None, None, False)] * 2
    assert found.codes[0].name == "C"
    assert found.codes[0].named


def test_a_code_that_never_agrees_is_named_though_every_draw_is_alike() -> None:
    clips = drawn(1, dict.fromkeys(("anna", "bram", "cas"), 1.0), {"A": 1.0, "B": 1.0}, clips=12)
    mixed = [
        replace(
            clip,
            timelines={
                rater: Timeline(
                    clip.duration + 5, [*seen, Observation("turn", f"C{rater}", clip.duration, clip.duration + 3)]
                )
                for rater, seen in clip.timelines.items()
            },
            duration=clip.duration + 5,
        )
        for clip in clips
    ]
    named = [one.name for one in attended(mixed).codes if one.named]
    assert named == ["Canna", "Cbram", "Ccas"]


def test_who_coded_the_hard_clips_is_not_named_for_it() -> None:
    easy = drawn(1, dict.fromkeys(("anna", "bram", "cas"), 0.98), dict.fromkeys(CODES, 1.0), clips=8)
    hard = drawn(2, dict.fromkeys(("bram", "cas", "dora"), 0.6), dict.fromkeys(CODES, 1.0), clips=8)
    found = attended([*easy, *(replace(clip, clip=f"hard {clip.clip}") for clip in hard)])
    assert not any(one.named for one in found.raters)
    (dora,) = (one for one in found.raters if one.name == "dora")
    assert dora.others is not None
    # Dora met bram and cas only; three coded each clip, four in all.
    assert (dora.agreement.n_raters, dora.others.n_raters, dora.clips) == (3, 4, 8)
    assert {one.agreement.n_raters for one in found.clips} == {3}
    assert abs((dora.agreement.value or 0) - (dora.others.value or 0)) < 0.15


def test_a_rater_without_a_clip_in_common_and_a_tier_without_events_have_a_reason() -> None:
    clips = drawn(1, {"anna": 0.9, "bram": 0.9}, dict.fromkeys(CODES, 1.0), clips=4)
    alone = RaterSet("alone", 60, {"cas": Timeline(60, [Observation("turn", "A", 0, 5)])})
    found = attention((*clips, alone), "turn", [("anna", "bram"), ("anna", "cas"), ("bram", "cas")], Resampler(100))
    (cas,) = (one for one in found.raters if one.name == "cas")
    assert cas.agreement.undefined_because is not None
    assert "no clip that both" in cas.agreement.undefined_because.en
    nothing = RaterSet("clip", 60, {"anna": Timeline(60), "bram": Timeline(60)})
    empty = attention((nothing,), "turn", [("anna", "bram")], Resampler(100))
    assert empty.codes == ()
    assert [one.agreement.value for one in (*empty.raters, *empty.clips)] == [None] * 3


def test_one_code_that_is_asked_about_is_looked_at_alone() -> None:
    clips = read_observations(WEAK)[:4]
    raters = sorted(clips[0].timelines)
    found = attention(tuple(clips), "t", list(combinations(raters, 2)), Resampler(0), code="C")
    assert [(one.name, one.others) for one in found.codes] == [("C", None)]
    assert {one.because for one in found.clips} == {("C",)}


def test_instants_within_the_tolerance_that_was_asked_for_are_agreed_on() -> None:
    seen = {
        rater: Timeline(60, [Observation("turn", "A", start, start)]) for rater, start in (("anna", 10), ("bram", 11.5))
    }
    clip = RaterSet("clip", 60, seen)
    values = []
    for tolerance in (None, 2.0):
        (found,) = compare([clip], vib_statistics(), Choice(bootstrap=0, tolerance=tolerance)).attention
        values += [one.agreement.value for one in found.codes]
    assert values == [0, 1]


def test_a_clip_in_which_raters_see_something_else_than_in_the_others_is_named() -> None:
    raters, codes = ("anna", "bram", "cas"), dict.fromkeys(CODES, 1.0)
    alike = drawn(1, dict.fromkeys(raters, 0.95), codes, clips=8, moments=30)
    (other,) = drawn(2, dict.fromkeys(raters, 0.2), codes, clips=1, moments=30)
    found = attended([*alike, replace(other, clip="hard")])
    assert [one.name for one in found.clips if one.named] == ["hard"]
    assert found.clips[0].name == "hard"
    assert set(found.clips[0].because) <= set(CODES)
