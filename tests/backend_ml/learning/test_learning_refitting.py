"""A refit is used when it is better for people it did not hear, and not otherwise."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from learning_material import Clip, Shipped, clip, evidence_of, guard, key, said_by, voices

from backend_ml.learning.examples import gather
from backend_ml.learning.refitting import Outcome, alone, refit
from backend_ml.learning.texts import NOTHING_HELPS, ONE_ACTOR, ONE_CLIP, SAME, SHIPPED, TOO_FEW
from backend_ml.learning.validating import folds
from backend_ml.learning.versions import SHIPPED_HEAD, HeadStore
from backend_ml.turns.head import RoleHead

UPON = "abcdef01"

BETTER = {"role": 0.03, "hidden": 0.3}
"""Voices in which the shipped head hears little, and in which there is something to learn."""


def families(many: int, turns: int = 10, **signs: float) -> list[Clip]:
    return [clip(number, family=number, turns=turns, seed=3, **signs) for number in range(many)]


def learn(heads: HeadStore, clips: Sequence[Clip], family: str | None = None) -> Outcome:
    return refit([made.correction for made in clips], evidence_of(clips).get, Shipped(), heads, guard(), family=family)


@pytest.fixture
def heads(tmp_path: Path) -> HeadStore:
    return HeadStore(tmp_path, UPON)


def right(head: RoleHead, *, seeds: range, **signs: float) -> list[float]:
    """Return the share of windows with the right actor of speakers who are nowhere else."""
    found = []
    for seed in seeds:
        child = seed % 2 == 0
        found.append(float(np.mean((said_by(head, voices(child, 20, seed, **signs)) > 0) == child)))
    return found


def test_fifty_turns_teach_what_holds_for_people_who_were_not_heard(heads: HeadStore) -> None:
    outcome = learn(heads, families(5, **BETTER))
    assert outcome.turns == 50
    assert (outcome.families, outcome.speakers) == (5, 10)
    assert outcome.accepted is not None
    assert outcome.figures is not None
    assert outcome.figures.after > outcome.figures.before
    assert outcome.figures.surer_low > 0
    head, version = heads.head_for()
    assert version == outcome.accepted.version
    strangers = range(500, 530)
    assert np.mean(right(head, seeds=strangers, **BETTER)) > np.mean(right(SHIPPED_HEAD, seeds=strangers, **BETTER))


def test_a_speaker_who_was_not_heard_is_served_no_worse_by_what_was_learnt(heads: HeadStore) -> None:
    learn(heads, families(5, **BETTER))
    head, version = heads.head_for()
    assert version != SHIPPED
    for signs in ({"role": 0.35}, BETTER, {"role": 0.2, "hidden": 0.1}):
        before = right(SHIPPED_HEAD, seeds=range(700, 740), **signs)
        after = right(head, seeds=range(700, 740), **signs)
        assert all(now >= then for now, then in zip(after, before, strict=True))


def test_wrong_corrections_are_not_learnt(heads: HeadStore) -> None:
    outcome = learn(heads, [clip(number, family=number, seed=3, wrong=True) for number in range(5)])
    assert outcome.accepted is None
    assert outcome.because is not None
    assert heads.head_for() == (SHIPPED_HEAD, SHIPPED)


def test_where_everything_is_right_already_nothing_changes(heads: HeadStore) -> None:
    outcome = learn(heads, families(5))
    assert outcome.accepted is None
    assert heads.head_for()[1] == SHIPPED


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10_000))
def test_corrections_that_say_nothing_are_not_learnt(tmp_path: Path, seed: int) -> None:
    drawn = np.random.default_rng(seed)
    clips = [clip(n, family=n, seed=seed, wrong=bool(drawn.integers(2)), role=0.0, hidden=0.0) for n in range(5)]
    outcome = learn(HeadStore(tmp_path / str(seed), UPON), clips)
    if outcome.accepted is not None:
        assert outcome.figures is not None
        assert outcome.figures.after > outcome.figures.before
        assert outcome.figures.guard_after >= outcome.figures.guard_before


def test_too_little_to_learn_from_is_said(heads: HeadStore) -> None:
    assert learn(heads, families(1, turns=4)).because == TOO_FEW
    assert learn(heads, []).because == TOO_FEW
    assert learn(heads, families(1, turns=30)).because == ONE_CLIP
    children = [
        type(made)(
            type(made.correction)(
                made.correction.source,
                made.correction.clip,
                made.correction.family,
                tuple(turn for turn in made.correction.turns if turn.actor == "kind"),
            ),
            made.evidence,
        )
        for made in families(5)
    ]
    assert learn(heads, children).because == ONE_ACTOR


def test_learning_the_same_again_changes_nothing(heads: HeadStore) -> None:
    first = learn(heads, families(5, **BETTER))
    again = learn(heads, families(5, **BETTER))
    assert first.accepted is not None
    assert (again.accepted, again.because) == (None, SAME)
    assert heads.head_for()[1] == first.accepted.version


def test_a_family_can_have_a_head_of_its_own(heads: HeadStore) -> None:
    mine = [clip(number, family=1, seed=3, **BETTER) for number in range(4)]
    outcome = learn(heads, mine, family=key(1))
    assert outcome.accepted is not None
    assert heads.head_for(key(1))[1] == outcome.accepted.version
    assert heads.head_for(key(2)) == heads.head_for(None) == (SHIPPED_HEAD, SHIPPED)


def test_folds_leave_out_whole_families_and_each_row_once() -> None:
    clips = [clip(number, family=number // 2, seed=3) for number in range(14)]
    learnt = gather([made.correction for made in clips], evidence_of(clips).get, Shipped()).examples
    parts = list(folds(learnt))
    assert np.all(sum(part.astype(int) for part in parts) == 1)
    for part in parts:
        assert not set(learnt.families[part]) & set(learnt.families[~part])
        assert not set(learnt.speakers[part]) & set(learnt.speakers[~part])


def test_with_one_family_folds_leave_out_whole_clips() -> None:
    clips = [clip(number, family=0, seed=3) for number in range(3)]
    learnt = gather([made.correction for made in clips], evidence_of(clips).get, Shipped()).examples
    for part in folds(learnt):
        assert not set(learnt.clips[part]) & set(learnt.clips[~part])


def test_the_reason_why_nothing_changed_is_in_both_languages(heads: HeadStore) -> None:
    outcome = learn(heads, families(5))
    assert outcome.because is not None
    assert outcome.because.nl != outcome.because.en
    assert NOTHING_HELPS.nl


@pytest.mark.waits
def test_only_one_learns_at_a_time(tmp_path: Path) -> None:
    inside, most, guarded = 0, 0, threading.Lock()

    def work() -> None:
        nonlocal inside, most
        with alone(tmp_path):
            with guarded:
                inside += 1
                most = max(most, inside)
            threading.Event().wait(0.02)
            with guarded:
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
