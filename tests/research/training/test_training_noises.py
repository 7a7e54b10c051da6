"""Noise, rooms and infants: synthetic, and within bounds."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from training_material import bank

from backend_ml.turns.audio import RATE
from backend_ml.turns.signals import Floats
from research.training.noises import echo_of, infant_of, noise_of, place_of

SEEDS = st.integers(0, 2**32)


def talk(rng: np.random.Generator) -> Floats:
    return bank().utterance("v0", 0, rng)


@settings(max_examples=40)
@given(SEEDS, st.integers(RATE // 2, 3 * RATE))
def test_noise_is_as_long_as_asked_and_always_equally_strong(seed: int, samples: int) -> None:
    noise = noise_of(samples, np.random.default_rng(seed), talk)
    assert noise.shape == (samples,)
    assert np.isclose(noise.std(), 1, atol=1e-3)
    assert np.array_equal(noise, noise_of(samples, np.random.default_rng(seed), talk))


@settings(max_examples=40)
@given(SEEDS)
def test_an_echo_begins_with_the_sound_itself_and_is_over_in_half_a_second(seed: int) -> None:
    echo = echo_of(np.random.default_rng(seed))
    assert echo[0] == 1
    assert 0.1 * RATE <= len(echo) + 1 <= 0.5 * RATE + 1
    assert np.abs(echo).max() < 5


@settings(max_examples=40)
@given(SEEDS)
def test_a_place_changes_a_sound_and_adds_nothing_before_it(seed: int) -> None:
    place = place_of(np.random.default_rng(seed))
    sound = np.zeros(RATE, dtype=np.float32)
    sound[8000:] = np.random.default_rng(1).standard_normal(8000)
    heard = place.heard(sound)
    assert len(heard) == RATE + (0 if place.echo is None else len(place.echo) - 1)
    assert np.abs(heard[:8000]).max() < 1e-3
    assert 0.2 < np.abs(heard[8000:]).max() / np.abs(sound).max() < 20


@settings(max_examples=20)
@given(SEEDS)
def test_an_infant_is_heard_for_a_moment_at_the_same_strength(seed: int) -> None:
    sound = infant_of(np.random.default_rng(seed))
    assert 0.3 < len(sound) / RATE < 6
    assert np.isclose(sound.std(), 0.1, atol=1e-3)
