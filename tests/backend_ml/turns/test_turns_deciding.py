"""From evidence to turns."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from backend_ml.turns.deciding import ActivityRules, _stretches, activity_of, decide, steadied
from backend_ml.turns.evidence import Evidence
from backend_ml.turns.head import shipped_head
from backend_ml.turns.models import TRAINED
from backend_ml.turns.network import HEARD, read_network
from backend_ml.turns.rules import TurnRules
from backend_ml.turns.signals import STEP

NETWORK = read_network(TRAINED / "activity.npz")


def evidence_of(steps: int, windows: int, seed: int = 0) -> Evidence:
    random = np.random.default_rng(seed)
    voices = random.standard_normal((windows, 192))
    voices /= np.linalg.norm(voices, axis=1, keepdims=True)
    starts = np.arange(windows, dtype=np.float32) * 0.8
    return Evidence(
        duration=round(steps * STEP, 3),
        frames=random.standard_normal((steps, HEARD + 1)).astype(np.float16) * 4,
        starts=starts,
        ends=starts + np.float32(1.2),
        voices=voices.astype(np.float16),
    )


def test_a_clip_in_which_nothing_was_heard_has_no_turns() -> None:
    nothing = Evidence(
        0.0,
        np.zeros((0, HEARD + 1), dtype=np.float16),
        np.zeros(0, dtype=np.float32),
        np.zeros(0, dtype=np.float32),
        np.zeros((0, 192), dtype=np.float16),
    )
    assert decide(nothing, shipped_head(), NETWORK, ActivityRules(), TurnRules()) == ()


@given(st.integers(1, 600), st.integers(0, 20), st.integers(0, 1000))
def test_turns_lie_inside_the_clip_in_order_and_those_of_one_actor_never_overlap(
    steps: int, windows: int, seed: int
) -> None:
    evidence = evidence_of(steps, windows, seed)
    turns = decide(evidence, shipped_head(), NETWORK, ActivityRules(), TurnRules())
    assert [t.start for t in turns] == sorted(t.start for t in turns)
    assert all(0 <= t.start < t.end <= evidence.duration and 0 <= t.confidence <= 1 for t in turns)
    for actor in ("kind", "volwassene", "onbekend"):
        own = [t for t in turns if t.actor == actor]
        assert all(a.end < b.start for a, b in itertools.pairwise(own))


def test_deciding_anew_from_the_same_evidence_gives_the_same_turns() -> None:
    evidence = evidence_of(500, 12)
    first, second = (decide(evidence, shipped_head(), NETWORK, ActivityRules(), TurnRules()) for _ in range(2))
    assert first == second


def test_probabilities_come_for_every_step() -> None:
    chances = activity_of(evidence_of(300, 9), shipped_head(), NETWORK)
    assert chances.shape == (300, 2)
    assert ((chances >= 0) & (chances <= 1)).all()


def test_nobody_is_likely_to_act_where_nobody_is_heard() -> None:
    chances = np.full((200, 2), 0.9, dtype=np.float32)
    speech = np.where(np.arange(200) < 100, 0.0, 1.0).astype(np.float16)
    likely = steadied(chances, speech, ActivityRules())
    assert not likely[:90].any()
    assert np.allclose(likely[110:], 0.9)


@given(st.integers(1, 400), st.integers(0, 1000))
def test_evening_out_leaves_probabilities_within_what_they_were(steps: int, seed: int) -> None:
    chances = np.random.default_rng(seed).random((steps, 2)).astype(np.float32)
    likely = steadied(chances, np.ones(steps, dtype=np.float16), ActivityRules())
    assert likely.shape == chances.shape
    assert likely.min() >= chances.min() - 1e-6
    assert likely.max() <= chances.max() + 1e-6


def test_a_stretch_reaches_on_somewhere_and_off_throughout_and_a_short_pause_does_not_end_it() -> None:
    chance = np.zeros(100, dtype=np.float32)
    chance[10:20] = 0.45
    chance[14] = 0.6
    chance[23:30] = 0.7
    chance[60:80] = 0.45
    (stretch,) = _stretches(chance, ActivityRules())
    assert np.allclose(stretch, (0.04785 + 9.5 * STEP, 0.04785 + 29.5 * STEP), atol=0.01)
