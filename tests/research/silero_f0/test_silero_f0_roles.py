from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.silero_f0.pitch import HOP
from research.silero_f0.roles import RoleRules, confidence, label
from research.silero_f0.speech import STEP, Stretch
from vib.segmenting import Turn

RULES = RoleRules()
SURE = np.full(round(10 / STEP), 0.9, dtype=np.float32)


def labelled(*parts: tuple[float, float]) -> list[Turn]:
    """Label one stretch whose pitch is a list of (seconds, Hz)."""
    track = np.concatenate([np.full(round(seconds / HOP), hertz) for seconds, hertz in parts])
    seconds = sum(part[0] for part in parts)
    return label(Stretch(0.0, seconds), SURE, track.astype(np.float32), RULES)


@pytest.mark.parametrize(
    ("hertz", "actor"), [(110.0, "volwassene"), (210.0, "volwassene"), (290.0, "kind"), (450.0, "kind")]
)
def test_a_low_voice_is_an_adult_and_a_high_voice_a_child(hertz: float, actor: str) -> None:
    assert [t.actor for t in labelled((1.0, hertz))] == [actor]


def test_a_voice_near_the_threshold_is_unknown() -> None:
    assert [t.actor for t in labelled((1.0, RULES.threshold))] == ["onbekend"]


def test_too_little_voice_is_unknown() -> None:
    assert [t.actor for t in labelled((1.0, np.nan), (0.04, 110.0))] == ["onbekend"]


def test_two_speakers_without_a_pause_are_cut_where_the_pitch_jumps() -> None:
    first, second = labelled((1.0, 120.0), (1.2, 330.0))
    assert (first.actor, second.actor) == ("volwassene", "kind")
    assert first.end == second.start == pytest.approx(1.0, abs=0.02)
    assert second.end == pytest.approx(2.2)


def test_the_cut_lies_in_the_middle_of_what_has_no_pitch() -> None:
    first, _ = labelled((1.0, 330.0), (0.4, np.nan), (1.0, 120.0))
    assert first.end == pytest.approx(1.2, abs=0.02)


def test_a_short_excursion_is_no_second_speaker() -> None:
    (turn,) = labelled((1.0, 120.0), (0.15, 330.0), (1.0, 120.0))
    assert turn.actor == "volwassene"


def test_an_unsteady_voice_is_cut_into_few_parts() -> None:
    wobble = [(0.03, 230.0 if number % 2 else 260.0) for number in range(80)]
    assert len(labelled(*wobble)) == 1


@given(st.floats(0, 1), st.floats(0, 1), st.floats(-24, 24), st.floats(-24, 24))
def test_confidence_grows_with_speech_and_with_distance(p: float, q: float, x: float, y: float) -> None:
    low, high = sorted((p, q))
    near, far = sorted((x, y), key=abs)
    assert 0 <= confidence(low, near) <= confidence(high, far) <= 1


@given(st.lists(st.tuples(st.floats(0.05, 1.5), st.sampled_from([110.0, 240.0, 330.0, np.nan])), min_size=1))
def test_parts_fill_their_stretch_without_gaps(parts: list[tuple[float, float]]) -> None:
    turns = labelled(*parts)
    assert turns[0].start == 0.0
    assert turns[-1].end == pytest.approx(sum(seconds for seconds, _ in parts))
    assert all(a.end == b.start and a.start < a.end for a, b in pairwise(turns))
