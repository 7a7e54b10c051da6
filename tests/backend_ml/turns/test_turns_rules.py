from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_ml.turns.rules import TurnRules, turns_of
from vib.segmenting import Turn

times = st.integers(0, 20_000).map(lambda milliseconds: milliseconds / 1000)
stretches = st.lists(
    st.builds(
        lambda start, length, actor, sure: Turn(start, round(start + length, 3), actor, sure),
        times,
        st.integers(0, 3_000).map(lambda milliseconds: milliseconds / 1000),
        st.sampled_from(["kind", "volwassene", "onbekend"]),
        st.floats(0, 1),
    ),
    max_size=30,
)
rules = st.builds(TurnRules, st.floats(0, 2), st.floats(0, 1))


def child(start: float, end: float, confidence: float = 1.0) -> Turn:
    return Turn(start, end, "kind", confidence)


def adult(start: float, end: float) -> Turn:
    return Turn(start, end, "volwassene", 1.0)


@given(stretches, rules)
def test_turns_are_in_order_of_onset(found: list[Turn], rules: TurnRules) -> None:
    turns = turns_of(found, rules)
    assert [t.start for t in turns] == sorted(t.start for t in turns)


@given(stretches, rules)
def test_turns_of_one_actor_never_overlap(found: list[Turn], rules: TurnRules) -> None:
    by_actor = defaultdict(list)
    for turn in turns_of(found, rules):
        by_actor[turn.actor].append(turn)
    for own in by_actor.values():
        assert all(before.end < after.start for before, after in pairwise(own))


@given(stretches, rules)
def test_no_turn_is_shorter_than_the_rules_allow(found: list[Turn], rules: TurnRules) -> None:
    assert all(round(t.end - t.start, 6) >= rules.min_length for t in turns_of(found, rules))


@given(stretches, rules)
def test_the_rules_applied_twice_are_the_rules_applied_once(found: list[Turn], rules: TurnRules) -> None:
    once = turns_of(found, rules)
    assert turns_of(once, rules) == once


@given(stretches, rules, st.randoms())
def test_the_order_of_the_stretches_does_not_matter(found: list[Turn], rules: TurnRules, random) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(found)
    random.shuffle(shuffled)
    plain = [(t.start, t.end, t.actor) for t in turns_of(found, rules)]
    assert [(t.start, t.end, t.actor) for t in turns_of(shuffled, rules)] == plain


@given(stretches, rules)
def test_confidence_stays_within_what_went_in(found: list[Turn], rules: TurnRules) -> None:
    for turn in turns_of(found, rules):
        own = [t.confidence for t in found if t.actor == turn.actor]
        assert min(own) - 1e-9 <= turn.confidence <= max(own) + 1e-9


def test_a_short_pause_does_not_end_a_turn() -> None:
    assert turns_of([child(0, 1), child(1.6, 2)], TurnRules(merge_gap=0.6)) == (child(0, 2),)


def test_a_long_pause_ends_a_turn() -> None:
    assert len(turns_of([child(0, 1), child(1.61, 2)], TurnRules(merge_gap=0.6))) == 2


def test_a_short_answer_in_a_short_pause_does_not_end_a_turn_unless_the_method_says_so() -> None:
    spoken = [child(0, 1), adult(1.1, 1.4), child(1.5, 2)]
    assert [(t.actor, t.start, t.end) for t in turns_of(spoken, TurnRules())] == [
        ("kind", 0, 2),
        ("volwassene", 1.1, 1.4),
    ]
    assert len(turns_of(spoken, TurnRules(answers_end=True))) == 3


def test_something_too_short_to_be_a_turn_does_not_end_one() -> None:
    assert turns_of([child(0, 1), adult(1.1, 1.2), child(1.3, 2)], TurnRules()) == (child(0, 2),)


def test_how_sure_a_joined_turn_is_depends_on_the_lengths_of_its_parts() -> None:
    (turn,) = turns_of([child(0, 3, 1.0), child(3.5, 4.5, 0.2)], TurnRules())
    assert turn.confidence == pytest.approx(0.8)
