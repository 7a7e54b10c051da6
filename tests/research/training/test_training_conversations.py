"""Simulated conversations have the truth that they say."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from training_material import bank, speakers

from backend_ml.turns.rules import TurnRules
from backend_ml.turns.signals import FIRST_STEP, STEP
from research.training.conversations import FRAME, Conversation, converse
from research.training.examples import acts_at_steps, conversation_of
from research.training.speech import FOLDS, folds_of

pytestmark = pytest.mark.nightly


SEEDS = st.integers(0, 2**32)


def conversation(seed: int, seconds: float = 10.0) -> Conversation:
    return converse(bank(), np.random.default_rng(seed), seconds)


def test_it_is_louder_where_somebody_acts_than_where_nobody_does() -> None:
    louder = []
    for seed in range(12):
        made = conversation(seed, 15.0)
        power = (made.samples.reshape(-1, FRAME).astype(np.float64) ** 2).mean(axis=1)
        spoken = made.acts.any(axis=1)
        if spoken.any():
            louder.append(np.median(power[spoken]) / np.median(power[~spoken]))
    assert min(louder) > 1
    assert np.median(louder) > 4


def test_who_listens_says_a_word_while_the_other_goes_on() -> None:
    within = 0
    for seed in range(60):
        turns = conversation(seed, 15.0).turns(TurnRules())
        within += any(
            turn.actor != other.actor and other.start < turn.start and turn.end < other.end
            for turn in turns
            for other in turns
        )
    assert within >= 6


@settings(max_examples=15)
@given(SEEDS)
def test_a_conversation_depends_on_its_seed_only(seed: int) -> None:
    one, other = conversation(seed, 6.0), conversation(seed, 6.0)
    assert np.array_equal(one.samples, other.samples)
    assert np.array_equal(one.acts, other.acts)
    assert one.people == other.people


@settings(max_examples=15)
@given(SEEDS)
def test_only_roles_that_are_there_act(seed: int) -> None:
    made = conversation(seed, 8.0)
    assert made.acts.shape == (len(made.samples) // FRAME, 2)
    adults = [name for name in made.people if not speakers()[name].child]
    if not adults:
        assert not made.acts[:, 1].any()
    if len(adults) == len(made.people) == 2 and made.acts[:, 0].any():
        # Without a child of a name, a child that acts is an infant, which comes with two adults.
        assert {speakers()[name].gender for name in adults} == {"f", "m"}


@settings(max_examples=15)
@given(SEEDS)
def test_those_who_talk_together_are_of_one_fold(seed: int) -> None:
    folds = folds_of(speakers(), 1)
    made, fold = conversation_of(bank(), folds, [seed], 5.0)
    assert 0 <= fold < FOLDS
    assert {folds[name] for name in made.people} == {fold}


@settings(max_examples=15)
@given(SEEDS)
def test_turns_are_where_somebody_acts(seed: int) -> None:
    made = conversation(seed, 8.0)
    for turn in made.turns(TurnRules(merge_gap=0.0, min_length=0.0)):
        column = 0 if turn.actor == "kind" else 1
        assert made.acts[round(turn.start * 100) : round(turn.end * 100), column].all()


def test_a_step_is_acted_in_as_far_as_its_frames_are() -> None:
    acts = np.zeros((500, 2), dtype=bool)
    acts[100:200, 1] = True
    steps = acts_at_steps(acts, 148)
    middles = FIRST_STEP + STEP * np.arange(148)
    assert not steps[:, 0].any()
    assert set(np.unique(steps)) <= {0.0, 0.5, 1.0}
    inside = (middles > 1 + STEP) & (middles < 2 - STEP)
    outside = (middles < 1 - STEP) | (middles > 2 + STEP)
    assert (steps[inside, 1] == 1).all()
    assert not steps[outside].any()
