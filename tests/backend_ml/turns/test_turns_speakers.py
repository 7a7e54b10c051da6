"""Clustering of voices, and what the windows of a speaker say together."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from backend_ml.turns.signals import FIRST_STEP, STEP
from backend_ml.turns.speakers import BLOCK, SURE, agreed, along_steps, speakers_of


def voices_of(speakers: list[int], *, spread: float = 0.3, seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    middles = random.standard_normal((max(speakers) + 1, 192))
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    voices = middles[speakers] + spread * random.standard_normal((len(speakers), 192)) / np.sqrt(192)
    return voices / np.linalg.norm(voices, axis=1, keepdims=True)


def test_windows_of_one_speaker_get_one_number_and_others_another() -> None:
    truth = [0, 1, 0, 2, 2, 1, 0]
    found = speakers_of(voices_of(truth))
    assert len(set(zip(truth, found.tolist(), strict=True))) == 3
    assert set(found.tolist()) == {0, 1, 2}


def test_a_speaker_keeps_the_number_over_blocks() -> None:
    truth = [n % 2 for n in range(2 * BLOCK + 40)]
    found = speakers_of(voices_of(truth))
    assert len(set(zip(truth, found.tolist(), strict=True))) == 2


def test_no_windows_have_no_speakers() -> None:
    nothing = np.zeros((0, 192))
    assert len(speakers_of(nothing)) == 0
    assert len(agreed(np.zeros(0, dtype=np.float32), speakers_of(nothing))) == 0


def test_windows_of_a_speaker_agree_on_their_mean_and_a_single_window_weighs_less() -> None:
    logits = np.array([2.0, 4.0, -3.0], dtype=np.float32)
    found = agreed(logits, np.array([0, 0, 1]))
    assert found.tolist() == [np.float32(6 / 2.5), np.float32(6 / 2.5), -2.0]


@given(st.lists(st.floats(-50, 50, width=32), min_size=1, max_size=20))
def test_steps_never_get_more_than_is_sure_nor_anything_outside_the_windows(logits: list[float]) -> None:
    starts = np.arange(len(logits), dtype=np.float32)
    steps = 1000
    spread = along_steps(np.array([logits]), starts, starts + np.float32(0.9), steps)
    times = FIRST_STEP + STEP * np.arange(steps)
    assert np.abs(spread[0]).max() <= SURE
    assert not spread[:, times > len(logits)].any() or spread[1, times > len(logits)].max() <= 1e-3 + 1e-9
    assert spread[1].max() <= 1
