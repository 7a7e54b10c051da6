"""The moments on which raters differ, over all pairs: one row a moment, whoever is asked first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.agreement.comparing.choosing import Choice
from plugins.agreement.comparing.disagreements import disagreements, weight
from plugins.agreement.comparing.moments import Moment, moments, spread
from plugins.agreement.comparing.report import compare
from plugins.agreement.plugin import vib_statistics
from plugins.agreement.view.building import view_of
from tests.work import work
from vib.observation import Observation, RaterSet, Timeline

RATERS = ("anna", "bram", "cas", "dora")

times = st.integers(0, 400).map(lambda tenths: tenths / 10)
rows = st.lists(
    st.tuples(times, st.integers(0, 60), st.sampled_from("km"), st.sampled_from(["", "v", "n"])), max_size=6
)
clips_of_raters = st.fixed_dictionaries(dict.fromkeys(RATERS, rows))


def clip_of(raters: Mapping[str, Sequence[tuple[float, int, str, str]]], name: str = "clip") -> RaterSet:
    """Return a clip of 50 s from start, tenths of a second, code and reception of each event."""
    timelines = {
        rater: Timeline(
            50,
            [
                Observation("turn", code, start, round(start + tenths / 10, 1), {"reception": value} if value else {})
                for start, tenths, code, value in seen
            ],
        )
        for rater, seen in raters.items()
    }
    return RaterSet(name, 50, timelines)


def shown(found: Sequence[Moment]) -> list[tuple[float, float, str | None, int, float]]:
    return [(one.start, one.end, one.attribute, one.pairs, round(one.weight, 6)) for one in found]


@settings(max_examples=40)
@given(clips_of_raters)
def test_all_moments_together_weigh_what_all_pairs_differ(raters: dict[str, list[tuple[float, int, str, str]]]) -> None:
    clip = clip_of(raters)
    every = [d for pair in combinations(RATERS, 2) for d in disagreements([clip], pair)]
    found = moments([clip], RATERS)
    assert sum(one.weight for one in found) == pytest.approx(sum(weight(d) for d in every))
    assert len(found) <= len(every)
    assert all(1 <= one.pairs <= 6 for one in found)


@settings(max_examples=40)
@given(clips_of_raters, st.sampled_from(["turn", "reception", None]), st.sampled_from(["k", "v", None]))
def test_a_tier_or_code_has_the_moments_that_its_pairs_have(
    raters: dict[str, list[tuple[float, int, str, str]]], tier: str | None, code: str | None
) -> None:
    clip = clip_of(raters)
    pairs = [("anna", other) for other in RATERS[1:]]
    every = [d for pair in pairs for d in disagreements([clip], pair, tier=tier, code=code)]
    found = moments([clip], RATERS, tier=tier, code=code, reference="anna")
    assert sum(one.weight for one in found) == pytest.approx(sum(weight(d) for d in every))


@settings(max_examples=40)
@given(clips_of_raters)
def test_the_order_of_raters_and_clips_does_not_matter(raters: dict[str, list[tuple[float, int, str, str]]]) -> None:
    one, other = clip_of(raters), clip_of(dict.fromkeys(RATERS, raters["anna"]), "other")
    turned = replace(one, timelines={rater: one.timelines[rater] for rater in RATERS[::-1]})
    assert shown(moments([one, other], RATERS)) == shown(moments([other, turned], RATERS[::-1]))


@settings(max_examples=25)
@given(st.integers(0, 200))
def test_other_names_and_later_times_give_the_same_moments(seed: int) -> None:
    chance = np.random.default_rng(seed)
    seen = {
        rater: [
            Observation("turn", str(chance.choice(["k", "m"])), start, start + chance.uniform(0.2, 6))
            for start in chance.uniform(0, 40, 6).tolist()
        ]
        for rater in RATERS
    }
    clip = RaterSet("clip", 50, {rater: Timeline(50, rows) for rater, rows in seen.items()})
    names = dict(zip(RATERS, ("zoe", "yara", "xander", "wim"), strict=True))
    later = {
        names[rater]: Timeline(60, [replace(o, code=o.code.upper(), start=o.start + 10, end=o.end + 10) for o in rows])
        for rater, rows in seen.items()
    }
    found, moved = moments([clip], RATERS), moments([RaterSet("clip", 60, later)], tuple(names.values()))
    assert [(one.start + 10, one.pairs, one.weight) for one in found] == [
        pytest.approx((one.start, one.pairs, one.weight)) for one in moved
    ]


def test_what_each_rater_has_there_is_said_once_a_moment() -> None:
    clip = clip_of(
        {
            "anna": [(10, 40, "k", "")],
            "bram": [(10, 40, "k", "")],
            "cas": [(10, 38, "m", "")],
            "dora": [(30, 20, "k", "")],
        }
    )
    first, second = moments([clip], RATERS)
    assert (first.start, first.end, first.pairs) == (10, 14, 5)
    assert {rater: [o.code for o in said] for rater, said in first.said.items()} == {
        "anna": ["k"],
        "bram": ["k"],
        "cas": ["m"],
        "dora": [],
    }
    # Three did not see what dora saw.
    assert (second.start, second.pairs, second.weight) == (30, 3, 6)


def test_who_cut_a_stretch_otherwise_is_not_said_to_have_seen_nothing() -> None:
    clip = clip_of({"anna": [(10, 100, "k", "")], "bram": [(10, 70, "k", ""), (17.2, 28, "k", "")]})
    found = {one.start: one for one in moments([clip], RATERS)}
    assert [o.end for o in found[17.2].said["anna"]] == [20]


def test_what_is_described_otherwise_is_a_moment_of_that_attribute() -> None:
    clip = clip_of({"anna": [(10, 40, "k", "v")], "bram": [(10, 40, "k", "n")], "cas": [(10, 40, "k", "v")]})
    (found,) = moments([clip], RATERS)
    assert (found.tier, found.attribute, found.pairs, found.weight) == ("turn", "reception", 2, 4)


def test_moments_do_not_grow_into_one_another_where_events_overlap() -> None:
    steps = {rater: [(10.0 + place, 60, "k", "")] for place, rater in enumerate(RATERS)}
    found = moments([clip_of(steps)], RATERS, tolerance=0)
    assert max(one.end - one.start for one in found) <= 9
    both = {
        rater: [(2.0 * place + shift, 30, "k", "") for place in range(10)] for shift, rater in enumerate(RATERS[:2])
    }
    assert all(one.end - one.start <= 4 for one in moments([clip_of(both)], RATERS, tolerance=0))


def test_the_heaviest_of_each_stretch_comes_before_a_second_of_any() -> None:
    clip = clip_of({"anna": [(place, 5 + place, "k", "") for place in range(0, 40, 2)], "bram": []})
    every = moments([clip], RATERS)
    taken = spread(every, 4)
    assert [one.weight for one in taken] == sorted((one.weight for one in taken), reverse=True)
    ends = max(one.end for one in every)
    assert {int(4 * (one.start + one.end) / 2 / ends) for one in taken} == {0, 1, 2, 3}
    assert spread(every, 100) == every
    assert spread(every, 0) == []


def test_the_work_grows_with_the_number_of_events_and_not_with_its_square() -> None:
    def lines(events: int) -> int:
        seen = {
            rater: Timeline(
                5 * events,
                [
                    Observation("turn", "km"[place % (2 + at) % 2], 5.0 * place, 5.0 * place + 3)
                    for place in range(events)
                ],
            )
            for at, rater in enumerate(RATERS)
        }
        return work(lambda: moments([RaterSet("clip", 5 * events, seen)], RATERS))

    # By its square, eight times as many events would be 64 times the work.
    assert lines(2_000) < 10 * lines(250)


def test_instants_within_the_window_are_one_moment_and_without_it_two() -> None:
    clip = clip_of({"anna": [(10, 0, "k", "")], "bram": [(11.5, 0, "k", "")], "cas": [(10.8, 0, "k", "")]})
    assert moments([clip], RATERS, tolerance=2, window=2) == []
    apart = moments([clip], RATERS, tolerance=2)
    assert {rater for one in apart for rater, said in one.said.items() if said} == {"anna", "bram", "cas"}


def test_a_report_shows_no_moment_of_instants_that_its_figures_link() -> None:
    seen = {"anna": [(10.0, 0, "k", "")], "bram": [(11.5, 0, "k", "")]}
    clip = clip_of(seen)
    shown = [
        len(view_of(compare([clip], vib_statistics(), Choice(bootstrap=0, tolerance=tolerance)), {}).clips[0].moments)
        for tolerance in (None, 2.0)
    ]
    assert shown == [2, 0]
