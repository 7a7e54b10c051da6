"""Linking: who belongs to whom, in which order, and how much work it takes."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.agreement.measures.by_event.events import event_kappa, event_percent, percent_linked
from plugins.agreement.measures.timelines import linking
from plugins.agreement.measures.timelines.linking import Bounds, link, windows
from vib.observation import Observation, RaterSet
from vib.statistic import Question

Coded = Callable[..., RaterSet]


def events(*rows: tuple[float, float, str]) -> list[Observation]:
    return sorted((Observation("turn", code, a, b) for a, b, code in rows), key=lambda o: o.start)


def test_overlap_is_shared_by_the_longer() -> None:
    assert link(events((0, 10, "k")), events((0, 6, "k"))) == ((0, 0),)
    assert link(events((0, 10, "k")), events((0, 5.9, "k"))) == ()


@pytest.mark.parametrize("shift", [0, 0.1, 1.2, 7.7, 611.3])
def test_exactly_sixty_percent_links_anywhere_in_the_clip(shift: float) -> None:
    assert link(events((shift, shift + 1, "k")), events((shift + 0.4, shift + 1, "k"))) == ((0, 0),)


def test_largest_share_goes_first() -> None:
    assert link(events((0, 10, "k")), events((0, 8, "k"), (0.5, 10, "k"))) == ((0, 1),)


def test_of_equal_shares_the_earlier_onset_goes_first() -> None:
    assert link(events((2, 12, "k")), events((0, 10, "k"), (4, 14, "k"))) == ((0, 0),)
    assert link(events((0, 10, "k"), (4, 14, "k")), events((2, 12, "k"))) == ((0, 0),)


def test_of_equal_times_the_same_code_goes_first() -> None:
    both = events((0, 10, "a"), (0, 10, "b"))
    assert link(both, events((0, 10, "b"))) == ((1, 0),)
    assert link(both, both) == ((0, 0), (1, 1))


def test_what_loses_its_best_partner_takes_the_next() -> None:
    first = events((0, 10, "k"), (1, 10, "k"))
    assert link(first, events((0, 10, "k"), (2, 10, "k"))) == ((0, 0), (1, 1))


def test_instants_link_within_their_second() -> None:
    assert link(events((5, 5, "k")), events((5.4, 5.4, "k"))) == ((0, 0),)
    assert link(events((5, 5, "k")), events((5.5, 5.5, "k"))) == ()


def test_work_grows_with_the_number_of_events() -> None:
    chance, now, first = np.random.default_rng(1), 0.0, []
    for _ in range(10_000):
        now += chance.uniform(0.1, 1.0)
        first.append(Observation("turn", "k", now, now + chance.uniform(0.2, 3.0)))
    second = [Observation("turn", o.code, o.start + 0.05, o.end + 0.05) for o in first]
    starts, ends = np.array([o.start for o in first]), np.array([o.end for o in first])
    bounds = Bounds(starts, ends, starts == ends)
    low, high = windows(bounds, np.array([o.start for o in second]), 0.6)
    assert int((high - low).sum()) < 20 * len(first)
    assert len(link(first, second)) > 9_000


def test_ten_thousand_events_on_top_of_each_other_complete() -> None:
    chance = np.random.default_rng(2)
    first, second = (
        events(*((chance.uniform(0, 5), chance.uniform(300, 305), "k") for _ in range(10_000))) for _ in range(2)
    )
    assert len(link(first, second)) == 10_000


@given(*[st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12), st.sampled_from("kv")), max_size=12)] * 2)
def test_weighing_all_pairs_at_once_links_as_looking_for_partners_one_by_one(
    first: list[tuple[int, int, str]], second: list[tuple[int, int, str]]
) -> None:
    one, other = (events(*((a / 2, (a + b) / 2, code) for a, b, code in rows)) for rows in (first, second))
    both = link(one, other)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(linking, "AT_ONCE", -1)
        assert link(one, other) == both


def test_hand_checked_fractions(coded: Coded) -> None:
    clip = coded(
        60,
        {
            "anna": [(0, 10, "k"), (20, 30, "v"), (40, 50, "k")],
            "bram": [(1, 10, "k"), (20, 30, "k"), (52, 60, "v")],
        },
    )
    question = Question((clip,), ("anna", "bram"), "turn")
    # 6 events; linked: k-k and v-k, each 2; not linked: k of anna, v of bram.
    assert percent_linked(question).value == pytest.approx(float(Fraction(4, 6)))
    observed = Fraction(2, 6)
    assert event_percent(question).value == pytest.approx(float(observed))
    # anna: 3 k, 2 v of 5 outside no match; bram: 4 k, 1 v of 5; 4 of 6 are linked.
    expected = Fraction(4, 6) * (Fraction(3, 5) * Fraction(4, 5) + Fraction(2, 5) * Fraction(1, 5))
    kappa = event_kappa(question)
    assert kappa.value == pytest.approx(float((observed - expected) / (1 - expected)))
    assert kappa.components["observed"] == pytest.approx(float(observed))
    assert kappa.components["expected"] == pytest.approx(float(expected))
    assert kappa.n_units == 6


def test_one_code_only_has_no_kappa_but_has_a_share(coded: Coded) -> None:
    clip = coded(60, {"anna": [(0, 10, "k"), (20, 30, "k")], "bram": [(0, 10, "k")]})
    question = Question((clip,), ("anna", "bram"), "turn")
    assert event_kappa(question).value is None
    assert event_percent(question).value == pytest.approx(2 / 3)


def test_clips_are_pooled_by_count(coded: Coded) -> None:
    one = coded(60, {"anna": [(0, 10, "k")], "bram": [(0, 10, "k")]}, clip="one")
    two = coded(60, {"anna": [(0, 10, "v")], "bram": []}, clip="two")
    question = Question((one, two), ("anna", "bram"), "turn")
    assert event_percent(question).value == pytest.approx(2 / 3)
