"""Every head that was learnt is kept; which one is in use is one pointer."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import numpy as np
import pytest
from learning_material import key

from backend_ml.learning.texts import SHIPPED
from backend_ml.learning.versions import SHIPPED_HEAD, Figures, HeadStore, HeadVersion, name_of
from backend_ml.turns.head import RoleHead
from vib.problem import InputProblem

UPON = "abcdef01"
FIGURES = Figures(
    before=0.7, after=0.8, low=0.02, high=0.2, surer_low=0.1, surer_high=0.3, guard_before=0.9, guard_after=0.9
)


@pytest.fixture
def heads(tmp_path: Path) -> HeadStore:
    return HeadStore(tmp_path, UPON)


def version(seed: int, *, family: str | None = None, made: str = "2026-03-01", upon: str = UPON) -> HeadVersion:
    head = RoleHead(np.random.default_rng(seed).normal(size=192).astype(np.float32), 0.1 * seed)
    return HeadVersion(
        version=name_of(head),
        upon=upon,
        parent=None,
        made=made,
        family=family,
        strength=30.0,
        turns=50,
        speakers=10,
        clips=(key(seed),),
        families=(key(100 + seed),),
        figures=FIGURES,
        weights=tuple(float(weight) for weight in head.weights),
        bias=head.bias,
    )


def test_before_anything_is_learnt_the_shipped_head_is_used(heads: HeadStore) -> None:
    assert heads.head_for() == heads.head_for(key(1)) == (SHIPPED_HEAD, SHIPPED)
    assert heads.versions() == []


def test_an_accepted_head_is_used_as_it_was_learnt_also_by_another_process(heads: HeadStore, tmp_path: Path) -> None:
    learnt = version(1)
    heads.accept(learnt)
    head, name = HeadStore(tmp_path, UPON).head_for()
    assert name == learnt.version == name_of(head)
    assert np.array_equal(head.weights, learnt.head.weights)


def test_one_can_go_back_and_forth(heads: HeadStore) -> None:
    first, second = version(1), version(2, made="2026-03-02")
    heads.accept(first)
    heads.accept(second)
    heads.use(first.version)
    assert heads.head_for()[1] == first.version
    assert heads.by_hand
    heads.use(SHIPPED)
    assert heads.head_for() == (SHIPPED_HEAD, SHIPPED)
    heads.use(second.version)
    assert heads.head_for()[1] == second.version
    assert heads.versions() == [first, second]


def test_the_head_of_a_family_is_for_that_family_only(heads: HeadStore) -> None:
    own, common = version(1, family=key(7)), version(2)
    heads.accept(common)
    heads.accept(own)
    assert heads.head_for(key(7))[1] == own.version
    assert heads.head_for(key(8))[1] == heads.head_for()[1] == common.version
    for other in (None, key(8)):
        with pytest.raises(InputProblem, match="one family"):
            heads.use(own.version, other)
    heads.use(SHIPPED, key(7))
    assert heads.head_for(key(7))[1] == SHIPPED
    assert heads.head_for()[1] == common.version


def test_a_family_that_is_given_what_everybody_has_goes_along_with_them_from_then_on(heads: HeadStore) -> None:
    own, common, later = version(1, family=key(7)), version(2), version(3)
    for learnt in (common, own):
        heads.accept(learnt)
    assert heads.for_families == (key(7),)
    heads.use(common.version, key(7))
    assert heads.for_families == ()
    heads.accept(later)
    assert heads.head_for(key(7))[1] == later.version


def test_a_family_whose_own_head_cannot_be_used_has_that_of_everybody(heads: HeadStore, tmp_path: Path) -> None:
    own, common = version(1, family=key(7)), version(2)
    heads.accept(common)
    heads.accept(own)
    (tmp_path / "heads" / f"{own.version}.json").write_text("{")
    assert heads.head_for(key(7))[1] == common.version


@pytest.mark.parametrize("name", ["00000000", "../../x", "", "current", "shipped2"])
def test_a_version_that_is_not_there_is_refused(heads: HeadStore, name: str) -> None:
    heads.accept(version(1))
    with pytest.raises(InputProblem, match="no such version"):
        heads.use(name)


def test_a_damaged_version_or_pointer_means_the_shipped_head(heads: HeadStore, tmp_path: Path) -> None:
    learnt = version(1)
    heads.accept(learnt)
    file = tmp_path / "heads" / f"{learnt.version}.json"
    whole = file.read_text()
    for damaged in (whole[:100], "", json.dumps({**json.loads(whole), "bias": 5.0}), whole.replace("30.0", '"x"')):
        file.write_text(damaged)
        assert heads.head_for() == (SHIPPED_HEAD, SHIPPED)
    file.write_text(whole)
    assert heads.head_for()[1] == learnt.version
    (tmp_path / "current.json").write_text("{")
    assert heads.head_for() == (SHIPPED_HEAD, SHIPPED)


def test_what_was_learnt_on_top_of_another_shipped_head_is_not_used(heads: HeadStore, tmp_path: Path) -> None:
    learnt = version(1)
    heads.accept(learnt)
    later = HeadStore(tmp_path, "12345678")
    assert later.head_for() == (SHIPPED_HEAD, SHIPPED)
    with pytest.raises(InputProblem, match="another release"):
        later.use(learnt.version)


def test_who_is_forgotten_takes_along_what_was_learnt_from_them(heads: HeadStore, tmp_path: Path) -> None:
    first, second, own = version(1), version(2), version(3, family=key(103))
    for learnt in (first, second, own):
        heads.accept(learnt)
    assert heads.forget(clips=[key(1)]) == [first.version]
    assert heads.head_for()[1] == second.version
    assert heads.forget(families=[key(102)]) == [second.version]
    assert heads.head_for()[1] == SHIPPED
    assert heads.forget(families=[key(103)]) == [own.version]
    assert heads.head_for(key(103))[1] == SHIPPED
    assert list((tmp_path / "heads").iterdir()) == []


def test_only_the_owner_can_read_what_was_learnt(heads: HeadStore, tmp_path: Path) -> None:
    heads.accept(version(1))
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert len(files) == 2
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)
