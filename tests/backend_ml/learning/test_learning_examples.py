"""Which voices a corrected turn says something about."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from learning_material import Shipped

from backend_ml.learning.examples import PER_TURN, Gathered, gather
from backend_ml.learning.store import Correction, HumanTurn
from backend_ml.turns.evidence import Evidence


def heard(*windows: tuple[float, float]) -> Evidence:
    starts, ends = np.array(windows, dtype=np.float32).reshape(-1, 2).T
    return Evidence(60.0, np.zeros((0, 1), np.float16), starts, ends, np.ones((len(windows), 192), np.float16))


def learnt(evidence: Evidence | None, *turns: HumanTurn, clip: str = "c", family: str = "f") -> Gathered:
    return gather([Correction("annotation:1", clip, family, turns)], {clip: evidence}.get, Shipped())


def test_a_window_counts_when_most_of_it_is_in_one_actors_turn() -> None:
    evidence = heard((0.0, 1.0), (0.5, 1.5), (1.5, 2.5), (4.0, 5.0))
    found = learnt(evidence, HumanTurn(0.0, 1.2, "kind"), HumanTurn(4.0, 5.0, "volwassene")).examples
    # The second lies for 70% in the turn of the child, the third not at all.
    assert found.child.tolist() == [True, True, False]


def test_a_window_in_which_another_acts_too_does_not_count() -> None:
    evidence = heard((0.0, 1.0), (0.5, 1.5))
    for other in ("volwassene", "onbekend"):
        found = learnt(evidence, HumanTurn(0.0, 2.0, "kind"), HumanTurn(1.2, 2.0, other)).examples  # type: ignore[arg-type]
        assert found.child.tolist() == [True]


def test_two_people_who_disagree_teach_nothing_and_who_agree_teach_it_once() -> None:
    evidence = {"c": heard((0.0, 1.0))}
    anna = Correction("annotation:1", "c", "f", (HumanTurn(0.0, 1.0, "kind"),))
    bram = Correction("annotation:2", "c", "f", (HumanTurn(0.1, 1.0, "kind"),))
    carl = Correction("annotation:3", "c", "f", (HumanTurn(0.0, 1.0, "volwassene"),))
    assert len(gather([anna, bram], evidence.get, Shipped()).examples) == 1
    assert len(gather([anna, bram, carl], evidence.get, Shipped()).examples) == 0


def test_a_long_turn_counts_no_more_than_a_turn_may() -> None:
    evidence = heard(*((0.1 * n, 0.1 * n + 1.0) for n in range(50)), (10.0, 11.0))
    found = learnt(evidence, HumanTurn(0.0, 6.0, "kind"), HumanTurn(10.0, 11.0, "volwassene")).examples
    assert np.isclose(found.weights[found.child].sum(), PER_TURN)
    assert found.weights[~found.child].tolist() == [1.0]
    assert found.n_turns == 2


def test_a_speaker_is_one_actor_in_one_family() -> None:
    evidence = heard((0.0, 1.0), (2.0, 3.0))
    turns = (HumanTurn(0.0, 1.0, "kind"), HumanTurn(2.0, 3.0, "volwassene"))
    several = [Correction(f"a:{n}", f"c{n}", family, turns) for n, family in enumerate(("x", "x", "y"))]
    found = gather(several, dict.fromkeys(("c0", "c1", "c2"), evidence).get, Shipped())
    assert len(np.unique(found.examples.speakers)) == 4
    assert found.examples.n_families == 2
    assert found.examples.n_turns == 6
    assert found.families == ("x", "y")


def test_a_clip_of_which_nothing_is_kept_is_counted_as_unheard() -> None:
    found = learnt(None, HumanTurn(0.0, 1.0, "kind"))
    assert (found.unheard, found.clips, len(found.examples)) == (1, (), 0)
    assert learnt(heard((5.0, 6.0)), HumanTurn(0.0, 1.0, "kind")).unheard == 1


times = st.floats(0.0, 50.0, allow_nan=False).map(lambda t: round(t, 2))
turns = st.builds(
    lambda start, length, actor: HumanTurn(start, start + length, actor),
    times,
    st.floats(0.0, 8.0).map(lambda t: round(t, 2)),
    st.sampled_from(["kind", "volwassene", "onbekend"]),
)


@settings(deadline=None, max_examples=50)
@given(st.lists(turns, max_size=12), st.lists(times, max_size=20))
def test_whatever_turns_there_are_a_window_has_one_actor_and_a_bounded_weight(
    human: list[HumanTurn], starts: list[float]
) -> None:
    found = learnt(heard(*((start, start + 1.2) for start in starts)), *human).examples
    assert len(found) <= len(starts)
    assert np.all((found.weights > 0) & (found.weights <= 1.0))
    for turn in np.unique(found.turns):
        rows = found.turns == turn
        assert found.weights[rows].sum() <= PER_TURN + 1e-9
        assert len(np.unique(found.child[rows])) == 1
