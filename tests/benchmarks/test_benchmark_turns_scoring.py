"""`benchmarks/turns_scoring.py` and `turns_figures.py`: what the figures of turns mean."""

from __future__ import annotations

import math
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from backend_ml.turns.rules import TurnRules
from tests.conftest import ROOT
from vib.segmenting import Actor, Turn

sys.path.append(str(ROOT / "benchmarks"))
import turns_figures
import turns_scoring
from turns_scoring import Errors, Matches

CHILD: Actor = "kind"
ADULT: Actor = "volwassene"
UNKNOWN: Actor = "onbekend"

Row = tuple[float, float, Actor]


def turns(*rows: Row, confidence: float = 1.0) -> list[Turn]:
    return [Turn(start, end, actor, confidence) for start, end, actor in rows]


EXAMPLES: dict[str, tuple[float, list[Turn], list[Turn]]] = {
    "one after another": (
        40,
        turns((0, 10, CHILD), (12, 20, ADULT), (24, 27, CHILD), (30, 40, ADULT)),
        turns((2, 13, CHILD), (13, 14, ADULT), (14, 20, ADULT), (22, 38, CHILD), (38, 40, ADULT)),
    ),
    "overlap and two children": (
        20,
        turns((1, 5, CHILD), (4, 9, ADULT), (4.5, 6.2, CHILD), (10, 12.4, ADULT), (12.4, 15, CHILD)),
        turns(
            (0.8, 4.6, CHILD),
            (4.2, 8.5, ADULT),
            (8.5, 9.7, UNKNOWN),
            (10.3, 13, ADULT),
            (12.8, 15.3, CHILD),
            (17, 18.5, CHILD),
        ),
    ),
    "unknown": (
        12,
        turns((1, 4, CHILD), (5, 9, ADULT)),
        turns((1, 4, UNKNOWN), (5.5, 9.5, ADULT), (8, 10, UNKNOWN)),
    ),
    "closer than the collars": (
        6,
        turns((1, 1.3, CHILD), (1.5, 2.2, ADULT), (2.3, 5, CHILD)),
        turns((0.9, 2.25, CHILD), (2.3, 4.6, CHILD), (4.6, 5.4, ADULT)),
    ),
}

# pyannote.metrics 4.2.0, IdentificationErrorRate(collar, skip_overlap=False) of the truth's support
# (its collar is the sum of both sides), and DetectionErrorRate: due, missed, false alarm, confused.
PUBLISHED = {
    ("one after another", 0.0): (31.0, 2.0, 7.0, 9.0, 0.580645),
    ("one after another", 0.25): (29.0, 1.75, 5.75, 8.5, 0.551724),
    ("overlap and two children", 0.0): (15.2, 2.1, 2.9, 0.9, 0.388158),
    ("overlap and two children", 0.25): (12.2, 1.4, 2.2, 0.4, 0.327869),
    ("unknown", 0.0): (7.0, 0.5, 2.5, 3.0, 0.857143),
    ("unknown", 0.25): (6.0, 0.25, 1.75, 2.5, 0.75),
    ("closer than the collars", 0.0): (3.7, 0.0, 0.75, 1.1, 0.5),
    ("closer than the collars", 0.25): (2.4, 0.0, 0.15, 0.35, 0.208333),
}
DETECTED = {
    "one after another": (31.0, 2.0, 7.0),
    "overlap and two children": (13.0, 0.3, 2.7),
    "unknown": (7.0, 0.5, 1.0),
    "closer than the collars": (3.7, 0.0, 0.75),
}


@st.composite
def conversations(draw: st.DrawFn) -> list[Turn]:
    """Draw turns to the hundredth of a second; those of one actor do not overlap."""
    rows = draw(
        st.lists(st.tuples(st.integers(0, 3_000), st.integers(1, 400), st.sampled_from([CHILD, ADULT])), max_size=12)
    )
    stretches = [Turn(start / 100, (start + length) / 100, actor, 1.0) for start, length, actor in rows]
    return list(turns_scoring.truth_turns(stretches, "rows", TurnRules()))


