from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from research.silero_f0.pitch import HOP, PitchTrack
from tests.voices import ADULT, CHILD, RATE, Signal, speak, talk, to_pcm


def track(signal: Signal, part: int | None = None) -> NDArray[np.float32]:
    samples = to_pcm(signal)
    pitch = PitchTrack()
    step = part or len(samples)
    parts = [t for first in range(0, len(samples), step) for t in pitch.feed(samples[first : first + step])]
    return np.concatenate(parts + pitch.finish())


def harmonics(f0: float, weights: list[float]) -> Signal:
    t = np.arange(2 * RATE) / RATE
    tones = (w * np.sin(2 * np.pi * f0 * (k + 1) * t) for k, w in enumerate(weights))
    return np.asarray(0.2 * sum(tones))


def middle(found: NDArray[np.float32]) -> NDArray[np.float32]:
    return found[5 : int(2 / HOP) - 5]


@pytest.mark.parametrize("f0", [75.0, 110.0, 180.0, 245.0, 330.0, 470.0, 590.0])
def test_pitch_of_a_steady_voice_is_within_one_percent(f0: float) -> None:
    found = middle(track(harmonics(f0, [1, 0.7, 0.5, 0.4, 0.3])))
    assert np.abs(found / f0 - 1).max() < 0.01


@pytest.mark.parametrize("f0", [100.0, 220.0, 300.0])
@pytest.mark.parametrize("weights", [[0.1, 1, 0.8, 0.4], [1, 0.05, 0.02], [0, 1, 1, 1, 0.5]])
def test_a_weak_or_missing_fundamental_does_not_shift_the_octave(f0: float, weights: list[float]) -> None:
    found = middle(track(harmonics(f0, weights)))
    assert np.nanmedian(found) == pytest.approx(f0, rel=0.02)


@pytest.mark.parametrize("f0", [ADULT, 210.0, CHILD, 450.0])
def test_pitch_of_a_voice_in_noise_is_right_in_the_median(f0: float) -> None:
    voice = speak(f0, 2.0)
    noise = np.random.default_rng(2).standard_normal(len(voice)) * 0.01
    assert np.nanmedian(track(voice + noise)) == pytest.approx(f0, rel=0.04)


def test_noise_has_no_pitch() -> None:
    found = track(np.random.default_rng(0).standard_normal(4 * RATE) * 0.1)
    assert np.isnan(found).mean() > 0.97


def test_silence_and_a_constant_have_no_pitch() -> None:
    assert np.isnan(track(np.zeros(2 * RATE))).all()
    assert np.isnan(middle(track(np.full(2 * RATE, 0.5)))).all()


def test_pitch_does_not_depend_on_how_samples_arrive() -> None:
    whole = track(talk())
    for part in (333, 16_384, 50_000):
        np.testing.assert_array_equal(track(talk(), part), whole)


def test_pitch_lies_where_the_voice_lies() -> None:
    found = track(np.concatenate([np.zeros(RATE), speak(ADULT, 1.0), np.zeros(RATE)]))
    voiced = np.flatnonzero(~np.isnan(found)) * HOP
    assert voiced.min() == pytest.approx(1.0, abs=0.06)
    assert voiced.max() == pytest.approx(2.0, abs=0.06)


def test_the_track_covers_the_whole_file() -> None:
    for seconds in (0.01, 1.0, 1.024, 3.3):
        assert len(track(np.zeros(round(seconds * RATE)))) * HOP >= seconds


def test_no_samples_have_no_track() -> None:
    assert PitchTrack().finish() == []
