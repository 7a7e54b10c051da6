from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np
import pytest

from research.silero_f0.speech import STEP, SpeechRules, SpeechStretches, Stretch, VoiceProbability, silero
from tests.voices import ADULT, speak, to_pcm

PLAIN = SpeechRules(on=0.5, off=0.3, min_speech=3 * STEP, min_silence=2 * STEP, pad=0.0)


def stretches(probabilities: Sequence[float], rules: SpeechRules = PLAIN) -> list[tuple[float, float]]:
    machine = SpeechStretches(rules)
    found = [*machine.feed(probabilities), *machine.finish()]
    return [(round(s.start / STEP, 3), round(s.end / STEP, 3)) for s in found]


def test_speech_starts_above_the_high_threshold_and_lasts_above_the_low_one() -> None:
    assert stretches([0.4, 0.4, 0.6, 0.4, 0.4, 0.1, 0.1, 0.1]) == [(2, 5)]


def test_a_pause_shorter_than_the_least_silence_is_part_of_speech() -> None:
    assert stretches([0.9, 0.9, 0.0, 0.9, 0.9, 0.0, 0.0, 0.0]) == [(0, 5)]


def test_a_click_is_no_speech() -> None:
    assert stretches([0, 0.9, 0.9, 0, 0, 0, 0]) == []


def test_the_end_of_the_file_ends_speech() -> None:
    assert stretches([0, 0.9, 0.9, 0.9]) == [(1, 4)]


def test_silence_has_no_speech() -> None:
    assert stretches([0.0] * 100) == []


def test_pads_are_added_but_never_before_the_start_of_the_clip() -> None:
    rules = SpeechRules(on=0.5, off=0.3, min_speech=0, min_silence=4 * STEP, pad=STEP)
    assert stretches([0.9, 0, 0, 0, 0, 0, 0.9, 0, 0, 0, 0, 0], rules) == [(0, 2), (5, 8)]


def test_stretches_do_not_depend_on_how_probabilities_arrive() -> None:
    probabilities = np.random.default_rng(3).random(500).tolist()
    machine = SpeechStretches(PLAIN)
    found: list[Stretch] = []
    for first in range(0, 500, 7):
        found += machine.feed(probabilities[first : first + 7])
    found += machine.finish()
    whole = SpeechStretches(PLAIN)
    assert found == [*whole.feed(probabilities), *whole.finish()]


@pytest.mark.parametrize("wrong", [{"on": 0.2, "off": 0.5}, {"on": 1.5}, {"pad": 1.0}])
def test_rules_that_contradict_themselves_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"off|pads"):
        SpeechRules(**wrong)


def test_silero_hears_a_voice_and_no_voice_in_silence() -> None:
    assert np.mean(VoiceProbability().feed(to_pcm(speak(ADULT, 2.0)))) > 0.6
    assert np.max(VoiceProbability().feed(np.zeros(32_000, dtype=np.int16))) < 0.3


def test_what_one_file_sounded_like_does_not_reach_the_next() -> None:
    samples = to_pcm(speak(ADULT, 1.0))
    first = VoiceProbability()
    heard = first.feed(samples)
    assert first.feed(samples) != heard
    assert VoiceProbability().feed(samples) == heard


def test_probabilities_do_not_depend_on_how_samples_arrive() -> None:
    samples = to_pcm(speak(ADULT, 1.0))
    whole, parts = VoiceProbability(), VoiceProbability()
    expected = whole.feed(samples) + whole.finish()
    got = [p for first in range(0, len(samples), 777) for p in parts.feed(samples[first : first + 777])]
    assert got + parts.finish() == expected
    assert len(expected) == -(-len(samples) // 512)


def test_the_thread_limit_of_silero_is_not_left_behind_for_other_libraries() -> None:
    silero()
    assert "OMP_THREAD_LIMIT" not in os.environ
