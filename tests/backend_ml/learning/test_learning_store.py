"""Corrections are kept without names, replaced, and erased for good."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from backend_ml.learning.store import Correction, CorrectionStore, HumanTurn

TURNS = (HumanTurn(0.5, 2.0, "kind"), HumanTurn(2.5, 4.0, "volwassene"))


@pytest.fixture
def store(tmp_path: Path) -> CorrectionStore:
    return CorrectionStore(tmp_path / "learning")


def correction(source: str = "annotation:1", clip: str = "c1", family: str = "f1") -> Correction:
    return Correction(source, clip, family, TURNS)


def test_what_is_kept_comes_back_also_for_another_process(store: CorrectionStore, tmp_path: Path) -> None:
    store.put(correction())
    (kept,) = CorrectionStore(tmp_path / "learning").corrections()
    assert (kept.source, kept.clip, kept.family, kept.turns) == ("annotation:1", "c1", "f1", TURNS)
    assert kept.taken


def test_a_source_that_comes_again_replaces_what_it_said(store: CorrectionStore) -> None:
    store.put(correction())
    store.put(Correction("annotation:1", "c1", "f1", TURNS[:1]))
    (kept,) = store.corrections()
    assert kept.turns == TURNS[:1]


def test_a_correction_without_turns_is_none(store: CorrectionStore) -> None:
    store.put(correction())
    store.put(Correction("annotation:1", "c1", "f1", ()))
    assert store.corrections() == []


def test_what_a_source_said_earlier_changes_nothing_when_it_arrives_later(store: CorrectionStore) -> None:
    changed = replace(correction(), turns=TURNS[:1])
    assert store.put(changed, at=20.0)
    assert not store.put(correction(), at=10.0)
    assert not store.remove("annotation:1", at=15.0)
    assert [kept.turns for kept in store.corrections()] == [TURNS[:1]]
    assert store.remove("annotation:1", at=30.0)
    assert not store.put(changed, at=20.0)
    assert store.corrections() == []
    # Codes that were skipped and then submitted after all.
    assert store.put(correction(), at=40.0)
    assert len(store.corrections()) == 1


def test_a_clip_a_family_and_a_source_can_be_erased(store: CorrectionStore) -> None:
    for number in range(4):
        store.put(correction(f"annotation:{number}", clip=f"c{number}", family=f"f{number % 2}"))
    assert store.erase_clip("c0") == 1
    assert store.erase_family("f1") == 2
    assert [kept.clip for kept in store.corrections()] == ["c2"]
    assert store.remove("annotation:2")
    assert not store.remove("annotation:2")
    assert store.corrections() == []


def test_what_is_erased_is_not_left_in_the_file(store: CorrectionStore, tmp_path: Path) -> None:
    store.put(correction(clip="a-clip-to-be-forgotten"))
    file = tmp_path / "learning" / "corrections.sqlite3"
    assert b"a-clip-to-be-forgotten" in file.read_bytes()
    store.erase_clip("a-clip-to-be-forgotten")
    assert not [kept for kept in file.parent.iterdir() if b"a-clip-to-be-forgotten" in kept.read_bytes()]


def test_only_the_owner_can_read_what_is_kept(store: CorrectionStore, tmp_path: Path) -> None:
    store.put(correction())
    for file in (tmp_path / "learning").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_pseudonym_is_the_same_here_and_another_elsewhere(store: CorrectionStore, tmp_path: Path) -> None:
    here = store.pseudonym("family", "F-0001")
    assert here == CorrectionStore(tmp_path / "learning").pseudonym("family", "F-0001")
    assert here != CorrectionStore(tmp_path / "elsewhere").pseudonym("family", "F-0001")
    assert here != store.pseudonym("family", "F-0002")
    assert "F-0001" not in here


def test_processes_that_begin_at_once_agree_on_the_key_of_pseudonyms(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as many:
        stores = list(many.map(lambda _: CorrectionStore(tmp_path / "learning"), range(8)))
    assert len({store.pseudonym("family", "F-0001") for store in stores}) == 1


def test_turns_are_counted_from_a_moment_on(store: CorrectionStore) -> None:
    store.put(correction("annotation:1"))
    (first,) = store.corrections()
    store.put(correction("annotation:2"))
    assert store.turns_since("") == 4
    assert store.turns_since(first.taken) == 2