@pytest.mark.parametrize(("name", "collar"), PUBLISHED)
def test_role_errors_are_those_of_pyannote_metrics(name: str, collar: float) -> None:
    duration, rows, found = EXAMPLES[name]
    errors = turns_scoring.role_errors(rows, found, duration, collar)
    measured = (errors.due, errors.missed, errors.false_alarm, errors.confused, errors.rate)
    assert measured == pytest.approx(PUBLISHED[name, collar], abs=1e-6)


@pytest.mark.parametrize("name", DETECTED)
def test_speech_errors_are_those_of_pyannote_metrics_to_a_frame_an_edge(name: str) -> None:
    duration, rows, found = EXAMPLES[name]
    errors = turns_scoring.detection_errors(rows, found, duration)
    assert (errors.due, errors.missed, errors.false_alarm) == pytest.approx(DETECTED[name], abs=0.005)


def test_a_turn_past_the_end_of_the_file_is_a_false_alarm() -> None:
    errors = turns_scoring.role_errors(turns((0, 1, CHILD)), turns((0, 3, CHILD)), 2.0)
    assert errors == Errors(due=1.0, false_alarm=2.0)


def test_an_actor_keeps_the_turn_over_another_only_where_turns_are_joined() -> None:
    rows = turns((0, 1, ADULT), (1.1, 1.3, CHILD), (1.4, 2, ADULT), (3, 3.1, CHILD), (3.05, 3.2, CHILD))
    rules = TurnRules(merge_gap=0.6, min_length=0.2)
    due = {kind: turns_scoring.truth_turns(rows, kind, rules) for kind in ("joined", "answered", "rows")}
    assert [(t.start, t.end, t.actor) for t in due["joined"]] == [(0, 2, ADULT), (1.1, 1.3, CHILD), (3, 3.2, CHILD)]
    assert len(due["answered"]) == 4
    assert [(t.start, t.end) for t in due["rows"]] == [(0, 1), (1.1, 1.3), (1.4, 2), (3, 3.2)]


def test_a_turn_is_right_by_role_and_both_ends_and_is_used_once() -> None:
    due = turns((1, 2, CHILD), (5, 6, ADULT), (8, 9, CHILD))
    found = turns((1.5, 2.5, CHILD), (1, 2.1, CHILD), (5, 6, UNKNOWN), (8, 9.51, CHILD))
    assert turns_scoring.right_turns(due, found).tolist() == [False, True, False, False]


def test_as_many_turns_are_matched_as_can_be() -> None:
    due = turns((1.0, 2.0, CHILD), (1.4, 2.4, CHILD))
    found = turns((1.4, 2.4, CHILD), (1.8, 2.8, CHILD))
    # The nearest pair alone would leave the others without.
    assert turns_scoring.right_turns(due, found).all()


def test_starts_are_matched_with_starts_whoever_acts() -> None:
    due = turns((1, 2, CHILD), (3, 4, ADULT))
    found = turns((0.5, 1.9, ADULT), (4, 5, ADULT))
    assert turns_scoring.boundary_matches(due, found) == Matches(due=4, given=4, right=2)


def test_role_frames_are_those_with_one_role_in_both() -> None:
    rows = turns((0, 1, CHILD), (0.5, 2, ADULT), (3, 4, CHILD))
    found = turns((0, 0.2, CHILD), (0.2, 1, ADULT), (1, 1.5, UNKNOWN), (1.5, 2, ADULT))
    # 0 to 0.5 and 1 to 2 are due to one; half a second of it has no role.
    assert turns_scoring.role_frames(rows, found, 5.0) == Matches(due=150, given=100, right=70)


def test_equally_sure_turns_share_a_bin_and_their_order_does_not_matter() -> None:
    right = np.array([1.0] * 7 + [0.0] * 3)
    for order in (right, right[::-1]):
        assert turns_figures.calibration_error(np.full(10, 0.7), order) == pytest.approx(0.0)
        assert turns_figures.sure_accuracy(np.full(10, 0.7), order) == pytest.approx(0.7)


