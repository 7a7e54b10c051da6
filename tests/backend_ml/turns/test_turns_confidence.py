"""How sure a turn is."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from backend_ml.turns.confidence import UNKNOWN, confidence_of, signs_of
from backend_ml.turns.signals import FIRST_STEP, STEP
from vib.segmenting import Turn


def chances_of(turn: Turn, *, inside: float, other: float = 0.02, steps: int = 400) -> np.ndarray:
    chances = np.full((steps, 2), other, dtype=np.float32)
    times = FIRST_STEP + STEP * np.arange(steps)
    chances[(times >= turn.start) & (times < turn.end), 0 if turn.actor == "kind" else 1] = inside
    return chances


def test_a_clear_turn_is_surer_than_a_faint_one() -> None:
    turn = Turn(3.0, 5.0, "kind", 1.0)
    clear = confidence_of(turn, [turn], chances_of(turn, inside=0.99))
    faint = confidence_of(turn, [turn], chances_of(turn, inside=0.55))
    assert faint.confidence < clear.confidence <= 1
    assert (clear.start, clear.end, clear.actor) == (3.0, 5.0, "kind")


def test_a_turn_of_nobody_known_is_never_sure() -> None:
    turn = Turn(3.0, 5.0, "onbekend", 1.0)
    assert confidence_of(turn, [turn], chances_of(turn, inside=0.99)).confidence == UNKNOWN


@given(
    st.floats(0, 13, allow_nan=False),
    st.floats(0.05, 20, allow_nan=False),
    st.sampled_from(["kind", "volwassene"]),
    st.integers(0, 300),
)
def test_every_turn_gets_a_confidence_from_0_to_1_wherever_it_lies(
    start: float, length: float, actor: str, steps: int
) -> None:
    turn = Turn(start, start + length, actor, 1.0)  # type: ignore[arg-type]
    chances = np.random.default_rng(0).random((steps, 2)).astype(np.float32)
    sure = confidence_of(turn, [turn], chances).confidence
    assert 0 <= sure <= 1
    assert all(np.isfinite(signs_of(turn, [turn], chances)))
