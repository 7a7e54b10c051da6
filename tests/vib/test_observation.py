"""Observations and timelines: what goes on when, whatever the order, and never slowly."""

from __future__ import annotations

import dataclasses
import math
import pickle
from collections.abc import Callable
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from vib_strategies import BOOK, calm, many, timelines

from tests.work import work
from vib.interface import results_of, timeline_of
from vib.observation import ROUNDING, Observation, RaterSet, Timeline, as_codes
from vib.observations_file import observations_content, parse_observations
from vib.problem import InputProblem

moments = st.floats(0.0, 1.0)


def turn(start: float, end: float, code: str = "kind", **attributes: str | tuple[str, ...]) -> Observation:
    return Observation("turn", code, start, end, attributes)


@pytest.mark.parametrize(
    ("start", "end"), [(-0.1, 1), (2, 1), (math.nan, 1), (0, math.nan), (0, math.inf), (-math.inf, 1)]
)
def test_times_that_cannot_be_are_refused_in_both_languages(start: float, end: float) -> None:
    with pytest.raises(InputProblem, match="turn/kind") as caught:
        turn(start, end)
    assert caught.value.message("nl") != caught.value.message("en")


@pytest.mark.parametrize("duration", [0.0, -1.0, math.nan, math.inf])
def test_a_clip_without_a_length_has_no_timeline(duration: float) -> None:
    with pytest.raises(InputProblem):
        Timeline(duration)


def test_an_observation_may_pass_the_end_by_rounding_and_no_more() -> None:
    assert len(Timeline(10, [turn(9, 10 + ROUNDING / 2)])) == 1
    with pytest.raises(InputProblem, match="after the end of the clip"):
        Timeline(10, [turn(9, 10 + ROUNDING * 3)])


def test_an_observation_is_frozen_and_survives_pickling() -> None:
    seen = turn(1, 2, elements=("BC.1.NAME",))
    with pytest.raises(dataclasses.FrozenInstanceError):
        seen.start = 0.0  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(seen)) == seen  # noqa: S301 - our own bytes
    assert {turn(1, 2), turn(1, 2)} == {turn(1, 2)}


@calm
@given(timelines(), st.randoms(use_true_random=False))
@example(
    Timeline(10, [turn(1, 2, reception="BC.REC.V"), turn(1, 2, reception="BC.REC.NV")]),
    None,
)
def test_the_order_in_which_observations_are_given_makes_no_difference(seen: Timeline, random: object) -> None:
    shuffled = list(reversed(seen.observations))
    if random is not None:
        random.shuffle(shuffled)  # type: ignore[attr-defined]
    other = Timeline(seen.duration, shuffled)
    assert other == seen
    assert hash(other) == hash(seen)


@calm
@given(timelines(), moments)
def test_at_is_what_has_started_and_not_ended_and_instants_of_that_moment(seen: Timeline, part: float) -> None:
    for second in {part * seen.duration, *(o.start for o in seen), *(o.end for o in seen)}:
        naive = [o for o in seen if o.start <= second < o.end or o.start == o.end == second]
        assert list(seen.at(second)) == naive


@calm
@given(timelines(), moments, moments)
def test_between_is_what_overlaps_the_half_open_stretch(seen: Timeline, one: float, other: float) -> None:
    edges = {one * seen.duration, other * seen.duration, *(t for o in seen for t in (o.start, o.end))}
    for start in edges:
        for end in (edge for edge in edges if edge > start):
            naive = [
                o for o in seen if (start <= o.start < end if o.start == o.end else o.start < end and o.end > start)
            ]
            assert list(seen.between(start, end)) == naive


@calm
@given(timelines())
def test_total_is_the_length_of_the_union(seen: Timeline) -> None:
    edges = sorted({t for o in seen for t in (o.start, o.end)})
    for code in ("kind", "volwassene", "onbekend"):
        stretches = [o for o in seen if o.code == code]
        naive = math.fsum(
            after - before
            for before, after in pairwise(edges)
            if any(o.start <= before and after <= o.end for o in stretches)
        )
        assert seen.total("turn", code) == pytest.approx(naive, rel=1e-9, abs=1e-6)
    assert seen.total("nothing", "kind") == 0


@calm
@given(timelines())
def test_an_attribute_is_a_tier_with_the_times_of_what_it_describes(seen: Timeline) -> None:
    for name in ("initiative", "reception", "effect", "elements", "nothing"):
        naive = sorted((o.start, o.end, name, code) for o in seen for code in as_codes(o.attributes.get(name)))
        described = seen.described_by(name)
        assert [(o.start, o.end, o.tier, o.code) for o in described] == naive
        assert described.duration == seen.duration
        assert (name in seen.attribute_names) == any(name in o.attributes for o in seen)


@calm
@given(timelines())
def test_a_timeline_of_one_tier_has_all_of_it_over_the_same_extent(seen: Timeline) -> None:
    assert seen.tier("turn") == Timeline(seen.duration, [o for o in seen if o.tier == "turn"])
    assert seen.tier("nothing") == Timeline(seen.duration)
    assert sum(map(len, seen.tiers.values())) == len(seen)
    assert not any(o.tier == "nothing" for o in seen)


def test_a_rater_who_saw_nothing_is_not_one_who_did_not_code() -> None:
    clip = RaterSet("c", 10, {"bram": Timeline(10), "anna": Timeline(10)})
    assert clip.raters == ("anna", "bram")
    assert "carla" not in clip.timelines


def test_a_timeline_is_only_equal_to_one_of_the_same_extent() -> None:
    assert Timeline(10, [turn(1, 2)]) != Timeline(11, [turn(1, 2)])
    assert Timeline(10) != ()
    assert repr(Timeline(10, [turn(1, 2)])) == "Timeline(duration=10.0, observations=1)"


def _as_label_studio(seen: Timeline) -> None:
    timeline_of(results_of(seen, BOOK), seen.duration)


def _as_file(seen: Timeline) -> None:
    parse_observations(observations_content([RaterSet("c", seen.duration, {"a": seen})]), place="x")


@pytest.mark.parametrize(
    "step",
    [
        lambda seen: Timeline(seen.duration, reversed(seen.observations)),
        lambda seen: Timeline(seen.duration, seen.observations).tiers,
        lambda seen: seen.described_by("reception"),
        lambda seen: [seen.total("turn", code) for code in ("kind", "volwassene")],
        _as_label_studio,
        _as_file,
    ],
    ids=["construct", "tiers", "described_by", "total", "label studio", "observations file"],
)
def test_ten_times_as_many_observations_are_about_ten_times_the_work(
    step: Callable[[Timeline], object],
) -> None:
    small, large = (work(partial(step, many(n))) for n in (1_000, 10_000))
    assert large < 25 * small


@pytest.mark.parametrize("long", [False, True], ids=["short turns", "one turn of the whole clip"])
@pytest.mark.parametrize("name", ["at", "between"])
def test_looking_up_moments_does_not_slow_down_with_the_number_of_observations(name: str, long: bool) -> None:
    """100 moments of 10,000 observations cost about what 100 moments of 1,000 do."""

    def look(seen: Timeline) -> None:
        for n in range(100):
            second = seen.duration * n / 100
            if name == "at":
                seen.at(second)
            else:
                seen.between(second, second + 1)

    counted = []
    for n in (1_000, 10_000):
        seen = many(n, long=long)
        seen.at(0.0)
        counted.append(work(partial(look, seen)))
    assert counted[1] < 2.5 * counted[0]
