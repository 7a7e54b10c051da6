"""Fitting how sure a turn is."""

import numpy as np
import pytest

from backend_ml.turns.confidence import WEIGHTS
from research.training.calibration import Judged, calibrate, calibration_error, right_turns
from research.training.logistic import chance_of, fit_logistic
from vib.problem import InputProblem
from vib.segmenting import Turn


def drawn(count: int, weights: list[float], seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    signs = rng.standard_normal((count, len(weights) - 1))
    return signs, rng.random(count) < 1 / (1 + np.exp(-weights[0] - signs @ weights[1:]))


def test_weights_that_something_was_drawn_by_are_found_again() -> None:
    weights = [-0.5, 2.0, 0.0, -1.0]
    signs, holds = drawn(20_000, weights)
    found = fit_logistic(signs, holds)
    assert np.allclose(found, weights, atol=0.1)
    assert calibration_error(chance_of(signs, found), holds) < 0.02


def test_a_turn_is_right_with_its_actor_and_both_ends_and_each_truth_counts_once() -> None:
    truth = [Turn(1.0, 2.0, "kind", 1.0), Turn(3.0, 4.0, "volwassene", 1.0)]
    turns = [
        Turn(0.9, 2.3, "kind", 0.5),
        Turn(1.1, 2.0, "kind", 0.5),
        Turn(3.0, 4.0, "kind", 0.5),
        Turn(3.0, 4.6, "volwassene", 0.5),
    ]
    right = right_turns(turns, truth)
    assert sorted(right[:2]) == [False, True]
    assert right[2:] == [False, False]
    assert right_turns(turns, []) == [False] * 4
    assert right_turns([], truth) == []


def test_calibration_gives_a_weight_for_every_sign_and_the_constant() -> None:
    signs, right = drawn(600, [0.3, 1.0, *[0.0] * (len(WEIGHTS) - 2)])
    found = calibrate(Judged(signs, right, np.arange(600) // 6))
    assert len(found.weights) == len(WEIGHTS)
    assert found.turns == 600
    assert found.right == pytest.approx(right.mean(), abs=1e-3)
    assert found.error < 0.1


def test_nothing_is_calibrated_on_turns_that_are_all_wrong() -> None:
    with pytest.raises(InputProblem, match="train for longer"):
        calibrate(Judged(np.zeros((3, 7)), np.zeros(3, dtype=bool), np.arange(3)))


def test_the_error_is_the_mean_difference_between_sure_and_right() -> None:
    right = np.array([True, False] * 50)
    assert calibration_error(np.full(100, 0.5), right) == pytest.approx(0)
    assert calibration_error(np.full(100, 0.9), right) == pytest.approx(0.4)
