"""One installation learns when it is told to, or by itself when enough was corrected, and forgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from learning_material import Clip, Shipped, clip, evidence_of, guard

from backend_ml.learning.learner import Learner
from backend_ml.learning.settings import LearningSettings
from backend_ml.learning.shipped import guard_set, name_of_shipped
from backend_ml.learning.texts import SHIPPED
from vib.problem import InputProblem

BETTER = {"role": 0.03, "hidden": 0.3}

Made = Callable[..., Learner]


@pytest.fixture
def clips() -> list[Clip]:
    return [clip(number, family=number // 2, turns=10, seed=3, **BETTER) for number in range(10)]


@pytest.fixture
def made(tmp_path: Path, clips: list[Clip]) -> Made:
    def make(learn_after: int = 50) -> Learner:
        settings = LearningSettings(
            learning=tmp_path / "learning", evidence=tmp_path / "evidence", learn_after=learn_after
        )
        return Learner(settings, shipped=Shipped(), guard=guard(), evidence_of=evidence_of(clips).get)

    return make


def correct(learner: Learner, clips: list[Clip]) -> None:
    for number, made in enumerate(clips):
        family = learner.pseudonym(f"F-000{number // 2}")
        assert family is not None
        learner.corrections.put(replace(made.correction, family=family))


def test_it_learns_by_itself_when_enough_was_corrected_and_once(made: Made, clips: list[Clip]) -> None:
    learner = made()
    correct(learner, clips[:4])
    assert learner.train_when_due() is None
    correct(learner, clips)
    outcome = learner.train_when_due()
    assert outcome is not None
    assert outcome.accepted is not None
    assert learner.head_for()[1] == outcome.accepted.version
    assert learner.train_when_due() is None


def test_it_learns_nothing_by_itself_when_that_is_off_or_somebody_chose_a_version(
    made: Made, clips: list[Clip]
) -> None:
    correct(made(), clips)
    assert made(learn_after=0).train_when_due() is None
    learner = made()
    learner.use(SHIPPED)
    assert learner.train_when_due() is None
    assert learner.train().accepted is not None


def test_a_family_by_its_name_learns_for_itself(made: Made, clips: list[Clip]) -> None:
    learner = made()
    four = [clip(number, family=1, turns=10, seed=3, **BETTER) for number in range(4)]
    correct(learner, [*clips[:2], *four[2:]])
    outcome = learner.train("F-0001")
    assert outcome.families == 1
    assert learner.head_for("F-0002")[1] == SHIPPED


def test_asking_for_the_head_of_a_family_writes_nothing_while_no_family_has_one(made: Made, tmp_path: Path) -> None:
    assert made().head_for("F-0001")[1] == SHIPPED
    assert list(tmp_path.iterdir()) == []


def test_forgetting_a_family_erases_its_turns_and_what_was_learnt_from_them(made: Made, clips: list[Clip]) -> None:
    learner = made()
    correct(learner, clips)
    assert learner.train().accepted is not None
    assert learner.forget(family="F-0009") == (0, 0)
    assert learner.forget(family="F-0001") == (2, 1)
    assert learner.head_for()[1] == SHIPPED
    assert len(learner.corrections.corrections()) == 8


def test_forgetting_a_clip_erases_its_turns_and_what_was_learnt_from_them(made: Made, clips: list[Clip]) -> None:
    learner = made()
    correct(learner, clips)
    learner.train()
    assert learner.forget(clip=clips[0].correction.clip) == (1, 1)
    assert learner.head_for()[1] == SHIPPED


def test_the_guard_set_of_the_product_holds_children_and_adults() -> None:
    watched = guard_set()
    children = len(np.unique(watched.speakers[watched.child]))
    adults = len(np.unique(watched.speakers[~watched.child]))
    assert children >= 10
    assert adults >= 10
    assert np.mean((watched.said > 0) == watched.child) > 0.7
    assert len(name_of_shipped()) == 8


def test_a_guard_set_that_is_missing_or_damaged_is_said(tmp_path: Path) -> None:
    damaged = tmp_path / "guard.npz"
    for content in (None, b"", b"PK\x03\x04 and then nothing"):
        if content is not None:
            damaged.write_bytes(content)
        with pytest.raises(InputProblem, match="install again"):
            guard_set(damaged)
    with pytest.raises(InputProblem, match="install again"):
        name_of_shipped(tmp_path / "none.npz")
