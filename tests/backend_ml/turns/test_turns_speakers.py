"""Clustering of voices, and what the windows of a speaker say together."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from backend_ml.turns.signals import FIRST_STEP, STEP
from backend_ml.turns.speakers import BLOCK, SURE, agreed, along_steps, offset_of, speakers_of


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
    assert len(set(found.tolist())) == len(set(zip(truth, found.tolist(), strict=True))) == 2


def test_two_who_sound_much_alike_stay_two_in_a_long_clip() -> None:
    random = np.random.default_rng(4)
    truth = [n % 2 for n in range(2 * BLOCK + 40)]
    middles = np.zeros((2, 192))
    middles[0, 0], middles[1, :2] = 1, (0.4, 0.917)
    voices = middles[truth] + random.standard_normal((len(truth), 192)) * 0.85 / np.sqrt(192)
    voices /= np.linalg.norm(voices, axis=1, keepdims=True)
    found = speakers_of(voices)
    assert len(set(found.tolist())) == len(set(zip(truth, found.tolist(), strict=True))) == 2


def test_no_windows_have_no_speakers() -> None:
    nothing = np.zeros((0, 192))
    assert len(speakers_of(nothing)) == 0
    assert len(agreed(np.zeros(0, dtype=np.float32), speakers_of(nothing))) == 0


def test_windows_of_a_speaker_agree_on_their_mean_and_a_single_window_weighs_less() -> None:
    logits = np.array([2.0, 4.0, -3.0], dtype=np.float32)
    found = agreed(logits, np.array([0, 0, 1]))
    assert found.tolist() == [np.float32(6 / 2.5), np.float32(6 / 2.5), -2.0]


def of(*said: tuple[float, int]) -> np.ndarray:
    """Return the log-odds of so many windows of each."""
    return np.concatenate([np.full(count, value, dtype=np.float32) for value, count in said])


def test_who_sounds_younger_than_the_other_in_one_room_is_the_child() -> None:
    high = of((3.3, 40), (0.6, 12))
    assert ((high - offset_of(high)) > 0).tolist() == [True] * 40 + [False] * 12
    low = of((-0.4, 20), (-2.6, 20))
    assert ((low - offset_of(low)) > 0).tolist() == [True] * 20 + [False] * 20


def test_a_clip_of_adults_alone_or_children_alone_stays_as_it_is() -> None:
    for said in (of((-1.3, 30), (-2.1, 20)), of((1.5, 60))):
        assert ((said - offset_of(said) > 0) == (said > 0)).all()
    assert offset_of(np.zeros(0, dtype=np.float32)) == 0


@given(st.lists(st.floats(-6, 6, width=32), min_size=1, max_size=60))
def test_children_and_adults_are_treated_alike(said: list[float]) -> None:
    logits = np.array(said, dtype=np.float32)
    assert abs(offset_of(logits) + offset_of(-logits)) < 1e-4


@given(st.lists(st.floats(-50, 50, width=32), min_size=1, max_size=20))
def test_steps_never_get_more_than_is_sure_nor_anything_outside_the_windows(logits: list[float]) -> None:
    starts = np.arange(len(logits), dtype=np.float32)
    steps = 1000
    spread = along_steps(np.array([logits]), starts, starts + np.float32(0.9), steps)
    times = FIRST_STEP + STEP * np.arange(steps)
    assert np.abs(spread[0]).max() <= SURE
    assert not spread[:, times > len(logits)].any() or spread[1, times > len(logits)].max() <= 1e-3 + 1e-9
    assert spread[1].max() <= 1
