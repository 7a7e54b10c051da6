"""A refit stays near the shipped head, and near what it knew of others."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from learning_material import Shipped, clip, evidence_of, guard

from backend_ml.learning.examples import Examples, gather
from backend_ml.learning.fitting import balanced, fit


def examples(families: int = 3, *, bias: float = 0.0, wrong: bool = False, **signs: float) -> Examples:
    clips = [clip(number, family=number, seed=3, wrong=wrong, **signs) for number in range(families)]
    return gather([made.correction for made in clips], evidence_of(clips).get, Shipped(bias)).examples


def test_the_firmer_it_is_held_the_nearer_it_stays() -> None:
    learnt = examples(bias=-2.0, role=0.1, hidden=0.3)
    nobody = guard().where(np.zeros(len(guard()), dtype=bool))
    added = [float(np.linalg.norm(fit(learnt, strength, nobody).weights)) for strength in (1.0, 10.0, 100.0, 1e6)]
    assert added == sorted(added, reverse=True)
    assert added[-1] < 1e-3


def test_it_learns_what_the_shipped_head_does_not_know() -> None:
    learnt = examples(role=0.03, hidden=0.3)
    fitted = fit(learnt, 1.0, guard())
    right = (learnt.logits(fitted) > 0) == learnt.child
    assert right.mean() > 0.95
    assert right.mean() > ((learnt.said > 0) == learnt.child).mean()


def test_examples_of_one_actor_change_nothing() -> None:
    learnt = examples()
    fitted = fit(learnt.where(learnt.child), 1.0, guard())
    assert not fitted.weights.any()
    assert fitted.bias == 0.0


def test_who_spoke_more_does_not_count_more() -> None:
    weights = balanced(np.array([1.0, 1.0, 1.0, 1.0]), np.array([True, True, True, False]))
    assert np.isclose(weights[:3].sum(), weights[3])
    assert np.isclose(weights.sum(), 4.0)


def test_voices_of_the_guard_set_stay_on_their_side_even_when_all_that_is_learnt_is_wrong() -> None:
    watched = guard()
    fitted = fit(examples(4, wrong=True), 10.0, watched)
    assert np.mean((watched.logits(fitted) > 0) == watched.child) > 0.95


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.5, 1000.0))
def test_the_order_of_examples_does_not_matter(seed: int, strength: float) -> None:
    learnt, watched = examples(bias=-1.0, role=0.1, hidden=0.2), guard()
    order = np.random.default_rng(seed).permutation(len(learnt))
    one, other = fit(learnt, strength, watched), fit(learnt.where(order), strength, watched)
    assert np.allclose(learnt.logits(one), learnt.logits(other), atol=0.05)