def test_calibration_error_is_the_mean_distance_of_ten_equal_bins() -> None:
    confidence = np.repeat(np.arange(0.05, 1.0, 0.1), 10)
    right = np.concatenate([np.arange(10) < n for n in range(10)]).astype(float)
    bins = turns_figures.calibration_bins(confidence, right)
    assert [turns for turns, *_ in bins] == [10] * 10
    assert turns_figures.calibration_error(confidence, right) == pytest.approx(0.05)


def test_the_surest_part_is_counted_whole_turns_up() -> None:
    confidence = np.array([0.9, 0.8, 0.7, 0.6])
    assert turns_figures.sure_accuracy(confidence, np.array([1.0, 1.0, 0.0, 0.0])) == pytest.approx(2 / 3)


def test_a_file_without_roles_counts_for_speech_only() -> None:
    rows = turns((0, 2, UNKNOWN))
    plain = turns_figures.score(rows, rows, turns((0, 1, CHILD)), 4.0, has_roles=False)
    said = turns_figures.figures([plain])
    assert said["vad_miss"] == pytest.approx(0.5)
    assert all(math.isnan(said[name]) for name in ("role_der", "turn_f1", "role_frames", "calibration_error"))
    both = turns_figures.figures([plain, turns_figures.score(turns((0, 1, CHILD)), [], [], 1.0)])
    assert both["role_der"] == both["vad_miss"] * 1.5 == 1.0


def test_a_file_has_failed_above_a_quarter_of_error_with_the_collar() -> None:
    rows = turns((0, 10, CHILD))
    good, bad = (turns_figures.score(rows, rows, turns((0, end, CHILD)), 10.0) for end in (9.0, 6.0))
    assert turns_figures.figures([good, bad])["files_failed"] == 0.5


def test_intervals_are_the_same_for_the_same_seed_and_hold_the_figure() -> None:
    rows = turns((0, 10, CHILD))
    scores = [turns_figures.score(rows, rows, turns((0, end, CHILD)), 10.0) for end in (10.0, 9.0, 7.0, 5.0)]
    low, high = turns_figures.intervals(scores, draws=200)["role_der"]
    assert low < turns_figures.figures(scores)["role_der"] < high
    assert turns_figures.intervals(scores, draws=200)["role_der"] == (low, high)
    assert turns_figures.intervals(scores[:1]) == {}


@given(conversations())
def test_the_truth_itself_has_no_error(rows: list[Turn]) -> None:
    said = turns_figures.figures([turns_figures.score(rows, rows, rows, 40.0)])
    perfect = {"role_der": 0.0, "role_der_collar": 0.0, "vad_miss": 0.0, "turn_f1": 1.0, "boundary_f1": 1.0}
    for name, value in perfect.items():
        assert math.isnan(said[name]) or said[name] == pytest.approx(value)


@given(conversations(), conversations())
def test_everything_due_is_right_missed_or_confused(rows: list[Turn], found: list[Turn]) -> None:
    there, back = (turns_scoring.role_errors(*pair, 40.0) for pair in ((rows, found), (found, rows)))
    assert there.missed == pytest.approx(back.false_alarm)
    assert there.confused == pytest.approx(back.confused)
    assert there.due - there.missed == pytest.approx(back.due - back.missed)
    assert there.due == pytest.approx(sum(turn.end - turn.start for turn in rows))
    assert turns_scoring.role_errors(rows, found, 40.0, 0.25).due <= there.due + 1e-9


@given(conversations(), conversations())
def test_matches_are_as_many_either_way_and_at_most_all(rows: list[Turn], found: list[Turn]) -> None:
    right = turns_scoring.right_turns(rows, found).sum()
    assert right == turns_scoring.right_turns(found, rows).sum() <= min(len(rows), len(found))
    ends = turns_scoring.boundary_matches(rows, found)
    best = 0
    for end in ("start", "end"):
        apart = np.abs(np.subtract.outer([getattr(t, end) for t in rows], [getattr(t, end) for t in found]))
        near = (np.round(apart, 6) <= 0.5).reshape(len(rows), len(found))
        best += near[linear_sum_assignment(near, maximize=True)].sum()
    assert ends.right == best >= 2 * right
